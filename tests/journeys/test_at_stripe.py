"""A buyer and an expert go to Stripe's pages and come back. The stand-in answers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from offers.models import Offer
from orders.models import Order
from payments import escrow, ledger, tasks
from payments.models import Refund, Withdrawal
from tests import factories
from tests.journeys.walker import Walker
from tests.payments import cash, conftest
from tests.payments.stripe_stand_in.server import Server, StandIn

stripe_server, stand_in = conftest.stripe_server, conftest.stand_in


@pytest.fixture
def at_stripe(
    site: str, stripe_server: Server, stand_in: StandIn, settings: Any, walk: Callable[..., Walker]
) -> Callable[..., Walker]:
    """A window that may go to Stripe's pages: those of the stand-in say whose they are, and lead back."""
    stand_in.hosted = stripe_server.address
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    forms = {"form-action": [*directives["form-action"], stand_in.hosted]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | forms}
    return lambda user, path: walk(user, path=path)


def told(stand_in: StandIn) -> None:
    """Stripe's messages arrive, each twice and in any order."""
    stand_in.deliver(Client(), twice=True, shuffled=True)


def test_a_declined_card_a_good_one_and_the_money_back(
    at_stripe, stand_in, buyer: User, offer: Offer
) -> None:
    buys = at_stripe(buyer, f"/offers/{offer.pk}/order/")
    buys.choose_terms(brief="Une chocolaterie à Nantes.")
    buys.order(120_00)
    expect(buys.page).to_have_url(re.compile("/c/pay/cs_test"))
    session = buys.page.locator("h1").inner_text()
    stand_in.decline(session)
    told(stand_in)
    order = Order.objects.get()
    buys.open("order_payment", order.public_id)
    buys.sees("Your payment was declined")

    buys.page.goto(stand_in.rows[session]["url"])
    stand_in.pay(session)
    buys.page.locator("#back").click()
    buys.is_at("order", order.public_id)
    told(stand_in)
    assert factories.fresh(order).state == Order.State.ACTIVE

    buys.open("order_cancel", order.public_id)
    buys.press("Cancel the order", within="#act")
    buys.sees("Order cancelled")
    told(stand_in)
    assert Refund.objects.get().state == Refund.State.SUCCEEDED  # B46
    assert stand_in.one("refund")["amount"] == 120_00
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]
    assert ledger.audit() == []


def test_a_transfer_that_comes_in_two_parts(
    at_stripe, stand_in, buyer: User, offer: Offer
) -> None:  # E5, A42
    buys = at_stripe(buyer, f"/offers/{offer.pk}/order/")
    buys.choose_terms(brief="Une chocolaterie à Nantes.", method="transfer")
    buys.order(120_00)
    expect(buys.page).to_have_url(re.compile("/c/pay/cs_test"))
    session = buys.page.locator("h1").inner_text()
    stand_in.pay(session, "customer_balance")
    buys.page.locator("#back").click()
    buys.sees("We are waiting for your transfer")
    order = Order.objects.get()
    stand_in.wire(session, 50_00)
    told(stand_in)
    buys.page.reload()
    buys.sees(buys.money(70_00, full=True))
    assert factories.fresh(order).state == Order.State.PENDING_PAYMENT

    stand_in.wire(session, 70_00)
    told(stand_in)
    buys.open("order_payment", order.public_id)
    buys.is_at("order", order.public_id)
    assert factories.fresh(order).state == Order.State.ACTIVE
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]
    assert ledger.audit() == []


def test_an_expert_says_who_they_are_at_stripe_and_withdraws(
    at_stripe, stand_in, buyer: User, expert: User
) -> None:
    payment = cash.ask(buyer, expert)
    cash.checkout(payment)
    payment.refresh_from_db()
    stand_in.pay(payment.gateway_id)
    escrow.release(escrow.refresh(payment).hold, clearing=timedelta(0))
    earns = at_stripe(expert, "/dashboard/withdrawals/")
    earns.sees("Our payment provider must know who you are before it can pay you.")
    earns.button("Complete my account").first.click()
    earns.fill(password=factories.PASSWORD)
    earns.page.locator('main form button[type="submit"], main form button:not([type])').first.click()
    expect(earns.page).to_have_url(re.compile("/setup/acct_"))
    account = earns.page.locator("h1").inner_text()

    earns.page.locator("#back").click()
    earns.sees("Your account at our payment provider is not complete.")
    earns.button("Complete my account").first.click()
    stand_in.activate(account)
    earns.page.locator("#back").click()
    earns.sees("Your account at our payment provider is ready.")
    told(stand_in)
    assert tasks.sweep_transfers() == 1, "the clock brings what waited for the account"

    earns.fill(amount="50,25")
    earns.press("Ask for the withdrawal")
    earns.sees(earns.money(57_75, full=True))
    withdrawal = Withdrawal.objects.get()
    stand_in.settle_payout(withdrawal.gateway_id, "paid")
    told(stand_in)
    earns.page.reload()
    earns.sees("Paid", within="table")
    assert Withdrawal.objects.get().state == Withdrawal.State.PAID
    assert stand_in.balances[account] == 57_75
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]
    assert ledger.audit() == []
