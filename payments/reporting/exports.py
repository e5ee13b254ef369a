"""Exports of the books: asked for by staff, made by a worker from the ledger, kept with the moment they were read at."""

import hashlib
import logging
import tempfile
from datetime import timedelta

from celery import shared_task
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments.models import BooksExport, LedgerTransaction
from payments.reporting import fec, notices, periods
from payments.reporting.dac7 import NotValid, sellers
from payments.telling import after_commit

logger = logging.getLogger(__name__)

Kind, State = BooksExport.Kind, BooksExport.State
TRY_AGAIN = timedelta(minutes=10)
CORRECTION = "correction"


@transaction.atomic
def ask_for_entries(period: periods.Period, *, actor: User | None) -> BooksExport:
    """Ask for the accounting entries of a month or a year. Raises ``Refusal`` before it is over."""
    if not period.is_over:
        raise Refusal(_("This period is not over: its entries are not complete."))
    fec.file_name(period)
    return _ask(Kind.FEC, period, actor)


@transaction.atomic
def ask_for_declaration(year: int, *, actor: User | None, corrects: bool = False) -> BooksExport:
    """Ask for the declaration of sellers of a year: those not declared yet, or a correction of those that are.

    Raises ``Refusal`` before the year is over, or when there is nothing to correct.
    """
    period = periods.year(year)
    if not period.is_over:
        raise Refusal(_("This period is not over: its entries are not complete."))
    if corrects and not declared_in(year):
        raise Refusal(_("Nothing was declared for this year yet: there is nothing to correct."))
    return _ask(Kind.DAC7, period, actor, declared={"message": CORRECTION if corrects else "new"})


def _ask(kind: str, period: periods.Period, actor: User | None, **fields: object) -> BooksExport:
    export = BooksExport.objects.create(
        kind=kind,
        first_day=period.first,
        last_day=period.last,
        asked_by=actor,
        asked_at=clock.now(),
        next_attempt_at=clock.now() + TRY_AGAIN,
        content_type="text/plain; charset=utf-8" if kind == Kind.FEC else "application/xml",
        size=0,
        **fields,
    )
    after_commit(make_export, export.pk)
    return export


@shared_task(soft_time_limit=3_000, time_limit=3_100)
def make_export(export_id: int) -> None:
    """Make a file that was asked for, once, however often this runs. What cannot be made says why."""
    export = BooksExport.objects.get(pk=export_id)
    if export.state != State.ASKED:
        return
    try:
        with translation.override("fr"), transaction.atomic():
            export = export.locked()
            if export.state == State.ASKED:
                (_make_entries if export.kind == Kind.FEC else _make_declaration)(export)
    except (Refusal, NotValid) as error:
        BooksExport.objects.filter(pk=export_id, state=State.ASKED).update(
            state=State.FAILED, problem=str(error)
        )


def _make_entries(export: BooksExport) -> None:
    period = periods.Period(export.first_day, export.last_day)
    digest, lines = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as target:
        for text in fec.text_of(fec.lines_of(period)):
            piece = text.encode()
            digest.update(piece)
            target.write(piece)
            lines += 1
        size = target.tell()
        target.seek(0)
        export.file.save(fec.file_name(period), File(target), save=False)
    _ready(export, fec.file_name(period), size, digest.hexdigest(), lines - 1)


def _make_declaration(export: BooksExport) -> None:
    from payments.reporting.dac7 import declaration  # loaded by who needs it: web processes do not

    year = export.last_day.year
    before = declared_in(year)
    corrects = export.declared.get("message") == CORRECTION
    chosen = [
        seller
        for seller in sellers.sellers_of(year)
        if seller.is_declared and seller.can_be_written and (seller.key in before) is corrects
    ]
    if not chosen:
        raise Refusal(
            _("No seller can be declared: none earned anything, or what is missing keeps them out.")
        )
    made = declaration.make(
        year,
        chosen,
        number=BooksExport.objects.filter(
            kind=Kind.DAC7, last_day=export.last_day, pk__lte=export.pk
        ).count(),
        at=clock.now(),
        operator_before=before.get("operator", ""),
        corrects={seller.key: before[seller.key] for seller in chosen} if corrects else None,
    )
    export.declared = {**export.declared, "references": made.references}
    export.file.save(made.name, ContentFile(made.content), save=False)
    _ready(export, made.name, len(made.content), hashlib.sha256(made.content).hexdigest(), len(chosen))


def _ready(export: BooksExport, name: str, size: int, digest: str, lines: int) -> None:
    export.name, export.size, export.digest, export.lines = name, size, digest, lines
    export.state, export.problem = State.READY, ""
    export.made_at = export.read_until = clock.now()
    export.save()


def declared_in(year: int) -> dict[str, str]:
    """The last reference of each seller, and our own first one, in the files of a year that left."""
    found: dict[str, str] = {}
    sent = BooksExport.objects.filter(kind=Kind.DAC7, last_day=periods.year(year).last, sent_at__isnull=False)
    for declared in sent.order_by("pk").values_list("declared", flat=True):
        found = {**found, **declared.get("references", {})}
    return found


@transaction.atomic
def mark_sent(export: BooksExport) -> BooksExport:
    """The tax office has a declaration: every seller in it gets a copy of their part, after the commit.

    Raises ``Refusal`` for a file that is not ready or left before.
    """
    export = export.locked()
    if export.kind != Kind.DAC7 or export.state != State.READY or export.sent_at is not None:
        raise Refusal(_("This file cannot be marked as sent."))
    export.sent_at = clock.now()
    export.save(update_fields=["sent_at"])
    after_commit(hand_out_copies, export.pk)
    return export


@shared_task(soft_time_limit=3_000, time_limit=3_100)
def hand_out_copies(export_id: int) -> int:
    """Write each declared seller's copy and tell them, once, however often this runs. Returns how many were made."""
    from payments.reporting.dac7 import statements  # loaded by who needs it: web processes do not

    export = BooksExport.objects.get(pk=export_id)
    if export.sent_at is None:
        return 0
    year, count = export.last_day.year, 0
    references = export.declared.get("references", {})
    for seller in sellers.sellers_of(year):
        if seller.key not in references:
            continue
        for expert in seller.experts:
            made = statements.copy_for(expert, year, references[seller.key], export)
            if made:
                notices.declared(expert, year, export)
                count += 1
    return count


def came_later(export: BooksExport) -> int:
    """How many movements of the period were recorded after a file was made: it should then be made again."""
    period = periods.Period(export.first_day, export.last_day)
    if export.made_at is None:
        return 0
    return LedgerTransaction.objects.filter(
        occurred_at__gte=period.start, occurred_at__lt=period.end, recorded_at__gt=export.made_at
    ).count()
