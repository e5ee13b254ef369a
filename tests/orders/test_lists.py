"""The buyer's space: what waits for them first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from orders import actions
from tests import factories


@pytest.fixture
def address():
    with translation.override("fr"):
        return reverse("buyer_orders")


def titles(response) -> list[str]:
    return [row.order.title for row in response.context["rows"]]


@pytest.fixture
def some_orders(buyer, expert, category):
    """One order in each of five situations, placed in this order."""
    offers = [factories.make_offer(expert, category=category, title=f"Offre {n}") for n in "ABCDE"]
    orders = [factories.place(buyer, offer, brief="Tout est dit.") for offer in offers]
    delivered = factories.deliver(factories.start(factories.pay(orders[0])))
    completed = actions.accept_delivery(
        factories.deliver(factories.start(factories.pay(orders[1]))), actor=buyer
    )
    running = factories.start(factories.pay(orders[2]))
    cancelled = actions.cancel_before_start(orders[3], actor=buyer)
    return {
        "delivered": delivered,
        "completed": completed,
        "running": running,
        "cancelled": cancelled,
        "unpaid": orders[4],
    }


def test_what_waits_for_the_buyer_comes_first(client_of, buyer, address, some_orders):
    response = client_of(buyer).get(address)

    assert titles(response) == ["Offre E", "Offre A", "Offre C", "Offre D", "Offre B"]
    assert response.context["counts"] == {
        "all": 5,
        "turn": 2,
        "asked": 0,
        "ongoing": 3,
        "completed": 1,
        "cancelled": 1,
    }
    page = response.content.decode()
    assert reverse("order_payment", args=[some_orders["unpaid"].public_id]) in page
    assert reverse("order_review", args=[some_orders["completed"].public_id]) in page


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("turn", ["Offre E", "Offre A"]),
        ("ongoing", ["Offre E", "Offre A", "Offre C"]),
        ("completed", ["Offre B"]),
        ("cancelled", ["Offre D"]),
        ("nonsense", ["Offre E", "Offre A", "Offre C", "Offre D", "Offre B"]),
    ],
)
def test_filters(client_of, buyer, address, some_orders, status, expected):
    assert titles(client_of(buyer).get(address, {"status": status})) == expected


def test_a_reviewed_order_asks_for_no_review(client_of, buyer, address, completed_order):
    actions.leave_review(completed_order, author=buyer, rating=5, comment="")

    assert (
        reverse("order_review", args=[completed_order.public_id])
        not in client_of(buyer).get(address).content.decode()
    )


def test_nobody_sees_the_orders_of_others(client_of, stranger, expert, staff, address, delivered_order):
    for someone in (stranger, expert, staff):
        assert titles(client_of(someone).get(address)) == []


def test_an_empty_space_shows_the_way_and_an_empty_filter_says_so(client_of, buyer, address, offer):
    client = client_of(buyer)
    assert reverse("catalogue") in client.get(address).content.decode()

    factories.place(buyer, offer)
    page = client.get(address, {"status": "completed"}).content.decode()

    assert "empty-state" in page
    assert f'href="{address}"' in page


def test_pages_of_ten(client_of, buyer, address, offer):
    for _n in range(12):
        factories.place(buyer, offer)
    client = client_of(buyer)

    assert len(titles(client.get(address))) == 10
    assert len(titles(client.get(address, {"page": 2}))) == 2
    assert len(titles(client.get(address, {"page": "x"}))) == 10
    assert len(titles(client.get(address, {"page": 99}))) == 2


def test_the_list_takes_as_many_queries_for_ten_orders_as_for_one(client_of, buyer, address, offer):
    client = client_of(buyer)
    counts = []
    for _n in range(2):
        factories.pay(factories.place(buyer, offer))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
        for _m in range(8):
            factories.pay(factories.place(buyer, offer))

    assert counts[0] == counts[1]
    ours = [q for q in captured if "orders_order" in q["sql"]]
    assert len(ours) == 2


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_speaks_both_languages(client_of, buyer, address, some_orders, prefix):
    page = client_of(buyer).get(prefix + address).content.decode()

    assert f'<html lang="{prefix.strip("/") or "fr"}"' in page


def test_visitors_sign_in_first(client, address):
    assert client.get(address).status_code == 302
