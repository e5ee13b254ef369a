"""Accepting a deliverable, and what it does to the money."""

import pytest
from django_fsm import TransitionNotAllowed

from marketplace.kernel.errors import Refusal
from orders import actions
from orders.models import Order, OrderEvent
from payments.models import Earning
from payments.queries import balance_of
from tests import factories


def test_a_delivery_is_accepted_and_paid_only_once(delivered_order):
    order = actions.accept_delivery(delivered_order, actor=delivered_order.buyer)

    assert order.state == Order.State.COMPLETED
    assert Earning.objects.get(expert=order.expert).net_cents == 108_00, (
        "the price less the commission"
    )  # A46

    with pytest.raises(TransitionNotAllowed):
        actions.accept_delivery(delivered_order, actor=delivered_order.buyer)

    assert Earning.objects.count() == 1
    assert order.events.filter(kind=OrderEvent.Kind.DELIVERY_ACCEPTED).count() == 1


def test_only_the_buyer_accepts(delivered_order, expert, stranger, staff):
    for person in (expert, stranger, staff):
        with pytest.raises(Refusal):
            actions.accept_delivery(delivered_order, actor=person)

    assert factories.fresh(delivered_order).state == Order.State.DELIVERED
    assert not Earning.objects.exists()


@pytest.mark.parametrize("state", ["placed_order", "active_order", "started_order"])
def test_what_was_not_delivered_cannot_be_accepted(request, state):
    order = request.getfixturevalue(state)

    with pytest.raises(TransitionNotAllowed):
        actions.accept_delivery(order, actor=order.buyer)

    assert not Earning.objects.exists()


def test_money_accepted_by_hand_clears_in_three_days(completed_order):  # A47, B16
    earning = Earning.objects.get()

    assert (earning.available_at - earning.released_at).days == 3
    balance = balance_of(completed_order.expert)
    assert (balance.held_cents, balance.clearing_cents, balance.available_cents) == (0, 108_00, 0)


def test_the_conversation_closes_with_the_order(completed_order):
    for person in (completed_order.buyer, completed_order.expert):
        with pytest.raises(Refusal):
            actions.say(completed_order, author=person, body="Encore un mot")

    assert completed_order.conversation.messages.count() == 1


def test_money_is_held_until_the_buyer_accepts(delivered_order):  # A40
    balance = balance_of(delivered_order.expert)

    assert balance.held_cents == 108_00, "the price less the commission"
    assert balance.available_cents == balance.clearing_cents == 0


def test_a_review_is_left_once_and_counts_when_it_is_published(completed_order, buyer, offer, expert):
    actions.leave_review(completed_order, author=buyer, rating=5, comment="Parfait.")

    offer.refresh_from_db()
    assert offer.rating_count == 0, "nobody reads it before the other side has written"

    actions.leave_review(completed_order, author=expert, rating=4, comment="")

    offer.refresh_from_db()
    expert.expert_profile.refresh_from_db()
    assert offer.rating_avg == expert.expert_profile.rating_avg == 5.0

    with pytest.raises(Refusal):
        actions.leave_review(completed_order, author=buyer, rating=1, comment="")

    offer.refresh_from_db()
    assert offer.rating_count == 1


def test_a_review_needs_a_completed_order_and_its_parties(delivered_order, buyer, stranger):
    with pytest.raises(Refusal):
        actions.leave_review(delivered_order, author=buyer, rating=5, comment="")
    order = actions.accept_delivery(delivered_order, actor=buyer)
    with pytest.raises(Refusal):
        actions.leave_review(order, author=stranger, rating=5, comment="")

    assert not order.reviews.exists()
