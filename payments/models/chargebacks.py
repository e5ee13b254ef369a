"""A payment that the buyer contests at their bank. We say chargeback; a dispute is between our own two parties."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable
from marketplace.kernel.money import format_money
from payments.models.facts import Telling, TellingQuerySet
from payments.models.payment import Payment


class ChargebackQuerySet(TellingQuerySet["Chargeback"]):
    def running(self) -> "ChargebackQuerySet":
        """Not decided yet by the bank."""
        return self.filter(state__in=Chargeback.RUNNING)

    def to_answer(self) -> "ChargebackQuerySet":
        """The bank waits for our evidence."""
        return self.running().filter(evidence_sent_at=None)


class Chargeback(Lockable, Telling):
    """What the buyer's bank took back, or asks about. Amounts are cents."""

    class State(models.TextChoices):
        INQUIRY = "inquiry", _("Inquiry")
        OPEN = "open", _("Contested")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        CLOSED = "closed", _("Inquiry closed")

    RUNNING = (State.INQUIRY, State.OPEN)

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="chargebacks", verbose_name=_("payment")
    )
    gateway_id = models.CharField(_("gateway identifier"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    amount_cents = models.BigIntegerField(_("amount in cents"))
    withdrawn_cents = models.BigIntegerField(_("taken by the bank, in cents"), default=0)
    fee_cents = models.BigIntegerField(_("fee in cents"), default=0)
    held_cents = models.BigIntegerField(_("expert's share set aside, in cents"), default=0)
    froze_hold = models.BooleanField(_("froze the held payment"), default=False)
    by_hand = models.BooleanField(_("recorded by our team"), default=False, db_default=False)
    """The provider has not told of it: our team writes down what the bank says."""
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    evidence_sent_at = models.DateTimeField(_("evidence sent on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened on"), default=clock.now)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = ChargebackQuerySet.as_manager()

    class Meta:
        verbose_name = _("chargeback")
        verbose_name_plural = _("chargebacks")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["inquiry", "open", "won", "lost", "closed"]),
                name="chargeback_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {format_money(self.amount_cents, full=True)}"

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING
