"""Time zones as people name them: a city and what it adds to universal time now."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

PARIS = "Europe/Paris"
COMMON = (
    "Europe/Paris",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Berlin",
    "Europe/Rome",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "Africa/Algiers",
    "Africa/Tunis",
    "Africa/Dakar",
    "Africa/Abidjan",
    "Africa/Johannesburg",
    "Asia/Beirut",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/New_York",
    "America/Montreal",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Martinique",
    "America/Guadeloupe",
    "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
)
"""Those offered to everyone: where the product's people are, overseas France included. Any other is known too."""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name)


def is_known(name: str) -> bool:
    return name in _known()


def or_paris(name: str | None) -> str:
    """The zone, or that of the product when the name means nothing."""
    return name if name and is_known(name) else PARIS


def city(name: str) -> str:
    """``New York`` of ``America/New_York``."""
    return name.rsplit("/", 1)[-1].replace("_", " ")


def named(name: str, at: datetime) -> str:
    """``Paris (UTC+1)``, as it stands at a moment: summer time changes it."""
    offset = at.astimezone(ZoneInfo(name)).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "\u2212"
    return f"{city(name)} (UTC{sign}{hours}{f':{rest:02d}' if rest else ''})"


def choices(at: datetime, *more: str) -> list[tuple[str, str]]:
    """Zones to choose from, each with its name at a moment; ``more`` are added when they are not common."""
    names = [*COMMON, *[name for name in more if name and name not in COMMON and is_known(name)]]
    return [(name, named(name, at)) for name in names]
