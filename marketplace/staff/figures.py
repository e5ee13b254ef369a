"""How the site does, drawn: orders and money from the figures of each day, disputes from their own rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from disputes.models import Dispute
from marketplace.kernel import clock
from marketplace.kernel.money import format_money
from marketplace.kernel.workdays import PARIS
from orders.models import DayFigures

DAYS = 30
MONTHS = 12
WIDTH, HEIGHT, FOOT = 640, 180, 22
"""Of a drawing, in its own units."""


@dataclass(frozen=True)
class Bar:
    """One column of a chart, where it stands, and what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    shown: str
    middle: float
    named: bool


@dataclass(frozen=True)
class Chart:
    title: str
    total: str
    bars: list[Bar]
    top: str


def chart(
    title: str, points: Sequence[tuple[str, float]], write: Callable[[float], str], *, total: str = ""
) -> Chart:
    """Columns drawn to the tallest. Every point keeps its words: the table under the drawing says the same."""
    tallest = max((value for _label, value in points), default=0)
    step = WIDTH / max(len(points), 1)
    room = HEIGHT - FOOT - 6
    every = max(1, -(-len(points) // 8))
    bars = []
    for index, (label, value) in enumerate(points):
        height = max(0.0, room * value / tallest) if tallest else 0.0
        bars.append(
            Bar(
                x=round(index * step + step * 0.12, 1),
                y=round(HEIGHT - FOOT - height, 1),
                width=round(step * 0.76, 1),
                height=round(height, 1),
                label=label,
                shown=write(value),
                middle=round(index * step + step / 2, 1),
                named=index % every == 0,
            )
        )
    return Chart(title, total or write(sum(value for _label, value in points)), bars, write(tallest))


def _count(value: float) -> str:
    return str(number_format(int(value), use_l10n=True, force_grouping=True))


def _money(value: float) -> str:
    return format_money(round(value))


def _days(value: float) -> str:
    return _("%(n)s d") % {"n": number_format(value, decimal_pos=1)}


def months_until(today: date) -> list[date]:
    """The first days of the last months, this one included."""
    year, month = today.year, today.month
    found = []
    for _number in range(MONTHS):
        found.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found[::-1]


def of_orders(today: date, *, by_day: bool) -> list[Chart]:
    """Orders, volume, commission and refunds: one query on the figures of the days."""
    names = ("paid", "completed", "volume_cents", "commission_cents", "refunded_cents")
    sums = {name: Sum(name) for name in names}
    if by_day:
        keys = [today - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
        rows = {row["day"]: row for row in DayFigures.objects.filter(day__gte=keys[0]).values("day", *names)}
    else:
        keys = months_until(today)
        grouped = DayFigures.objects.filter(day__gte=keys[0]).order_by().annotate(month=TruncMonth("day"))
        rows = {row["month"]: row for row in grouped.values("month").annotate(**sums)}
    shape = "j M" if by_day else "M Y"

    def points(name: str) -> list[tuple[str, float]]:
        return [(date_format(key, shape), rows.get(key, {}).get(name) or 0) for key in keys]

    return [
        chart(_("Orders paid"), points("paid"), _count),
        chart(_("Orders completed"), points("completed"), _count),
        chart(_("Volume paid by buyers"), points("volume_cents"), _money),
        chart(_("Commission before VAT"), points("commission_cents"), _money),
        chart(_("Refunds decided"), points("refunded_cents"), _money),
    ]


@dataclass(frozen=True)
class Disputes:
    """What became of the disputes of the last months. ``outcomes`` heads the columns of ``grounds``."""

    charts: list[Chart]
    outcomes: list[str]
    grounds: list[tuple[str, list[int]]]


def of_disputes(today: date) -> Disputes:
    """Opened by month, the time to a ruling, and how each ground ended: two queries."""
    months = months_until(today)
    since = datetime.combine(months[0], time.min, tzinfo=PARIS)
    opened: dict[date, int] = dict.fromkeys(months, 0)
    lasted: dict[date, list[float]] = {month: [] for month in months}
    for began, ruled in Dispute.objects.filter(opened_at__gte=since).values_list("opened_at", "ruled_at"):
        month = began.astimezone(PARIS).date().replace(day=1)
        opened[month] = opened.get(month, 0) + 1
        if ruled is not None:
            lasted.setdefault(month, []).append((ruled - began) / timedelta(days=1))
    times = [(date_format(month, "M Y"), median(lasted[month]) if lasted[month] else 0) for month in months]
    every = [days for each in lasted.values() for days in each]
    counts: dict[tuple[str, str], int] = {}
    found = (
        Dispute.objects.filter(opened_at__gte=since)
        .order_by()
        .annotate(stands=ExpressionWrapper(Q(withdrawn_at=None), BooleanField()))
        .values_list("ground", "decision", "stands", "order__state")
        .annotate(number=Count("pk"))
    )
    columns = [*Dispute.Decision.values, "withdrawn", "settled", "open"]
    for ground, decision, stands, state, number in found:
        end = decision or ("withdrawn" if not stands else "open" if state == "disputed" else "settled")
        counts[ground, end] = counts.get((ground, end), 0) + number
    labels = {
        **{str(value): str(label) for value, label in Dispute.Decision.choices},
        "withdrawn": _("Withdrawn"),
        "settled": _("Settled by the parties"),
        "open": _("Under way"),
    }
    grounds = [
        (str(label), line)
        for value, label in Dispute.Ground.choices
        if any(line := [counts.get((value, column), 0) for column in columns])
    ]
    return Disputes(
        charts=[
            chart(_("Disputes opened"), [(date_format(m, "M Y"), opened[m]) for m in months], _count),
            chart(
                _("Median time to a decision"),
                times,
                _days,
                total=_days(median(every)) if every else "–",
            ),
        ],
        outcomes=[labels[column] for column in columns],
        grounds=grounds,
    )


def figures(request: HttpRequest) -> HttpResponse:
    """The page: what a member of the team may see of it."""
    user: Any = request.user
    sees_money = user.has_perm("orders.view_dayfigures")
    sees_disputes = user.has_perm("disputes.view_dispute") or user.has_perm("disputes.change_dispute")
    if not (sees_money or sees_disputes):
        raise PermissionDenied
    today = clock.now().astimezone(PARIS).date()
    by_day = request.GET.get("by") == "day"
    context = {
        **admin.site.each_context(request),
        "title": _("Figures"),
        "by_day": by_day,
        "charts": of_orders(today, by_day=by_day) if sees_money else [],
        "disputes": of_disputes(today) if sees_disputes else None,
        "size": (WIDTH, HEIGHT),
        "base": HEIGHT - FOOT,
    }
    return TemplateResponse(request, "admin/staff_figures.html", context)
