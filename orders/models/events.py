"""What happened to an order: its timeline, its audit trail, its outbox."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order

if TYPE_CHECKING:
    pass


class OrderEvent(models.Model):
    """What happened, who did it and when: timeline, audit trail and outbox at once. Never altered."""

    class Kind(models.TextChoices):
        PLACED = "placed", _("Order placed")
        TRANSFER_AWAITED = "transfer_awaited", _("Bank transfer awaited")
        PAYMENT_DECLINED = "payment_declined", _("Payment declined")
        PAID = "paid", _("Payment received")
        BRIEF_COMPLETED = "brief_completed", _("Brief completed")
        STARTED = "started", _("Work started")
        ITEMS_SUPPLIED = "items_supplied", _("Items the expert needs sent")
        PAUSED = "paused", _("Dates paused")
        RESUMED = "resumed", _("Dates running again")
        DELIVERED = "delivered", _("Deliverable handed over")
        REVISION_REQUESTED = "revision_requested", _("Revision requested")
        ROUND_REQUESTED = "round_requested", _("Revision beyond the limit asked for")
        REVISION_ACCEPTED = "revision_accepted", _("Revision taken on")
        REVISION_REFUSED = "revision_refused", _("Revision refused")
        QUESTION_ASKED = "question_asked", _("Question about the deliverable")
        ACCEPTANCE_EXTENDED = "acceptance_extended", _("More time to answer")
        EXTENSION_PROPOSED = "extension_proposed", _("Later date proposed")
        EXTENSION_AGREED = "extension_agreed", _("Later date agreed")
        CANCEL_REQUESTED = "cancel_requested", _("Cancellation requested")
        SETTLEMENT_PROPOSED = "settlement_proposed", _("Settlement proposed")
        CHANGE_REFUSED = "change_refused", _("Request refused")
        CHANGE_WITHDRAWN = "change_withdrawn", _("Request withdrawn")
        CHANGE_EXPIRED = "change_expired", _("Request left unanswered")
        EXTRA_PROPOSED = "extra_proposed", _("Extra proposed")
        EXTRA_REFUSED = "extra_refused", _("Extra refused")
        EXTRA_WITHDRAWN = "extra_withdrawn", _("Extra withdrawn")
        EXTRA_EXPIRED = "extra_expired", _("Extra not paid in time")
        EXTRA_PAID = "extra_paid", _("Extra added")
        EXTRA_REFUNDED = "extra_refunded", _("Extra paid back")
        CALL_BOOKED = "call_booked", _("Call booked")
        CALL_MOVED = "call_moved", _("Call moved")
        CALL_REMINDED = "call_reminded", _("Call announced again")
        CALL_FORGONE = "call_forgone", _("Call given up too late to be refunded")
        MOVE_PROPOSED = "move_proposed", _("Another time proposed")
        MOVE_REFUSED = "move_refused", _("Proposed time refused")
        MOVE_WITHDRAWN = "move_withdrawn", _("Proposed time withdrawn")
        MOVE_EXPIRED = "move_expired", _("Proposed time left unanswered")
        ABSENCE_DECLARED = "absence_declared", _("Absence declared")
        DELIVERY_ACCEPTED = "delivery_accepted", _("Deliverable accepted")
        CANCELLED = "cancelled", _("Order cancelled")
        REFUNDED = "refunded", _("Payment refunded")
        CONTESTED = "contested", _("Payment examined by the buyer's bank")
        DISPUTED = "disputed", _("Dispute opened")
        DISPUTE_ANSWERED = "dispute_answered", _("Dispute answered")
        DISPUTE_WITHDRAWN = "dispute_withdrawn", _("Dispute withdrawn")
        RELAUNCHED = "relaunched", _("Work relaunched by our team")
        RESOLVED = "resolved", _("Dispute resolved")
        APPEALED = "appealed", _("Decision appealed")
        APPEAL_DECIDED = "appeal_decided", _("Appeal decided")
        RULING_CORRECTED = "ruling_corrected", _("Decision corrected by our team")
        REMINDED = "reminded", _("Reminder sent")
        REVIEWED = "reviewed", _("Review written")
        REVIEW_CHANGED = "review_changed", _("Review changed by its author")
        REVIEW_PUBLISHED = "review_published", _("Review published")
        REVIEW_ANSWERED = "review_answered", _("Review answered")
        REVIEW_HIDDEN = "review_hidden", _("Review taken off our pages")
        REVIEW_SHOWN = "review_shown", _("Review put back on our pages")
        CANCELLATION_RATED = "cancellation_rated", _("Cancellation judged")
        CANCELLATION_ANSWERED = "cancellation_replied", _("Cancellation answered")
        MESSAGE = "message", _("Message sent")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="order_events"
    )
    hand = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The member of the company who acted in the buyer's place, where it was not the buyer."""
    state = models.CharField(max_length=20, choices=Order.State.choices)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(announced_at__isnull=True), name="event_unannounced"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="event_unaltered", exclude=["announced_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.kind}"
