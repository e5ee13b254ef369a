"""Writing an offer: what is typed is understood, refused next to its box, and never lost."""

import re

import pytest

from offers import actions
from offers.models import Category, Draft, Offer
from tests import factories


@pytest.fixture
def typed(category: Category) -> dict[str, str]:
    """A valid offer with one add-on and one question, as a browser sends it."""
    return {
        "kind": "job",
        "title": "Plan de trésorerie sur douze mois",
        "category": str(category.pk),
        "description": "Un tableau de trésorerie prêt à piloter, avec trois scénarios et une note de lecture.",
        "includes": "- Un classeur Excel\n- Une note de 4 pages\n",
        "requirements-TOTAL_FORMS": "2",
        "requirements-INITIAL_FORMS": "0",
        "requirements-0-label": "Vos relevés bancaires",
        "requirements-0-hint": "Les douze derniers mois",
        "requirements-0-kind": "file",
        "requirements-0-required": "on",
        "requirements-1-label": "",
        "requirements-1-hint": "",
        "requirements-1-kind": "text",
        "price": "1 250,50",
        "delivery_days": "6",
        "call_minutes": "",
        "revisions": "2",
        "keywords": "trésorerie, prévision; cash",
        "opening_message": "Bonjour, merci pour votre commande.",
        "ip_clause": "full_assignment",
        "ip_terms": "",
        "video_url": "",
        "add_ons-TOTAL_FORMS": "2",
        "add_ons-INITIAL_FORMS": "0",
        "add_ons-0-title": "Livraison express",
        "add_ons-0-price": "120",
        "add_ons-0-days": "-2",
        "add_ons-0-description": "Sous 48 heures",
        "add_ons-1-title": "",
        "add_ons-1-price": "",
        "add_ons-1-days": "",
        "add_ons-1-description": "",
        "faq-TOTAL_FORMS": "1",
        "faq-INITIAL_FORMS": "0",
        "faq-0-question": "Excel est-il nécessaire ?",
        "faq-0-answer": "Non, LibreOffice convient.",
    }


@pytest.fixture
def desk(client_of, expert):
    return client_of(expert)


def test_an_offer_is_written_as_a_draft_then_come_its_images(desk, address, typed, expert):  # A89, A96
    response = desk.post(address("offer_create"), typed)

    offer = Offer.objects.get()
    assert response.status_code == 302
    assert response["Location"] == address("offer_images", offer.pk)
    assert offer.expert == expert
    assert offer.status == Offer.Status.DRAFT
    assert offer.price_cents == 1_250_50
    assert offer.includes == ["Un classeur Excel", "Une note de 4 pages"]
    assert offer.keywords == ["trésorerie", "prévision", "cash"]
    assert offer.faq == [{"question": "Excel est-il nécessaire ?", "answer": "Non, LibreOffice convient."}]
    assert list(offer.add_ons.values_list("title", "price_cents", "days")) == [
        ("Livraison express", 120_00, -2)
    ]
    assert list(offer.requirements.values_list("label", "hint", "kind", "required")) == [
        ("Vos relevés bancaires", "Les douze derniers mois", "file", True)
    ]
    assert offer.ip_clause == Offer.IpClause.FULL_ASSIGNMENT
    assert list(Offer.objects.matching("tresorerie")) == [offer]


@pytest.mark.parametrize("is_new", [True, False])
def test_typing_that_arrives_after_its_editor_was_saved_is_no_draft(desk, address, typed, offer, is_new):
    page = address("offer_create") if is_new else address("offer_edit", offer.pk)
    typed["opened"] = re.search(r'name="opened" value="([0-9a-f]{32})"', desk.get(page).content.decode())[1]
    typing = typed if is_new else {**typed, "offer": offer.pk}
    assert "Draft kept at" in desk.post(address("offer_preview"), typing).content.decode()
    assert desk.post(page, typed).status_code == 302

    assert "Draft kept at" not in desk.post(address("offer_preview"), typing).content.decode()
    assert not Draft.objects.exists()
    desk.post(address("offer_preview"), {**typing, "opened": "f" * 32})
    assert Draft.objects.count() == 1, "another opening of the editor has its own"


def test_the_editor_shows_an_offer_as_it_stands(desk, address, typed):
    desk.post(address("offer_create"), typed)
    offer = Offer.objects.get()

    page = desk.get(address("offer_edit", offer.pk)).content.decode()

    assert 'value="1250.50"' in page
    assert "Un classeur Excel\nUne note de 4 pages" in page
    assert 'value="trésorerie, prévision, cash"' in page
    assert 'value="Livraison express"' in page
    assert 'value="-2"' in page
    assert "Excel est-il nécessaire ?" in page
    assert "€1,125.45" in page, "what remains after the commission of 10 %"
    assert "€1,042.08" in page, "the price without VAT"


def test_saving_again_changes_the_version_and_replaces_the_add_ons(desk, address, typed):
    desk.post(address("offer_create"), typed)
    before = Offer.objects.get()

    desk.post(
        address("offer_edit", before.pk), {**typed, "price": "990", "add_ons-0-title": "Appel de restitution"}
    )

    after = Offer.objects.get()
    assert after.price_cents == 990_00
    assert after.version == before.version + 1
    assert [add_on.title for add_on in after.add_ons.all()] == ["Appel de restitution"]


# A88, A90, A91
@pytest.mark.parametrize(
    ("box", "value", "said"),
    [
        ("price", "0", "Enter an amount of at least €5."),
        ("price", "-10", "Enter an amount of at least €5."),
        ("price", "999999999999", "Enter an amount of at most €50,000."),
        ("price", "cher", "Write the amount in figures"),
        ("price", "1,250", "Write the amount in figures"),
        ("price", "", "Set the price of your offer."),
        ("title", "", "Give your offer a title."),
        ("title", "court", "The title is too short"),
        ("title", "x" * 91, "The title is too long"),
        ("category", "", "Choose the category of your offer."),
        ("category", "999999", "Choose a category of the list."),
        ("category", "9" * 40, "Choose a category of the list."),
        ("description", "Bref.", "Describe your offer in more detail"),
        ("description", "", "Describe your offer."),
        ("kind", "barter", "barter"),
        ("delivery_days", "0", "Count one day at least."),
        ("delivery_days", "-4", "Count one day at least."),
        ("delivery_days", "100000000000", "Count 180 days at most."),
        ("delivery_days", "demain", "Write the number of days in figures"),
        ("revisions", "0", "count one at least"),
        ("revisions", "99", "Count 20 revisions at most."),
        ("keywords", ",".join(f"mot{n}" for n in range(11)), "Keep 10 at most."),
        ("includes", "x" * 161, "is too long"),
        ("requirements-0-label", "", "Say what you need"),
        ("requirements-0-label", "x" * 161, "160"),
        ("requirements-0-hint", "x" * 201, "200"),
        ("requirements-1-label", "VOS relevés bancaires", "You already ask for this."),
        ("requirements-0-kind", "parrot", "parrot"),
        ("opening_message", "", "Write the message"),
        ("opening_message", "x" * 2001, "2000"),
        ("video_url", "javascript:alert(1)", "Enter"),
        ("video_url", "ftp://example.com/film", "begins with https"),
        ("video_url", "https://example.com/film.mp4", "YouTube, Vimeo or Dailymotion"),
        ("video_url", "https://www.youtube.com/playlist?list=abc", "YouTube, Vimeo or Dailymotion"),
        ("ip_clause", "all-of-it", "all-of-it"),
        ("add_ons-0-price", "0", "Enter an amount of at least €1."),
        ("add_ons-0-price", "-5", "Enter an amount of at least €1."),
        ("add_ons-0-price", "", "Set the price of this add-on"),
        ("add_ons-0-title", "", "Name this add-on"),
        ("add_ons-0-title", "x" * 81, "80"),
        ("add_ons-0-days", "-6", "The delivery cannot take less than one day."),
        ("add_ons-0-days", "-999999", "The delivery cannot take less than one day."),
        ("add_ons-0-days", "bientôt", "Write the days in figures"),
        ("faq-0-answer", "", "Answer this question"),
        ("faq-0-question", "", "Write the question"),
        ("title", "Un titre\x00 piégé", "Null characters"),
        ("includes", "une ligne\x00", "cannot be read"),
    ],
)
def test_a_mistake_is_explained_beside_its_box_and_nothing_is_lost(desk, address, typed, box, value, said):
    sent = {**typed, box: value}

    response = desk.post(address("offer_create"), sent)
    page = response.content.decode()

    assert response.status_code == 422
    assert not Offer.objects.exists()
    assert said in page
    assert "error-summary" in page
    assert "<title>Error:" in page
    assert "Sous 48 heures" in page, "what was typed elsewhere is still there"
    assert "1 250,50" in page or box == "price"


def test_the_summary_links_to_each_box(desk, address, typed):
    sent = {**typed, "price": "0", "add_ons-0-price": "x", "faq-0-answer": ""}

    response = desk.post(address("offer_create"), sent)

    assert [m.target for m in response.context["editor"].mistakes] == [
        "id_price",
        "id_add_ons-0-price",
        "id_faq-0-answer",
    ]
    page = response.content.decode()
    assert 'href="#id_add_ons-0-price"' in page
    assert "3 points to correct" in page


# B39: its length is fixed
def test_a_call_needs_a_length_and_a_licence_its_terms(desk, address, typed):
    response = desk.post(address("offer_create"), {**typed, "kind": "call", "ip_clause": "licence"})
    page = response.content.decode()

    assert "Choose how long the call lasts." in page
    assert "Say what the licence allows." in page

    desk.post(
        address("offer_create"),
        {**typed, "kind": "call", "call_minutes": "45", "ip_clause": "licence", "ip_terms": "Usage interne."},
    )
    assert Offer.objects.get().call_minutes == 45


@pytest.mark.parametrize("kind", ["question", "call"])
@pytest.mark.parametrize("sent", ["7", "", "beaucoup"])
def test_an_answer_and_a_summary_are_revised_once_without_a_number_to_set(
    desk, address, typed, kind, sent
):  # E50
    response = desk.post(
        address("offer_create"), {**typed, "kind": kind, "call_minutes": "30", "revisions": sent}
    )

    assert response.status_code == 302
    assert Offer.objects.get().revisions == 1


def test_the_length_of_a_call_is_forgotten_for_a_deliverable(desk, address, typed):
    desk.post(address("offer_create"), {**typed, "call_minutes": "45", "ip_terms": "Rien de spécial"})

    offer = Offer.objects.get()
    assert offer.call_minutes is None
    assert offer.ip_terms == ""


def test_rows_are_added_and_removed_without_losing_a_word(desk, address, typed):
    sent = {**typed, "title": "", "price": "abc"}

    more = desk.post(address("offer_create"), {**sent, "add_row": "add_ons"})
    less = desk.post(address("offer_create"), {**sent, "remove_row": "add_ons-0"})

    assert more.status_code == less.status_code == 200
    page = more.content.decode()
    assert 'name="add_ons-2-title"' in page
    assert 'value="Livraison express"' in page
    assert 'value="abc"' in page
    assert "error-summary" not in page, "adding a row judges nothing"
    assert "Livraison express" not in less.content.decode()
    assert "Excel est-il nécessaire ?" in less.content.decode()
    assert not Offer.objects.exists()


@pytest.mark.parametrize("count", ["-1", "abc", "", "9" * 30, "100000"])
def test_forged_row_counts_change_nothing(desk, address, typed, count):
    asked = desk.post(address("offer_create"), {**typed, "add_ons-TOTAL_FORMS": count, "add_row": "add_ons"})
    saved = desk.post(address("offer_create"), {**typed, "add_ons-TOTAL_FORMS": count})

    assert asked.status_code == 200
    assert saved.status_code in (302, 422)
    assert all(offer.add_ons.count() <= 1 for offer in Offer.objects.all())


def test_at_most_twelve_add_ons(desk, address, typed):
    rows = {
        f"add_ons-{n}-{name}": value
        for n in range(13)
        for name, value in (("title", f"Option {n}"), ("price", "10"))
    }

    response = desk.post(
        address("offer_create"), {**typed, **rows, "add_ons-TOTAL_FORMS": "13", "add_ons-0-days": ""}
    )

    assert response.status_code == 422
    assert not Offer.objects.exists()
    assert "Keep 12 rows at most." in response.content.decode()


def test_two_add_ons_of_one_name_are_refused(desk, address, typed):
    twin = {"add_ons-1-title": "LIVRAISON express", "add_ons-1-price": "10"}

    assert (
        "Two add-ons have this name."
        in desk.post(address("offer_create"), {**typed, **twin}).content.decode()
    )


def test_the_same_offer_cannot_be_written_twice(desk, address, typed, expert):
    desk.post(address("offer_create"), typed)

    response = desk.post(address("offer_create"), {**typed, "title": "PLAN de tresorerie, sur douze mois !"})

    assert "Each offer must be different." in response.content.decode()
    assert Offer.objects.count() == 1


# E9
def test_a_sixth_offer_is_refused_and_the_list_says_why(desk, address, typed, expert):  # A101
    for number in range(5):
        factories.make_offer(expert, title=f"Offre {number}")

    opened = desk.get(address("offer_create"))
    sent = desk.post(address("offer_create"), typed)
    page = desk.get(address("dashboard_offers")).content.decode()

    assert opened["Location"] == sent["Location"] == address("dashboard_offers")
    assert Offer.objects.count() == 5
    assert "5 of 5 offers" in page
    assert f'href="{address("offer_create")}">{{% icon' not in page
    assert "the most an expert may keep" in page


def test_deleting_one_makes_room_for_another(desk, address, typed, expert):
    offers = [factories.make_offer(expert, title=f"Offre {number}") for number in range(5)]

    desk.post(address("offer_delete", offers[0].pk))
    desk.post(address("offer_create"), typed)

    assert Offer.objects.kept().count() == 5


def test_the_side_follows_what_is_typed(desk, address, typed, category):  # A92
    for number, euros in enumerate((80, 100, 120, 150, 200, 400)):
        factories.make_offer(
            factories.make_expert("Ana", f"N{number}"), category=category, price_cents=euros * 100
        )

    low = desk.post(address("offer_preview"), {**typed, "price": "20,00"}).content.decode()
    usual = desk.post(address("offer_preview"), {**typed, "price": "130"}).content.decode()
    silent = desk.post(address("offer_preview"), {**typed, "price": "abc", "category": "0"}).content.decode()

    assert "between €80 and €400" in low
    assert "Yours is lower" in low
    assert "€18.00" in low, "what the expert receives"
    assert "Yours is" not in usual
    assert "between" not in silent
    assert typed["title"] in silent


def test_the_usual_price_is_kept_quiet_below_five_offers(desk, address, typed, category):
    for number in range(4):
        factories.make_offer(factories.make_expert("Ana", f"N{number}"), category=category)

    assert "Most offers" not in desk.post(address("offer_preview"), typed).content.decode()


@pytest.mark.parametrize("offer_number", ["abc", "-1", "9" * 40, "", "1 or 1=1"])
def test_the_side_survives_any_offer_number(desk, address, typed, offer_number):
    assert desk.post(address("offer_preview"), {**typed, "offer": offer_number}).status_code == 200


def test_hostile_text_stays_text_in_the_editor(desk, address, typed):
    hostile = '"><script>alert(1)</script>'
    page = desk.post(
        address("offer_create"), {**typed, "title": hostile, "add_ons-0-title": hostile, "price": hostile}
    ).content.decode()
    page += desk.post(address("offer_preview"), {**typed, "title": hostile}).content.decode()

    assert "<script>alert" not in page


def test_the_editor_speaks_french_at_its_french_address(desk, typed):
    response = desk.post("/dashboard/offers/new/", typed)
    offer = Offer.objects.get()

    assert response["Location"] == f"/dashboard/offers/{offer.pk}/images/"
    page = desk.get(f"/dashboard/offers/{offer.pk}/").content.decode()
    assert '<html lang="fr"' in page
    assert 'value="1250,50"' in page


def test_the_list_and_the_editor_keep_their_queries_few(desk, address, expert, django_assert_max_num_queries):
    offer = factories.make_offer(expert, add_ons=(("Une option", 10_00, 0),))
    for number in range(4):
        factories.make_offer(expert, title=f"Offre {number}")

    with django_assert_max_num_queries(12):
        desk.get(address("dashboard_offers"))
    with django_assert_max_num_queries(14):  # the session and its person among them
        desk.get(address("offer_edit", offer.pk))


def test_emoji_and_right_to_left_words_are_kept_and_turn_nothing_else(desk, client, address, typed, expert):
    """Bad input: what is typed in another direction stays readable and ends with its own words."""
    title = "Bilan \U0001f4c8 \u202eصفحة\u202c ميزانية"
    desk.post(
        address("offer_create"), {**typed, "title": title, "description": "\U0001f600 " * 40 + "\u2067x"}
    )

    offer = expert.offers.get()
    assert offer.title == "Bilan \U0001f4c8 صفحة ميزانية"
    assert "\u2067" not in offer.description
    actions.publish(offer)
    assert offer.title in client.get(offer.get_absolute_url()).content.decode()
    assert client.get(address("catalogue"), {"q": title}).status_code == 200
