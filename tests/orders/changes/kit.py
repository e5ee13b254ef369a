"""What the tests of changes share: the three requests, and what a refused act must leave alone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, notifications
from orders.models import Order, OrderEvent
from orders.models.changes import ChangeRequest
from payments.models import Earning, Refund
from tests import factories

HOURS = timedelta(hours=1)
Kind = OrderEvent.Kind
State = ChangeRequest.State


def act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def en(path: str) -> str:
    """The English page, whatever language the last request left behind."""
    return "/en" + path.removeprefix("/en")


def later(order: Order, days: int = 3):
    return factories.fresh(order).due_at + timedelta(days=days)


def extend(order: Order, days: int = 3) -> ChangeRequest:
    return actions.propose_extension(
        order, actor=order.expert, due_at=later(order, days), message="Il me manque vos comptes."
    )


def ask_cancel(order: Order, who: str = "buyer") -> ChangeRequest:
    return actions.request_cancellation(order, actor=getattr(order, who), reason="Le projet s'arrête.")


def split(order: Order, who: str = "expert", refund_cents: int = 40_00) -> ChangeRequest:
    return actions.propose_settlement(
        order, actor=getattr(order, who), refund_cents=refund_cents, message="La moitié est faite."
    )


def footprint(order: Order) -> tuple:
    """All that a refused act could have moved."""
    row = Order.objects.filter(pk=order.pk).values().get()
    return (
        row,
        order.events.count(),
        list(order.changes.values()),
        Refund.objects.count(),
        Earning.objects.count(),
    )


def refuses(order: Order, doing, match: str | None = None) -> None:
    before = footprint(order)
    with translation.override("en"), pytest.raises(Refusal, match=match), transaction.atomic():
        doing()
    assert footprint(order) == before


def told(order: Order) -> dict[str, list[str]]:
    """Tell of all that happened; for each party, the kinds of notification of the last event."""
    last = order.events.order_by("pk").last()
    for event in order.events.all():
        notifications.announce(event.pk)
    found: dict[str, list[str]] = {"buyer": [], "expert": []}
    for line in Notification.objects.filter(key__startswith=f"order_event:{last.pk}"):
        found["buyer" if line.user_id == order.buyer_id else "expert"].append(line.kind)
    return found


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()
