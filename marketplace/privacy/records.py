"""What missions, reports and decisions of our team leave behind, and who looked at what, forgotten when its time is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from pgtrigger.registry import registered

from accounts.models import AuditLine, DocumentAccess, StaffVisit, Suspension
from marketplace.kernel import clock
from marketplace.privacy.retention import LOGS, TRADE, WORK, delete_files
from messaging.models import Report as AbuseReport
from missions.models import Amendment, Ending, Mission, MissionEvent, Nda, Quote, QuoteLine, Report

SAID: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (MissionEvent, "mission", ("words",)),
    (Report, "mission", ("words", "answer")),
    (Ending, "mission", ("reason",)),
    (Mission, "pk", ("expert_review", "client_review")),
)
"""Where the two sides of a mission speak, and how each table leads to it. A ruling's own reasons stay: the ledger leans
on them."""
PROPOSED = ("context", "deliverables", "conditions", "reason")
"""What a quote says beside its price."""


def forget_missions(limit: int = 200) -> int:
    """Empty what was reported, noted and argued during missions that ended five years ago. Returns how many missions.

    The quote they followed and its signed amendments are the contract, which invoices lean on: ten years.
    """
    now = clock.now()
    said = Q(~Q(expert_review="") | ~Q(client_review=""))
    for model, _lookup, columns in SAID[:-1]:
        words = Q(*(~Q(**{column: ""}) for column in columns), _connector=Q.OR)
        said = Q(said | Exists(model._default_manager.filter(words, mission=OuterRef("pk"))))
    over = Mission.objects.filter(said, state__in=Mission.OVER, closed_at__lte=now - WORK)
    found = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        for model, lookup, columns in SAID:
            rows = model._default_manager.filter(**{f"{lookup}__in": found})
            rows.update(**dict.fromkeys(columns, ""))
        unsigned = Amendment.objects.filter(mission__in=found).exclude(state=Amendment.State.SIGNED)
        unsigned.update(words="", reason="")
    return len(found)


def forget_quotes(limit: int = 200) -> int:
    """Empty the quotes that led nowhere, five years after their end, and those that became missions, ten years after theirs.

    Reference, title, amounts, dates and digest stay. Returns how many quotes.
    """
    now = clock.now()
    over = Q(mission=None, closed_at__lte=now - WORK) & ~Q(state=Quote.State.SENT)
    kept_longer = Q(mission__state__in=Mission.OVER, mission__closed_at__lte=now - TRADE)
    quotes = Quote.objects.filter(over | kept_longer).exclude(deliverables="")
    found = list(quotes.order_by("pk").values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        QuoteLine.objects.filter(quote__in=found).update(label="")
        Amendment.objects.filter(mission__quote__in=found).update(words="", reason="")
        Quote.objects.filter(pk__in=found).update(**dict.fromkeys(PROPOSED, ""))
    return len(found)


def forget_agreements() -> int:
    """Delete the files of confidentiality agreements: of those never accepted five years after, of others with the last word said.

    Who accepted which digest, and when, stays. Returns how many files.
    """
    before = clock.now() - WORK
    unused = Q(closed_at__lte=before) & ~Q(state=Nda.State.ACCEPTED)
    silent = Q(accepted_at__lte=before, contact__conversation__last_message_at__lte=before)
    of_work = Mission.objects.filter(quote__conversation=OuterRef("contact__conversation")).exclude(
        state__in=Mission.OVER, closed_at__lte=before
    )
    found = Nda.objects.filter(unused | silent & ~Exists(of_work)).exclude(file="")
    return delete_files(found, "file", keeping_rows=True)


def forget_reports() -> int:
    """Delete what people reported to the team five years after it was settled. Returns how many reports."""
    old = AbuseReport.objects.filter(settled_at__lte=clock.now() - WORK)
    return old.delete()[0]


def forget_suspensions() -> int:
    """Delete suspensions that are over for five years, with what both sides wrote. Returns how many."""
    return (
        Suspension.objects.exclude(state__in=Suspension.OPEN)
        .filter(closed_at__lte=clock.now() - WORK)
        .delete()[0]
    )


def forget_looks() -> int:
    """Delete who opened which document and who saw the site as whom a year ago, what changed in accounts five years ago.

    The database guards the first and the last against everybody else: this is the one place that may. Returns how many rows.
    """
    now = clock.now()
    gone = StaffVisit.objects.filter(until__lte=now - LOGS).delete()[0]
    with _unguarded("accounts.DocumentAccess:access_kept", "accounts.AuditLine:audit_kept"):
        gone += DocumentAccess.objects.filter(at__lte=now - LOGS).delete()[0]
        gone += AuditLine.objects.filter(at__lte=now - WORK).delete()[0]
    return gone


@contextmanager
def _unguarded(*triggers: str) -> Iterator[None]:
    """Let one transaction pass these triggers.

    ``pgtrigger.ignore`` puts its word into the same statement as the deletion, which prepared statements do not allow.
    """
    names = [trigger.get_pgid(model) for model, trigger in registered(*triggers)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
