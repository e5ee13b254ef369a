"""The past of the demo world has published reviews, counted once, with the experts' written answers."""

import pytest

from marketplace.demo.stories import REVIEWS, STORIES
from marketplace.kernel import clock
from marketplace.seed import lives
from orders import timers
from orders.models import Order, Review, RightsDeed
from tests import factories


@pytest.fixture
def offers(expert, category):
    return {
        kind: factories.make_offer(expert, category=category, kind=kind, **terms)
        for kind, terms in (
            ("job", {}),
            ("call", {"call_minutes": 30}),
            ("question", {}),
        )
    }


def test_short_reviews_are_published_and_counted(monkeypatch, offers, expert):
    shelf = REVIEWS[0].category
    monkeypatch.setattr(lives, "REVIEWS", [review for review in REVIEWS if review.category == shelf][:10])

    assert lives.load_reviews(offers, {kind: (shelf, kind) for kind in offers}) == 10

    published = Review.objects.published()
    assert published.of_experts().count() == 10
    assert not Review.objects.waiting().exists()
    assert not published.filter(published_at__gt=clock.now()).exists()
    assert published.filter(about="buyer").count() == 9, "one was left to the clock"
    expert.expert_profile.refresh_from_db()
    assert expert.expert_profile.rating_count == 10


def test_the_clock_finds_nothing_late_in_a_fresh_world(monkeypatch, offers):
    shelf = REVIEWS[0].category
    monkeypatch.setattr(lives, "REVIEWS", [review for review in REVIEWS if review.category == shelf][:3])
    lives.load_reviews(offers, {kind: (shelf, kind) for kind in offers})

    assert lives.write_deeds() == 3

    assert [standing.timer.name for standing in timers.standings() if standing.is_late] == []
    for deed in RightsDeed.objects.select_related("order"):
        assert deed.made_at == deed.order.ended_at, "a deed bears the day of the acceptance"
    assert lives.write_deeds() == 0, "a second seed adds nothing"


def test_the_past_of_an_offer_that_is_full_today_is_written_too(monkeypatch, buyer, offers):
    monkeypatch.setattr(lives, "REVIEWS", [review for review in REVIEWS if review.kind == "job"][:1])
    offer = offers["job"]
    offer.queue_limit = 1
    offer.save()
    factories.pay(factories.place(buyer, offer))

    assert lives.load_reviews(offers, {kind: (REVIEWS[0].category, kind) for kind in offers}) == 1

    offer.refresh_from_db()
    assert offer.queue_limit == 1
    assert Review.objects.published().of_experts().count() == 1


def test_a_story_has_its_review_and_the_written_answer(monkeypatch, buyer, expert, staff, category):
    story = next(
        story for story in STORIES if story.review and story.review.reply and story.review.hours < 24 * 30
    )
    offer = factories.make_offer(
        expert, category=category, add_ons=tuple((f"Option {n}", 10_00, 0) for n in range(1, 6))
    )
    offer.revisions = 20
    offer.save()

    assert lives._live(story, offer, buyer, lambda: staff, clock.now())

    review = Review.objects.published().of_experts().get()
    assert (review.rating, review.reply) == (story.review.rating, story.review.reply)
    assert review.published_at <= review.replied_at <= clock.now()


def live(key, buyer, staff, offer) -> Order:
    story = next(story for story in STORIES if story.key == key)
    assert lives._live(story, offer, buyer, lambda: staff, clock.now())
    return Order.objects.get()


@pytest.fixture
def any_offer(expert, category):
    return factories.make_offer(
        expert, category=category, add_ons=tuple((f"Option {n}", 10_00, 0) for n in range(1, 6))
    )


def test_a_story_waits_for_an_item_and_another_has_its_revision_refused(buyer, staff, any_offer):
    order = live("canal-business-plan-en-pause", buyer, staff, any_offer)
    assert order.is_paused
    assert order.checklist.filter(supplied_at__isnull=False).count() == 1

    refused = next(story for story in STORIES if story.key == "lumen-revision-refusee")
    assert lives._live(refused, any_offer, buyer, lambda: staff, clock.now())
    order = Order.objects.latest("pk")
    assert order.state == "delivered"
    assert order.revision_requests.get().state == "refused"
    assert order.acceptance_due_at > clock.now()


def test_a_question_of_the_stories_waits_for_its_precision(buyer, expert, staff, category):
    offer = factories.make_offer(expert, category=category, kind="question", delivery_days=1)

    order = live("lumen-question-a-preciser", buyer, staff, offer)

    assert order.pauses.get().cause == "clarification"
    assert order.is_paused


def test_the_other_side_of_a_disputed_story_has_answered(buyer, staff, any_offer):
    story = next(story for story in STORIES if story.state == "disputed" and story.dispute.answer)

    order = live(story.key, buyer, staff, any_offer)

    dispute = order.disputes.get()
    assert dispute.answered_at is not None
    assert dispute.answer == story.dispute.answer
