"""Which messages a page shows, and where the earlier ones begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet

from accounts.models import User
from marketplace.kernel.compiled import Compiled
from marketplace.kernel.whole_rows import made, whole_rows
from messaging.models import Attachment, Message
from orders.models import Order

PAGE = 50
"""Messages shown at once."""


@dataclass(frozen=True)
class Window:
    """The messages a page shows, oldest first, each with its files as ``sent``, and where the earlier ones begin."""

    messages: list[Message]
    before: str = ""
    """Public id of the oldest message shown, when there are earlier ones."""
    since: datetime | None = None
    """The moment of the oldest one, when there are earlier ones: events before it wait for their page."""
    until: datetime | None = None
    """The moment this page stops at, when it is not the latest."""


def _shown(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The latest of some messages and one more, with their files as ``sent_rows``."""
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk")
    return messages.annotate(sent_rows=whole_rows(files)).order_by("-created_at", "-pk")[: PAGE + 1]


_LATEST = Compiled(lambda pk: _shown(Message.objects.filter(conversation_id=pk)))


def window(order: Order, *, before: str = "") -> Window:
    """The latest messages of an order, or those before a given one. One query, two where somebody else wrote some."""
    return window_of(order.conversation_id, [order.buyer, order.expert], before=before)


def window_of(conversation_id: int, known: Iterable[User], *, before: str = "") -> Window:
    """The latest messages of any conversation, or those before a given one. ``known``: likely authors, read already."""
    until = None
    if not before:
        latest = _LATEST.all(conversation_id)
    else:
        messages = Message.objects.filter(conversation_id=conversation_id)
        edge = messages.filter(public_id=before).values_list("created_at", "pk").first()
        if edge is None:
            return Window([])
        until = edge[0]
        earlier = Q(created_at__lt=edge[0]) | Q(created_at=edge[0], pk__lt=edge[1])
        latest = list(_shown(messages.filter(earlier)))
    for message in latest:
        message.sent = made(Attachment, message.sent_rows)
    _name(latest, known)
    shown = latest[:PAGE][::-1]
    more = len(latest) > PAGE
    return Window(
        shown,
        before=str(shown[0].public_id) if more else "",
        since=shown[0].created_at if more else None,
        until=until,
    )


def _name(messages: list[Message], known: Iterable[User]) -> None:
    """Give each message its author: whoever is known, and the others in one query."""
    people = {user.pk: user for user in known}
    others = {message.author_id for message in messages} - people.keys()
    people |= User.objects.in_bulk(others) if others else {}
    for message in messages:
        message.author = people[message.author_id]
