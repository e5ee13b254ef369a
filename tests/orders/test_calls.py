"""A call from the slot chosen at checkout to its summary, with every change of mind on the way."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django_fsm import TransitionNotAllowed

from disputes import actions as disputes
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.models import Mail, Notification
from offers import calendar_actions, openings
from orders import actions, notifications, tasks
from orders.models import Call, CancellationRecord, Order, OrderEvent
from payments.models import Earning, Refund
from tests import factories

Kind = OrderEvent.Kind
HOUR = timedelta(hours=1)


@pytest.fixture
def call_offer(expert, category):
    return factories.make_call(expert, category=category)


@pytest.fixture
def booked(buyer, call_offer) -> Order:
    """A call paid, at ten in the morning in Paris, in a few days."""
    slot = next(
        at
        for at in openings.free(call_offer.expert, minutes=30)
        if at > clock.now() + timedelta(days=3) and at.astimezone(UTC).minute == 0
    )
    return factories.pay(factories.place(buyer, call_offer, slot=slot))


@pytest.fixture
def travel():
    """Let time pass, for this test alone."""
    travellers = []

    def to(moment: datetime) -> None:
        while travellers:
            travellers.pop().stop()
        traveller = time_machine.travel(moment, tick=True)
        traveller.start()
        travellers.append(traveller)

    yield to
    while travellers:
        travellers.pop().stop()


def call_of(order: Order) -> Call:
    return Call.objects.get(order=order)


def facts(order: Order):
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        Call.objects.filter(order=order).values().get(),
        OrderEvent.objects.count(),
        Refund.objects.count(),
        Earning.objects.count(),
    )


# --- Booking ---


def test_a_call_without_a_time_is_not_placed(buyer, call_offer):
    with pytest.raises(Refusal):
        factories.place(buyer, call_offer, slot=None)

    assert not Order.objects.exists()


def test_a_call_whose_expert_has_no_hours_cannot_be_ordered(buyer, expert, category):
    offer = factories.make_offer(expert, kind="call", call_minutes=30, category=category)

    assert offer.lacks_hours
    assert not offer.is_orderable
    with pytest.raises(Refusal):
        factories.place(buyer, offer, slot=clock.now() + timedelta(days=3))
    assert not Order.objects.exists()


def test_an_unpaid_call_keeps_its_slot_and_the_time_to_pay_gives_it_back(buyer, call_offer, travel):
    order = factories.place(buyer, call_offer)
    slot = call_of(order).starts_at

    assert slot not in openings.free(call_offer.expert, minutes=30)

    travel(order.payment_due_at + timedelta(minutes=1))
    assert [tasks.expire_unpaid(), tasks.expire_unpaid()] == [1, 0]

    assert call_of(order).state == Call.State.GIVEN_UP
    assert slot in openings.free(call_offer.expert, minutes=30)


def test_a_paid_call_has_begun_without_a_click_and_waits_for_its_summary(booked):
    call = call_of(booked)

    assert booked.state == Order.State.ACTIVE
    assert booked.is_started
    assert call.state == Call.State.BOOKED
    assert booked.due_at == call.ends_at + rules.ORDER_TIMERS.call_summary
    assert call.room_url.startswith("https://meet.jit.si/jalon-")
    assert len(call.room_url) > 45, "a name nobody can guess"


def test_two_rooms_never_have_the_same_name(buyer, call_offer):
    urls = {call_of(factories.pay(factories.place(buyer, call_offer))).room_url for _n in range(3)}

    assert len(urls) == 3


def test_the_phone_provider_gives_a_number_and_a_code(buyer, call_offer, settings):
    settings.CALL_ROOMS = "orders.call_rooms.PhoneRooms"
    settings.CALL_PHONE_NUMBER = "+33 1 23 45 67 89"

    call = call_of(factories.pay(factories.place(buyer, call_offer)))

    assert call.room_url == ""
    assert call.room_phone == "+33 1 23 45 67 89"
    assert len(call.room_code) == 8


def test_the_database_itself_refuses_two_calls_at_once(buyer, call_offer, booked):
    """E11's twin for calls: whatever the code above it does, one expert holds one call at a time."""
    other = factories.place(buyer, call_offer, slot=factories.first_slot(call_offer, timedelta(days=5)))
    taken = call_of(booked)

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(order=other).update(
            blocked=DateTimeTZRange(taken.starts_at + timedelta(minutes=5), taken.ends_at)
        )


def test_the_pause_after_a_call_is_kept_free(buyer, expert, category):
    factories.open_hours(expert, buffer_minutes=30)
    offer = factories.make_call(expert, category=category)
    slot = next(at for at in openings.free(expert, minutes=30) if 9 <= at.hour <= 14)
    factories.place(buyer, offer, slot=slot)

    free = openings.free(expert, minutes=30)

    assert slot + timedelta(minutes=30) not in free
    assert slot + timedelta(minutes=60) in free
    assert slot - timedelta(minutes=30) not in free, "the call before would need its own pause"


def test_a_transfer_needs_days_before_the_call(buyer, call_offer):
    with pytest.raises(Refusal):
        factories.place(
            buyer, call_offer, method="transfer", slot=factories.first_slot(call_offer, timedelta(days=1))
        )
    assert not Order.objects.exists()

    order = factories.place(buyer, call_offer, method="transfer")
    order = actions.await_transfer(order)
    assert order.payment_due_at < call_of(order).starts_at


def test_both_are_told_in_their_own_zone_with_a_calendar_file(buyer, call_offer, expert):
    order = factories.pay(
        factories.place(buyer, call_offer, slot=factories.first_slot(call_offer), zone="America/New_York")
    )
    for event in order.events.all():
        notifications.announce(event.pk)

    to_buyer = Mail.objects.get(recipient=buyer.email, calendar__gt="")
    to_expert = Mail.objects.get(recipient=expert.email, calendar__gt="")
    assert "New York (UTC" in to_buyer.text + to_buyer.subject
    assert "Paris (UTC" in to_expert.text + to_expert.subject
    assert "METHOD:REQUEST" in to_buyer.calendar
    assert expert.email not in to_buyer.calendar
    assert call_of(order).room_url not in to_buyer.calendar + to_buyer.text


# --- Changing ---


def test_the_buyer_moves_a_call_twice_in_good_time_then_needs_an_agreement(booked, call_offer):
    """E43: up to 24 h before, twice; later by mutual agreement."""
    for number in (1, 2):
        slot = factories.first_slot(call_offer, timedelta(days=4 + number))
        call = actions.move_call(booked, actor=booked.buyer, starts_at=slot)
        assert (call.starts_at, call.sequence) == (slot, number)
    before = facts(booked)

    with pytest.raises(Refusal):
        actions.move_call(
            booked, actor=booked.buyer, starts_at=factories.first_slot(call_offer, timedelta(days=9))
        )

    assert facts(booked) == before
    assert factories.fresh(booked).due_at == call_of(booked).summary_due_at


def test_a_call_is_not_moved_alone_within_a_day(booked, call_offer, travel):
    """E43: later by mutual agreement."""
    travel(call_of(booked).starts_at - 23 * HOUR)
    slot = factories.first_slot(call_offer, timedelta(days=3))
    before = facts(booked)

    with pytest.raises(Refusal):
        actions.move_call(booked, actor=booked.buyer, starts_at=slot)
    assert facts(booked) == before

    move = actions.propose_move(booked, actor=booked.buyer, starts_at=slot)
    assert call_of(booked).starts_at != slot
    with pytest.raises(Refusal):
        actions.accept_move(move, actor=booked.buyer)
    actions.accept_move(move, actor=booked.expert)
    assert call_of(booked).starts_at == slot
    assert call_of(booked).moved_by_buyer == 0


def test_the_expert_never_moves_a_call_alone(booked, call_offer):
    slot = factories.first_slot(call_offer, timedelta(days=6))
    before = facts(booked)

    with pytest.raises(Refusal):
        actions.move_call(booked, actor=booked.expert, starts_at=slot)

    assert facts(booked) == before


def test_a_proposed_time_left_unanswered_leaves_the_call_where_it_is(booked, call_offer, travel):
    was = call_of(booked).starts_at
    move = actions.propose_move(
        booked, actor=booked.expert, starts_at=factories.first_slot(call_offer, timedelta(days=6))
    )

    travel(move.answer_due_at + timedelta(minutes=1))
    assert [tasks.expire_moves(), tasks.expire_moves()] == [1, 0]

    move.refresh_from_db()
    assert move.state == "expired"
    assert call_of(booked).starts_at == was
    assert move.answer_due_at <= was, "a proposal never outlives the call"


def test_one_proposed_time_waits_at_once(booked, call_offer):
    actions.propose_move(
        booked, actor=booked.expert, starts_at=factories.first_slot(call_offer, timedelta(days=6))
    )

    with pytest.raises(Refusal):
        actions.propose_move(
            booked, actor=booked.buyer, starts_at=factories.first_slot(call_offer, timedelta(days=7))
        )


def test_a_time_taken_meanwhile_is_not_agreed_on(booked, buyer, call_offer):
    slot = factories.first_slot(call_offer, timedelta(days=6))
    move = actions.propose_move(booked, actor=booked.expert, starts_at=slot)
    factories.place(factories.make_user("Ana", "Roux"), call_offer, slot=slot)
    before = facts(booked)

    with pytest.raises(actions.SlotTaken):
        actions.accept_move(move, actor=buyer)

    assert facts(booked) == before
    move.refresh_from_db()
    assert move.state == "open"


def test_the_expert_withdraws_a_proposed_time_and_the_buyer_refuses_another(booked, call_offer):
    first = actions.propose_move(
        booked, actor=booked.expert, starts_at=factories.first_slot(call_offer, timedelta(days=6))
    )
    actions.withdraw_move(first, actor=booked.expert)
    second = actions.propose_move(
        booked, actor=booked.expert, starts_at=factories.first_slot(call_offer, timedelta(days=6))
    )
    actions.refuse_move(second, actor=booked.buyer)

    assert list(call_of(booked).moves.values_list("state", flat=True)) == ["withdrawn", "refused"]
    assert call_of(booked).sequence == 0


# --- Giving up ---


def test_a_call_cancelled_in_good_time_is_paid_back_and_its_slot_free_again(booked, call_offer):
    slot = call_of(booked).starts_at

    order = actions.cancel_call(booked, actor=booked.buyer)

    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.CALL_BUYER)
    assert factories.fresh(order).hold.refunded_cents == 60_00
    assert slot in openings.free(call_offer.expert, minutes=30)
    assert call_of(booked).sequence == 1


def test_a_call_given_up_too_late_is_paid_to_the_expert(booked, travel):
    travel(call_of(booked).starts_at - 3 * HOUR)

    order = actions.cancel_call(booked, actor=booked.buyer)

    assert order.state == Order.State.COMPLETED
    assert order.hold.refunded_cents == 0
    assert Earning.objects.get(hold=order.hold).net_cents == 54_00
    assert call_of(booked).state == Call.State.GIVEN_UP


def test_the_expert_cancels_with_a_reason_and_the_buyer_is_paid_back(booked, travel):
    travel(call_of(booked).starts_at - 3 * HOUR)
    with pytest.raises(Refusal):
        actions.cancel_call(booked, actor=booked.expert, reason=" ")

    order = actions.cancel_call(booked, actor=booked.expert, reason="Je suis souffrante.")

    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.CALL_EXPERT)
    assert factories.fresh(order).hold.refunded_cents == 60_00
    written = CancellationRecord.objects.get(order=order)
    assert (written.subject, written.cause, written.score) == (booked.expert, "unavailable", 3)


def test_a_call_that_has_begun_is_no_longer_cancelled(booked, travel):
    travel(call_of(booked).starts_at + timedelta(minutes=1))
    before = facts(booked)

    for actor in (booked.buyer, booked.expert):
        with pytest.raises(Refusal):
            actions.cancel_call(booked, actor=actor, reason="Trop tard")

    assert facts(booked) == before


def test_silence_never_cancels_a_call_that_was_kept(booked, travel):
    actions.request_cancellation(booked, actor=booked.buyer, reason="Plus besoin.")

    travel(clock.now() + 49 * HOUR)
    tasks.expire_requests()

    assert factories.fresh(booked).state == Order.State.ACTIVE


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


# --- At checkout ---


def test_a_time_is_chosen_at_checkout_and_refused_once_it_is_taken(client_of, buyer, call_offer):
    from tests.orders.test_checkout import typed, url

    slot = factories.first_slot(call_offer, timedelta(days=2))
    desk = client_of(buyer)
    page = desk.get(url(call_offer)).content.decode()
    assert f'value="{openings.stamp(slot)}"' in page
    assert "Paris (UTC+" in page

    missing = desk.post(url(call_offer), typed(call_offer))
    assert missing.status_code == 422
    booked = desk.post(
        url(call_offer), {**typed(call_offer), "slot": openings.stamp(slot), "zone": "Asia/Tokyo"}
    )
    taken = client_of(factories.make_user("Ana", "Roux")).post(
        url(call_offer), {**typed(call_offer, brief="À garder"), "slot": openings.stamp(slot)}
    )

    assert booked.status_code == 302
    assert taken.status_code == 409
    assert "À garder" in taken.content.decode()
    assert Call.objects.get().starts_at == slot
    assert Call.objects.get().buyer_zone == "Asia/Tokyo"


@pytest.mark.django_db(transaction=True)
def test_of_two_buyers_at_the_same_instant_one_has_the_slot():
    expert = factories.make_expert()
    offer = factories.make_call(expert)
    slot = factories.first_slot(offer, timedelta(days=2))
    buyers = [factories.make_user("Ana", "Roux"), factories.make_user("Léo", "Petit")]
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def click(buyer) -> None:
        try:
            gate.wait()
            factories.place(buyer, offer, slot=slot)
            outcomes.append("placed")
        except actions.SlotTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(buyer,)) for buyer in buyers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["placed", "taken"]
    assert Order.objects.count() == Call.objects.count() == 1
