"""A buyer's orders, those that wait for them first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from orders.models import Order, OrderQuerySet, Review
from orders.queries.pending import PENDING, with_pending
from orders.queries.steps import Milestone, NextStep, allowed, milestones, next_step

FILTERS: dict[str, Q] = {
    "all": Q(),
    "turn": OrderQuerySet.BUYERS_TURN | PENDING,
    "asked": PENDING,
    "ongoing": Q(state__in=Order.ONGOING),
    "completed": Q(state__in=[Order.State.COMPLETED, Order.State.RESOLVED]),
    "cancelled": Q(state=Order.State.CANCELLED),
}


@dataclass(frozen=True)
class OrderRow:
    """One order of a list, with what comes next in it for the person who looks."""

    order: Order
    step: NextStep
    milestones: list[Milestone]
    acts: frozenset[str]
    reviewed: bool
    pending: str
    """What the other party asked and that waits for this person: see ``pending.with_pending``."""

    @property
    def is_turn(self) -> bool:
        return self.step.yours or bool(self.pending)

    @property
    def shows_line(self) -> bool:
        """Whether the order is still on its way, so that its steps are worth a line."""
        return self.order.state in (Order.State.ACTIVE, Order.State.DELIVERED)

    @property
    def may_review(self) -> bool:
        return "review" in self.acts and not self.reviewed


def buyer_orders(buyer: User, filter_name: str = "all") -> QuerySet[Order]:
    """What a person bought: those that wait for them, then those under way, then the others; newest first."""
    return (
        with_pending(Order.objects.bought_by(buyer), "buyer")
        .filter(FILTERS.get(filter_name, Q()))
        .for_lists()
        .select_related("payment__hold", "offer__category")
        .annotate(
            urgency=Case(
                When(OrderQuerySet.BUYERS_TURN | PENDING, then=Value(0)),
                When(state__in=Order.ONGOING, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
            is_reviewed=Exists(Review.objects.filter(order=OuterRef("pk"), author=OuterRef("buyer"))),
        )
        .order_by("urgency", "-placed_at", "-pk")
    )


def buyer_counts(buyer: User) -> dict[str, int]:
    """How many orders each filter of a buyer's list finds, in one query."""
    counts: dict[str, int] = with_pending(Order.objects.bought_by(buyer), "buyer").aggregate(
        **{
            name: Count("pk", filter=condition) if condition else Count("pk")
            for name, condition in FILTERS.items()
        }
    )
    return counts


def rows(orders: Iterable[Order], viewer: User) -> list[OrderRow]:
    """Orders ready for a list. No further query."""
    return [
        OrderRow(
            order=order,
            step=next_step(order, order.party(viewer)),
            milestones=milestones(order),
            acts=allowed(order, order.party(viewer)),
            reviewed=getattr(order, "is_reviewed", False),
            pending=getattr(order, "pending", ""),
        )
        for order in orders
    ]
