"""A disagreement over an order: what its opener says, and what staff decided."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from marketplace.kernel.models import Lockable, PublicId
from orders.models import Order

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def waiting(self) -> "DisputeQuerySet":
        """Those staff have not ruled on."""
        return self.filter(ruled_at=None)

    def ruled(self) -> "DisputeQuerySet":
        return self.filter(ruled_at__isnull=False)


class Dispute(PublicId, Lockable):
    """The one disagreement an order may have. Its money stays frozen until staff rule.

    Locked after its order, never before.
    """

    class Ground(models.TextChoices):
        UNSUITABLE = "unsuitable", _("The deliverable is still judged unsuitable after several tries")
        REWORK_REFUSED = "rework_refused", _("The expert refuses to rework the deliverable")
        TOO_SLOW = "too_slow", _("The expert is too slow")
        LATE = "late", _("The first deliverable is late")
        CANCELLATION_REFUSED = "no_cancelling", _("The other party refuses to cancel the order")
        ABUSE = "abuse", _("The other party's behaviour is abusive")
        ABSENCE = "absence", _("The parties disagree on who came to the call")

    GROUNDS_OF_CALLS = (Ground.ABSENCE,)
    """The grounds that a call alone gives; they open by themselves when both say the other was absent."""
    GROUNDS_OF_EXPERT = (Ground.UNSUITABLE, Ground.CANCELLATION_REFUSED, Ground.ABUSE)
    """The grounds that make sense when it is the expert who complains; a buyer has them all."""

    order = models.OneToOneField(
        Order, verbose_name=_("order"), on_delete=models.PROTECT, related_name="dispute", editable=False
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disputes_opened", editable=False
    )
    ground = models.CharField(_("ground"), max_length=16, choices=Ground.choices, editable=False)
    statement = models.TextField(_("statement"), max_length=rules.MAX_MESSAGE_LENGTH, editable=False)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)

    # The ruling
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="rulings", editable=False
    )
    refund_cents = models.PositiveBigIntegerField(_("refund"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    ruled_at = models.DateTimeField(_("ruled"), null=True, editable=False)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ground__in=[
                        "unsuitable",
                        "rework_refused",
                        "too_slow",
                        "late",
                        "no_cancelling",
                        "abuse",
                        "absence",
                    ]
                ),
                name="dispute_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(ruled_at=None, ruled_by=None, refund_cents=None, reason="")
                | (
                    Q(ruled_at__isnull=False, ruled_by__isnull=False, refund_cents__isnull=False)
                    & ~Q(reason="")
                ),
                name="ruling_whole_or_absent",
            ),
        ]
        indexes = [models.Index(fields=["opened_at"], condition=Q(ruled_at=None), name="dispute_waiting")]

    def __str__(self) -> str:
        return f"{self.order.reference} · {self.get_ground_display()}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order.public_id])

    @property
    def is_ruled(self) -> bool:
        return self.ruled_at is not None

    @property
    def outcome(self) -> "_StrPromise | str":
        """Who the ruling favours, in words; empty while staff have not ruled."""
        if self.refund_cents is None:
            return ""
        if self.refund_cents == 0:
            return _("The expert is paid in full")
        if self.refund_cents >= self.order.total_cents:
            return _("The buyer is paid back in full")
        return _("The amount is shared")
