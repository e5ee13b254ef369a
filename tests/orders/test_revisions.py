"""Starting, delivering, and sending a deliverable back."""

import pytest
from django_fsm import TransitionNotAllowed

from marketplace.kernel.errors import Refusal
from orders import actions
from orders.models import Order, OrderEvent
from tests import factories


def test_start_runs_the_countdown_once(active_order, expert):
    order = actions.start(active_order, actor=expert)

    assert order.countdown_runs
    assert (order.due_at - order.started_at).days == 5

    with pytest.raises(TransitionNotAllowed):
        actions.start(order, actor=expert)

    assert factories.fresh(order).due_at == order.due_at


def test_only_the_expert_starts_and_delivers(active_order, buyer, stranger):
    for person in (buyer, stranger):
        with pytest.raises(Refusal):
            actions.start(active_order, actor=person)
        with pytest.raises(Refusal):
            actions.deliver(active_order, actor=person, note="Voici")

    assert factories.fresh(active_order).started_at is None


def test_nothing_is_delivered_before_start(active_order, expert):
    with pytest.raises(TransitionNotAllowed):
        actions.deliver(active_order, actor=expert, note="Voici")

    assert not active_order.deliverables.exists()


def test_an_empty_delivery_is_refused(started_order, expert):
    with pytest.raises(Refusal):
        actions.deliver(started_order, actor=expert, note="   ")

    assert factories.fresh(started_order).state == Order.State.ACTIVE
    assert not started_order.deliverables.exists()


# A64, A65
def test_a_revision_sends_it_back_and_stops_the_countdown(delivered_order, buyer):
    order = actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus direct")

    assert order.state == Order.State.ACTIVE
    assert order.is_being_revised
    assert not order.countdown_runs, "the delivery time binds the first deliverable only"
    assert not order.is_late
    assert order.acceptance_due_at is None


# A60: a second deliverable after new instructions
def test_versions_are_kept_and_the_answer_time_restarts(delivered_order, buyer):
    first = delivered_order.acceptance_due_at
    order = actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus direct")
    order = factories.deliver(order, note="Version revue.")

    assert [d.version for d in order.deliverables.all()] == [1, 2]
    assert order.acceptance_due_at > first
    assert order.first_delivered_at < order.delivered_at


# A61
def test_revisions_beyond_what_is_included_are_refused(delivered_order, buyer):
    order = actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus direct")
    order = factories.deliver(order)

    with pytest.raises(Refusal):
        actions.request_revision(order, actor=buyer, wrong="Encore", expected="Autre chose")

    order = factories.fresh(order)
    assert order.state == Order.State.DELIVERED
    assert order.revision_requests.count() == 1


# B21
def test_every_transition_writes_who_when_and_what(delivered_order, buyer, expert):
    actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus direct")

    told = [(event.kind, event.actor) for event in delivered_order.events.all()]

    assert told == [
        (OrderEvent.Kind.PLACED, buyer),
        (OrderEvent.Kind.PAID, None),
        (OrderEvent.Kind.STARTED, expert),
        (OrderEvent.Kind.DELIVERED, expert),
        (OrderEvent.Kind.REVISION_REQUESTED, buyer),
    ]
