"""A call at its hour: held, summed up, or missed."""

from datetime import timedelta

import pytest
from django_fsm import TransitionNotAllowed

from disputes import actions as disputes
from disputes.models import Dispute
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from offers import calendar_actions, openings
from orders import actions, notifications, tasks
from orders.models import Call, CancellationRecord, Order
from payments.models import Earning
from tests import factories
from tests.orders.calls.kit import HOUR, Kind, call_of, facts

# --- Held, and after ---


def test_the_summary_comes_after_the_call_and_is_accepted_as_any_deliverable(booked, travel):
    with pytest.raises(Refusal):
        actions.deliver(booked, actor=booked.expert, note="En avance")
    assert factories.fresh(booked).state == Order.State.ACTIVE

    travel(call_of(booked).ends_at + timedelta(minutes=5))
    actions.deliver(booked, actor=booked.expert, note="Ce que nous avons décidé.")

    order = factories.fresh(booked)
    assert order.state == Order.State.DELIVERED
    assert call_of(booked).state == Call.State.DONE
    assert actions.accept_delivery(order, actor=order.buyer).state == Order.State.COMPLETED


def test_the_room_opens_ten_minutes_before_to_the_two_people_alone(booked, stranger, travel):
    start = call_of(booked).starts_at
    travel(start - timedelta(minutes=11))
    with pytest.raises(Refusal):
        actions.enter_room(booked, actor=booked.buyer)

    travel(start - timedelta(minutes=9))
    with pytest.raises(Refusal):
        actions.enter_room(booked, actor=stranger)
    first = actions.enter_room(booked, actor=booked.buyer).buyer_came_at
    again = actions.enter_room(booked, actor=booked.buyer).buyer_came_at

    assert first == again
    assert call_of(booked).expert_came_at is None


def test_both_are_reminded_a_day_and_an_hour_before_once(booked, travel):
    start = call_of(booked).starts_at
    travel(start - 24 * HOUR + timedelta(minutes=1))
    assert [tasks.remind_of_calls(), tasks.remind_of_calls()] == [1, 0]
    travel(start - HOUR + timedelta(minutes=1))
    assert [tasks.remind_of_calls(), tasks.remind_of_calls()] == [1, 0]
    assert call_of(booked).next_reminder_at is None

    Notification.objects.all().delete()
    for event in booked.events.filter(kind=Kind.CALL_REMINDED):
        notifications.announce(event.pk)
        notifications.announce(event.pk)
    assert Notification.objects.filter(kind="call_reminder").count() == 4


def test_reminders_begin_again_when_a_call_moves(booked, call_offer, travel):
    travel(call_of(booked).starts_at - 24 * HOUR - timedelta(minutes=1))
    slot = factories.first_slot(call_offer, timedelta(days=5))

    actions.move_call(booked, actor=booked.buyer, starts_at=slot)

    assert call_of(booked).next_reminder_at == slot - 24 * HOUR


# --- Nobody there ---


def test_an_absence_is_not_declared_within_five_minutes(booked, travel):
    """E44: five minutes of lateness are forgiven."""
    travel(call_of(booked).starts_at + timedelta(minutes=4))
    before = facts(booked)

    for actor in (booked.buyer, booked.expert):
        with pytest.raises(Refusal):
            actions.declare_absence(booked, actor=actor)

    assert facts(booked) == before


# B38, section 3 number 10
def test_an_absent_buyer_who_stays_silent_pays_the_expert(booked, travel):
    """E44: expert declares; buyer has 48 h to contest; then delivered and accepted."""
    travel(call_of(booked).starts_at + timedelta(minutes=6))
    call = actions.declare_absence(booked, actor=booked.expert, words="J'ai attendu un quart d'heure.")

    travel(call.absence_due_at - timedelta(minutes=1))
    assert tasks.settle_absences() == 0
    travel(call.absence_due_at + timedelta(minutes=1))
    assert [tasks.settle_absences(), tasks.settle_absences()] == [1, 0]

    order = factories.fresh(booked)
    assert order.state == Order.State.COMPLETED
    assert Earning.objects.get(hold=order.hold).net_cents == 54_00


# B38, section 3 number 10
def test_an_absent_expert_who_stays_silent_pays_the_buyer_back(booked, travel):
    """E45: buyer declares; 48 h; full refund, and a cancellation that is the expert's."""
    travel(call_of(booked).starts_at + timedelta(minutes=6))
    call = actions.declare_absence(booked, actor=booked.buyer)

    with pytest.raises(Refusal):
        actions.deliver(booked, actor=booked.expert, note="J'y étais")
    travel(call.absence_due_at + timedelta(minutes=1))
    assert [tasks.settle_absences(), tasks.settle_absences()] == [1, 0]

    order = factories.fresh(booked)
    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.EXPERT_AWAY)
    assert factories.fresh(order).hold.refunded_cents == 60_00
    written = CancellationRecord.objects.get(order=order)
    assert (written.subject, written.cause) == (booked.expert, "no_show")


@pytest.mark.parametrize("first", ["buyer", "expert"])
def test_both_claiming_the_other_was_absent_opens_a_dispute(booked, travel, first):
    """E46: dispute opened automatically, whoever spoke first."""
    one, two = (booked.buyer, booked.expert) if first == "buyer" else (booked.expert, booked.buyer)
    travel(call_of(booked).starts_at + timedelta(minutes=10))

    assert disputes.say_absent(booked, actor=one, statement="Personne.") is None
    dispute = disputes.say_absent(booked, actor=two, statement="J'y étais, moi.")

    order = factories.fresh(booked)
    assert order.state == Order.State.DISPUTED
    assert (dispute.opened_by, dispute.ground) == (two, Dispute.Ground.ABSENCE)
    travel(clock.now() + timedelta(days=5))
    assert tasks.settle_absences() == 0, "staff decide, not the clock"


@pytest.mark.parametrize("taken", [False, True])
def test_a_dispute_taken_back_before_the_call_books_it_again_unless_its_time_is_gone(
    booked, call_offer, taken
):
    slot = call_of(booked).starts_at
    dispute = disputes.open_dispute(booked, actor=booked.buyer, ground="abuse", statement="Un malentendu.")
    assert call_of(booked).state == Call.State.GIVEN_UP
    if taken:
        factories.place(factories.make_user("Ana", "Roux"), call_offer, slot=slot)

    disputes.withdraw(dispute, actor=booked.buyer)

    call, order = call_of(booked), factories.fresh(booked)
    assert order.state == Order.State.ACTIVE
    assert call.state == (Call.State.GIVEN_UP if taken else Call.State.BOOKED)
    if not taken:
        assert (call.starts_at, order.due_at) == (slot, call.summary_due_at)
        assert call.next_reminder_at == slot - 24 * HOUR


def test_the_dates_people_are_reminded_of_follow_a_call_that_moves_nearer(booked, call_offer):
    slot = factories.first_slot(call_offer, timedelta(days=1, hours=2))
    actions.move_call(booked, actor=booked.buyer, starts_at=slot)

    order = factories.fresh(booked)
    assert order.next_reminder_at == order.due_at - order.timer("due_soon")


def test_nobody_declares_twice_and_strangers_never(booked, stranger, travel):
    travel(call_of(booked).starts_at + timedelta(minutes=10))
    with pytest.raises(Refusal):
        actions.declare_absence(booked, actor=stranger)
    actions.declare_absence(booked, actor=booked.buyer)
    before = facts(booked)

    for actor in (booked.buyer, booked.expert):
        with pytest.raises(Refusal):
            actions.declare_absence(booked, actor=actor)
    with pytest.raises(Refusal):
        disputes.contest_absence(booked, actor=booked.buyer, statement="Moi-même")

    assert facts(booked) == before


def test_lateness_never_overtakes_the_time_to_contest(booked, travel):
    travel(call_of(booked).ends_at + 47 * HOUR)
    call = actions.declare_absence(booked, actor=booked.expert)

    assert factories.fresh(booked).due_at >= call.absence_due_at
    travel(call.absence_due_at - timedelta(minutes=1))
    with pytest.raises((Refusal, TransitionNotAllowed)):
        actions.cancel_late(booked, actor=booked.buyer)


def test_hours_that_change_leave_booked_calls_alone(booked, expert):
    calendar_actions.set_hours(expert, week={})

    assert call_of(booked).state == Call.State.BOOKED
    assert openings.free(expert, minutes=30) == []
