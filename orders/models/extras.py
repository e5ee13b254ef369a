"""What is bought on top of an order while its work runs: an add-on of the offer, or what the expert proposes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import PublicId
from payments.models import Payment

if TYPE_CHECKING:
    from orders.models import Order


class OrderExtraQuerySet(models.QuerySet["OrderExtra"]):
    def open(self) -> "OrderExtraQuerySet":
        """Those that wait for an answer or for their money."""
        return self.filter(state__in=OrderExtra.OPEN)

    def paid(self) -> "OrderExtraQuerySet":
        """Those that are part of the order."""
        return self.filter(state=OrderExtra.State.PAID)


class OrderExtra(PublicId):
    """An add-on bought after the order, something more that its expert proposes, or a revision at a price. In cents.

    It has a payment and a hold of its own, at the order's commission rate, and it is part of the order once paid:
    what ends the order then decides on its money too. Written under the order's lock alone.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the buyer")
        UNPAID = "unpaid", _("Waiting for the payment")
        PAID = "paid", _("Part of the order")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Not paid in time")
        CLOSED = "closed", _("Overtaken by the order")
        REFUNDED = "refunded", _("Paid back")

    OPEN = (State.PROPOSED, State.UNPAID)

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="extras")
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="extra"
    )
    revision = models.ForeignKey(
        "orders.RevisionRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prices",
        db_index=False,
        verbose_name=_("revision it pays for"),
    )
    """The refused revision that its expert makes at this price; nothing for anything else."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("name"), max_length=80)
    message = models.TextField(_("what it consists of"), blank=True)
    price_cents = models.PositiveBigIntegerField(_("price"))
    days = models.SmallIntegerField(_("days added, or saved when negative"), default=0)
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    """When it ends by itself, unanswered or unpaid."""
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OrderExtraQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra of an order")
        verbose_name_plural = _("extras of orders")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["proposed", "unpaid"]),
                name="one_open_extra_an_order",
            ),
            models.CheckConstraint(condition=Q(price_cents__gt=0), name="extra_has_a_price"),
            models.CheckConstraint(
                condition=~Q(state__in=["unpaid", "paid", "refunded"]) | Q(payment__isnull=False),
                name="extra_has_its_own_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "refunded"]) | Q(paid_at__isnull=False),
                name="extra_paid_when",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["proposed", "unpaid"]), name="due_extra"),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order.public_id])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def has_its_place(self) -> bool:
        """Whether the order can still take it: while the work runs; a revision, while its version is checked."""
        if self.revision_id is not None:
            return bool(self.order.state == self.order.State.DELIVERED)
        return bool(self.order.takes_extras)


def moved(order: "Order", days: int, now: datetime | None = None) -> datetime | None:
    """The date of the first deliverable with so many days more or less; ``None`` when no date is running.

    Time is only saved from what is left: a day at least remains, and a date nearer than that stays.
    """
    if not order.countdown_binds or order.due_at is None:
        return None
    now = now or order.paused_at or clock.now()  # a paused date stands still
    later = order.due_at + timedelta(days=days)
    return later if days >= 0 else min(order.due_at, max(later, now + timedelta(days=1)))
