"""What buyers are offered: the free moments of an expert, laid out by day in the zone of whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import TimeOff, User
from marketplace.kernel import clock, zones
from offers import slots
from offers.models import CallCalendar

STAMP = "%Y-%m-%dT%H:%MZ"
SHOWN_DAYS = 14


@dataclass(frozen=True)
class Slot:
    """A moment to choose: what is posted, and the time on the wall of whoever looks."""

    value: str
    at: datetime
    clock: str


@dataclass(frozen=True)
class Day:
    """The free moments of one day."""

    date: date
    slots: list[Slot] = field(default_factory=list)


@dataclass(frozen=True)
class Strip:
    """Days side by side, soonest first, in one time zone."""

    zone: str
    zone_name: str
    days: list[Day]
    has_hours: bool

    @property
    def first(self) -> Slot | None:
        return self.days[0].slots[0] if self.days else None


def stamp(at: datetime) -> str:
    """A moment as forms carry it: ``2026-11-24T09:00Z``."""
    return at.astimezone(UTC).strftime(STAMP)


def read(text: str) -> datetime | None:
    """The moment a form carries, or nothing."""
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def free(
    expert: User, *, minutes: int, now: datetime | None = None, keeping: int | None = None
) -> list[datetime]:
    """When a call may begin now, soonest first. ``keeping``: a booking that is about to move, so blocks nothing.

    Five queries at most, whatever the length of the calendar.
    """
    calendar = CallCalendar.objects.filter(expert=expert).prefetch_related("hours", "days").first()
    if calendar is None:
        return []
    now = now or clock.now()
    today = calendar.today(now)
    return slots.free(
        calendar,
        minutes=minutes,
        now=now,
        taken=_taken(expert, now, keeping),
        away=TimeOff.objects.of(expert).days_between(today, today + timedelta(days=calendar.horizon_days)),
    )


def _taken(expert: User, now: datetime, keeping: int | None) -> list[slots.Span]:
    """The moments that live bookings block. Bookings belong to orders, which name this relation."""
    live = expert.calls_given.live().filter(starts_at__gt=now - timedelta(days=1))
    return [(call.blocked.lower, call.blocked.upper) for call in live if call.pk != keeping]


def by_day(moments: Iterable[datetime], zone: str, *, days: int = SHOWN_DAYS) -> list[Day]:
    """Moments laid out by day as a zone counts them, the first days that have some."""
    laid: dict[date, Day] = {}
    where = ZoneInfo(zone)
    for at in moments:
        local = at.astimezone(where)
        day = laid.get(local.date())
        if day is None:
            if len(laid) == days:
                break
            day = laid[local.date()] = Day(local.date())
        day.slots.append(Slot(stamp(at), at, f"{local:%H:%M}"))
    return list(laid.values())


def strip(
    expert: User, *, minutes: int, zone: str, days: int = SHOWN_DAYS, keeping: int | None = None
) -> Strip:
    """What a buyer in a zone may choose from now."""
    now = clock.now()
    moments = free(expert, minutes=minutes, now=now, keeping=keeping)
    found = by_day(moments, zone, days=days)
    return Strip(
        zone=zone,
        zone_name=zones.named(zone, found[0].slots[0].at if found else now),
        days=found,
        has_hours=bool(found) or CallCalendar.objects.open(now.date()).filter(expert=expert).exists(),
    )
