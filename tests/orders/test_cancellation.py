"""Ending an order before work begins, and what comes back."""

import pytest
from django_fsm import TransitionNotAllowed

from marketplace.kernel.errors import Refusal
from orders import actions
from orders.models import Order
from tests import factories


# A70, A71
def test_a_buyer_cancels_freely_before_start(active_order, buyer):
    order = actions.cancel_before_start(active_order, actor=buyer)

    assert order.state == Order.State.CANCELLED
    assert order.cancel_cause == Order.CancelCause.BUYER
    assert order.hold.refunds.get().amount_cents == order.total_cents
    assert not order.conversation.__class__.objects.get(pk=order.conversation_id).is_open


# A72
def test_a_buyer_cannot_cancel_alone_after_start(started_order, buyer):
    with pytest.raises(Refusal):
        actions.cancel_before_start(started_order, actor=buyer)

    order = factories.fresh(started_order)
    assert order.state == Order.State.ACTIVE
    assert not order.hold.refunds.exists()


def test_cancelling_twice_refunds_once(active_order, buyer):
    actions.cancel_before_start(active_order, actor=buyer)

    with pytest.raises(TransitionNotAllowed):
        actions.cancel_before_start(active_order, actor=buyer)

    assert active_order.hold.refunds.count() == 1


# A69, E4, B5, D8
def test_an_expert_declines_with_a_reason(active_order, expert):
    with pytest.raises(Refusal):
        actions.decline(active_order, actor=expert, reason="  ")
    assert factories.fresh(active_order).state == Order.State.ACTIVE

    order = actions.decline(active_order, actor=expert, reason="Mon agenda est complet.")

    assert order.cancel_cause == Order.CancelCause.DECLINED
    assert order.hold.refunds.get().amount_cents == order.total_cents


def test_an_unpaid_order_is_not_the_experts_to_decline(placed_order, expert):
    with pytest.raises(Refusal):
        actions.decline(placed_order, actor=expert, reason="Non")

    assert factories.fresh(placed_order).state == Order.State.PENDING_PAYMENT


def test_neither_party_does_the_others_part(active_order, buyer, expert, stranger):
    for person in (expert, stranger):
        with pytest.raises(Refusal):
            actions.cancel_before_start(active_order, actor=person)
    for person in (buyer, stranger):
        with pytest.raises(Refusal):
            actions.decline(active_order, actor=person, reason="Non")

    assert factories.fresh(active_order).state == Order.State.ACTIVE


def test_an_unpaid_order_is_cancelled_without_a_refund(placed_order, buyer):
    order = actions.cancel_before_start(placed_order, actor=buyer)

    assert order.state == Order.State.CANCELLED
    assert order.payment.__class__.objects.get(pk=order.payment_id).state == "expired"


def test_staff_cancel_with_a_reason_only(started_order, staff, buyer):
    with pytest.raises(Refusal):
        actions.cancel_as_staff(started_order, actor=staff, reason="")
    with pytest.raises(Refusal):
        actions.cancel_as_staff(started_order, actor=buyer, reason="Je veux")

    order = actions.cancel_as_staff(started_order, actor=staff, reason="Compte compromis.")

    assert order.cancel_cause == Order.CancelCause.STAFF
    assert order.hold.refunds.get().amount_cents == order.total_cents


def test_a_dispute_freezes_order_and_money(delivered_order, buyer):
    order = actions.open_dispute(delivered_order, actor=buyer)

    assert order.state == Order.State.DISPUTED
    assert order.acceptance_due_at is None
    assert factories.fresh(order).hold.state == "frozen"
    with pytest.raises(TransitionNotAllowed):
        actions.accept_delivery(order, actor=buyer)


def test_a_ruling_splits_to_the_cent(delivered_order, buyer, staff):
    order = actions.open_dispute(delivered_order, actor=buyer)

    order = actions.settle(order, actor=staff, refund_cents=40_00, reason="Une partie manque.")

    assert order.state == Order.State.RESOLVED
    assert order.hold.refunds.get().amount_cents == 40_00
    assert order.hold.earning.net_cents == 72_00
    with pytest.raises(TransitionNotAllowed):
        actions.settle(order, actor=staff, refund_cents=40_00, reason="Encore")


@pytest.mark.parametrize("refund_cents", [-1, 120_01])
def test_a_ruling_outside_the_price_is_refused(delivered_order, buyer, staff, refund_cents):
    order = actions.open_dispute(delivered_order, actor=buyer)

    with pytest.raises(Refusal):
        actions.settle(order, actor=staff, refund_cents=refund_cents, reason="Hors limites")

    order = factories.fresh(order)
    assert order.state == Order.State.DISPUTED
    assert factories.fresh(order).hold.state == "frozen"
