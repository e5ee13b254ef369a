"""One request at a time, a later date, and who is told."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from marketplace.kernel import clock, rules
from orders import actions, tasks
from orders.models import Order
from orders.models.changes import ChangeRequest
from payments.models import Refund
from tests import factories
from tests.orders.changes.kit import HOURS, State, ask_cancel, extend, later, refuses, split, told

pytestmark = pytest.mark.django_db


# --- One request at a time ---


@pytest.mark.parametrize("first", [extend, ask_cancel, split])
@pytest.mark.parametrize("second", [extend, ask_cancel, split])
def test_a_second_request_waits_for_the_first(started_order, first, second):
    first(started_order)

    refuses(started_order, lambda: second(started_order), "already waits")


def test_the_database_keeps_one_open_request(started_order):
    change = extend(started_order)
    change.pk, change.public_id = None, None
    twin = ChangeRequest(
        order=started_order,
        kind="cancellation",
        proposed_by=started_order.buyer,
        answer_due_at=clock.now() + HOURS,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_time_to_answer_is_the_one_of_the_day_it_was_ordered(started_order):
    started_order.timers["change_answer"] = 3600
    started_order.save()

    change = ask_cancel(started_order)

    assert change.answer_due_at - change.created_at == HOURS


def test_an_order_older_than_the_delay_follows_the_rule(started_order):
    del started_order.timers["change_answer"], started_order.timers["late_grace"]
    started_order.save()

    change = ask_cancel(started_order)

    assert change.answer_due_at - change.created_at == rules.ORDER_TIMERS.change_answer
    assert started_order.late_cancel_at == started_order.due_at + rules.ORDER_TIMERS.late_grace


# E23
@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_a_dispute_closes_it(started_order, ask):
    change = ask(started_order)
    actions.open_dispute(started_order, actor=started_order.buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED
    refuses(
        started_order, lambda: actions.accept_change(change, actor=started_order.buyer), "no longer waits"
    )


def test_a_ruling_closes_a_split_proposed_during_the_dispute(delivered_order, staff):
    change = split(actions.open_dispute(delivered_order, actor=delivered_order.buyer))
    actions.settle(delivered_order, actor=staff, refund_cents=60_00, reason="Jugé")

    change.refresh_from_db()
    assert change.state == State.CLOSED


def test_an_acceptance_of_the_deliverable_closes_it(delivered_order):
    change = split(delivered_order)
    actions.accept_delivery(delivered_order, actor=delivered_order.buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED
    assert Refund.objects.count() == 0


def test_it_does_not_stop_the_automatic_acceptance(delivered_order):
    change = ask_cancel(delivered_order)
    Order.objects.filter(pk=delivered_order.pk).update(acceptance_due_at=clock.now())

    assert tasks.accept_unanswered() == 1

    change.refresh_from_db()
    assert (factories.fresh(delivered_order).state, change.state) == (Order.State.COMPLETED, State.CLOSED)


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_nobody_answers_oneself_and_strangers_answer_nothing(started_order, stranger, staff, ask):
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer

    for person in (asker, stranger, staff):
        refuses(started_order, lambda person=person: actions.accept_change(change, actor=person))
        refuses(started_order, lambda person=person: actions.refuse_change(change, actor=person))
    for person in (other, stranger, staff):
        refuses(started_order, lambda person=person: actions.withdraw_change(change, actor=person))


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_a_refusal_or_a_withdrawal_changes_nothing_and_frees_the_place(started_order, ask):
    before = factories.fresh(started_order)
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer

    actions.refuse_change(change, actor=other)
    again = ask(started_order)
    actions.withdraw_change(again, actor=asker)

    after = factories.fresh(started_order)
    assert (after.state, after.due_at) == (before.state, before.due_at)
    assert list(started_order.changes.values_list("state", flat=True)) == [State.REFUSED, State.WITHDRAWN]
    for answer, person in ((actions.accept_change, other), (actions.withdraw_change, asker)):
        for asked in (change, again):
            refuses(started_order, lambda a=answer, c=asked, p=person: a(c, actor=p), "no longer waits")


# --- A later date (E15) ---


# B8
def test_a_later_date_holds_once_it_is_accepted(started_order, buyer):
    present = started_order.due_at
    change = extend(started_order)
    assert factories.fresh(started_order).due_at == present

    actions.accept_change(change, actor=buyer)

    assert factories.fresh(started_order).due_at == change.new_due_at == present + timedelta(days=3)


@pytest.mark.parametrize(("days", "why"), [(0, "later than"), (-1, "later than"), (181, "at most 180 days")])
def test_a_date_must_be_later_and_not_too_far(started_order, days, why):
    refuses(started_order, lambda: extend(started_order, days), why)


def test_a_late_expert_cannot_propose_a_date_that_has_passed(started_order):
    with time_machine.travel(started_order.due_at + timedelta(days=2), tick=False):
        refuses(started_order, lambda: extend(started_order, 1), "has not passed")
        assert extend(started_order, 3).state == State.OPEN


def test_the_longest_extension_is_allowed(started_order):
    assert extend(started_order, 180).state == State.OPEN


@pytest.mark.parametrize("state", ["active_order", "delivered_order", "completed_order"])
def test_no_later_date_when_the_countdown_does_not_run(request, state):
    order = request.getfixturevalue(state)

    refuses(
        order,
        lambda: actions.propose_extension(
            order, actor=order.expert, due_at=clock.now() + timedelta(days=30), message="x"
        ),
        "while the delivery time is running",
    )


def test_the_buyer_does_not_propose_a_date(started_order, buyer):
    refuses(
        started_order,
        lambda: actions.propose_extension(started_order, actor=buyer, due_at=later(started_order)),
    )


def test_left_unanswered_the_date_stays(started_order):
    present = started_order.due_at
    change = extend(started_order)
    assert tasks.expire_requests() == 0

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0

    change.refresh_from_db()
    assert change.state == State.EXPIRED
    assert factories.fresh(started_order).due_at == present


def test_a_request_ends_with_its_own_date(started_order, buyer):
    with time_machine.travel(started_order.due_at + 2 * HOURS, tick=False):
        change = actions.propose_extension(
            started_order, actor=started_order.expert, due_at=clock.now() + 5 * HOURS, message="Ce soir"
        )
    assert change.answer_due_at == change.new_due_at

    with time_machine.travel(change.new_due_at + timedelta(seconds=1), tick=False):
        refuses(started_order, lambda: actions.accept_change(change, actor=buyer), "no longer be agreed")


def test_a_deliverable_makes_it_pointless(started_order):
    change = extend(started_order)
    factories.deliver(started_order)

    change.refresh_from_db()
    assert change.state == State.CLOSED


def test_an_accepted_later_date_takes_the_lateness_away(started_order, buyer):
    with time_machine.travel(started_order.due_at + 30 * HOURS, tick=False):
        assert factories.fresh(started_order).may_cancel_late
        actions.accept_change(extend(started_order), actor=buyer)

        assert not factories.fresh(started_order).is_late
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "not late enough")


# --- Who is told ---


def test_each_request_and_answer_is_told_to_the_other_side_alone(started_order, buyer, expert):
    change = extend(started_order)
    assert told(started_order) == {"buyer": ["extension_proposed"], "expert": []}
    actions.refuse_change(change, actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["extension_refused"]}
    actions.accept_change(extend(started_order), actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["extension_agreed"]}
    change = ask_cancel(started_order)
    assert told(started_order) == {"buyer": [], "expert": ["cancel_requested"]}
    actions.refuse_change(change, actor=expert)
    assert told(started_order) == {"buyer": ["cancellation_refused"], "expert": []}
    change = split(started_order)
    assert told(started_order) == {"buyer": ["settlement_proposed"], "expert": []}
    actions.withdraw_change(change, actor=expert)
    assert told(started_order) == {"buyer": ["request_withdrawn"], "expert": []}
    actions.refuse_change(split(started_order), actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["settlement_refused"]}
    actions.accept_change(split(started_order, "buyer"), actor=expert)
    assert told(started_order) == {"buyer": ["order_settled"], "expert": []}


def test_an_agreement_and_a_late_cancellation_are_told(started_order, buyer, expert, offer):
    actions.accept_change(ask_cancel(started_order), actor=expert)
    assert told(started_order) == {"buyer": ["order_cancelled_agreed"], "expert": []}

    other = factories.start(factories.pay(factories.place(buyer, offer)))
    with time_machine.travel(other.due_at + 25 * HOURS, tick=False):
        actions.cancel_late(other, actor=buyer)
        assert told(other) == {"buyer": ["order_cancelled_refunded"], "expert": ["order_cancelled_late"]}
