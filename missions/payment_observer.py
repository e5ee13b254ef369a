"""What payments tell of instalments; everything else goes on to orders, which listen the same way."""

from collections.abc import Sequence
from typing import Any

from marketplace.kernel.compiled import STAND_IN, Compiled
from missions import actions
from missions.models import Instalment
from orders.contested import tell_chargeback
from orders.payment_observer import OrderPaymentObserver
from payments.models import Chargeback


class MissionPaymentObserver(OrderPaymentObserver):
    """The one listener named by ``settings.PAYMENT_OBSERVER``: instalments here, orders and their extras above."""

    def payment_received(self, payment_id: int) -> None:
        if instalment := Instalment.objects.filter(payment_id=payment_id).first():
            actions.confirm_payment(instalment)
        else:
            super().payment_received(payment_id)

    def evidence(self, payment_id: int) -> dict[str, str]:
        instalment = (
            Instalment.objects.select_related("mission__quote__client", "mission__expert")
            .filter(payment_id=payment_id)
            .first()
        )
        if instalment is None:
            return super().evidence(payment_id)
        mission = instalment.mission
        return {
            "product_description": f"{mission.reference} {mission.title}",
            "service_date": mission.created_at.date().isoformat(),
            "customer_name": mission.quote.accepted_name,
        }

    def charged_back(self, chargeback_id: int) -> None:
        chargeback = Chargeback.objects.get(pk=chargeback_id)
        instalment = Instalment.objects.filter(payment=chargeback.payment_id).first()
        if instalment is None:
            return super().charged_back(chargeback_id)
        mission = actions.follow_chargeback(instalment, chargeback)
        tell_chargeback(
            chargeback,
            buyers=(mission.client,),
            expert=mission.expert,
            title=mission.title,
            reference=mission.reference,
            page=("mission", str(mission.public_id)),
        )
        return None

    def invoicing(self, payment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Every instalment but the last asked is invoiced as a deposit; the last is the final invoice, and names them.

        Made out to the company as its account says it on that day. A mission that ended early has its final invoice
        too: the last of its instalments that was paid.
        """
        found = _INSTALMENTS.objects(_INSTALMENTS.rows_of(payment_ids))
        told = {instalment.payment_id: _told_of(instalment) for instalment in found}
        return told | super().invoicing([pk for pk in payment_ids if pk not in told])


_INSTALMENTS = Compiled(
    lambda key: Instalment.objects.select_related("mission__quote__conversation").filter(payment__in=[key]),
    STAND_IN,
)


def _told_of(instalment: Instalment) -> dict[str, Any]:
    told: dict[str, Any] = {"for_company": instalment.mission.quote.conversation.for_company_id}
    due = Instalment.objects.filter(mission=instalment.mission_id).exclude(state=Instalment.State.CANCELLED)
    if due.filter(number__gt=instalment.number).exists():
        return told | {"kind": "deposit"}
    before = due.filter(number__lt=instalment.number, payment__isnull=False).order_by("number")
    deposits = list(before.values_list("payment_id", flat=True))
    return told | {"kind": "final", "deposits": deposits} if deposits else told
