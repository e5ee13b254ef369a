"""What the expert needs from the buyer: the list frozen with the order, and what was sent for each item."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import PublicId
from messaging.models import PrivateFile
from orders.models.order import Order

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class RequirementQuerySet(models.QuerySet["OrderRequirement"]):
    def missing(self) -> "RequirementQuerySet":
        """Those the work cannot do without, and that were not sent."""
        return self.filter(is_required=True, supplied_at=None)


class OrderRequirement(PublicId):
    """An item the expert needs: from the offer as it was when it was ordered, or named by the expert later."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Words")
        FILE = "file", _("Files")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="checklist")
    label = models.CharField(_("item"), max_length=160)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.TEXT)
    is_required = models.BooleanField(_("required"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    named_later = models.BooleanField(default=False)
    """Whether the expert added it once the order was placed."""
    answer = models.TextField(_("answer"), blank=True)
    supplied_at = models.DateTimeField(null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    if TYPE_CHECKING:
        files: RelatedManager["RequirementFile"]

    class Meta:
        verbose_name = _("item the expert needs")
        verbose_name_plural = _("items the expert needs")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_item_a_place"),
        ]

    def __str__(self) -> str:
        return self.label


class RequirementFile(PrivateFile):
    """A file sent for an item."""

    requirement = models.ForeignKey(OrderRequirement, on_delete=models.PROTECT, related_name="files")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]

    @property
    def url(self) -> str:
        """Where the parties download it."""
        return reverse("requirement_file", args=[self.public_id])


def freeze(order: Order, items: Sequence[OrderRequirement], *, at: datetime) -> None:
    """Make the list of an order that is being placed, in its order: rows not saved yet."""
    for position, item in enumerate(items):
        item.order, item.position, item.asked_at = order, position, at
