"""What a split does to each payment of an order, to the cent. Pure: amounts in, amounts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import Taxed, format_money
from payments import clawback
from payments.models import EscrowHold, Payment

if TYPE_CHECKING:
    from orders.models.order import Order


@dataclass(frozen=True)
class Share:
    """What becomes of one payment: ``refund + net + commission.ttc`` is its amount. Cents."""

    payment: Payment
    refund_cents: int
    net_cents: int
    commission: Taxed

    @property
    def released_cents(self) -> int:
        return self.net_cents + self.commission.ttc


@dataclass(frozen=True)
class Split:
    """What an agreement or a ruling would do, to the cent: ``refund + net + commission.ttc`` is the order's total."""

    refund_cents: int
    net_cents: int
    commission: Taxed


def payments_of(order: "Order") -> list[Payment]:
    """The payments whose money an order's end decides on: its own, then those of its paid extras, oldest first.

    An extra that was paid back alone is no longer among them. One query where there are extras, none elsewhere.
    """
    if not order.extras_cents:
        return [order.payment]
    return [order.payment, *Payment.objects.filter(extra__order=order.pk, extra__state="paid").order_by("pk")]


def payments_of_all(orders: "Sequence[Order]") -> dict[int, list[int]]:
    """The keys of those payments, by order. One query where there are extras, none elsewhere."""
    found = {order.pk: [order.payment_id] for order in orders}
    if extended := [order.pk for order in orders if order.extras_cents]:
        extras = Payment.objects.filter(extra__order__in=extended, extra__state="paid").order_by("pk")
        for pk, order_id in extras.values_list("pk", "extra__order"):
            found[order_id].append(pk)
    return found


def divide(payments: Sequence[Payment], refund_cents: int) -> list[Share]:
    """Share a refund among payments, the newest giving first, so that at most one of them is cut in two.

    The commission of each is worked out on what it releases, under its own terms. Raises ``ValueError`` for more
    than there is, or less than nothing.
    """
    if not 0 <= refund_cents <= sum(payment.amount_cents for payment in payments):
        raise ValueError("a refund lies between nothing and what was paid")
    shares: list[Share] = []
    left = refund_cents
    for payment in reversed(payments):
        given = min(left, payment.amount_cents)
        left -= given
        released = payment.amount_cents - given
        commission = payment.terms.commission_on(released)
        shares.append(Share(payment, given, released - commission.ttc, commission))
    return shares[::-1]


def divide_released(
    payments: Sequence[Payment], refund_cents: int
) -> list[tuple[EscrowHold, int, clawback.Shares]]:
    """Share what comes back after the release among payments, the newest giving first: hold, cents, who gives them.

    Raises ``Refusal`` for more than is left of the releases.
    """
    holds = [payment.hold for payment in reversed(payments)]
    there = sum(hold.released_cents - hold.clawed_back_cents for hold in holds)
    if refund_cents > there:
        raise Refusal(_("Only %(left)s of this order can still go back.") % {"left": format_money(there)})
    parts, left = [], refund_cents
    for hold in holds:
        if part := min(left, hold.released_cents - hold.clawed_back_cents):
            parts.append((hold, part, clawback.preview(hold, part)[0]))
            left -= part
    return parts


def preview_split(order: "Order", *, refund_cents: int) -> Split:
    """Work out a split on the terms the order froze, without carrying it out."""
    if order.is_claimed:
        return _claim_split(order, refund_cents)
    shares = divide(payments_of(order), refund_cents)
    return Split(
        refund_cents=sum(share.refund_cents for share in shares),
        net_cents=sum(share.net_cents for share in shares),
        commission=Taxed(
            ht=sum(share.commission.ht for share in shares), vat=sum(share.commission.vat for share in shares)
        ),
    )


def _claim_split(order: "Order", refund_cents: int) -> Split:
    """What stays with whom once so many cents of a completed order went back."""
    payments = payments_of(order)
    parts = [part for _hold, _cents, part in divide_released(payments, refund_cents)]
    before = 0
    ht = vat = 0
    for hold in (payment.hold for payment in payments):
        earning, gone = hold.earning, hold.clawed_back_cents
        returned = clawback.shares_of(earning, gone, 0)
        ht += earning.commission_cents - earning.commission_vat_cents - returned.commission_ht_cents
        vat += earning.commission_vat_cents - returned.vat_cents
        before += gone
    commission = Taxed(
        ht=ht - sum(part.commission_ht_cents for part in parts),
        vat=vat - sum(part.vat_cents for part in parts),
    )
    return Split(refund_cents, order.total_cents - before - refund_cents - commission.ttc, commission)
