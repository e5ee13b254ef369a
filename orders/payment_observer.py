"""What payments tell orders: always after the commit, at least once, so each looks before it acts."""

from orders import actions
from orders.models import Order
from payments.models import Payment, Refund


class OrderPaymentObserver:
    """The one listener named by ``settings.PAYMENT_OBSERVER``."""

    def payment_received(self, payment_id: int) -> None:
        order = Order.objects.filter(payment_id=payment_id).first()
        if order:
            actions.confirm_payment(order)

    def transfer_awaited(self, payment_id: int) -> None:
        order = Order.objects.filter(payment_id=payment_id).first()
        if order:
            actions.await_transfer(order)

    def payment_failed(self, payment_id: int) -> None:
        order = Order.objects.filter(payment_id=payment_id).first()
        if order and Payment.objects.filter(pk=payment_id, state=Payment.State.FAILED).exists():
            actions.note_declined_payment(order)

    def refund_settled(self, refund_id: int) -> None:
        refund = Refund.objects.select_related("hold__payment").get(pk=refund_id)
        order = Order.objects.filter(payment=refund.hold.payment).first()
        if order and refund.state == Refund.State.SUCCEEDED:
            actions.note_refund(order, refund=refund)
