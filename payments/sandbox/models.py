"""What the sandbox remembers, as a provider would: payment pages, refunds, and the messages it owes us."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable


def new_session_token() -> str:
    """Whoever has the link may pay, nobody finds it by guessing."""
    return f"sbx_cs_{secrets.token_urlsafe(24)}"


def new_refund_token() -> str:
    return f"sbx_re_{secrets.token_urlsafe(16)}"


def new_event_id() -> str:
    return f"sbx_evt_{secrets.token_urlsafe(16)}"


class SandboxSession(Lockable):
    """A payment page. Amounts are cents."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CONFIRMING = "confirming", _("Waiting for the bank's confirmation")
        AWAITING_TRANSFER = "awaiting_transfer", _("Waiting for a transfer")
        PAID = "paid", _("Paid")
        EXPIRED = "expired", _("Expired")

    class RefundOutcome(models.TextChoices):
        SUCCEED = "succeed", _("succeed at once")
        WAIT = "wait", _("wait until you decide")
        FAIL = "fail", _("are refused by the bank")

    token = models.CharField(max_length=60, unique=True, default=new_session_token, editable=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=60)
    label = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    method = models.CharField(max_length=10)
    language = models.CharField(max_length=2, default="fr")
    return_url = models.CharField(max_length=500)
    cancel_url = models.CharField(max_length=500)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    received_cents = models.BigIntegerField(default=0)
    paid_with = models.CharField(max_length=10, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    sends_late = models.BooleanField(default=False)
    sends_twice = models.BooleanField(default=False)
    refund_outcome = models.CharField(
        max_length=10, choices=RefundOutcome.choices, default=RefundOutcome.SUCCEED
    )

    class Meta:
        verbose_name = _("sandbox payment page")
        verbose_name_plural = _("sandbox payment pages")

    def __str__(self) -> str:
        return f"{self.label} {self.token}"

    @property
    def ran_out(self) -> bool:
        """The time to choose is over. A transfer that was announced may still arrive."""
        undecided = self.state in (self.State.OPEN, self.State.CONFIRMING)
        return undecided and self.expires_at <= clock.now()

    @property
    def missing_cents(self) -> int:
        return max(0, self.amount_cents - self.received_cents)

    @property
    def excess_cents(self) -> int:
        return max(0, self.received_cents - self.amount_cents)

    @property
    def iban(self) -> str:
        """An account number of its own for each payment, valid in form and belonging to nobody."""
        bank, branch, account = 99999, 1, self.pk or 0
        key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        bban = f"{bank:05d}{branch:05d}{account:011d}{key:02d}"
        check = 98 - int(f"{bban}152700") % 97  # F = 15, R = 27, then two zeros
        return f"FR{check:02d}{bban}"


class SandboxRefund(Lockable):
    """Money the sandbox was asked to send back."""

    class State(models.TextChoices):
        PENDING = "pending", _("On its way")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Refused")

    token = models.CharField(max_length=60, unique=True, default=new_refund_token, editable=False)
    session = models.ForeignKey(SandboxSession, on_delete=models.CASCADE, related_name="refunds")
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=60)
    amount_cents = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sandbox refund")
        verbose_name_plural = _("sandbox refunds")

    def __str__(self) -> str:
        return f"{self.token} {self.amount_cents}"


def new_payout_token() -> str:
    return f"sbx_po_{secrets.token_urlsafe(16)}"


class SandboxPayout(Lockable):
    """Money the sandbox was asked to send to an expert's bank.

    Amounts that end in 13 cents are refused by the bank, those in 66 cents come back after they were paid.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("On its way")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Refused")

    token = models.CharField(max_length=60, unique=True, default=new_payout_token, editable=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=60)
    amount_cents = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(default=clock.now)
    next_step_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sandbox payout")
        verbose_name_plural = _("sandbox payouts")

    def __str__(self) -> str:
        return f"{self.token} {self.amount_cents}"


class SandboxCallback(models.Model):
    """A message the sandbox owes us. Two rows may carry one event: providers repeat themselves."""

    event_id = models.CharField(max_length=60)
    body = models.TextField()
    due_at = models.DateTimeField(null=True, blank=True)
    """When to send it, or again; empty once it is answered or given up."""
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sandbox callback")
        verbose_name_plural = _("sandbox callbacks")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="sandbox_callback_due"),
        ]

    def __str__(self) -> str:
        return self.event_id
