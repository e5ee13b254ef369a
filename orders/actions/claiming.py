"""A claim after the order was completed: the same road as a dispute, on money that has already left its hold.

What the expert cannot withdraw yet waits for the decision. What has cleared stays theirs: only a ruling, or an
agreement of both parties, takes it back.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from orders.actions import money
from orders.actions.parties import only
from orders.models import Order, OrderEvent
from orders.models.money import payments_of
from orders.outbox import record
from payments import escrow

HELD_BACK = timedelta(days=60)
"""How long what waits is kept out of reach at once; a sweep renews it for as long as nobody has decided."""


@transaction.atomic
def open_claim(order: Order, *, actor: User, held: dict[str, str]) -> Order:
    """Take a completed order up again for its buyer, within the time to claim, and hold what has not cleared.

    ``held`` says which payments those are (see ``uncleared``).
    """
    order = order.locked()
    only(order.buyer, actor)
    if not order.is_claimable:
        raise Refusal(_("The time to claim is over."))
    order.begin_claim()
    order.save()
    keep_held(order, held)
    messaging.reopen(order.conversation)
    record(order, OrderEvent.Kind.DISPUTED, actor=actor, claim=True)
    return order


def uncleared(order: Order) -> dict[str, str]:
    """The payments of an order whose money the expert cannot withdraw yet, and when each would have cleared."""
    now = clock.now()
    days = ((payment, escrow.clears_at(payment.hold)) for payment in payments_of(order))
    return {str(payment.pk): day.isoformat() for payment, day in days if day is not None and day > now}


@transaction.atomic
def keep_held(order: Order, held: dict[str, str]) -> None:
    """Keep what had not cleared out of reach for a while more. Twice changes nothing else."""
    until = clock.now() + HELD_BACK
    for payment in payments_of(order):
        if str(payment.pk) in held:
            escrow.hold_back(payment.hold, until=until)


@transaction.atomic
def withdraw_claim(order: Order, *, actor: User, held: dict[str, str]) -> Order:
    """Let the buyer take a claim back: the order is completed as before, and the money clears when it would have."""
    order = order.locked()
    only(order.buyer, actor)
    if not order.is_claimed:
        raise Refusal(_("This dispute is over."))
    order.end_claim()
    order.save()
    order.changes.close()  # type: ignore[attr-defined]
    for payment in payments_of(order):
        if (day := held.get(str(payment.pk))) is not None:
            escrow.hold_back(payment.hold, until=datetime.fromisoformat(day))
    messaging.close(order.conversation)
    record(order, OrderEvent.Kind.DISPUTE_WITHDRAWN, actor=actor, claim=True)
    return order


def resolve_claim(order: Order, *, refund_cents: int, reason: str) -> int:
    """End a locked claim: so many cents come back from the expert and our commission. What the expert keeps, in cents.

    What was held clears once the time to appeal is over. The caller saves the order and records why. Raises
    ``Refusal`` for more than is left of what was paid out.
    """
    order.resolve()
    order.schedule_reminders()
    until = clock.now() + order.timer("clearing_manual")
    held = uncleared(order)
    for payment in payments_of(order):
        if str(payment.pk) in held:
            escrow.hold_back(payment.hold, until=until)
    taken = money.take_back(order, refund_cents=refund_cents, reason=reason)
    order.refunded_cents = refund_cents
    order.earned_cents = (order.earned_cents or 0) - taken
    return order.earned_cents
