"""The road for a browser that runs no script: the same pages, the same money."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from offers.models import Offer
from orders.models import Order
from payments import ledger
from tests.journeys.walker import PDF, Walker

TOTAL = 155_00


@pytest.fixture
def bare(walk):
    """A window without script."""
    return lambda *args, **options: walk(*args, java_script_enabled=False, **options)


# Section 3 number 13
def test_from_the_offer_to_the_review(bare, buyer: User, expert: User, offer: Offer) -> None:
    client: Walker = bare(buyer, path=offer.get_absolute_url())
    client.sees("The total with your add-ons is worked out on the next page.")
    client.tap('#order [name="add_on"] >> nth=0')
    client.press("Order", within="#order", context="button")
    client.sees(client.money(TOTAL), within="#checkout-summary")

    client.tap("#id_add_on_1")
    client.press("Update the total")
    client.sees(client.money(205_00), within="#checkout-summary")
    client.tap("#id_add_on_1")
    client.press("Update the total")
    client.choose_terms(brief="Une chocolaterie à Nantes.")
    client.order(TOTAL)
    client.pay_by_card(TOTAL)
    order = Order.objects.get()
    client.is_at("order", order.public_id)
    client.write("Voici le bilan.", PDF)
    client.sees("Voici le bilan.", within="#thread")

    seller: Walker = bare(expert, path=order.get_absolute_url())
    seller.press("Start", within="#act")
    expect(seller.page.locator("#act .clock")).to_be_visible()
    seller.deliver("Voici le plan.", {**PDF, "name": "plan.pdf"})

    client.open("order", order.public_id)
    client.accept()
    client.sees("Order completed", within="#act")
    client.review(4, "Clair et dans les temps.")
    client.sees("Clair et dans les temps.")

    order.refresh_from_db()
    assert order.state == Order.State.COMPLETED
    assert ledger.audit() == []
