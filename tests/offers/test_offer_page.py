"""The page on which a buyer decides, and the expert's own page."""

import re

import pytest

from accounts.models import ExpertProfile
from offers import actions, videos
from offers.models import Offer
from orders.models import Review
from tests import factories


@pytest.fixture
def page_of(address):
    return lambda offer: address("offer", offer.pk, offer.slug)


@pytest.fixture
def reviewed(offer, completed_order):
    """An offer with one review of four stars and its counters, as the order's review leaves them."""
    Review.objects.create(
        order=completed_order,
        offer=offer,
        author=completed_order.buyer,
        subject=offer.expert,
        rating=4,
        comment="Clair et <b>rapide</b>.",
        experienced_at=completed_order.completed_at,
        publish_due_at=completed_order.reviewable_until,
        published_at=completed_order.completed_at,
    )
    Offer.objects.filter(pk=offer.pk).update(rating_count=1, rating_sum=4)
    ExpertProfile.objects.filter(user=offer.expert).update(rating_count=1, rating_sum=4)
    return offer


# A10, A29: the mark of checked documents
def test_everything_a_buyer_must_know_is_said_before_ordering(client, page_of, offer):
    page = client.get(page_of(offer)).content.decode()

    assert "Un plan clair et chiffré." in page
    assert "€120" in page
    assert "incl. VAT · €100.00 excl. VAT" in page
    assert "First deliverable in <b>5 days</b>" in page
    assert "<b>1 revision</b> included" in page
    assert "Vos trois derniers bilans" in page
    assert "All rights in the deliverable are assigned to you" in page
    assert "We hold your payment until you approve." in page
    assert "Documents checked" in page


def test_an_expert_without_vat_shows_no_price_without_tax(client, page_of, offer):
    ExpertProfile.objects.filter(user=offer.expert).update(vat_regime="franchise")

    page = client.get(page_of(offer)).content.decode()

    assert "VAT does not apply" in page
    assert "excl. VAT" not in page


# B23: extras stand in for tiers (docs/decisions/0018)
def test_ordering_is_one_form_that_leads_to_the_checkout_with_the_add_ons(client, page_of, address, offer):
    express, slides = offer.add_ons.all()

    page = client.get(page_of(offer)).content.decode()

    form = re.search(r'<form class="order-box".*?</form>', page, re.S)[0]
    assert f'action="{address("checkout", offer.pk)}"' in form
    assert 'method="get"' in form
    assert f'name="add_on" value="{express.pk}"' in form
    assert 'data-cents="3500"' in form
    assert "−2 days" in form
    assert "+1 day" in form
    assert "worked out on the next page" in form
    assert slides.title in form


# A97, B23
def test_add_ons_ticked_in_the_address_are_ticked_and_counted(client, page_of, offer):
    express, _slides = offer.add_ons.all()

    response = client.get(page_of(offer), {"add_on": [str(express.pk), "999999", "abc"]})

    assert response.context["total_cents"] == 155_00
    assert "<output data-total>€155</output>" in response.content.decode()


def test_a_call_says_its_length_and_a_question_its_delay(client, page_of, expert):
    call = factories.make_offer(expert, kind="call", call_minutes=45, title="Un appel utile", revisions=4)
    question = factories.make_offer(expert, kind="question", delivery_days=1, title="Une question utile")

    of_call, of_question = (client.get(page_of(each)).content.decode() for each in (call, question))
    assert "<b>45-minute</b> call" in of_call
    assert "Written answer within <b>1 day</b>" in of_question
    assert "is paid only once the call has taken place" in of_call
    assert "ask your follow-up question" in of_question
    assert "is paid only when you accept the answer" in of_question
    assert "Held until you approve the answer" in of_question
    assert "Held until you approve the summary of the call" in of_call
    assert "One revision of the summary included" in of_call
    assert "All rights in the summary are assigned to you" in of_call
    assert "All rights in the answer are assigned to you" in of_question
    assert not any("the deliverable" in page or "4 revisions" in page for page in (of_call, of_question))
    signs = [
        re.search(r'<p class="cluster cluster-sm">(.*?)</p>', page, re.S)[1]
        for page in (of_call, of_question)
    ]
    assert ["#phone" in sign for sign in signs] == [True, False]  # A7
    assert ["#message-circle-question" in sign for sign in signs] == [False, True]


def test_one_cannot_order_from_oneself_and_is_offered_to_edit(client_of, page_of, address, offer):
    page = client_of(offer.expert).get(page_of(offer)).content.decode()

    assert address("offer_edit", offer.pk) in page
    assert address("checkout", offer.pk) not in page


def test_a_paused_offer_says_so_and_cannot_be_ordered(client, page_of, address, offer):
    actions.pause(offer)

    response = client.get(page_of(offer))
    page = response.content.decode()

    assert response.status_code == 200
    assert "This offer is paused." in page
    assert address("checkout", offer.pk) not in page


def test_drafts_and_deleted_offers_do_not_exist_for_strangers(
    client, client_of, page_of, expert, stranger, staff
):
    draft = factories.make_offer(expert, published=False)

    assert client.get(page_of(draft)).status_code == 404
    assert client_of(stranger).get(page_of(draft)).status_code == 404
    assert client_of(expert).get(page_of(draft)).status_code == 200
    assert client_of(staff).get(page_of(draft)).status_code == 200

    actions.delete(draft)

    assert client_of(expert).get(page_of(draft)).status_code == 404


def test_the_offers_of_a_suspended_expert_are_gone(client, page_of, offer):
    ExpertProfile.objects.filter(user=offer.expert).update(status="suspended")

    assert client.get(page_of(offer)).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "9" * 5000])
def test_unknown_numbers_lead_nowhere(client, db, pk):
    assert client.get(f"/en/offers/{pk}/whatever/").status_code == 404


def test_an_old_title_in_the_address_leads_to_the_present_one(client, address, offer):
    response = client.get(address("offer", offer.pk, "old-title"), {"reviews": "all"})

    assert response.status_code == 301
    assert response["Location"] == f"{address('offer', offer.pk, offer.slug)}?reviews=all"


def test_an_offer_called_order_has_a_page_beside_its_checkout(client, address, expert):
    offer = factories.make_offer(expert, title="Order")

    assert client.get(address("offer", offer.pk, offer.slug)).status_code == 200


def test_hostile_text_is_shown_never_run(client, page_of, expert):
    hostile = '"><script>alert(1)</script>'
    offer = factories.make_offer(
        expert,
        title=hostile,
        description=f"{hostile}\n\nDeuxième ligne",
        includes=[hostile],
        faq=[{"question": hostile, "answer": hostile}],
        ip_clause="licence",
        ip_terms=hostile,
        add_ons=((hostile, 10_00, 0),),
    )
    offer.requirements.create(label=hostile, hint=hostile)
    expert.expert_profile.bio = hostile
    expert.expert_profile.save()

    page = client.get(page_of(offer)).content.decode()

    assert "<script>alert" not in page
    assert "<p>Deuxième ligne</p>" in page


# A29: the reviews
def test_reviews_show_their_spread_and_who_wrote_them(client, page_of, reviewed):
    page = client.get(page_of(reviewed)).content.decode()

    assert "1 review" in page
    assert "from one checked review" in page
    assert "Thomas Girard" in page
    assert "&lt;b&gt;rapide" in page


def test_hidden_reviews_count_for_nothing(client, page_of, reviewed):
    Review.objects.update(hidden_at="2026-11-22T10:00:00Z", hidden_reason="Hors sujet.")

    page = client.get(page_of(reviewed)).content.decode()

    assert "rapide" not in page
    assert "No review yet." in page


@pytest.mark.parametrize(
    "query", [{"reviews": "all"}, {"reviews": "all", "page": "999"}, {"reviews": "x", "page": "-1"}]
)
def test_all_reviews_have_pages(client, page_of, reviewed, query):
    assert "rapide" in client.get(page_of(reviewed), query).content.decode()


def test_the_page_needs_few_queries(
    client, client_of, page_of, reviewed, stranger, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):  # the offer; its reviews to draw; the categories; offers like it
        client.get(page_of(reviewed))
    signed_in = client_of(stranger)
    with django_assert_max_num_queries(4 + 2 + 2 + 1 + 4):  # counters; account; favourites; what was seen
        signed_in.get(page_of(reviewed))


# K11
def test_experts_have_a_page_with_their_offers_and_reviews(
    client, address, reviewed, django_assert_max_num_queries
):
    profile = ExpertProfile.objects.get(user=reviewed.expert)
    profile.bio, profile.skills, profile.languages = (
        "Vingt ans de métier.",
        ["Trésorerie"],
        ["Français", "Anglais"],
    )
    profile.usual_reply_minutes = 130
    profile.save()
    client.get(address("catalogue"))

    with django_assert_max_num_queries(
        12 + 2
    ):  # the profile, each of its parts, its records, the offers, the reviews; its missions, who sells in law
        page = client.get(address("expert_profile", profile.slug)).content.decode()

    for words in (
        "Claire Fontaine",
        "Vingt ans",
        "Trésorerie",
        "French, English",
        "rapide",
        reviewed.title,
        "3 hours",
    ):
        assert words in page


def test_an_expert_not_admitted_yet_has_no_public_page(client, client_of, address, db):
    expert = factories.make_expert("Nora", "Duval", approved=False)
    page = address("expert_profile", expert.expert_profile.slug)

    assert client.get(page).status_code == 404
    assert client_of(expert).get(page).status_code == 200
    assert client.get(address("expert_profile", "nobody")).status_code == 404


def test_nothing_on_the_page_lets_one_write_before_ordering(client_of, page_of, address, offer, buyer):
    page = client_of(buyer).get(page_of(offer)).content.decode()

    assert "mailto:" not in page
    assert offer.expert.email not in page
    assert '<form method="post"' not in re.search(r"<main.*</main>", page, re.S)[0]


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        ),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
    ],
)
def test_a_film_is_framed_once_asked_for_and_its_host_alone_may_be_framed(
    client, page_of, expert, url, player
):
    response = client.get(page_of(factories.make_offer(expert, video_url=url)))
    page = response.content.decode()

    assert f'data-player="{player}"' in page
    assert "<iframe" not in page
    frames = next(part for part in response["Content-Security-Policy"].split(";") if "frame-src" in part)
    assert frames.split() == ["frame-src", "/".join(player.split("/")[:3])]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        'https://youtu.be/"><script>',
        "https://vimeo.com/abc",
        "http://[bad",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_no_film(url):
    assert videos.read(url) is None


def test_without_a_film_nothing_may_be_framed(client, page_of, offer):
    response = client.get(page_of(offer))

    assert "frame-src" not in response["Content-Security-Policy"]
    assert "jalon-video" not in response.content.decode()
