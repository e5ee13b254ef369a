"""Who else may answer a question that came back to its buyer: other experts of the same domain."""

from uuid import UUID

from accounts.models import ExpertProfile, TimeOff, User
from marketplace.kernel import clock
from offers.models import Offer
from orders.models import Order

SHOWN = 3
LEFT_WITHOUT_ANSWER = (
    Order.CancelCause.DECLINED,
    Order.CancelCause.NOT_STARTED,
    Order.CancelCause.UNANSWERED,
)


def other_experts(order: Order, side: str, *, proposal: str = "") -> list[Offer]:
    """Offers that take the question of a buyer who was left without an answer, the most used first.

    Nothing when its expert proposed something in its place. One query for such a question, none for any other order.
    """
    left = order.state == Order.State.CANCELLED and order.cancel_cause in LEFT_WITHOUT_ANSWER
    if side != "buyer" or order.kind != Offer.Kind.QUESTION or not left or proposal:
        return []
    found = (
        Offer.objects.published()
        .filter(kind=Offer.Kind.QUESTION, category=order.offer.category_id, queue_limit=None)
        .exclude(expert__in=[order.expert_id, order.buyer_id])
        .exclude(expert__expert_profile__availability=ExpertProfile.Availability.CLOSED)
        .exclude(expert__in=TimeOff.objects.on(clock.today()).values("expert"))
        .select_related("expert")
        .defer("search")
        .order_by("-completed_count", "-rating_sum", "pk")
    )
    return list(found[:SHOWN])


def asked_before(buyer: User, again: UUID) -> str:
    """The words of a question that a buyer asks once more, by the public id of its order; empty for anything else."""
    order = Order.objects.bought_by(buyer).filter(kind=Offer.Kind.QUESTION, public_id=again).first()
    return order.brief if order else ""
