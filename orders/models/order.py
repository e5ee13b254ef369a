"""An order from placement to settlement, and what was bought."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from accounts.models import ExpertProfile
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from messaging.models import Conversation
from offers.models import Offer
from orders.models.deadlines import Deadlines
from orders.models.parties import Sides
from orders.models.queryset import OrderQuerySet
from orders.models.queues import shown_in_lists
from payments.models import EscrowHold, Payment

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from orders.models.calls import Call
    from orders.models.changes import ChangeRequest
    from orders.models.deliveries import Deliverable, RevisionRequest
    from orders.models.events import OrderEvent
    from orders.models.extras import OrderExtra
    from orders.models.pauses import Pause
    from orders.models.requirements import OrderRequirement
    from orders.models.reviews import Review


def _started(order: Any) -> bool:
    return order.started_at is not None


def _not_started(order: Any) -> bool:
    return order.started_at is None


class Order(ConcurrentTransitionMixin, Sides, Deadlines, PublicId, Lockable):
    """One buyer's purchase of one offer, with its own copy of every term it depends on."""

    class State(models.TextChoices):
        PENDING_PAYMENT = "pending_payment", _("Awaiting payment")
        ACTIVE = "active", _("Active")
        DELIVERED = "delivered", _("Delivered")
        COMPLETED = "completed", _("Completed")
        DISPUTED = "disputed", _("Disputed")
        RESOLVED = "resolved", _("Resolved")
        CANCELLED = "cancelled", _("Cancelled")

    class CancelCause(models.TextChoices):
        UNPAID = "unpaid", _("It was not paid in time.")
        BUYER = "buyer", _("The buyer cancelled before work began.")
        DECLINED = "declined", _("The expert declined it.")
        NOT_STARTED = "not_started", _("The expert did not start in time.")
        STAFF = "staff", _("Our team cancelled it.")
        LATE = "late", _("The delivery was late and the buyer cancelled.")
        AGREED = "agreed", _("Both parties agreed to cancel it.")
        SETTLED = "settled", _("Both parties agreed to share the amount.")
        BUYER_SILENT = "buyer_silent", _("The buyer did not send what was needed.")
        UNANSWERED = "unanswered", _("The question was not answered in time.")
        CALL_BUYER = "call_buyer", _("The buyer cancelled the call in good time.")
        CALL_EXPERT = "call_expert", _("The expert cancelled the call.")
        EXPERT_AWAY = "expert_away", _("The expert did not come to the call.")
        WITHDRAWN = "withdrawn", _("The buyer withdrew from the contract.")
        CHARGED_BACK = "charged_back", _("The buyer's bank took the payment back.")

    ONGOING = (State.PENDING_PAYMENT, State.ACTIVE, State.DELIVERED, State.DISPUTED)
    CLOSED = (State.COMPLETED, State.RESOLVED, State.CANCELLED)

    number = models.PositiveBigIntegerField(unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="order")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="order")
    placement_token = models.UUIDField()

    # The terms, frozen when the order is placed
    offer_version = models.PositiveIntegerField()
    terms_version = models.PositiveIntegerField(_("general terms accepted"), null=True, blank=True)
    """Version of the general terms the buyer accepted, of the French text, which prevails; zero is the text shipped with the product."""
    kind = models.CharField(max_length=10, choices=Offer.Kind.choices)
    title = models.CharField(max_length=90)
    description = models.TextField()
    includes = ArrayField(models.CharField(max_length=160), default=list)
    requirements = ArrayField(models.CharField(max_length=160), default=list)
    opening_message = models.TextField()
    add_ons_offered = models.JSONField(default=list)
    """The add-ons the offer had: ``title``, ``description``, ``price_cents``, ``days``."""
    rights = models.CharField(max_length=15, choices=Offer.IpClause.choices)
    rights_text = models.TextField(blank=True)
    call_minutes = models.PositiveSmallIntegerField(null=True)
    base_price_cents = models.PositiveBigIntegerField()
    total_cents = models.PositiveBigIntegerField()
    extras_cents = models.PositiveBigIntegerField(default=0, editable=False)
    """What the extras paid since then add to the total."""
    extras_net_cents = models.PositiveBigIntegerField(default=0, editable=False)
    commission_bp = models.PositiveSmallIntegerField()
    vat_regime = models.CharField(max_length=12, choices=ExpertProfile.VatRegime.choices)
    vat_bp = models.PositiveSmallIntegerField()
    revisions_included = models.PositiveSmallIntegerField()
    billing = models.JSONField(default=dict)

    brief = models.TextField(blank=True)

    # Where it stands
    state = FSMField(default=State.PENDING_PAYMENT, choices=State.choices, protected=True, editable=False)
    revision_round = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many of the revisions included were used."""
    extra_rounds = models.PositiveSmallIntegerField(default=0, editable=False)
    """Rounds the expert agreed to beyond those included."""
    delivered_count = models.PositiveSmallIntegerField(default=0, editable=False)
    items_missing = models.PositiveSmallIntegerField(default=0, editable=False)
    """Items the expert cannot begin without, and that the buyer has not sent."""
    completed_at = models.DateTimeField(null=True, editable=False)
    accepted_automatically = models.BooleanField(default=False, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_cause = models.CharField(max_length=12, choices=CancelCause.choices, blank=True, editable=False)
    cancel_reason = models.TextField(blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    refunded_cents = models.PositiveBigIntegerField(null=True, editable=False)
    """What its end gave back to the buyer; nothing while it runs."""
    earned_cents = models.PositiveBigIntegerField(null=True, editable=False)
    """What its end brought the expert, commission taken off."""
    rights_pass = models.BooleanField(null=True, editable=False)
    """Whether its end passes the rights of its clause to the buyer; nothing while it runs."""

    objects = OrderQuerySet.as_manager()

    if TYPE_CHECKING:
        lines: RelatedManager["OrderLine"]
        events: RelatedManager["OrderEvent"]
        changes: RelatedManager[ChangeRequest]
        checklist: RelatedManager["OrderRequirement"]
        pauses: RelatedManager["Pause"]
        extras: RelatedManager[OrderExtra]
        deliverables: RelatedManager["Deliverable"]
        revision_requests: RelatedManager["RevisionRequest"]
        reviews: RelatedManager["Review"]

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["buyer", "placement_token"], name="one_order_a_checkout"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "pending_payment",
                        "active",
                        "delivered",
                        "completed",
                        "disputed",
                        "resolved",
                        "cancelled",
                    ]
                ),
                name="order_state_known",
            ),
            models.CheckConstraint(condition=~Q(buyer=models.F("expert")), name="nobody_buys_from_oneself"),
            models.CheckConstraint(condition=Q(total_cents__gt=0), name="order_has_a_price"),
            # No order waits without a timer or, once work has begun, a date the expert must keep.
            models.CheckConstraint(
                condition=~Q(state="pending_payment") | Q(payment_due_at__isnull=False),
                name="unpaid_has_a_timer",
            ),
            models.CheckConstraint(
                condition=~Q(state="active", started_at__isnull=True) | Q(start_due_at__isnull=False),
                name="not_started_has_a_timer",
            ),
            models.CheckConstraint(
                condition=~Q(state="active", started_at__isnull=False) | Q(due_at__isnull=False),
                name="started_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(acceptance_due_at__isnull=False),
                name="delivered_has_a_timer",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, pause_due_at__isnull=True)
                | Q(state="active", paused_at__isnull=False, pause_due_at__isnull=False),
                name="paused_has_a_timer",
            ),
        ]
        triggers = [shown_in_lists]
        indexes = [
            models.Index(fields=["buyer", "-placed_at"]),
            models.Index(fields=["expert", "-placed_at"]),
            models.Index(fields=["payment_due_at"], condition=Q(state="pending_payment"), name="due_payment"),
            models.Index(
                fields=["start_due_at"],
                condition=Q(state="active", started_at__isnull=True),
                name="due_start",
            ),
            models.Index(fields=["acceptance_due_at"], condition=Q(state="delivered"), name="due_acceptance"),
            models.Index(fields=["pause_due_at"], condition=Q(pause_due_at__isnull=False), name="due_pause"),
            models.Index(
                fields=["next_reminder_at"], condition=Q(next_reminder_at__isnull=False), name="due_reminder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.public_id])

    # Reading

    @property
    def reference(self) -> str:
        return f"J-{self.number}"

    @property
    def hold(self) -> EscrowHold:
        """The buyer's money. Raises ``EscrowHold.DoesNotExist`` before it is paid."""
        return self.payment.hold

    @property
    def booking(self) -> "Call | None":
        """The slot of a call order; ``None`` for everything else."""
        return getattr(self, "call", None) if self.kind == Offer.Kind.CALL else None

    @property
    def silence_agrees(self) -> bool:
        """Whether a request to cancel that nobody answers counts as agreed: nothing came, and no call was promised."""
        return self.first_delivered_at is None and self.kind != Offer.Kind.CALL

    @property
    def was_let_down(self) -> bool:
        """Whether the expert declined it, or did not do what the order waited for."""
        causes = self.CancelCause
        return self.cancel_cause in (
            causes.DECLINED,
            causes.NOT_STARTED,
            causes.LATE,
            causes.UNANSWERED,
            causes.CALL_EXPERT,
            causes.EXPERT_AWAY,
        )

    @property
    def revisions_left(self) -> int:
        return max(self.revisions_included + self.extra_rounds - self.revision_round, 0)

    @property
    def may_be_agreed_on(self) -> bool:
        """Whether its parties may end it by agreement: work has begun and nothing is settled yet."""
        return self.state in (self.State.DELIVERED, self.State.DISPUTED) or (
            self.state == self.State.ACTIVE and self.is_started
        )

    @property
    def takes_extras(self) -> bool:
        """Whether something may be added to it: it is paid, and the work is not handed over."""
        return self.state == self.State.ACTIVE

    @property
    def released_cents(self) -> int:
        """What its end left for the expert before the commission."""
        return self.total_cents - (self.refunded_cents or 0)

    @property
    def net_cents(self) -> int:
        """What the expert earns once it is accepted: the total less the commission on each of its payments."""
        from marketplace.kernel.money import share

        placed = self.total_cents - self.extras_cents
        return placed - share(placed, self.commission_bp) + self.extras_net_cents

    @property
    def ended_at(self) -> datetime | None:
        """When the work ended, accepted or ruled upon; ``None`` while it runs and when it was cancelled."""
        if self.state == self.State.COMPLETED:
            return self.completed_at
        return self.resolved_at if self.state == self.State.RESOLVED else None

    # Transitions: pure changes of this row; `orders.actions` decides, moves money and records

    @transition(field=state, source=State.PENDING_PAYMENT, target=State.ACTIVE)
    def confirm_payment(self) -> None:
        now = clock.now()
        self.paid_at = now
        self.payment_due_at = None
        self.start_due_at = now + self.timer("start")

    @transition(field=state, source=State.ACTIVE, target=State.ACTIVE, conditions=[_not_started])
    def start(self) -> None:
        self.end_pause()
        now = clock.now()
        self.started_at = now
        self.start_due_at = None
        self.due_at = now + timedelta(seconds=self.delivery_seconds)

    @transition(field=state, source=State.ACTIVE, target=State.DELIVERED, conditions=[_started])
    def deliver(self) -> None:
        self.end_pause()
        now = clock.now()
        self.delivered_at = now
        self.first_delivered_at = self.first_delivered_at or now
        self.delivered_count += 1
        self.revision_due_at = self.revision_refused_at = self.question_at = None
        self.acceptance_due_at = now + self.timer("acceptance")

    @transition(field=state, source=State.DELIVERED, target=State.ACTIVE)
    def ask_revision(self, *, counts: bool = True) -> None:
        """``counts``: whether it uses up one of the rounds. A version flagged as incomplete does not."""
        self.revision_round += counts
        self.revision_due_at = clock.now() + self.revision_time
        self.acceptance_due_at = self.question_at = None

    @transition(
        field=state,
        source=State.ACTIVE,
        target=State.DELIVERED,
        conditions=[lambda order: order.is_being_revised],  # type: ignore[attr-defined]
    )
    def refuse_revision(self, *, counted: bool = True) -> None:
        """Put the last version back before the buyer, with its whole time to answer. ``counted``: give the round back."""
        now = clock.now()
        self.revision_round -= counted
        self.revision_due_at = None
        self.revision_refused_at = now
        self.acceptance_due_at = now + self.timer("acceptance")

    @transition(field=state, source=State.DELIVERED, target=State.COMPLETED)
    def complete(self) -> None:
        self.completed_at = clock.now()
        self.acceptance_due_at = self.question_at = None

    @transition(field=state, source=[State.PENDING_PAYMENT, State.ACTIVE], target=State.CANCELLED)
    def cancel(self, cause: str, reason: str = "") -> None:
        self.end_pause()
        self.cancelled_at = clock.now()
        self.cancel_cause = cause
        self.cancel_reason = reason
        self.payment_due_at = self.start_due_at = None

    @transition(
        field=state,
        source=[State.ACTIVE, State.DELIVERED, State.DISPUTED],
        target=State.CANCELLED,
        conditions=[_started],
    )
    def end_by_agreement(self, cause: str, reason: str = "") -> None:
        self.end_pause()
        self.cancelled_at = clock.now()
        self.cancel_cause = cause
        self.cancel_reason = reason
        self.acceptance_due_at = self.revision_due_at = self.question_at = None

    @transition(field=state, source=[State.ACTIVE, State.DELIVERED], target=State.DISPUTED)
    def begin_dispute(self) -> None:
        self.end_pause()
        self.disputed_at = clock.now()
        self.acceptance_due_at = None
        self.start_due_at = None

    @transition(field=state, source=State.COMPLETED, target=State.DISPUTED)
    def begin_claim(self) -> None:
        self.disputed_at = clock.now()

    @transition(field=state, source=State.DISPUTED, target=State.COMPLETED)
    def end_claim(self) -> None:
        """The claim was withdrawn: the order stays as it was accepted."""
        self.disputed_at = None

    @transition(field=state, source=State.DISPUTED, target=State.RESOLVED)
    def resolve(self) -> None:
        self.resolved_at = clock.now()

    @transition(field=state, source=State.DISPUTED, target=State.ACTIVE)
    def go_on(self) -> None:
        """Work goes on after a dispute: withdrawn while it ran, or relaunched by a ruling."""
        if self.disputed_at and self.first_delivered_at is None:
            self.disputed_seconds += clock.in_seconds(max(clock.now() - self.disputed_at, timedelta(0)))
        self.disputed_at = None

    @transition(field=state, source=State.DISPUTED, target=State.DELIVERED)
    def go_on_checking(self) -> None:
        """The dispute was withdrawn while the buyer was checking the deliverable."""
        self.disputed_at = None


class OrderLine(models.Model):
    """One line of the price: the offer itself, then each add-on."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    extra = models.OneToOneField(
        "orders.OrderExtra", on_delete=models.PROTECT, null=True, blank=True, related_name="line"
    )
    title = models.CharField(max_length=90)
    price_cents = models.PositiveBigIntegerField()
    days = models.SmallIntegerField(default=0)
    is_add_on = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
