"""The line of an order, from placement to its end."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from orders.models import Order

State = Order.State


@dataclass(frozen=True)
class Milestone:
    """A step on the line of an order: ``done``, ``current`` or ``next``, and its date if it has one."""

    label: str
    state: str
    at: datetime | None = None


def milestones(order: Order, *, brief_at: datetime | None = None) -> list[Milestone]:
    """The line of an order from placement to its end. ``brief_at``: when the brief was last completed."""
    placed = Milestone(_("Ordered"), "done", order.placed_at)
    if order.state == State.CANCELLED:
        return [placed, Milestone(_("Cancelled"), "done", order.cancelled_at)]
    brief = Milestone(_("Brief"), "done", brief_at or order.placed_at)
    work = Milestone(_("In progress"), "done", order.started_at)
    check = Milestone(_("To check"), "done", order.delivered_at)
    end = Milestone(_("Completed"), "next")
    match order.state:
        case State.PENDING_PAYMENT:
            return [
                Milestone(_("Payment"), "current", order.payment_due_at),
                Milestone(_("Brief"), "next"),
                Milestone(_("In progress"), "next"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE if not order.is_started:
            return [
                placed,
                Milestone(_("Brief"), "current", brief_at),
                Milestone(_("In progress"), "next"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE if order.first_delivered_at:
            return [
                placed,
                brief,
                work,
                Milestone(_("Revision"), "current"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE:
            return [
                placed,
                brief,
                Milestone(_("In progress"), "current", order.started_at),
                Milestone(_("To check"), "next", order.due_at),
                end,
            ]
        case State.DELIVERED:
            return [placed, brief, work, Milestone(_("To check"), "current", order.delivered_at), end]
        case State.COMPLETED:
            return [placed, brief, work, check, Milestone(_("Completed"), "done", order.completed_at)]
    decided = Milestone(_("Decision"), "next")
    dispute = Milestone(_("Disputed"), "current", order.disputed_at)
    if order.state == State.RESOLVED:
        dispute = Milestone(_("Disputed"), "done", order.disputed_at)
        decided = Milestone(_("Resolved"), "done", order.resolved_at)
    line = [placed, brief, work]
    if order.first_delivered_at:
        line.append(Milestone(_("Delivered"), "done", order.delivered_at))
    if order.completed_at:
        line.append(Milestone(_("Completed"), "done", order.completed_at))
    return [*line, dispute, decided]
