"""What changed in accounts, documents and offers: lines that the database writes and keeps."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditLine(models.Model):
    """One change of one row: each column with its old and its new value. Never altered, never deleted."""

    subject = models.CharField(_("table"), max_length=63)
    row_id = models.CharField(_("row"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("changed by"),
    )
    """The member of the team at work; nobody when the owner of the row or a rule changed it."""
    at = models.DateTimeField(_("changed on"), default=timezone.now)
    changes = models.JSONField(_("changes"), default=dict)

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "row_id", "-at"], name="audit_of_a_row")]
        triggers = [
            pgtrigger.Protect(name="audit_kept", operation=pgtrigger.Delete | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.row_id}"
