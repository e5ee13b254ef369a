"""The demo stories: clients, orders in every state and the reviews that make up the ratings.

`BUYERS`, `STORIES` and `REVIEWS` are tuples of the classes of `stories.model` and `stories.reviews`.
"""

from marketplace.demo.stories import (
    orders_agreed,
    orders_completed,
    orders_delivered,
    orders_disputed,
    orders_open,
    orders_reworked,
    orders_turning,
)
from marketplace.demo.stories.buyers import BUYERS, BY_KEY, DEMO_BUYER, DEMO_EXPERT, DEMO_STAFF
from marketplace.demo.stories.model import Buyer, Delivery, Dispute, Message, Review, Revision, Story, Turn
from marketplace.demo.stories.reviews import REVIEWS, ShortReview

STORIES: tuple[Story, ...] = (
    *orders_open.STORIES,
    *orders_turning.STORIES,
    *orders_agreed.STORIES,
    *orders_delivered.STORIES,
    *orders_disputed.STORIES,
    *orders_completed.STORIES,
    *orders_reworked.STORIES,
)

__all__ = [
    "BUYERS",
    "BY_KEY",
    "DEMO_BUYER",
    "DEMO_EXPERT",
    "DEMO_STAFF",
    "REVIEWS",
    "STORIES",
    "Buyer",
    "Delivery",
    "Dispute",
    "Message",
    "Review",
    "Revision",
    "ShortReview",
    "Story",
    "Turn",
]
