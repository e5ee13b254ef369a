"""Working days of France: Monday to Friday, public holidays left out, counted in the time of Paris."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")


@lru_cache(maxsize=64)
def _public(year: int) -> frozenset[date]:
    """The eleven public holidays of mainland France (Code du travail, art. L3133-1)."""
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _public(day.year)


def add_working_days(moment: datetime, count: int) -> datetime:
    """The same time of day, ``count`` working days later; from a day off one starts at the next working day.

    The clock of Paris is kept across the change of summer time. ``moment`` is aware; so is the answer.
    """
    local = moment.astimezone(PARIS)
    day, left = local.date(), count
    while left > 0 or not is_working_day(day):
        day += timedelta(days=1)
        if is_working_day(day):
            left -= 1
    return datetime.combine(day, local.time(), tzinfo=PARIS).astimezone(moment.tzinfo)
