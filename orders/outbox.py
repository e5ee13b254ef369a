"""The record of what happened, and the errand that tells people of it after the commit.

An event row is timeline, audit trail and outbox at once: `announced_at` stays empty until everyone was told,
so a sweep finds what a lost queue forgot.
"""

from typing import Any

from celery import shared_task

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.writing import write
from orders.models import Order, OrderEvent

DEADLINES = ("payment_due_at", "start_due_at", "due_at", "revision_due_at", "acceptance_due_at")


def record(order: Order, kind: str, *, actor: User | None = None, **data: Any) -> OrderEvent:
    """Write down what just happened to an order. ``actor`` is ``None`` when the clock or the gateway acted.

    The event keeps the deadlines as they stand now: people are told of them later, when they may have moved.
    """
    event = event_of(order, kind, actor=actor, **data)
    write([event])
    announce.delay_on_commit(event.pk)
    return event


def event_of(order: Order, kind: str, *, actor: User | None = None, **data: Any) -> OrderEvent:
    """The row of what just happened, not saved yet: whoever writes it with others sees that it is announced."""
    deadlines = {name: moment.isoformat() for name in DEADLINES if (moment := getattr(order, name))}
    return OrderEvent(
        order=order,
        kind=kind,
        actor=actor,
        hand=actor.hand if actor else None,
        state=order.state,
        data=deadlines | data,
        created_at=clock.now(),
    )


@shared_task
def write_deed(order_id: int) -> None:
    """Make the deed of an order's rights. Running it twice makes one."""
    from orders import deeds

    deeds.make(Order.objects.select_related("buyer", "expert").get(pk=order_id))


@shared_task
def announce(event_id: int) -> None:
    """Tell those concerned by an event. Running it twice tells nobody twice."""
    from orders import notifications

    notifications.announce(event_id)
