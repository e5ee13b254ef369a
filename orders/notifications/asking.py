"""What one party asks the other on the way: a later date, a cancellation, a settlement."""

from typing import Any

from orders.models import OrderEvent
from orders.notifications.telling import Told, other_side, tells

Kind = OrderEvent.Kind

REFUSED = {
    "extension": "extension_refused",
    "cancellation": "cancellation_refused",
    "settlement": "settlement_refused",
}


@tells(Kind.EXTENSION_PROPOSED)
def extension_proposed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "extension_proposed", params


@tells(Kind.EXTENSION_AGREED)
def extension_agreed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "extension_agreed", params


@tells(Kind.CANCEL_REQUESTED)
def cancel_requested(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "cancel_requested", params


@tells(Kind.SETTLEMENT_PROPOSED)
def settlement_proposed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "settlement_proposed", params


@tells(Kind.CHANGE_REFUSED)
def change_refused(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), REFUSED[event.data["change"]], params


@tells(Kind.CHANGE_WITHDRAWN)
def change_withdrawn(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "request_withdrawn", params


@tells(Kind.CHANGE_EXPIRED)
def change_expired(event: OrderEvent, params: dict[str, Any]) -> Told:
    order = event.order
    asker, quiet = (order.expert, order.buyer) if event.data.get("by_expert") else (order.buyer, order.expert)
    late = event.data.get("change") == "extension"
    yield asker, "extension_expired" if late else "request_expired", params
    yield quiet, "request_lapsed", params
