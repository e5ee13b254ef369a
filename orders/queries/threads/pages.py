"""Which messages a page shows, and where the earlier ones begin."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from messaging.models import Message
from orders.models import Order

PAGE = 50
"""Messages shown at once."""


@dataclass(frozen=True)
class Window:
    """The messages a page shows, oldest first, and where the earlier ones begin."""

    messages: list[Message]
    before: str = ""
    """Public id of the oldest message shown, when there are earlier ones."""
    since: datetime | None = None
    """The moment of the oldest one, when there are earlier ones: events before it wait for their page."""
    until: datetime | None = None
    """The moment this page stops at, when it is not the latest."""


def window(order: Order, *, before: str = "") -> Window:
    """The latest messages of an order, or those before a given one. Two queries, whatever their number."""
    return window_of(order.conversation_id, before=before)


def window_of(conversation_id: int, *, before: str = "") -> Window:
    """The latest messages of any conversation, or those before a given one."""
    messages = Message.objects.filter(conversation_id=conversation_id)
    until = None
    if before:
        edge = messages.filter(public_id=before).values_list("created_at", "pk").first()
        if edge is None:
            return Window([])
        until = edge[0]
        messages = messages.filter(Q(created_at__lt=edge[0]) | Q(created_at=edge[0], pk__lt=edge[1]))
    latest = list(
        messages.select_related("author")
        .prefetch_related("attachments")
        .order_by("-created_at", "-pk")[: PAGE + 1]
    )
    shown = latest[:PAGE][::-1]
    more = len(latest) > PAGE
    return Window(
        shown,
        before=str(shown[0].public_id) if more else "",
        since=shown[0].created_at if more else None,
        until=until,
    )
