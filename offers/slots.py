"""From an expert's hours to the moments a call may begin. Pure: a calendar in, moments in UTC out.

Hours are written as the expert's wall clock shows them; moments are counted in UTC. So a range that spans the night
when clocks change lasts an hour less or more, no slot falls in the hour that does not exist, and none is offered
twice for the hour that comes back.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from marketplace.kernel import rules
from offers.models.calendars import CallCalendar

Span = tuple[datetime, datetime]
"""From a moment to another, in UTC; the end is left out."""

MINUTE = timedelta(minutes=1)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant at which a clock on the wall of a zone shows this time, or has jumped past it."""
    wall = datetime.combine(day, at)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    instant = wall.replace(tzinfo=zone, fold=1).astimezone(
        UTC
    )  # an hour that does not exist: begin before the jump
    while instant.astimezone(zone).replace(tzinfo=None) < wall:
        instant += MINUTE
    return instant


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether clocks ever show this time on this day: they skip an hour in spring."""
    wall = datetime.combine(day, at)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def openings(calendar: CallCalendar, first: date, last: date, *, away: Iterable[date] = ()) -> list[Span]:
    """When the expert takes calls between two of their dates, both included: in order, without overlap.

    ``away``: days off, on which nothing is open, whatever the hours say. Two queries at most.
    """
    zone = calendar.zone
    weekly: dict[int, list[tuple[time, time]]] = {}
    for hours in calendar.hours.all():
        weekly.setdefault(hours.weekday, []).append((hours.start, hours.end))
    closed: set[date] = set(away)
    extra: dict[date, list[tuple[time, time]]] = {}
    off = set(closed)
    for day in calendar.days.all():
        if day.start is None or day.end is None:
            closed.add(day.date)
        else:
            extra.setdefault(day.date, []).append((day.start, day.end))
    spans: list[Span] = []
    for number in range((last - first).days + 1):
        day_ = first + timedelta(days=number)
        ranges = [] if day_ in closed else list(weekly.get(day_.weekday(), []))
        ranges += [] if day_ in off else extra.get(day_, [])
        spans += [(moment(day_, start, zone), moment(day_, end, zone)) for start, end in ranges]
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time, in order, with what touches or overlaps in one piece."""
    pieces: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((start, end))
    return pieces


def free(
    calendar: CallCalendar,
    *,
    minutes: int,
    now: datetime,
    taken: Sequence[Span] = (),
    away: Iterable[date] = (),
) -> list[datetime]:
    """When a call of so many minutes may begin, soonest first: open, noticed, not too far, not taken.

    ``taken`` are the moments other calls block, the pause after them included; a new call brings its own pause.
    """
    earliest, latest = now + calendar.notice, now + timedelta(days=calendar.horizon_days)
    length = timedelta(minutes=minutes)
    step = timedelta(minutes=min(rules.CALL_SLOT_MINUTES, max(minutes, 15)))
    busy = sorted(taken)
    found = []
    for opens, closes in openings(
        calendar, calendar.today(earliest) - timedelta(days=1), calendar.today(latest), away=away
    ):
        start = opens
        while start + length <= closes and start <= latest:
            blocked_until = start + length + calendar.pause
            if start >= earliest and not any(begin < blocked_until and start < end for begin, end in busy):
                found.append(start)
            start += step
    return found
