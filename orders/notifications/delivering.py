"""From the start to the deliverable accepted, with the reminders on the way."""

from typing import Any

from orders.models import Order, OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind


@tells(Kind.BRIEF_COMPLETED)
def brief_completed(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.order.paid_at:  # before, the expert does not know of the order
        yield event.order.expert, "brief_completed", params


@tells(Kind.STARTED)
def started(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_started", params


@tells(Kind.DELIVERED)
def delivered(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_delivered", params


@tells(Kind.REVISION_REQUESTED)
def revision_requested(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "revision_requested", params


@tells(Kind.DELIVERY_ACCEPTED)
def accepted(event: OrderEvent, params: dict[str, Any]) -> Told:
    by_itself = event.data.get("automatic")
    yield event.order.expert, "delivery_accepted_expert", params
    yield event.order.buyer, "delivery_accepted_silently" if by_itself else "delivery_accepted_buyer", params


@tells(Kind.REMINDED)
def reminded(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.state == Order.State.PENDING_PAYMENT:
        yield event.order.buyer, "reminder_transfer", params
    elif event.state == Order.State.ACTIVE:
        yield event.order.expert, "reminder_start", params
    elif event.state == Order.State.DELIVERED:
        yield event.order.buyer, "reminder_acceptance", params
