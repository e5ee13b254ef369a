"""Report something to the team; give a report its outcome and tell whoever made it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.actions.telling import notify
from messaging.models import Report
from messaging.reportable import Reportable


@transaction.atomic
def report(found: Reportable, *, subject: str, ref: str, reporter: User, reason: str, words: str) -> Report:
    """Keep a report, with what was read. The same person reporting the same thing again adds nothing."""
    kept, _created = Report.objects.get_or_create(
        reporter=reporter,
        subject=subject,
        subject_ref=ref,
        state=Report.State.OPEN,
        defaults={
            "person": found.person,
            "label": found.label[:200],
            "excerpt": found.excerpt,
            "url": found.url[:300],
            "reason": reason,
            "words": words.strip(),
            "created_at": clock.now(),
        },
    )
    return kept


@transaction.atomic
def assign_report(kept: Report, *, actor: User, to: User) -> Report:
    """Hand a report to someone of the team."""
    if not (actor.is_staff and to.is_staff and to.is_active):
        raise Refusal(_("Only our team can do this."))
    kept = kept.locked()
    kept.assigned_to = to
    kept.save(update_fields=["assigned_to"])
    return kept


@transaction.atomic
def settle_report(kept: Report, *, actor: User, upheld: bool, outcome: str) -> Report:
    """Give a report its outcome, once, and tell whoever made it in these words. Nothing else changes by itself."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    kept = kept.locked()
    if kept.state != Report.State.OPEN:
        raise Refusal(_("This report has its outcome already."))
    if actor.pk in (kept.person_id, kept.reporter_id):
        raise Refusal(_("Somebody else must judge this: it concerns you."))
    kept.settle(Report.State.UPHELD if upheld else Report.State.DISMISSED, outcome.strip(), clock.now())
    kept.settled_by, kept.assigned_to = actor, kept.assigned_to or actor
    kept.save()
    notify(
        kept.reporter,
        key=f"report_settled:{kept.pk}",
        kind="report_upheld" if upheld else "report_dismissed",
        params={"reference": kept.reference, "label": kept.label, "outcome": kept.outcome},
        url_name="contact",
    )
    return kept
