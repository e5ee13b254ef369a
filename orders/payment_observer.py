"""What payments tell orders: always after the commit, at least once, so each looks before it acts."""

from typing import Any

from orders import actions
from orders.contested import evidence_of, tell_chargeback
from orders.models import Order, OrderExtra
from payments.models import Chargeback, Payment, Refund


class OrderPaymentObserver:
    """The one listener named by ``settings.PAYMENT_OBSERVER``. A payment is that of an order, or of one of its extras."""

    def payment_received(self, payment_id: int) -> None:
        if order := Order.objects.filter(payment_id=payment_id).first():
            actions.confirm_payment(order)
        elif extra := OrderExtra.objects.filter(payment_id=payment_id).first():
            actions.confirm_extra(extra)

    def transfer_awaited(self, payment_id: int) -> None:
        if order := Order.objects.filter(payment_id=payment_id).first():
            actions.await_transfer(order)
        elif extra := OrderExtra.objects.filter(payment_id=payment_id).first():
            actions.await_extra_transfer(extra)

    def payment_failed(self, payment_id: int) -> None:
        order = Order.objects.filter(payment_id=payment_id).first()
        if order and Payment.objects.filter(pk=payment_id, state=Payment.State.FAILED).exists():
            actions.note_declined_payment(order)

    def refund_settled(self, refund_id: int) -> None:
        refund = Refund.objects.select_related("hold__payment").get(pk=refund_id)
        payment = refund.hold.payment
        order = (
            Order.objects.filter(payment=payment).first()
            or Order.objects.filter(extras__payment=payment).first()
        )
        if order and refund.state == Refund.State.SUCCEEDED:
            actions.note_refund(order, refund=refund)

    def charged_back(self, chargeback_id: int) -> None:
        chargeback = Chargeback.objects.select_related("payment").get(pk=chargeback_id)
        if order := _order_of(chargeback.payment_id):
            actions.follow_chargeback(order, chargeback)
            tell_chargeback(
                chargeback,
                buyers=order.readers(order.buyer),
                expert=order.expert,
                title=order.title,
                reference=order.reference,
                page=("order", str(order.public_id)),
            )

    def evidence(self, payment_id: int) -> dict[str, str]:
        order = _order_of(payment_id)
        return evidence_of(order) if order else {}

    def invoicing(self, payment_id: int) -> dict[str, Any]:
        order = _order_of(payment_id)
        if order is None:
            return {}
        if order.payment_id != payment_id:
            return {"buyer": order.billing, "for_company": order.for_company_id}
        lines = order.lines.filter(extra=None).order_by("position", "pk").values_list("title", "price_cents")
        return {"buyer": order.billing, "lines": list(lines), "for_company": order.for_company_id}


def _order_of(payment_id: int) -> Order | None:
    """The order that a payment is for, by itself or by one of its extras."""
    return (
        Order.objects.filter(payment_id=payment_id).first()
        or Order.objects.filter(extras__payment_id=payment_id).first()
    )
