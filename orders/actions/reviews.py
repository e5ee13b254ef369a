"""What both parties say of each other afterwards: written blind, published together, answered once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import BuyerProfile, ExpertProfile, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders.models import Order, OrderEvent, Review
from orders.outbox import record


@transaction.atomic
def leave_review(order: Order, *, author: User, rating: int, comment: str) -> Review:
    """Keep what one party thought of the other, once, until both have written or the time to do so is over.

    The second of the two publishes both. Raises ``Refusal`` outside the review window of a completed or resolved
    order, to a stranger, and to whoever has already written.
    """
    order = order.locked()
    if author.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the two parties of an order review it."))
    ended_at, until = order.ended_at, order.reviewable_until
    if ended_at is None or until is None:
        raise Refusal(_("An order can be reviewed once it is completed."))
    now = clock.now()
    if now >= until:
        raise Refusal(_("The time to review this order has passed."))
    if order.reviews.filter(author=author).exists():
        raise Refusal(_("You have already reviewed this order."))
    by_buyer = author.pk == order.buyer_id
    review = Review.objects.create(
        order=order,
        offer=order.offer,
        author=author,
        subject=order.expert if by_buyer else order.buyer,
        about=Review.About.EXPERT if by_buyer else Review.About.BUYER,
        rating=rating,
        comment=comment.strip(),
        experienced_at=ended_at,
        created_at=now,
        publish_due_at=until,
    )
    first = not order.reviews.exclude(pk=review.pk).exists()
    record(order, OrderEvent.Kind.REVIEWED, actor=author, first=first, closes_at=until.isoformat())
    if not first:
        _publish(order)
        review.refresh_from_db()
    return review


@transaction.atomic
def change_review(order: Order, *, author: User, rating: int, comment: str) -> Review:
    """Let an author write it better, while nobody has read it and within the days allowed for it."""
    order = order.locked()
    review = order.reviews.filter(author=author).first()
    if review is None or not review.is_changeable:
        raise Refusal(_("This review can no longer be changed."))
    if (review.rating, review.comment) != (rating, comment.strip()):
        review.rating, review.comment, review.changed_at = rating, comment.strip(), clock.now()
        review.save(update_fields=["rating", "comment", "changed_at"])
        record(order, OrderEvent.Kind.REVIEW_CHANGED, actor=author)
    return review


@transaction.atomic
def publish_reviews(order: Order) -> int:
    """Publish what was written once the time of the other side is over. Running twice changes nothing."""
    order = order.locked()
    due = Review.objects.due(clock.now()).filter(order=order)
    return _publish(order) if due.exists() else 0


@transaction.atomic
def answer_review(order: Order, *, actor: User, text: str) -> Review:
    """Let the reviewed party answer in public, once, under what was said of them."""
    order = order.locked()
    review = Review.objects.published().filter(order=order, subject=actor).first()
    if review is None:
        raise Refusal(_("There is no published review of you to answer here."))
    if review.replied_at is not None:
        raise Refusal(_("You have already answered this review."))
    if not text.strip():
        raise Refusal(_("Write your answer before you publish it."))
    review.reply, review.replied_at = text.strip(), clock.now()
    review.save(update_fields=["reply", "replied_at"])
    record(order, OrderEvent.Kind.REVIEW_ANSWERED, actor=actor)
    return review


@transaction.atomic
def hide_review(review: Review, *, actor: User, reason: str) -> Review:
    """Take a review that breaks the rules off every page and out of the averages.

    Its author reads the reason, as Code de la consommation, art. L. 111-7-2, asks of whoever refuses a review.
    Raises ``Refusal`` to whoever is not staff or is concerned, without a reason, and for a review nobody can read.
    """
    review = _judged(review, actor, reason)
    if not review.is_read:
        raise Refusal(_("Nobody can read this review: there is nothing to take off."))
    return _move(review, OrderEvent.Kind.REVIEW_HIDDEN, actor, reason, hidden_at=clock.now(), times=-1)


@transaction.atomic
def show_review(review: Review, *, actor: User, reason: str) -> Review:
    """Put back a review that was taken off; its author is told why. Raises ``Refusal`` as ``hide_review`` does."""
    review = _judged(review, actor, reason)
    if review.hidden_at is None:
        raise Refusal(_("This review was not taken off."))
    return _move(review, OrderEvent.Kind.REVIEW_SHOWN, actor, reason, hidden_at=None, times=1)


def _judged(review: Review, actor: User, reason: str) -> Review:
    """The review as it is under its order's lock, for somebody of the team who has a reason."""
    order = review.order.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if actor.pk in (order.buyer_id, order.expert_id):
        raise Refusal(_("Somebody else must judge this: it concerns you."))
    if not reason.strip():
        raise Refusal(_("Give a reason: its author will read it."))
    found: Review = order.reviews.get(pk=review.pk)
    found.order = order
    return found


def _move(
    review: Review, kind: str, actor: User, reason: str, *, hidden_at: datetime | None, times: int
) -> Review:
    """Take a review off or put it back: on the pages, in the averages, and in what is recorded."""
    reason = reason.strip()
    review.hidden_at, review.hidden_reason = hidden_at, reason if hidden_at else ""
    review.save(update_fields=["hidden_at", "hidden_reason"])
    _count(review, times)
    record(review.order, kind, actor=actor, about=review.about, reason=reason)
    return review


def _publish(order: Order) -> int:
    """Publish every waiting review of a locked order and count each in the averages it belongs to, once."""
    waiting = list(Review.objects.waiting().filter(order=order).order_by("pk"))
    for review in waiting:
        review.published_at = clock.now()
        review.save(update_fields=["published_at"])
        _count(review)
        record(
            order,
            OrderEvent.Kind.REVIEW_PUBLISHED,
            about=review.about,
            rating=review.rating,
            together=len(waiting) > 1,
        )
    return len(waiting)


def _count(review: Review, times: int = 1) -> None:
    """Add a review to the averages it belongs to, or take it out of them with ``-1``."""
    more = {
        "rating_sum": F("rating_sum") + times * review.rating,
        "rating_count": F("rating_count") + times,
    }
    if review.about == Review.About.BUYER:
        BuyerProfile.objects.filter(user=review.subject_id).update(**more)
        return
    Offer.objects.filter(pk=review.offer_id).update(**more)
    ExpertProfile.objects.filter(user=review.subject_id).update(**more)
