"""Words of people who worked with an expert before."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import ExpertProfile
from marketplace.kernel.models import Lockable, PublicId


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def published(self) -> "RecommendationQuerySet":
        return self.filter(status=Recommendation.Status.PUBLISHED)

    def awaiting(self) -> "RecommendationQuerySet":
        """Asked, and not answered yet."""
        return self.filter(status=Recommendation.Status.ASKED)


class Recommendation(PublicId, Lockable):
    """Asked by mail through a link that serves once; shown after our team has read it."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Awaiting an answer")
        WRITTEN = "written", _("Being read by our team")
        PUBLISHED = "published", _("Shown on the profile")
        REFUSED = "refused", _("Not shown")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Without answer")

    class Relation(models.TextChoices):
        CLIENT = "client", _("Client")
        MANAGER = "manager", _("Manager")
        COLLEAGUE = "colleague", _("Colleague")
        PARTNER = "partner", _("Business partner")

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="recommendations")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ASKED)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(
        _("how you worked together"), max_length=10, choices=Relation.choices, default=Relation.CLIENT
    )
    role = models.CharField(_("position and company"), max_length=120, blank=True)
    text = models.TextField(_("recommendation"), max_length=1_000, blank=True)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    reminders = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)
    """When to remind, or to give up after the last reminder; empty once it is answered."""
    written_at = models.DateTimeField(_("written on"), null=True, blank=True)
    checked_at = models.DateTimeField(_("read on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-written_at", "-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint("profile", Lower("email"), name="one_recommendation_per_person"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["written", "published", "refused"]) | ~models.Q(text=""),
                name="recommendation_has_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_at"],
                condition=models.Q(status="asked"),
                name="recommendation_next_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.profile}"
