"""While a mission runs: start, notes, the second instalment, suspension for want of payment."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import legal_standing
from accounts.queries.vigilance import pack_of
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from missions.actions.paying import ask, lift, release
from missions.certificates import asks_for_certificates
from missions.models import Instalment, Mission, MissionEvent
from missions.notifications import tell

State = Mission.State
Kind = MissionEvent.Kind


def only(person_id: int, actor: User) -> None:
    if actor.pk != person_id:
        raise Refusal(_("This is not yours to do."))


@transaction.atomic
def start(mission: Mission, *, actor: User) -> Mission:
    """The expert begins: the first instalment is theirs, less the whole commission.

    Raises ``Refusal`` while it is not paid, when the expert's papers do not allow to start, or when it is large enough
    for the client to owe the duty of vigilance (Code du travail, D8222-5) and a certificate is missing.
    """
    mission = mission.locked()
    only(mission.expert_id, actor)
    if mission.state == State.UNPAID:
        raise Refusal(_("Wait for the first instalment: the work starts once it is held by us."))
    if mission.state != State.READY:
        raise Refusal(_("This mission has started already, or is over."))
    if not legal_standing(actor).may_start:
        raise Refusal(_("Bring your documents up to date first: a mission starts with valid ones."))
    if asks_for_certificates(mission) and not pack_of(mission.expert).is_complete:
        raise Refusal(
            _(
                "From 5,000 € excluding VAT, work begins with a certificate of vigilance and a proof of registration "
                "that are valid. Send the missing one, then start."
            )
        )
    mission.state, mission.started_at = State.RUNNING, clock.now()
    mission.save(update_fields=["state", "started_at"])
    MissionEvent.objects.create(mission=mission, kind=Kind.STARTED, actor=actor)
    release(mission.instalments.get(number=1))
    tell(mission.client, "mission_started", mission=mission)
    return mission


@transaction.atomic
def note(mission: Mission, *, actor: User, words: str) -> MissionEvent:
    """Leave a note on the progress, for both to read. Raises ``Refusal`` when the mission is over."""
    mission = mission.locked()
    if not mission.party(actor) or mission.is_over:
        raise Refusal(_("This mission is over: no note can be added."))
    event = MissionEvent.objects.create(mission=mission, kind=Kind.NOTE, actor=actor, words=words.strip())
    tell(mission.other(actor), "mission_note", mission=mission, key=f"mission:{mission.pk}:note:{event.pk}")
    return event


@transaction.atomic
def ask_second(mission: Mission, *, actor: User) -> Mission:
    """At mid-mission the expert asks for the second instalment. Raises ``Refusal`` out of time."""
    mission = mission.locked()
    only(mission.expert_id, actor)
    second = mission.instalments.get(number=2)
    if mission.state != State.RUNNING or second.state != Instalment.State.PLANNED:
        raise Refusal(_("The second instalment is asked once, while the mission runs."))
    ask(second)
    return mission


@transaction.atomic
def suspend(mission: Mission, *, actor: User) -> Mission:
    """The expert stops work while an instalment is late; its payment lifts it. Raises ``Refusal`` otherwise."""
    mission = mission.locked()
    only(mission.expert_id, actor)
    if mission.state not in (State.RUNNING, State.REVIEW) or not any(
        i.is_late for i in mission.instalments.all()
    ):
        raise Refusal(_("Work can be suspended while an instalment is late, not before."))
    mission.state, mission.suspended_at = State.SUSPENDED, clock.now()
    mission.save(update_fields=["state", "suspended_at"])
    MissionEvent.objects.create(mission=mission, kind=Kind.SUSPENDED, actor=actor)
    tell(
        mission.client,
        "mission_suspended",
        mission=mission,
        key=f"mission:{mission.pk}:suspended:{int(mission.suspended_at.timestamp())}",
    )
    return mission


@transaction.atomic
def resume(mission: Mission, *, actor: User) -> Mission:
    """The expert takes the work up again, paid or not. Raises ``Refusal`` when it is not suspended."""
    mission = mission.locked()
    only(mission.expert_id, actor)
    if mission.state != State.SUSPENDED:
        raise Refusal(_("The work is not suspended."))
    lift(mission, actor=actor)
    return mission


def bring(mission: Mission, actor: User, kind: str, words: str) -> None:
    """Put a mission before our team. Needs the lock."""
    mission.state, mission.review_due_at = State.CONTESTED, None
    mission.contested_at, mission.contested_by, mission.alarmed_days = clock.now(), actor, 0
    mission.save()
    MissionEvent.objects.create(mission=mission, kind=kind, actor=actor, words=words.strip())
