"""A call on its way: the slot that is kept for it, how it was moved, who was missing."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from marketplace.kernel.models import PublicId
from orders.models.order import Order

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class CallQuerySet(models.QuerySet["Call"]):
    def live(self) -> "CallQuerySet":
        """Those that keep their slot from everybody else: to be paid, or to be held."""
        return self.filter(state__in=Call.LIVE)

    def to_remind(self, now: datetime) -> "CallQuerySet":
        """Booked, and somebody has not been reminded yet."""
        return self.filter(state=Call.State.BOOKED, next_reminder_at__lte=now)

    def move_unanswered(self, now: datetime) -> "CallQuerySet":
        """One party proposed another time, and the other's time to answer has run out."""
        return self.filter(moves__state="open", moves__answer_due_at__lte=now)

    def absence_uncontested(self, now: datetime) -> "CallQuerySet":
        """One party was said to be absent, and has let the time to contest it run out."""
        return self.filter(state=Call.State.BOOKED, absence_due_at__lte=now)


class Call(PublicId):
    """The slot of a call order. While it lives, the database keeps every other call of the expert out of it.

    Written under its order's lock alone.
    """

    class State(models.TextChoices):
        KEPT = "kept", _("Kept until it is paid")
        BOOKED = "booked", _("Booked")
        DONE = "done", _("Over")
        GIVEN_UP = "given_up", _("Given up")

    class Side(models.TextChoices):
        BUYER = "buyer", _("The buyer")
        EXPERT = "expert", _("The expert")

    LIVE = (State.KEPT, State.BOOKED)

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="call")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls_given")
    state = models.CharField(max_length=10, choices=State.choices, default=State.KEPT, editable=False)
    starts_at = models.DateTimeField(editable=False)
    minutes = models.PositiveSmallIntegerField(editable=False)
    pause_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    blocked = DateTimeRangeField(editable=False)
    buyer_zone = models.CharField(max_length=60, default="Europe/Paris", editable=False)
    expert_zone = models.CharField(max_length=60, default="Europe/Paris", editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_by_buyer = models.PositiveSmallIntegerField(default=0, editable=False)
    booked_at = models.DateTimeField(null=True, editable=False)

    # Where it is held
    room_url = models.URLField(max_length=300, blank=True, editable=False)
    room_phone = models.CharField(max_length=40, blank=True, editable=False)
    room_code = models.CharField(max_length=20, blank=True, editable=False)
    buyer_came_at = models.DateTimeField(null=True, editable=False)
    expert_came_at = models.DateTimeField(null=True, editable=False)

    # Who was missing
    absent = models.CharField(max_length=6, choices=Side.choices, blank=True, editable=False)
    absence_declared_at = models.DateTimeField(null=True, editable=False)
    absence_due_at = models.DateTimeField(null=True, editable=False)
    absence_words = models.TextField(blank=True, editable=False)

    # What the clock must do, and when
    next_reminder_at = models.DateTimeField(null=True, editable=False)
    reminders_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = CallQuerySet.as_manager()

    if TYPE_CHECKING:
        moves: RelatedManager["CallMove"]

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["starts_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_call_at_a_time",
                expressions=[("expert", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["kept", "booked"]),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["kept", "booked", "done", "given_up"]), name="call_state_known"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="call_lasts"),
            models.CheckConstraint(
                condition=Q(absent="", absence_declared_at__isnull=True)
                | (~Q(absent="") & Q(absence_declared_at__isnull=False)),
                name="absence_has_a_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_reminder_at"],
                condition=Q(next_reminder_at__isnull=False),
                name="due_call_reminder",
            ),
            models.Index(
                fields=["absence_due_at"], condition=Q(absence_due_at__isnull=False), name="due_absence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} · {self.starts_at:%Y-%m-%d %H:%M} UTC"

    def get_absolute_url(self) -> str:
        return reverse("order_call", args=[self.order.public_id])

    # Reading

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_booked(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def opens_at(self) -> datetime:
        """When the room may be entered."""
        return self.starts_at - rules.CALL_JOIN_BEFORE

    @property
    def closes_at(self) -> datetime:
        return self.ends_at + rules.CALL_JOIN_AFTER

    @property
    def is_open(self) -> bool:
        return self.is_booked and self.opens_at <= clock.now() < self.closes_at

    @property
    def free_until(self) -> datetime:
        """Until when the buyer may move it or cancel it alone and be paid back."""
        return self.starts_at - self.order.timer("call_free_change")

    @property
    def may_change_freely(self) -> bool:
        return clock.now() <= self.free_until

    @property
    def moves_left(self) -> int:
        return max(rules.CALL_MOVES - self.moved_by_buyer, 0)

    @property
    def absence_from(self) -> datetime:
        """From when a party may be said to be absent: a little lateness is forgiven."""
        return self.starts_at + self.order.timer("call_lateness")

    @property
    def summary_due_at(self) -> datetime:
        return self.ends_at + self.order.timer("call_summary")

    def zone_of(self, side: str) -> str:
        """The zone in which a side reads its times; staff read the product's own."""
        return {"buyer": self.buyer_zone, "expert": self.expert_zone}.get(side, "Europe/Paris")

    def reminder_times(self) -> list[datetime]:
        """When both are reminded, in order: those that had not passed when the call was booked or moved."""
        seconds = self.order.timers.get("call_reminders", [])
        times = sorted(self.starts_at - timedelta(seconds=each) for each in seconds)
        return [moment for moment in times if self.booked_at is None or moment > self.booked_at]

    # Changes of this row: `orders.actions` decides, and records

    def place(self, starts_at: datetime) -> None:
        """Take a slot. The pause of the expert's calendar as it was booked is blocked with it."""
        self.starts_at = starts_at
        self.blocked = DateTimeTZRange(
            starts_at, self.ends_at + timedelta(minutes=self.pause_minutes), bounds="[)"
        )

    def plan_reminders(self) -> None:
        times = [moment for moment in self.reminder_times() if moment > clock.now()]
        self.reminders_sent = 0
        self.next_reminder_at = times[0] if times and self.is_booked else None

    def end(self, state: str) -> None:
        """Leave the slot to others: it was held, or given up."""
        self.state = state
        self.next_reminder_at = self.absence_due_at = None

    @staticmethod
    def new_secret() -> str:
        """Part of a room's name that cannot be guessed: 128 bits."""
        return secrets.token_urlsafe(16)


class CallMove(PublicId):
    """Another time proposed for a call, which the other party accepts or not. Written under the order's lock."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Left unanswered")
        CLOSED = "closed", _("Overtaken by the order")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="moves")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    message = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(state="open"), name="one_open_move_a_call"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="answered_moves_have_a_date",
            ),
        ]
        indexes = [models.Index(fields=["answer_due_at"], condition=Q(state="open"), name="due_move")]

    def __str__(self) -> str:
        return f"{self.call} → {self.starts_at:%Y-%m-%d %H:%M} UTC"
