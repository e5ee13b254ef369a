"""The deed that says who may use what an order delivered."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.private_files import PrivateFile
from orders.models.order import Order


class RightsDeed(PrivateFile):
    """The clause on rights an order froze, as a document for both parties. Made once, never altered."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="deed")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rights deed")
        verbose_name_plural = _("rights deeds")

    @property
    def url(self) -> str:
        """Where the parties download it."""
        return reverse("order_deed", args=[self.order.public_id])
