"""Invoices on their way to an approved platform (CGI art. 289 bis and 290 A; decree 2022-1299).

Since 1 September 2026 every business receives electronic invoices and large and mid-size ones send them; all others send
from 1 September 2027. Which invoices leave, and from when, are settings. An approved platform is a class with the
methods of ``ApprovedPlatform``; the first one writes into a folder that the platform's own tool empties.
"""

import csv
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.module_loading import import_string

from marketplace.kernel import clock, sheets
from payments.invoices.papers import paper_of
from payments.models import Invoice, InvoiceDispatch

logger = logging.getLogger(__name__)

Status = InvoiceDispatch.Status
BATCH = 200
NOON = time(12)
ANSWERS = "answers"
TRY_AGAIN = timedelta(hours=1)
GIVE_UP_AFTER = 48
BETWEEN_FIRMS, REPORTED = "e-invoicing", "e-reporting"
"""From one French business to another, the invoice itself goes through the platforms; of all else, its data are reported."""


class PlatformUnavailable(Exception):
    """The platform did not answer: it is asked again."""


class PlatformRejected(Exception):
    """The platform does not take this invoice."""


@dataclass(frozen=True)
class Answer:
    """What the platform or the buyer says of an invoice: a code of the life cycle, when, and why if they refuse it."""

    number: str
    status: str
    at: datetime
    reason: str = ""


class ApprovedPlatform(Protocol):
    """Whoever takes our invoices to the tax office and to their buyers. Each may be asked the same thing twice."""

    def submit(self, invoice: Invoice, paper: bytes) -> str:
        """Hand over an invoice (a PDF/A-3 with its Factur-X data). Returns the platform's reference."""
        ...

    def report(self, dispatch: InvoiceDispatch, status: str) -> None:
        """Tell a status of its life cycle: VAT on services is due when they are paid, so that "collected" is owed."""
        ...

    def answers(self) -> list[Answer]:
        """What it has to tell of our invoices; it may tell the same again."""
        ...

    def heard(self) -> None:
        """All of that is written down: it need not be told again."""
        ...


class ExportFolder:
    """Files by month of issue, and an index of them with their statuses: for a platform that collects from a folder.

    Its answers are CSV files laid into ``answers``, with the columns number, status, status_at and reason.
    """

    def __init__(self) -> None:
        self._storage = storages["einvoicing"]
        self._read: list[str] = []

    def submit(self, invoice: Invoice, paper: bytes) -> str:
        name = f"{_folder(invoice)}/{invoice.number}.pdf"
        self._write(name, paper)
        return name

    def report(self, dispatch: InvoiceDispatch, status: str) -> None:
        """The index says it: it is written after each round."""

    def answers(self) -> list[Answer]:
        try:
            _folders, names = self._storage.listdir(ANSWERS)
        except FileNotFoundError:
            return []
        self._read = sorted(name for name in names if name.lower().endswith(".csv"))
        return [answer for name in self._read for answer in self._answers_in(name)]

    def _answers_in(self, name: str) -> Iterator[Answer]:
        with self._storage.open(f"{ANSWERS}/{name}") as source:
            text = source.read().decode("utf-8-sig", errors="replace")
        for row in csv.DictReader(
            io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","
        ):
            try:
                at = datetime.fromisoformat(row["status_at"])
                aware = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
                yield Answer(row["number"].strip(), row["status"].strip(), aware, row.get("reason") or "")
            except (KeyError, TypeError, ValueError, AttributeError):
                logger.error("a line of %s is no answer of the platform: %s", name, row)

    def heard(self) -> None:
        """What was read is kept beside."""
        for name in self._read:
            with self._storage.open(f"{ANSWERS}/{name}") as source:
                self._write(f"{ANSWERS}/read/{name}", source.read())
            self._storage.delete(f"{ANSWERS}/{name}")
        self._read = []

    def write_index(self, month: date) -> None:
        """Write the index of a month anew, from our own rows."""
        rows = [
            ["number", "issued_on", "kind", "flow", "seller_siren", "buyer_siren", "ttc", "currency", "file", "status",
             "status_at"],
        ]  # fmt: skip
        sent = (
            InvoiceDispatch.objects.exclude(status=Status.WAITING)
            .filter(invoice__issued_on__year=month.year, invoice__issued_on__month=month.month)
            .select_related("invoice")
            .order_by("invoice__issued_on", "invoice_id")
        )
        for dispatch in sent:
            invoice = dispatch.invoice
            for step in dispatch.history:
                rows.append(
                    [
                        invoice.number,
                        invoice.issued_on.isoformat(),
                        invoice.kind,
                        flow_of(invoice),
                        str(invoice.seller.get("siren") or ""),
                        str(invoice.buyer.get("siren") or ""),
                        f"{invoice.ttc_cents // 100}.{invoice.ttc_cents % 100:02d}",
                        "EUR",
                        f"{invoice.number}.pdf",
                        step["status"],
                        step["at"],
                    ]
                )
        self._write(
            f"{month:%Y-%m}/index.csv", sheets.table([[sheets.cell(cell) for cell in row] for row in rows])
        )

    def _write(self, name: str, content: bytes) -> None:
        if self._storage.exists(name):
            self._storage.delete(name)
        self._storage.save(name, ContentFile(content))


def is_on() -> bool:
    return bool(settings.EINVOICING_PLATFORM)


def platform() -> ApprovedPlatform:
    """The platform this installation works with."""
    made: ApprovedPlatform = import_string(settings.EINVOICING_PLATFORM)()
    return made


def flow_of(invoice: Invoice) -> str:
    """Whether an invoice goes through the platforms itself, or its data are reported."""
    buyer = invoice.buyer
    is_french_firm = (
        buyer.get("is_business") and (buyer.get("country") or "FR") == "FR" and buyer.get("siren")
    )
    return BETWEEN_FIRMS if is_french_firm else REPORTED


def queue_invoices() -> int:
    """Give every invoice that must leave its row, once. Returns how many were new."""
    first = date.fromisoformat(settings.EINVOICING_FROM)
    new = Invoice.objects.filter(dispatch=None, issued_on__gte=first).order_by("pk")[:BATCH]
    rows = InvoiceDispatch.objects.bulk_create(
        [InvoiceDispatch(invoice=invoice, next_attempt_at=clock.now()) for invoice in new],
        ignore_conflicts=True,
    )
    return len(rows)


def dispatch_invoices() -> int:
    """Hand over what waits, tell what was paid, read the answers, write the indexes. May run twice at once.

    Returns how many invoices moved.
    """
    if not is_on():
        return 0
    target = platform()
    months = _hear(target)
    count = len(months)
    queue_invoices()
    now = clock.now()
    with transaction.atomic():
        due = list(
            InvoiceDispatch.objects.to_send(now)
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by("next_attempt_at", "pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        InvoiceDispatch.objects.filter(pk__in=due).update(next_attempt_at=now + TRY_AGAIN)
    for dispatch in InvoiceDispatch.objects.filter(pk__in=due).select_related("invoice").order_by("pk"):
        if _send(target, dispatch):
            months.append(dispatch.invoice.issued_on.replace(day=1))
            count += 1
    if isinstance(target, ExportFolder):
        for month in sorted(set(months)):
            target.write_index(month)
    return count


def _hear(target: ApprovedPlatform) -> list[date]:
    """Write down what the platform tells, each thing once. Returns the month of issue of each invoice concerned."""
    try:
        answers = target.answers()
    except PlatformUnavailable as error:
        logger.warning("the platform tells nothing: %s", error)
        return []
    months = []
    for answer in answers:
        with transaction.atomic():
            found = InvoiceDispatch.objects.select_for_update(no_key=True, of=("self",)).select_related(
                "invoice"
            )
            dispatch = found.filter(invoice__number=answer.number).first()
            if dispatch is None:
                logger.error("the platform answers for %s, which is no invoice we handed over", answer.number)
            elif dispatch.hear(answer.status, answer.at, answer.reason):
                dispatch.save()
                months.append(dispatch.invoice.issued_on.replace(day=1))
    target.heard()
    return months


def settle(dispatch: InvoiceDispatch) -> None:
    """Our team has seen to an invoice that its buyer refused."""
    InvoiceDispatch.objects.filter(pk=dispatch.pk, status=Status.REFUSED).update(problem="")


def _send(target: ApprovedPlatform, dispatch: InvoiceDispatch) -> bool:
    invoice, now = dispatch.invoice, clock.now()
    dispatch.attempts += 1
    try:
        if dispatch.status == Status.WAITING:
            with paper_of(invoice).file.open("rb") as paper:
                dispatch.reference = target.submit(invoice, paper.read())
            dispatch.note(Status.DEPOSITED, now)
        if dispatch.status == Status.DEPOSITED and not invoice.is_credit:
            target.report(dispatch, Status.COLLECTED)
            dispatch.note(Status.COLLECTED, _paid_at(invoice))
        dispatch.next_attempt_at, dispatch.problem = None, ""
    except PlatformRejected as error:
        dispatch.note(Status.REJECTED, now)
        dispatch.next_attempt_at, dispatch.problem = None, str(error)[:200]
    except PlatformUnavailable as error:
        dispatch.problem = str(error)[:200]
        if dispatch.attempts >= GIVE_UP_AFTER:
            dispatch.next_attempt_at = None
            logger.error("invoice %s does not reach the platform", invoice.number)
    dispatch.save()
    return dispatch.status != Status.WAITING


def send_again(dispatch: InvoiceDispatch) -> None:
    """Hand an invoice over once more, from the beginning: the platform rejected it, or was silent for too long."""
    dispatch.status, dispatch.problem, dispatch.attempts = Status.WAITING, "", 0
    dispatch.next_attempt_at = clock.now()
    dispatch.save()


def _folder(invoice: Invoice) -> str:
    return f"{invoice.issued_on:%Y-%m}"


def _paid_at(invoice: Invoice) -> datetime:
    """When an invoice was paid: they all are before they are issued."""
    day = date.fromisoformat(invoice.details.get("paid_on") or invoice.issued_on.isoformat())
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(settings.TIME_ZONE))
