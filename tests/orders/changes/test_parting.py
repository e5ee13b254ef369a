"""Ends before the end: cancelled for lateness, by agreement, or settled with a split."""

from datetime import timedelta

import pytest
import time_machine

from orders import actions, tasks
from orders.models import Order
from payments import ledger
from payments.models import Earning, Refund
from tests import factories
from tests.orders.changes.kit import HOURS, Kind, State, ask_cancel, extend, refuses, split, told

pytestmark = pytest.mark.django_db


# --- Late (E13, E17) ---


# A68, B7, D1
def test_the_buyer_cancels_alone_after_the_grace(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS, tick=False):
        actions.cancel_late(started_order, actor=buyer)

    order = factories.fresh(started_order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.LATE)
    assert order.hold.refunded_cents == order.total_cents
    assert not order.conversation.is_open
    assert ledger.audit() == []


# E13
def test_not_one_second_before(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS - timedelta(seconds=1), tick=False):
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "not late enough")


def test_nobody_else_cancels_what_is_late(started_order, expert, stranger, staff):
    with time_machine.travel(started_order.due_at + 48 * HOURS, tick=False):
        for person in (expert, stranger, staff):
            refuses(started_order, lambda person=person: actions.cancel_late(started_order, actor=person))


def test_a_deliverable_however_late_takes_the_right_away(started_order, buyer):
    with time_machine.travel(started_order.due_at + 48 * HOURS, tick=False):
        factories.deliver(started_order)
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "handed over")
        actions.request_revision(started_order, actor=buyer, wrong="a", expected="b")
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "handed over")


def test_a_pending_later_date_does_not_keep_the_buyer(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS, tick=False):
        change = extend(started_order)
        actions.cancel_late(started_order, actor=buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED


# --- An agreed cancellation (E22) ---


# A72, A73
@pytest.mark.parametrize("who", ["buyer", "expert"])
@pytest.mark.parametrize("state", ["started_order", "delivered_order"])
def test_both_agree_and_everything_is_paid_back(request, state, who):
    order = request.getfixturevalue(state)
    change = ask_cancel(order, who)
    other = order.expert if who == "buyer" else order.buyer

    actions.accept_change(change, actor=other)

    order = factories.fresh(order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.AGREED)
    assert order.cancel_reason == "Le projet s'arrête."
    assert order.hold.refunded_cents == order.total_cents
    assert Earning.objects.count() == 0
    assert not order.conversation.is_open
    assert ledger.audit() == []


def test_a_reason_is_needed(started_order, buyer):
    refuses(
        started_order,
        lambda: actions.request_cancellation(started_order, actor=buyer, reason="  "),
        "Say why",
    )


@pytest.mark.parametrize("state", ["placed_order", "active_order", "completed_order"])
@pytest.mark.parametrize("ask", [ask_cancel, split])
def test_there_is_nothing_to_agree_on_before_the_start_nor_after_the_end(request, state, ask):
    order = request.getfixturevalue(state)

    refuses(order, lambda: ask(order, "buyer"))


def test_strangers_ask_for_nothing(started_order, stranger, staff):
    for person in (stranger, staff):
        refuses(
            started_order,
            lambda person=person: actions.request_cancellation(started_order, actor=person, reason="x"),
        )
        refuses(
            started_order,
            lambda person=person: actions.propose_settlement(started_order, actor=person, refund_cents=1),
        )


# B6
@pytest.mark.parametrize("who", ["buyer", "expert"])
def test_silence_agrees_while_nothing_was_delivered(started_order, who):
    change = ask_cancel(started_order, who)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0

    order = factories.fresh(started_order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.AGREED)
    assert order.hold.refunded_cents == order.total_cents
    assert Refund.objects.count() == 1
    assert told(order) == {"buyer": ["order_cancelled_agreed"], "expert": ["order_cancelled_agreed"]}


# B6, A74
def test_silence_after_a_deliverable_lets_it_expire_and_a_dispute_may_follow(started_order, buyer):
    change = ask_cancel(started_order)
    factories.deliver(started_order)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0
        change.refresh_from_db()
        assert change.state == State.EXPIRED
        assert factories.fresh(started_order).state == Order.State.DELIVERED
        assert Refund.objects.count() == 0
        assert told(started_order) == {"buyer": ["request_expired"], "expert": ["request_lapsed"]}
        assert actions.open_dispute(started_order, actor=buyer).state == Order.State.DISPUTED


def test_a_request_never_stops_the_countdown(started_order):
    due_at = started_order.due_at
    ask_cancel(started_order, "expert")

    with time_machine.travel(due_at + HOURS, tick=False):
        order = factories.fresh(started_order)
        assert order.due_at == due_at
        assert order.is_late


# --- A settlement (E24) ---


# B11
@pytest.mark.parametrize("who", ["buyer", "expert"])
@pytest.mark.parametrize("state", ["started_order", "delivered_order"])
def test_a_settlement_pays_exactly_what_was_shown(request, state, who):
    order = request.getfixturevalue(state)
    change = split(order, who, 33_33)
    seen = actions.preview_split(order, refund_cents=33_33)
    assert seen.refund_cents + seen.net_cents + seen.commission.ttc == order.total_cents

    actions.accept_change(change, actor=order.expert if who == "buyer" else order.buyer)

    order, earning = factories.fresh(order), Earning.objects.get()
    said = order.events.get(kind=Kind.CANCELLED).data
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.SETTLED)
    assert Refund.objects.get().amount_cents == said["refund_cents"] == 33_33
    assert earning.net_cents == said["net_cents"] == seen.net_cents
    assert (earning.commission_cents, earning.commission_vat_cents) == (
        seen.commission.ttc,
        seen.commission.vat,
    )
    assert order.acceptance_due_at is None
    assert not order.conversation.is_open
    assert ledger.audit() == []


@pytest.mark.parametrize("refund_cents", [0, 120_00, 120_01])
def test_a_settlement_leaves_something_to_each_side(started_order, refund_cents):
    refuses(started_order, lambda: split(started_order, refund_cents=refund_cents), "something to each side")


def test_an_unanswered_settlement_expires_without_moving_a_cent(started_order):
    change = split(started_order)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1

    change.refresh_from_db()
    assert change.state == State.EXPIRED
    assert factories.fresh(started_order).state == Order.State.ACTIVE
    assert (Refund.objects.count(), Earning.objects.count()) == (0, 0)


def test_a_settlement_cannot_be_accepted_twice(started_order, buyer):
    change = split(started_order)
    actions.accept_change(change, actor=buyer)

    refuses(started_order, lambda: actions.accept_change(change, actor=buyer), "no longer waits")
