"""How many orders of one offer an expert takes at a time (B27)."""

import pytest

from marketplace.kernel.errors import Refusal
from offers import actions
from offers.forms.editor import OfferForm
from offers.models import Offer, SearchEntry
from orders import actions as orders
from orders.models import Order
from payments.models import Payment
from tests import factories


@pytest.fixture
def narrow(offer: Offer) -> Offer:
    """An offer that takes one order at a time."""
    return actions.edit_offer(offer, terms={"queue_limit": 1})


def anew(offer: Offer) -> Offer:
    """The offer as somebody reads it who opens it now."""
    return Offer.objects.get(pk=offer.pk)


def available(offer: Offer) -> bool:
    return SearchEntry.objects.get(offer=offer).available


def test_a_full_offer_takes_no_order_until_its_expert_delivers_then_does_by_itself(narrow, buyer, stranger):
    order = factories.start(factories.pay(factories.place(buyer, narrow)))
    assert anew(narrow).is_full
    assert not available(narrow), "lists filtered by “available now” leave it out"

    with pytest.raises(Refusal, match="1 commande de cette offre à la fois"):
        factories.place(stranger, anew(narrow))
    assert Order.objects.get() == order
    assert Payment.objects.count() == 1

    factories.deliver(order)
    assert anew(narrow).is_orderable
    assert available(narrow)
    assert factories.place(stranger, anew(narrow)).state == "pending_payment"


def test_an_order_not_paid_yet_keeps_its_place_and_gives_it_back(narrow, buyer, stranger):
    order = factories.place(buyer, narrow)
    assert not available(narrow)
    with pytest.raises(Refusal):
        factories.place(stranger, anew(narrow))

    orders.cancel_before_start(order, actor=buyer)

    assert available(narrow)
    assert not anew(narrow).is_full


def test_a_limit_set_or_lifted_counts_at_once(offer, buyer):
    factories.place(buyer, offer)
    assert available(offer)
    assert anew(offer).is_orderable, "no limit unless the expert sets one"

    assert actions.edit_offer(offer, terms={"queue_limit": 1}).is_full
    assert not available(offer)
    actions.edit_offer(offer, terms={"queue_limit": 2})
    assert available(offer)


def test_buyers_and_the_expert_are_told(narrow, buyer, stranger, client_of, address, client):
    factories.place(buyer, narrow)

    page = client.get(address("offer", narrow.pk, narrow.slug)).content.decode()
    away = client_of(stranger).get(address("checkout", narrow.pk), follow=True).content.decode()
    desk = client_of(narrow.expert).get(address("dashboard_offers")).content.decode()

    assert "This offer is taken: one order at a time." in page
    assert address("checkout", narrow.pk) not in page
    assert "schema.org/OutOfStock" in page
    assert "This expert takes 1 order of this offer at a time." in away
    assert "Full: 1 order waits for your work." in desk


@pytest.mark.parametrize(
    ("typed", "kept", "is_wrong"),
    [("3", 3, False), ("", None, False), ("0", None, True), ("51", None, True), ("deux", None, True)],
)
def test_the_limit_is_typed_in_the_editor(expert, typed, kept, is_wrong):
    form = OfferForm({"queue_limit": typed}, expert=expert)
    form.full_clean()

    assert ("queue_limit" in form.errors) == is_wrong
    assert form.cleaned_data.get("queue_limit") == kept
