"""Calls of the demo world: hours that differ from one expert to the next, and calls that come, are on, or are over."""

import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction

from accounts.models import User
from marketplace.demo.stories import Story
from marketplace.kernel import clock
from marketplace.seed.turns import supply_needed
from messaging.models import Notification
from offers import calendar_actions, openings
from offers.models import Offer
from orders import actions, notifications
from orders.models import Call, Order, OrderEvent
from payments import escrow
from payments.models import Payment

NAMESPACE = uuid.UUID("6f6d6f2e-6a61-4c6f-8e00-0000000000ca")
MORNING, AFTERNOON, EVENING = (time(9), time(12)), (time(14), time(17, 30)), (time(17, 30), time(20))
WEEKS = (
    {day: [MORNING, AFTERNOON] for day in range(5)},
    {0: [MORNING], 1: [MORNING, EVENING], 2: [AFTERNOON], 3: [MORNING, EVENING], 4: [MORNING]},
    {1: [AFTERNOON], 2: [MORNING, AFTERNOON], 3: [MORNING, AFTERNOON], 5: [(time(9, 30), time(12))]},
)
"""Hours of the week, in turn."""


def open_hours(expert: User, number: int) -> None:
    """Give an expert hours for calls, and a day on which they take none."""
    calendar_actions.set_hours(
        expert,
        week=WEEKS[number % len(WEEKS)],
        notice_hours=(24, 12, 48)[number % 3],
        buffer_minutes=(15, 10, 30)[number % 3],
        horizon_days=30,
    )
    calendar_actions.add_day(expert, day=(clock.now() + timedelta(days=9 + number % 5)).date(), closes=True)


def slot_for(offer: Offer, *, before: float | None = None) -> datetime | None:
    """A free time of a call: the last one before so many hours have gone, or the first one; none for other offers."""
    if offer.kind != Offer.Kind.CALL or offer.call_minutes is None:
        return None
    free = openings.free(offer.expert, minutes=offer.call_minutes)
    latest = clock.now() + timedelta(hours=before or 0) - timedelta(minutes=offer.call_minutes + 30)
    return max((at for at in free if at < latest), default=free[0])


def told_around(story: Story, order: Order) -> Story:
    """A story whose summary, answer and review come after its call, which starts by itself."""
    call = Call.objects.filter(order=order).first()
    if call is None:
        return story
    held = (call.ends_at - order.placed_at).total_seconds() / 3600 + 1
    late = max(held - story.deliveries[0].hours, 0.0) if story.deliveries else 0.0
    return replace(
        story,
        started=None,
        deliveries=tuple(replace(each, hours=each.hours + late) for each in story.deliveries),
        accepted=story.accepted + late if story.accepted is not None else None,
        review=replace(story.review, hours=story.review.hours + late) if story.review else None,
    )


BOOKED = (
    (
        "appel-bientot",
        "camille-rousseau",
        0,
        timedelta(days=2),
        "Préparer notre premier rendez-vous bancaire.",
    ),
    ("appel-bientot-2", "lucas-moreau", 1, timedelta(days=4), "Faut-il embaucher un premier commercial ?"),
    (
        "appel-tenu",
        "erwan-quemener",
        2,
        timedelta(days=-1),
        "Relire notre grille de prix avant les devis de fin d’année.",
    ),
)
"""Calls of now: their key, the buyer, which call offer, how far away they are, and what they are about."""


def load(offers: dict[str, Offer], buyers: dict[str, User]) -> int:
    """Book the calls of the moment. Returns how many were added."""
    sold = sorted((offer for offer in offers.values() if offer.kind == Offer.Kind.CALL), key=lambda o: o.pk)
    added = 0
    for key, buyer, number, away, brief in BOOKED:
        token = uuid.uuid5(NAMESPACE, key)
        if not Order.objects.filter(placement_token=token).exists():
            _book(sold[number], buyers[buyer], token, away, brief)
            added += 1
    return added


def _book(offer: Offer, buyer: User, token: uuid.UUID, away: timedelta, brief: str) -> None:
    now = clock.now()
    placed = now + min(away, timedelta(0)) - timedelta(days=4)
    with transaction.atomic(), clock.at(placed):
        free = openings.free(offer.expert, minutes=offer.call_minutes or 30)
        wanted = now + away
        past = [at for at in free if at <= wanted] if away < timedelta(0) else []
        slot = past[-1] if past else next((at for at in free if at >= wanted), free[0])
        order = actions.place_order(
            buyer=buyer,
            offer=offer,
            add_on_ids=[],
            version=offer.version,
            token=token,
            brief=brief,
            billing={"name": buyer.display_name, "company": buyer.buyer_profile.company},
            slot=slot,
        )
        escrow.receive(
            order.payment, amount_cents=order.total_cents, gateway_id=f"demo_{token}", occurred_at=placed
        )
        supply_needed(actions.confirm_payment(Order.objects.get(pk=order.pk)))
        _tell(order)


def _tell(order: Order) -> None:
    """Put what happened in people's notifications, without a single mail."""
    told = []
    for event in order.events.filter(announced_at=None).select_related(
        "order__buyer", "order__expert", "order__call"
    ):
        told += [
            Notification(
                user=user,
                key=f"order_event:{event.pk}",
                kind=kind,
                params=params,
                url_name="order",
                url_args=[str(order.public_id)],
                created_at=event.created_at,
            )
            for user, kind, params in notifications.told_of(event)
        ]
    Notification.objects.bulk_create(told)
    OrderEvent.objects.filter(order=order).update(announced_at=clock.now())
    Payment.objects.filter(pk=order.payment_id).update(tell_due_at=None)
