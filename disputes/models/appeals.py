"""One appeal a dispute, judged by somebody who did not rule."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.models.disputes import Dispute
from marketplace.kernel import rules
from marketplace.kernel.models import Lockable


class Appeal(Lockable):
    """A party asks another member of the team to look again. What the expert was given waits meanwhile."""

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="appeal", editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    statement = models.TextField(_("statement"), max_length=rules.MAX_MESSAGE_LENGTH, editable=False)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return str(self.dispute)
