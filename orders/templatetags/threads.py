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


@lru_cache(maxsize=1024)
def _drawn(
    author: Author | None,
    own: bool,
    sent_at: datetime,
    text: str,
    files: tuple[FileRow, ...],
    label: str,
    read: bool,
    warning: str,
    anchor: str,
    language: str | None,
) -> str:
    return get_template("components/message.html").render(
        {
            "author": author,
            "own": own,
            "sent_at": sent_at,
            "text": text,
            "files": files,
            "label": label,
            "read": read,
            "warning": warning,
            "anchor": anchor,
        }
    )


@register.simple_tag
def message_line(entry: Entry) -> SafeString:
    """One message, as ``components/message.html`` draws it."""
    by = entry.author
    author = Author(by.pk, by.display_name, by.initials, by.avatar_url) if by else None
    html = _drawn(
        author,
        entry.own,
        entry.at,
        entry.text,
        tuple(entry.files),
        str(entry.label),
        entry.own and entry.read,
        str(entry.warning),
        str(entry.anchor),
        get_language(),
    )
    return mark_safe(html)
