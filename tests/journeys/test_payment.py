"""Everything that may happen between the checkout and the order room."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from accounts.models import User
from offers.models import Offer
from orders.models import Order, OrderEvent
from payments import ledger
from payments.models import InboundEvent
from payments.sandbox.models import SandboxCallback
from payments.sandbox.outbox import signed
from tests.journeys.walker import Walker

PRICE = 120_00


@pytest.fixture
def client(walk, buyer: User, offer: Offer) -> Walker:
    """A buyer whose checkout is filled in."""
    walker: Walker = walk(buyer, path=f"/offers/{offer.pk}/order/")
    walker.choose_terms(brief="Une chocolaterie à Nantes.")
    return walker


def is_paid_once(order: Order) -> bool:
    """The order runs, its money came in once, and the books agree."""
    order.refresh_from_db()
    assert ledger.audit() == []
    return (
        order.state == Order.State.ACTIVE
        and order.events.filter(kind=OrderEvent.Kind.PAID).count() == 1
        and ledger.balance(ledger.PSP) == PRICE
    )


def test_a_declined_card_then_a_good_one(client: Walker) -> None:
    client.order(PRICE)
    client.pay_by_card(PRICE, card="declined")
    client.sees("The bank declined this card.")
    client.sees("Nothing was charged. Try another card or another way to pay.")
    order = Order.objects.get()
    assert order.state == Order.State.PENDING_PAYMENT

    client.pay_by_card(PRICE, card="confirmed")
    client.press("Yes, confirm the payment")
    client.is_at("order", order.public_id)
    assert is_paid_once(order)


def test_a_payment_page_left_and_found_again(client: Walker) -> None:
    client.order(PRICE)
    client.follow("Give up and go back to %(site)s", site="Jalon")
    order = Order.objects.get()
    client.is_at("order_payment", order.public_id)
    client.sees("Pay to place the order")

    client.open("buyer_orders")
    client.page.locator("main").get_by_role("link", name=client.say("Pay")).first.click()
    client.is_at("order_payment", order.public_id)
    client.tap('[name="method"][value="paypal"]')  # A39
    client.press("Pay %(amount)s", amount=client.money(PRICE))
    expect(client.page).to_have_url(re.compile("/sandbox/checkout/"))
    client.press("Pay %(amount)s with PayPal", amount=client.money(PRICE, full=True))
    client.is_at("order", order.public_id)
    assert is_paid_once(order)
    assert Order.objects.count() == 1


def test_a_transfer_is_announced_then_arrives(client: Walker) -> None:
    client.tap('[name="method"][value="transfer"]')
    client.order(PRICE)
    expect(client.page).to_have_url(re.compile("/sandbox/checkout/"))
    bank = client.page.url
    client.press("Show the bank details")
    order = Order.objects.get()

    client.page.locator("#to-send").wait_for()
    client.open("order_payment", order.public_id)
    client.sees("We are waiting for your transfer")
    client.sees("SBOXFRPPXXX")
    client.sees(order.reference)

    client.page.goto(bank)
    client.fill(amount="50")
    client.press("It has arrived")
    client.sees("Still missing")
    client.open("order_payment", order.public_id)
    client.sees(client.money(70_00, full=True))

    client.page.goto(bank)
    client.press("The transfer of %(missing)s has arrived", missing=client.money(70_00, full=True))
    client.sees("The money has arrived")
    client.page.goto(client.path("order_payment", order.public_id))
    client.is_at("order", order.public_id)
    assert is_paid_once(order)


def test_a_confirmation_that_comes_twice_counts_once(client: Walker, site: str) -> None:
    client.order(PRICE)
    client.page.locator(".options > summary").click()
    client.page.locator('[name="twice"]').check()
    client.pay_by_card(PRICE)
    order = Order.objects.get()
    client.is_at("order", order.public_id)
    callbacks = list(SandboxCallback.objects.all())
    assert len(callbacks) == 2
    assert all(callback.sent_at for callback in callbacks)

    body, headers = signed(callbacks[0])
    again = urllib.request.Request(f"{site}/webhooks/payments/", data=body, headers=headers, method="POST")
    with urllib.request.urlopen(again) as answer:
        assert answer.status == 200
    forged = urllib.request.Request(
        again.full_url, data=body.replace(b"checkout.paid", b"checkout.lost"), headers=headers, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(forged)

    assert InboundEvent.objects.count() == 1
    assert is_paid_once(order)


def test_a_confirmation_that_comes_late_is_not_waited_for(client: Walker) -> None:
    client.order(PRICE)
    client.page.locator(".options > summary").click()
    client.page.locator('[name="late"]').check()
    client.pay_by_card(PRICE)
    order = Order.objects.get()

    client.is_at("order", order.public_id)
    assert not SandboxCallback.objects.filter(sent_at__isnull=False).exists(), "the gateway was asked instead"
    assert is_paid_once(order)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_places_one_order(walk, buyer: User, offer: Offer, script: bool) -> None:
    client: Walker = walk(buyer, path=f"/offers/{offer.pk}/order/", java_script_enabled=script)
    client.choose_terms()

    client.button("Pay <span data-total>%(amount)s</span>", amount=client.money(PRICE)).dblclick()

    expect(client.page).to_have_url(re.compile("/sandbox/checkout/"))
    assert Order.objects.count() == 1
