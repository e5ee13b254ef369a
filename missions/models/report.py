"""The activity report of a month: which days the expert worked, whole or by halves, and what was done."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from missions.models.mission import Mission


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        return self.filter(mission__in=Mission.objects.visible_to(user))

    def with_papers_for(self, user: User) -> "ReportQuerySet":
        """Those whose paper a person may open, an accountant of the client's included."""
        return self.filter(mission__in=Mission.objects.with_papers_for(user))

    def overdue(self) -> "ReportQuerySet":
        """Those the client has left unanswered."""
        return self.filter(state=Report.State.SENT, due_at__lte=clock.now())


class Report(PublicId, Lockable):
    """What was worked in a month. The client validates or sends it back; silence validates."""

    class State(models.TextChoices):
        SENT = "sent", _("Waiting for the client")
        VALIDATED = "validated", _("Validated")
        REFUSED = "refused", _("Sent back")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField(_("month"))
    """Its first day."""
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SENT)
    halves = models.JSONField(_("half-days by date"), default=dict)
    """One or two by ISO date; a day that is not there was not worked."""
    words = models.TextField(_("what was done"))
    sent_at = models.DateTimeField(_("sent on"), default=clock.now)
    due_at = models.DateTimeField(_("to be validated by"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    by_silence = models.BooleanField(_("validated by silence"), default=False)
    answer = models.TextField(_("what is wrong"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity report")
        verbose_name_plural = _("activity reports")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "month"], name="one_report_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="report_of_a_whole_month"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="sent"), name="report_to_validate")]

    def __str__(self) -> str:
        return f"{self.mission.reference} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("activity_report", args=[self.public_id])

    @property
    def half_days(self) -> int:
        return sum(self.halves.values())

    @property
    def days(self) -> str:
        """Days worked, a half written with the mark of the language."""
        from django.utils.formats import get_format

        whole, half = divmod(self.half_days, 2)
        return f"{whole}{get_format('DECIMAL_SEPARATOR')}5" if half else str(whole)

    @property
    def tone(self) -> str:
        return {"sent": "warn", "validated": "ok", "refused": "bad"}.get(self.state, "info")

    @property
    def weeks(self) -> list[list[tuple[date | None, int]]]:
        """The month as a calendar shows it: weeks of seven days, those of other months empty."""
        return weeks_of(self.month, self.halves)


def weeks_of(month: date, halves: dict[str, int]) -> list[list[tuple[date | None, int]]]:
    """The weeks of a month, Monday first, with the half-days of each day."""
    day = month - timedelta(days=month.weekday())
    weeks: list[list[tuple[date | None, int]]] = []
    while day <= month or day.month == month.month:
        row = [day + timedelta(days=n) for n in range(7)]
        weeks.append([(d if d.month == month.month else None, halves.get(d.isoformat(), 0)) for d in row])
        day += timedelta(days=7)
    return weeks
