"""What the tests of calls share."""

from datetime import timedelta

from orders.models import Call, Order, OrderEvent
from payments.models import Earning, Refund

Kind = OrderEvent.Kind
HOUR = timedelta(hours=1)


def call_of(order: Order) -> Call:
    return Call.objects.get(order=order)


def facts(order: Order):
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        Call.objects.filter(order=order).values().get(),
        OrderEvent.objects.count(),
        Refund.objects.count(),
        Earning.objects.count(),
    )
