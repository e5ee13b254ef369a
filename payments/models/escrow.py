"""A buyer's money in our keeping, and the two ways out: to the expert, or back."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from marketplace.kernel.money import format_money
from payments.models.facts import Telling, TellingQuerySet
from payments.models.payment import Payment, next_attempt


class EscrowHoldQuerySet(models.QuerySet["EscrowHold"]):
    def open(self) -> "EscrowHoldQuerySet":
        """Money still in our keeping."""
        return self.filter(state__in=EscrowHold.OPEN)


class EscrowHold(FSMModelMixin, Lockable):
    """A buyer's money, kept for one payment until it is released, refunded or split. Amounts are cents."""

    class State(models.TextChoices):
        HELD = "held", _("Held")
        FROZEN = "frozen", _("Frozen")
        RELEASED = "released", _("Released")
        REFUNDED = "refunded", _("Refunded")
        SPLIT = "split", _("Released in part")

    OPEN = (State.HELD, State.FROZEN)

    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, related_name="hold", verbose_name=_("payment")
    )
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holds", verbose_name=_("payee")
    )
    amount_cents = models.BigIntegerField(_("amount in cents"))
    state = FSMField(_("state"), max_length=10, choices=State.choices, default=State.HELD, protected=True)
    released_cents = models.BigIntegerField(_("released, in cents"), default=0)
    refunded_cents = models.BigIntegerField(_("refunded, in cents"), default=0)
    clawed_back_cents = models.BigIntegerField(_("given back after the release, in cents"), default=0)
    net_cents = models.BigIntegerField(_("expert's part in cents"))
    """What the release of the rest will bring the expert, then what it brought."""
    commission_cents = models.BigIntegerField(_("commission in cents, VAT included"))
    held_at = models.DateTimeField(_("held since"), default=clock.now)
    released_at = models.DateTimeField(_("released on"), null=True, blank=True)

    objects = EscrowHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("escrow hold")
        verbose_name_plural = _("escrow holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_cents__gte=0)
                & (
                    Q(state__in=["held", "frozen"], released_cents=0, refunded_cents__lt=F("amount_cents"))
                    | Q(state="released", released_cents=F("amount_cents"), refunded_cents=0)
                    | Q(state="refunded", released_cents=0, refunded_cents=F("amount_cents"))
                    | Q(
                        state="split",
                        released_cents__gt=0,
                        refunded_cents__gt=0,
                        released_cents=F("amount_cents") - F("refunded_cents"),
                    )
                ),
                name="hold_state_agrees_with_its_money",
            ),
            models.CheckConstraint(
                condition=Q(
                    net_cents__gte=0,
                    commission_cents__gte=0,
                    net_cents=F("amount_cents") - F("refunded_cents") - F("commission_cents"),
                ),
                name="hold_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(clawed_back_cents__gte=0, clawed_back_cents__lte=F("released_cents")),
                name="hold_gives_back_what_it_released",
            ),
        ]
        indexes = [
            models.Index(
                fields=["payee"], condition=Q(state__in=["held", "frozen"]), name="hold_open_of_payee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {format_money(self.amount_cents, full=True)}"

    @property
    def remaining_cents(self) -> int:
        """What is still in our keeping."""
        return self.amount_cents - self.refunded_cents - self.released_cents

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @transition(field=state, source=State.HELD, target=State.FROZEN)
    def freeze(self) -> None:
        """Nothing moves until somebody decides."""

    @transition(field=state, source=State.FROZEN, target=State.HELD)
    def unfreeze(self) -> None:
        """The money may move again."""

    @transition(field=state, source=State.HELD, target=State.RELEASED)
    def release_whole(self, now: datetime) -> None:
        self.released_cents = self.amount_cents
        self.released_at = now

    @transition(field=state, source=State.HELD, target=State.SPLIT)
    def release_rest(self, now: datetime) -> None:
        self.released_cents = self.amount_cents - self.refunded_cents
        self.released_at = now

    @transition(field=state, source=State.HELD, target=State.REFUNDED)
    def refund_rest(self) -> None:
        self.refunded_cents = self.amount_cents
        self.net_cents = self.commission_cents = 0


class EarningQuerySet(models.QuerySet["Earning"]):
    def to_transfer(self, now: datetime) -> "EarningQuerySet":
        """The expert's account at the provider does not hold them yet, or holds too much of them."""
        return self.filter(transfer_due_at__lte=now)

    def clearing(self, now: datetime) -> "EarningQuerySet":
        """Credited, but not to be withdrawn yet."""
        return self.filter(available_at__gt=now)


class Earning(models.Model):
    """What one release brought an expert: ``gross = commission + net``, in cents."""

    hold = models.OneToOneField(
        EscrowHold, on_delete=models.PROTECT, related_name="earning", verbose_name=_("hold")
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="earnings",
        db_index=False,
        verbose_name=_("expert"),
    )
    gross_cents = models.BigIntegerField(_("released, in cents"))
    commission_cents = models.BigIntegerField(_("commission in cents, VAT included"))
    commission_vat_cents = models.BigIntegerField(_("VAT inside the commission, in cents"))
    net_cents = models.BigIntegerField(_("expert's part in cents"))
    recouped_cents = models.BigIntegerField(_("kept for what the expert owed, in cents"), default=0)
    returned_cents = models.BigIntegerField(_("taken back from the balance, in cents"), default=0)
    commission_returned_cents = models.BigIntegerField(_("commission given back, in cents"), default=0)
    transferred_cents = models.BigIntegerField(
        _("on the expert's account at the provider, in cents"), default=0
    )
    transfer_id = models.CharField(_("transfer"), max_length=120, blank=True)
    transfer_due_at = models.DateTimeField(_("transfer due"), null=True, blank=True)
    """When a sweep brings the expert's account at the provider up to this earning. Empty: nothing to move."""
    released_at = models.DateTimeField(_("released on"))
    available_at = models.DateTimeField(_("available from"))

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("earning")
        verbose_name_plural = _("earnings")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    gross_cents__gt=0,
                    net_cents__gte=0,
                    commission_vat_cents__gte=0,
                    commission_cents__gte=F("commission_vat_cents"),
                    gross_cents=F("commission_cents") + F("net_cents"),
                ),
                name="earning_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    recouped_cents__gte=0,
                    returned_cents__gte=0,
                    net_cents__gte=F("recouped_cents") + F("returned_cents"),
                ),
                name="earning_gives_what_it_has",
            ),
        ]
        indexes = [
            models.Index(
                fields=["transfer_due_at"],
                condition=Q(transfer_due_at__isnull=False),
                name="earning_to_transfer",
            ),
            models.Index(fields=["expert", "-released_at"], name="earning_of_expert"),
            models.Index(fields=["expert", "available_at"], name="earning_clearing"),
        ]

    def __str__(self) -> str:
        return f"{self.hold.payment} {format_money(self.net_cents, full=True)}"

    @property
    def kept_cents(self) -> int:
        """What is left of it on the expert's side, withdrawn or not."""
        return self.net_cents - self.recouped_cents - self.returned_cents

    @property
    def is_available(self) -> bool:
        """Whether the expert may withdraw it by now."""
        return self.available_at <= clock.now()


class RefundQuerySet(TellingQuerySet["Refund"]):
    def to_send(self, now: datetime) -> Self:
        """Decided or under way, and their next attempt is due."""
        return self.filter(state__in=Refund.UNDER_WAY, route=Refund.Route.GATEWAY, next_attempt_at__lte=now)


class Refund(FSMModelMixin, PublicId, Lockable, Telling):
    """Money on its way back to the buyer: decided by us, carried out by the gateway. Amounts are cents."""

    class State(models.TextChoices):
        DECIDED = "decided", _("Decided")
        SENT = "sent", _("Sent")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Refused by the bank")

    class Route(models.TextChoices):
        GATEWAY = "gateway", _("The way it was paid")
        BY_HAND = "by_hand", _("Bank transfer by our team")
        CHARGEBACK = "chargeback", _("Taken back by the buyer's bank")

    UNDER_WAY = (State.DECIDED, State.SENT)

    hold = models.ForeignKey(
        EscrowHold, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("hold")
    )
    amount_cents = models.BigIntegerField(_("amount in cents"))
    reason = models.CharField(_("reason"), max_length=200)
    route = models.CharField(_("route"), max_length=10, choices=Route.choices, default=Route.GATEWAY)
    after_release = models.BooleanField(_("after the release"), default=False)
    from_expert_cents = models.BigIntegerField(_("from the expert's balance, in cents"), default=0)
    owed_cents = models.BigIntegerField(_("owed by the expert, in cents"), default=0)
    commission_back_cents = models.BigIntegerField(_("commission given back, in cents"), default=0)
    state = FSMField(_("state"), max_length=10, choices=State.choices, default=State.DECIDED, protected=True)
    gateway_id = models.CharField(_("gateway identifier"), max_length=120, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    """Grows each time staff send a failed refund again: the gateway would repeat its first answer otherwise."""
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    failure_reason = models.CharField(_("reason of the refusal"), max_length=200, blank=True)
    bank_reference = models.CharField(_("reference of the bank transfer"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("decided on"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["decided", "sent", "succeeded", "failed"]), name="refund_state_known"
            ),
            models.UniqueConstraint(
                fields=["gateway_id"], condition=~Q(gateway_id=""), name="refund_gateway_id_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=["decided", "sent"]), name="refund_to_send"
            ),
            models.Index(
                fields=["tell_due_at"], condition=Q(tell_due_at__isnull=False), name="refund_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold.payment} {format_money(self.amount_cents, full=True)}"

    @property
    def is_by_hand(self) -> bool:
        """Whether our team pays it back by bank transfer: the gateway knows nothing of it."""
        return self.route == self.Route.BY_HAND

    @property
    def key(self) -> str:
        """What makes a second request harmless at the gateway."""
        return f"refund:{self.public_id}" if self.round == 1 else f"refund:{self.public_id}:{self.round}"

    @transition(field=state, source=[State.DECIDED, State.SENT], target=State.SENT)
    def mark_sent(self, gateway_id: str, now: datetime) -> None:
        self.gateway_id = gateway_id
        self.next_attempt_at = next_attempt(self.attempts, now)

    @transition(field=state, source=[State.DECIDED, State.SENT], target=State.SUCCEEDED)
    def succeed(self, now: datetime) -> None:
        self.settled_at = now
        self.failure_reason = ""
        self.owe_telling()

    @transition(field=state, source=[State.DECIDED, State.SENT, State.SUCCEEDED], target=State.FAILED)
    def fail(self, reason: str, now: datetime) -> None:
        """Refused by the bank, which may also happen days after it said yes."""
        self.settled_at = now
        self.failure_reason = reason[:200]
        self.owe_telling()

    @transition(field=state, source=State.FAILED, target=State.DECIDED)
    def decide_again(self, now: datetime) -> None:
        self.round += 1
        self.gateway_id = ""
        self.settled_at = None
        self.next_attempt_at = now
        self.tell_due_at = None
