"""Ending a mission early, by agreement on how much of it is done: money both ways, commission on the work done alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import from_ht
from missions import rules
from missions.actions.levelling import level
from missions.actions.paying import ask, release
from missions.amounts import Ending as Sums
from missions.models import Ending, Instalment, Mission, MissionEvent
from missions.notifications import tell
from missions.queries import ending_of
from payments import escrow
from payments.clawback import refund_released

State = Mission.State
Kind = MissionEvent.Kind


@transaction.atomic
def propose_ending(mission: Mission, *, actor: User, percent_done: int, reason: str) -> Ending:
    """Propose to end now, at so many percent done. Nothing moves until the other agrees.

    Raises ``Refusal`` when the mission does not run or another proposal waits.
    """
    mission = mission.locked()
    if not mission.party(actor):
        raise Refusal(_("This is not yours to do."))
    if mission.state not in (*Mission.AT_WORK, State.CONTESTED):
        raise Refusal(_("Only a mission that has started can be ended early."))
    if not 0 <= percent_done <= 100:
        raise Refusal(_("The part done lies between 0 and 100 %."))
    if mission.endings.filter(state=Ending.State.PROPOSED).exists():
        raise Refusal(_("A proposal to end early already waits for an answer."))
    now = clock.now()
    proposal = Ending.objects.create(
        mission=mission,
        proposed_by=actor,
        percent_done=percent_done,
        reason=reason.strip(),
        created_at=now,
        due_at=now + rules.STOP_ANSWER,
    )
    MissionEvent.objects.create(
        mission=mission,
        kind=Kind.ENDING_PROPOSED,
        actor=actor,
        words=proposal.reason,
        data={"percent": percent_done},
    )
    tell(
        mission.other(actor),
        "ending_proposed",
        mission=mission,
        percent=percent_done,
        due_at=proposal.due_at,
        key=f"ending:{proposal.pk}:proposed",
    )
    return proposal


@transaction.atomic
def answer_ending(proposal: Ending, *, actor: User, agrees: bool) -> Mission:
    """The other party agrees, and the mission ends at once; or refuses, and it goes on. Raises ``Refusal`` out of time."""
    mission = proposal.mission.locked()
    proposal = proposal.locked()
    if not mission.party(actor) or actor.pk == proposal.proposed_by_id:
        raise Refusal(_("The other party answers this proposal."))
    if proposal.state != Ending.State.PROPOSED or mission.is_over:
        raise Refusal(_("This proposal no longer waits for an answer."))
    proposal.state = Ending.State.ACCEPTED if agrees else Ending.State.REFUSED
    proposal.closed_at = clock.now()
    proposal.save(update_fields=["state", "closed_at"])
    if agrees:
        stop(mission, percent_done=proposal.percent_done)
    else:
        MissionEvent.objects.create(mission=mission, kind=Kind.ENDING_REFUSED, actor=actor)
        tell(mission.other(actor), "ending_refused", mission=mission, key=f"ending:{proposal.pk}:refused")
    return mission


@transaction.atomic
def withdraw_ending(proposal: Ending, *, actor: User) -> None:
    """Whoever proposed takes it back. Raises ``Refusal`` when it no longer waits."""
    proposal.mission.locked()
    proposal = proposal.locked()
    if proposal.proposed_by_id != actor.pk or proposal.state != Ending.State.PROPOSED:
        raise Refusal(_("This proposal no longer waits for an answer."))
    proposal.state, proposal.closed_at = Ending.State.WITHDRAWN, clock.now()
    proposal.save(update_fields=["state", "closed_at"])


def lapse_endings() -> int:
    """Close the proposals nobody answered: the mission goes on."""
    done = 0
    for found in Ending.objects.filter(state="proposed", due_at__lte=clock.now()).select_related("mission"):
        with transaction.atomic():
            mission = found.mission.locked()
            if Ending.objects.filter(pk=found.pk, state="proposed").update(
                state="lapsed", closed_at=clock.now()
            ):
                tell(found.proposed_by, "ending_lapsed", mission=mission, key=f"ending:{found.pk}:lapsed")
                done += 1
    return done


def stop(mission: Mission, *, percent_done: int) -> Mission:
    """End a mission at so many percent done: give back what was paid beyond, or ask for what is missing.

    Needs the lock. The commission ends up being that of the work done: the rest goes back to the expert.
    """
    sums = ending_of(mission, percent_done)
    rows = list(mission.instalments.select_related("payment__hold").order_by("number"))
    for row in rows:
        row.mission = mission
        if row.state in (Instalment.State.PLANNED, Instalment.State.ASKED):
            if row.payment is not None:
                escrow.expire(row.payment)
            row.state = Instalment.State.CANCELLED
            row.save(update_fields=["state"])
    mission.suspended_at = mission.review_due_at = mission.contested_at = mission.contested_by = None
    mission.amendments.filter(state="proposed").update(state="lapsed", closed_at=clock.now())
    _settle_money(mission, rows, sums)
    if sums.balance_ht:
        closing = Instalment.objects.create(
            mission=mission,
            number=len(rows) + 1,
            percent=0,
            ht_cents=sums.balance_ht,
            vat_cents=from_ht(sums.balance_ht, mission.vat_bp).vat,
            vat_bp=mission.vat_bp,
            commission_ht_cents=max(0, sums.commission_ht - _taken(rows)),
        )
        mission.state = State.SETTLING
        mission.save()
        ask(closing)
    else:
        mission.save()
        _close(mission)
    return mission


def _taken(rows: list[Instalment]) -> int:
    """The commission without VAT that lies on what was paid."""
    return sum(row.commission_ht_cents for row in rows if row.state in Instalment.PAID)


def settle(mission: Mission) -> None:
    """The closing balance is paid: it goes to the expert, and the mission is over. Needs the lock."""
    for row in mission.instalments.filter(state=Instalment.State.HELD).select_related("payment__hold"):
        row.mission = mission
        release(row)
    _close(mission)


@transaction.atomic
def drop_balance(mission: Mission, *, actor: User, reason: str) -> Mission:
    """Let our team end a mission whose closing balance nobody pays: it is asked no more, and nothing moves.

    What the client still owes stays between them and the expert. Raises ``Refusal`` when no balance is awaited.
    """
    mission = mission.locked()
    if not actor.is_staff or mission.party(actor):
        raise Refusal(_("Only our team can do this."))
    if mission.state != State.SETTLING:
        raise Refusal(_("No closing balance is awaited."))
    for row in mission.instalments.filter(state=Instalment.State.ASKED).select_related("payment"):
        if row.payment is not None:
            escrow.expire(row.payment)
        row.state = Instalment.State.CANCELLED
        row.save(update_fields=["state"])
    for person in (mission.client, mission.expert):
        tell(person, "mission_balance_dropped", mission=mission, reason=reason.strip()[:500])
    _close(mission, words=reason.strip())
    return mission


def _close(mission: Mission, words: str = "") -> None:
    mission.state, mission.closed_at = State.STOPPED, clock.now()
    mission.save(update_fields=["state", "closed_at"])
    MissionEvent.objects.create(
        mission=mission, kind=Kind.STOPPED, words=words, data={"refund": mission.refunded_cents}
    )
    for person in (mission.client, mission.expert):
        tell(person, "mission_stopped", mission=mission, refund_cents=mission.refunded_cents)


def _settle_money(mission: Mission, rows: list[Instalment], sums: Sums) -> None:
    """The newest instalments give back first; the first ones carry the commission."""
    paid = [row for row in rows if row.state in Instalment.PAID]
    gives: dict[int, int] = {}
    left = sums.refund_cents
    for row in reversed(paid):
        gives[row.number] = min(left, row.ttc_cents)
        left -= gives[row.number]
    why = _("Mission ended early")
    whole = [row for row in paid if gives[row.number] == row.ttc_cents]
    for row in paid:
        if row.state == Instalment.State.HELD and row.payment is not None:
            given = gives.pop(row.number)
            if given:
                escrow.refund(row.payment.hold, given, reason=why)
            if given < row.ttc_cents:
                release(row)
    level(mission, sums.commission_ht, reference="ending", refunding=gives)
    for row in paid:
        if gives.get(row.number) and row.payment is not None:
            refund_released(row.payment.hold, gives[row.number], reason=why)
    Instalment.objects.filter(pk__in=[row.pk for row in whole]).update(state=Instalment.State.REFUNDED)
    mission.refunded_cents += sums.refund_cents
