"""Which events a thread shows, and what a page knows of it."""

from datetime import datetime

from django.db.models import Max, Q

from orders.models import Order, OrderEvent

Kind = OrderEvent.Kind

QUIET = (Kind.MESSAGE, Kind.REMINDED, Kind.CALL_REMINDED, Kind.REVIEW_CHANGED)
"""Events that no thread shows: a message shows itself, a reminder is between us and one person, and what an author
changed before anyone read it is theirs."""

BUYERS_OWN = (Kind.PLACED, Kind.TRANSFER_AWAITED, Kind.PAYMENT_DECLINED, Kind.REFUNDED)
"""Events between the buyer and the bank: the expert does not see them."""


def is_shown(event: OrderEvent, order: Order, side: str) -> bool:
    """Whether an event has a place in what a side may read of an order."""
    if event.kind in QUIET or (side == "expert" and event.kind in BUYERS_OWN):
        return False
    return side != "expert" or event.kind != Kind.BRIEF_COMPLETED or _was_paid(order, event)


def token(order: Order, *, read_until: datetime | None) -> tuple[str, str]:
    """What a thread knows: ``(everything, standing)``. The first changes with each word or read mark, the second
    only when the order itself moved. One query."""
    last = order.events.aggregate(any=Max("pk"), standing=Max("pk", filter=~Q(kind__in=QUIET)))
    return as_token(last["any"] or 0, read_until), str(last["standing"] or 0)


def as_token(last_event: int, read_until: datetime | None) -> str:
    """A thread's state in a few characters: its last event, and how far the other side has read."""
    return f"{last_event}-{int(read_until.timestamp()) if read_until else 0}"


def _was_paid(order: Order, event: OrderEvent) -> bool:
    return order.paid_at is not None and event.created_at >= order.paid_at
