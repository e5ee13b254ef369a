"""Add up what each day brought. Any number of runs writes the same."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate

from marketplace.kernel import clock
from marketplace.kernel.workdays import PARIS
from orders.models import DayFigures, Order
from payments import ledger
from payments.models import EscrowHold, LedgerPosting, Refund

COLUMNS = ("paid", "completed", "cancelled", "volume_cents", "commission_cents", "refunded_cents")


def write_figures(*, since: date | None = None) -> int:
    """Write the figures of each day from ``since`` to today: one grouped query a figure, whatever is in it.

    Without ``since``, from the last day but one that was written; the first time, from the first order on.
    """
    today = clock.now().astimezone(PARIS).date()
    since = since or _begin(today)
    if since is None:
        return 0
    found: dict[date, dict[str, int]] = defaultdict(dict)
    start = datetime.combine(since, time.min, tzinfo=PARIS)

    def note(name: str, rows: Iterable[tuple[Any, Any]], sign: int = 1) -> None:
        for day, value in rows:
            found[day][name] = sign * int(value or 0)

    def by_day(rows: Any, column: str, figure: Any) -> Any:
        chosen = rows.filter(**{f"{column}__gte": start}).order_by()
        return (
            chosen.annotate(of_day=TruncDate(column, tzinfo=PARIS))
            .values_list("of_day")
            .annotate(figure=figure)
            .values_list("of_day", "figure")
        )

    orders = Order.objects.all()
    note("paid", by_day(orders, "paid_at", Count("pk")))
    note("completed", by_day(orders, "completed_at", Count("pk")))
    note("cancelled", by_day(orders.filter(paid_at__isnull=False), "cancelled_at", Count("pk")))
    note("volume_cents", by_day(EscrowHold.objects.all(), "held_at", Sum("amount_cents")))
    note("refunded_cents", by_day(Refund.objects.all(), "created_at", Sum("amount_cents")))
    earned = LedgerPosting.objects.filter(account__code=ledger.COMMISSION.code)
    note("commission_cents", by_day(earned, "transaction__occurred_at", Sum("amount_cents")), sign=-1)
    days = [since + timedelta(days=number) for number in range((today - since).days + 1)]
    rows = [DayFigures(day=day, **{name: found[day].get(name, 0) for name in COLUMNS}) for day in days]
    DayFigures.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["day"], update_fields=COLUMNS
    )
    return len(rows)


def _begin(today: date) -> date | None:
    last = DayFigures.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return min(last, today) - timedelta(days=1)
    first: datetime | None = Order.objects.aggregate(first=Min("placed_at"))["first"]
    return first.astimezone(PARIS).date() if first else None
