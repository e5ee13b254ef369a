"""The product's sense of time: stored in UTC, spoken in Europe/Paris."""

from datetime import datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def in_seconds(delay: timedelta) -> int:
    """A delay as whole seconds, for the columns that freeze it."""
    return int(delay.total_seconds())
