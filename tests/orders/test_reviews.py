"""Reviews both ways: written blind, published together or when the time is over, counted once, answered once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import BuyerProfile, ExpertProfile
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from offers.models import Offer
from orders import actions, notifications, queries, tasks
from orders.models import OrderEvent, Review

Kind = OrderEvent.Kind


def averages(order) -> tuple[float | None, float | None, float | None]:
    """Of the offer, of the expert, of the buyer."""
    return (
        Offer.objects.get(pk=order.offer_id).rating_avg,
        ExpertProfile.objects.get(user=order.expert_id).rating_avg,
        BuyerProfile.objects.get(user=order.buyer_id).rating_avg,
    )


def told(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def announce_all(order) -> None:
    for event in order.events.filter(announced_at=None):
        notifications.announce(event.pk)


def after(order, **delay):
    return time_machine.travel(order.ended_at + timedelta(**delay), tick=False)


@pytest.fixture
def resolved_order(delivered_order, staff):
    order = actions.open_dispute(delivered_order, actor=delivered_order.buyer)
    return actions.settle(order, actor=staff, refund_cents=40_00, reason="Une part est utilisable.")


# --- Blind, then together ---


# B19
def test_a_lone_review_is_read_by_its_author_alone(
    client, client_of, completed_order, lone_review, buyer, expert, staff
):
    room = completed_order.get_absolute_url()

    assert lone_review.published_at is None
    assert "Clair et précis." in client_of(buyer).get(room).content.decode()
    assert "Clair et précis." in client_of(staff).get(room).content.decode()
    assert "Clair et précis." not in client_of(expert).get(room).content.decode()
    for page in (completed_order.offer.get_absolute_url(), expert.expert_profile.get_absolute_url()):
        assert "Clair et précis." not in client.get(page).content.decode()
    assert averages(completed_order) == (None, None, None)


def test_nothing_tells_the_other_side_what_was_written(completed_order, lone_review, expert):
    announce_all(completed_order)

    event = completed_order.events.get(kind=Kind.REVIEWED)
    assert "rating" not in event.data
    assert "comment" not in event.data
    notice = Notification.objects.get(user=expert, kind="review_awaited")
    assert "4" not in str(notice.params.get("rating", ""))
    assert queries.room(queries.room_orders(expert).get(), expert).reviews.other_wrote


def test_the_second_review_publishes_both(client, both_reviews, lone_review):
    lone_review.refresh_from_db()

    assert Review.objects.published().count() == 2
    assert lone_review.published_at is not None
    assert averages(both_reviews) == (4.0, 4.0, 5.0)
    page = client.get(both_reviews.offer.get_absolute_url()).content.decode()
    assert "Clair et précis." in page
    assert "Des consignes nettes." not in page, "what experts say of buyers is not public"


def test_what_experts_say_counts_for_the_buyer_alone(both_reviews):
    offer = Offer.objects.get(pk=both_reviews.offer_id)
    profile = ExpertProfile.objects.get(user=both_reviews.expert_id)
    buyer = BuyerProfile.objects.get(user=both_reviews.buyer_id)

    assert (offer.rating_sum, offer.rating_count) == (4, 1)
    assert (profile.rating_sum, profile.rating_count) == (4, 1)
    assert (buyer.rating_sum, buyer.rating_count) == (5, 1)


def test_the_expert_sees_the_buyer_s_average_on_the_order(client_of, both_reviews, expert):
    words = "from the experts of past orders"

    client = client_of(expert)
    assert words in client.get(f"/en{both_reviews.get_absolute_url()}").content.decode()


# B19
def test_the_window_publishes_a_lone_review(completed_order, lone_review):
    with after(completed_order, days=29, hours=23):
        assert tasks.publish_reviews() == 0
    with after(completed_order, days=30):
        assert tasks.publish_reviews() == 1
        assert tasks.publish_reviews() == 0

    lone_review.refresh_from_db()
    assert lone_review.is_published
    assert averages(completed_order) == (4.0, 4.0, None)


def test_publishing_twice_counts_once(both_reviews):
    with after(both_reviews, days=31):
        actions.publish_reviews(both_reviews)
        tasks.publish_reviews()

    assert Offer.objects.get(pk=both_reviews.offer_id).rating_count == 1
    assert both_reviews.events.filter(kind=Kind.REVIEW_PUBLISHED).count() == 2


def test_publishing_before_the_time_changes_nothing(completed_order, lone_review):
    assert actions.publish_reviews(completed_order) == 0

    lone_review.refresh_from_db()
    assert not lone_review.is_published


# --- Who, when, how often ---


def test_a_review_is_left_once_by_each(both_reviews, buyer, expert):
    for person in (buyer, expert):
        with pytest.raises(Refusal):
            actions.leave_review(both_reviews, author=person, rating=1, comment="")

    assert Review.objects.count() == 2


def test_strangers_and_staff_review_nothing(completed_order, stranger, staff):
    for person in (stranger, staff):
        with pytest.raises(Refusal):
            actions.leave_review(completed_order, author=person, rating=5, comment="")

    assert not Review.objects.exists()


def test_an_order_settled_by_a_ruling_is_reviewed_too(resolved_order, buyer, expert):
    actions.leave_review(resolved_order, author=expert, rating=2, comment="")
    review = actions.leave_review(resolved_order, author=buyer, rating=3, comment="")

    assert review.is_published
    assert review.experienced_at == resolved_order.resolved_at


@pytest.mark.parametrize("state", ["placed_order", "active_order", "started_order", "delivered_order"])
def test_nothing_is_reviewed_before_the_end(request, state):
    order = request.getfixturevalue(state)

    for person in (order.buyer, order.expert):
        with pytest.raises(Refusal):
            actions.leave_review(order, author=person, rating=5, comment="")


def test_a_cancelled_order_is_not_reviewed(active_order):
    order = actions.decline(active_order, actor=active_order.expert, reason="Je suis en congé.")

    for person in (order.buyer, order.expert):
        with pytest.raises(Refusal):
            actions.leave_review(order, author=person, rating=1, comment="")
    assert "review" not in queries.allowed(order, "buyer") | queries.allowed(order, "expert")


def test_nothing_is_reviewed_after_the_window(completed_order, buyer):
    with after(completed_order, days=30):
        with pytest.raises(Refusal):
            actions.leave_review(completed_order, author=buyer, rating=5, comment="")
        assert "review" not in queries.allowed(completed_order, "buyer")
    with after(completed_order, days=29, hours=23):
        actions.leave_review(completed_order, author=buyer, rating=5, comment="")


def test_the_rating_has_one_to_five_stars(completed_order, buyer):
    for rating in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.leave_review(completed_order, author=buyer, rating=rating, comment="")


# --- Changing ---


def test_an_author_changes_what_nobody_has_read(completed_order, lone_review, buyer):
    actions.change_review(completed_order, author=buyer, rating=2, comment="Trop long.")

    lone_review.refresh_from_db()
    assert (lone_review.rating, lone_review.comment) == (2, "Trop long.")
    assert lone_review.changed_at is not None
    assert not lone_review.is_published
    with after(completed_order, days=30):
        tasks.publish_reviews()
    assert averages(completed_order)[0] == 2.0


def test_a_published_review_stands(both_reviews, buyer, lone_review):
    with pytest.raises(Refusal):
        actions.change_review(both_reviews, author=buyer, rating=1, comment="Finalement non.")

    lone_review.refresh_from_db()
    assert lone_review.rating == 4


# B20
def test_a_review_changes_for_fourteen_days(completed_order, lone_review, buyer):
    with time_machine.travel(lone_review.created_at + timedelta(days=14), tick=False), pytest.raises(Refusal):
        actions.change_review(completed_order, author=buyer, rating=1, comment="")
    with time_machine.travel(lone_review.created_at + timedelta(days=13, hours=23), tick=False):
        actions.change_review(completed_order, author=buyer, rating=5, comment="")


def test_nobody_changes_another_s(completed_order, lone_review, expert, stranger):
    for person in (expert, stranger):
        with pytest.raises(Refusal):
            actions.change_review(completed_order, author=person, rating=1, comment="")


def test_what_was_changed_leaves_no_public_trace(client_of, completed_order, lone_review, buyer, expert):
    actions.change_review(completed_order, author=buyer, rating=1, comment="Ma seconde version.")
    actions.leave_review(completed_order, author=expert, rating=5, comment="")

    page = client_of(expert).get(completed_order.get_absolute_url()).content.decode()
    assert "Ma seconde version." in page
    assert "Clair et précis." not in page
    assert str(Kind.REVIEW_CHANGED.label) not in page


# --- Answering ---


# B20
def test_the_reviewed_party_answers_once_in_public(client, both_reviews, expert):
    actions.answer_review(both_reviews, actor=expert, text="Merci, à bientôt.")

    with pytest.raises(Refusal):
        actions.answer_review(both_reviews, actor=expert, text="Encore.")
    for page in (both_reviews.offer.get_absolute_url(), expert.expert_profile.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert "Merci, à bientôt." in shown
        assert "Encore." not in shown


def test_the_buyer_may_answer_too(client_of, both_reviews, buyer, expert):
    actions.answer_review(both_reviews, actor=buyer, text="Merci de votre patience.")

    assert (
        "Merci de votre patience." in client_of(expert).get(both_reviews.get_absolute_url()).content.decode()
    )


def test_nothing_unpublished_is_answered(completed_order, lone_review, expert, stranger):
    for person in (expert, stranger):
        with pytest.raises(Refusal):
            actions.answer_review(completed_order, actor=person, text="Non.")

    lone_review.refresh_from_db()
    assert lone_review.reply == ""


def test_an_empty_answer_is_refused_where_it_is_typed(client_of, both_reviews, expert):
    path = reverse("order_review_answer", args=[both_reviews.public_id])
    client = client_of(expert)

    refused = client.post(path, {"text": "  "})
    assert refused.status_code == 422
    assert 'id="id_text_error"' in refused.content.decode()
    assert client.post(path, {"text": "Merci."}).status_code == 302
    assert Review.objects.get(subject=expert).reply == "Merci."


# --- Words ---


def test_the_other_side_is_invited_to_write(completed_order, lone_review, buyer, expert):
    announce_all(completed_order)

    assert "review_awaited" in told(expert)
    assert not [kind for kind in told(buyer) if kind.startswith("review")]


def test_each_learns_of_the_review_received(both_reviews, buyer, expert):
    announce_all(both_reviews)
    actions.answer_review(both_reviews, actor=expert, text="Merci.")
    announce_all(both_reviews)

    assert told(expert).count("review_received") == 1
    assert [kind for kind in told(buyer) if kind.startswith("review")] == [
        "review_of_buyer",
        "review_answered",
    ]


def test_both_learn_of_a_review_the_window_published(completed_order, lone_review, buyer, expert):
    with after(completed_order, days=30):
        tasks.publish_reviews()
    announce_all(completed_order)

    assert "review_received" in told(expert)
    assert "review_published" in told(buyer)


# B20: a review that breaks the rules is taken off, for a reason its author reads (L. 111-7-2)


WHY = "Un nom de famille et une adresse y sont écrits."


def test_a_review_taken_off_leaves_pages_and_averages_and_its_author_reads_why(
    client, client_of, both_reviews, lone_review, buyer, expert, staff
):
    announce_all(both_reviews)
    before = len(told(expert))

    actions.hide_review(lone_review, actor=staff, reason=f" {WHY} ")

    assert averages(both_reviews) == (None, None, 5.0)
    for page in (both_reviews.offer.get_absolute_url(), expert.expert_profile.get_absolute_url()):
        assert "Clair et précis." not in client.get(page).content.decode()
    room = both_reviews.get_absolute_url()
    assert WHY in client_of(buyer).get(room).content.decode()
    seen = client_of(expert).get(room).content.decode()
    assert "Clair et précis." not in seen
    assert WHY not in seen
    announce_all(both_reviews)
    assert Notification.objects.get(user=buyer, kind="review_hidden").params["reason"] == WHY
    assert len(told(expert)) == before
    with pytest.raises(Refusal):
        actions.answer_review(both_reviews, actor=expert, text="Merci.")


def test_a_review_put_back_counts_again_and_everything_is_recorded(both_reviews, lone_review, staff, buyer):
    actions.hide_review(lone_review, actor=staff, reason=WHY)
    actions.show_review(lone_review, actor=staff, reason="Ce nom est celui de votre société.")

    assert averages(both_reviews) == (4.0, 4.0, 5.0)
    assert set(Review.objects.published()) == set(both_reviews.reviews.all())
    kinds = (Kind.REVIEW_HIDDEN, Kind.REVIEW_SHOWN)
    events = both_reviews.events.filter(kind__in=kinds)
    assert [(event.kind, event.actor_id) for event in events] == [(kind, staff.pk) for kind in kinds]
    announce_all(both_reviews)
    assert "review_shown" in told(buyer)


def test_only_staff_take_off_with_a_reason_what_everyone_reads(
    completed_order, lone_review, buyer, expert, stranger, staff
):
    with pytest.raises(Refusal):  # its author alone reads it so far
        actions.hide_review(lone_review, actor=staff, reason=WHY)
    actions.leave_review(completed_order, author=expert, rating=5, comment="")
    events = completed_order.events.count()
    for person, reason in ((buyer, WHY), (expert, WHY), (stranger, WHY), (staff, " ")):
        for act in (actions.hide_review, actions.show_review):
            with pytest.raises(Refusal):
                act(lone_review, actor=person, reason=reason)
    for party in (buyer, expert):  # staff judge no order of their own
        party.is_staff = True
        with pytest.raises(Refusal):
            actions.hide_review(lone_review, actor=party, reason=WHY)
    with pytest.raises(Refusal):
        actions.show_review(lone_review, actor=staff, reason=WHY)
    actions.hide_review(lone_review, actor=staff, reason=WHY)
    with pytest.raises(Refusal):
        actions.hide_review(lone_review, actor=staff, reason=WHY)
    with pytest.raises(Refusal):
        actions.show_review(lone_review, actor=party, reason=WHY)

    assert completed_order.events.count() == events + 1
    assert averages(completed_order) == (None, None, 5.0)


def test_the_index_serves_the_clock(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'due_review'")
        assert "WHERE (published_at IS NULL)" in cursor.fetchone()[0]
