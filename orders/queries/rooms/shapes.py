"""What the order room shows to one person, ready to draw."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page

from accounts.models import User
from marketplace.kernel.money import Taxed, format_money
from messaging.models import Attachment
from offers.models import Offer
from orders.models import (
    CancellationRecord,
    Order,
    OrderExtra,
    Review,
    RevisionRequest,
    RightsDeed,
)
from orders.queries import calls, changes, extras, waits, withdrawals
from orders.queries.steps import Milestone, NextStep
from orders.queries.threads import Entry, FileRow, Window
from payments.queries import MoneyLine

TABS = ("all", "messages", "files")


@dataclass(frozen=True)
class Line:
    """One line of the price, in cents."""

    title: str
    price_cents: int
    is_add_on: bool


@dataclass(frozen=True)
class Version:
    """A deliverable with its files, ready to draw."""

    number: int
    note: str
    at: datetime
    files: list[FileRow]


@dataclass(frozen=True)
class Escrow:
    """Where the money is, in a bold sentence and its detail."""

    title: str
    text: str


@dataclass(frozen=True)
class Reviews:
    """What the parties said of each other, as far as one person may read it."""

    mine: Review | None = None
    shown: list[Review] = field(default_factory=list)
    """Those to read: one's own, and the published ones; everything for staff."""
    other_wrote: bool = False
    """The other side has written and waits, unread, for one's own."""
    until: datetime | None = None
    """When the time to write closes."""
    may_write: bool = False
    may_change: bool = False
    to_answer: Review | None = None


@dataclass(frozen=True)
class Room:
    """An order as one person sees it. ``side`` is ``buyer``, ``expert`` or ``staff``, who only look."""

    order: Order
    side: str
    reader: User
    other: User
    other_name: str
    step: NextStep
    acts: frozenset[str]
    milestones: list[Milestone]
    lines: list[Line]
    price: Taxed
    refunded_cents: int
    commission_cents: int
    net_cents: int
    """What the expert earns, or earned: all amounts as the order stands now."""
    latest: Version | None
    earlier: list[Version]
    request: RevisionRequest | None
    reason: str
    proposal: str
    """Where the parties find what the expert proposed in place of a question they declined."""
    elsewhere: list[Offer]
    """Who else may answer, when a question came back without an answer."""
    reviews: Reviews
    entries: list[Entry]
    window: Window
    tab: str
    files: Page[Attachment] | None
    file_count: int
    token: str
    standing: str
    money: list[MoneyLine]
    escrow: Escrow | None
    dispute: Any
    needs: list[waits.Need]
    """What the expert needs, item by item."""
    stop: waits.Stop | None
    """The pause under way."""
    change: changes.Asked | None
    """What one party asked and the other has not answered yet."""
    waiting: extras.Waiting | None
    """The extra that waits to be accepted or paid."""
    add_ons: list[extras.AddOnRow]
    """Those of the offer that may still be bought."""
    extras: list[OrderExtra]
    """Those that are part of the order."""
    call: calls.CallSeen | None
    right: withdrawals.Right | None
    """The buyer's right to withdraw within fourteen days."""
    record: CancellationRecord | None
    """What a cancellation left on a profile."""
    may_judge: bool
    """Whether the person who looks may judge that cancellation, or answer."""
    deed: RightsDeed | None
    looks_elsewhere: bool
    """Whether the person who looks is shown other offers, because the expert let them down."""
    can_order_again: bool
    is_open: bool
    has_unread: bool
    seen_until: datetime | None
    """The last thing this page knows of: looking at it reads up to there, and no further."""

    @property
    def shows_latest(self) -> bool:
        """Whether the newest messages are on the page, so that looking at it reads them."""
        return self.tab != "files" and self.window.until is None

    @property
    def versions(self) -> list[Version]:
        """All deliverables, the latest first."""
        return [self.latest, *self.earlier] if self.latest else []

    @property
    def attachments(self) -> list[FileRow]:
        """One page of the files sent with messages, with who sent them and when."""
        return [
            FileRow(
                file.name,
                file.size,
                file.url,
                preview_url=file.preview_url,
                author=file.message.author.display_name,
                sent_at=file.message.created_at,
            )
            for file in self.files or []
        ]

    @property
    def delivery_days(self) -> int:
        return max(1, round(self.order.delivery_seconds / 86_400))

    @property
    def commission_percent(self) -> int:
        return self.order.commission_bp // 100

    @property
    def commission_shown(self) -> str:
        """What stays with the platform, as a figure taken away."""
        return format_money(-self.commission_cents)

    @property
    def refunded_shown(self) -> str:
        """What went back to the buyer, as a figure taken away."""
        return format_money(-self.refunded_cents)

    @property
    def may(self) -> dict[str, bool]:
        """The acts, for templates: ``room.may.accept``."""
        known = (
            "pay",
            "cancel",
            "brief",
            "accept",
            "revise",
            "start",
            "decline",
            "offer_instead",
            "deliver",
            "dispute",
            "claim",
            "message",
            "cancel_late",
            "extend",
            "ask_cancel",
            "propose_split",
            "add_extra",
            "propose_extra",
            "supply",
            "pause",
            "resume",
            "contest",
            "cancel_silent",
            "refuse",
            "question",
            "more_time",
            "move_call",
            "cancel_call",
            "declare_absence",
            "contest_absence",
        )
        return {act: act in self.acts for act in (*known, "review")}
