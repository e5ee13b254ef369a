"""Files that a party shows to prove its point."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.models.disputes import Dispute
from marketplace.kernel.private_files import PrivateFile


class Evidence(PrivateFile):
    """One file of one party. Both parties and staff read it: nothing is decided on what one side cannot see."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="evidence")
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["created_at", "pk"]

    @property
    def url(self) -> str:
        return reverse("evidence", args=[self.public_id])
