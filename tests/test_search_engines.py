"""What search engines and shared links read."""

import json
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from accounts import actions as accounts
from offers import actions
from tests import factories

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def facts(page: str) -> dict[str, dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    said = [json.loads(text) for text in found]
    return {str(thing["@type"]): thing for thing in said}


def locations(response) -> list[str]:
    return [found.text for found in ElementTree.fromstring(response.content).iterfind(".//s:loc", SITEMAP)]


def test_an_offer_says_its_facts_and_hostile_words_cannot_end_them(client, expert):
    hostile = "</script><script>alert(1)</script>"
    offer = factories.make_offer(
        expert, title=f"Titre {hostile}", faq=[{"question": f"Q {hostile}", "answer": "Oui & non"}]
    )
    type(offer).objects.filter(pk=offer.pk).update(rating_count=4, rating_sum=19)

    page = client.get(offer.get_absolute_url()).content.decode()
    said = facts(page)

    product = said["['Product', 'Service']"]
    assert "<script>alert" not in page
    assert product["name"] == f"Titre {hostile}"
    assert product["offers"]["price"] == "120.00"
    assert product["offers"]["priceCurrency"] == "EUR"
    assert product["aggregateRating"]["reviewCount"] == 4
    assert said["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"] == "Oui & non"
    assert [item["position"] for item in said["BreadcrumbList"]["itemListElement"]] == [1, 2, 3]


# What schema.org lets each type say, and what search engines ask of it before they show anything.
VOCABULARY: dict[str, tuple[set[str], set[str]]] = {
    "Product": (
        {"name", "offers"},
        {"description", "category", "brand", "image", "subjectOf", "aggregateRating", "provider"},
    ),
    "Service": (
        {"name"},
        {"description", "category", "brand", "image", "subjectOf", "aggregateRating", "provider", "offers"},
    ),
    "Offer": (set(), {"url", "price", "priceCurrency", "availability", "seller", "itemOffered"}),
    "AggregateRating": ({"ratingValue", "reviewCount"}, {"bestRating", "worstRating"}),
    "Brand": ({"name"}, set()),
    "Person": (
        {"name"},
        {"url", "jobTitle", "knowsAbout", "knowsLanguage", "image", "address", "makesOffer"},
    ),
    "PostalAddress": ({"addressLocality"}, set()),
    "ProfilePage": ({"mainEntity"}, {"url", "dateCreated"}),
    "BreadcrumbList": ({"itemListElement"}, set()),
    "ListItem": ({"position", "name", "item"}, set()),
    "FAQPage": ({"mainEntity"}, set()),
    "Question": ({"name", "acceptedAnswer"}, set()),
    "Answer": ({"text"}, set()),
    "VideoObject": (
        {"name", "thumbnailUrl", "uploadDate"},
        {"description", "contentUrl", "duration"},
    ),
}
ADDRESSES = {"url", "item", "@id", "image", "contentUrl", "thumbnailUrl"}


def check_vocabulary(thing: Any, name: str = "") -> list[str]:
    """The types met in a thing and below it; fails on what the vocabulary does not know or misses."""
    if isinstance(thing, list):
        return [kind for each in thing for kind in check_vocabulary(each, name)]
    if not isinstance(thing, dict):
        assert thing not in ("", None, []), f"{name} says nothing"
        if name in ADDRESSES:
            assert str(thing).startswith(settings.SITE_URL), f"{name} is no whole address: {thing}"
        return []
    kinds = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
    said = set(thing) - {"@type", "@id", "@context"}
    allowed = set().union(*(set().union(*VOCABULARY[kind]) for kind in kinds))
    for kind in kinds:
        assert VOCABULARY[kind][0] <= said, f"{kind} misses {VOCABULARY[kind][0] - said}"
    assert said <= allowed, f"{kinds} cannot say {said - allowed}"
    if "Offer" in kinds and "price" in said:
        assert re.fullmatch(r"\d+\.\d{2}", thing["price"])
        assert re.fullmatch(r"https://schema.org/(InStock|OutOfStock)", thing["availability"])
    if "AggregateRating" in kinds:
        assert 1 <= float(thing["ratingValue"]) <= 5
        assert int(thing["reviewCount"]) >= 1
    return kinds + [found for key, value in thing.items() for found in check_vocabulary(value, key)]


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_said_to_search_engines_is_whole_and_in_the_vocabulary(client, expert, language):
    offer = factories.make_offer(
        expert, keywords=["plan"], faq=[{"question": "Pour ma banque ?", "answer": "Oui."}]
    )
    actions.add_image(offer, image=factories.an_image((1200, 800)), thumbnail=factories.an_image((400, 267)))
    accounts.change_photo(expert, factories.a_portrait())
    type(offer).objects.filter(pk=offer.pk).update(rating_count=4, rating_sum=19)
    type(expert.expert_profile).objects.filter(user=expert).update(
        rating_count=4, rating_sum=19, city="Nantes"
    )
    profile = reverse("expert_profile", args=[expert.expert_profile.slug]).removeprefix("/en")
    met: set[str] = set()
    for path in (
        "/",
        "/offers/",
        f"/categories/{offer.category.slug}/",
        offer.get_absolute_url().removeprefix("/en"),
        "/experts/",
        profile,
        "/faq/",
    ):
        page = client.get(language + path).content.decode()
        for thing in facts(page).values():
            assert thing.pop("@context") == "https://schema.org"
            met |= set(check_vocabulary(thing))
        assert page.count('rel="canonical"') == 1, path
        assert page.count('hreflang="fr"') == page.count('hreflang="en"') == 1, path
        for word in ("og:title", "og:url", "og:image", "og:type"):
            assert page.count(f'property="{word}"') == 1, (path, word)

    assert {"Product", "Service", "ProfilePage", "FAQPage", "BreadcrumbList", "AggregateRating"} <= met


def test_the_questions_of_the_site_are_told_to_search_engines(client, db):
    page = client.get("/faq/").content.decode()
    said = facts(page)["FAQPage"]["mainEntity"]

    assert len(said) == page.count('<details class="faq"') > 10
    assert all(question["name"] in unescape(page) for question in said)
    assert facts(client.get("/about/").content.decode()).get("FAQPage") is None


def test_each_language_points_at_the_other_and_at_itself(client, offer):
    path = offer.get_absolute_url().removeprefix("/en")
    for own in (path, f"/en{path}"):
        page = client.get(own).content.decode()
        assert f'rel="canonical" href="{settings.SITE_URL}{own}"' in page
        assert f'hreflang="fr" href="{settings.SITE_URL}{path}"' in page
        assert f'hreflang="en" href="{settings.SITE_URL}/en{path}"' in page
        assert 'property="og:image" content="http' in page


def test_filtered_lists_are_one_page_for_search_engines(client, offer):
    page = client.get("/offers/", {"q": "plan", "sort": "price"}).content.decode()

    assert f'rel="canonical" href="{settings.SITE_URL}/offers/"' in page
    assert 'content="noindex, follow"' in page
    assert "noindex" not in client.get(f"/categories/{offer.category.slug}/").content.decode()


def test_the_sitemaps_list_what_is_on_sale_in_both_languages(client, offer):
    paused = factories.make_offer(offer.expert, title="En pause pour l’instant")
    actions.pause(paused)

    index = locations(client.get("/sitemap.xml"))
    listed = [
        url for sitemap in index for url in locations(client.get(sitemap.removeprefix(settings.SITE_URL)))
    ]

    path = offer.get_absolute_url().removeprefix("/en")
    assert settings.SITE_URL + path in listed
    assert f"{settings.SITE_URL}/en{path}" in listed
    assert not any(f"/{paused.pk}/" in url for url in listed)
    assert f"{settings.SITE_URL}/categories/{offer.category.slug}/" in listed


@pytest.mark.parametrize("name", ["offers", "offers-x", "offers-999999999999", "nothing-0", "pages-1"])
def test_unknown_sitemaps_are_not_found(client, db, name):
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_a_sitemap_costs_the_same_at_any_number_of_offers(client, offer, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        client.get("/sitemaps/offers-0.xml")


def test_crawlers_are_told_what_to_leave_alone(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /dashboard/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
