"""An order from placement to settlement, and everything it keeps."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from accounts.models import ExpertProfile, User
from marketplace.kernel import clock, rules
from marketplace.kernel.models import Lockable, PublicId
from messaging.models import Conversation, PrivateFile
from offers.models import Offer
from orders.changes import ChangeRequest as ChangeRequest  # a model of this app, in a module of its own
from payments.models import EscrowHold, Payment

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def _started(order: Any) -> bool:
    return order.started_at is not None


def _not_started(order: Any) -> bool:
    return order.started_at is None


class OrderQuerySet(models.QuerySet["Order"]):
    BUYERS_TURN = (
        Q(state="pending_payment")
        | Q(state="delivered")
        | Q(state="active", started_at__isnull=True, brief="")
    )

    def visible_to(self, user: User) -> "OrderQuerySet":
        """Both parties, and staff. Anyone else gets a 404, not a hint. An expert sees an order once it is paid."""
        if user.is_staff:
            return self
        return self.filter(Q(buyer=user) | Q(expert=user, paid_at__isnull=False))

    def with_party(self, user: User) -> "OrderQuerySet":
        """Those a person takes part in and may act on: staff who only look are no party."""
        return self.filter(Q(buyer=user) | Q(expert=user, paid_at__isnull=False))

    def bought_by(self, user: User) -> "OrderQuerySet":
        return self.filter(buyer=user)

    def sold_by(self, user: User) -> "OrderQuerySet":
        """Those an expert has to know of: the paid ones."""
        return self.filter(expert=user, paid_at__isnull=False)

    def unpaid_too_long(self, now: datetime) -> "OrderQuerySet":
        """Placed, and the time to pay has run out."""
        return self.filter(state=Order.State.PENDING_PAYMENT, payment_due_at__lte=now)

    def start_overdue(self, now: datetime) -> "OrderQuerySet":
        """Paid, never started, and the time to start has run out."""
        return self.filter(state=Order.State.ACTIVE, started_at=None, start_due_at__lte=now)

    def review_overdue(self, now: datetime) -> "OrderQuerySet":
        """Delivered, and the buyer's time to answer has run out."""
        return self.filter(state=Order.State.DELIVERED, acceptance_due_at__lte=now)

    def with_reviews_due(self, now: datetime) -> "OrderQuerySet":
        """Those whose time to review has closed on a review nobody has read yet."""
        return self.filter(pk__in=Review.objects.due(now).order_by().values("order"))

    def request_unanswered(self, now: datetime) -> "OrderQuerySet":
        """One party asked for a change, and the other's time to answer has run out."""
        return self.filter(changes__state=ChangeRequest.State.OPEN, changes__answer_due_at__lte=now)

    def to_remind(self, now: datetime) -> "OrderQuerySet":
        """Waiting for someone who has not been reminded yet."""
        return self.filter(next_reminder_at__lte=now)

    def waiting_for_expert(self) -> "OrderQuerySet":
        return self.filter(state=Order.State.ACTIVE)

    def waiting_for_buyer(self) -> "OrderQuerySet":
        """To be paid, to be checked, or to be told what is needed before work begins."""
        return self.filter(OrderQuerySet.BUYERS_TURN)

    def ongoing(self) -> "OrderQuerySet":
        return self.filter(state__in=Order.ONGOING)

    def for_lists(self) -> "OrderQuerySet":
        """With all that a row shows, in one query."""
        return self.select_related(
            "buyer", "expert", "expert__expert_profile", "buyer__buyer_profile", "offer"
        )


class Order(ConcurrentTransitionMixin, PublicId, Lockable):
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

    ONGOING = (State.PENDING_PAYMENT, State.ACTIVE, State.DELIVERED, State.DISPUTED)
    CLOSED = (State.COMPLETED, State.RESOLVED, State.CANCELLED)

    number = models.PositiveBigIntegerField(unique=True, editable=False)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="purchases")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="order")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="order")
    placement_token = models.UUIDField()

    # The terms, frozen when the order is placed
    offer_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Offer.Kind.choices)
    title = models.CharField(max_length=90)
    description = models.TextField()
    includes = ArrayField(models.CharField(max_length=160), default=list)
    requirements = ArrayField(models.CharField(max_length=160), default=list)
    opening_message = models.TextField()
    rights = models.CharField(max_length=10, choices=Offer.Rights.choices)
    rights_text = models.TextField(blank=True)
    call_minutes = models.PositiveSmallIntegerField(null=True)
    base_price_cents = models.PositiveBigIntegerField()
    total_cents = models.PositiveBigIntegerField()
    commission_bp = models.PositiveSmallIntegerField()
    vat_regime = models.CharField(max_length=12, choices=ExpertProfile.VatRegime.choices)
    vat_bp = models.PositiveSmallIntegerField()
    delivery_seconds = models.PositiveIntegerField()
    revisions_included = models.PositiveSmallIntegerField()
    timers = models.JSONField()
    billing = models.JSONField(default=dict)

    brief = models.TextField(blank=True)

    # Where it stands
    state = FSMField(default=State.PENDING_PAYMENT, choices=State.choices, protected=True, editable=False)
    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    first_delivered_at = models.DateTimeField(null=True, editable=False)
    delivered_at = models.DateTimeField(null=True, editable=False)
    revision_round = models.PositiveSmallIntegerField(default=0, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    accepted_automatically = models.BooleanField(default=False, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_cause = models.CharField(max_length=12, choices=CancelCause.choices, blank=True, editable=False)
    cancel_reason = models.TextField(blank=True, editable=False)
    disputed_at = models.DateTimeField(null=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)

    # What the clock must do, and when
    payment_due_at = models.DateTimeField(null=True, editable=False)
    start_due_at = models.DateTimeField(null=True, editable=False)
    acceptance_due_at = models.DateTimeField(null=True, editable=False)
    next_reminder_at = models.DateTimeField(null=True, editable=False)
    reminders_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OrderQuerySet.as_manager()

    if TYPE_CHECKING:
        lines: RelatedManager["OrderLine"]
        events: RelatedManager["OrderEvent"]
        changes: RelatedManager[ChangeRequest]
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
        ]
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
    def is_started(self) -> bool:
        return self.started_at is not None

    @property
    def is_being_revised(self) -> bool:
        return self.state == self.State.ACTIVE and self.revision_round > 0

    @property
    def revisions_left(self) -> int:
        return max(self.revisions_included - self.revision_round, 0)

    @property
    def countdown_runs(self) -> bool:
        """The delivery time binds the first deliverable only."""
        return self.state == self.State.ACTIVE and self.is_started and self.first_delivered_at is None

    @property
    def is_late(self) -> bool:
        return self.countdown_runs and self.due_at is not None and self.due_at < clock.now()

    @property
    def late_cancel_at(self) -> datetime | None:
        """When the buyer may cancel alone because nothing came; nothing once the countdown is over."""
        return self.due_at + self.timer("late_grace") if self.countdown_runs and self.due_at else None

    @property
    def may_cancel_late(self) -> bool:
        return self.late_cancel_at is not None and self.late_cancel_at <= clock.now()

    @property
    def may_be_agreed_on(self) -> bool:
        """Whether its parties may end it by agreement: work has begun and nothing is settled yet."""
        return self.state == self.State.DELIVERED or (self.state == self.State.ACTIVE and self.is_started)

    @property
    def progress_percent(self) -> int:
        """How much of the delivery time has gone by, 0 to 100."""
        if not self.started_at or not self.due_at:
            return 0
        gone = (clock.now() - self.started_at).total_seconds()
        whole = max((self.due_at - self.started_at).total_seconds(), 1)
        return max(0, min(100, round(100 * gone / whole)))

    @property
    def net_cents(self) -> int:
        """What the expert earns once it is accepted: the total less the commission, tax on it included."""
        from marketplace.kernel.money import share

        return self.total_cents - share(self.total_cents, self.commission_bp)

    @property
    def ended_at(self) -> datetime | None:
        """When the work ended, accepted or ruled upon; ``None`` while it runs and when it was cancelled."""
        if self.state == self.State.COMPLETED:
            return self.completed_at
        return self.resolved_at if self.state == self.State.RESOLVED else None

    @property
    def reviewable_until(self) -> datetime | None:
        """When the time to review closes for both; ``None`` when there is nothing to review."""
        return self.ended_at + self.timer("review_window") if self.ended_at else None

    def timer(self, name: str) -> timedelta:
        """A delay as it stood when the order was placed. An order older than the delay follows today's rule."""
        seconds = self.timers.get(name)
        delay: timedelta = getattr(rules.ORDER_TIMERS, name)
        return delay if seconds is None else timedelta(seconds=seconds)

    def party(self, user: User) -> str:
        """``buyer``, ``expert`` or ``staff``: the side from which a person looks."""
        if user.pk == self.buyer_id:
            return "buyer"
        return "expert" if user.pk == self.expert_id else "staff"

    # Transitions: pure changes of this row; `orders.actions` decides, moves money and records

    def _waits(self, *, reminders: list[datetime]) -> None:
        self.reminders_sent = 0
        self.next_reminder_at = reminders[0] if reminders else None

    def reminder_times(self) -> list[datetime]:
        """When the person this order waits for is reminded, in order."""
        if self.state == self.State.PENDING_PAYMENT and self.payment.method == Payment.Method.TRANSFER:
            return [self.placed_at + self.timer("transfer_reminder")]
        if self.state == self.State.ACTIVE and not self.is_started and self.paid_at:
            return [self.paid_at + timedelta(seconds=seconds) for seconds in self.timers["start_reminders"]]
        if self.state == self.State.DELIVERED and self.delivered_at:
            return [
                self.delivered_at + timedelta(seconds=seconds)
                for seconds in self.timers["acceptance_reminders"]
            ]
        return []

    @transition(field=state, source=State.PENDING_PAYMENT, target=State.ACTIVE)
    def confirm_payment(self) -> None:
        now = clock.now()
        self.paid_at = now
        self.payment_due_at = None
        self.start_due_at = now + self.timer("start")

    @transition(field=state, source=State.ACTIVE, target=State.ACTIVE, conditions=[_not_started])
    def start(self) -> None:
        now = clock.now()
        self.started_at = now
        self.start_due_at = None
        self.due_at = now + timedelta(seconds=self.delivery_seconds)

    @transition(field=state, source=State.ACTIVE, target=State.DELIVERED, conditions=[_started])
    def deliver(self) -> None:
        now = clock.now()
        self.delivered_at = now
        self.first_delivered_at = self.first_delivered_at or now
        self.acceptance_due_at = now + self.timer("acceptance")

    @transition(field=state, source=State.DELIVERED, target=State.ACTIVE)
    def ask_revision(self) -> None:
        self.revision_round += 1
        self.acceptance_due_at = None

    @transition(field=state, source=State.DELIVERED, target=State.COMPLETED)
    def complete(self) -> None:
        self.completed_at = clock.now()
        self.acceptance_due_at = None

    @transition(field=state, source=[State.PENDING_PAYMENT, State.ACTIVE], target=State.CANCELLED)
    def cancel(self, cause: str, reason: str = "") -> None:
        self.cancelled_at = clock.now()
        self.cancel_cause = cause
        self.cancel_reason = reason
        self.payment_due_at = self.start_due_at = None

    @transition(
        field=state, source=[State.ACTIVE, State.DELIVERED], target=State.CANCELLED, conditions=[_started]
    )
    def end_by_agreement(self, cause: str, reason: str = "") -> None:
        self.cancelled_at = clock.now()
        self.cancel_cause = cause
        self.cancel_reason = reason
        self.acceptance_due_at = None

    @transition(field=state, source=[State.ACTIVE, State.DELIVERED], target=State.DISPUTED)
    def begin_dispute(self) -> None:
        self.disputed_at = clock.now()
        self.acceptance_due_at = None
        self.start_due_at = None

    @transition(field=state, source=State.DISPUTED, target=State.RESOLVED)
    def resolve(self) -> None:
        self.resolved_at = clock.now()

    def schedule_reminders(self) -> None:
        """Plan the reminders of the state just entered, and forget those of the one just left."""
        self._waits(reminders=self.reminder_times())


class OrderLine(models.Model):
    """One line of the price: the offer itself, then each add-on."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    title = models.CharField(max_length=90)
    price_cents = models.PositiveBigIntegerField()
    days = models.SmallIntegerField(default=0)
    is_add_on = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class OrderEvent(models.Model):
    """What happened, who did it and when: timeline, audit trail and outbox at once. Never altered."""

    class Kind(models.TextChoices):
        PLACED = "placed", _("Order placed")
        TRANSFER_AWAITED = "transfer_awaited", _("Bank transfer awaited")
        PAYMENT_DECLINED = "payment_declined", _("Payment declined")
        PAID = "paid", _("Payment received")
        BRIEF_COMPLETED = "brief_completed", _("Brief completed")
        STARTED = "started", _("Work started")
        DELIVERED = "delivered", _("Deliverable handed over")
        REVISION_REQUESTED = "revision_requested", _("Revision requested")
        EXTENSION_PROPOSED = "extension_proposed", _("Later date proposed")
        EXTENSION_AGREED = "extension_agreed", _("Later date agreed")
        CANCEL_REQUESTED = "cancel_requested", _("Cancellation requested")
        SETTLEMENT_PROPOSED = "settlement_proposed", _("Settlement proposed")
        CHANGE_REFUSED = "change_refused", _("Request refused")
        CHANGE_WITHDRAWN = "change_withdrawn", _("Request withdrawn")
        CHANGE_EXPIRED = "change_expired", _("Request left unanswered")
        DELIVERY_ACCEPTED = "delivery_accepted", _("Deliverable accepted")
        CANCELLED = "cancelled", _("Order cancelled")
        REFUNDED = "refunded", _("Payment refunded")
        DISPUTED = "disputed", _("Dispute opened")
        RESOLVED = "resolved", _("Dispute resolved")
        REMINDED = "reminded", _("Reminder sent")
        REVIEWED = "reviewed", _("Review written")
        REVIEW_CHANGED = "review_changed", _("Review changed by its author")
        REVIEW_PUBLISHED = "review_published", _("Review published")
        REVIEW_ANSWERED = "review_answered", _("Review answered")
        MESSAGE = "message", _("Message sent")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="order_events"
    )
    state = models.CharField(max_length=20, choices=Order.State.choices)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(announced_at__isnull=True), name="event_unannounced"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="event_unaltered", exclude=["announced_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.kind}"


class Deliverable(PublicId):
    """Work handed over: a version with its note and files."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="deliverables")
    version = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["order", "version"], name="one_deliverable_a_version")]

    def __str__(self) -> str:
        return f"{self.order.reference} v{self.version}"


class DeliverableFile(PrivateFile):
    """A file of a deliverable."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="files")

    @property
    def url(self) -> str:
        """Where the parties download it."""
        return reverse("deliverable_file", args=[self.public_id])


class RevisionRequest(models.Model):
    """What the buyer asks to change, in their words."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="revision_requests")
    round = models.PositiveSmallIntegerField()
    good = models.TextField(_("what works"), blank=True)
    wrong = models.TextField(_("what does not"))
    expected = models.TextField(_("what you expect"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["order", "round"], name="one_request_a_round")]

    def __str__(self) -> str:
        return f"{self.order.reference} r{self.round}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        """Those everyone may read."""
        return self.filter(hidden_at=None, published_at__isnull=False)

    def of_experts(self) -> "ReviewQuerySet":
        """What buyers say of experts: the ones that count in an offer's and in an expert's average."""
        return self.filter(about=Review.About.EXPERT)

    def waiting(self) -> "ReviewQuerySet":
        """Written, and read by their author alone so far."""
        return self.filter(published_at=None)

    def due(self, now: datetime) -> "ReviewQuerySet":
        """Not published yet, and the time of the other side to write has run out."""
        return self.waiting().filter(publish_due_at__lte=now)

    def for_lists(self) -> "ReviewQuerySet":
        """The published reviews of experts, newest first, with who wrote them."""
        return (
            self.published()
            .of_experts()
            .select_related("author", "author__buyer_profile", "subject")
            .order_by("-published_at", "-pk")
        )


class Review(Lockable):
    """What one party of an order thought of the other.

    Neither reads the other's before writing: a review is published when both are in, or when the time to write
    one has run out.
    """

    class About(models.TextChoices):
        EXPERT = "expert", _("the expert")
        BUYER = "buyer", _("the buyer")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="reviews")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_written"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_received"
    )
    about = models.CharField(max_length=6, choices=About.choices, default=About.EXPERT)
    rating = models.PositiveSmallIntegerField(_("rating"))
    comment = models.TextField(_("comment"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    experienced_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    publish_due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "author"], name="one_review_an_author_an_order"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_within_stars"),
            models.CheckConstraint(condition=Q(about__in=["expert", "buyer"]), name="review_about_known"),
            models.CheckConstraint(
                condition=Q(replied_at=None) | Q(published_at__isnull=False), name="reply_to_what_is_read"
            ),
        ]
        indexes = [
            models.Index(fields=["publish_due_at"], condition=Q(published_at=None), name="due_review"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 {self.order.reference}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def changeable_until(self) -> datetime:
        """When its author may no longer change it, if it is not published before."""
        return min(self.created_at + self.order.timer("review_edit"), self.publish_due_at)

    @property
    def is_changeable(self) -> bool:
        return not self.is_published and clock.now() < self.changeable_until
