"""Amendments: proposed by one side, signed by the other exactly as it stands; what is past is never touched."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import legal_standing
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import share
from missions import rules
from missions.actions.levelling import level
from missions.amounts import Part, amended
from missions.models import Amendment, Instalment, Mission, MissionEvent
from missions.notifications import tell
from missions.queries import regime_of

State = Mission.State


@dataclass(frozen=True)
class Change:
    """What an amendment changes: in words, the new total without VAT in cents, and the new last day."""

    words: str
    total_ht_cents: int
    ends_on: date


def plan_of(mission: Mission, total_ht_cents: int) -> tuple[int, list[tuple[Instalment, Part]]]:
    """The instalments to come under a new total, and the VAT rate of the expert today.

    Raises ``Refusal`` when the total leaves nothing to pay in them, or none is to come.
    """
    rows = list(mission.instalments.order_by("number"))
    coming = [row for row in rows if row.state == Instalment.State.PLANNED]
    past = [
        row.part for row in rows if row.state not in (Instalment.State.PLANNED, Instalment.State.CANCELLED)
    ]
    vat_bp = regime_of(mission.expert)
    if not coming:
        raise Refusal(_("Every instalment is asked already: agree on a new quote for what comes on top."))
    if total_ht_cents > rules.MAX_TOTAL_CENTS:
        raise Refusal(_("A mission comes to at most 500,000 € before VAT."))
    try:
        parts = amended(
            total_ht_cents,
            past=past,
            weights=[row.percent for row in coming],
            vat_bp=vat_bp,
            commission_bp=mission.commission_bp,
        )
    except ValueError:
        raise Refusal(
            _(
                "The new total must be more than what was paid or asked already. To stop here, propose to end the mission early."
            )
        ) from None
    return vat_bp, list(zip(coming, parts, strict=True))


@transaction.atomic
def propose_amendment(
    mission: Mission, *, actor: User, change: Change, name: str, replaces: Amendment | None = None
) -> Amendment:
    """Propose a change and sign it for one's side. A new version takes the place of one's own that waits.

    Raises ``Refusal`` when the mission does not run, nothing changes, or another amendment waits.
    """
    mission = mission.locked()
    _refuse_unfit(mission, actor, change, name)
    number, version = 0, 1
    if replaces is not None:
        replaces = replaces.locked()
        if replaces.proposed_by_id != actor.pk or replaces.state != Amendment.State.PROPOSED:
            raise Refusal(_("This version no longer waits for a signature: it cannot be replaced."))
        _close(replaces, Amendment.State.REPLACED)
        number, version = replaces.number, replaces.version + 1
    elif mission.amendments.filter(state=Amendment.State.PROPOSED).exists():
        raise Refusal(_("An amendment already waits for a signature: answer it or replace it first."))
    vat_bp, plan = plan_of(mission, change.total_ht_cents)
    now = clock.now()
    last = mission.amendments.order_by("-number").first()
    amendment = Amendment(
        mission=mission,
        number=number or (last.number + 1 if last else 1),
        version=version,
        words=change.words.strip(),
        former_ht_cents=mission.total_ht_cents,
        total_ht_cents=change.total_ht_cents,
        vat_bp=vat_bp,
        former_ends_on=mission.ends_on,
        ends_on=change.ends_on,
        plan=_frozen(plan),
        proposed_by=actor,
        proposed_name=name.strip()[:120],
        proposed_at=now,
        due_at=now + rules.AMENDMENT_VALID,
    )
    amendment.digest = amendment.digest_now()
    amendment.save()
    MissionEvent.objects.create(
        mission=mission,
        kind=MissionEvent.Kind.AMENDMENT_SENT,
        actor=actor,
        words=amendment.words,
        data={"reference": amendment.reference},
    )
    tell(
        mission.other(actor),
        "amendment_proposed",
        mission=mission,
        about=amendment,
        key=f"amendment:{amendment.pk}:proposed",
        proposer=actor.first_name,
        total_cents=amendment.total_ht_cents,
        due_at=amendment.due_at,
    )
    return amendment


def _refuse_unfit(mission: Mission, actor: User, change: Change, name: str) -> None:
    if not mission.party(actor):
        raise Refusal(_("This is not yours to do."))
    if mission.state not in (State.RUNNING, State.SUSPENDED) or mission.expert_review:
        raise Refusal(_("An amendment changes a mission under way, before its end review."))
    if not name.strip():
        raise Refusal(_("Write your name: it is kept with the signature."))
    if not change.words.strip():
        raise Refusal(_("Say what changes."))
    if change.ends_on < clock.today():
        raise Refusal(_("The new end is past. Choose today or later."))


def _frozen(plan: list[tuple[Instalment, Part]]) -> list[Any]:
    return [[row.number, part.ht_cents, part.vat_cents, part.commission_ht_cents] for row, part in plan]


def _close(amendment: Amendment, state: str, reason: str = "") -> None:
    amendment.state, amendment.closed_at, amendment.reason = state, clock.now(), reason.strip()[:500]
    amendment.save(update_fields=["state", "closed_at", "reason"])


@transaction.atomic
def sign_amendment(amendment: Amendment, *, actor: User, name: str, digest: str) -> Mission:
    """The other side signs: the instalments to come become those both read. Signing twice changes nothing more.

    Raises ``Refusal`` when it is another version, its time is over, or the mission has moved on since.
    """
    mission = amendment.mission.locked()
    amendment = amendment.locked()
    amendment.mission = mission
    if not mission.party(actor) or actor.pk == amendment.proposed_by_id:
        raise Refusal(_("The other party signs this amendment."))
    if amendment.state == Amendment.State.SIGNED:
        return mission
    _refuse_closed(amendment)
    if digest != amendment.digest:
        raise Refusal(_("This is not the version you have read. Read the amendment again before signing it."))
    if not name.strip():
        raise Refusal(_("Write your name: it is kept with the signature."))
    if not legal_standing(mission.expert).may_start:
        raise Refusal(_("The expert's documents must be brought up to date before this amendment is signed."))
    vat_bp, plan = plan_of(mission, amendment.total_ht_cents)
    moved = mission.state not in (State.RUNNING, State.SUSPENDED) or mission.expert_review
    if moved or vat_bp != amendment.vat_bp or _frozen(plan) != amendment.plan:
        raise Refusal(_("The mission has moved on since this was written: propose a new version."))
    for row, part in plan:
        row.take(part)
        row.save()
    amendment.state, amendment.signed_by = Amendment.State.SIGNED, actor
    amendment.signed_name, amendment.signed_at = name.strip()[:120], clock.now()
    amendment.save(update_fields=["state", "signed_by", "signed_name", "signed_at"])
    mission.total_ht_cents, mission.vat_bp = amendment.total_ht_cents, vat_bp
    mission.ends_on = amendment.ends_on
    level(
        mission,
        share(mission.total_ht_cents, mission.commission_bp),
        reference=f"amendment:{amendment.pk}",
    )
    mission.save()
    MissionEvent.objects.create(
        mission=mission,
        kind=MissionEvent.Kind.AMENDED,
        actor=actor,
        data={"reference": amendment.reference, "digest": amendment.digest, "name": amendment.signed_name},
    )
    for person in (mission.client, mission.expert):
        tell(
            person,
            "amendment_signed",
            mission=mission,
            about=amendment,
            key=f"amendment:{amendment.pk}:signed",
            total_cents=amendment.total_ht_cents,
        )
    return mission


def _refuse_closed(amendment: Amendment) -> None:
    if amendment.state == Amendment.State.REPLACED:
        raise Refusal(_("A newer version has replaced this amendment: read that one."))
    if not amendment.is_open:
        raise Refusal(_("This amendment no longer waits for a signature."))


@transaction.atomic
def refuse_amendment(amendment: Amendment, *, actor: User, reason: str) -> None:
    """The other side says no: the mission goes on as agreed. Raises ``Refusal`` when it no longer waits."""
    mission = amendment.mission.locked()
    amendment = amendment.locked()
    if not mission.party(actor) or actor.pk == amendment.proposed_by_id:
        raise Refusal(_("The other party signs this amendment."))
    _refuse_closed(amendment)
    _close(amendment, Amendment.State.REFUSED, reason)
    tell(
        mission.other(actor),
        "amendment_refused",
        mission=mission,
        about=amendment,
        key=f"amendment:{amendment.pk}:refused",
        reason=amendment.reason,
    )


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, actor: User) -> None:
    """Whoever proposed takes it back. Raises ``Refusal`` when it no longer waits."""
    amendment.mission.locked()
    amendment = amendment.locked()
    if amendment.proposed_by_id != actor.pk or amendment.state != Amendment.State.PROPOSED:
        raise Refusal(_("This amendment no longer waits for a signature."))
    _close(amendment, Amendment.State.WITHDRAWN)


def lapse_amendments() -> int:
    """Close the amendments nobody signed in time. Any number of runs does it once."""
    done = 0
    for found in Amendment.objects.overdue().select_related("mission__quote", "proposed_by")[:200]:
        with transaction.atomic():
            mission = found.mission.locked()
            amendment = found.locked()
            if amendment.state != Amendment.State.PROPOSED or amendment.due_at > clock.now():
                continue
            _close(amendment, Amendment.State.LAPSED)
            tell(
                found.proposed_by,
                "amendment_lapsed",
                mission=mission,
                about=amendment,
                key=f"amendment:{amendment.pk}:lapsed",
            )
            done += 1
    return done
