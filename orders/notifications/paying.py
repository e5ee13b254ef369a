"""From the order placed to its payment, and the payment sent back."""

from typing import Any

from orders.models import OrderEvent
from orders.notifications.telling import Told, silent, tells

Kind = OrderEvent.Kind

silent(Kind.PLACED, "the buyer is on the payment page; the expert hears of it once it is paid")


silent(Kind.CONTESTED, "both are told by the words of orders/contested.py, which know what the bank decided")


@tells(Kind.TRANSFER_AWAITED)
def transfer_awaited(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_placed_by_transfer", params


@tells(Kind.PAYMENT_DECLINED)
def payment_declined(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "payment_declined", params


@tells(Kind.PAID)
def paid(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.order.booking is not None:
        return  # that the call is booked says it all
    may_withdraw = event.data.get("withdraw_end_at")
    yield event.order.buyer, "order_paid_withdrawable" if may_withdraw else "order_paid_buyer", params
    yield event.order.expert, "order_paid_expert", params


@tells(Kind.REFUNDED)
def refunded(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "refund_settled", params
