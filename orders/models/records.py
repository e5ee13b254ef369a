"""What stays of how people ended orders: a record of each cancellation, and the counts of what was kept."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from marketplace.kernel.models import PublicId
from orders.models.order import Order

if TYPE_CHECKING:
    from accounts.models import User

NEUTRAL = 3
"""The score of a cancellation that nobody has judged, out of five."""


class Side(models.TextChoices):
    """In which part of theirs a person is judged: one may both buy and sell."""

    BUYER = "buyer", _("as a buyer")
    EXPERT = "expert", _("as an expert")


class CancellationRecordQuerySet(models.QuerySet["CancellationRecord"]):
    def about(self, user: "User", side: str) -> "CancellationRecordQuerySet":
        """What a person ended on one side, newest first."""
        return self.filter(subject=user, side=side).order_by("-created_at", "-pk")


class CancellationRecord(PublicId):
    """A cancellation on the profile of whoever caused it, apart from the reviews of work.

    It begins with a neutral score. The other party may set its cause, score and words once, in a given time, and the
    person concerned may answer once; what stood before is kept.
    """

    class Cause(models.TextChoices):
        BEFORE_START = "before_start", _("Cancelled before work began")
        LATE = "late", _("The delivery was late")
        NO_SHOW = "no_show", _("Absent from the call")
        AGREED = "agreed", _("Cancelled by agreement")
        SHARED = "shared", _("Ended on a shared amount")
        UNAVAILABLE = "unavailable", _("No longer available for the work")
        CHANGED_MIND = "changed_mind", _("The need had changed")
        UNCLEAR = "unclear", _("The request and the offer did not match")
        SILENT = "silent", _("No longer answered")
        OTHER = "other", _("Another reason")

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="cancellation_record")
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cancellation_records"
    )
    side = models.CharField(_("side"), max_length=6, choices=Side.choices)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause.choices)
    score = models.PositiveSmallIntegerField(_("score"), default=NEUTRAL)
    comment = models.TextField(_("comment"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    first_cause = models.CharField(_("first cause"), max_length=12, choices=Cause.choices)
    first_score = models.PositiveSmallIntegerField(_("first score"), default=NEUTRAL)
    created_at = models.DateTimeField(default=timezone.now)
    amendable_until = models.DateTimeField()
    amended_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = CancellationRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("cancellation record")
        verbose_name_plural = _("cancellation records")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5, first_score__gte=1, first_score__lte=5),
                name="record_score_within_stars",
            ),
            models.CheckConstraint(condition=Q(side__in=["buyer", "expert"]), name="record_side_known"),
            models.CheckConstraint(
                condition=Q(amended_at__isnull=False)
                | Q(cause=F("first_cause"), score=F("first_score"), comment=""),
                name="record_stands_until_amended",
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None) | Q(amended_at__isnull=False), name="reply_to_what_was_amended"
            ),
        ]
        indexes = [models.Index(fields=["subject", "side", "-created_at"], name="record_of_person")]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.get_cause_display()}"

    @property
    def is_amendable(self) -> bool:
        return self.amended_at is None and clock.now() < self.amendable_until

    @property
    def is_judged(self) -> bool:
        """Whether the score is the other party's, or still the neutral one."""
        return self.amended_at is not None


class TrackRecord(models.Model):
    """How reliably one person carried orders through, on one side: counted when it happens, never by a page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="track_records")
    side = models.CharField(_("side"), max_length=6, choices=Side.choices)
    completed = models.PositiveIntegerField(_("orders completed"), default=0)
    cancelled = models.PositiveIntegerField(_("orders cancelled"), default=0)
    due = models.PositiveIntegerField(_("first deliverables that were due"), default=0)
    on_time = models.PositiveIntegerField(_("first deliverables on time"), default=0)
    asked = models.PositiveIntegerField(_("orders that waited for an answer"), default=0, db_default=0)
    answered = models.PositiveIntegerField(_("orders begun or declined in time"), default=0, db_default=0)

    class Meta:
        verbose_name = _("track record")
        verbose_name_plural = _("track records")
        constraints = [
            models.UniqueConstraint(fields=["user", "side"], name="one_track_record_a_side"),
            models.CheckConstraint(condition=Q(on_time__lte=F("due")), name="on_time_among_those_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.side}"

    @property
    def answered_percent(self) -> int | None:
        """How many paid orders in a hundred were begun or declined before their time ran out; nothing before the first."""
        return self.answered * 100 // self.asked if self.asked else None

    @property
    def on_time_percent(self) -> int | None:
        """How many first deliverables in a hundred came in time; nothing before the first."""
        return self.on_time * 100 // self.due if self.due else None
