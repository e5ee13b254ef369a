"""B23: an offer alone, with one add-on and with all of them, side by side."""

import re

import pytest
from django.urls import reverse

from offers.models import AddOn, Offer
from offers.queries.tiers import tiers
from orders import actions as orders
from tests import factories

ADD_ONS = (("Prévisions mensuelles", 60_00, 2), ("Relecture & conseils", 45_50, -4), ("Diaporama", 30_00, 0))


@pytest.fixture
def job(expert):
    return factories.make_offer(expert, add_ons=ADD_ONS)


@pytest.fixture
def read(client, address):
    def page(offer, reader=client):
        return reader.get(address("offer", offer.pk, offer.slug)).content.decode()

    return page


def columns(page):
    """The rows of the comparison, by what each compares."""
    table = page[page.index('<table class="tiers">') : page.index("</table>")]
    found = {}
    for body in re.findall(r"<tbody>(.*?)</tbody>", table, re.DOTALL):
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).replace("–", "").split())
            for cell in re.findall(r"<td.*?</td>", body, re.DOTALL)
        ]
        (name,) = re.findall(r'<th scope="rowgroup" colspan="3">(.*?)</th>', body)
        found[name] = cells
    return found


def test_price_days_revisions_and_add_ons_stand_side_by_side(job, read):  # B23
    seen = columns(read(job))

    assert seen == {
        "Price": ["€120", "€180", "€255.50"],
        "First deliverable": ["5 days", "7 days", "3 days"],
        "Revisions included": ["1", "1", "1"],
        "Prévisions mensuelles": ["Not included", "Included", "Included"],
        "Relecture &amp; conseils": ["Not included", "Not included", "Included"],
        "Diaporama": ["Not included", "Not included", "Included"],
    }


def test_each_leads_to_the_checkout_with_its_add_ons_ticked_and_its_price(job, read, buyer, client_of):  # B23
    page, browser = read(job), client_of(buyer)
    links = [
        link.replace("&amp;", "&")
        for link in re.findall(rf'href="([^"]*{reverse("checkout", args=[job.pk])}[^"]*)"', page)
    ]
    add_ons = list(job.add_ons.all())

    assert len(links) == 3
    for link, chosen in zip(links, ([], add_ons[:1], add_ons), strict=True):
        options = browser.get(link).context["options"]
        assert [option["checked"] for option in options] == [add_on in chosen for add_on in add_ons]


@pytest.mark.parametrize("days", [(2, -4, 0), (-30, -30, -30), (0, 0, 0)])
def test_the_comparison_adds_up_as_the_order_does(job, days):  # B23
    for add_on, more in zip(job.add_ons.all(), days, strict=True):
        AddOn.objects.filter(pk=add_on.pk).update(days=more)

    compared = tiers(job, list(job.add_ons.all()))

    assert len(compared) == 3
    for tier in compared:
        seen = orders.preview(job, tier.add_ons)
        assert (tier.price_cents, tier.days) == (seen.total_cents, seen.delivery_days)


def test_one_add_on_a_call_and_a_question_have_nothing_to_compare(expert, read):
    one = factories.make_offer(expert, title="Une seule option, à cocher", add_ons=ADD_ONS[:1])
    call = factories.make_call(expert)
    for title, price, more in ADD_ONS:
        call.add_ons.create(title=title, price_cents=price, days=more)

    for offer in (one, call):
        assert 'id="compare"' not in read(offer)


def test_who_cannot_order_compares_all_the_same_without_a_way_to_the_checkout(job, read, expert, client_of):
    own = read(job, client_of(expert))
    Offer.objects.filter(pk=job.pk).update(status=Offer.Status.PAUSED)

    for page in (own, read(job)):
        assert 'id="compare"' in page
        assert reverse("checkout", args=[job.pk]) not in page


def test_it_is_drawn_with_the_page_costs_no_query_and_follows_every_change(
    job, read, django_assert_max_num_queries
):  # B23
    read(job)
    with django_assert_max_num_queries(4):  # as without a comparison: see test_offer_page.py
        read(job)

    AddOn.objects.filter(title="Diaporama").update(price_cents=99_00)

    assert columns(read(job))["Price"] == ["€120", "€180", "€324.50"]
