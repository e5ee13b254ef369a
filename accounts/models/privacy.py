"""What people ask of their own data: a copy of it, and the end of their account."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import Lockable, PublicId


def _private() -> Any:
    return storages["private"]


class ClosureRequestQuerySet(models.QuerySet["ClosureRequest"]):
    def open(self) -> "ClosureRequestQuerySet":
        """Neither taken back nor carried out."""
        return self.filter(done_at=None, withdrawn_at=None)

    def due(self, now: datetime) -> "ClosureRequestQuerySet":
        return self.open().filter(not_before__lte=now)


class ClosureRequest(Lockable):
    """Somebody wants their account closed for good. Until it is done they may think better of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="closure_requests",
        verbose_name=_("account"),
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"))
    """A day to change one's mind."""
    promised_by = models.DateTimeField(_("promised by"))
    """Two working days, when nothing stands in the way."""
    reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    done_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = ClosureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure request")
        verbose_name_plural = _("closure requests")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(done_at=None, withdrawn_at=None),
                name="one_open_closure_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.asked_at:%Y-%m-%d}"


class DataExport(PublicId, Lockable):
    """A copy of everything we hold about a person, made once and kept for a week."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="data_exports",
        verbose_name=_("account"),
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("deleted on"), null=True, blank=True)
    file = models.FileField(storage=_private, upload_to="exports/", blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.asked_at:%Y-%m-%d}"

    @property
    def is_ready(self) -> bool:
        return bool(self.file)
