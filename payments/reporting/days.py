"""The platform's money day by day, from the ledger. Amounts are cents."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from payments.models import LedgerBalance
from payments.reporting import periods

MAX_DAYS = 366
HELD = "4671"
"""The accounts of what we hold for buyers, in the French chart."""


@dataclass(frozen=True)
class Day:
    """What came in, what we kept of it before VAT, what went back and out, and what was held at the end of the day."""

    day: date
    received_cents: int = 0
    payments: int = 0
    released_cents: int = 0
    commission_cents: int = 0
    refunded_cents: int = 0
    withdrawn_cents: int = 0
    held_cents: int = 0


@dataclass(frozen=True)
class Total(Day):
    """The same over all the days; what is held is that of the last one."""


SUMMED = (
    "received_cents",
    "payments",
    "released_cents",
    "commission_cents",
    "refunded_cents",
    "withdrawn_cents",
)
MOVED = """
SELECT (t.occurred_at AT TIME ZONE %(zone)s)::date AS day,
       coalesce(sum(p.amount_cents) FILTER (WHERE t.kind = 'payment_received' AND p.amount_cents > 0), 0)::bigint,
       count(DISTINCT t.id) FILTER (WHERE t.kind = 'payment_received'),
       coalesce(sum(p.amount_cents) FILTER (WHERE t.kind = 'release' AND a.pcg_code = %(held)s), 0)::bigint,
       -coalesce(sum(p.amount_cents) FILTER (WHERE a.code = 'revenue:commission'), 0)::bigint,
       -coalesce(sum(p.amount_cents) FILTER (
           WHERE t.kind IN ('refund_succeeded', 'refund_failed') AND a.kind = 'asset'), 0)::bigint,
       coalesce(sum(p.amount_cents) FILTER (
           WHERE t.kind IN ('withdrawal_requested', 'withdrawal_failed') AND a.code LIKE 'expert:%%:payable'), 0)::bigint,
       -coalesce(sum(p.amount_cents) FILTER (WHERE a.pcg_code = %(held)s), 0)::bigint
  FROM ledger_transaction t
  JOIN ledger_posting p ON p.transaction_id = t.id
  JOIN ledger_account a ON a.id = p.account_id
 WHERE t.occurred_at >= %(start)s
 GROUP BY 1
 ORDER BY 1
"""


def figures(period: periods.Period) -> tuple[list[Day], Total]:
    """Every day of a period, the earliest first, and their total. Two queries, whatever the number of days.

    What is held now, less what has moved since, is what was held before.
    """
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"zone": settings.TIME_ZONE, "held": HELD, "start": period.start})
        moved = {row[0]: row[1:] for row in cursor.fetchall()}
    now = LedgerBalance.objects.filter(account__pcg_code=HELD).aggregate(total=Sum("balance_cents"))["total"]
    held = (now or 0) - sum(row[-1] for row in moved.values())
    days, day = [], period.first
    while day <= period.last:
        *columns, change = moved.get(day, (0,) * 7)
        held += change
        days.append(Day(day=day, held_cents=held, **dict(zip(SUMMED, columns, strict=True))))
        day += timedelta(days=1)
    whole = {name: sum(getattr(row, name) for row in days) for name in SUMMED}
    return days, Total(day=period.last, held_cents=days[-1].held_cents if days else 0, **whole)
