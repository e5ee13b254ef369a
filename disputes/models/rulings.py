"""Each decision staff wrote, in force or not, with who wrote it and who confirmed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.models.disputes import Dispute
from marketplace.kernel.models import Lockable


class Ruling(Lockable):
    """A decision. Above a threshold it waits for a second member of the team; once carried out it never changes."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="rulings", editable=False)
    decision = models.CharField(_("decision"), max_length=8, choices=Dispute.Decision.choices, editable=False)
    refund_cents = models.PositiveBigIntegerField(_("refund"), editable=False)
    rights_pass = models.BooleanField(_("the rights pass to the buyer"), default=True, editable=False)
    new_due_at = models.DateTimeField(_("new date"), null=True, editable=False)
    reason = models.TextField(_("reason"), editable=False)
    on_appeal = models.BooleanField(_("on appeal"), default=False, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField(_("written on"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    carried_out_at = models.DateTimeField(_("carried out on"), null=True, editable=False)
    dropped_at = models.DateTimeField(_("given up on"), null=True, editable=False)

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(carried_out_at=None, dropped_at=None), name="one_ruling_waits"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("written_by")),
                name="four_eyes_are_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute.order.reference} · {self.get_decision_display()}"

    @property
    def waits(self) -> bool:
        return self.carried_out_at is None and self.dropped_at is None
