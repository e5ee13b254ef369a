"""What happens to all the money of an order at once: its own payment and those of its extras.

Callers hold the order's lock. Holds are locked in one order, the order's own first, then its extras, oldest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.models import Order
from orders.models.money import divide, divide_released, payments_of, payments_of_all
from payments import clawback, escrow


@dataclass(frozen=True)
class Outcome:
    """What the end of an order gave to whom, in cents. ``available_at``: when the expert may withdraw."""

    refund_cents: int
    net_cents: int
    available_at: datetime | None = None


def freeze(order: Order) -> None:
    """Let nothing leave until staff have decided."""
    for payment in payments_of(order):
        escrow.freeze(payment.hold)


def unfreeze(order: Order) -> None:
    """Let the money move again."""
    for payment in payments_of(order):
        escrow.unfreeze(payment.hold)


def pay_out(order: Order, *, refund_cents: int, reason: str, clearing: timedelta) -> Outcome:
    """Give so many cents back to the buyer and the rest to the expert, and keep the result on the order.

    The caller saves the order.
    """
    net_cents, available_at = 0, None
    for share in divide(payments_of(order), refund_cents):
        hold = share.payment.hold
        if share.refund_cents:
            escrow.refund(hold, share.refund_cents, reason=reason)
        if share.released_cents:
            earning = escrow.release(hold, clearing=clearing)
            net_cents += earning.net_cents
            available_at = earning.available_at
    order.refunded_cents, order.earned_cents = refund_cents, net_cents
    return Outcome(refund_cents, net_cents, available_at)


def pay_out_whole(orders: Sequence[Order], *, clearing: str) -> dict[int, Outcome]:
    """Release all the money of several orders and keep the result on each, by order. The caller saves them.

    ``clearing`` names the timer, frozen on each, after which the expert may withdraw.
    """
    paid = payments_of_all(orders)
    earnings = escrow.release_all(
        {payment_id: order.timer(clearing) for order in orders for payment_id in paid[order.pk]}
    )
    outcomes = {}
    for order in orders:
        earned = [earnings[payment_id] for payment_id in paid[order.pk]]
        order.refunded_cents, order.earned_cents = 0, sum(earning.net_cents for earning in earned)
        outcomes[order.pk] = Outcome(0, order.earned_cents, earned[-1].available_at)
    return outcomes


def pay_back(order: Order, *, reason: str) -> Outcome:
    """Give everything back to the buyer. The caller saves the order."""
    return pay_out(order, refund_cents=order.total_cents, reason=reason, clearing=timedelta())


def take_back(order: Order, *, refund_cents: int, reason: str) -> int:
    """Give the buyer back so much of what was released, the newest payment first. What the expert gives of it, in cents.

    Raises ``Refusal`` when less than that is left of the releases.
    """
    taken = 0
    for hold, part, shares in divide_released(payments_of(order), refund_cents):
        clawback.refund_released(hold, part, reason=reason)
        taken += shares.net_cents
    return taken
