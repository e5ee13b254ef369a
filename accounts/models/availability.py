"""When an expert is away."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from marketplace.kernel.compiled import DAY, STAND_IN, Compiled


class TimeOffQuerySet(models.QuerySet["TimeOff"]):
    def of(self, expert: User) -> "TimeOffQuerySet":
        return self.filter(expert=expert)

    def touching(self, first: date, last: date) -> "TimeOffQuerySet":
        """Absences with at least a day between two dates, both included."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def on(self, day: date) -> "TimeOffQuerySet":
        return self.touching(day, day)

    def not_over(self, day: date) -> "TimeOffQuerySet":
        """Those that still matter on a day: running or to come."""
        return self.filter(ends_on__gte=day)

    def days_between(self, first: date, last: date) -> set[date]:
        """Every day off between two dates, both included; a day covered twice is one day. One query."""
        return _each(self.touching(first, last).values_list("starts_on", "ends_on"), first, last)


class TimeOff(models.Model):
    """Days on which an expert does not work, from ``starts_on`` to ``ends_on``, both included."""

    expert = models.ForeignKey(User, on_delete=models.CASCADE, related_name="time_off")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = TimeOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("time off")
        verbose_name_plural = _("time off")
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["expert", "ends_on"], name="time_off_of_expert")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="time_off_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} · {self.starts_on} – {self.ends_on}"


_touching = Compiled(
    lambda expert, first, last: (
        TimeOff.objects.filter(expert=expert).touching(first, last).values_list("starts_on", "ends_on")
    ),
    STAND_IN,
    DAY,
    DAY + timedelta(days=1),
)


def days_off(expert_id: int, first: date, last: date) -> set[date]:
    """The days between two dates, both included, on which an expert does not work. One query."""
    return _each(_touching.rows(expert_id, first, last), first, last)


def _each(spans: Iterable[tuple[Any, ...]], first: date, last: date) -> set[date]:
    """Every day of absences that lies between two dates."""
    days: set[date] = set()
    for starts_on, ends_on in spans:
        start, end = max(starts_on, first), min(ends_on, last)
        days.update(start + timedelta(days=n) for n in range((end - start).days + 1))
    return days
