"""Reads across this app's models."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat

from accounts.companies import seated
from accounts.models import User
from marketplace.kernel.compiled import Compiled
from messaging import words
from messaging.models import ContactRequest, Conversation, Message, Notification, Participant


@dataclass(frozen=True)
class Unread:
    """How much waits unread for a person: messages from others, and notifications."""

    messages: int = 0
    notifications: int = 0


def unread(user: User) -> Unread:
    """What the header of every page counts, in one query."""
    rows = list(_counts(user)) if user.company_id else _COUNTS.rows(user.pk)
    return Unread(*rows[0]) if rows else Unread()


def counts(user: User) -> tuple[Coalesce, Coalesce]:
    """What ``Unread`` holds of a person, as columns of a query of people."""
    messages = _unseen(user).order_by().values("conversation__participants__user")
    notifications = Notification.objects.filter(user=user).unread().order_by().values("user")
    return _counted(messages), _counted(notifications)


def _counted(rows: "QuerySet[Any, Any]") -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def _counts(user: User) -> "QuerySet[User, tuple[int, int]]":
    return User.objects.filter(pk=user.pk).values_list(*counts(user))


_COUNTS = Compiled(lambda pk: _counts(User(pk=pk)))


def unread_messages(user: User) -> int:
    """How many messages from others a person has not seen."""
    return _unseen(user).count()


def _unseen(user: User) -> QuerySet[Message]:
    unseen = Q(conversation__participants__last_read_at=None) | Q(
        created_at__gt=F("conversation__participants__last_read_at")
    )
    # One filter: two would join the places twice, and count what the others have not read.
    return Message.objects.filter(seated(user, "conversation__participants__") & unseen).exclude(author=user)


@dataclass(frozen=True)
class InboxRow:
    """One conversation of a list: with whom, about what, the last word, and whether it was read."""

    conversation: Conversation
    other: User
    last: Message | None
    last_is_mine: bool
    unread: int


def inbox(user: User, *, q: str = "", unread_only: bool = False) -> QuerySet[Conversation]:
    """Someone's conversations in which something was said, the latest first."""
    found = Conversation.objects.of(user).filter(last_message_at__isnull=False).with_unread_for(user)
    if unread_only:
        found = found.filter(unread__gt=0)  # type: ignore[misc]  # an annotation
    if q:
        others = Participant.objects.filter(conversation=OuterRef("pk")).exclude(user=user)
        said = Message.objects.filter(conversation=OuterRef("pk"), body__icontains=q)
        named = others.annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
        matching = Q(subject__icontains=q) | Exists(named.filter(name__icontains=q)) | Exists(said)
        if number := re.fullmatch(r"\s*(?:J-?)?(\d{1,9})\s*", q, re.ASCII | re.IGNORECASE):
            matching |= Q(order__number=int(number[1]))
        found = found.filter(matching)
    # `order` is how orders point at their conversation; a thread of neither an order nor a contact has no page.
    return (
        found.filter(Q(order__isnull=False) | Q(contact__isnull=False))
        .select_related("order", "contact")
        .prefetch_related(Prefetch("participants", Participant.objects.select_related("user").order_by("pk")))
        .order_by("-last_message_at", "-pk")
    )


def inbox_rows(conversations: Iterable[Conversation], user: User) -> list[InboxRow]:
    """Conversations ready for a list: one more query, whatever their number."""
    listed = list(conversations)
    last = {
        message.conversation_id: message
        for message in Message.objects.filter(conversation__in=listed)
        .order_by("conversation", "-created_at", "-pk")
        .distinct("conversation")
    }
    rows = []
    for conversation in listed:
        word = last.get(conversation.pk)
        rows.append(
            InboxRow(
                conversation=conversation,
                other=_opposite(list(conversation.participants.all()), user),
                last=word,
                last_is_mine=word is not None and word.author_id == user.pk,
                unread=conversation.unread,  # type: ignore[attr-defined]
            )
        )
    return rows


def _opposite(seats: list[Participant], user: User) -> User:
    """With whom a person talks: whoever of the other side sat down first, and no colleague of the same company."""
    mine = next((seat.for_company_id for seat in seats if seat.user_id == user.pk), None)
    others = (seat for seat in seats if seat.user_id != user.pk)
    return next((seat.user for seat in others if mine is None or seat.for_company_id != mine), user)


def unread_conversations(user: User) -> int:
    """How many conversations hold something a person has not seen."""
    return inbox(user, unread_only=True).count()


@dataclass(frozen=True)
class NotificationRow:
    """A notification in the reader's language."""

    notification: Notification
    said: words.Rendered
    icon: str


ICONS = {
    "extra": "circle-plus",
    "message": "message-square",
    "payment": "credit-card",
    "delivery": "circle-check",
    "brief": "clipboard-list",
    "refund": "undo-2",
    "reminder": "hourglass",
    "review": "star",
    "revision": "refresh-cw",
    "order_placed": "landmark",
    "order_paid": "credit-card",
    "order_started": "play",
    "order_delivered": "package-check",
    "order_cancelled": "ban",
    "order_disputed": "scale",
    "order_claimed": "scale",
    "claim_withdrawn": "undo-2",
    "order_resolved": "gavel",
    "dispute_answered": "scale",
    "dispute_withdrawn": "undo-2",
    "dispute_answer_due": "clock",
    "dispute_question": "message-square",
    "dispute_word": "message-square",
    "dispute_alarm": "scale",
    "order_relaunched": "gavel",
    "ruling_appealed": "scale",
    "appeal_decided": "gavel",
    "ruling_corrected": "gavel",
    "review_hidden": "shield-alert",
    "review_shown": "star",
    "acceptance": "calendar-clock",
    "amendment": "file-pen",
    "application": "user-check",
    "call": "phone",
    "cancel": "ban",
    "cancellation": "ban",
    "company": "building-2",
    "contact": "message-square",
    "counter": "handshake",
    "custom": "clipboard-list",
    "delivery_question": "message-circle-question",
    "document": "file-text",
    "extension": "calendar-clock",
    "instalment": "banknote",
    "invitation": "inbox",
    "item": "clipboard-list",
    "items": "clipboard-check",
    "mission": "briefcase",
    "order_settled": "handshake",
    "order_withdrawn": "undo-2",
    "pause": "play",
    "proposal": "handshake",
    "quote": "file-text",
    "report": "flag",
    "round": "refresh-cw",
    "settlement": "handshake",
    "suspension": "shield-alert",
    "version": "file-warning",
    "vigilance": "shield-check",
    "withdrawal": "banknote",
    "work": "play",
}
"""The picture of a notification, by the beginning of its kind."""


def icon_of(kind: str) -> str:
    parts = kind.split("_")
    beginnings = ("_".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((ICONS[beginning] for beginning in beginnings if beginning in ICONS), "bell")


def notification_rows(notifications: Iterable[Notification]) -> list[NotificationRow]:
    """Notifications with their words. No query."""
    return [
        NotificationRow(item, words.render(item.kind, item.params), icon_of(item.kind))
        for item in notifications
    ]


def exchanges_with_team(user: User) -> list[ContactRequest]:
    """The last five things a person asked our team while signed in, with what was answered."""
    return list(ContactRequest.objects.filter(user=user).prefetch_related("answers")[:5])
