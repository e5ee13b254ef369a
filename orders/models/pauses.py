"""Why the dates of an order stood still, and since when."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from marketplace.kernel.models import PublicId
from offers.models import Offer
from orders.models.order import Order


class PauseQuerySet(models.QuerySet["Pause"]):
    def open(self) -> "PauseQuerySet":
        return self.filter(ended_at=None)

    def close(self, end: str = "overtaken") -> int:
        """End the one under way because the order went another way. The caller holds the order's lock."""
        return self.open().update(ended_at=clock.now(), end=end)


class Pause(PublicId):
    """A stop of the dates for a named cause. Written under the order's lock; one at a time."""

    class Cause(models.TextChoices):
        BUYER_ITEM = "buyer_item", _("Waiting for an item from the buyer")
        CLARIFICATION = "clarification", _("Waiting for the buyer to make the question clearer")

    class End(models.TextChoices):
        SUPPLIED = "supplied", _("The buyer sent what was missing")
        RESUMED = "resumed", _("The expert resumed")
        CONTESTED = "contested", _("The buyer says that nothing is missing")
        RAN_OUT = "ran_out", _("Its time ran out")
        OVERTAKEN = "overtaken", _("Overtaken by the order")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="pauses")
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices)
    item = models.TextField(_("what is missing"))
    requirement = models.ForeignKey(
        "orders.OrderRequirement", on_delete=models.PROTECT, null=True, blank=True, related_name="pauses"
    )
    before_start = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(_("end"), max_length=10, choices=End.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    """What the buyer said who contested it."""

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at__isnull=True), name="one_pause_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.cause}"


class PauseFacts(Protocol):
    """What counts of a pause there was."""

    @property
    def end(self) -> str: ...

    @property
    def before_start(self) -> bool: ...


def may_pause(order: Order, pauses: Sequence[PauseFacts]) -> bool:
    """Whether the expert may stop the dates now, seeing the pauses there were."""
    if order.state != Order.State.ACTIVE or order.is_paused or order.first_delivered_at or order.is_late:
        return False
    if any(pause.end == Pause.End.CONTESTED for pause in pauses):
        return False
    if order.kind == Offer.Kind.CALL:
        return False  # both have kept the same hour: nothing moves it but a new one
    if order.kind == Offer.Kind.QUESTION:
        return not pauses  # one clarification, asked once
    before = [pause for pause in pauses if pause.before_start]
    return not before if not order.is_started else len(pauses) - len(before) < rules.MAX_PAUSES
