"""A slot taken, kept, left. The calendar of the expert is locked first; the database has the last word."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules, zones
from marketplace.kernel.errors import Refusal
from offers import openings
from offers.models import CallCalendar, Offer
from orders.call_rooms import rooms
from orders.models import Call, CallMove, Order


class SlotTaken(Refusal):
    """The time that was chosen is no longer free, or never was. Nothing was charged."""


def lock_calendar(expert: User) -> CallCalendar:
    """Hold an expert's bookings still until the transaction ends."""
    calendar = CallCalendar.objects.select_for_update(no_key=True).filter(expert=expert).first()
    if calendar is None:
        raise SlotTaken(_("This expert takes no calls at the moment. Nothing was charged."))
    return calendar


def keep_slot(order: Order, *, slot: datetime | None, zone: str) -> Call:
    """Keep a time for a call that is about to be paid. Raises ``SlotTaken`` when somebody else has it."""
    if slot is None or order.call_minutes is None:
        raise SlotTaken(_("Choose a time for the call."))
    calendar = lock_calendar(order.expert)
    call = Call(
        order=order,
        expert=order.expert,
        minutes=order.call_minutes,
        pause_minutes=calendar.buffer_minutes,
        buyer_zone=zones.or_paris(zone),
        expert_zone=calendar.time_zone,
    )
    take(call, slot)
    return call


def take(call: Call, starts_at: datetime) -> None:
    """Put a call at a free time of its expert, whose calendar the caller holds. Raises ``SlotTaken``."""
    if starts_at not in openings.free(call.expert, minutes=call.minutes, keeping=call.pk):
        raise SlotTaken(_("This time is no longer free. Choose another one."))
    call.place(starts_at)
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError:
        raise SlotTaken(_("This time is no longer free. Choose another one.")) from None


def pay_before(starts_at: datetime, moment: datetime) -> datetime:
    """Until when a kept slot may be paid: ``moment``, or shortly before the call if that comes first."""
    return min(moment, max(starts_at - rules.CALL_UNPAID_LEAD, clock.now() + rules.CALL_SHORTEST_PAYMENT))


def refuse_transfer(call: Call) -> None:
    """Raise ``Refusal`` when a call is too near for a bank transfer to arrive before it."""
    if call.starts_at < clock.now() + rules.CALL_TRANSFER_LEAD:
        raise Refusal(
            _("A bank transfer takes days: choose a time at least %(n)s days away, or pay by card.")
            % {"n": rules.CALL_TRANSFER_LEAD.days}
        )


def book(order: Order) -> Call | None:
    """Confirm the slot of a locked order that was just paid: it has a room, and its work has begun.

    Publishing hours is saying yes in advance: nobody has to press Start for a time both have chosen.
    """
    call = Call.objects.filter(order=order, state=Call.State.KEPT).first() if _is_call(order) else None
    if call is None:
        return None
    call.order = order
    room = rooms().open(order.reference)
    call.state = Call.State.BOOKED
    call.booked_at = clock.now()
    call.room_url, call.room_phone, call.room_code = room.url, room.phone, room.code
    call.plan_reminders()
    call.save()
    order.start()
    order.due_at = call.summary_due_at
    order.schedule_reminders()
    order.save()
    return call


def _is_call(order: Order) -> bool:
    return order.kind == Offer.Kind.CALL


def leave_slot(order: Order) -> None:
    """Let go of the slot of a locked order that ends, or whose call was held. Doing it twice changes nothing."""
    if not _is_call(order):
        return
    call = Call.objects.filter(order=order).first()
    if call is None or not call.is_live:
        return
    if not call.has_begun:
        call.sequence += 1
    call.end(Call.State.DONE if call.has_begun else Call.State.GIVEN_UP)
    call.save()
    call.moves.filter(state=CallMove.State.OPEN).update(state=CallMove.State.CLOSED, answered_at=clock.now())


def take_back(order: Order) -> None:
    """Book the slot again that a dispute, withdrawn before the call, had left; somebody else may have it meanwhile.

    The caller holds the order's lock and saves it. A slot that is gone stays given up: the parties agree otherwise.
    """
    call = Call.objects.filter(order=order, state=Call.State.GIVEN_UP).first() if _is_call(order) else None
    if call is None or call.has_begun or order.state != Order.State.ACTIVE or order.first_delivered_at:
        return
    call.order = order
    call.state = Call.State.BOOKED
    call.sequence += 1
    call.plan_reminders()
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError:
        return
    order.due_at = call.summary_due_at


def refuse_before_call(order: Order) -> None:
    """Raise ``Refusal`` when a summary comes before its call, or while one party says that the other did not come."""
    call = Call.objects.filter(order=order).first() if _is_call(order) else None
    if call is None or not call.is_live:
        return
    if not call.has_begun:
        raise Refusal(_("The summary comes after the call."))
    if call.absent:
        raise Refusal(_("An absence was declared for this call: it has to be settled first."))
