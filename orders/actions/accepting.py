"""How an order ends well: its delivery is accepted, by the buyer or by the clock, and the money leaves."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import ExpertProfile, User
from marketplace.kernel import clock
from marketplace.kernel.compiled import STAND_IN, Compiled
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import add, draw_many, write
from messaging import actions as messaging
from offers.models import Offer
from orders.actions import money
from orders.actions.parties import only
from orders.actions.records import count_completed
from orders.actions.work import close_waiting
from orders.models import ChangeRequest, Order, OrderEvent, OrderExtra, Pause, RevisionRequest
from orders.models.records import Side
from orders.outbox import announce, event_of, write_deed

_COMPLETED = (
    "state",
    "completed_at",
    "acceptance_due_at",
    "question_at",
    "accepted_automatically",
    "reminders_sent",
    "next_reminder_at",
    "refunded_cents",
    "earned_cents",
    "rights_pass",
)
"""What changes on an order whose delivery is accepted."""


@transaction.atomic
def accept_delivery(order: Order, *, actor: User | None) -> Order:
    """Close the order and release the money. ``actor`` is ``None`` when the buyer's time to answer ran out."""
    order = order.locked()  # a fresh row: a second click waits here, then is refused
    if actor is not None:
        only(order.buyer, actor)
    _accept([order], actor)
    return order


@transaction.atomic
def accept_in_time(orders: Sequence[Order]) -> None:
    """Accept deliveries their buyers left unanswered, all or none. The caller has just locked the rows.

    Raises ``Refusal`` when one of the buyers still has time, or the money of one cannot move.
    """
    _accept(orders, None)


def _accept(orders: Sequence[Order], actor: User | None) -> None:
    now = clock.now()
    for order in orders:
        if actor is None and (order.acceptance_due_at is None or order.acceptance_due_at > now):
            raise Refusal("The buyer still has time to answer.")
        order.complete()
        order.accepted_automatically = actor is None
        order.schedule_reminders()
        order.rights_pass = True
    clearing = "clearing_manual" if actor else "clearing_automatic"
    outcomes = money.pay_out_whole(orders, clearing=clearing)
    events = []
    for key, order in zip(draw_many(OrderEvent, len(orders)), orders, strict=True):
        outcome = outcomes[order.pk]
        event = event_of(
            order,
            OrderEvent.Kind.DELIVERY_ACCEPTED,
            actor=actor,
            automatic=order.accepted_automatically,
            net_cents=outcome.net_cents,
            available_at=outcome.available_at.isoformat() if outcome.available_at else "",
        )
        event.pk = key
        events.append(event)
    write([events], [(order, _COMPLETED) for order in orders])
    waiting = {pk for (pk,) in _WAITED_ON.rows_of([order.pk for order in orders])}
    for order in orders:
        if order.pk in waiting:
            close_waiting(order)
    messaging.close_all([order.conversation_id for order in orders])
    experts = Counter(order.expert_id for order in orders)
    add(Offer, "completed_count", Counter(order.offer_id for order in orders))
    add(ExpertProfile, "completed_count", experts, by="user_id")
    count_completed(Side.EXPERT, experts)
    count_completed(Side.BUYER, Counter(order.buyer_id for order in orders))
    for order, event in zip(orders, events, strict=True):
        write_deed.delay_on_commit(order.pk)
        announce.delay_on_commit(event.pk)


_WAITED_ON = Compiled(
    lambda key: (
        Order.objects.filter(
            Q(kind=Offer.Kind.CALL)
            | Exists(OrderExtra.objects.open().filter(order=OuterRef("pk")))
            | Exists(ChangeRequest.objects.open().filter(order=OuterRef("pk")))
            | Exists(Pause.objects.open().filter(order=OuterRef("pk")))
            | Exists(RevisionRequest.objects.open().filter(order=OuterRef("pk"))),
            pk__in=[key],
        )
        .order_by()
        .values_list("pk")
    ),
    STAND_IN,
)
"""Those on which something waits that ends with them, see ``close_waiting``."""
