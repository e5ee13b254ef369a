"""Numbers without a gap: a counter row for each seller, moved in the transaction that keeps the invoice."""

from datetime import date

from accounts.models import LegalEntity
from marketplace.kernel import clock
from payments.models import InvoiceSeries

OURS = "COM"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:31]
_SCATTER = 7_919


def root_of(entity: LegalEntity | None) -> str:
    """What begins a seller's numbers: never the same for two sellers, nor one a seller would choose."""
    if entity is None:
        return OURS
    high, low = divmod(entity.pk, 31**3)
    scattered = low * _SCATTER % 31**3
    letters = "".join(ALPHABET[scattered // 31**place % 31] for place in (2, 1, 0))
    return f"A{letters}" + (str(high) if high else "")


def take(entity: LegalEntity | None) -> tuple[InvoiceSeries, date, int, str]:
    """The next number of a seller: the series, the date of issue, the position in the year and the whole number.

    The series stays locked until the transaction ends. A date never goes back within a series.
    """
    today = clock.today()
    series = _locked(entity)
    if series is None:
        row = InvoiceSeries(entity=entity, root=root_of(entity), year=today.year, last_on=today)
        InvoiceSeries.objects.bulk_create([row], ignore_conflicts=True)
        series = _locked(entity)
    assert series is not None  # noqa: S101 - ours, or that of whoever was faster
    day = max(today, series.last_on)
    if day.year != series.year:
        series.year, series.last = day.year, 0
    series.last += 1
    series.last_on = day
    series.save(update_fields=["year", "last", "last_on"])
    return series, day, series.last, f"{series.root}-{series.year}-{series.last:06d}"


def wait_for_ours() -> None:
    """Take the lock of our own series before looking whether something was numbered already."""
    _locked(None)


def _locked(entity: LegalEntity | None) -> InvoiceSeries | None:
    return InvoiceSeries.objects.select_for_update().filter(entity=entity).first()
