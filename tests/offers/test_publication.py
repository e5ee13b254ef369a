"""Putting offers on sale and taking them off, and who may."""

import pytest

from offers import actions
from offers.models import Offer
from tests import factories

ACTS = ["offer_publish", "offer_pause", "offer_delete"]


def status(offer: Offer) -> str:
    return Offer.objects.get(pk=offer.pk).status


def test_an_expert_publishes_pauses_and_deletes(client_of, address, expert):
    """An offer our team has read goes on sale at once; the first time it waits for them (test_moderation)."""
    offer = actions.pause(factories.make_offer(expert))
    desk = client_of(expert)

    for act, expected in zip(ACTS, ["published", "paused", "deleted"], strict=True):
        response = desk.post(address(act, offer.pk))
        assert response["Location"] == address("dashboard_offers")
        assert status(offer) == expected


def test_an_expert_not_admitted_yet_writes_drafts_and_is_told_why_they_wait(client_of, address, category):
    newcomer = factories.make_expert("Nora", "Duval", approved=False)
    offer = factories.make_offer(newcomer, published=False)
    desk = client_of(newcomer)

    page = desk.get(address("dashboard_offers")).content.decode()
    refused = desk.post(address("offer_publish", offer.pk), follow=True).content.decode()

    assert "Our team is checking your profile." in page
    assert address("offer_publish", offer.pk) not in page
    assert "Our team must approve your profile" in refused
    assert status(offer) == Offer.Status.DRAFT
    assert desk.get(address("offer_create")).status_code == 200


def test_deleting_asks_first(client_of, address, offer):
    page = client_of(offer.expert).get(address("offer_delete", offer.pk)).content.decode()

    assert "Delete this offer?" in page
    assert offer.title in page
    assert status(offer) == Offer.Status.PUBLISHED


@pytest.mark.parametrize("act", ["offer_publish", "offer_pause"])
def test_looking_at_an_act_does_nothing(client_of, address, offer, act):
    assert client_of(offer.expert).get(address(act, offer.pk)).status_code == 405
    assert status(offer) == Offer.Status.PUBLISHED


@pytest.mark.parametrize("name", [*ACTS, "offer_edit", "offer_images"])
def test_another_expert_buyers_and_staff_find_nothing(client_of, address, offer, buyer, staff, name):
    other = factories.make_expert("Marc", "Delattre")
    for person in (other, buyer, staff):
        client = client_of(person)
        assert client.post(address(name, offer.pk)).status_code == 404
        assert client.get(address(name, offer.pk)).status_code in (404, 405)

    assert status(offer) == Offer.Status.PUBLISHED


@pytest.mark.parametrize("name", ["dashboard_offers", "offer_create"])
def test_these_pages_do_not_exist_for_buyers(client, client_of, address, buyer, name):
    assert client_of(buyer).get(address(name)).status_code == 404
    assert client.get(address(name)).status_code == 302


@pytest.mark.parametrize("name", [*ACTS, "offer_edit", "offer_images"])
def test_a_deleted_offer_is_gone_for_its_expert_too(client_of, address, offer, name):
    desk = client_of(offer.expert)
    desk.post(address("offer_delete", offer.pk))

    assert desk.post(address(name, offer.pk)).status_code == 404


def test_orders_keep_the_terms_of_a_deleted_offer(client_of, address, active_order):
    offer = active_order.offer
    client_of(offer.expert).post(address("offer_delete", offer.pk))

    active_order.refresh_from_db()
    assert active_order.title == offer.title
    assert client_of(active_order.buyer).get(address("order", active_order.public_id)).status_code == 200
