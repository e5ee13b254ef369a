"""What the gateway tells us, kept before it is read: events come late, twice and out of order."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable


class InboundEventQuerySet(models.QuerySet["InboundEvent"]):
    def due(self, now: datetime) -> "InboundEventQuerySet":
        """Not understood yet, and their time to be read again has come."""
        return self.filter(state=InboundEvent.State.PENDING, next_attempt_at__lte=now)


class InboundEvent(Lockable):
    """One signed message of the gateway. Its word is never taken: the object it names is read afresh."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be read")
        PROCESSED = "processed", _("Done")
        FAILED = "failed", _("Given up")

    event_id = models.CharField(_("event identifier"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    subject = models.CharField(_("concerns"), max_length=20, blank=True)
    """``checkout``, ``refund``, or empty for what we do not act on."""
    object_id = models.CharField(_("object identifier"), max_length=120, blank=True)
    account = models.CharField(_("expert's account"), max_length=120, blank=True)
    payload = models.JSONField(_("content"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    error = models.TextField(_("error"), blank=True)
    received_at = models.DateTimeField(_("received on"), auto_now_add=True)
    processed_at = models.DateTimeField(_("done on"), null=True, blank=True)

    objects = InboundEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gateway event")
        verbose_name_plural = _("gateway events")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "processed", "failed"]), name="inbound_event_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="inbound_event_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
