"""What the buying side reads across orders, missions and requests: spending, what is open, documents. Cents."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.companies import TALKS
from accounts.models import User
from accounts.queries.vigilance import is_large
from accounts.rules import VIGILANCE_FROM_CENTS
from marketplace.dashboard_queries import Bar, bars
from marketplace.kernel import clock
from marketplace.kernel.money import euros_to_type, from_ttc
from messaging.models import Contact
from missions.models import Mission, Quote
from orders.models import CustomRequest, Order, RightsDeed
from payments.models import EscrowHold, Invoice

MONTHS = 12
MOST = 6
LISTED = 5
DOCUMENTS = 300
"""The most documents of one list: choose a month or an expert to see further."""


def spent(user: User) -> QuerySet[EscrowHold]:
    """What was paid for orders, extras and instalments whose books a person reads."""
    orders, missions = Order.objects.in_books_of(user), Mission.objects.in_books_of(user)
    return EscrowHold.objects.filter(
        Q(payment__order__in=orders)
        | Q(payment__extra__order__in=orders)
        | Q(payment__instalment__mission__in=missions)
    )


def months_of(user: User) -> list[date]:
    """The months in which something was paid, the latest first."""
    found = spent(user).annotate(month=TruncMonth("held_at")).values_list("month", flat=True)
    return [clock.local_day(month).replace(day=1) for month in found.order_by("-month").distinct() if month]


@dataclass(frozen=True)
class Share:
    """One expert or one category: how much of the whole, in words and in a hundredth."""

    name: str
    cents: int
    percent: int


@dataclass(frozen=True)
class Spending:
    """Twelve months of spending, what was paid back taken off."""

    total_cents: int
    month_cents: int
    held_cents: int
    """Paid, and still kept by us until the work is accepted."""
    bars: list[Bar]
    experts: list[Share]
    categories: list[Share]


def spending(user: User, since: date | None = None) -> Spending:
    """The spending of the last twelve months, in one query."""
    today = clock.today()
    first = since or _months_back(today.replace(day=1), MONTHS - 1)
    by_month, by_expert, by_category = Counter[date](), Counter[str](), Counter[str]()
    held = 0
    name = "order__offer__category__name_" + ("en" if get_language() == "en" else "fr")
    rows = (
        spent(user)
        .filter(held_at__date__gte=first)
        .values_list(
            "held_at",
            F("amount_cents") - F("refunded_cents") - F("clawed_back_cents"),
            F("amount_cents") - F("released_cents") - F("refunded_cents"),
            "payee__first_name",
            "payee__last_name",
            f"payment__{name}",
            f"payment__extra__{name}",
        )
    )
    for at, cents, kept, first_name, last_name, category, of_extra in rows:
        by_month[clock.local_day(at).replace(day=1)] += cents
        by_expert[f"{first_name} {last_name}".strip()] += cents
        by_category[category or of_extra or _("Missions")] += cents
        held += kept
    months = [_months_back(today.replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    total = sum(by_month.values())
    return Spending(
        total_cents=total,
        month_cents=by_month[months[-1]],
        held_cents=held,
        bars=bars([(month, by_month[month]) for month in months]) if total else [],
        experts=_shares(by_expert, total),
        categories=_shares(by_category, total),
    )


def _months_back(month: date, back: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - back, 12)
    return date(years, index + 1, 1)


def _shares(found: Counter[str], total: int) -> list[Share]:
    """The largest parts, then the others together."""
    rows = [(name, cents) for name, cents in found.most_common() if cents > 0]
    if len(rows) > MOST:
        rest = sum(cents for _name, cents in rows[MOST - 1 :])
        rows = [*rows[: MOST - 1], (_("Others"), rest)]
    return [Share(name, cents, 100 * cents // total if total else 0) for name, cents in rows]


def statement(user: User, month: date) -> str:
    """The spending of one month as CSV for an accountant: one line for each payment, amounts in euros."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";")
    write.writerow(
        [_("Date"), _("Reference"), _("Subject"), _("Expert"), _("Paid"), _("Paid back"), _("Placed by")]
    )
    rows = (
        spent(user)
        .filter(held_at__date__gte=month, held_at__date__lt=_months_back(month, -1))
        .select_related("payment__payer", "payee")
        .order_by("held_at", "pk")
    )
    for hold in rows:
        words = (hold.payment.reference, hold.payment.description, hold.payee.display_name)
        write.writerow(
            [
                clock.local_day(hold.held_at).isoformat(),
                *(_plain(word) for word in words),
                euros_to_type(hold.amount_cents),
                euros_to_type(hold.refunded_cents + hold.clawed_back_cents),
                _plain(hold.payment.payer.display_name),
            ]
        )
    return out.getvalue()


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@dataclass(frozen=True)
class Open:
    """What runs, a few rows of each, and how many there are. Accountants see none of it."""

    orders: list[Order]
    order_count: int
    requests: list[CustomRequest]
    request_count: int
    missions: list[Mission]
    mission_count: int
    quotes: list[Quote]
    talks: list[Contact]


def running(user: User) -> Open | None:
    """What the buying side has open; nothing for who reads the books alone."""
    if user.company_id is not None and user.company_role not in TALKS:
        return None
    orders = Order.objects.bought_by(user).ongoing()
    requests = CustomRequest.objects.asked_by(user).waiting()
    missions = Mission.objects.bought_by(user).exclude(state__in=Mission.OVER)
    quotes = Quote.objects.visible_to(user).exclude(expert=user).open()
    talks = Contact.objects.of(user).exclude(expert=user).select_related("expert", "company", "conversation")
    return Open(
        orders=list(
            orders.select_related("expert", "buyer", "offer", "call").order_by("-placed_at")[:LISTED]
        ),
        order_count=orders.count(),
        requests=list(requests.select_related("buyer", "category")[:LISTED]),
        request_count=requests.count(),
        missions=list(missions.select_related("quote", "expert", "client")[:LISTED]),
        mission_count=missions.count(),
        quotes=list(quotes.select_related("expert", "client")[:LISTED]),
        talks=list(talks.order_by("-conversation__last_message_at")[:LISTED]),
    )


@dataclass(frozen=True)
class Paper:
    """A document of the buying side, ready to download."""

    kind: str
    on: date
    title: str
    reference: str
    expert: str
    url: str


KINDS = ("invoice", "deed", "vigilance", "quote")


def papers(user: User, kind: str = "", month: date | None = None, words: str = "") -> list[Paper]:
    """Invoices, deeds of rights, certificates and quotes accepted, the latest first."""
    sources = {"invoice": _invoices, "deed": _deeds, "vigilance": _packs, "quote": _quotes}
    found = [
        paper
        for name, source in sources.items()
        if kind in ("", name)
        for paper in source(user)
        if month is None or (paper.on.year, paper.on.month) == (month.year, month.month)
    ]
    if words:
        asked = words.casefold().split()
        found = [
            paper
            for paper in found
            if all(word in f"{paper.title} {paper.reference} {paper.expert}".casefold() for word in asked)
        ]
    return sorted(found, key=lambda paper: (paper.on, paper.reference), reverse=True)


def _invoices(user: User) -> list[Paper]:
    found = Invoice.objects.received_by(user).exclude(kind__in=Invoice.OURS).order_by("-issued_on")
    return [
        Paper(
            "invoice",
            row.issued_on,
            row.title,
            f"{row.number} · {row.reference}",
            row.seller_name,
            reverse("invoice_file", args=[row.public_id]),
        )
        for row in found[:DOCUMENTS]
    ]


def _deeds(user: User) -> list[Paper]:
    found = RightsDeed.objects.filter(order__in=Order.objects.in_books_of(user))
    return [
        Paper(
            "deed",
            clock.local_day(row.made_at),
            row.order.title,
            row.order.reference,
            row.order.expert.display_name,
            row.url,
        )
        for row in found.select_related("order__expert").order_by("-made_at")[:DOCUMENTS]
    ]


def _packs(user: User) -> list[Paper]:
    """The certificates the law asks of a client: see ``accounts.vigilance``."""
    orders = Order.objects.in_books_of(user).filter(paid_at__isnull=False).select_related("expert")
    missions = Mission.objects.in_books_of(user).select_related("quote", "expert")
    found = [
        Paper(
            "vigilance",
            clock.local_day(order.paid_at),
            order.title,
            order.reference,
            order.expert.display_name,
            reverse("order_certificates", args=[order.public_id]),
        )
        for order in orders.filter(total_cents__gte=VIGILANCE_FROM_CENTS).order_by("-paid_at")[:DOCUMENTS]
        if order.paid_at and is_large(from_ttc(order.total_cents, order.vat_bp).ht)
    ]
    return found + [
        Paper(
            "vigilance",
            clock.local_day(mission.created_at),
            mission.title,
            mission.reference,
            mission.expert.display_name,
            reverse("mission_certificates", args=[mission.public_id]),
        )
        for mission in missions.order_by("-created_at")[:DOCUMENTS]
        if is_large(mission.total_ht_cents)
    ]


def _quotes(user: User) -> list[Paper]:
    found = (
        Quote.objects.with_papers_for(user)
        .exclude(expert=user)
        .filter(state=Quote.State.ACCEPTED, accepted_at__isnull=False)
        .select_related("expert")
    )
    return [
        Paper(
            "quote",
            clock.local_day(row.accepted_at),
            row.title,
            row.reference,
            row.expert.display_name,
            reverse("quote_file", args=[row.public_id]),
        )
        for row in found.order_by("-accepted_at")[:DOCUMENTS]
        if row.accepted_at
    ]


def context_of(user: User) -> dict[str, Any]:
    """Everything of the overview."""
    return {"seen": spending(user), "open": running(user), "months": months_of(user)[:MONTHS]}
