"""How an order ends without its work: cancelled, declined or run out of time."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from offers.models import Offer
from orders.actions import money
from orders.actions.parties import only
from orders.actions.records import count, write_record
from orders.actions.reopening import reopen_request
from orders.actions.work import close_waiting
from orders.models import Order, OrderEvent
from orders.models.records import CancellationRecord, Side
from orders.outbox import record
from payments import escrow


@transaction.atomic
def cancel_before_start(order: Order, *, actor: User) -> Order:
    """Let the buyer change their mind while the expert has not started: everything is paid back."""
    order = order.locked()
    only(order.buyer, actor)
    if order.state == Order.State.ACTIVE and order.is_started:
        raise Refusal(_("The expert has already started: this order can no longer be cancelled alone."))
    return _cancel(order, Order.CancelCause.BUYER, actor=actor)


@transaction.atomic
def cancel_late(order: Order, *, actor: User) -> Order:
    """Let the buyer end alone an order whose first deliverable is late beyond the grace: everything is paid back.

    A deliverable handed over before takes the right away: of the two, the first to lock the order wins.
    """
    order = order.locked()
    only(order.buyer, actor)
    if order.state == Order.State.ACTIVE and order.may_cancel_late:
        return _cancel(order, Order.CancelCause.LATE, actor=actor)
    if order.first_delivered_at:
        raise Refusal(_("A deliverable has been handed over: the order can no longer be cancelled alone."))
    raise Refusal(_("The delivery is not late enough for you to cancel alone."))


@transaction.atomic
def decline(order: Order, *, actor: User, reason: str, **told: str) -> Order:
    """Let the expert say no before starting, with a reason; the buyer is paid back. ``told`` goes into the event."""
    order = order.locked()
    only(order.expert, actor)
    if order.paid_at is None or order.is_started:
        raise Refusal(_("An order can be declined once it is paid, and until you start it."))
    if not reason.strip():
        raise Refusal(_("Tell the buyer why you cannot take this order."))
    count(order.expert, Side.EXPERT, asked=1, answered=1)
    return _cancel(order, Order.CancelCause.DECLINED, actor=actor, reason=reason.strip(), **told)


@transaction.atomic
def expire_unpaid(order: Order) -> Order:
    """End an order whose time to pay has run out. Looks again under lock, so running twice changes nothing."""
    order = order.locked()
    if order.state == Order.State.PENDING_PAYMENT and _passed(order.payment_due_at):
        _cancel(order, Order.CancelCause.UNPAID)
    return order


@transaction.atomic
def cancel_not_started(order: Order) -> Order:
    """End an order the expert never started and pay the buyer back. Running twice changes nothing."""
    order = order.locked()
    silent = not order.is_started and not order.is_paused and _passed(order.start_due_at)
    if order.state == Order.State.ACTIVE and silent:
        count(order.expert, Side.EXPERT, asked=1)
        _cancel(order, Order.CancelCause.NOT_STARTED)
    return order


@transaction.atomic
def refund_unanswered(order: Order) -> Order:
    """End a question whose answer did not come, a day after its date: the buyer is paid back without asking.

    Not while a clarification is awaited: its pause holds the date. Running twice changes nothing.
    """
    order = order.locked()
    if order.kind == Offer.Kind.QUESTION and order.state == Order.State.ACTIVE and order.may_cancel_late:
        _cancel(order, Order.CancelCause.UNANSWERED)
    return order


@transaction.atomic
def cancel_as_staff(order: Order, *, actor: User, reason: str) -> Order:
    """Let staff end an order that waits or runs, with a reason; the buyer is paid back in full."""
    order = order.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    return _cancel(order, Order.CancelCause.STAFF, actor=actor, reason=reason.strip())


def _cancel(order: Order, cause: str, *, actor: User | None = None, reason: str = "", **told: str) -> Order:
    """Cancel a locked order and give the money back if it was paid."""
    was_paid = order.paid_at is not None
    order.cancel(cause, reason)
    order.schedule_reminders()
    close_waiting(order)
    if was_paid:
        money.pay_back(order, reason=cause)
    else:
        escrow.expire(order.payment)
    order.rights_pass = False
    order.save()
    if was_paid:
        _keep_record(order, cause)
    messaging.close(order.conversation)
    reopen_request(order)
    record(
        order,
        OrderEvent.Kind.CANCELLED,
        actor=actor,
        cause=cause,
        reason=reason,
        refund_cents=order.total_cents if was_paid else 0,
        **told,
    )
    return order


def _keep_record(order: Order, cause: str) -> None:
    """Note who caused a cancellation. Silence before the start and a refusal of the order are none: see the glossary."""
    causes, away = Order.CancelCause, CancellationRecord.Cause
    if cause in (causes.BUYER, causes.CALL_BUYER):
        write_record(order, subject=order.buyer, cause=away.BEFORE_START)
    elif cause == causes.BUYER_SILENT and order.is_started:
        write_record(order, subject=order.buyer, cause=away.SILENT)
    elif cause == causes.CALL_EXPERT:
        write_record(order, subject=order.expert, cause=away.UNAVAILABLE)
    elif cause == causes.EXPERT_AWAY:
        write_record(order, subject=order.expert, cause=away.NO_SHOW)
    elif cause == causes.LATE:
        write_record(order, subject=order.expert, cause=away.LATE)
        count(order.expert, Side.EXPERT, due=1)


def _passed(moment: object) -> bool:
    return moment is not None and moment <= clock.now()  # type: ignore[operator]
