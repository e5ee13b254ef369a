"""Facts that the rest of the product must hear of, kept on the row until somebody was told."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models

from marketplace.kernel import clock

TELL_AGAIN_AFTER = timedelta(seconds=60)
"""How long the errand that follows a commit may take before a sweep does its work."""


class Telling(models.Model):
    """A row whose last fact is told upwards after the commit, at least once."""

    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    tell_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When a sweep tells it, if the errand did not. Empty: nothing is left to tell."""

    class Meta:
        abstract = True

    def owe_telling(self) -> None:
        """Note that something new happened to this row."""
        self.told_at = None
        self.tell_due_at = clock.now() + TELL_AGAIN_AFTER


_Row = TypeVar("_Row", bound=Telling)


class TellingQuerySet(models.QuerySet[_Row]):
    def untold(self, now: datetime) -> Self:
        """Facts that should have been told by now."""
        return self.filter(tell_due_at__lte=now)
