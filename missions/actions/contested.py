"""What the client's bank does to a mission: an instalment it takes back brings the mission before our team."""

from django.db import transaction

from missions.actions.working import bring
from missions.models import Instalment, Mission, MissionEvent
from payments.models import Chargeback, EscrowHold

State = Mission.State


@transaction.atomic
def follow_chargeback(instalment: Instalment, chargeback: Chargeback) -> Mission:
    """Bring a mission up to what the client's bank does with one of its instalments. Twice changes nothing.

    Lost, the instalment counts as paid back. A mission that still runs stops for our team to examine: the parties may
    agree on its end there, and the work is not validated by silence.
    """
    mission = instalment.mission.locked()
    instalment = instalment.locked()
    if chargeback.state != Chargeback.State.LOST or instalment.state not in Instalment.PAID:
        return mission
    hold = EscrowHold.objects.get(payment=chargeback.payment_id)
    if hold.refunded_cents + hold.clawed_back_cents == hold.amount_cents:
        instalment.state = Instalment.State.REFUNDED
        instalment.save(update_fields=["state"])
    mission.refunded_cents += chargeback.withdrawn_cents
    if mission.state in (*Mission.AT_WORK, State.READY, State.SETTLING):
        mission.suspended_at = None
        bring(mission, mission.client, MissionEvent.Kind.CONTESTED, "")
    else:
        mission.save()
    return mission
