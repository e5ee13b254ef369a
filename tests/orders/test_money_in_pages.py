"""What buyers and experts read of their money, from the price typed to the balance withdrawn."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from marketplace.kernel import clock
from marketplace.kernel.money import format_money
from offers.models import Offer
from orders import actions
from payments import ledger
from payments.models import Earning, EscrowHold
from tests import factories
from tests.missions.test_promises import plain


def shown(client, name: str) -> str:
    return plain(client.get(reverse(name)).content.decode())


def money(cents: int) -> str:
    return plain(format_money(cents, full=True))


def figure(client, name: str) -> str:
    """What the page of withdrawals says of one part of the balance."""
    page = shown(client, "withdrawals")
    return page[page.index(plain(gettext(name))) :][:160]


def test_the_money_lies_with_us_until_it_is_accepted_then_it_is_the_experts(delivered_order, client_of):
    order, seller = delivered_order, client_of(delivered_order.expert)
    assert plain(gettext("Your payment is held until you agree")) in shown(seller, "how_it_works")  # A41
    assert EscrowHold.objects.get().state == EscrowHold.State.HELD  # A40
    assert money(0) in figure(seller, "Available")
    assert money(0) in figure(seller, "Clearing")

    actions.accept_delivery(order, actor=order.buyer)

    assert money(108_00) in figure(seller, "Clearing")  # A46: the price less our commission
    assert money(0) in figure(seller, "Available")  # A47, B16
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        seller = client_of(order.expert)
        assert money(108_00) in figure(seller, "Available")
        assert money(0) in figure(seller, "Clearing")


@pytest.mark.parametrize("kind", ["job", "call", "question"])
def test_of_every_kind_of_offer_we_keep_a_tenth(kind, buyer, expert, category, client_of):  # A44, B52
    if kind == "call":
        offer = factories.make_call(expert, price_cents=120_00)
    else:
        offer = factories.make_offer(expert, kind=kind, category=category)
    if kind == "question":
        offer.requirements.all().delete()
    order = factories.pay(factories.place(buyer, offer))
    Offer.objects.update(price_cents=500_00)

    page = plain(client_of(expert).get(order.get_absolute_url()).content.decode())

    assert (order.commission_bp, order.hold.net_cents) == (1_000, 108_00)
    assert plain(format_money(108_00)) in page


def test_experts_read_how_long_a_bank_takes_and_that_they_declare_what_they_earn(expert, client_of):
    page = shown(client_of(expert), "withdrawals")

    takes = "Ask for any part of what is available. It normally arrives within two or three working days."
    declares = (
        "You must declare what you earn: as a sole trader among your professional income, as a company in your "
        "accounts. We do not check it for you."
    )
    assert plain(gettext(takes)) in page  # A51
    assert plain(gettext(declares)) in page  # A52
    assert "BNC" in shown(client_of(expert), "statements")  # A52


def test_prices_are_typed_and_read_with_their_tax(offer, expert, client_of, client):  # A43
    editor = plain(client_of(expert).get(reverse("offer_edit", args=[offer.pk])).content.decode())
    assert plain(gettext("Price, tax included")) in editor
    assert 'value="120' in client_of(expert).get(reverse("offer_edit", args=[offer.pk])).content.decode()
    assert plain(format_money(120_00)) in plain(client.get(offer.get_absolute_url()).content.decode())


def test_an_order_cancelled_before_its_start_is_paid_back_without_anybody_asking(active_order, client_of):
    client_of(active_order.buyer).post(reverse("order_cancel", args=[active_order.public_id]))  # B46

    refund = active_order.hold.refunds.get()
    assert (refund.amount_cents, refund.is_by_hand) == (120_00, False)
    assert ledger.balance(ledger.escrow(active_order.payment)) == 0
    assert not Earning.objects.exists()
    assert plain(format_money(120_00)) in plain(
        client_of(active_order.buyer).get(active_order.get_absolute_url()).content.decode()
    )
