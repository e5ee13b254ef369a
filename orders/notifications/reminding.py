"""What people are reminded of while an order waits for them, each kind in its own words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register
from orders.models import Order, OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind


@tells(Kind.REMINDED)
def reminded(event: OrderEvent, params: dict[str, Any]) -> Told:
    order = event.order
    match _what(event):
        case "transfer":
            yield order.buyer, "reminder_transfer", params
        case "start":
            yield order.expert, "reminder_start", params
        case "buyer_item":
            yield order.buyer, "reminder_buyer_item", params
        case "buyer_silent":
            yield order.expert, "reminder_buyer_silent", params
        case "due_soon":
            yield order.expert, "reminder_due", params
        case "late":
            yield order.expert, "reminder_late_expert", params
            yield order.buyer, "reminder_late_buyer", params
        case "late_cancel":
            yield order.expert, "reminder_late_cancel_expert", params
            yield order.buyer, "reminder_late_cancel_buyer", params
        case "revision_answer":
            yield order.expert, "reminder_revision_answer", params
        case "revision_soon":
            yield order.expert, "reminder_revision_due", params
        case "revision_late":
            yield order.expert, "reminder_revision_late_expert", params
            yield order.buyer, "reminder_revision_late_buyer", params
        case "acceptance":
            due = order.acceptance_due_at
            last = due is not None and due - event.created_at <= order.timer("due_soon")
            yield order.buyer, "reminder_acceptance_last" if last else "reminder_acceptance", params


def _what(event: OrderEvent) -> str:
    """What a reminder was about. Those sent before it was written down are known by the state of their order."""
    told: str = event.data.get("what", "")
    states = {
        Order.State.PENDING_PAYMENT: "transfer",
        Order.State.ACTIVE: "start",
        Order.State.DELIVERED: "acceptance",
    }
    return told or states.get(Order.State(event.state), "")


register(
    "reminder_due",
    Words(
        _("A deliverable is due tomorrow"),
        _("Deliver “%(title)s” before %(due)s, or propose a later date to %(buyer)s."),
        _("Open the order"),
    ),
)
register(
    "reminder_late_expert",
    Words(
        _("The delivery is late"),
        _(
            "“%(title)s” was due on %(due)s. Deliver now, or tell %(buyer)s when: in a day they may cancel alone."
        ),
        _("Deliver"),
    ),
)
register(
    "reminder_late_buyer",
    Words(
        _("The delivery is late"),
        _(
            "“%(title)s” was due on %(due)s. Write to %(expert)s; in a day you may cancel alone and be paid back."
        ),
        _("Open the order"),
    ),
)
register(
    "reminder_late_cancel_expert",
    Words(
        _("%(buyer)s may now cancel alone"),
        _("“%(title)s” was due on %(due)s and nothing has come. Deliver now: that takes the right away."),
        _("Deliver"),
    ),
)
register(
    "reminder_late_cancel_buyer",
    Words(
        _("You may now cancel alone"),
        _("Nothing has come for “%(title)s”. Cancel and get everything back, or go on waiting."),
        _("Open the order"),
    ),
)
register(
    "reminder_revision_answer",
    Words(
        _("A revision waits for your answer"),
        _(
            "You can still refuse the revision of “%(title)s”, with a reason. Without an answer, you take it on."
        ),
        _("Open the order"),
    ),
)
register(
    "reminder_revision_due",
    Words(
        _("A revision is due tomorrow"),
        _("%(buyer)s expects the new version of “%(title)s” on %(revision_due)s."),
        _("Open the order"),
    ),
)
register(
    "reminder_revision_late_expert",
    Words(
        _("The revision is overdue"),
        _(
            "The new version of “%(title)s” was expected on %(revision_due)s. Deliver it now, or tell %(buyer)s when."
        ),
        _("Deliver"),
    ),
)
register(
    "reminder_revision_late_buyer",
    Words(
        _("The revision is overdue"),
        _(
            "The new version of “%(title)s” was expected on %(revision_due)s. Write to %(expert)s first; you can open a dispute."
        ),
        _("Open the order"),
    ),
)
