"""What the expert's pages read, across orders, offers, money and notifications. Amounts are cents."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import ExpertProfile, User
from marketplace.kernel import clock
from marketplace.kernel.compiled import Compiled
from marketplace.kernel.money import format_money
from messaging import words
from messaging.models import Notification
from offers.models import Offer
from orders import notifications as _order_words  # noqa: F401 - registers the words of order events
from orders.models import Order
from orders.queries.pending import PENDING, with_pending
from payments import queries as payments

State = Order.State
TO_DELIVER = 8
LATEST = 4

STATUSES: dict[str, Q] = {
    "asked": PENDING,
    "to_start": Q(state=State.ACTIVE, started_at=None),
    "in_progress": Q(state=State.ACTIVE, started_at__isnull=False),
    "delivered": Q(state=State.DELIVERED),
    "completed": Q(state=State.COMPLETED),
    "disputed": Q(state__in=[State.DISPUTED, State.RESOLVED]),
    "cancelled": Q(state=State.CANCELLED),
}
"""The filters of an expert's orders: what waits for their answer, then in the order of an order's life."""

EXPERT_DUE = Case(
    When(paused_at__isnull=False, then=Value(None, output_field=DateTimeField())),
    When(state=State.ACTIVE, started_at=None, then=F("start_due_at")),
    When(state=State.ACTIVE, first_delivered_at=None, then=F("due_at")),
    When(state=State.ACTIVE, then=F("revision_due_at")),
    output_field=DateTimeField(),
)
"""When the expert must act: start, deliver, revise. An order that waits for its buyer presses nobody."""


def counts(expert: User) -> dict[str, int]:
    """How many orders wait for an expert, how many offers they have, and of how many orders the money is held: one query."""
    return dict(zip(("orders", "offers", "running"), _COUNTS.rows(expert.pk)[0], strict=True))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("expert").annotate(n=Count("pk")).values("n")), 0)


def _counts(expert: User) -> QuerySet[User, tuple[int, int, int]]:
    sold = Order.objects.sold_by(expert)
    return User.objects.filter(pk=expert.pk).values_list(
        _counted(sold.waiting_for_expert()),
        _counted(Offer.objects.of(expert).kept()),
        _counted(sold.ongoing()),
    )


_COUNTS = Compiled(lambda pk: _counts(User(pk=pk)))


def order_counts(expert: User) -> dict[str, int]:
    """How many orders an expert has under each filter, and in all."""
    return with_pending(Order.objects.sold_by(expert), "expert").aggregate(
        all=Count("pk"), **{name: Count("pk", filter=condition) for name, condition in STATUSES.items()}
    )


def orders_of(expert: User, status: str = "") -> QuerySet[Order]:
    """An expert's orders, what presses most first, then the latest."""
    orders = with_pending(Order.objects.sold_by(expert), "expert").filter(STATUSES.get(status, Q()))
    return (
        orders.select_related("buyer", "offer", "call")
        .annotate(expert_due_at=EXPERT_DUE)
        .order_by(F("expert_due_at").asc(nulls_last=True), "-placed_at", "-pk")
    )


def to_deliver(expert: User) -> list[Order]:
    """The orders that wait for an expert, the shortest time left first."""
    return _TO_DELIVER.all(expert.pk)


_TO_DELIVER = Compiled(lambda pk: orders_of(User(pk=pk)).filter(state=State.ACTIVE)[:TO_DELIVER])


@dataclass(frozen=True)
class Urgent:
    """The one thing to see first: a bold sentence, its detail, and where to act."""

    tone: str
    title: str
    text: str
    url: str = ""
    label: str = ""


def most_urgent(profile: ExpertProfile, orders: list[Order], offers: int) -> Urgent | None:
    """What presses most, or nothing: a late order, a deadline within a day, then what keeps one from selling."""
    now = clock.now()
    order = orders[0] if orders else None
    due: datetime | None = order.expert_due_at if order else None  # type: ignore[attr-defined]
    if order is not None and due is not None:
        room = order.get_absolute_url()
        names = {"title": order.title}
        if order.is_late or order.is_revision_late:
            return Urgent(
                "bad",
                _("“%(title)s” is late.") % names,
                _("Tell your client or deliver now."),
                room,
                _("Open the order"),
            )
        if (due - now).total_seconds() < 86_400:
            moment = {"moment": clock.in_words(due)}
            if order.is_started:
                text = _("The deliverable is expected before %(moment)s.") % moment
                return Urgent("warn", _("“%(title)s” is due soon.") % names, text, room, _("Deliver"))
            text = _("Start before %(moment)s, or it is cancelled and the buyer paid back.") % moment
            return Urgent(
                "warn", _("“%(title)s” waits for you to start.") % names, text, room, _("Open the order")
            )
    return _keeps_from_selling(profile, offers)


def _keeps_from_selling(profile: ExpertProfile, offers: int) -> Urgent | None:
    if profile.status == ExpertProfile.Status.SUSPENDED:  # said at the head of every page
        return None
    missing = [step for step in accounts.listing_steps(profile) if not step.is_done and step.url_name]
    if missing:
        return Urgent(
            "warn",
            _("Your profile is not complete."),
            " ".join(str(step.hint) for step in missing),
            reverse(missing[0].url_name),
            _("Complete my profile"),
        )
    if profile.status == ExpertProfile.Status.PENDING:
        return Urgent(
            "info",
            _("Our team is reading your profile."),
            _("Your offers go online once it is approved. You can prepare them meanwhile."),
            reverse("dashboard_offers"),
            _("Prepare my offers"),
        )
    if not offers:
        return Urgent(
            "info",
            _("You have no offer yet."),
            _("Publish one and buyers can order from you."),
            reverse("offer_create"),
            _("Create my first offer"),
        )
    return None


@dataclass(frozen=True)
class Bar:
    """One month of the chart: ``percent`` of the best month, its amount in words."""

    label: str
    short: str
    percent: int
    value: str
    current: bool


def bars(months: list[tuple[date, int]]) -> list[Bar]:
    """Net earnings by month as columns; the last is the current month."""
    best = max((net for _month, net in months), default=0)
    return [
        Bar(
            label=formats.date_format(month, "N"),
            short=formats.date_format(month, "N")[:1],
            percent=100 * net // best if best else 0,
            value=format_money(net),
            current=index == len(months) - 1,
        )
        for index, (month, net) in enumerate(months)
    ]


@dataclass(frozen=True)
class News:
    """A notification in the reader's words."""

    title: str
    body: str
    url: str
    at: datetime
    is_unread: bool


def latest_news(user: User) -> list[News]:
    """The last things a person was told."""
    return [
        News(said.title, said.body, told.get_absolute_url(), told.created_at, told.read_at is None)
        for told in _NEWS.all(user.pk)
        for said in [words.render(told.kind, told.params)]
    ]


_NEWS = Compiled(lambda pk: Notification.objects.filter(user=pk)[:LATEST])


@dataclass(frozen=True)
class Overview:
    """All of the first page of the dashboard."""

    profile: ExpertProfile
    urgent: Urgent | None
    balance: payments.Balance
    running: int
    """Orders whose money is still held."""
    month: date
    month_cents: int
    previous_month: date
    previous_cents: int
    to_deliver: list[Order]
    waiting: int
    """Orders that wait for the expert, also those beyond the table."""
    bars: list[Bar]
    news: list[News]
    counts: dict[str, Any]


_PROFILE = Compiled(lambda pk: ExpertProfile.objects.filter(user=pk))


def overview(expert: User) -> Overview:
    """Read the first page of the dashboard, in seven queries however much there is."""
    profile: ExpertProfile = _PROFILE.get(expert.pk)
    profile.user = expert
    numbers = counts(expert)
    orders = to_deliver(expert)
    months = payments.monthly_net(expert)
    (previous_month, previous_cents), (month, month_cents) = months[-2:]
    return Overview(
        profile=profile,
        urgent=most_urgent(profile, orders, numbers["offers"]),
        balance=payments.balance_of(expert),
        running=numbers["running"],
        month=month,
        month_cents=month_cents,
        previous_month=previous_month,
        previous_cents=previous_cents,
        to_deliver=orders,
        waiting=numbers["orders"],
        bars=bars(months) if any(net for _month, net in months) else [],
        news=latest_news(expert),
        counts=numbers,
    )
