"""The shapes of the demo stories and the readers of their hand-written notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from marketplace.demo.model import french, lines, prose


@dataclass(frozen=True)
class Buyer:
    """A client. key: stable identifier; woman: for the portrait and agreement; sector: in a few words;
    since: year of sign-up."""

    key: str
    first_name: str
    last_name: str
    woman: bool
    company: str
    city: str
    postcode: str
    street: str
    sector: str
    since: int

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Message:
    """One message of an order. author: "buyer" or "expert"; hours: after the order was placed;
    files: names of attachments, to be made by `files.deliverable`."""

    author: str
    hours: float
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A deliverable handed over `hours` after the order was placed, with a note and its files."""

    hours: float
    note: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """A rework asked `hours` after the order was placed: what is right, what is not, what is expected."""

    hours: float
    fine: str
    wrong: str
    expected: str


@dataclass(frozen=True)
class Turn:
    """What turned an order `hours` after it was placed. kind: "supplied" (the buyer sends the item at `item` of the
    list, as words or files), "waited" (the expert stops the dates for that item), "asked" (for an item of these
    words), "refused" (the expert refuses the revision, for this reason, or makes it at `euros`), "extra" (the expert
    proposes `title` at `euros`, for `days` more), "extra_paid", "later" (the expert asks for `days` more), "ending"
    (the buyer asks to cancel), "split" (the buyer proposes to take `euros` back) or "agreed" (the other party accepts
    what was asked)."""

    hours: float
    kind: str
    text: str = ""
    item: int = 0
    files: tuple[str, ...] = ()
    title: str = ""
    euros: int = 0
    days: int = 0


@dataclass(frozen=True)
class Review:
    """The buyer's rating from 1 to 5 and text, and the expert's reply if there is one."""

    hours: float
    rating: int
    text: str
    reply: str = ""


@dataclass(frozen=True)
class Dispute:
    """A dispute. opened_by: "buyer" or "expert"; ground: "unsuitable", "refused_rework", "too_slow",
    "late_first", "refused_cancellation" or "abuse"; wished: what the opener asks for; answer: the
    other party's position. When ruled: hours_ruled, winner, refund_percent of the total given back to
    the buyer and the reason written by the team."""

    hours: float
    opened_by: str
    ground: str
    statement: str
    wished: str
    answer: str = ""
    hours_ruled: float | None = None
    winner: str = ""
    refund_percent: int = 0
    ruling: str = ""


@dataclass(frozen=True)
class Story:
    """One order from its payment to where it stands today.

    offer, buyer: keys; state: "pending_payment", "not_started", "running", "late", "reworking",
    "delivered", "completed", "cancelled", "declined", "settled", "disputed" or "resolved"; days_ago: when it was
    placed, before the moment of the seed; payment: "card", "transfer" or "paypal"; addons: positions
    of the chosen add-ons in the offer; brief: the buyer's instructions; started, accepted, ended:
    hours after the order was placed (ended: cancelled or declined), None when it has not happened;
    reason: given when cancelled or declined. The opening message of the offer is posted by the
    product itself and is not repeated in `messages`.
    """

    key: str
    offer: str
    buyer: str
    state: str
    days_ago: float
    payment: str
    brief: str
    addons: tuple[int, ...] = ()
    messages: tuple[Message, ...] = ()
    started: float | None = None
    deliveries: tuple[Delivery, ...] = ()
    revisions: tuple[Revision, ...] = ()
    turns: tuple[Turn, ...] = ()
    accepted: float | None = None
    review: Review | None = None
    ended: float | None = None
    reason: str = ""
    dispute: Dispute | None = field(default=None)


_LINE = re.compile(r"^([BE]) ([\d.]+)(?: \[([^\]]+)\])? \| (.+)$", re.DOTALL)


def talk(text: str) -> tuple[Message, ...]:
    """Messages from notes, one per line (deeper lines continue it): "B 2.5 [file.pdf] | text"."""
    out = []
    for row in lines(text):
        match = _LINE.match(row)
        if match is None:
            raise ValueError(f"unreadable message: {row[:60]}")
        who, hours, names, said = match.groups()
        files = tuple(name.strip() for name in names.split(";")) if names else ()
        out.append(Message("buyer" if who == "B" else "expert", float(hours), said, files))
    return tuple(out)


def handed(hours: float, note: str, *files: str) -> Delivery:
    """A delivery from notes."""
    return Delivery(hours, prose(note), files)


def rework(hours: float, fine: str, wrong: str, expected: str) -> Revision:
    """A revision request from notes."""
    return Revision(hours, french(fine), french(wrong), french(expected))


def turned(
    hours: float,
    kind: str,
    text: str = "",
    *files: str,
    item: int = 0,
    title: str = "",
    euros: int = 0,
    days: int = 0,
) -> Turn:
    """A turn from notes."""
    return Turn(hours, kind, prose(text), item, files, french(title), euros, days)


def rated(hours: float, rating: int, text: str, reply: str = "") -> Review:
    """A review from notes."""
    return Review(hours, rating, prose(text), prose(reply) if reply else "")


def contested(hours: float, opened_by: str, ground: str, **texts: object) -> Dispute:
    """A dispute from notes."""
    cleaned = {key: prose(value) if isinstance(value, str) else value for key, value in texts.items()}
    return Dispute(hours, opened_by, ground, **cleaned)  # type: ignore[arg-type]


def story(
    key: str,
    offer: str,
    buyer: str,
    state: str,
    days_ago: float,
    payment: str,
    *,
    brief: str,
    messages: str = "",
    deliveries: tuple[Delivery, ...] = (),
    reason: str = "",
    **facts: object,
) -> Story:
    """A story from notes; the facts are those of `Story`."""
    return Story(
        key=key,
        offer=offer,
        buyer=buyer,
        state=state,
        days_ago=days_ago,
        payment=payment,
        brief=prose(brief),
        messages=talk(messages),
        deliveries=deliveries,
        reason=prose(reason) if reason else "",
        **facts,  # type: ignore[arg-type]
    )
