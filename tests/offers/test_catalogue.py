"""The list of offers: what it shows, how it narrows, and what it costs."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from accounts.models import ExpertProfile
from offers import actions
from offers.models import Offer
from offers.queries import finding
from tests import factories


@pytest.fixture
def field(db):
    return factories.make_category(slug="juridique", name_fr="Juridique", name_en="Legal", icon="scale")


@pytest.fixture
def market(offer, field):
    """Three offers by three experts: a deliverable at 120 €, a call at 60 €, a question at 30 € in another field."""
    call = factories.make_offer(
        factories.make_expert("Nadia", "Mbaye"),
        category=offer.category,
        kind="call",
        call_minutes=45,
        title="Préparer un rendez-vous bancaire",
        price_cents=60_00,
        delivery_days=3,
    )
    question = factories.make_offer(
        factories.make_expert("Élodie", "Marchand"),
        category=field,
        kind="question",
        title="Une question de droit social",
        price_cents=30_00,
        delivery_days=1,
    )
    return offer, call, question


def titles(response):
    return [card.title for card in response.context["cards"]]


def test_the_catalogue_shows_published_offers_only(client, address, market, expert):
    draft = factories.make_offer(expert, published=False, title="Encore un brouillon")
    paused = actions.pause(factories.make_offer(expert, title="En pause"))
    deleted = factories.make_offer(expert, title="Supprimée")
    actions.delete(deleted)

    shown = titles(client.get(address("catalogue")))

    assert len(shown) == 3
    assert not {draft.title, paused.title, deleted.title} & set(shown)


def test_an_expert_who_is_suspended_or_gone_sells_nothing(client, address, market):
    offer, call, _question = market
    profile = offer.expert.expert_profile
    profile.status = profile.Status.SUSPENDED
    profile.save()
    call.expert.is_active = False
    call.expert.save()

    assert titles(client.get(address("catalogue"))) == ["Une question de droit social"]


def test_a_category_shows_its_own_offers_under_its_name(client, address, market, field):
    response = client.get(address("category", field.slug))

    assert titles(response) == ["Une question de droit social"]
    assert "<h1>Legal</h1>" in response.content.decode()


def test_an_unknown_category_has_no_page(client, address, market):
    assert client.get(address("category", "nothing-here")).status_code == 404


# A6, A7
def test_kinds_are_tabs_with_their_counts_and_each_card_its_sign(client, address, market):
    response = client.get(address("catalogue"), {"kind": "call"})
    page = response.content.decode()

    assert titles(response) == ["Préparer un rendez-vous bancaire"]
    assert [tab["count"] for tab in response.context["tabs"]] == [3, 1, 1, 1]
    assert 'class="cover-badge"' in page
    assert "#phone" in page
    assert (
        "#message-circle-question" in client.get(address("catalogue"), {"kind": "question"}).content.decode()
    )
    deliverables = client.get(address("catalogue"), {"kind": "job"}).content.decode()
    assert 'class="cover-badge"' not in deliverables


def test_budget_and_delivery_narrow_the_list_and_can_be_taken_off(client, address, market):
    response = client.get(address("catalogue"), {"min": "50", "max": "1 000,00", "delivery": "3"})

    assert titles(response) == ["Préparer un rendez-vous bancaire"]
    assert [label for label, _url in response.context["chips"]] == [
        "From €50",
        "Up to €1,000",
        "3 days at most",
    ]
    without_minimum = response.context["chips"][0][1]
    assert "min=" not in without_minimum
    assert "max=" in without_minimum


@pytest.mark.parametrize("bad", [{"min": "abc"}, {"max": "-"}, {"min": "100", "max": "50"}, {"max": "1,250"}])
def test_a_budget_that_makes_no_sense_is_explained_and_kept(client, address, market, bad):
    response = client.get(address("catalogue"), bad)
    page = response.content.decode()

    assert response.status_code == 200
    assert "field-errors" in page
    for typed in bad.values():
        assert f'value="{typed}"' in page


@pytest.mark.parametrize(
    "query",
    [
        {"page": "1000000000"},
        {"page": "-3"},
        {"page": "abc"},
        {"page": "9" * 5000},
        {"page": "1.5"},
        {"category": "nowhere"},
        {"kind": "barter"},
        {"sort": "'; drop table"},
        {"delivery": "yesterday"},
        {"q": "\x00"},
        {"q": "(((&|!"},
        {"q": '"unclosed'},
        {"q": "a" * 5000},
        {"min": "99999999999999999999999999"},
        {"kind": "call", "category": "nowhere", "page": "77"},
    ],
)
def test_absurd_addresses_still_give_a_page(client, address, market, query):
    assert client.get(address("catalogue"), query).status_code == 200


def test_a_page_beyond_the_last_is_the_last(client, address, market):
    for number in range(25):
        factories.make_offer(factories.make_expert("Ana", f"N{number}"), title=f"Offre numéro {number}")

    response = client.get(address("catalogue"), {"page": "1000000000"})

    assert response.context["page"].number == 2
    assert len(titles(response)) == 4


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("price", "Une question de droit social"),
        ("-price", "Business plan complet"),
        ("delivery", "Une question de droit social"),
        ("rating", "Préparer un rendez-vous bancaire"),
    ],
)
def test_the_list_is_sorted_as_asked(client, address, market, sort, first):
    _offer, call, question = market
    Offer.objects.filter(pk=call.pk).update(rating_count=20, rating_sum=98)
    Offer.objects.filter(pk=question.pk).update(rating_count=1, rating_sum=5)

    assert titles(client.get(address("catalogue"), {"sort": sort}))[0] == first


@pytest.mark.parametrize(
    ("total", "count", "least"),
    [
        (5, 1, "450"),
        (89, 20, "450"),
        (88, 20, "400"),
        (44, 10, "400"),
        (178, 40, "450"),
        (177, 40, "400"),
        (29, 10, ""),
    ],
)
def test_the_rating_filter_goes_by_the_mean_that_cards_show(client, address, offer, total, count, least):
    """5.0 of one review is 4.5 stars and more; so is 4.45, shown as 4.5; 4.4 is not."""
    Offer.objects.filter(pk=offer.pk).update(rating_count=count, rating_sum=total)
    shown = round(total / count, 1)

    passed = [
        stars
        for stars in ("450", "400", "300")
        if titles(client.get(address("catalogue"), {"rating": stars}))
    ]

    assert passed == [stars for stars in ("450", "400", "300") if shown * 100 >= int(stars)]
    assert (passed or [""])[0] == least
    page = client.get(address("catalogue"), {"max": "500"})
    assert [page.context["found"].count("rating", stars) for stars in (450, 400, 300)] == [
        int(stars in passed) for stars in ("450", "400", "300")
    ]


@pytest.mark.parametrize(("language", "name"), [("en", "Hebrew"), ("fr", "Hébreu")])
def test_languages_are_named_in_the_language_of_the_page(client, expert, offer, language, name):
    """Among the filters, in the chip that takes one off, and beside the expert on the page of the offer."""
    ExpertProfile.objects.filter(user=expert).update(languages=["Français", "Hébreu"])
    other = {"en": "Hébreu", "fr": "Hebrew"}[language]
    with translation.override(language):
        here, there = reverse("catalogue"), offer.get_absolute_url()

    listed = client.get(here, {"language": "Hébreu"})
    choices = {each.value: each.label for each in listed.context["facets"]["language"]}
    page = client.get(there).content.decode()

    assert choices["Hébreu"] == name
    assert [label for label, _ in listed.context["chips"]] == [name]
    assert name in page
    assert other not in page


def test_nothing_found_says_so_and_shows_ways_out(client, address, market):
    response = client.get(address("catalogue"), {"q": "plomberie", "max": "20"})
    page = response.content.decode()

    assert "No offer answers all of this" in page
    assert "Remove the last filter" in page
    assert "Other fields to look into" in page


def test_titles_and_names_are_escaped(client, address, offer):
    Offer.objects.filter(pk=offer.pk).update(title="<script>alert(1)</script>")

    page = client.get(address("catalogue"), {"q": "<b>", "page": "<i>"}).content.decode()
    page += client.get(address("catalogue")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "“<b>" not in page


def test_a_card_changes_with_its_offer_and_with_the_language(client, address, offer):
    english = client.get(address("catalogue")).content.decode()
    french = client.get("/offers/").content.decode()
    actions.edit_offer(offer, terms={"price_cents": 333_00})
    cache.clear()

    assert "€120" in english
    assert "120\u00a0€" in french
    assert "€333" in client.get(address("catalogue")).content.decode()


@pytest.mark.parametrize(
    ("query", "again"),
    [
        ({}, 1),
        ({"kind": "call"}, 1),
        ({"q": "business"}, 2),
        ({"max": "500", "delivery": "7", "sort": "rating"}, 1),
    ],
)
def test_the_list_costs_as_many_queries_for_twelve_offers_as_for_three(
    client, address, market, query, again, django_assert_num_queries
):
    """One query finds and counts, one reads the cards; a list without words is found once a minute."""
    client.get(address("catalogue"), {"q": "mot"})  # categories, counts and synonyms are kept from here
    finding.forget()
    with django_assert_num_queries(2):
        client.get(address("catalogue"), query)
    for number in range(9):
        factories.make_offer(factories.make_expert("Ana", f"N{number}"), title=f"Business plan {number}")
    finding.forget()
    with django_assert_num_queries(2):
        client.get(address("catalogue"), query)
    with django_assert_num_queries(again):
        client.get(address("catalogue"), query)


def test_even_cold_the_list_needs_four_queries_at_most(
    client, address, market, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        client.get(address("catalogue"), {"q": "business", "max": "500"})


def test_a_person_signed_in_pays_one_query_for_counters_and_hearts(
    client_of, address, market, buyer, django_assert_max_num_queries
):
    client = client_of(buyer)
    client.get(address("catalogue"))

    with django_assert_max_num_queries(1 + 1 + 1):  # the list; counters and hearts; the account
        client.get(address("catalogue"))


def test_counts_follow_what_goes_on_and_off_sale(client, address, offer, django_capture_on_commit_callbacks):
    before = client.get(address("catalogue")).context["categories_total"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.pause(offer)

    assert (before, client.get(address("catalogue")).context["categories_total"]) == (1, 0)
