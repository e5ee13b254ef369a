"""An order that ends otherwise than by acceptance: cancelled or settled."""

from typing import Any

from orders.models import Order, OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind
AGREED = {
    Order.CancelCause.AGREED: "order_cancelled_agreed",
    Order.CancelCause.SETTLED: "order_settled",
}
"""Causes both parties agreed to: whoever did not give the last word is told."""


@tells(Kind.CANCELLED)
def cancelled(event: OrderEvent, params: dict[str, Any]) -> Told:
    order, cause = event.order, event.data.get("cause")
    if cause == Order.CancelCause.LATE:
        yield order.buyer, "order_cancelled_refunded", params
        yield order.expert, "order_cancelled_late", params
    elif cause == Order.CancelCause.WITHDRAWN:
        yield order.buyer, "order_withdrawn_buyer", params  # what they declare is acknowledged (L221-21)
        yield order.expert, "order_withdrawn_expert", params
    elif cause == Order.CancelCause.CHARGED_BACK:
        return  # the word about the bank's decision says it
    elif cause in AGREED:
        for party in (order.buyer, order.expert):
            if event.actor_id != party.pk:
                yield party, AGREED[cause], params
    else:
        if event.data.get("refund_cents"):
            yield order.buyer, "order_cancelled_refunded", params
        elif event.actor_id != order.buyer_id:
            yield order.buyer, "order_cancelled", params
        if order.paid_at and event.actor_id != order.expert_id:
            yield order.expert, "order_cancelled", params
