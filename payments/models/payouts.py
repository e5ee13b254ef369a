"""Money on its way to experts: their accounts at the provider, and what they ask to be paid."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from marketplace.kernel.money import format_money
from payments.models.payment import next_attempt


class PayeeAccount(Lockable):
    """An expert's account at the payment provider, opened on the provider's own pages."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be completed")
        ACTIVE = "active", _("Ready")
        RESTRICTED = "restricted", _("Something is missing")
        REJECTED = "rejected", _("Refused by the provider")
        CLOSED = "closed", _("Closed")

    expert = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payee_account",
        verbose_name=_("expert"),
    )
    gateway_id = models.CharField(_("gateway identifier"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    missing = models.JSONField(_("missing"), default=list, blank=True)
    bank_changed_at = models.DateTimeField(_("bank account changed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created on"), default=clock.now)
    checked_at = models.DateTimeField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("expert's account at the provider")
        verbose_name_plural = _("experts' accounts at the provider")

    def __str__(self) -> str:
        return self.gateway_id

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.ACTIVE


class PayoutPreference(models.Model):
    """The way an expert chose to be paid, where there is a choice."""

    class Way(models.TextChoices):
        BANK = "bank", _("Bank transfer")
        PAYPAL = "paypal", _("PayPal")

    expert = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payout_preference",
        verbose_name=_("expert"),
    )
    way = models.CharField(_("way"), max_length=6, choices=Way.choices, default=Way.BANK)
    paypal_email = models.EmailField(_("PayPal address"), blank=True)
    changed_at = models.DateTimeField(_("changed on"), default=clock.now)

    class Meta:
        verbose_name = _("way of being paid")
        verbose_name_plural = _("ways of being paid")
        constraints = [
            models.CheckConstraint(
                condition=Q(way="bank") | ~Q(paypal_email=""), name="paypal_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def of(self, expert: Any) -> "WithdrawalQuerySet":
        return self.filter(expert=expert).order_by("-created_at", "-pk")

    def on_their_way(self) -> "WithdrawalQuerySet":
        """Asked for, and not there yet."""
        return self.filter(state__in=Withdrawal.UNDER_WAY)

    def to_send(self, now: datetime) -> "WithdrawalQuerySet":
        """What the payment provider carries out by itself, and is due to be sent or asked about."""
        return self.on_their_way().filter(rail__in=Withdrawal.AUTOMATIC, next_attempt_at__lte=now)

    def for_staff(self) -> "WithdrawalQuerySet":
        """What people of the team send by hand."""
        return self.on_their_way().exclude(rail__in=Withdrawal.AUTOMATIC)


class Withdrawal(FSMModelMixin, PublicId, Lockable):
    """An expert's money on its way to their bank. Amounts are cents."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        SENT = "sent", _("On its way")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Returned")
        CANCELLED = "cancelled", _("Cancelled")

    class Rail(models.TextChoices):
        CONNECT = "connect", _("Payout of the provider, from the expert's account there")
        DIRECT = "direct", _("Payout of the provider")
        SEPA = "sepa", _("SEPA transfer from our bank")
        PAYPAL = "paypal", _("PayPal")
        PAYPAL_PAYOUTS = "payouts", _("PayPal, sent by itself once approved")

    UNDER_WAY = (State.REQUESTED, State.SENT)
    AUTOMATIC = (Rail.CONNECT, Rail.DIRECT, Rail.PAYPAL_PAYOUTS)

    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="withdrawals",
        verbose_name=_("expert"),
    )
    amount_cents = models.BigIntegerField(_("amount in cents"))
    rail = models.CharField(_("rail"), max_length=8, choices=Rail.choices)
    destination = models.CharField(_("destination"), max_length=120)
    """What people recognise it by: the end of an account number, a PayPal address."""
    bank_account = models.ForeignKey(
        "accounts.BankAccount",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bank account"),
    )
    batch = models.ForeignKey(
        "payments.SepaBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name=_("file of transfers"),
    )
    state = FSMField(
        _("state"), max_length=10, choices=State.choices, default=State.REQUESTED, protected=True
    )
    gateway_id = models.CharField(_("gateway identifier"), max_length=120, blank=True)
    gateway_account = models.CharField(_("account at the provider"), max_length=120, blank=True)
    is_automatic = models.BooleanField(_("automatic"), default=False)
    """Sent by the clock: money must not stay with the provider for more than some months."""
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    failure_reason = models.CharField(_("reason of the return"), max_length=200, blank=True)
    arrives_on = models.DateField(_("expected on"), null=True, blank=True)
    created_at = models.DateTimeField(_("requested on"), default=clock.now)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="withdrawal_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "sent", "paid", "failed", "cancelled"]),
                name="withdrawal_state_known",
            ),
            models.UniqueConstraint(
                fields=["gateway_id"], condition=~Q(gateway_id=""), name="withdrawal_gateway_id_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["expert", "-created_at"], name="withdrawal_of_expert"),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["requested", "sent"]),
                name="withdrawal_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {format_money(self.amount_cents, full=True)}"

    @property
    def reference(self) -> str:
        """What the bank statement and our team call it."""
        return f"V-{self.pk:06d}" if self.pk else "V"

    @property
    def key(self) -> str:
        """What makes a second request harmless at the gateway."""
        return f"withdrawal:{self.public_id}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @transition(field=state, source=State.REQUESTED, target=State.SENT)
    def mark_sent(self, gateway_id: str, now: datetime, arrives_on: date | None = None) -> None:
        self.gateway_id = gateway_id
        self.sent_at = now
        self.arrives_on = arrives_on
        self.next_attempt_at = next_attempt(4, now)

    @transition(field=state, source=[State.REQUESTED, State.SENT], target=State.PAID)
    def pay(self, now: datetime) -> None:
        self.settled_at = now

    @transition(field=state, source=[State.REQUESTED, State.SENT, State.PAID], target=State.FAILED)
    def fail(self, reason: str, now: datetime) -> None:
        """The money came back, which may also happen days after it was paid."""
        self.failure_reason = reason[:200]
        self.settled_at = now

    @transition(field=state, source=State.REQUESTED, target=State.CANCELLED)
    def cancel(self, now: datetime) -> None:
        self.settled_at = now
