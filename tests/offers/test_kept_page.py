"""The page of an offer is drawn once for all who read the same of it, and anew as soon as a word of it changes."""

from datetime import timedelta

import pytest

from accounts.models import ExpertProfile, TimeOff, User
from marketplace.kernel import clock, near
from offers import keeping
from offers.models import AddOn, Category, Offer, OfferImage, Requirement
from orders.models import Review
from tests import factories


@pytest.fixture
def read(client, address, offer):
    def page():
        return client.get(address("offer", offer.pk, offer.slug)).content.decode().partition("<footer")[0]

    return page


@pytest.fixture
def reviewed(offer, completed_order):
    review = Review.objects.create(
        order=completed_order,
        offer=offer,
        author=completed_order.buyer,
        subject=offer.expert,
        rating=4,
        comment="Clair et rapide.",
        experienced_at=completed_order.completed_at,
        publish_due_at=completed_order.reviewable_until,
        published_at=completed_order.completed_at,
    )
    Offer.objects.filter(pk=offer.pk).update(rating_count=1, rating_sum=4)
    return review


CHANGES = {
    "the promise": (
        lambda offer: Offer.objects.filter(pk=offer.pk),
        {"description": "Tout neuf."},
        "Tout neuf.",
    ),
    "the price": (lambda offer: Offer.objects.filter(pk=offer.pk), {"price_cents": 987_00}, "€987"),
    "an add-on": (lambda offer: AddOn.objects.filter(offer=offer), {"title": "Tout neuf"}, "Tout neuf"),
    "what is needed": (
        lambda offer: Requirement.objects.filter(offer=offer),
        {"label": "Tout neuf"},
        "Tout neuf",
    ),
    "the category": (
        lambda offer: Category.objects.filter(pk=offer.category_id),
        {"name_en": "All new"},
        "All new",
    ),
    "the expert's name": (
        lambda offer: User.objects.filter(pk=offer.expert_id),
        {"last_name": "Neuve"},
        "Neuve",
    ),
    "the expert's profile": (lambda offer: offer.expert_profiles, {"headline": "Toute neuve"}, "Toute neuve"),
    "whether orders are taken": (
        lambda offer: offer.expert_profiles,
        {"availability": "closed"},
        "The expert takes no new order at the moment.",
    ),
    "a review": (lambda offer: Review.objects.filter(offer=offer), {"comment": "Tout neuf."}, "Tout neuf."),
    "an answer": (
        lambda offer: Review.objects.filter(offer=offer),
        {"reply": "Merci à vous.", "replied_at": clock.now()},
        "Merci à vous.",
    ),
    "a review's author": (lambda offer: User.objects.filter(is_buyer=True), {"last_name": "Neuf"}, "Neuf"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_is_read_at_once(read, offer, reviewed, what):
    rows, change, words = CHANGES[what]
    offer.expert_profiles = ExpertProfile.objects.filter(user=offer.expert)
    Requirement.objects.create(offer=offer, label="Vos trois derniers bilans comptables")
    before = read()
    assert words not in before
    assert read() == before

    assert rows(offer).update(**change)

    assert words in read()


def test_a_picture_and_an_absence_are_seen_at_once(read, offer):
    before = read()
    assert "away until" not in before

    image = OfferImage(offer=offer, alt="Une page du plan", rights_confirmed_at=clock.now())
    image.image.save("cover.webp", factories.an_image(), save=False)
    image.thumbnail.save("cover.webp", factories.an_image(), save=False)
    image.width, image.height = 60, 40
    image.save()
    assert "Une page du plan" in read()

    TimeOff.objects.create(expert=offer.expert, starts_on=clock.today(), ends_on=clock.today())
    assert "away until" in read()


def test_nobody_reads_the_page_of_another(
    client, client_of, address, offer, buyer, expert, stranger, reviewed
):
    url = address("offer", offer.pk, offer.slug)
    client.get(url)

    assert "Report this review" in client_of(stranger).get(url).content.decode()
    assert "Report this review" not in client_of(buyer).get(url).content.decode()  # who wrote it
    assert "Edit this offer" in client_of(expert).get(url).content.decode()
    seen = client.get(url).content.decode()
    assert "Edit this offer" not in seen
    assert "Sign in to keep" in seen
    assert "Sign in to keep" not in client_of(stranger).get(url).content.decode()


def test_the_present_day_is_part_of_what_is_kept(read, offer):
    TimeOff.objects.create(expert=offer.expert, starts_on=clock.today(), ends_on=clock.today())
    assert "away until" in read()

    with clock.at(clock.now() + timedelta(days=1)):
        assert "away until" not in read()


# --- What a process holds for two seconds ---------------------------------------------------------------------------


@pytest.fixture
def moment(settings, monkeypatch):
    """The clock of what is held, in seconds; nothing is held before and after."""
    settings.NEAR_SECONDS = 2
    now = [100.0]
    monkeypatch.setattr(near.time, "monotonic", lambda: now[0])
    near.forget()
    yield now
    near.forget()


def test_visitors_read_an_offer_at_most_two_seconds_late(read, offer, moment, django_assert_num_queries):
    read()
    Offer.objects.filter(pk=offer.pk).update(title="Tout neuf", status=Offer.Status.PAUSED)

    with django_assert_num_queries(0):
        assert "Tout neuf" not in read()
    moment[0] += 2.1

    assert "Tout neuf" in read()
    assert "This offer is paused." in read()


def test_its_expert_and_the_team_read_it_at_once(read, client, staff, offer, moment):
    read()
    Offer.objects.filter(pk=offer.pk).update(title="Tout neuf")

    client.force_login(staff)
    assert "Tout neuf" in read()
    client.force_login(offer.expert)
    assert "Tout neuf" in read()


def test_what_its_expert_reads_of_a_draft_is_held_for_nobody(client, address, offer, moment):
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.DRAFT)
    page = address("offer", offer.pk, offer.slug)
    client.force_login(offer.expert)
    assert client.get(page).status_code == 200

    client.logout()
    assert client.get(page).status_code == 404
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.PUBLISHED)
    assert client.get(page).status_code == 200, "that an offer is not there is never held"


def test_hearts_are_each_persons_own_on_a_page_that_is_held(read, client, offer, buyer, moment):
    pressed = 'aria-pressed="true"'
    client.force_login(buyer)
    assert pressed not in read()

    keeping.toggle(buyer, offer=offer)
    assert pressed in read()

    client.logout()
    assert pressed not in read()
