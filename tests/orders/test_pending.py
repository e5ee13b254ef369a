"""What the other party asked is marked in the lists of whoever has to answer, and in nobody else's."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from marketplace import dashboard_queries
from orders import actions, queries
from orders.models import Call, Order
from tests import factories

DAY = timedelta(days=1)


def of_buyer(order: Order) -> list[str]:
    return [each.pending for each in queries.buyer_orders(order.buyer, "asked")]


def of_expert(order: Order) -> list[str]:
    return [each.pending for each in dashboard_queries.orders_of(order.expert, "asked")]


ASKED_OF_BUYER = {
    "extension": lambda order: actions.propose_extension(
        order, actor=order.expert, due_at=order.due_at + DAY, message=""
    ),
    "cancellation": lambda order: actions.request_cancellation(order, actor=order.expert, reason="Malade"),
    "settlement": lambda order: actions.propose_settlement(order, actor=order.expert, refund_cents=10_00),
    "extra": lambda order: actions.propose_extra(
        order, actor=order.expert, title="Une annexe", price_cents=50_00
    ),
}


@pytest.mark.parametrize("kind", ASKED_OF_BUYER)
def test_what_the_expert_asks_waits_in_the_buyers_list_alone(started_order, kind):
    ASKED_OF_BUYER[kind](started_order)

    assert (of_buyer(started_order), of_expert(started_order)) == ([kind], [])
    assert [each.pk for each in queries.buyer_orders(started_order.buyer, "turn")] == [started_order.pk]
    assert queries.buyer_counts(started_order.buyer)["asked"] == 1


@pytest.mark.parametrize("kind", ["cancellation", "settlement", "revision"])
def test_what_the_buyer_asks_waits_in_the_experts_list_alone(delivered_order, kind):
    buyer = delivered_order.buyer
    if kind == "cancellation":
        actions.request_cancellation(delivered_order, actor=buyer, reason="Trop tard")
    elif kind == "settlement":
        actions.propose_settlement(delivered_order, actor=buyer, refund_cents=10_00)
    else:
        actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Plus vif")

    assert (of_buyer(delivered_order), of_expert(delivered_order)) == ([], [kind])
    assert dashboard_queries.order_counts(delivered_order.expert)["asked"] == 1


def test_another_time_and_an_absence_wait_for_the_other_party(buyer, expert, category):
    offer = factories.make_call(expert, category=category)
    order = factories.pay(factories.place(buyer, offer))
    move = actions.propose_move(order, actor=buyer, starts_at=factories.first_slot(offer, 5 * DAY))
    assert (of_buyer(order), of_expert(order)) == ([], ["move"])
    actions.refuse_move(move, actor=expert)

    with time_machine.travel(Call.objects.get().starts_at + timedelta(minutes=6), tick=True):
        actions.declare_absence(order, actor=expert)
        assert (of_buyer(order), of_expert(order)) == (["absence"], [])


def test_an_answer_takes_the_mark_away(client_of, started_order):
    change = actions.propose_settlement(started_order, actor=started_order.buyer, refund_cents=10_00)
    desk = client_of(started_order.expert)
    marked = desk.get(reverse("dashboard_orders"), {"status": "asked"}).content.decode()
    assert "Un accord amiable attend votre réponse" in marked

    actions.refuse_change(change, actor=started_order.expert)

    assert "Un accord amiable attend" not in desk.get(reverse("dashboard_orders")).content.decode()
    assert of_expert(started_order) == []


def test_the_buyers_row_says_what_to_answer(client_of, started_order):
    ASKED_OF_BUYER["extra"](started_order)

    page = client_of(started_order.buyer).get(reverse("buyer_orders"), {"status": "asked"}).content.decode()

    assert "Un complément attend votre réponse" in page
