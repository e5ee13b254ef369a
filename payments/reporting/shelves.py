"""Which statements an expert can have: the months and years that are over since their first movement."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from marketplace.kernel import clock
from payments import ledger
from payments.models import EscrowHold, LedgerPosting, Statement
from payments.reporting import periods


@dataclass
class Year:
    """A year, its months that are over, the latest first, and whether it is over itself."""

    number: str
    is_over: bool
    months: list[date] = field(default_factory=list)
    declared: Statement | None = None


def months_of(expert: User) -> list[date]:
    """The first days of the months that are over since the first money, the latest first. Two queries."""
    moved = LedgerPosting.objects.filter(account__code=ledger.payable(expert).code)
    held = EscrowHold.objects.filter(payee=expert)
    starts = [
        moved.aggregate(first=Min("transaction__occurred_at"))["first"],
        held.aggregate(first=Min("held_at"))["first"],
    ]
    known = [moment for moment in starts if moment is not None]
    if not known:
        return []
    first = timezone.localtime(min(known)).date().replace(day=1)
    month, found = periods.month(clock.today()).first - timedelta(days=1), []
    while month >= first:
        found.append(month.replace(day=1))
        month = month.replace(day=1) - timedelta(days=1)
    return found


def years_of(expert: User) -> list[Year]:
    """The years with something to download, the latest first. Three queries."""
    months = months_of(expert)
    today = clock.today()
    found = {day.year: Year(str(day.year), day.year < today.year) for day in months}
    for day in months:
        found[day.year].months.append(day)
    copies = Statement.objects.filter(expert=expert, kind=Statement.Kind.DAC7)
    for copy in copies:
        if copy.first_day.year in found:
            found[copy.first_day.year].declared = copy
    return [found[number] for number in sorted(found, reverse=True)]
