"""Open a dispute and rule on it. The order is always locked first: `orders.actions` holds the door to its money."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from accounts.models import User
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders import actions as orders
from orders.models import Order


def is_disputable(order: Order) -> bool:
    """Whether its parties may open a dispute now: work has begun and nobody closed it."""
    return order.state == Order.State.DELIVERED or (order.state == Order.State.ACTIVE and order.is_started)


@transaction.atomic
def open_dispute(order: Order, *, actor: User, ground: str, statement: str) -> Dispute:
    """Freeze an order and its money, and write down why. Raises ``Refusal`` to whoever comes second."""
    statement = statement.strip()
    if ground not in Dispute.Ground.values:
        raise Refusal(_("Choose the ground of the dispute."))
    if not statement:
        raise Refusal(_("Say what happened, in a few sentences."))
    if len(statement) > rules.MAX_MESSAGE_LENGTH:
        raise Refusal(_("This statement is too long."))
    try:
        order = orders.open_dispute(order, actor=actor)  # locks the order: of two at once, one comes second
    except TransitionNotAllowed:
        if Dispute.objects.filter(order=order).exists():
            raise Refusal(
                _("A dispute is already open on this order. Add what you have to say in the messages.")
            ) from None
        raise
    return Dispute.objects.create(
        order=order, opened_by=actor, ground=ground, statement=statement, opened_at=clock.now()
    )


@dataclass(frozen=True)
class RulingPreview:
    """What a ruling would do, to the cent: ``refund + net + commission_ht + commission_vat`` is the order's total."""

    total_cents: int
    refund_cents: int
    net_cents: int
    commission_ht_cents: int
    commission_vat_cents: int


def preview_ruling(order: Order, *, refund_cents: int) -> RulingPreview:
    """Work out a ruling without carrying it out, on the terms the order froze."""
    split = orders.preview_split(order, refund_cents=refund_cents)
    return RulingPreview(
        total_cents=order.total_cents,
        refund_cents=refund_cents,
        net_cents=split.net_cents,
        commission_ht_cents=split.commission.ht,
        commission_vat_cents=split.commission.vat,
    )


@transaction.atomic
def rule(dispute: Dispute, *, actor: User, refund_cents: int, reason: str) -> Dispute:
    """Decide a dispute: so many cents go back to the buyer, the rest to the expert less the commission.

    However often it is asked for, the money moves once: a second ruling waits for the order's lock, then raises
    ``Refusal``. Both parties read ``reason``.
    """
    try:
        order = orders.settle(dispute.order, actor=actor, refund_cents=refund_cents, reason=reason)
    except TransitionNotAllowed:
        raise Refusal(_("This dispute has already been ruled on: nothing was done a second time.")) from None
    dispute = dispute.locked()
    dispute.ruled_by = actor
    dispute.refund_cents = refund_cents
    dispute.reason = reason.strip()
    dispute.ruled_at = order.resolved_at or clock.now()
    dispute.save(update_fields=["ruled_by", "refund_cents", "reason", "ruled_at"])
    return dispute
