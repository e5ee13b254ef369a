"""Activity reports: sent by the expert each month, validated or sent back by the client, validated by silence."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from missions import rules
from missions.actions.working import only
from missions.models import Mission, MissionEvent, Report
from missions.notifications import tell


@transaction.atomic
def report(mission: Mission, *, actor: User, month: date, halves: Mapping[date, int], words: str) -> Report:
    """Send the days worked in a month, in half-days; one that was sent back is sent anew as its next version.

    Raises ``Refusal`` for days out of the mission or to come, a month without any, or one that waits or is validated.
    """
    mission = mission.locked()
    only(mission.expert_id, actor)
    month = month.replace(day=1)
    worked = {day.isoformat(): count for day, count in sorted(halves.items()) if count}
    if mission.started_at is None or (mission.is_over and mission.state != Mission.State.COMPLETED):
        raise Refusal(_("A report is sent for a mission that has started."))
    first = clock.local_day(mission.started_at)
    if not worked or not words.strip():
        raise Refusal(_("Tick the days worked, and say what was done."))
    if any(
        day.replace(day=1) != month or not first <= day <= clock.today() or count not in (1, 2)
        for day, count in ((date.fromisoformat(day), count) for day, count in worked.items())
    ):
        raise Refusal(_("A report holds days of its month, since the start of the mission and until today."))
    now = clock.now()
    known = mission.reports.select_for_update(no_key=True).filter(month=month).first()
    if known is not None and known.state != Report.State.REFUSED:
        raise Refusal(_("The report of this month is sent already."))
    sent = known or Report(mission=mission, month=month)
    sent.version = known.version + 1 if known else 1
    sent.state, sent.halves, sent.words = Report.State.SENT, worked, words.strip()
    sent.sent_at, sent.due_at, sent.answered_at = now, now + rules.REPORT, None
    sent.save()
    MissionEvent.objects.create(
        mission=mission,
        kind=MissionEvent.Kind.REPORTED,
        actor=actor,
        data={"month": month.isoformat(), "halves": sent.half_days, "version": sent.version},
    )
    tell(
        mission.client,
        "report_sent",
        mission=mission,
        about=sent,
        key=f"report:{sent.pk}:{sent.version}:sent",
        due_at=sent.due_at,
    )
    return sent


@transaction.atomic
def answer_report(found: Report, *, actor: User, agrees: bool, words: str = "") -> Report:
    """The client validates a report, or sends it back with what is wrong. Raises ``Refusal`` when it does not wait."""
    mission = found.mission.locked()
    only(mission.client_id, actor)
    sent = found.locked()
    if sent.state != Report.State.SENT:
        raise Refusal(_("This report no longer waits for an answer."))
    if not agrees and not words.strip():
        raise Refusal(_("Say what is wrong, in a sentence or two."))
    sent.answer = words.strip()[:2_000]
    _settle(mission, sent, Report.State.VALIDATED if agrees else Report.State.REFUSED, actor)
    return sent


def _settle(mission: Mission, sent: Report, state: str, actor: User | None) -> None:
    sent.state, sent.answered_at = state, clock.now()
    sent.save()
    if state == Report.State.VALIDATED:
        MissionEvent.objects.create(
            mission=mission,
            kind=MissionEvent.Kind.REPORT_VALIDATED,
            actor=actor,
            data={"month": sent.month.isoformat()},
        )
    kind = "report_validated" if state == Report.State.VALIDATED else "report_refused"
    tell(
        mission.expert,
        kind,
        mission=mission,
        about=sent,
        key=f"report:{sent.pk}:{sent.version}:{state}",
        reason=sent.answer[:300],
    )


def validate_silent_reports() -> int:
    """Reports left unanswered count as validated. Any number of runs does it once."""
    done = 0
    for found in Report.objects.overdue().select_related("mission__quote")[:200]:
        with transaction.atomic():
            mission = found.mission.locked()
            sent = found.locked()
            if sent.state != Report.State.SENT or sent.due_at > clock.now():
                continue
            sent.by_silence = True
            _settle(mission, sent, Report.State.VALIDATED, None)
            done += 1
    return done
