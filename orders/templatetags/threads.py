"""Messages of a thread, drawn once.

What a message looks like depends on nothing but what it says, who wrote it and on which side its reader stands, so its HTML
is remembered under all of these: a thread of fifty costs fifty look-ups. Nothing has to be forgotten.
"""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from orders.queries.threads.lines import Entry, FileRow

register = template.Library()


class Author(NamedTuple):
    """What a message shows of its author."""

    pk: int
    display_name: str
    initials: str
    avatar_url: str


class Line(NamedTuple):
    """What ``components/message.html`` reads."""

    author: Author | None
    own: bool
    sent_at: datetime
    text: str
    files: tuple[FileRow, ...]
    label: str
    read: bool
    warning: str
    anchor: str


@lru_cache(maxsize=1024)
def _drawn(line: Line, language: str | None) -> str:
    return get_template("components/message.html").render(line._asdict())


@register.simple_tag
def message_line(entry: Entry) -> SafeString:
    """One message of a thread."""
    by = entry.author
    line = Line(
        author=Author(by.pk, by.display_name, by.initials, by.avatar_url) if by else None,
        own=entry.own,
        sent_at=entry.at,
        text=entry.text,
        files=tuple(entry.files),
        label=str(entry.label),
        read=entry.own and entry.read,
        warning=str(entry.warning),
        anchor=entry.anchor,
    )
    return mark_safe(_drawn(line, get_language()))
