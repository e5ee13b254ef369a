"""What the clock does when nobody acts; each sweep run twice changes nothing more."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Mail, Notification
from orders import actions, tasks
from orders.models import Order, OrderEvent
from payments.models import Earning
from tests import factories


@pytest.fixture
def later():
    """Move the clock to so long after now."""
    with_clock = []

    def move(**delay):
        traveller = time_machine.travel(clock.now() + timedelta(**delay), tick=True)
        traveller.start()
        with_clock.append(traveller)

    yield move
    for traveller in reversed(with_clock):
        traveller.stop()


def test_an_unpaid_order_expires_after_an_hour(placed_order, later):
    later(minutes=59)
    assert tasks.expire_unpaid() == 0

    later(minutes=2)
    assert tasks.expire_unpaid() == 1
    assert tasks.expire_unpaid() == 0

    order = factories.fresh(placed_order)
    assert order.state == Order.State.CANCELLED
    assert order.cancel_cause == Order.CancelCause.UNPAID


def test_a_transfer_is_waited_for_seven_days_with_a_reminder(buyer, offer, later):
    order = factories.place(buyer, offer, method="transfer")
    order = actions.await_transfer(order)

    later(days=4, minutes=1)
    assert tasks.remind() == 1
    assert tasks.remind() == 0
    assert tasks.expire_unpaid() == 0

    later(days=3)
    assert tasks.expire_unpaid() == 1


# E1, B4, D8
def test_an_order_never_started_is_paid_back(active_order, later):
    later(hours=71)
    assert tasks.cancel_not_started() == 0

    later(hours=2)
    assert tasks.cancel_not_started() == 1
    assert tasks.cancel_not_started() == 0

    order = factories.fresh(active_order)
    assert order.cancel_cause == Order.CancelCause.NOT_STARTED
    assert order.hold.refunds.get().amount_cents == order.total_cents


def test_a_started_order_is_never_cancelled_by_the_clock(started_order, later):
    later(days=40)

    assert tasks.cancel_not_started() == 0
    assert factories.fresh(started_order).is_late


def test_the_expert_is_reminded_to_start_at_24_and_48_hours(active_order, later):
    for hours in (25, 24):
        later(hours=hours)
        assert tasks.remind() == 1
        assert tasks.remind() == 0

    assert active_order.events.filter(kind=OrderEvent.Kind.REMINDED).count() == 2


def test_a_sweep_that_slept_reminds_once_not_twice(active_order, later):
    later(hours=60)

    tasks.remind()
    tasks.remind()

    assert active_order.events.filter(kind=OrderEvent.Kind.REMINDED).count() == 1


# E26, B1, B2, B16, D10
def test_a_silent_buyer_accepts_after_seven_days_and_three_reminders(delivered_order, later):
    for days in (3.6, 1.5, 1):
        later(days=days)
        assert tasks.remind() == 1
        assert tasks.accept_unanswered() == 0

    later(days=1)
    assert tasks.accept_unanswered() == 1
    assert tasks.accept_unanswered() == 0

    order = factories.fresh(delivered_order)
    assert order.state == Order.State.COMPLETED
    assert order.accepted_automatically
    earning = Earning.objects.get()
    assert (earning.available_at - earning.released_at).days == 7, (
        "money accepted by silence clears later"
    )  # B16


def test_nobody_accepts_in_the_buyers_place_too_early(delivered_order):
    with pytest.raises(Refusal):
        actions.accept_delivery(delivered_order, actor=None)

    assert not Earning.objects.exists()


def test_a_frozen_order_is_left_alone_by_the_clock(delivered_order, later):
    actions.open_dispute(delivered_order, actor=delivered_order.buyer)
    later(days=60)

    assert tasks.accept_unanswered() == tasks.remind() == tasks.cancel_not_started() == 0
    assert factories.fresh(delivered_order).state == Order.State.DISPUTED


def test_timers_are_those_of_the_day_the_order_was_placed(placed_order, later, monkeypatch):
    from marketplace.kernel import rules

    monkeypatch.setattr(rules, "ORDER_TIMERS", rules.OrderTimers(start=timedelta(hours=1)))

    order = factories.pay(placed_order)

    assert order.start_due_at - order.paid_at == timedelta(hours=72)


def test_what_a_lost_queue_forgot_is_still_told(active_order, later):
    """Nothing reached the broker in this test: the sweep alone tells everyone, and only once."""
    assert not Notification.objects.exists()
    later(minutes=2)

    tasks.announce_forgotten()
    tasks.announce_forgotten()

    told = Notification.objects.values_list("user", "kind")
    assert sorted(told) == sorted(
        [
            (active_order.buyer_id, "order_paid_buyer"),
            (active_order.expert_id, "order_paid_expert"),
        ]
    )
    assert Mail.objects.count() == 2
    assert not OrderEvent.objects.filter(announced_at=None).exists()


def test_one_order_that_fails_does_not_stop_the_others(buyer, offer, later, caplog):
    first = factories.pay(factories.place(buyer, offer))
    second = factories.pay(factories.place(buyer, offer))
    later(days=4)

    def act(order):
        if order.pk == first.pk:
            raise RuntimeError("a bug")
        return actions.cancel_not_started(order)

    done = tasks.sweep(Order.objects.start_overdue(clock.now()), act)

    assert done == 1
    assert factories.fresh(second).state == Order.State.CANCELLED
    assert factories.fresh(first).state == Order.State.ACTIVE
    assert "could not be swept" in caplog.text
