"""A payment asked of a buyer, from the request to the money's arrival."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from marketplace.kernel import rules
from marketplace.kernel.models import Lockable, PublicId
from marketplace.kernel.money import format_money
from payments.models.facts import Telling, TellingQuerySet
from payments.terms import CommissionTerms


class PaymentQuerySet(TellingQuerySet["Payment"]):
    def unpaid(self) -> "PaymentQuerySet":
        """Still waiting for the buyer or for the bank."""
        return self.filter(state__in=Payment.UNPAID)


class Payment(FSMModelMixin, PublicId, Lockable, Telling):
    """What one buyer is asked to pay for one expert's work, and how far it got. Amounts are cents."""

    class State(models.TextChoices):
        PENDING = "pending", _("Awaiting payment")
        AWAITING_TRANSFER = "awaiting_transfer", _("Awaiting the bank transfer")
        RECEIVED = "received", _("Received")
        FAILED = "failed", _("Declined")
        EXPIRED = "expired", _("Expired")

    class Method(models.TextChoices):
        CARD = "card", _("Card")
        TRANSFER = "transfer", _("Bank transfer")
        PAYPAL = "paypal", _("PayPal")

    class Base(models.TextChoices):
        TTC = "ttc", _("Price including VAT")
        HT = "ht", _("Price excluding VAT")

    UNPAID = (State.PENDING, State.AWAITING_TRANSFER, State.FAILED)

    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payments_made",
        verbose_name=_("payer"),
    )
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payments_earned",
        verbose_name=_("payee"),
    )
    amount_cents = models.BigIntegerField(_("amount in cents"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    description = models.CharField(_("description"), max_length=200)
    reference = models.CharField(_("reference"), max_length=40, db_index=True)
    """What people call it (J-24817): on the transfer, on the payment page. Several payments may share one."""
    method = models.CharField(_("method"), max_length=10, choices=Method.choices, default=Method.CARD)
    state = FSMField(
        _("state"),
        max_length=20,
        choices=State.choices,
        default=State.PENDING,
        protected=True,
        db_index=False,
    )

    commission_bp = models.PositiveIntegerField(_("commission rate in basis points"))
    commission_base = models.CharField(
        _("commission base"), max_length=3, choices=Base.choices, default=Base.TTC
    )
    vat_bp = models.PositiveIntegerField(_("VAT on the commission in basis points"), default=rules.VAT_BP)
    seller_vat_bp = models.PositiveIntegerField(_("VAT in the price in basis points"), default=rules.VAT_BP)

    commission_ht_cents = models.BigIntegerField(
        _("commission agreed as a sum, in cents before VAT"), null=True, blank=True
    )
    """Of a mission's instalments: what the rate gives on the whole is taken from the first. Empty: the rate decides."""

    gateway_id = models.CharField(_("gateway identifier"), max_length=120, blank=True)
    checkout_url = models.CharField(_("payment page"), max_length=500, blank=True)
    checkout_attempt = models.PositiveIntegerField(_("payment page number"), default=1)
    """Part of the gateway's key: two clicks share one page, a page that ran out is followed by another."""
    transfer_instructions = models.JSONField(_("transfer instructions"), default=dict, blank=True)
    """``iban``, ``bic``, ``holder``, ``reference``, ``amount`` in cents; and ``received``, ``missing`` once part came."""
    failure_reason = models.CharField(_("reason of the refusal"), max_length=200, blank=True)
    failed_at = models.DateTimeField(_("declined on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("to be paid by"))
    received_at = models.DateTimeField(_("received on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="payment_between_two_people"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "awaiting_transfer", "received", "failed", "expired"]),
                name="payment_state_known",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["card", "transfer", "paypal"]), name="payment_method_known"
            ),
            models.CheckConstraint(condition=Q(commission_base__in=["ttc", "ht"]), name="payment_base_known"),
            models.CheckConstraint(
                condition=Q(commission_bp__lte=5_000), name="payment_commission_at_most_half"
            ),
            models.CheckConstraint(
                condition=Q(commission_ht_cents=None) | Q(commission_ht_cents__gte=0),
                name="payment_commission_never_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(received_at__isnull=False), name="payment_received_when"
            ),
            models.UniqueConstraint(
                fields=["gateway_id"], condition=~Q(gateway_id=""), name="payment_gateway_id_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tell_due_at"], condition=Q(tell_due_at__isnull=False), name="payment_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_payable(self) -> bool:
        """Whether the buyer may still pay it."""
        return self.state in self.UNPAID

    @property
    def terms(self) -> CommissionTerms:
        """The commission this payment was agreed under, whatever the rules say today."""
        return CommissionTerms(
            rate_bp=self.commission_bp,
            base=self.commission_base,
            vat_bp=self.vat_bp,
            seller_vat_bp=self.seller_vat_bp,
            fixed_ht_cents=self.commission_ht_cents,
        )

    @transition(
        field=state,
        source=[State.PENDING, State.FAILED, State.AWAITING_TRANSFER],
        target=State.AWAITING_TRANSFER,
    )
    def await_transfer(self, instructions: dict[str, Any]) -> None:
        """The buyer chose to pay by bank transfer, which takes days: the time to pay grows with it."""
        self.transfer_instructions = instructions
        self.method = self.Method.TRANSFER
        self.expires_at = max(self.expires_at, self.created_at + rules.ORDER_TIMERS.transfer_payment)
        self.owe_telling()

    @transition(
        field=state, source=[State.PENDING, State.FAILED, State.AWAITING_TRANSFER], target=State.RECEIVED
    )
    def receive(self, moment: datetime) -> None:
        self.received_at = moment
        self.owe_telling()

    @transition(
        field=state, source=[State.PENDING, State.FAILED, State.AWAITING_TRANSFER], target=State.FAILED
    )
    def fail(self, reason: str, moment: datetime) -> None:
        self.failure_reason = reason[:200]
        self.failed_at = moment
        self.owe_telling()

    @transition(field=state, source=State.FAILED, target=State.PENDING)
    def retry(self) -> None:
        """The buyer goes back to the payment page."""

    @transition(
        field=state, source=[State.PENDING, State.FAILED, State.AWAITING_TRANSFER], target=State.EXPIRED
    )
    def expire(self) -> None:
        self.tell_due_at = None


class Discrepancy(models.Model):
    """Money that came in another amount than was asked, or came twice: staff look into it."""

    class Kind(models.TextChoices):
        WRONG_AMOUNT = "wrong_amount", _("Another amount than asked")
        PAID_TWICE = "paid_twice", _("Paid a second time")

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="discrepancies", verbose_name=_("payment")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    expected_cents = models.BigIntegerField(_("expected, in cents"))
    received_cents = models.BigIntegerField(_("received, in cents"))
    gateway_id = models.CharField(_("gateway identifier"), max_length=120)
    noted_at = models.DateTimeField(_("noted on"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    """When the right amount was there after all."""

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "gateway_id", "received_cents"], name="discrepancy_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {format_money(self.received_cents, full=True)}"


RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long an errand at the gateway waits before its next attempt; the last step repeats."""


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When to try again after so many attempts."""
    return now + RETRY_AFTER[min(max(attempts, 1), len(RETRY_AFTER)) - 1]
