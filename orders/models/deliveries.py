"""What the expert hands over, and the rework asked for."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import PublicId
from messaging.models import PrivateFile
from orders.models.order import Order

if TYPE_CHECKING:
    pass


class Deliverable(PublicId):
    """Work handed over: a version with its note and files."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="deliverables")
    version = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["order", "version"], name="one_deliverable_a_version")]

    def __str__(self) -> str:
        return f"{self.order.reference} v{self.version}"


class DeliverableFile(PrivateFile):
    """A file of a deliverable."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="files")

    @property
    def url(self) -> str:
        """Where the parties download it."""
        return reverse("deliverable_file", args=[self.public_id])


class RevisionRequest(models.Model):
    """What the buyer asks to change, in their words."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="revision_requests")
    round = models.PositiveSmallIntegerField()
    good = models.TextField(_("what works"), blank=True)
    wrong = models.TextField(_("what does not"))
    expected = models.TextField(_("what you expect"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["order", "round"], name="one_request_a_round")]

    def __str__(self) -> str:
        return f"{self.order.reference} r{self.round}"
