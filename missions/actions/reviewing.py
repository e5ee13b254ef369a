"""The end review, by both: handed over by the expert, validated or refused by the client, validated by silence."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import share
from missions import rules
from missions.actions.levelling import level
from missions.actions.paying import ask, release
from missions.actions.working import bring, only
from missions.models import Instalment, Mission, MissionEvent
from missions.notifications import tell

State = Mission.State
Kind = MissionEvent.Kind


@transaction.atomic
def hand_over(mission: Mission, *, actor: User, words: str) -> Mission:
    """The expert hands over the end review: what remains of the price is asked. Raises ``Refusal`` out of time."""
    mission = mission.locked()
    only(mission.expert_id, actor)
    if mission.state != State.RUNNING:
        raise Refusal(_("The end review is handed over once, while the mission runs."))
    mission.endings.filter(state="proposed").update(state="lapsed", closed_at=clock.now())
    mission.amendments.filter(state="proposed").update(state="lapsed", closed_at=clock.now())
    now = clock.now()
    mission.state, mission.expert_review, mission.review_due_at = (
        State.REVIEW,
        words.strip(),
        now + rules.REVIEW,
    )
    mission.save(update_fields=["state", "expert_review", "review_due_at"])
    MissionEvent.objects.create(mission=mission, kind=Kind.REVIEWED, actor=actor)
    for instalment in mission.instalments.filter(state=Instalment.State.PLANNED):
        instalment.mission = mission
        ask(instalment)
    tell(mission.client, "mission_review", mission=mission)
    return mission


@transaction.atomic
def validate(mission: Mission, *, actor: User, words: str, rating: int) -> Mission:
    """The client validates the end review and rates the mission: it is over once all is paid.

    Raises ``Refusal`` when there is none to validate.
    """
    mission = mission.locked()
    only(mission.client_id, actor)
    if mission.state not in (State.REVIEW, State.CONTESTED, State.SUSPENDED) or not mission.expert_review:
        raise Refusal(_("There is no end review to validate."))
    if mission.client_rating is not None:
        raise Refusal(_("You have validated the end review already."))
    if mission.state == State.CONTESTED:
        mission.state = State.REVIEW
    mission.client_review, mission.client_rating = words.strip(), rating
    count_as_validated(mission)
    return mission


def count_as_validated(mission: Mission) -> None:
    """The end review is validated: the mission is over once all is paid. Needs the lock."""
    mission.validated_at, mission.review_due_at = clock.now(), None
    mission.contested_at = mission.contested_by = None
    mission.save()
    complete_if_done(mission)


def complete_if_done(mission: Mission) -> None:
    """Pay the expert and close, once the end review is validated and everything is paid. Needs the lock."""
    rows = list(mission.instalments.select_related("payment"))
    if mission.state != State.REVIEW or mission.validated_at is None:
        return
    if any(row.state in (Instalment.State.PLANNED, Instalment.State.ASKED) for row in rows):
        return
    for row in rows:
        row.mission = mission
        release(row)
    invoiced = sum(row.ht_cents for row in rows if row.state == Instalment.State.RELEASED)
    level(mission, share(invoiced, mission.commission_bp), reference="completion")
    mission.state, mission.closed_at = State.COMPLETED, clock.now()
    mission.save()
    MissionEvent.objects.create(mission=mission, kind=Kind.COMPLETED)
    tell(mission.expert, "mission_completed", mission=mission)
    tell(mission.client, "mission_completed", mission=mission)


@transaction.atomic
def contest(mission: Mission, *, actor: User, words: str) -> Mission:
    """The client refuses the end review, with reasons: our team looks at it, and nothing moves until then."""
    mission = mission.locked()
    only(mission.client_id, actor)
    if mission.state != State.REVIEW or mission.validated_at is not None:
        raise Refusal(_("There is no end review to refuse."))
    bring(mission, actor, Kind.CONTESTED, words)
    tell(mission.expert, "mission_contested", mission=mission, reason=words.strip()[:300])
    return mission


def validate_unanswered() -> int:
    """End reviews left unanswered count as validated. Any number of runs does it once."""
    done = 0
    for found in Mission.objects.filter(state=State.REVIEW, review_due_at__lte=clock.now())[:200]:
        with transaction.atomic():
            mission = found.locked()
            due = mission.review_due_at
            if mission.state != State.REVIEW or due is None or due > clock.now():
                continue
            mission.validated_by_silence = True
            tell(mission.client, "mission_silent", mission=mission)
            tell(mission.expert, "mission_silent", mission=mission)
            count_as_validated(mission)
            done += 1
    return done
