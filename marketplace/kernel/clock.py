"""The product's sense of time: stored in UTC, spoken in Europe/Paris."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import get_language

from marketplace.kernel import zones

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or timezone.now()


def today() -> date:
    """The present day in Paris."""
    return timezone.localdate(now())


def local_day(moment: datetime) -> date:
    """The day a moment fell on in Paris."""
    return timezone.localdate(moment)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Act as if it were another moment, so that the demo world has a past."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def in_seconds(delay: timedelta) -> int:
    """A delay as whole seconds, for the columns that freeze it."""
    return int(delay.total_seconds())


def in_words(moment: datetime, zone: str = "") -> str:
    """A moment as people of Paris say it: « lundi 23 novembre 2026 à 14 h 20 », or its English twin.

    With a ``zone``, as its people say it, and where: « … à 8 h 20, New York (UTC−5) ».
    """
    if zone:
        return f"{_spoken(moment.astimezone(ZoneInfo(zone)))}, {zones.named(zone, moment)}"
    return _spoken(timezone.localtime(moment))


def _spoken(local: datetime) -> str:
    words = formats.date_format(local, "DATETIME_FORMAT")
    if (get_language() or "").startswith("fr"):
        return words.replace(f" {local.day} ", " 1er ", 1) if local.day == 1 else words
    return words.replace("a.m.", "am").replace("p.m.", "pm")
