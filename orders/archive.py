"""The whole of an order as a zip to keep: what was said, handed over, done, paid and agreed, from one side."""

import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from marketplace.kernel import sheets
from marketplace.kernel.sheets import cell
from messaging.models import Message, PrivateFile
from orders.models import CancellationRecord, Deliverable, Order, OrderEvent, RightsDeed
from orders.queries import extras, threads
from orders.queries.threads import Entry, Window
from payments.queries import money_timeline

CHUNK = 256 * 1024
MAX_NAME = 100
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True)
class Part:
    """What another app puts into the archive: a text, by its file's name, and files of that folder."""

    folder: str
    name: str
    text: str
    files: Sequence[PrivateFile] = field(default_factory=list)


_parts: dict[str, Callable[[Order, User], Iterable[Part]]] = {}


def contribute(parts: Callable[[Order, User], Iterable[Part]], *, since: str) -> None:
    """Let another app add to an archive what its reader may see, once an event of the kind ``since`` happened."""
    _parts[since] = parts


class Names:
    """File names that any system takes, each given once whatever its letters' case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, name: str) -> str:
        """A path inside the archive, close to the name a file came with."""
        plain = safe(name)
        path = PurePosixPath(plain)
        number = 1
        while f"{folder}/{plain}".casefold() in self._taken:
            number += 1
            plain = f"{path.stem} ({number}){path.suffix}"
        self._taken.add(f"{folder}/{plain}".casefold())
        return f"{folder}/{plain}"


def safe(name: str) -> str:
    """A name without folders, control characters or anything that some system forbids; never empty."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        "_" if char in '<>:"/\\|?*' else char for char in name if unicodedata.category(char)[0] != "C"
    )
    name = name.strip(" .")
    path = PurePosixPath(name)
    name = f"{path.stem[: MAX_NAME - len(path.suffix)]}{path.suffix}" if len(name) > MAX_NAME else name
    name = name[:MAX_NAME] or "file"
    return f"_{name}" if _RESERVED.match(name) else name


def build(order: Order, viewer: User) -> IO[bytes]:
    """Write the archive of an order into a temporary file, ready to be read from its beginning.

    ``order`` comes with its people, offer and payment. About ten queries, whatever the order holds; files are
    copied piece by piece. A file missing from the disk is named in the archive instead of stopping it.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    try:
        with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            _Writer(archive, order, viewer).write()
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


class _Writer:
    def __init__(self, archive: zipfile.ZipFile, order: Order, viewer: User) -> None:
        self.archive, self.order, self.viewer = archive, order, viewer
        self.side = order.party(viewer)
        self.root = order.reference
        self.ending = Order.objects.select_related("cancellation_record", "deed").get(pk=order.pk)
        self.names = Names()
        self.missing: list[str] = []

    def write(self) -> None:
        order = self.order
        events = [
            event
            for event in order.events.select_related("actor")
            if threads.is_shown(event, order, self.side)
        ]
        messages = list(
            Message.objects.filter(conversation_id=order.conversation_id)
            .select_related("author")
            .prefetch_related("attachments")
        )
        deliverables = list(order.deliverables.prefetch_related("files"))
        paths = self._files(messages, deliverables)
        entries = self._thread(messages, events, deliverables, paths)
        context = {
            "order": order,
            "side": self.side,
            "entries": entries,
            "lines": list(order.lines.all()),
            "days": max(1, round(order.delivery_seconds / 86_400)),
        }
        for name, template in (
            (pgettext("file name", "messages.html"), "orders/file/thread.html"),
            (pgettext("file name", "messages.txt"), "orders/file/thread.txt"),
            (pgettext("file name", "terms.txt"), "orders/file/terms.txt"),
        ):
            self._text(name, render_to_string(template, context))
        self._events(events, {item.version: item for item in deliverables})
        self._money()
        self._reviews()
        self._deed()
        self._checklist()
        self._parts({event.kind for event in events})
        if self.missing:
            self._text(pgettext("file name", "missing files.txt"), "\n".join(self.missing) + "\n")

    # Files

    def _files(self, messages: Iterable[Message], deliverables: Iterable[Deliverable]) -> dict[str, str]:
        """Copy every file. Returns where each stands in the archive, by its address on the site."""
        attached, handed = pgettext("file name", "attachments"), pgettext("file name", "deliverables")
        paths: dict[str, str] = {}
        for message in messages:
            day = timezone.localtime(message.created_at).date().isoformat()
            for file in message.attachments.all():
                paths[file.url] = self._copy(file, attached, f"{day} {file.name}")
        for deliverable in deliverables:
            folder = f"{handed}/v{deliverable.version}"
            for handed_file in deliverable.files.all():
                paths[handed_file.url] = self._copy(handed_file, folder, handed_file.name)
            if deliverable.note:
                self._text(
                    self.names.free(folder, pgettext("file name", "note.txt")), deliverable.note + "\n"
                )
        return paths

    def _copy(self, file: PrivateFile, folder: str, name: str) -> str:
        path = self.names.free(folder, name).removeprefix("/")
        try:
            source = file.file.open("rb")
        except FileNotFoundError:
            self.missing.append(path)
            return path
        info = self._info(path, zipfile.ZIP_STORED)  # documents and pictures are packed already
        with source, self.archive.open(info, "w", force_zip64=True) as into:
            shutil.copyfileobj(source, into, CHUNK)
        return path

    def _info(self, path: str, kind: int) -> zipfile.ZipInfo:
        now = timezone.localtime()
        info = zipfile.ZipInfo(f"{self.root}/{path}", now.timetuple()[:6])
        info.compress_type = kind
        info.external_attr = 0o600 << 16
        return info

    def _text(self, path: str, text: str) -> None:
        self.archive.writestr(self._info(path, zipfile.ZIP_DEFLATED), text.encode())

    # Words

    def _thread(
        self,
        messages: list[Message],
        events: Sequence[OrderEvent],
        deliverables: Iterable[Deliverable],
        paths: dict[str, str],
    ) -> list[Entry]:
        woven = threads.entries(
            self.order,
            self.side,
            self.viewer,
            Window(messages),
            events,
            files_of={item.version: threads.file_rows(item.files.all()) for item in deliverables},
            requests={request.round: request for request in self.order.revision_requests.all()},
            read_until=None,
        )
        return [
            replace(entry, files=[replace(file, url=paths[file.url]) for file in entry.files])
            for entry in woven
        ]

    # Tables

    def _events(self, events: Iterable[OrderEvent], deliverables: dict[int, Deliverable]) -> None:
        files_of = {number: threads.file_rows(item.files.all()) for number, item in deliverables.items()}
        rows = []
        for event in events:
            title, text, _icon, _tone = threads.said(event, self.order, self.side, files_of)
            who = event.actor.display_name if event.actor else ""
            reason = event.data.get("reason", "")
            rows.append([_when(event.created_at), who, title, " ".join(filter(None, [text, reason]))])
        self._table(pgettext("file name", "events.csv"), [_("When"), _("Who"), _("What"), _("Details")], rows)

    def _money(self) -> None:
        payments = extras.payments(self.order, extras.extras_of(self.order))
        lines = money_timeline(payments, viewer=self.side)  # type: ignore[arg-type]
        self._table(
            pgettext("file name", "money.csv"),
            [_("When"), _("What"), _("Note"), _("Amount in euros")],
            [[_when(line.at), line.label, line.note] for line in lines],
            last=[sheets.amount(line.amount_cents) for line in lines],
        )

    def _reviews(self) -> None:
        """What was said of each other, as far as this side may read it, and what a cancellation left."""
        written = [
            review
            for review in self.order.reviews.select_related("author").order_by("created_at", "pk")
            if review.is_read or review.author_id == self.viewer.pk or self.side == "staff"
        ]
        record: CancellationRecord | None = getattr(self.ending, "cancellation_record", None)
        if written or record:
            context = {"order": self.order, "reviews": written, "record": record}
            self._text(
                pgettext("file name", "reviews.txt"), render_to_string("orders/file/reviews.txt", context)
            )

    def _deed(self) -> None:
        deed: RightsDeed | None = getattr(self.ending, "deed", None)
        if deed is not None:
            self._copy(deed, "", deed.name)

    def _parts(self, happened: set[str]) -> None:
        """What other apps know of the order."""
        for kind, parts in _parts.items():
            for part in parts(self.order, self.viewer) if kind in happened else ():
                self._text(self.names.free(part.folder, part.name), part.text)
                for file in part.files:
                    self._copy(file, part.folder, file.name)

    def _checklist(self) -> None:
        """What the expert needed and what the buyer sent for it, with its files."""
        items = list(self.order.checklist.prefetch_related("files"))
        if not items:
            return
        folder = pgettext("file name", "checklist")
        rows = [(item, [self._copy(file, folder, file.name) for file in item.files.all()]) for item in items]
        self._text(
            self.names.free(folder, pgettext("file name", "answers.txt")),
            render_to_string("orders/file/checklist.txt", {"order": self.order, "rows": rows}),
        )

    def _table(
        self, name: str, head: list[str], rows: list[list[Any]], last: list[str] | None = None
    ) -> None:
        """A table as spreadsheets of Europe open it. ``last``: a column of figures of our own making."""
        cells = [[cell(word) for word in head]]
        for number, row in enumerate(rows):
            cells.append([cell(value) for value in row] + ([last[number]] if last is not None else []))
        self._text(name, sheets.table(cells).decode())


def _when(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")
