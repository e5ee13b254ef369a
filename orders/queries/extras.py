"""What was added to an order, what waits to be paid, and what may still be taken. In the words of whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from orders.models import Order, OrderExtra
from orders.models.extras import moved
from orders.queries.steps import Words, delay, first_name
from payments.models import EscrowHold, Payment


@dataclass(frozen=True)
class AddOnRow:
    """An add-on the offer had, which may still be bought. ``number``: its place in the order's own list."""

    number: int
    title: str
    text: str
    price_cents: int
    delay: str
    due_at: datetime | None
    """When the first deliverable would be due with it, while the countdown runs."""


@dataclass(frozen=True)
class Waiting:
    """An extra that waits. ``yours``: the person who looks has to answer or to pay."""

    extra: OrderExtra
    title: str
    words: Words
    delay: str
    yours: bool
    proposed: bool
    """Proposed by the expert, and not accepted yet."""
    mine: bool
    author: str


@dataclass(frozen=True)
class Held:
    """All the money of an order that is kept or went its way, its own payment and its extras together. Cents."""

    state: str
    amount_cents: int
    refunded_cents: int
    released_cents: int
    commission_cents: int
    net_cents: int


def choices(order: Order, taken: Sequence[str]) -> list[AddOnRow]:
    """The add-ons of an order that are not part of it yet. ``taken``: the titles of its lines. No query."""
    return [
        AddOnRow(
            number=number,
            title=add_on["title"],
            text=add_on.get("description", ""),
            price_cents=add_on["price_cents"],
            delay=delay(add_on["days"]),
            due_at=moved(order, add_on["days"]) if add_on["days"] else None,
        )
        for number, add_on in enumerate(order.add_ons_offered)
        if add_on["title"] not in taken
    ]


def extras_of(order: Order) -> list[OrderExtra]:
    """Everything that was ever added or proposed, with its money. One query."""
    return list(order.extras.select_related("payment__hold").order_by("created_at", "pk"))


def waiting(order: Order, extras: Sequence[OrderExtra], viewer: User) -> Waiting | None:
    """The extra that waits for an answer or a payment, said to one person."""
    extra = next((extra for extra in extras if extra.is_open), None)
    if extra is None:
        return None
    side = order.party(viewer)
    by_expert = extra.proposed_by_id == order.expert_id
    proposed = extra.state == OrderExtra.State.PROPOSED
    names = {"buyer": first_name(order.buyer), "expert": first_name(order.expert), "title": extra.title}
    if proposed:
        title = _("You propose an extra") if side == "expert" else _("%(expert)s proposes an extra")
        text = (
            _(
                "%(buyer)s can accept it by paying until {due}. Without an answer, the order goes on without it."
            )
            if side == "expert"
            else _("You accept it by paying, until {due}. Without an answer, the order goes on without it.")
        )
        if extra.revision_id is not None:
            title, text = _round_words(side)
    else:
        title = _("An extra to pay: %(title)s") if side == "buyer" else _("%(buyer)s is paying for an extra")
        text = (
            _("It becomes part of the order once it is paid, before {due}. Otherwise it ends by itself.")
            if side == "buyer"
            else _("It becomes part of the order once it is paid, before {due}.")
        )
        if side == "buyer" and extra.payment and extra.payment.state == Payment.State.AWAITING_TRANSFER:
            title = _("We are waiting for your transfer: %(title)s")
    return Waiting(
        extra=extra,
        title=title % names,
        words=Words(text % names, {"due": extra.due_at}),
        delay=delay(extra.days),
        yours=side == "buyer",
        proposed=proposed,
        mine=side == "expert" and by_expert and proposed,
        author=first_name(order.expert if by_expert else order.buyer),
    )


def _round_words(side: str) -> tuple[str, str]:
    """A revision that its expert makes at a price."""
    if side == "expert":
        return _("You ask a price for this revision"), _(
            "It begins once %(buyer)s has paid it, before {due}. Otherwise your version waits to be accepted."
        )
    return _("%(expert)s asks a price for this revision"), _(
        "It begins once it is paid, before {due}. Otherwise accept the deliverable as it is, or open a dispute."
    )


def payments(order: Order, extras: Sequence[OrderExtra]) -> list[Payment]:
    """Every payment that ever brought money to an order, those of extras paid back included."""
    return [order.payment, *(extra.payment for extra in extras if extra.payment is not None)]


def held(order: Order, extras: Sequence[OrderExtra]) -> Held | None:
    """The money of an order as it stands, extras that left it apart; nothing before it came. No query."""
    own: EscrowHold | None = getattr(order.payment, "hold", None)
    if own is None:
        return None
    holds = [own, *(e.payment.hold for e in extras if e.state == OrderExtra.State.PAID and e.payment)]
    refunded = sum(hold.refunded_cents for hold in holds)
    released = sum(hold.released_cents for hold in holds)
    state = own.state
    if not own.is_open:
        if not refunded:
            state = EscrowHold.State.RELEASED
        elif not released:
            state = EscrowHold.State.REFUNDED
        else:
            state = EscrowHold.State.SPLIT
    return Held(
        state=state,
        amount_cents=sum(hold.amount_cents for hold in holds),
        refunded_cents=refunded,
        released_cents=released,
        commission_cents=sum(hold.commission_cents for hold in holds),
        net_cents=sum(hold.net_cents for hold in holds),
    )
