"""For each event: who is told, in which words, under which key. Nobody is told of what they did themselves."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from accounts.models import User
from marketplace.kernel import clock
from messaging import actions as messaging
from orders.models import Order, OrderEvent, Review
from orders.notifications import words as words
from orders.notifications.telling import TELLERS

Kind = OrderEvent.Kind


def announce(event_id: int) -> None:
    """Tell everyone an event concerns, then mark it told. Any number of runs tells each person once."""
    with transaction.atomic():
        event = (
            OrderEvent.objects.select_for_update(of=("self",))
            .select_related("order", "order__buyer", "order__expert", "actor")
            .get(pk=event_id)
        )
        if event.announced_at is not None:
            return
        for user, kind, params in told_of(event):
            messaging.notify(
                user,
                key=f"order_event:{event.pk}",
                kind=kind,
                params=params,
                url_name="order",
                url_args=[order_id(event.order)],
            )
        event.announced_at = clock.now()
        event.save(update_fields=["announced_at"])


def order_id(order: Order) -> str:
    return str(order.public_id)


def told_of(event: OrderEvent) -> Iterator[tuple[User, str, dict[str, Any]]]:
    """Yield each person to tell, with the kind of notification and its parameters."""
    order, data = event.order, event.data
    params = _params(event)
    buyer, expert = order.buyer, order.expert
    if (teller := TELLERS.get(event.kind)) is not None:
        yield from teller(event, params)
        return
    match event.kind:
        case Kind.TRANSFER_AWAITED:
            yield buyer, "order_placed_by_transfer", params
        case Kind.PAYMENT_DECLINED:
            yield buyer, "payment_declined", params
        case Kind.PAID:
            yield buyer, "order_paid_buyer", params
            yield expert, "order_paid_expert", params
        case Kind.BRIEF_COMPLETED if order.paid_at:
            yield expert, "brief_completed", params
        case Kind.STARTED:
            yield buyer, "order_started", params
        case Kind.DELIVERED:
            yield buyer, "order_delivered", params
        case Kind.REVISION_REQUESTED:
            yield expert, "revision_requested", params
        case Kind.EXTENSION_PROPOSED:
            yield buyer, "extension_proposed", params
        case Kind.EXTENSION_AGREED:
            yield expert, "extension_agreed", params
        case Kind.CANCEL_REQUESTED:
            yield (expert if event.actor_id == buyer.pk else buyer), "cancel_requested", params
        case Kind.SETTLEMENT_PROPOSED:
            yield (expert if event.actor_id == buyer.pk else buyer), "settlement_proposed", params
        case Kind.CHANGE_REFUSED:
            yield (
                expert if event.actor_id == buyer.pk else buyer,
                {
                    "extension": "extension_refused",
                    "cancellation": "cancellation_refused",
                    "settlement": "settlement_refused",
                }[data["change"]],
                params,
            )
        case Kind.CHANGE_WITHDRAWN:
            yield (expert if event.actor_id == buyer.pk else buyer), "request_withdrawn", params
        case Kind.CHANGE_EXPIRED:
            asker, silent = (expert, buyer) if data.get("by_expert") else (buyer, expert)
            yield (
                asker,
                "extension_expired" if data.get("change") == "extension" else "request_expired",
                params,
            )
            yield silent, "request_lapsed", params
        case Kind.DELIVERY_ACCEPTED:
            yield expert, "delivery_accepted_expert", params
            yield (
                buyer,
                "delivery_accepted_silently" if data.get("automatic") else "delivery_accepted_buyer",
                params,
            )
        case Kind.CANCELLED if data.get("cause") == Order.CancelCause.LATE:
            yield buyer, "order_cancelled_refunded", params
            yield expert, "order_cancelled_late", params
        case Kind.CANCELLED if data.get("cause") == Order.CancelCause.AGREED:
            if event.actor_id != buyer.pk:
                yield buyer, "order_cancelled_agreed", params
            if event.actor_id != expert.pk:
                yield expert, "order_cancelled_agreed", params
        case Kind.CANCELLED if data.get("cause") == Order.CancelCause.SETTLED:
            if event.actor_id != buyer.pk:
                yield buyer, "order_settled", params
            if event.actor_id != expert.pk:
                yield expert, "order_settled", params
        case Kind.CANCELLED:
            if data.get("refund_cents"):
                yield buyer, "order_cancelled_refunded", params
            elif event.actor_id != buyer.pk:
                yield buyer, "order_cancelled", params
            if order.paid_at and event.actor_id != expert.pk:
                yield expert, "order_cancelled", params
        case Kind.REFUNDED:
            yield buyer, "refund_settled", params
        case Kind.DISPUTED:
            yield (expert if event.actor_id == buyer.pk else buyer), "order_disputed", params
        case Kind.RESOLVED:
            yield buyer, "order_resolved", params
            yield expert, "order_resolved", params
        case Kind.REMINDED:
            if event.state == Order.State.PENDING_PAYMENT:
                yield buyer, "reminder_transfer", params
            elif event.state == Order.State.ACTIVE:
                yield expert, "reminder_start", params
            elif event.state == Order.State.DELIVERED:
                yield buyer, "reminder_acceptance", params
        case Kind.REVIEWED if data.get("first"):
            yield (expert if event.actor_id == buyer.pk else buyer), "review_awaited", params
        case Kind.REVIEW_PUBLISHED:
            alone = not data.get("together")
            if data.get("about") == Review.About.EXPERT:
                yield expert, "review_received", params
                if alone:
                    yield buyer, "review_published", params
            else:
                yield buyer, "review_of_buyer", params
                if alone:
                    yield expert, "review_published", params
        case Kind.REVIEW_ANSWERED:
            yield (expert if event.actor_id == buyer.pk else buyer), "review_answered", params
        case Kind.MESSAGE:
            message = order.conversation.messages.filter(pk=data.get("message_id")).first()
            if message:
                params |= {"author": message.author.display_name, "excerpt": message.body[:140] or "…"}
                yield (expert if message.author_id == buyer.pk else buyer), "message_received", params


def _params(event: OrderEvent) -> dict[str, Any]:
    order = event.order
    moments = {
        name: moment.isoformat() if (moment := getattr(order, name)) else ""
        for name in ("payment_due_at", "start_due_at", "due_at", "acceptance_due_at")
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
