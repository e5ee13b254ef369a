"""A call before its hour: booked, moved, given up."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.models import Mail
from offers import openings
from orders import actions, notifications, tasks
from orders.models import Call, CancellationRecord, Order
from payments.models import Earning
from tests import factories
from tests.orders.calls.kit import HOUR, call_of, facts

# --- Booking ---


def test_a_call_includes_one_revision_of_its_summary_whatever_its_offer_said(buyer, call_offer):
    call_offer.revisions = 4
    call_offer.save(update_fields=["revisions"])

    assert factories.place(buyer, call_offer).revisions_included == 1


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


# B37
def test_a_call_cancelled_in_good_time_is_paid_back_and_its_slot_free_again(booked, call_offer):
    slot = call_of(booked).starts_at

    order = actions.cancel_call(booked, actor=booked.buyer)

    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.CALL_BUYER)
    assert factories.fresh(order).hold.refunded_cents == 60_00
    assert slot in openings.free(call_offer.expert, minutes=30)
    assert call_of(booked).sequence == 1


# B37
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


# --- At checkout ---


# B36
def test_a_time_is_chosen_at_checkout_and_refused_once_it_is_taken(client_of, buyer, call_offer):
    from tests.orders.checkout.kit import typed, url

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
