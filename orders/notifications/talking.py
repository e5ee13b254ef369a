"""A message in the order's conversation."""

from typing import Any

from orders.models import OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind


@tells(Kind.MESSAGE)
def message(event: OrderEvent, params: dict[str, Any]) -> Told:
    order = event.order
    said = (
        order.conversation.messages.select_related("author").filter(pk=event.data.get("message_id")).first()
    )
    if said:
        told = params | {"author": said.author.display_name, "excerpt": said.body[:140] or "…"}
        yield (order.buyer if said.author_id == order.expert_id else order.expert), "message_received", told
