"""Messages and events woven into one thread, with its days."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from marketplace.kernel.contact_details import Found
from messaging.models import Attachment, Message
from orders.models import Order, OrderEvent, RevisionRequest
from orders.queries.threads.events import event_entry
from orders.queries.threads.kinds import is_shown
from orders.queries.threads.lines import Entry, FileRow, file_rows
from orders.queries.threads.pages import Window


def entries(
    order: Order,
    side: str,
    reader: User,
    window: Window,
    events: Sequence[OrderEvent],
    *,
    files_of: dict[int, list[FileRow]],
    requests: dict[int, RevisionRequest],
    read_until: datetime | None,
) -> list[Entry]:
    """Weave messages and events into one thread with its days. ``read_until``: how far the other side has read."""
    lines = [_message(message, reader, side) for message in window.messages]
    for event in events:
        if not is_shown(event, order, side):
            continue
        if (window.since and event.created_at < window.since) or (
            window.until and event.created_at > window.until
        ):
            continue
        lines.append(event_entry(event, order, side, files_of, requests))
    lines.sort(key=lambda line: (line.at, line.kind))
    return _with_days(_mark_read(lines, read_until))


def message_entries(
    window: Window, reader: User, side: str, *, read_until: datetime | None = None
) -> list[Entry]:
    """A thread of messages alone, with its days."""
    return _with_days(_mark_read([_message(item, reader, side) for item in window.messages], read_until))


def _kind_warning(kinds: Sequence[str]) -> str:
    """What a writer is told of contact details in their message: what was seen, and what it puts at risk."""
    seen = get_text_list([str(Found(kind).label) for kind in kinds], pgettext("last of a list", "and"))
    return _(
        "Your message seems to hold %(seen)s. It was sent as you wrote it; only exchanges and payments made here "
        "are protected."
    ) % {"seen": seen}


def _warning(message: Message, reader: User, side: str) -> str:
    if message.contact_details and side == "staff":
        return _("Contact details: %(seen)s.") % {
            "seen": ", ".join(str(Found(kind).label) for kind in message.contact_details)
        }
    if message.contact_details and message.author_id == reader.pk:
        return _kind_warning(message.contact_details)
    return ""


def _message(message: Message, reader: User, side: str) -> Entry:
    sent: list[Attachment] | None = getattr(message, "sent", None)
    return Entry(
        kind="message",
        at=message.created_at,
        author=message.author,
        own=message.author_id == reader.pk,
        warning=_warning(message, reader, side),
        text=message.body,
        label=_("Opening message") if message.kind == Message.Kind.OPENING else "",
        files=file_rows(message.attachments.all() if sent is None else sent),
        anchor=str(message.public_id),
    )


def _mark_read(lines: list[Entry], read_until: datetime | None) -> list[Entry]:
    """Say "Read" once, under the last of one's own messages that the other side has seen."""
    if read_until is None:
        return lines
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.kind == "message" and line.own and line.at <= read_until:
            lines[index] = Entry(**{**line.__dict__, "read": True})
            break
    return lines


def _with_days(lines: list[Entry]) -> list[Entry]:
    woven: list[Entry] = []
    day = None
    for line in lines:
        local = timezone.localtime(line.at)
        if local.date() != day:
            day = local.date()
            woven.append(Entry(kind="day", at=line.at))
        woven.append(line)
    return woven
