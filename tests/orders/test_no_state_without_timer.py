"""Money is never stuck: from every state that is not final, a person or the clock leads on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace import lifecycle
from orders.models import Order

PEOPLE = {"the buyer", "the expert", "staff"}


def test_the_final_states_are_those_that_are_closed():
    assert set(lifecycle.final_states()) == {str(state) for state in Order.CLOSED}


@pytest.mark.parametrize("state", [state for state in Order.State if state not in Order.CLOSED])
def test_a_person_or_the_clock_leads_out_of_every_open_state(state):
    leaving = [move for move in lifecycle.moves() if move.source == state and move.target != state]
    askers = {asker for move in leaving for asker in move.askers}

    assert askers & (PEOPLE | {"the clock"}), f"nobody moves an order out of {state}"


@pytest.mark.parametrize("state", [Order.State.PENDING_PAYMENT, Order.State.ACTIVE, Order.State.DELIVERED])
def test_silence_is_answered_by_the_clock(state):
    """An unpaid order ends, an order never started ends, a delivery left unanswered is accepted."""
    leaving = [move for move in lifecycle.moves() if move.source == state and move.target != state]

    assert any("the clock" in move.askers for move in leaving)


def test_a_dispute_is_moved_on_by_staff_and_never_by_the_clock():
    endings = [move for move in lifecycle.moves() if move.source == Order.State.DISPUTED]

    assert any("staff" in move.askers for move in endings)
    agreed = "end_by_agreement"  # an agreement that the clock closes elsewhere; in a dispute silence decides nothing
    assert all("the clock" not in move.askers for move in endings if move.name != agreed)


@pytest.mark.parametrize(
    ("fixture", "timer"),
    [
        ("placed_order", "payment_due_at"),
        ("active_order", "start_due_at"),
        ("started_order", "due_at"),
        ("delivered_order", "acceptance_due_at"),
    ],
)
def test_the_database_refuses_an_order_that_waits_without_a_date(db, request, fixture, timer):
    order = request.getfixturevalue(fixture)
    assert getattr(order, timer) is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**{timer: None})


@pytest.mark.parametrize(
    ("fixture", "queue"),
    [
        ("placed_order", "unpaid_too_long"),
        ("active_order", "start_overdue"),
        ("delivered_order", "review_overdue"),
    ],
)
def test_the_clock_finds_what_has_waited_too_long(db, request, fixture, queue):
    order = request.getfixturevalue(fixture)
    due = order.payment_due_at or order.start_due_at or order.acceptance_due_at
    find = getattr(Order.objects, queue)

    assert not find(due - timedelta(seconds=1)).filter(pk=order.pk).exists()
    assert find(due).filter(pk=order.pk).exists()
