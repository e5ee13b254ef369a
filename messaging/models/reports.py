"""What people report to the team: somebody, an offer, a message, a review."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import Lockable, PublicId


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Those without an outcome."""
        return self.filter(state=Report.State.OPEN)


class Report(PublicId, Lockable):
    """Somebody says that something breaks the rules. It waits until a person of the team gives it an outcome.

    What was reported is named, not pointed at: it may change or go, the report keeps what was read.
    """

    class Subject(models.TextChoices):
        USER = "user", _("A person")
        OFFER = "offer", _("An offer")
        MESSAGE = "message", _("A message")
        REVIEW = "review", _("A review")

    class Reason(models.TextChoices):
        ILLEGAL = "illegal", _("Illegal content or service")
        FRAUD = "fraud", _("Fraud, false identity or false papers")
        OUTSIDE = "outside", _("Asks to pay or to deal outside the site")
        ABUSE = "abuse", _("Insults, harassment or discrimination")
        COPY = "copy", _("Copies the work of somebody else")
        MISLEADING = "misleading", _("False or misleading words")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("To read")
        UPHELD = "upheld", _("We acted on it")
        DISMISSED = "dismissed", _("Within our rules")

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="reports_made",
        verbose_name=_("reported by"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="reports_received",
        verbose_name=_("who is concerned"),
    )
    subject = models.CharField(_("what is reported"), max_length=8, choices=Subject.choices)
    subject_ref = models.CharField(max_length=40)
    label = models.CharField(_("name"), max_length=200)
    excerpt = models.TextField(_("what was read"), blank=True)
    url = models.CharField(_("page"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("in their words"), max_length=2_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_to_read",
        verbose_name=_("assigned to"),
    )
    outcome = models.TextField(_("what we answered"), blank=True)
    created_at = models.DateTimeField(_("received on"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(state="open"), name="report_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "subject", "subject_ref"],
                condition=Q(state="open"),
                name="reported_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None)
                | (~Q(state="open") & Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="report_outcome_has_a_date_and_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.label}"

    @property
    def reference(self) -> str:
        """What staff and the person call it."""
        return f"R-{self.pk}"

    def settle(self, state: str, outcome: str, now: datetime) -> None:
        self.state, self.outcome, self.settled_at = state, outcome, now
