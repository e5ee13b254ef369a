"""The operator's own bank account: what came in, to whom it belongs, and the files of transfers that leave.

Only for operators whose licence lets them hold the money of others (`settings.OWN_FUNDS`).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, sealing
from marketplace.kernel.models import Lockable, PublicId
from marketplace.kernel.money import format_money
from payments.models.payment import Payment


class BankStatement(models.Model):
    """A file of the bank that somebody of the team read in."""

    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("digest of the content"), max_length=64, unique=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("read in by")
    )
    imported_at = models.DateTimeField(_("read in on"), default=clock.now)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")

    def __str__(self) -> str:
        return self.name


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def to_match(self) -> "BankLineQuerySet":
        """Money that belongs to nobody yet."""
        return self.filter(payment=None, returned_at=None)


class BankLine(Lockable):
    """A transfer that came in. Amounts are cents; the sender's account is sealed."""

    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="lines", verbose_name=_("bank statement")
    )
    entry_key = models.CharField(_("entry"), max_length=64, unique=True)
    """The same line in two statements is one transfer."""
    booked_on = models.DateField(_("booked on"))
    amount_cents = models.BigIntegerField(_("amount in cents"))
    sender = models.CharField(_("sender"), max_length=140, blank=True)
    sealed_iban = models.TextField(blank=True, editable=False)
    words = models.CharField(_("words of the transfer"), max_length=300, blank=True)
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bank_lines",
        verbose_name=_("payment"),
    )
    matched_at = models.DateTimeField(_("matched on"), null=True, blank=True)
    excess_cents = models.BigIntegerField(_("to send back, in cents"), default=0)
    returned_at = models.DateTimeField(_("sent back on"), null=True, blank=True)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="bank_line_amount_positive"),
            models.CheckConstraint(
                condition=Q(excess_cents__gte=0, excess_cents__lte=models.F("amount_cents")),
                name="bank_line_excess_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {format_money(self.amount_cents, full=True)}"

    @property
    def iban(self) -> str:
        """The sender's account: for sending money back, never for a list."""
        return sealing.unseal(self.sealed_iban) if self.sealed_iban else ""


class SepaBatch(PublicId, Lockable):
    """Withdrawals that leave in one file of SEPA transfers. Who makes it may not approve it."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made on"), default=clock.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of transfers")
        verbose_name_plural = _("files of transfers")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("created_by")),
                name="sepa_batch_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"SEPA-{self.pk:05d}" if self.pk else "SEPA"

    @property
    def total_cents(self) -> int:
        return sum(self.withdrawals.values_list("amount_cents", flat=True))
