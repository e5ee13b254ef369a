"""What the expert hands over, and the rework asked for."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
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


class RevisionQuerySet(models.QuerySet["RevisionRequest"]):
    def open(self) -> "RevisionQuerySet":
        """Those the expert may still refuse, or has to agree to."""
        return self.filter(state=RevisionRequest.State.OPEN)

    def close(self) -> int:
        """End the open ones because the order went another way. The caller holds the order's lock."""
        return self.open().update(state=RevisionRequest.State.CLOSED, answered_at=clock.now())


class RevisionRequest(models.Model):
    """What the buyer asks to change, in their words. The expert may refuse it in its time; silence takes it on.

    One beyond the rounds of the order is the other way round: it waits for the expert's word, and silence refuses.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Overtaken by the order")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="revision_requests")
    round = models.PositiveSmallIntegerField()
    """Its number among the requests of the order."""
    good = models.TextField(_("what works"), blank=True)
    wrong = models.TextField(_("what does not"))
    expected = models.TextField(_("what you expect"))
    is_incomplete = models.BooleanField(_("files missing or unreadable"), default=False)
    """The version was flagged as incomplete: its revision uses up no round."""
    is_extra = models.BooleanField(_("beyond the rounds included"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACCEPTED)
    created_at = models.DateTimeField(default=timezone.now)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(_("why it was refused"), blank=True)
    due_at = models.DateTimeField(_("expected on"), null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["order", "round"], name="one_request_a_round"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="open"), name="one_open_revision_an_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(answer_due_at__isnull=False), name="open_revision_has_a_timer"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_due_at"], condition=Q(state="open"), name="due_revision_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} r{self.round}"

    @property
    def uses_a_round(self) -> bool:
        return not self.is_incomplete
