"""Our team: asked by a party, mediates, then decides once. From a threshold on, two people decide."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from missions import rules
from missions.actions.ending import stop
from missions.actions.paying import release
from missions.actions.reviewing import count_as_validated
from missions.actions.working import bring
from missions.models import Ending, Instalment, Mission, MissionEvent, MissionRuling
from missions.notifications import tell
from missions.queries import may_ask_team

State = Mission.State
Kind = MissionEvent.Kind
Outcome = MissionRuling.Outcome


@dataclass(frozen=True)
class Verdict:
    """What the team decides, and how much is done where the mission ends here."""

    outcome: str
    reason: str
    percent_done: int | None = None


@transaction.atomic
def ask_team(mission: Mission, *, actor: User, words: str) -> Mission:
    """A party brings a mission before our team: nothing moves until it has decided, or the two have agreed.

    Raises ``Refusal`` before the parties have tried: an early end refused or left unanswered, an instalment late, or
    a long silence.
    """
    mission = mission.locked()
    if not mission.party(actor):
        raise Refusal(_("This is not yours to do."))
    if mission.state not in (State.RUNNING, State.SUSPENDED, State.REVIEW) or mission.validated_at:
        raise Refusal(_("Our team decides on missions under way alone."))
    if not may_ask_team(mission):
        raise Refusal(
            _(
                "Talk first: propose to end early, or wait until an instalment is late. Our team decides where you do not agree."
            )
        )
    bring(mission, actor, Kind.TEAM_ASKED, words)
    tell(
        mission.other(actor),
        "mission_before_team",
        mission=mission,
        key=f"mission:{mission.pk}:team:{int(clock.now().timestamp())}",
        proposer=actor.first_name,
        reason=words.strip()[:300],
    )
    return mission


@transaction.atomic
def take_back(mission: Mission, *, actor: User) -> Mission:
    """Whoever brought it no longer asks for a decision: the mission goes on. Raises ``Refusal`` otherwise."""
    mission = mission.locked()
    if mission.state != State.CONTESTED or mission.contested_by_id != actor.pk:
        raise Refusal(_("Only whoever asked our team can take it back."))
    if mission.rulings.filter(carried_out_at=None, dropped_at=None).exists():
        raise Refusal(_("Our team has written its decision already."))
    MissionEvent.objects.create(mission=mission, kind=Kind.TEAM_LEFT, actor=actor)
    _go_on(mission)
    tell(
        mission.other(actor),
        "mission_taken_back",
        mission=mission,
        key=f"mission:{mission.pk}:back:{int(clock.now().timestamp())}",
    )
    return mission


def _go_on(mission: Mission) -> None:
    """Back to where it was; the time to answer the end review begins anew. Needs the lock."""
    now = clock.now()
    mission.state = State.REVIEW if mission.expert_review else State.RUNNING
    if mission.suspended_at is not None:
        mission.suspended_seconds += int((now - mission.suspended_at).total_seconds())
        mission.ends_on += now - mission.suspended_at
        mission.suspended_at = None
    if mission.state == State.REVIEW and mission.validated_at is None:
        mission.review_due_at = now + rules.REVIEW
    mission.contested_at = mission.contested_by = mission.dormancy_raised_at = None
    mission.save()
    if mission.state == State.RUNNING:
        for row in mission.instalments.filter(state=Instalment.State.HELD).select_related("payment__hold"):
            row.mission = mission
            release(row)


def is_ruled_on(mission: Mission) -> bool:
    """Whether it is for our team to decide: brought to it, or silent for too long."""
    return mission.state == State.CONTESTED or (
        mission.dormancy_raised_at is not None and mission.state in Mission.AT_WORK
    )


def needs_second(mission: Mission) -> bool:
    """Whether a decision on this mission waits for a second member of the team."""
    return mission.total_ht_cents >= rules.FOUR_EYES_CENTS


@transaction.atomic
def rule(mission: Mission, *, actor: User, verdict: Verdict) -> MissionRuling:
    """Write a decision and, below the threshold, carry it out. However often it is asked for, it happens once.

    Raises ``Refusal`` to a party, without a reason, when one waits for its confirmation or nothing is to decide.
    """
    mission = mission.locked()
    _refuse_unfit(mission, actor, verdict)
    ruling = MissionRuling.objects.create(
        mission=mission,
        outcome=verdict.outcome,
        percent_done=verdict.percent_done if verdict.outcome == Outcome.STOP else None,
        reason=verdict.reason.strip(),
        written_by=actor,
        written_at=clock.now(),
    )
    if not needs_second(mission):
        _carry_out(ruling, mission)
    return ruling


def _refuse_unfit(mission: Mission, actor: User, verdict: Verdict) -> None:
    if not actor.is_staff or mission.party(actor):
        raise Refusal(_("Only members of our team who take no part in the mission decide on it."))
    if not is_ruled_on(mission):
        raise Refusal(_("There is nothing to decide on this mission: nothing was done a second time."))
    if mission.rulings.filter(carried_out_at=None, dropped_at=None).exists():
        raise Refusal(_("A decision already waits for its confirmation. Confirm it or give it up first."))
    if not verdict.reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    if verdict.outcome == Outcome.UPHOLD and not mission.expert_review:
        raise Refusal(_("There is no end review to uphold."))
    percent = verdict.percent_done
    if verdict.outcome == Outcome.STOP and (percent is None or not 0 <= percent <= 100):
        raise Refusal(_("The part done lies between 0 and 100 %."))


@transaction.atomic
def confirm_ruling(mission: Mission, *, actor: User) -> MissionRuling:
    """Carry out the decision that waits, as a second member of the team. Raises ``Refusal`` to its own author."""
    mission = mission.locked()
    ruling = mission.rulings.filter(carried_out_at=None, dropped_at=None).first()
    if ruling is None or not is_ruled_on(mission):
        raise Refusal(_("No decision waits for a confirmation."))
    if not actor.is_staff or mission.party(actor) or actor.pk == ruling.written_by_id:
        raise Refusal(_("Another member of the team must confirm this decision."))
    ruling.confirmed_by = actor
    _carry_out(ruling, mission)
    return ruling


@transaction.atomic
def give_up_ruling(mission: Mission, *, actor: User) -> None:
    """Drop the decision that waits for its confirmation, so that another can be written."""
    mission = mission.locked()
    waiting = mission.rulings.filter(carried_out_at=None, dropped_at=None)
    if not actor.is_staff or not waiting.update(dropped_at=clock.now()):
        raise Refusal(_("No decision waits for a confirmation."))


def _carry_out(ruling: MissionRuling, mission: Mission) -> None:
    """Everything is locked."""
    ruling.carried_out_at = clock.now()
    ruling.save(update_fields=["carried_out_at", "confirmed_by"])
    mission.endings.filter(state=Ending.State.PROPOSED).update(state="lapsed", closed_at=clock.now())
    MissionEvent.objects.create(
        mission=mission,
        kind=Kind.RULED,
        words=ruling.reason,
        data={"outcome": ruling.outcome, "percent": ruling.percent_done},
    )
    for person in (mission.client, mission.expert):
        tell(
            person,
            f"mission_ruled_{ruling.outcome}",
            mission=mission,
            key=f"mission_ruling:{ruling.pk}",
            part=ruling.percent_done or 0,
            reason=ruling.reason[:500],
        )
    mission.dormancy_raised_at = None
    if ruling.outcome == Outcome.STOP:
        stop(mission, percent_done=ruling.percent_done or 0)
    elif ruling.outcome == Outcome.UPHOLD:
        mission.state = State.REVIEW
        count_as_validated(mission)
    else:
        _go_on(mission)


def alarm_team() -> int:
    """Tell those who decide that a mission has waited for them too long. Each step once; nothing decides by itself."""
    done = 0
    waiting = Mission.objects.filter(state=State.CONTESTED, contested_at__lte=clock.now()).select_related(
        "quote"
    )
    for found in waiting[:200]:
        days = max((d for d in rules.ALARMS if d <= (clock.now() - found.contested_at).days), default=0)  # type: ignore[operator]
        if not days or not Mission.objects.filter(pk=found.pk, alarmed_days__lt=days).update(
            alarmed_days=days
        ):
            continue
        for member in User.objects.filter(is_staff=True, is_active=True):
            if member.has_perm("missions.change_mission"):
                tell(
                    member,
                    "mission_alarm",
                    mission=found,
                    key=f"mission:{found.pk}:alarm:{int(found.contested_at.timestamp())}:{days}",  # type: ignore[union-attr]
                    days=days,
                )
        done += 1
    return done
