"""Which orders the duty of vigilance concerns."""

from collections.abc import Iterator

from accounts.models import User
from accounts.queries import vigilance
from accounts.queries.vigilance import Contract
from marketplace.kernel import clock
from marketplace.kernel.compiled import SECOND, STAND_IN, Compiled
from marketplace.kernel.money import from_ttc
from orders.models import Order


def asks_for_certificates(order: Order) -> bool:
    """Whether a paid order, or with it all that runs between its parties, reaches 5,000 € excluding VAT."""
    if order.paid_at is None:
        return False
    if vigilance.is_large(from_ttc(order.total_cents, order.vat_bp).ht):
        return True
    return order.state not in Order.CLOSED and vigilance.is_owed(order.buyer, order.expert)


def _running(buyer: User | None, expert: User | None) -> Iterator[Contract]:
    orders = Order.objects.exclude(state__in=Order.CLOSED).filter(paid_at__isnull=False)
    if buyer is not None:
        orders = orders.filter(buyer=buyer)
    if expert is not None:
        orders = orders.filter(expert=expert)
    for order in orders.select_related("buyer", "expert").order_by("paid_at", "pk"):
        if order.paid_at is None:
            continue
        yield Contract(
            buyer=order.buyer,
            expert=order.expert,
            ht_cents=from_ttc(order.total_cents, order.vat_bp).ht,
            signed_on=clock.local_day(order.paid_at),
            title=order.title,
            reference=order.reference,
            url_name="order_certificates",
            url_args=(str(order.public_id),),
            company_id=order.for_company_id,
        )


_PRICES = Compiled(
    lambda buyer, expert: (
        Order.objects.exclude(state__in=Order.CLOSED)
        .filter(paid_at__isnull=False, buyer=buyer, expert=expert)
        .order_by()
        .values_list("total_cents", "vat_bp")
    ),
    *(STAND_IN, SECOND),
)


def _total(buyer: int, expert: int) -> int:
    return sum(from_ttc(total_cents, vat_bp).ht for total_cents, vat_bp in _PRICES.rows(buyer, expert))


vigilance.register(_running, _total)
