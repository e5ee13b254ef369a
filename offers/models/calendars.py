"""When an expert takes calls: hours of the week, the days that differ, and the rules of booking."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.kernel import rules
from marketplace.kernel.models import Lockable

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

# With a context: without one these words would take the place of Django's own inside its dates.
WEEKDAYS = [
    (0, pgettext_lazy("label", "Monday")),
    (1, pgettext_lazy("label", "Tuesday")),
    (2, pgettext_lazy("label", "Wednesday")),
    (3, pgettext_lazy("label", "Thursday")),
    (4, pgettext_lazy("label", "Friday")),
    (5, pgettext_lazy("label", "Saturday")),
    (6, pgettext_lazy("label", "Sunday")),
]


class CallCalendarQuerySet(models.QuerySet["CallCalendar"]):
    def open(self, today: date) -> "CallCalendarQuerySet":
        """Those with hours in the week, or with a day to come that has some."""
        return self.filter(
            Q(pk__in=WeeklyHours.objects.values("calendar"))
            | Q(pk__in=CalendarDay.objects.filter(date__gte=today, start__isnull=False).values("calendar"))
        )


class CallCalendar(Lockable):
    """An expert's hours for calls, in the expert's own time zone, whatever the offer."""

    expert = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_calendar"
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    notice_hours = models.PositiveSmallIntegerField(_("minimum notice"), default=rules.CALL_NOTICE_HOURS)
    buffer_minutes = models.PositiveSmallIntegerField(
        _("pause after each call"), default=rules.CALL_BUFFER_MINUTES
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("how far ahead buyers may book"), default=rules.CALL_HORIZON_DAYS
    )

    objects = CallCalendarQuerySet.as_manager()

    if TYPE_CHECKING:
        hours: RelatedManager["WeeklyHours"]
        days: RelatedManager["CalendarDay"]

    class Meta:
        verbose_name = _("hours for calls")
        verbose_name_plural = _("hours for calls")

    def __str__(self) -> str:
        return str(self.expert)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)

    @property
    def pause(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)

    def today(self, now: datetime) -> date:
        """The date where the expert lives."""
        return now.astimezone(self.zone).date()


class WeeklyHours(models.Model):
    """From a time to another on one day of every week, as the expert's own clock shows them."""

    calendar = models.ForeignKey(CallCalendar, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"))

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="hours_end_after_they_start"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_on_a_day_of_the_week"),
            models.UniqueConstraint(fields=["calendar", "weekday", "start"], name="one_range_a_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {said(self.start, self.end)}"


class CalendarDay(models.Model):
    """A day that differs from its week: closed (no times), or open from a time to another besides the usual hours."""

    calendar = models.ForeignKey(CallCalendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("date"))
    start = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("day that differs")
        verbose_name_plural = _("days that differ")
        ordering = ["date", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="day_closed_or_open_for_a_while",
            ),
            models.UniqueConstraint(
                fields=["calendar", "date"], condition=Q(start__isnull=True), name="a_day_is_closed_once"
            ),
            models.UniqueConstraint(fields=["calendar", "date", "start"], name="one_opening_a_start"),
        ]

    def __str__(self) -> str:
        return f"{self.date}"

    @property
    def is_closed(self) -> bool:
        return self.start is None

    @property
    def said(self) -> str:
        """``09:00–12:00``, empty for a closed day."""
        return said(self.start, self.end) if self.start and self.end else ""


def said(start: time, end: time) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"
