"""What the parties say of each other once it is over."""

from typing import Any

from orders.models import OrderEvent, Review
from orders.notifications.telling import Told, other_side, silent, tells

Kind = OrderEvent.Kind

silent(Kind.REVIEW_CHANGED, "nobody has read the review yet: what its author changes is theirs")


@tells(Kind.REVIEWED)
def reviewed(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.data.get("first"):  # the second one publishes both, which is told as such
        yield other_side(event), "review_awaited", params


@tells(Kind.REVIEW_PUBLISHED)
def review_published(event: OrderEvent, params: dict[str, Any]) -> Told:
    order, alone = event.order, not event.data.get("together")
    if event.data.get("about") == Review.About.EXPERT:
        yield order.expert, "review_received", params
        if alone:
            yield order.buyer, "review_published", params
    else:
        yield order.buyer, "review_of_buyer", params
        if alone:
            yield order.expert, "review_published", params


@tells(Kind.REVIEW_ANSWERED)
def review_answered(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "review_answered", params


@tells(Kind.REVIEW_HIDDEN)
def review_hidden(event: OrderEvent, params: dict[str, Any]) -> Told:
    """Its author alone: whoever it is about finds it on the pages, or no longer."""
    if event.data.get("about") == Review.About.EXPERT:
        yield event.order.buyer, "review_hidden", params
    else:
        yield event.order.expert, "review_hidden", params


@tells(Kind.REVIEW_SHOWN)
def review_shown(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.data.get("about") == Review.About.EXPERT:
        yield event.order.buyer, "review_shown", params
    else:
        yield event.order.expert, "review_shown", params
