"""What the tests of the order room share."""

from django.urls import reverse

from messaging.models import Message
from orders.models import Deliverable, Order, Review
from tests import factories

ACTS = [
    "order_start",
    "order_deliver",
    "order_revision",
    "order_acceptance",
    "order_cancel",
    "order_decline",
    "order_review",
    "order_brief",
    "order_message",
]
STATES = [
    "placed_order",
    "active_order",
    "started_order",
    "late_order",
    "delivered_order",
    "revised_order",
    "completed_order",
    "cancelled_order",
    "disputed_order",
    "resolved_order",
]


def act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def footprint(order: Order) -> tuple:
    """All that an act could have changed."""
    order = factories.fresh(order)
    return (
        order.state,
        order.brief,
        order.started_at,
        order.revision_round,
        order.events.count(),
        Deliverable.objects.filter(order=order).count(),
        Message.objects.filter(conversation=order.conversation).count(),
        Review.objects.filter(order=order).count(),
    )
