"""For each event: who is told, in which words, under which key. Nobody is told of what they did themselves."""

from typing import Any

from django.db import transaction

from marketplace.kernel import clock
from messaging import actions as messaging
from orders import calendars
from orders.models import Order, OrderEvent
from orders.notifications import asking as asking
from orders.notifications import calling as calling
from orders.notifications import delivering as delivering
from orders.notifications import disputing as disputing
from orders.notifications import ending as ending
from orders.notifications import extras as extras
from orders.notifications import judging as judging
from orders.notifications import pausing as pausing
from orders.notifications import paying as paying
from orders.notifications import records as records
from orders.notifications import reminding as reminding
from orders.notifications import requests as requests
from orders.notifications import talking as talking
from orders.notifications import words as words
from orders.notifications.telling import SILENT as SILENT
from orders.notifications.telling import TELLERS, Told


def announce(event_id: int) -> None:
    """Tell everyone an event concerns, then mark it told. Any number of runs tells each person once."""
    with transaction.atomic():
        event = (
            OrderEvent.objects.select_for_update(no_key=True, of=("self",))
            .select_related("order", "order__buyer", "order__expert", "order__call", "actor")
            .get(pk=event_id)
        )
        if event.announced_at is not None:
            return
        for user, kind, params in told_of(event):
            for reader in event.order.readers(user):
                messaging.notify(
                    reader,
                    key=f"order_event:{event.pk}",
                    kind=kind,
                    params=params,
                    url_name="order",
                    url_args=[order_id(event.order)],
                    calendar=calendars.enclosed(event, user),
                )
        event.announced_at = clock.now()
        event.save(update_fields=["announced_at"])


def order_id(order: Order) -> str:
    return str(order.public_id)


def told_of(event: OrderEvent) -> Told:
    """Each person to tell, with the kind of notification and its parameters."""
    teller = TELLERS.get(event.kind)
    return iter(()) if teller is None else teller(event, _params(event))


def _params(event: OrderEvent) -> dict[str, Any]:
    order = event.order
    moments = {
        name: moment.isoformat() if (moment := getattr(order, name)) else ""
        for name in ("payment_due_at", "start_due_at", "due_at", "revision_due_at", "acceptance_due_at")
    }
    defaults = {
        "reason": "",
        "net_cents": order.net_cents,
        "refund_cents": 0,
        "amount_cents": 0,
        "available_at": "",
        "new_due_at": "",
        "answer_due_at": "",
        "closes_at": "",
        "pause_due_at": order.pause_due_at.isoformat() if order.pause_due_at else "",
        "item": _paused_for(event),
        "excerpt": "",
        "author": event.actor.display_name if event.actor else "",
    }
    return {
        **defaults,
        "title": order.title,
        "reference": order.reference,
        "buyer": order.buyer.display_name,
        "expert": order.expert.display_name,
        "total_cents": order.total_cents,
        **moments,
        **event.data,
    }


def _paused_for(event: OrderEvent) -> str:
    """What the order stands still for, in the words of its expert; asked for only when a reminder needs it."""
    if event.kind != OrderEvent.Kind.REMINDED or not event.order.is_paused:
        return ""
    found = event.order.pauses.filter(ended_at=None).first()
    return found.item if found else ""
