"""What payments tell orders: always after the commit, at least once, so each looks before it acts."""

import json
from collections.abc import Sequence
from typing import Any

from marketplace.kernel.compiled import STAND_IN, Compiled
from orders import actions
from orders.contested import evidence_of, tell_chargeback
from orders.models import Order, OrderExtra, OrderLine
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

    def invoicing(self, payment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        told: dict[int, dict[str, Any]] = {}
        orders: dict[int, dict[str, Any]] = {}
        if not payment_ids:
            return told
        for pk, payment_id, billing, company in _ORDERS.rows_of(payment_ids):
            told[payment_id] = orders[pk] = {
                "buyer": json.loads(billing),
                "for_company": company,
                "lines": [],
            }
        for order_id, title, cents in _LINES.rows_of(list(orders)) if orders else ():
            orders[order_id]["lines"].append((title, cents))
        if left := [pk for pk in payment_ids if pk not in told]:
            for payment_id, billing, company in _EXTRAS.rows_of(left):
                told[payment_id] = {"buyer": json.loads(billing), "for_company": company}
        return told


_ORDERS = Compiled(
    lambda key: (
        Order.objects.filter(payment__in=[key])
        .order_by()
        .values_list("pk", "payment_id", "billing", "for_company_id")
    ),
    STAND_IN,
)
_EXTRAS = Compiled(
    lambda key: (
        OrderExtra.objects.filter(payment__in=[key])
        .order_by()
        .values_list("payment_id", "order__billing", "order__for_company_id")
    ),
    STAND_IN,
)
_LINES = Compiled(
    lambda key: (
        OrderLine.objects.filter(order__in=[key], extra=None)
        .order_by("position", "pk")
        .values_list("order_id", "title", "price_cents")
    ),
    STAND_IN,
)
"""What was bought at first, the add-ons chosen then included: each extra since has an invoice of its own."""


def _order_of(payment_id: int) -> Order | None:
    """The order that a payment is for, by itself or by one of its extras."""
    return (
        Order.objects.filter(payment_id=payment_id).first()
        or Order.objects.filter(extras__payment_id=payment_id).first()
    )
