"""What the buyer's bank does to an order: it freezes it while it examines the payment, then ends it or lets it go on.

Called after the payment's own books are closed, any number of times: each step is taken once, and its event says so.
"""

from django.db import transaction

from messaging import actions as messaging
from orders.actions import money
from orders.actions.extras import lose_extra
from orders.actions.work import close_waiting
from orders.models import Order, OrderEvent
from orders.outbox import record
from payments import escrow
from payments.models import Chargeback, Earning, EscrowHold, Payment, Refund

Kind, State = OrderEvent.Kind, Order.State
FROZEN_DATES = (
    "start_due_at",
    "due_at",
    "revision_due_at",
    "acceptance_due_at",
    "question_at",
    "pause_due_at",
    "work_from",
)
"""What stands still while a bank examines the payment of an order, and moves by the time it took."""


@transaction.atomic
def follow_chargeback(order: Order, chargeback: Chargeback) -> Order:
    """Bring an order up to what the buyer's bank does with one of its payments."""
    order = order.locked()
    told = set(
        order.events.filter(kind=Kind.CONTESTED, data__chargeback=chargeback.pk).values_list(
            "data__outcome", flat=True
        )
    )
    outcome = _outcome(chargeback)
    if outcome in told:
        return order
    if outcome == "lost":
        _lose(order, chargeback)
    elif outcome == "won":
        _go_on(order, chargeback)
    record(
        order,
        Kind.CONTESTED,
        chargeback=chargeback.pk,
        outcome=outcome,
        amount_cents=chargeback.amount_cents,
    )
    return order


def _outcome(chargeback: Chargeback) -> str:
    if chargeback.state == Chargeback.State.LOST:
        return "lost"
    return "opened" if chargeback.is_running else "won"


def _lose(order: Order, chargeback: Chargeback) -> None:
    """An order that still ran ends; of one that was over, what its end gave to whom is said anew."""
    if order.state in (State.PENDING_PAYMENT, State.CANCELLED) and order.refunded_cents is None:
        return
    extra = order.extras.filter(payment_id=chargeback.payment_id, state="paid").first()
    if order.state in Order.CLOSED:
        order.refunded_cents, order.earned_cents = _what_is_left(order)
        order.save(update_fields=["refunded_cents", "earned_cents"])
    elif extra is not None:
        lose_extra(order, extra)
    else:
        _end(order)


def _end(order: Order) -> None:
    """The money is gone before the work was accepted: the order is over, and the rest of it goes back too."""
    if order.is_started:
        order.end_by_agreement(Order.CancelCause.CHARGED_BACK)
    else:
        order.cancel(Order.CancelCause.CHARGED_BACK)
    order.schedule_reminders()
    for payment in money.payments_of(order):
        hold = EscrowHold.objects.get(payment=payment)
        if hold.is_open:
            escrow.unfreeze(hold)
            escrow.refund(hold, reason=Order.CancelCause.CHARGED_BACK)
    order.refunded_cents, order.earned_cents = _what_is_left(order)
    order.rights_pass = False
    order.save()
    close_waiting(order)
    messaging.close(order.conversation)
    record(
        order,
        Kind.CANCELLED,
        cause=Order.CancelCause.CHARGED_BACK,
        reason="",
        refund_cents=order.refunded_cents,
    )


def _go_on(order: Order, chargeback: Chargeback) -> None:
    """The payment stands: an order that still runs has the time the bank took back."""
    if order.state == State.DISPUTED:
        money.freeze(order)  # our own decision is still awaited
        return
    if order.state in Order.CLOSED or not chargeback.froze_hold or chargeback.closed_at is None:
        return
    took = chargeback.closed_at - chargeback.opened_at
    for name in FROZEN_DATES:
        if moment := getattr(order, name):
            setattr(order, name, moment + took)
    order.schedule_reminders()
    order.save()


def _what_is_left(order: Order) -> tuple[int, int]:
    """What went back of an order in all, and what remains the expert's, in cents."""
    payments: list[Payment] = money.payments_of(order)
    holds = EscrowHold.objects.filter(payment__in=payments)
    back = sum(hold.refunded_cents + hold.clawed_back_cents for hold in holds)
    earned = sum(Earning.objects.filter(hold__in=holds).values_list("net_cents", flat=True))
    later = Refund.objects.filter(hold__in=holds, after_release=True)
    earned -= sum(a - c for a, c in later.values_list("amount_cents", "commission_back_cents"))
    return back, max(earned, 0)
