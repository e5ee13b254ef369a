"""The checkout: read, filled in, sent once or twice."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from offers import actions as offers
from orders.models import Order
from payments.models import Payment
from tests import factories
from tests.orders.checkout.kit import BILLING, in_english, payment_url, session_of, typed, url

# --- Reading ---


def test_the_options_chosen_on_the_offer_are_ticked_and_added_up(browser, offer):
    express = offer.add_ons.get(days=-2)

    page = browser.get(url(offer), {"add_on": express.pk}).content.decode()

    assert re.findall(r'value="(\w+)" id="\w+"[^>]* checked', page) == [str(express.pk), "card"]
    assert "155\u00a0€" in page


def test_signing_in_keeps_the_options(client, offer):
    response = client.get(url(offer), {"add_on": "7"})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert "add_on%3D7" in response["Location"]


def test_nonsense_in_the_address_is_ignored(browser, offer):
    response = browser.get(url(offer), {"add_on": ["x", "-1", "99999999999999999999", "²"]})

    assert response.status_code == 200


def test_billing_is_remembered_from_the_last_order(browser, buyer, offer):
    browser.post(url(offer), typed(offer))
    buyer.buyer_profile.refresh_from_db()

    page = browser.get(url(offer)).content.decode()

    assert buyer.buyer_profile.city == "Lyon"
    assert 'value="12 rue de la République"' in page


def test_the_vat_lines_follow_the_experts_regime(browser, offer, expert):  # A43
    with_vat = browser.get(in_english(url(offer))).content.decode()
    expert.expert_profile.vat_regime = "franchise"
    expert.expert_profile.save()
    without = browser.get(in_english(url(offer))).content.decode()

    assert "€100.00" in with_vat
    assert "€20.00" in with_vat
    assert "VAT not applicable" not in with_vat
    assert "VAT not applicable" in without
    assert "€20.00" not in without


def test_the_total_is_updated_without_script_and_without_losing_a_word(browser, offer):
    slides = offer.add_ons.get(days=1)

    response = browser.post(
        url(offer), {**typed(offer, brief="À garder", city="Brest"), "add_on": slides.pk, "update": "1"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "170\u00a0€" in page
    assert "À garder" in page
    assert 'value="Brest"' in page
    assert not Order.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_speaks_both_languages(browser, offer, prefix):
    page = browser.get(prefix + url(offer)).content.decode()

    assert f'<html lang="{prefix.strip("/") or "fr"}"' in page


def test_reading_takes_a_constant_number_of_queries(browser, offer, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        browser.get(url(offer))


# --- Placing ---


def test_an_order_is_placed_and_leads_out_to_the_payment_page(browser, buyer, offer):
    express = offer.add_ons.get(days=-2)

    response = browser.post(
        url(offer), {**typed(offer, vat_number="FR 40 303 265 045"), "add_on": [express.pk]}
    )

    order = Order.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("sandbox_checkout", args=[session_of(order).token])
    assert order.buyer == buyer
    assert order.total_cents == 155_00
    assert order.state == Order.State.PENDING_PAYMENT
    assert order.brief == "Un prêt de 140 000 €."
    assert order.billing == {**BILLING, "vat_number": "FR40303265045"}


def test_the_same_page_sent_twice_places_one_order(browser, offer):
    twice = typed(offer)

    first = browser.post(url(offer), twice)
    second = browser.post(url(offer), twice)

    assert Order.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_the_same_page_sent_again_with_other_options_says_so(browser, offer):
    once = typed(offer)
    browser.post(url(offer), once)

    response = browser.post(url(offer), {**once, "add_on": [offer.add_ons.get(days=1).pk]}, follow=True)

    order = Order.objects.get()
    assert order.total_cents == 120_00
    assert response.redirect_chain[-1][0] == payment_url(order)
    assert "autres options" in response.content.decode() or "other options" in response.content.decode()


def test_the_same_page_sent_again_after_paying_leads_to_the_room(browser, offer):
    once = typed(offer)
    browser.post(url(offer), once)
    order = factories.pay(Order.objects.get())

    response = browser.post(url(offer), once)

    assert response["Location"] == order.get_absolute_url()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"address": " "}, "address"),
        ({"postal_code": "690"}, "postal_code"),
        ({"city": ""}, "city"),
        ({"country": "XX"}, "country"),
        ({"vat_number": "FR00 000 000 000"}, "vat_number"),
        ({"vat_number": "12345"}, "vat_number"),
        ({"method": "cash"}, "method"),
        ({"method": ""}, "method"),
        ({"terms": ""}, "terms"),
        ({"brief": "x" * 5_001}, "brief"),
        ({"token": "not-a-token"}, "token"),
        ({"add_on": ["999999"]}, "add_on"),
        ({"add_on": ["-3"]}, "add_on"),
        ({"add_on": ["abc"]}, "add_on"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_what_was_typed_is_kept(browser, offer, changes, field):
    response = browser.post(url(offer), typed(offer, company="Gardée SARL", **changes))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Gardée SARL" in response.content.decode()
    assert not Order.objects.exists()
    assert not Payment.objects.exists()


def test_numbers_of_other_countries_are_believed_when_they_add_up(browser, offer):
    browser.post(url(offer), typed(offer, vat_number="BE 0428.759.497", country="BE", postal_code="1000"))

    assert Order.objects.get().billing["vat_number"] == "BE0428759497"


def test_a_question_must_be_asked_before_it_is_paid(browser, expert, category):
    question = factories.make_offer(expert, category=category, kind="question", delivery_days=2)

    refused = browser.post(url(question), typed(question, brief="  "))

    assert refused.status_code == 422
    assert "brief" in refused.context["form"].errors
    assert browser.post(url(question), typed(question)).status_code == 302


def test_a_question_promises_its_follow_up_and_no_revision(browser, expert, category):
    """Whatever the offer says of revisions: the order has one follow-up."""
    question = factories.make_offer(expert, category=category, kind="question", revisions=3)

    for page in (question.get_absolute_url(), url(question)):
        read = browser.get(in_english(page)).content.decode()
        assert "One follow-up question included" in read
        assert "3 revisions" not in read


def test_an_add_on_of_another_offer_is_refused(browser, expert, category, offer):
    other = factories.make_offer(expert, category=category, title="Autre", add_ons=(("Chère", 10_00, 0),))

    response = browser.post(url(offer), typed(offer, add_on=[other.add_ons.get().pk]))

    assert response.status_code == 422
    assert not Order.objects.exists()


def test_an_offer_changed_meanwhile_is_read_again_and_nothing_is_charged(browser, offer):
    seen = typed(offer, brief="Mon texte")
    offers.edit_offer(offer, terms={"price_cents": 300_00})

    response = browser.post(url(offer), seen)

    page = response.content.decode()
    assert response.status_code == 409
    assert "300\u00a0€" in page
    assert "Mon texte" in page
    assert not Order.objects.exists()
    assert not Payment.objects.exists()

    offer.refresh_from_db()
    accepted = browser.post(url(offer), {**seen, "version": response.context["form"]["version"].value()})
    assert accepted.status_code == 302
    assert Order.objects.get().total_cents == 300_00


def test_a_tampered_version_is_read_again(browser, offer):
    assert browser.post(url(offer), typed(offer, version="99")).status_code == 409
    assert browser.post(url(offer), typed(offer, version="one")).status_code == 409
    assert not Order.objects.exists()


def test_nobody_orders_their_own_offer(client_of, expert, offer):
    client = client_of(expert)

    read = client.get(url(offer))
    posted = client.post(url(offer), typed(offer))

    assert read["Location"] == posted["Location"] == offer.get_absolute_url()
    assert not Order.objects.exists()


def test_a_paused_offer_says_why_it_cannot_be_ordered(browser, offer):
    page = typed(offer)
    offers.pause(offer)

    read = browser.get(url(offer))
    posted = browser.post(url(offer), page)

    assert read["Location"] == posted["Location"] == offer.get_absolute_url()
    assert not Order.objects.exists()


def test_drafts_and_deleted_offers_are_not_there(browser, expert, category, offer):
    draft = factories.make_offer(expert, category=category, published=False)
    offers.delete(offer)

    assert browser.get(url(draft)).status_code == 404
    assert browser.get(url(offer)).status_code == 404


def test_a_suspended_expert_takes_no_order(browser, staff, expert, offer):
    from accounts import actions as accounts

    accounts.suspend_expert(expert.expert_profile, actor=staff, ground="fraud", reason="Faux.", at_once=True)

    assert browser.post(url(offer), typed(offer)).status_code == 302
    assert not Order.objects.exists()


# --- As whom, and from when ---


def consumer(offer, **changes: Any) -> Mapping[str, Any]:
    return typed(offer, **{"buyer_as": "consumer", "begins": "now", "waives": "on", **changes})


def test_nobody_is_taken_for_a_firm_without_saying_so(browser, offer):  # B59
    response = browser.post(url(offer), typed(offer, buyer_as=""))

    assert response.status_code == 422
    assert "buyer_as" in response.context["form"].errors
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"begins": "", "waives": ""}, "begins"),
        ({"waives": ""}, "waives"),
        ({"buyer_as": "small_firm", "siren": ""}, "siren"),
        ({"buyer_as": "firm", "siren": "123456789"}, "siren"),
        ({"buyer_as": "firm", "company": " "}, "company"),
        ({"buyer_as": "firm", "siren": "552032534", "vat_number": "FR40303265045"}, "vat_number"),
    ],
)
def test_what_is_missing_is_said_next_to_its_field_and_nothing_is_placed(browser, offer, changes, field):
    response = browser.post(url(offer), consumer(offer, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Order.objects.exists()


def test_a_consumer_is_invoiced_by_name_and_the_firm_is_remembered(browser, buyer, offer):
    browser.post(url(offer), typed(offer, siren="303 265 045 00015"))
    browser.post(url(offer), consumer(offer))

    first, second = Order.objects.order_by("pk")
    assert (first.billing["siren"], first.declaration.buyer_as) == ("303265045", "firm")
    assert (second.billing["company"], second.billing["siren"]) == ("", "")
    assert (second.declaration.at_once, second.declaration.waives) == (True, True)
    buyer.buyer_profile.refresh_from_db()
    assert (buyer.buyer_profile.company, buyer.buyer_profile.siren) == ("Atelier Lumen", "303265045")
    assert buyer.buyer_profile.buyer_as == "consumer"


def test_a_foreign_firm_needs_no_siren(browser, offer):
    browser.post(url(offer), typed(offer, siren="", country="BE", vat_number="BE 0428.759.497"))

    assert Order.objects.get().billing["vat_number"] == "BE0428759497"
