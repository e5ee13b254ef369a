"""Buyers whose expert is suspended: told at once, each for their own order."""

from accounts import hooks
from accounts.models import Suspension
from messaging import actions as messaging
from orders.models import Order


def _tell_buyers(suspension: Suspension) -> None:
    running = Order.objects.sold_by(suspension.user).exclude(state__in=Order.CLOSED)
    for order in running.filter(paid_at__isnull=False).select_related("buyer"):
        messaging.notify(
            order.buyer,
            key=f"suspension:{suspension.pk}:order:{order.pk}",
            kind="order_expert_suspended",
            params={
                "title": order.title,
                "reference": order.reference,
                "expert": suspension.user.display_name,
            },
            url_name="order",
            url_args=[str(order.public_id)],
        )


hooks.on_suspension(_tell_buyers)
