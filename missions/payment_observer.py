"""What payments tell of instalments; everything else goes on to orders, which listen the same way."""

from missions import actions
from missions.models import Instalment
from orders.payment_observer import OrderPaymentObserver


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
