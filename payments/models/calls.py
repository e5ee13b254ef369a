"""What we ask of the gateway, written down before we ask: a crash in between never asks twice, nor forgets."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable


class GatewayCallQuerySet(models.QuerySet["GatewayCall"]):
    def due(self, now: datetime) -> "GatewayCallQuerySet":
        """Not settled, and their next attempt has come."""
        return self.filter(state__in=GatewayCall.OPEN, next_attempt_at__lte=now)

    def unsettled_since(self, moment: datetime) -> "GatewayCallQuerySet":
        """Asked before that moment, and still nobody knows what became of it."""
        return self.filter(state__in=GatewayCall.OPEN, created_at__lt=moment)


class GatewayCall(Lockable):
    """One thing asked of the gateway, once per key, and what is known of the answer.

    ``new`` was never sent. ``sent`` is being asked now, or the process died while it asked. ``unknown`` got no
    answer. Neither of the last two is sent again before the gateway was asked whether it knows the key.
    """

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        CHECKOUT = "checkout", _("Payment page")
        CHECKOUT_EXPIRY = "checkout_expiry", _("Closing of a payment page")
        REFUND = "refund", _("Refund")
        PAYEE = "payee", _("Expert's account")
        PAYOUT_SCHEDULE = "payout_schedule", _("Payouts by hand")
        TRANSFER = "transfer", _("Transfer to the expert")
        TRANSFER_REVERSAL = "transfer_reversal", _("Transfer taken back")
        PAYOUT = "payout", _("Payout")
        OWN_PAYOUT = "own_payout", _("Our own money to our bank")
        PAYPAL_PAYOUT = "paypal_payout", _("Payout by PayPal")
        PAYPAL_RETURN = "paypal_return", _("Unclaimed PayPal payout taken back")
        EVIDENCE = "evidence", _("Evidence")

    class State(models.TextChoices):
        NEW = "new", _("To be sent")
        SENT = "sent", _("Being asked")
        UNKNOWN = "unknown", _("No answer")
        DONE = "done", _("Done")
        FAILED = "failed", _("Refused")

    OPEN = (State.NEW, State.SENT, State.UNKNOWN)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=120, unique=True)
    subject = models.CharField(_("about"), max_length=60, blank=True, db_index=True)
    """The row it serves, as ``refund:17``."""
    payload = models.JSONField(_("content"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    object_id = models.CharField(_("gateway identifier"), max_length=120, blank=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    created_at = models.DateTimeField(_("created on"), default=clock.now)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    """The first time. A gateway remembers keys for a day or so from then on."""
    claimed_until = models.DateTimeField(_("being asked until"), null=True, blank=True)
    """Until when whoever claimed it is believed to be alive."""
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects = GatewayCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("gateway call")
        verbose_name_plural = _("gateway calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "sent", "unknown", "done", "failed"]),
                name="gateway_call_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["new", "sent", "unknown"]),
                name="gateway_call_due",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_settled(self) -> bool:
        return self.state not in self.OPEN


class GatewayCustomer(models.Model):
    """Who a buyer is at the gateway."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="gateway_customer",
        verbose_name=_("account"),
    )
    gateway_id = models.CharField(_("gateway identifier"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("gateway customer")
        verbose_name_plural = _("gateway customers")

    def __str__(self) -> str:
        return self.gateway_id
