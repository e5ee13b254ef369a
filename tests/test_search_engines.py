"""What search engines and shared links read."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

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
