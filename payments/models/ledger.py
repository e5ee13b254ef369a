"""The ledger's tables. Only `payments.ledger` writes them, and PostgreSQL itself refuses what may not be written."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _


class LedgerAccount(models.Model):
    """A place where money can be, by our books."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("Asset")
        LIABILITY = "liability", _("Liability")
        INCOME = "income", _("Income")
        EXPENSE = "expense", _("Expense")

    class Side(models.TextChoices):
        DEBIT = "D", _("Debit")
        CREDIT = "C", _("Credit")

    code = models.CharField(_("code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    normal_side = models.GeneratedField(
        expression=Case(When(kind__in=["asset", "expense"], then=Value("D")), default=Value("C")),
        output_field=models.CharField(_("normal side"), max_length=1, choices=Side.choices),
        db_persist=True,
    )
    pcg_code = models.CharField(_("French chart of accounts"), max_length=10, blank=True)
    may_overdraw = models.BooleanField(_("may go below zero"), default=False)
    """False: PostgreSQL keeps a running balance and refuses to let it pass zero. True: a sum, never locked."""
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        db_table = "ledger_account"
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["asset", "liability", "income", "expense"]),
                name="ledger_account_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LedgerTransaction(models.Model):
    """A balanced movement of money, recorded once and never altered."""

    class Kind(models.TextChoices):
        PAYMENT_RECEIVED = "payment_received", _("Payment received")
        PSP_FEE = "psp_fee", _("Payment provider's fee")
        RELEASE = "release", _("Release to the expert")
        REFUND_DECIDED = "refund_decided", _("Refund decided")
        REFUND_SUCCEEDED = "refund_succeeded", _("Refund carried out")
        REFUND_FAILED = "refund_failed", _("Refund returned by the bank")
        REFUND_CLAWBACK = "refund_clawback", _("Refund after the release")
        TRANSFER = "transfer", _("Transfer to the expert's account at the provider")
        TRANSFER_REVERSAL = "transfer_reversal", _("Transfer taken back")
        WITHDRAWAL_REQUESTED = "withdrawal_requested", _("Withdrawal requested")
        WITHDRAWAL_PAID = "withdrawal_paid", _("Withdrawal paid")
        WITHDRAWAL_FAILED = "withdrawal_failed", _("Withdrawal returned")
        GOODWILL = "goodwill", _("Given by us, to put a decision right")
        DISPUTE_OPENED = "dispute_opened", _("Chargeback: money taken")
        DISPUTE_HOLD = "dispute_hold", _("Chargeback: expert's share set aside")
        DISPUTE_UNHOLD = "dispute_unhold", _("Chargeback: expert's share given back")
        DISPUTE_WON = "dispute_won", _("Chargeback won")
        DISPUTE_LOST = "dispute_lost", _("Chargeback lost")
        COMMISSION_ADJUST = "commission_adjust", _("Commission given back")
        PLATFORM_PAYOUT = "platform_payout", _("Between our own accounts")
        BANK_RECEIVED = "bank_received", _("Bank transfer received")
        BANK_MATCHED = "bank_matched", _("Bank transfer matched")
        BANK_RETURNED = "bank_returned", _("Bank transfer sent back")

    idempotency_key = models.CharField(_("key"), max_length=120, unique=True)
    content_sha256 = models.CharField(_("digest of the content"), max_length=64)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    subject = models.CharField(_("about"), max_length=60, blank=True, db_index=True)
    """The row it concerns, as ``payment:17``. The ledger knows identifiers, never names."""
    occurred_at = models.DateTimeField(_("happened on"))
    recorded_at = models.DateTimeField(_("recorded on"))
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("corrects"),
    )
    source = models.JSONField(_("source"), default=dict, blank=True)
    """Where it comes from outside: identifiers of the gateway."""

    class Meta:
        db_table = "ledger_transaction"
        verbose_name = _("ledger transaction")
        verbose_name_plural = _("ledger transactions")

    def __str__(self) -> str:
        return self.idempotency_key


class LedgerPosting(models.Model):
    """One line of a movement, in cents: a debit is positive, a credit negative."""

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="postings", verbose_name=_("transaction")
    )
    account = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="postings", verbose_name=_("account")
    )
    amount_cents = models.BigIntegerField(_("amount in cents"))

    class Meta:
        db_table = "ledger_posting"
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.CheckConstraint(condition=~Q(amount_cents=0), name="ledger_posting_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_cents:+d}"

    @property
    def debit_cents(self) -> int | None:
        return self.amount_cents if self.amount_cents > 0 else None

    @property
    def credit_cents(self) -> int | None:
        return -self.amount_cents if self.amount_cents < 0 else None


class LedgerBalance(models.Model):
    """The running figure of an account that may not pass zero, in cents of its normal side.

    A trigger alone keeps it. Its row lock makes two movements of one account wait for each other.
    """

    account = models.OneToOneField(
        LedgerAccount,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="balance",
        verbose_name=_("account"),
    )
    balance_cents = models.BigIntegerField(_("balance in cents"))

    class Meta:
        db_table = "ledger_balance"
        verbose_name = _("balance")
        verbose_name_plural = _("balances")

    def __str__(self) -> str:
        return f"{self.account_id}: {self.balance_cents}"
