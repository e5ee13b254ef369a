"""The lines a thread is made of, ready to draw."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from messaging.models import Attachment
from orders.models import DeliverableFile


@dataclass(frozen=True)
class FileRow:
    """A file as the file component draws it; ``size`` in bytes."""

    name: str
    size: int
    url: str
    kind: str = ""
    state: str = ""
    reason: str = ""
    preview_url: str = ""
    author: str = ""
    sent_at: datetime | None = None


def file_rows(files: Iterable[Attachment | DeliverableFile]) -> list[FileRow]:
    """Attachments or deliverable files, ready to draw."""
    return [
        FileRow(file.name, file.size, file.url, preview_url=getattr(file, "preview_url", ""))
        for file in files
    ]


@dataclass(frozen=True)
class Entry:
    """One line of a thread: ``day``, ``message`` or ``event``. The fields of the other kinds stay empty."""

    kind: str
    at: datetime
    author: User | None = None
    own: bool = False
    read: bool = False
    text: str = ""
    label: str = ""
    files: list[FileRow] = field(default_factory=list)
    icon: str = "info"
    tone: str = "neutral"
    title: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    anchor: str = ""
    warning: str = ""
    """What its writer, and our team, should know of contact details in it."""
