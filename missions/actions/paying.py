"""Instalments: asked, paid, reminded, released. Callers hold the mission's lock unless said otherwise."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from marketplace.kernel import clock
from missions import rules
from missions.amounts import under_regime
from missions.models import Instalment, Mission, MissionEvent
from missions.notifications import tell
from missions.queries import regime_of
from payments import escrow
from payments.models import Payment
from payments.terms import HT, CommissionTerms

State = Mission.State
Kind = MissionEvent.Kind


def ask(instalment: Instalment, *, expires_at: datetime | None = None) -> Instalment:
    """Ask the client for an instalment; one asked already stays as it is."""
    if instalment.state != Instalment.State.PLANNED:
        return instalment
    mission, now = instalment.mission, clock.now()
    _follow_regime(instalment)
    with override(mission.client.language):
        description = _("Instalment %(n)d, %(title)s") % {"n": instalment.number, "title": mission.title}
    instalment.payment = escrow.request_payment(
        payer=mission.client,
        payee=mission.expert,
        amount_cents=instalment.ttc_cents,
        terms=CommissionTerms(
            rate_bp=mission.commission_bp,
            base=HT,
            seller_vat_bp=instalment.vat_bp,
            fixed_ht_cents=instalment.commission_ht_cents,
        ),
        description=description,
        reference=mission.reference,
        method=Payment.Method.CARD,
        expires_at=expires_at or now + rules.PAYMENT_OPEN,
    )
    instalment.state, instalment.asked_at = Instalment.State.ASKED, now
    instalment.due_at = expires_at or now + rules.PAYMENT
    instalment.save()
    MissionEvent.objects.create(
        mission=mission, kind=Kind.ASKED, data={"number": instalment.number, "cents": instalment.ttc_cents}
    )
    tell(mission.client, "instalment_asked", mission=mission, instalment=instalment)
    return instalment


def _follow_regime(instalment: Instalment) -> None:
    """Each instalment is invoiced under the regime of its day; what the client pays never rises by it."""
    mission, vat_bp = instalment.mission, regime_of(instalment.mission.expert)
    if vat_bp == instalment.vat_bp:
        return
    former = instalment.part
    instalment.take(under_regime(former, vat_bp))
    mission.total_ht_cents += instalment.ht_cents - former.ht_cents
    mission.save(update_fields=["total_ht_cents"])
    MissionEvent.objects.create(
        mission=mission, kind=Kind.REGIME, data={"number": instalment.number, "vat_bp": vat_bp}
    )


def release(instalment: Instalment) -> None:
    """Pay the expert what an instalment holds."""
    if instalment.state != Instalment.State.HELD or instalment.payment is None:
        return
    earning = escrow.release(instalment.payment.hold, clearing=rules.CLEARING)
    instalment.state, instalment.released_at = Instalment.State.RELEASED, clock.now()
    instalment.save(update_fields=["state", "released_at"])
    tell(
        instalment.mission.expert,
        "instalment_released",
        mission=instalment.mission,
        instalment=instalment,
        net_cents=earning.net_cents,
    )


@transaction.atomic
def confirm_payment(instalment: Instalment) -> Instalment:
    """The gateway has the money of an instalment: the mission goes on. Twice changes nothing.

    The first is held until the work starts; the others pay for work the client has seen, and go to the expert.
    """
    mission = instalment.mission.locked()
    instalment = instalment.locked()
    instalment.mission = mission
    payment = instalment.payment
    if instalment.state != Instalment.State.ASKED or payment is None or payment.state != "received":
        return instalment
    now = clock.now()
    instalment.state, instalment.paid_at = Instalment.State.HELD, now
    instalment.save(update_fields=["state", "paid_at"])
    MissionEvent.objects.create(
        mission=mission,
        kind=Kind.PAID,
        actor=mission.client,
        data={"number": instalment.number, "cents": instalment.ttc_cents},
    )
    if mission.state == State.UNPAID:
        mission.state = State.READY
        mission.save(update_fields=["state"])
    tell(
        mission.expert,
        "instalment_paid_first" if instalment.number == 1 else "instalment_paid",
        mission=mission,
        instalment=instalment,
    )
    _go_on(mission, instalment, now)
    return instalment


def _go_on(mission: Mission, instalment: Instalment, now: datetime) -> None:
    from missions.actions.ending import settle
    from missions.actions.reviewing import complete_if_done

    if mission.state == State.SUSPENDED and not _late(mission):
        lift(mission, actor=None)
    if mission.state == State.SETTLING:
        settle(mission)
    elif instalment.number == 2 and mission.state in (State.RUNNING, State.SUSPENDED):
        release(instalment)
    else:
        complete_if_done(mission)


def _late(mission: Mission) -> bool:
    return mission.instalments.filter(state=Instalment.State.ASKED, due_at__lte=clock.now()).exists()


def lift(mission: Mission, *, actor: User | None) -> None:
    """The work goes on after a suspension; the expected end moves by the days it lasted."""
    now = clock.now()
    paused = now - (mission.suspended_at or now)
    mission.suspended_seconds += int(paused.total_seconds())
    mission.ends_on += paused
    mission.suspended_at = None
    mission.state = State.REVIEW if mission.expert_review else State.RUNNING
    mission.save()
    MissionEvent.objects.create(mission=mission, kind=Kind.RESUMED, actor=actor)
    tell(
        mission.client,
        "mission_resumed",
        mission=mission,
        key=f"mission:{mission.pk}:resumed:{int(now.timestamp())}",
    )


def cancel_unpaid() -> int:
    """Close the missions whose first instalment never came. Any number of runs does it once.

    Asks the provider first, so never inside a transaction.
    """
    done = 0
    overdue = Instalment.objects.filter(
        number=1, state=Instalment.State.ASKED, due_at__lte=clock.now(), mission__state=State.UNPAID
    )
    left = escrow.undecided(Payment.objects.filter(instalment__in=overdue))
    for found in overdue.exclude(payment__in=left).select_related("mission")[:200]:
        with transaction.atomic():
            mission = found.mission.locked()
            instalment = found.locked()
            payment = instalment.payment
            if mission.state != State.UNPAID or instalment.state != Instalment.State.ASKED or payment is None:
                continue
            payment = payment.locked()
            if payment.state == Payment.State.RECEIVED or payment.expires_at > clock.now():
                continue  # the money is there and about to be told, or a transfer is on its way
            escrow.expire(payment)
            mission.instalments.update(state=Instalment.State.CANCELLED)
            mission.state, mission.closed_at = State.CANCELLED, clock.now()
            mission.save(update_fields=["state", "closed_at"])
            MissionEvent.objects.create(mission=mission, kind=Kind.CANCELLED)
            for person in (mission.client, mission.expert):
                tell(person, "mission_cancelled", mission=mission)
            done += 1
    return done


def tell_late() -> int:
    """Tell experts once that an instalment is late, and what they may do. Any number of runs does it once."""
    late = Instalment.objects.filter(
        state=Instalment.State.ASKED,
        number__gt=1,
        due_at__lte=clock.now(),
        due_at__gt=clock.now() - rules.LATE_TOLD,
        mission__state__in=[State.RUNNING, State.REVIEW],
    ).select_related("mission__expert", "mission__client", "mission__quote")
    for instalment in late[:200]:
        for person in (instalment.mission.expert, instalment.mission.client):
            side = "expert" if person.pk == instalment.mission.expert_id else "client"
            tell(person, f"instalment_late_{side}", mission=instalment.mission, instalment=instalment)
    return len(late[:200])


def remind_unpaid() -> int:
    """Remind clients once of an instalment that waits. Any number of runs does it once."""
    waiting = Instalment.objects.filter(
        state=Instalment.State.ASKED,
        reminded_at=None,
        asked_at__lte=clock.now() - rules.PAYMENT_REMINDER,
    ).select_related("mission__client", "mission__quote")
    done = 0
    for instalment in waiting[:200]:
        with transaction.atomic():
            if Instalment.objects.filter(pk=instalment.pk, reminded_at=None).update(reminded_at=clock.now()):
                tell(
                    instalment.mission.client,
                    "reminder_instalment",
                    mission=instalment.mission,
                    instalment=instalment,
                )
                done += 1
    return done
