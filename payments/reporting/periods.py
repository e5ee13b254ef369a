"""Months and years as Paris counts them, first day included, last day included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from marketplace.kernel import clock


@dataclass(frozen=True)
class Period:
    """Whole days. ``start <= moment < end`` is what belongs to it."""

    first: date
    last: date

    @cached_property
    def start(self) -> datetime:
        return _midnight(self.first)

    @cached_property
    def end(self) -> datetime:
        return _midnight(self.last + timedelta(days=1))

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()

    @property
    def is_month(self) -> bool:
        return self.first.replace(day=1) == self.last.replace(day=1)

    @property
    def words(self) -> str:
        """``octobre 2026``, ``2026``, or both days, in the language of the reader."""
        if self.is_month:
            return date_format(self.first, "F Y")
        if self == year(self.last.year):
            return str(self.last.year)
        return f"{date_format(self.first, 'j F Y')} – {date_format(self.last, 'j F Y')}"


def month(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def fiscal_year(closing: int) -> Period:
    """Our accounting year that closes in a year (``FISCAL_YEAR_ENDS_IN``: the month of its last day)."""
    last = month(date(closing, settings.FISCAL_YEAR_ENDS_IN, 1)).last
    first = month(date(closing - 1, settings.FISCAL_YEAR_ENDS_IN, 1)).last + timedelta(days=1)
    return Period(first, last)


def fiscal_year_of(day: date) -> Period:
    """The accounting year that a day falls in."""
    found = fiscal_year(day.year)
    return found if day <= found.last else fiscal_year(day.year + 1)


def quarter(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
