"""Orders in the states that only the room's tests need."""

from datetime import timedelta

import pytest
import time_machine

from orders import actions


@pytest.fixture
def late_order(started_order):
    with time_machine.travel(started_order.due_at + timedelta(hours=3), tick=False):
        yield started_order


@pytest.fixture
def revised_order(delivered_order):
    return actions.request_revision(
        delivered_order,
        actor=delivered_order.buyer,
        good="Le ton.",
        wrong="La page 12 compte deux fois la pose.",
        expected="Une marge hors pose.",
    )


@pytest.fixture
def cancelled_order(active_order):
    return actions.decline(active_order, actor=active_order.expert, reason="Je suis en congé.")


@pytest.fixture
def disputed_order(delivered_order):
    return actions.open_dispute(delivered_order, actor=delivered_order.buyer)


@pytest.fixture
def resolved_order(disputed_order, staff):
    return actions.settle(disputed_order, actor=staff, refund_cents=40_00, reason="Une part est utilisable.")
