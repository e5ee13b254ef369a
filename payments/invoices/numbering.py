"""Numbers without a gap: a counter row for each seller, moved in the transaction that keeps the invoice."""

from collections.abc import Sequence
from datetime import date

from accounts.models import LegalEntity
from marketplace.kernel import clock
from marketplace.kernel.compiled import STAND_IN, Compiled
from marketplace.kernel.writing import write
from payments.models import InvoiceSeries

Number = tuple[InvoiceSeries, date, int, str]
"""The series, the date of issue, the position in the year and the whole number."""
OURS = "COM"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:31]
_SCATTER = 7_919
_SERIES = Compiled(
    lambda key: InvoiceSeries.objects.select_for_update(no_key=True).filter(entity__in=[key]).order_by("pk"),
    STAND_IN,
)


def root_of(entity: LegalEntity | None) -> str:
    """What begins a seller's numbers: never the same for two sellers, nor one a seller would choose."""
    if entity is None:
        return OURS
    high, low = divmod(entity.pk, 31**3)
    scattered = low * _SCATTER % 31**3
    letters = "".join(ALPHABET[scattered // 31**place % 31] for place in (2, 1, 0))
    return f"A{letters}" + (str(high) if high else "")


def take(entities: Sequence[LegalEntity | None]) -> list[Number]:
    """The next number of each seller, in the order given; one who comes twice gets two.

    The series stay locked until the transaction ends, in the order of their keys. A date never goes back within one.
    """
    today = clock.today()
    sellers = {entity.pk if entity else None: entity for entity in entities}
    series = _locked(list(sellers))
    if len(series) < len(sellers):
        InvoiceSeries.objects.bulk_create(
            [
                InvoiceSeries(entity=entity, root=root_of(entity), year=today.year, last_on=today)
                for key, entity in sellers.items()
                if key not in series
            ],
            ignore_conflicts=True,  # whoever was faster has made it
        )
        series = _locked(list(sellers))
    taken: list[Number] = []
    for entity in entities:
        row = series[entity.pk if entity else None]
        day = max(today, row.last_on)
        if day.year != row.year:
            row.year, row.last = day.year, 0
        row.last += 1
        row.last_on = day
        taken.append((row, day, row.last, f"{row.root}-{row.year}-{row.last:06d}"))
    write(changed=[(row, ("year", "last", "last_on")) for row in series.values()])
    return taken


def wait_for_ours() -> None:
    """Take the lock of our own series before looking whether something was numbered already."""
    _locked([None])


def _locked(keys: Sequence[int | None]) -> dict[int | None, InvoiceSeries]:
    """The series there are of these sellers, locked. Ours is asked for alone: no act numbers in both."""
    if None in keys:
        rows = list(InvoiceSeries.objects.select_for_update(no_key=True).filter(entity=None))
    else:
        rows = _SERIES.objects(_SERIES.rows_of(keys))
    return {row.entity_id: row for row in rows}
