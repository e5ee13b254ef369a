"""The dates of an order stand still for a named cause, and run again when it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import TimeOff
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import Order, OrderEvent, Pause
from orders.models.changes import ChangeRequest
from tests import factories

Kind = OrderEvent.Kind


def asked(order: Order, item: str = "Le grand livre") -> Order:
    actions.ask_for_item(order, actor=order.expert, label=item)
    return factories.fresh(order)


def later(**delay):
    return time_machine.travel(clock.now() + timedelta(**delay), tick=False)


def facts(order: Order):
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        list(order.pauses.values()),
        list(order.checklist.values()),
        order.events.count(),
    )


# E14, section 3 number 1
def test_the_deadline_moves_by_the_time_of_the_pause(started_order, expert):
    due = started_order.due_at
    with later(days=1):
        order = asked(started_order)
        assert order.is_paused
        assert not order.countdown_runs
        assert order.time_left == due - clock.now()
    with later(days=3):
        order = actions.resume(order, actor=expert)

    assert not order.is_paused
    assert abs(order.due_at - (due + timedelta(days=2))) < timedelta(seconds=2)
    assert abs(order.paused_in_all - timedelta(days=2)) < timedelta(seconds=2)
    assert order.pauses.get().end == Pause.End.RESUMED


def test_a_paused_order_is_never_late_and_cannot_be_cancelled_as_late(started_order, buyer):
    order = asked(started_order)

    with later(days=13):
        order = factories.fresh(order)
        assert not order.is_late
        assert Order.objects.late(clock.now()).count() == 0
        with pytest.raises(Refusal):
            actions.cancel_late(order, actor=buyer)


def test_the_pause_names_its_item_in_the_list_of_the_order(started_order):
    order = asked(started_order, "Les statuts signés")

    item = order.checklist.get(named_later=True)
    pause = order.pauses.get()
    assert (pause.item, pause.requirement, item.is_required) == ("Les statuts signés", item, True)
    assert order.events.filter(kind=Kind.PAUSED).get().data["item"] == "Les statuts signés"


@pytest.mark.parametrize("label", ["", "   "])
def test_a_pause_without_a_named_item_is_refused(started_order, expert, label):
    before = facts(started_order)

    with pytest.raises(Refusal):
        actions.ask_for_item(started_order, actor=expert, label=label)

    assert facts(started_order) == before


def test_only_the_expert_pauses_and_resumes(started_order, buyer, stranger, staff, expert):
    for person in (buyer, stranger, staff):
        with pytest.raises(Refusal):
            actions.ask_for_item(started_order, actor=person, label="Les comptes")
    order = asked(started_order)
    before = facts(order)
    for person in (buyer, stranger, staff):
        with pytest.raises(Refusal):
            actions.resume(order, actor=person)
    assert facts(order) == before


def test_one_pause_at_a_time(started_order, expert):
    order = asked(started_order)
    before = facts(order)

    with pytest.raises(Refusal):
        actions.ask_for_item(order, actor=expert, label="Autre chose")

    assert facts(order) == before


def test_a_late_delivery_is_not_paused(started_order, expert):
    with later(days=6):
        before = facts(started_order)
        with pytest.raises(Refusal, match=r"en retard|late"):
            actions.ask_for_item(started_order, actor=expert, label="Les comptes")
        assert facts(started_order) == before


def test_pauses_are_counted(started_order, expert):
    order = started_order
    for _time in range(3):
        order = asked(order)
        order = actions.resume(order, actor=expert)

    with pytest.raises(Refusal):
        actions.ask_for_item(order, actor=expert, label="Encore")


# E14: the buyer can contest the pause
def test_the_buyer_contests_a_pause_and_the_expert_may_not_pause_again(started_order, buyer, expert):
    order = asked(started_order)

    order = actions.contest_pause(order, actor=buyer, reason="Tout est dans le dossier.")

    assert not order.is_paused
    pause = order.pauses.get()
    assert (pause.end, pause.reason) == (Pause.End.CONTESTED, "Tout est dans le dossier.")
    with pytest.raises(Refusal):
        actions.ask_for_item(order, actor=expert, label="Autre chose")


def test_contesting_takes_a_reason_and_is_for_the_buyer(started_order, buyer, expert, stranger):
    order = asked(started_order)
    before = facts(order)

    with pytest.raises(Refusal):
        actions.contest_pause(order, actor=buyer, reason=" ")
    for person in (expert, stranger):
        with pytest.raises(Refusal):
            actions.contest_pause(order, actor=person, reason="Non")

    assert facts(order) == before


# E2
def test_before_the_start_a_silent_buyer_lets_the_order_end_without_fault_of_the_expert(active_order, buyer):
    order = asked(active_order)
    with later(days=4):
        tasks.cancel_not_started()
        assert factories.fresh(order).state == Order.State.ACTIVE, "the time to start stands still"
    with later(days=7, minutes=1):
        for _twice in range(2):
            tasks.end_pauses()

    order = factories.fresh(order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.BUYER_SILENT)
    assert order.hold.refunded_cents == order.total_cents
    assert order.pauses.get().end == Pause.End.OVERTAKEN
    assert order.events.filter(kind=Kind.CANCELLED).count() == 1


def test_before_the_start_the_dates_are_held_once(active_order, expert):
    order = asked(active_order)
    order = actions.resume(order, actor=expert)

    with pytest.raises(Refusal):
        actions.ask_for_item(order, actor=expert, label="Autre chose")


def test_the_time_to_start_goes_on_after_a_pause(active_order, expert):
    start_due = active_order.start_due_at
    order = asked(active_order)
    with later(days=2):
        order = actions.resume(order, actor=expert)

    assert abs(order.start_due_at - (start_due + timedelta(days=2))) < timedelta(seconds=2)
    assert order.next_reminder_at < order.start_due_at


def test_starting_ends_the_pause(active_order, expert):
    order = asked(active_order)

    order = actions.start(order, actor=expert)

    assert not order.is_paused
    assert order.pauses.get().end == Pause.End.OVERTAKEN
    assert order.paused_seconds == 0, "only pauses of the work count"


# E14, timers of section 4.0
def test_after_its_time_the_expert_cancels_without_fault(started_order, expert, buyer):
    order = asked(started_order)
    before = facts(order)
    with pytest.raises(Refusal):
        actions.cancel_silent(order, actor=expert)
    assert facts(order) == before

    with later(days=7, minutes=1):
        with pytest.raises(Refusal):
            actions.cancel_silent(order, actor=buyer)
        order = factories.fresh(actions.cancel_silent(order, actor=expert))

    assert order.cancel_cause == Order.CancelCause.BUYER_SILENT
    assert order.hold.refunded_cents == order.total_cents


def test_a_pause_of_work_nobody_ends_is_over_in_the_end(started_order):
    order = asked(started_order)
    due = order.due_at
    with later(days=14, minutes=1):
        for _twice in range(2):
            tasks.end_pauses()
        order = factories.fresh(order)
        assert order.countdown_runs
        assert order.pauses.get().end == Pause.End.RAN_OUT
        assert order.due_at > due + timedelta(days=14)


def test_a_waiting_buyer_is_reminded_then_the_expert_is_told_of_the_way_out(started_order, buyer, expert):
    order = asked(started_order)
    for day in (2, 5, 6, 7):
        with later(days=day, minutes=1):
            for _twice in range(2):
                tasks.remind()

    told = [event.data["what"] for event in order.events.filter(kind=Kind.REMINDED)]
    assert told == ["buyer_item", "buyer_item", "buyer_item", "buyer_silent"]


def test_a_pause_closes_a_request_for_a_later_date(started_order, expert):
    actions.propose_extension(
        started_order, actor=expert, due_at=started_order.due_at + timedelta(days=2), message="Plus tard"
    )

    order = asked(started_order)

    assert order.changes.get().state == ChangeRequest.State.CLOSED
    with pytest.raises(Refusal):
        actions.propose_extension(order, actor=expert, due_at=order.due_at + timedelta(days=9))


@pytest.mark.parametrize("ending", ["deliver", "dispute", "agree"])
def test_whatever_the_order_does_next_closes_the_pause(started_order, buyer, expert, ending):
    order = asked(started_order)
    if ending == "deliver":
        order = factories.deliver(order)
    elif ending == "dispute":
        order = actions.open_dispute(order, actor=buyer)
    else:
        change = actions.request_cancellation(order, actor=expert, reason="Plus de nouvelles")
        actions.accept_change(change, actor=buyer)
        order = factories.fresh(order)

    assert order.paused_at is order.pause_due_at is None
    assert order.pauses.get().end == Pause.End.OVERTAKEN


def test_a_revision_is_not_paused(delivered_order, buyer, expert):
    order = actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus direct")

    with pytest.raises(Refusal):
        actions.ask_for_item(order, actor=expert, label="Les comptes")


# E13: reminders around the deadline
def test_the_expert_is_reminded_before_the_date_and_both_once_it_has_passed(started_order):
    for moment in ({"days": 4, "minutes": 1}, {"days": 5, "minutes": 1}, {"days": 6, "minutes": 1}):
        with later(**moment):
            for _twice in range(2):
                tasks.remind()

    told = [event.data["what"] for event in started_order.events.filter(kind=Kind.REMINDED)]
    assert told == ["due_soon", "late", "late_cancel"]


# E12: time off declared before an order begins stretches its dates, within a limit; later, it moves nothing
def away(expert, start: int, days: int) -> None:
    first = timezone.localtime(clock.now()).date() + timedelta(days=start)
    TimeOff.objects.create(expert=expert, starts_on=first, ends_on=first + timedelta(days=days - 1))


def test_days_off_declared_before_the_start_move_the_date(active_order, expert):
    away(expert, 2, 3)

    order = actions.start(active_order, actor=expert)

    assert order.due_at - order.started_at == timedelta(days=5 + 3)
    assert order.events.get(kind=Kind.STARTED).data["days_off"] == 3


def test_days_off_declared_later_move_nothing(started_order, expert):
    due = started_order.due_at
    away(expert, 1, 3)

    assert factories.fresh(started_order).due_at == due


def test_days_off_move_a_date_within_a_limit(active_order, expert):
    away(expert, 1, 60)

    order = actions.start(active_order, actor=expert)

    assert order.due_at - order.started_at == timedelta(days=5 + 14)
