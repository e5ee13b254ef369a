"""Missions about which nobody says a word any more, and those given up before they start."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from missions import rules
from missions.models import Instalment, Mission, MissionEvent
from missions.notifications import tell
from payments import escrow

State = Mission.State


@transaction.atomic
def keep_going(mission: Mission, *, actor: User) -> Mission:
    """A party confirms that the mission goes on: the silence counts from now. Raises ``Refusal`` once it is over."""
    mission = mission.locked()
    if not mission.party(actor) or mission.state not in Mission.MAY_SLEEP:
        raise Refusal(_("This mission does not wait for a confirmation."))
    MissionEvent.objects.create(mission=mission, kind=MissionEvent.Kind.GOES_ON, actor=actor)
    mission.dormancy_warned_at = mission.dormancy_raised_at = None
    mission.save(update_fields=["dormancy_warned_at", "dormancy_raised_at"])
    return mission


@transaction.atomic
def call_off(mission: Mission, *, actor: User, words: str) -> Mission:
    """Either party gives a mission up before its start: what was paid goes back in full. Raises ``Refusal`` later."""
    mission = mission.locked()
    if not mission.party(actor):
        raise Refusal(_("This is not yours to do."))
    if mission.state not in (State.UNPAID, State.READY):
        raise Refusal(_("The mission has started: propose to end it early instead."))
    _give_all_back(mission, actor, words)
    tell(mission.other(actor), "mission_called_off", mission=mission, reason=words.strip()[:300])
    return mission


def _give_all_back(mission: Mission, actor: User | None, words: str) -> None:
    """Cancel a mission that never started. Needs the lock."""
    for row in mission.instalments.select_related("payment__hold"):
        if row.state == Instalment.State.HELD and row.payment is not None:
            escrow.refund(row.payment.hold, reason=_("The mission never started"))
            mission.refunded_cents += row.ttc_cents
            row.state = Instalment.State.REFUNDED
        else:
            if row.payment is not None:
                escrow.expire(row.payment)
            row.state = Instalment.State.CANCELLED
        row.save(update_fields=["state"])
    mission.state, mission.closed_at = State.CANCELLED, clock.now()
    mission.save()
    MissionEvent.objects.create(
        mission=mission, kind=MissionEvent.Kind.CANCELLED, actor=actor, words=words.strip()
    )


def watch_silence() -> int:
    """Warn both parties of a long silence, then act: refund what never started, bring the rest before our team.

    Any number of runs does each once.
    """
    now, done = clock.now(), 0
    silent = Mission.objects.silent_since(now - rules.DORMANCY_WARNING).filter(dormancy_warned_at=None)
    for found in silent.select_related("quote")[:200]:
        with transaction.atomic():
            mission = found.locked()
            if mission.state not in Mission.MAY_SLEEP or mission.dormancy_warned_at is not None:
                continue
            mission.dormancy_warned_at = now
            mission.save(update_fields=["dormancy_warned_at"])
            _tell_both(mission, "mission_silence")
            done += 1
    asleep = Mission.objects.silent_since(now - rules.DORMANCY).filter(
        dormancy_warned_at__isnull=False, dormancy_raised_at=None
    )
    for found in asleep.select_related("quote")[:200]:
        done += _act_on(found)
    _forget_silence()
    return done


def _act_on(found: Mission) -> int:
    now = clock.now()
    with transaction.atomic():
        mission = found.locked()
        warned = mission.dormancy_warned_at
        if mission.state not in Mission.MAY_SLEEP or mission.dormancy_raised_at is not None or warned is None:
            return 0
        if warned > now - (rules.DORMANCY - rules.DORMANCY_WARNING):
            return 0  # the time to answer the warning is never cut short
        mission.dormancy_raised_at = now
        if mission.state == State.READY:
            _give_all_back(mission, None, "")
            _tell_both(mission, "mission_never_started")
            return 1
        mission.save(update_fields=["dormancy_raised_at"])
        _tell_both(mission, "mission_asleep")
        return 1


def _forget_silence() -> None:
    """Whoever has spoken since is no longer asked."""
    spoken = Mission.objects.filter(dormancy_warned_at__isnull=False, state__in=Mission.MAY_SLEEP).exclude(
        pk__in=Mission.objects.silent_since(clock.now() - rules.DORMANCY_WARNING).values("pk")
    )
    spoken.update(dormancy_warned_at=None, dormancy_raised_at=None)


def _tell_both(mission: Mission, kind: str) -> None:
    stamp = int((mission.dormancy_raised_at or mission.dormancy_warned_at or clock.now()).timestamp())
    for person in (mission.client, mission.expert):
        tell(person, kind, mission=mission, key=f"mission:{mission.pk}:{kind}:{stamp}")
