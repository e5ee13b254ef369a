"""The past of the demo world: orders in every state, their conversations, their money and their reviews."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from disputes import actions as disputes
from marketplace.demo.model import french
from marketplace.demo.stories import REVIEWS, STORIES, ShortReview, Story
from marketplace.kernel import clock
from marketplace.seed import calls
from marketplace.seed.people import load_past_client
from marketplace.seed.turns import made, receive, supply_needed, take_turn
from messaging import actions as messaging
from messaging.models import Notification
from offers.models import Offer
from orders import actions, deeds, notifications
from orders.models import Declared, Order, OrderEvent
from payments import escrow, refunds
from payments.gateways import RefundState, RefundStatus
from payments.models import Payment, Refund

NAMESPACE = uuid.UUID("6f6d6f2e-6a61-4c6f-8e00-000000000000")
GROUNDS = {
    "refused_rework": "rework_refused",
    "late_first": "late",
    "refused_cancellation": "no_cancelling",
}
RECENT = timedelta(days=3)


def load_stories(offers: dict[str, Offer], buyers: dict[str, User], staff: Callable[[], User]) -> int:
    """Live through every written story that is not there yet. Returns how many were added."""
    now = clock.now()
    return sum(_live(story, offers[story.offer], buyers[story.buyer], staff, now) for story in STORIES)


def _live(story: Story, offer: Offer, buyer: User, staff: Callable[[], User], now: datetime) -> bool:
    token = uuid.uuid5(NAMESPACE, story.key)
    if Order.objects.filter(buyer=buyer, placement_token=token).exists():
        return False
    begun = now - timedelta(days=story.days_ago)
    with transaction.atomic():
        order = _place(offer, buyer, token, begun, story)
        for hours, act in sorted(_acts(story, order, staff), key=lambda item: item[0]):
            with clock.at(min(begun + timedelta(hours=hours), now)):
                act()
        _settle_refunds(order)
        _tell(order, now)
    if story.state == "pending_payment":
        _open_checkout(Order.objects.get(pk=order.pk))
    return True


def _place(offer: Offer, buyer: User, token: uuid.UUID, begun: datetime, story: Story) -> Order:
    add_ons = list(offer.add_ons.values_list("pk", flat=True))
    profile = buyer.buyer_profile
    with clock.at(begun):
        return actions.place_order(
            buyer=buyer,
            offer=offer,
            add_on_ids=[add_ons[position] for position in story.addons],
            version=offer.version,
            token=token,
            brief=story.brief,
            declared=Declared(profile.buyer_as or "firm", at_once=True, waives=True),
            billing={
                "buyer_as": profile.buyer_as,
                "name": buyer.display_name,
                "company": profile.company,
                "siren": profile.siren,
                "address": profile.address,
                "postal_code": profile.postal_code,
                "city": profile.city,
                "vat_number": profile.vat_number,
            },
            method=story.payment,
            slot=calls.slot_for(offer, before=story.deliveries[0].hours if story.deliveries else None),
        )


def _acts(story: Story, order: Order, staff: Callable[[], User]) -> list[tuple[float, Callable[[], object]]]:
    """What happened, each at its hour after the order was placed."""
    buyer, expert = order.buyer, order.expert
    story = calls.told_around(story, order)
    people = {"buyer": buyer, "expert": expert}
    acts: list[tuple[float, Callable[[], object]]] = []
    if story.state != "pending_payment":
        acts.append((0.05, lambda: _pay(order)))
    for message in story.messages:
        acts.append(
            (message.hours, lambda m=message: _say(order, people[m.author], m.text, m.files))  # type: ignore[misc]
        )
    if story.started is not None:
        if not any(turn.kind in ("supplied", "waited", "asked") for turn in story.turns):
            acts.append((max(0.06, story.started / 2), lambda: supply_needed(order)))
        acts.append((story.started, lambda: actions.start(order, actor=expert)))
    elif order.kind == Offer.Kind.CALL and story.state != "pending_payment":
        acts.append((0.1, lambda: supply_needed(order)))  # a call begins by itself
    for delivery in story.deliveries:
        acts.append(
            (
                delivery.hours,
                lambda d=delivery: actions.deliver(  # type: ignore[misc]
                    order, actor=expert, note=d.note, files=made(d.files, order.title)
                ),
            )
        )
    for revision in story.revisions:
        acts.append(
            (
                revision.hours,
                lambda r=revision: actions.request_revision(  # type: ignore[misc]
                    order, actor=buyer, good=r.fine, wrong=r.wrong, expected=r.expected
                ),
            )
        )
    for turn in story.turns:
        acts.append((turn.hours, lambda t=turn: take_turn(order, t)))  # type: ignore[misc]
    if story.accepted is not None:
        acts.append((story.accepted, lambda: actions.accept_delivery(order, actor=buyer)))
    if story.review is not None:
        review = story.review
        acts.append(
            (
                review.hours,
                lambda: actions.leave_review(order, author=buyer, rating=review.rating, comment=review.text),
            )
        )
        acts.append((review.hours + 1, lambda: _answered_in_kind(order, number=len(story.messages))))
        if review.reply:
            acts.append(
                (review.hours + 5, lambda: actions.answer_review(order, actor=expert, text=review.reply))
            )
    if story.ended is not None and story.state == "declined":
        acts.append((story.ended, lambda: actions.decline(order, actor=expert, reason=story.reason)))
    elif story.ended is not None:
        acts.append((story.ended, lambda: actions.cancel_before_start(order, actor=buyer)))
    if story.dispute is not None:
        acts += _dispute(story, order, people, staff)
    return acts


def _dispute(
    story: Story, order: Order, people: dict[str, User], staff: Callable[[], User]
) -> list[tuple[float, Callable[[], object]]]:
    told = story.dispute
    if told is None:
        return []
    statement = f"{told.statement}\n\n{told.wished}" if told.wished else told.statement
    acts: list[tuple[float, Callable[[], object]]] = [
        (
            told.hours,
            lambda: disputes.open_dispute(
                order,
                actor=people[told.opened_by],
                ground=GROUNDS.get(told.ground, told.ground),
                statement=statement,
            ),
        )
    ]
    if told.answer:
        other = people["expert" if told.opened_by == "buyer" else "buyer"]
        acts.append(
            (
                told.hours + 9,
                lambda: disputes.answer(
                    Order.objects.get(pk=order.pk).disputes.get(), actor=other, statement=told.answer
                ),
            )
        )
    if told.hours_ruled is not None:
        acts.append(
            (
                told.hours_ruled,
                lambda: disputes.rule(
                    Order.objects.get(pk=order.pk).disputes.get(),
                    actor=staff(),
                    refund_cents=order.total_cents * told.refund_percent // 100,
                    reason=told.ruling,
                ),
            )
        )
    return acts


OF_BUYERS = (
    (5, "Des consignes nettes et des réponses rapides : un vrai plaisir de travailler ainsi."),
    (5, "Dossier complet dès le départ, retours précis. Je retravaillerai volontiers ensemble."),
    (4, "Bonne collaboration. Quelques pièces sont arrivées tard, mais tout le reste était clair."),
    (5, "Client à l’écoute, qui sait ce qu’il veut et qui le dit."),
    (5, ""),
)
"""What experts say of their buyers, in turn."""


def _answered_in_kind(order: Order, *, number: int) -> None:
    """The expert reviews the buyer, which publishes both reviews."""
    rating, comment = OF_BUYERS[number % len(OF_BUYERS)]
    actions.leave_review(order, author=order.expert, rating=rating, comment=french(comment))


def _pay(order: Order) -> None:
    receive(order.payment, f"demo_{order.placement_token}")
    actions.confirm_payment(Order.objects.get(pk=order.pk))


def _say(order: Order, author: User, text: str, files: tuple[str, ...] = ()) -> None:
    actions.say(order, author=author, body=text, files=made(files, order.title, given=author == order.buyer))
    messaging.mark_read(order.conversation, author)


def _settle_refunds(order: Order) -> None:
    """The demo world has no bank: what was decided is taken as paid back."""
    for refund in Refund.objects.filter(hold__payment__in=_payments(order), state=Refund.State.DECIDED):
        with clock.at(Order.objects.get(pk=order.pk).events.latest("pk").created_at + timedelta(minutes=2)):
            refunds.book(
                refund,
                RefundStatus(
                    gateway_id=f"demo_{refund.public_id}",
                    reference=str(refund.public_id),
                    state=RefundState.SUCCEEDED,
                ),
            )
            actions.note_refund(Order.objects.get(pk=order.pk), refund=refund)


def _tell(order: Order, now: datetime) -> None:
    """Put the past in people's notifications, the old ones read, without a single mail."""
    told = []
    for event in order.events.filter(announced_at=None).select_related(
        "order__buyer", "order__expert", "actor"
    ):
        old = event.created_at < now - RECENT
        told += [
            Notification(
                user=user,
                key=f"order_event:{event.pk}",
                kind=kind,
                params=params,
                url_name="order",
                url_args=[str(order.public_id)],
                created_at=event.created_at,
                read_at=event.created_at if old else None,
            )
            for user, kind, params in notifications.told_of(event)
        ]
    Notification.objects.bulk_create(told)
    _settle_in(order, everything_read=order.events.latest("pk").created_at < now - RECENT)


def _settle_in(order: Order, *, everything_read: bool) -> None:
    """Nothing of this past is left to tell."""
    OrderEvent.objects.filter(order=order, announced_at=None).update(announced_at=F("created_at"))
    _payments(order).update(tell_due_at=None)
    Refund.objects.filter(hold__payment__in=_payments(order)).update(tell_due_at=None)
    if everything_read:
        order.conversation.participants.update(last_read_at=clock.now())


def _payments(order: Order) -> QuerySet[Payment]:
    """What an order and its extras were paid with."""
    return Payment.objects.filter(Q(order=order) | Q(extra__order=order))


def _open_checkout(order: Order) -> None:
    """Let whoever signs in as the buyer go on paying where the story stopped."""
    from django.conf import settings

    back = settings.SITE_URL + order.get_absolute_url() + "payment/"
    if order.payment.method == Payment.Method.TRANSFER:
        escrow.open_checkout(order.payment, return_url=back, cancel_url=back)


def write_deeds() -> int:
    """Make the deeds of the orders that ended, each on its day: the clock finds nothing late. Returns how many."""
    missing = Order.objects.deed_missing().exclude(ended_on=None).select_related("buyer", "expert")
    for order in missing:
        with clock.at(order.ended_on):
            deeds.make(order)
    return len(missing)


# Reviews of the past year: each belongs to a small order that went well


def reviews_to_write() -> int:
    """How many short reviews have no order yet."""
    tokens = [uuid.uuid5(NAMESPACE, review.author) for review in REVIEWS]
    return len(tokens) - Order.objects.filter(placement_token__in=tokens).count()


def load_reviews(offers: dict[str, Offer], written: dict[str, tuple[str, str]]) -> int:
    """Spread the short reviews over the offers they fit. ``written`` gives category and kind of each offer."""
    now = clock.now()
    shelves: dict[tuple[str, str], cycle[Offer]] = {}
    for kind in ("job", "call", "question"):
        everything = [offers[key] for key, (_, its_kind) in written.items() if its_kind == kind]
        shelves[("", kind)] = cycle(everything)
        for category in {category for category, _ in written.values()}:
            fitting = [offers[key] for key, shelf in written.items() if shelf == (category, kind)]
            shelves[(category, kind)] = cycle(fitting or everything)
    added = 0
    for number, review in enumerate(REVIEWS):
        offer = next(shelves[(review.category, review.kind)])
        added += _reviewed(review, offer, now - timedelta(days=20 + 2 * number, hours=number % 9), number)
    return added


def _reviewed(review: ShortReview, offer: Offer, begun: datetime, number: int) -> bool:
    token = uuid.uuid5(NAMESPACE, review.author)
    author = load_past_client(review)
    if Order.objects.filter(buyer=author, placement_token=token).exists():
        return False
    with transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(queue_limit=None)  # who waits today did not then
        with clock.at(begun):
            order = actions.place_order(
                buyer=author,
                offer=offer,
                add_on_ids=[],
                version=offer.version,
                token=token,
                method="card",
                slot=calls.slot_for(offer),
            )
            _pay(order)
        if call := order.booking:
            begun = call.ends_at - timedelta(days=1)
        else:
            with clock.at(begun + timedelta(hours=5)):
                actions.start(order, actor=order.expert)
        with clock.at(begun + timedelta(days=2)):
            actions.deliver(
                order, actor=order.expert, note="Bonjour, voici le travail convenu. Bonne lecture."
            )
        with clock.at(begun + timedelta(days=3)):
            actions.accept_delivery(order, actor=author)
        with clock.at(begun + timedelta(days=4)):
            actions.leave_review(order, author=author, rating=review.rating, comment=review.text)
        window_closes = begun + timedelta(days=3) + order.timer("review_window")
        if number % 4 == 0 and window_closes < clock.now():
            with clock.at(window_closes):  # the expert did not write: the clock publishes it
                actions.publish_reviews(order)
        else:
            with clock.at(begun + timedelta(days=5)):
                _answered_in_kind(order, number=number)
        _settle_in(order, everything_read=True)
        Offer.objects.filter(pk=offer.pk).update(queue_limit=offer.queue_limit)
    return True
