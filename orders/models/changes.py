"""What one party asks the other to change in a running order, and how it was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import PublicId


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def open(self) -> "ChangeRequestQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=ChangeRequest.State.OPEN)

    def close(self) -> int:
        """End the open ones because the order went another way. The caller holds the order's lock."""
        return self.open().update(state=ChangeRequest.State.CLOSED, answered_at=clock.now())


class ChangeRequest(PublicId):
    """A later date, a cancellation or a split, proposed by one party. Nothing changes until the other agrees.

    Written under the order's lock alone. Its answer has a time; an open request stops no other timer.
    """

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("A later date")
        CANCELLATION = "cancellation", _("A cancellation")
        SETTLEMENT = "settlement", _("A settlement")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Left unanswered")
        CLOSED = "closed", _("Overtaken by the order")

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(blank=True)
    new_due_at = models.DateTimeField(null=True, blank=True)
    refund_cents = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    answer_due_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="open"), name="one_open_request_an_order"
            ),
            models.CheckConstraint(
                condition=Q(kind="extension", new_due_at__isnull=False, refund_cents__isnull=True)
                | Q(kind="cancellation", new_due_at__isnull=True, refund_cents__isnull=True)
                | Q(kind="settlement", new_due_at__isnull=True, refund_cents__gt=0),
                name="request_says_what_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="answered_requests_have_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_due_at"], condition=Q(state="open"), name="due_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order.public_id])
