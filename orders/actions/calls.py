"""The life of a call once it is paid: booked, moved, given up, held or missed.

Each locks the order first, then the expert's calendar when a time changes.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from offers import openings
from orders.actions.accepting import accept_delivery
from orders.actions.endings import _cancel
from orders.actions.parties import only
from orders.actions.slots import SlotTaken, leave_slot, lock_calendar, take
from orders.models import Call, CallMove, Order, OrderEvent
from orders.outbox import record

Kind = OrderEvent.Kind
Side = Call.Side


@transaction.atomic
def move_call(order: Order, *, actor: User, starts_at: datetime) -> Call:
    """Let the buyer choose another free time alone: in good time, and twice at most."""
    order, call = _coming(order)
    only(order.buyer, actor)
    if not call.may_change_freely:
        raise Refusal(_("It is too late to move this call alone: propose another time instead."))
    if not call.moves_left:
        raise Refusal(_("You have moved this call as often as you may alone: propose another time instead."))
    _refuse_same(call, starts_at)
    call.moved_by_buyer += 1
    _move(order, call, starts_at, actor=actor)
    return call


@transaction.atomic
def propose_move(order: Order, *, actor: User, starts_at: datetime, message: str = "") -> CallMove:
    """Propose another free time; the present one holds until the other party agrees.

    The proposal ends by itself when its time to answer runs out, at the latest when either of the two times comes.
    """
    order, call = _coming(order)
    _refuse_strangers(order, actor)
    _refuse_same(call, starts_at)
    if call.moves.filter(state=CallMove.State.OPEN).exists():
        raise Refusal(_("Another time is already proposed. Answer or withdraw it first."))
    lock_calendar(order.expert)
    _refuse_taken(call, starts_at)
    now = clock.now()
    move = CallMove.objects.create(
        call=call,
        proposed_by=actor,
        starts_at=starts_at,
        message=message.strip(),
        created_at=now,
        answer_due_at=min(now + order.timer("change_answer"), call.starts_at, starts_at),
    )
    record(
        order,
        Kind.MOVE_PROPOSED,
        actor=actor,
        new_at=starts_at.isoformat(),
        answer_due_at=move.answer_due_at.isoformat(),
        reason=move.message,
    )
    return move


@transaction.atomic
def accept_move(move: CallMove, *, actor: User) -> Call:
    """Agree to the time that was proposed. Raises ``SlotTaken`` when it is no longer free."""
    order, call = _coming(move.call.order)
    move = _answerable(call, move)
    _refuse_strangers(order, actor)
    if actor.pk == move.proposed_by_id:
        raise Refusal(_("This is for the other party of the order to do."))
    _answer(move, CallMove.State.ACCEPTED)
    _move(order, call, move.starts_at, actor=actor)
    return call


@transaction.atomic
def refuse_move(move: CallMove, *, actor: User) -> CallMove:
    """Say no: the call stays where it is."""
    order, call = _coming(move.call.order)
    move = _answerable(call, move)
    _refuse_strangers(order, actor)
    if actor.pk == move.proposed_by_id:
        raise Refusal(_("This is for the other party of the order to do."))
    _answer(move, CallMove.State.REFUSED)
    record(order, Kind.MOVE_REFUSED, actor=actor)
    return move


@transaction.atomic
def withdraw_move(move: CallMove, *, actor: User) -> CallMove:
    """Take one's own proposal back before it is answered."""
    order, call = _coming(move.call.order)
    move = _answerable(call, move)
    only(move.proposed_by, actor)
    _answer(move, CallMove.State.WITHDRAWN)
    record(order, Kind.MOVE_WITHDRAWN, actor=actor)
    return move


@transaction.atomic
def expire_move(order: Order) -> Order:
    """End a proposal nobody answered in time: the call stays where it is. Running twice changes nothing."""
    order = order.locked()
    move = CallMove.objects.filter(
        call__order=order, state=CallMove.State.OPEN, answer_due_at__lte=clock.now()
    ).first()
    if move is not None:
        _answer(move, CallMove.State.EXPIRED)
        record(order, Kind.MOVE_EXPIRED, by_expert=move.proposed_by_id == order.expert_id)
    return order


@transaction.atomic
def cancel_call(order: Order, *, actor: User, reason: str = "") -> Order:
    """Give a call up before it begins.

    By the expert, with a reason, or by the buyer in good time: everything is paid back. By the buyer too late: the
    time was kept for them, so the expert is paid.
    """
    order, call = _coming(order)
    _refuse_strangers(order, actor)
    if actor.pk == order.expert_id:
        if not reason.strip():
            raise Refusal(_("Say why you cancel the call: the buyer reads it."))
        return _cancel(order, Order.CancelCause.CALL_EXPERT, actor=actor, reason=reason.strip())
    if call.may_change_freely:
        return _cancel(order, Order.CancelCause.CALL_BUYER, actor=actor, reason=reason.strip())
    record(order, Kind.CALL_FORGONE, actor=actor, reason=reason.strip())
    return _pay_expert(order, actor=actor)


@transaction.atomic
def enter_room(order: Order, *, actor: User) -> Call:
    """Note that a party came to the call, the first time. Raises ``Refusal`` while the room is closed."""
    order = order.locked()
    _refuse_strangers(order, actor)
    call = _call_of(order)
    if not call.is_open:
        raise Refusal(_("The room opens ten minutes before the call and closes an hour after it."))
    name = "buyer_came_at" if actor.pk == order.buyer_id else "expert_came_at"
    if getattr(call, name) is None:
        setattr(call, name, clock.now())
        call.save(update_fields=[name])
    return call


@transaction.atomic
def declare_absence(order: Order, *, actor: User, words: str = "") -> Call:
    """Say that the other party did not come. They have their time to contest it; silence settles it.

    Whoever was said to be absent first contests instead of declaring: that is a disagreement for staff.
    """
    order = order.locked()
    _refuse_strangers(order, actor)
    call = _call_of(order)
    if order.state != Order.State.ACTIVE or not call.is_booked:
        raise Refusal(_("This can no longer be said of this call."))
    if clock.now() < call.absence_from:
        raise Refusal(_("A little lateness happens: wait five minutes before you declare an absence."))
    if call.absent:
        raise Refusal(_("An absence has already been declared for this call."))
    now = clock.now()
    call.absent = Side.EXPERT if actor.pk == order.buyer_id else Side.BUYER
    call.absence_declared_at = now
    call.absence_due_at = now + order.timer("absence_contest")
    call.absence_words = words.strip()
    call.next_reminder_at = None
    call.save()
    # What follows from lateness must not overtake the time to contest.
    order.due_at = max(order.due_at or now, call.absence_due_at)
    order.schedule_reminders()
    order.save()
    record(
        order,
        Kind.ABSENCE_DECLARED,
        actor=actor,
        absent=call.absent,
        answer_due_at=call.absence_due_at.isoformat(),
        reason=call.absence_words,
    )
    return call


@transaction.atomic
def settle_absence(order: Order) -> Order:
    """Draw the conclusion of an absence nobody contested in time. Running twice changes nothing.

    The buyer was absent: the call counts as held and accepted. The expert was: the buyer is paid back.
    """
    order = order.locked()
    call = _call_of(order)
    if not call.is_booked or call.absence_due_at is None or call.absence_due_at > clock.now():
        return order
    if order.state != Order.State.ACTIVE:
        return order
    if call.absent == Side.EXPERT:
        return _cancel(order, Order.CancelCause.EXPERT_AWAY, reason=call.absence_words)
    return _pay_expert(order, actor=None)


@transaction.atomic
def remind_of_call(order: Order) -> bool:
    """Remind both parties of a call that comes. Returns whether a reminder was recorded."""
    order = order.locked()
    call = _call_of(order)
    now = clock.now()
    if not call.is_booked or call.next_reminder_at is None or call.next_reminder_at > now:
        return False
    times = [moment for moment in call.reminder_times() if moment > now]
    call.next_reminder_at = times[0] if times else None
    call.reminders_sent += 1
    call.save(update_fields=["next_reminder_at", "reminders_sent"])
    if call.has_begun:
        return False
    record(order, Kind.CALL_REMINDED, number=call.reminders_sent)
    return True


def _pay_expert(order: Order, *, actor: User | None) -> Order:
    """Count a locked order as delivered and accepted, though no summary was written: the time was the buyer's."""
    order.deliver()
    order.acceptance_due_at = clock.now()
    order.save()
    leave_slot(order)
    return accept_delivery(order, actor=actor)


def _call_of(order: Order) -> Call:
    call = Call.objects.filter(order=order).first()
    if call is None:
        raise Refusal(_("This order has no call."))
    call.order = order
    return call


def _coming(order: Order) -> tuple[Order, Call]:
    """The order and its call under lock, while the call is booked and has not begun."""
    order = order.locked()
    call = _call_of(order)
    if order.state != Order.State.ACTIVE or not call.is_booked or call.has_begun:
        raise Refusal(_("The call has begun, or was given up: its time can no longer be changed."))
    return order, call


def _refuse_strangers(order: Order, actor: User) -> None:
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can do this."))


def _refuse_same(call: Call, starts_at: datetime) -> None:
    if starts_at == call.starts_at:
        raise Refusal(_("The call is already at this time. Choose another one."))


def _refuse_taken(call: Call, starts_at: datetime) -> None:
    if starts_at not in openings.free(call.expert, minutes=call.minutes, keeping=call.pk):
        raise SlotTaken(_("This time is no longer free. Choose another one."))


def _answerable(call: Call, move: CallMove) -> CallMove:
    found = call.moves.filter(pk=move.pk, state=CallMove.State.OPEN).first()
    if found is None:
        raise Refusal(_("This proposal no longer waits for an answer. Nothing was changed."))
    return found


def _answer(move: CallMove, state: str) -> None:
    move.state = state
    move.answered_at = clock.now()
    move.save(update_fields=["state", "answered_at"])


def _move(order: Order, call: Call, starts_at: datetime, *, actor: User) -> None:
    """Put a booked call elsewhere; calendars are told by a higher sequence, and reminders begin again."""
    lock_calendar(order.expert)
    before = call.starts_at
    call.sequence += 1
    take(call, starts_at)
    call.plan_reminders()
    call.save()
    call.moves.filter(state=CallMove.State.OPEN).update(state=CallMove.State.CLOSED, answered_at=clock.now())
    order.due_at = call.summary_due_at
    order.schedule_reminders()
    order.save()
    record(order, Kind.CALL_MOVED, actor=actor, from_at=before.isoformat(), new_at=starts_at.isoformat())
