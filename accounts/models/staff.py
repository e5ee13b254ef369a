"""What the team keeps for its own work: lists one comes back to, and visits of the site as somebody else."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import PublicId


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def readable_by(self, user_id: int) -> Self:
        """One's own, and those that others share."""
        return self.filter(Q(owner=user_id) | Q(is_shared=True))


class SavedFilter(models.Model):
    """A filtered list of the administration under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters", editable=False
    )
    name = models.CharField(_("name"), max_length=60)
    label = models.CharField(_("list"), max_length=80, editable=False)
    """The model of the list, as ``orders.order``."""
    query = models.CharField(_("filters"), max_length=500, editable=False)
    is_shared = models.BooleanField(_("shared with the team"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["label"], name="saved_filter_of_list")]

    def __str__(self) -> str:
        return self.name


class StaffVisitQuerySet(models.QuerySet["StaffVisit"]):
    def running(self, now: datetime) -> Self:
        return self.filter(ended_at=None, until__gt=now)


class StaffVisit(PublicId):
    """A member of the team sees the site as somebody else for a short while, for a reason, and changes nothing."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="visits_made",
        verbose_name=_("member of the team"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="visits_had",
        verbose_name=_("seen as"),
    )
    reason = models.TextField(_("reason"))
    began_at = models.DateTimeField(_("began on"), default=clock.now)
    until = models.DateTimeField(_("ends on"))
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    objects = StaffVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit as somebody else")
        verbose_name_plural = _("visits as somebody else")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(staff=models.F("person")), name="nobody_visits_themselves")
        ]

    def __str__(self) -> str:
        return f"{self.staff} → {self.person}"
