"""What the expert waits for, what was sent, and the dates that stand still meanwhile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Topic, Words, register
from orders.models import OrderEvent, Pause
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind


@tells(Kind.ITEMS_SUPPLIED)
def items_supplied(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.order.paid_at:  # before, the expert does not know of the order
        yield event.order.expert, "items_supplied", params


@tells(Kind.PAUSED)
def paused(event: OrderEvent, params: dict[str, Any]) -> Told:
    begun = event.order.is_started
    yield event.order.buyer, "item_missing" if begun else "item_missing_before_start", params


@tells(Kind.RESUMED)
def resumed(event: OrderEvent, params: dict[str, Any]) -> Told:
    order, end = event.order, event.data.get("end")
    if end == Pause.End.CONTESTED:
        yield order.expert, "pause_contested", params
    elif end == Pause.End.RAN_OUT:
        yield order.expert, "pause_over", params
        yield order.buyer, "pause_over", params
    elif end == Pause.End.RESUMED:
        yield order.buyer, "work_resumed", params


register(
    "items_supplied",
    Words(
        _("%(buyer)s sent what you need"),
        _("Read it for “%(title)s”: %(item)s."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "item_missing",
    Words(
        _("%(expert)s waits for you: %(item)s"),
        _(
            "The countdown of “%(title)s” is paused until you send it, or until %(pause_due)s at the latest. "
            "If nothing is missing, say so in the order."
        ),
        _("Send what is missing"),
    ),
)
register(
    "item_missing_before_start",
    Words(
        _("%(expert)s needs this to begin: %(item)s"),
        _("Send it for “%(title)s” before %(pause_due)s, or the order is cancelled and you are paid back."),
        _("Send what is missing"),
    ),
)
register(
    "pause_contested",
    Words(
        _("%(buyer)s says that nothing is missing"),
        _("“%(reason)s” The dates of “%(title)s” are running again."),
        _("Open the order"),
    ),
)
register(
    "pause_over",
    Words(
        _("The pause is over"),
        _("It has lasted as long as it can: the deliverable of “%(title)s” is now due on %(due)s."),
        _("Open the order"),
    ),
)
register(
    "work_resumed",
    Words(
        _("%(expert)s no longer waits"),
        _("The dates of “%(title)s” are running again."),
        _("Follow the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "reminder_buyer_item",
    Words(
        _("%(expert)s still waits for you: %(item)s"),
        _("Send it for “%(title)s”: the order stands still meanwhile, until %(pause_due)s at the latest."),
        _("Send what is missing"),
    ),
)
register(
    "reminder_buyer_silent",
    Words(
        _("%(buyer)s has not sent what is missing"),
        _(
            "You may now cancel “%(title)s” without fault, or go on: the countdown runs again on %(pause_due)s."
        ),
        _("Open the order"),
    ),
)
