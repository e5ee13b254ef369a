"""A disagreement over an order: what its opener says, and what staff decided."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from marketplace.kernel.models import Lockable, PublicId
from orders.models import Order

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def waiting(self) -> "DisputeQuerySet":
        """Those staff must still rule on: neither ruled, nor withdrawn, nor settled by the parties meanwhile."""
        return self.filter(ruled_at=None, withdrawn_at=None, order__state="disputed")

    def to_answer(self) -> "DisputeQuerySet":
        """Those the other party has not answered, and may still."""
        return self.waiting().filter(answered_at=None, answer_closed_at=None)

    def answer_overdue(self, now: datetime) -> "DisputeQuerySet":
        return self.to_answer().filter(answer_due_at__lte=now)

    def answer_to_remind(self, now: datetime) -> "DisputeQuerySet":
        return self.to_answer().filter(answer_reminded_at=None, answer_remind_at__lte=now)

    def to_confirm(self) -> "DisputeQuerySet":
        """Those whose decision waits for a second member of the team."""
        return self.waiting().filter(
            rulings__written_at__isnull=False, rulings__carried_out_at=None, rulings__dropped_at=None
        )

    def appealed(self) -> "DisputeQuerySet":
        """Those whose appeal nobody has judged."""
        return self.filter(appeal__isnull=False, appeal__decided_at=None)

    def ruled(self) -> "DisputeQuerySet":
        return self.filter(ruled_at__isnull=False)


class Dispute(PublicId, Lockable):
    """A disagreement over an order, one at a time. Its money stays frozen until staff rule or the parties agree.

    Locked after its order, never before.
    """

    class Wish(models.TextChoices):
        REFUND = "refund", _("The whole amount goes back to the buyer")
        SHARE = "share", _("The amount is shared")
        PAYMENT = "payment", _("The expert is paid")
        REWORK = "rework", _("The work goes on, with a new date")

    class Decision(models.TextChoices):
        REFUND = "refund", _("The buyer is paid back in full")
        SHARE = "share", _("The amount is shared")
        PAYMENT = "payment", _("The expert is paid in full")
        RELAUNCH = "relaunch", _("The work goes on, with a new date")

    class Ground(models.TextChoices):
        UNSUITABLE = "unsuitable", _("The deliverable is still judged unsuitable after several tries")
        REWORK_REFUSED = "rework_refused", _("The expert refuses to rework the deliverable")
        TOO_SLOW = "too_slow", _("The expert is too slow")
        LATE = "late", _("The first deliverable is late")
        CANCELLATION_REFUSED = "no_cancelling", _("The other party refuses to cancel the order")
        ABUSE = "abuse", _("The other party's behaviour is abusive")
        ABSENCE = "absence", _("The parties disagree on who came to the call")
        NOT_PROMISED = "not_promised", _("The work is not what the order promised")
        FILES = "files", _("Files are missing or cannot be opened")

    GROUNDS_OF_CALLS = (Ground.ABSENCE,)
    """The grounds that a call alone gives; they open by themselves when both say the other was absent."""

    GROUNDS_OF_CLAIMS = (Ground.NOT_PROMISED, Ground.FILES)
    """The grounds of a buyer after the order is completed: satisfied or refunded, on what was promised and not on taste.

    After an acceptance of their own, only the files: what a look could not show.
    """

    GROUNDS_OF_EXPERT = (Ground.UNSUITABLE, Ground.CANCELLATION_REFUSED, Ground.ABUSE)
    """The grounds that make sense when it is the expert who complains; a buyer has them all."""

    order = models.ForeignKey(
        Order, verbose_name=_("order"), on_delete=models.PROTECT, related_name="disputes", editable=False
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disputes_opened", editable=False
    )
    ground = models.CharField(_("ground"), max_length=16, choices=Ground.choices, editable=False)
    statement = models.TextField(_("statement"), max_length=rules.MAX_MESSAGE_LENGTH, editable=False)
    wish = models.CharField(
        _("wished outcome"), max_length=8, choices=Wish.choices, blank=True, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    before = models.JSONField(default=dict, editable=False)
    """The state and dates of the order when it froze, to go back to if the dispute is withdrawn."""

    # What the other party says
    answer = models.TextField(_("answer"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True, editable=False)
    answer_wish = models.CharField(
        _("outcome wished by the other party"), max_length=8, choices=Wish.choices, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answer_due_at = models.DateTimeField(_("answer due"), null=True, editable=False)
    answer_remind_at = models.DateTimeField(null=True, editable=False)
    answer_reminded_at = models.DateTimeField(null=True, editable=False)
    answer_closed_at = models.DateTimeField(_("answer missed"), null=True, editable=False)
    """When the time to answer ran out in silence: staff then rule on what is there."""

    # Its end, otherwise than by a ruling
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    alarmed_days = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many days old it was when staff were last alarmed."""
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    # The ruling in force
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, blank=True, editable=False
    )
    new_due_at = models.DateTimeField(_("new date"), null=True, editable=False)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="rulings", editable=False
    )
    refund_cents = models.PositiveBigIntegerField(_("refund"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    ruled_at = models.DateTimeField(_("ruled"), null=True, editable=False)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ground__in=[
                        "unsuitable",
                        "rework_refused",
                        "too_slow",
                        "late",
                        "no_cancelling",
                        "abuse",
                        "absence",
                        "not_promised",
                        "files",
                    ]
                ),
                name="dispute_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(ruled_at=None, ruled_by=None, refund_cents=None, reason="")
                | (
                    Q(ruled_at__isnull=False, ruled_by__isnull=False, refund_cents__isnull=False)
                    & ~Q(reason="")
                ),
                name="ruling_whole_or_absent",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(ruled_at=None, withdrawn_at=None),
                name="one_open_dispute_per_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at"], condition=Q(ruled_at=None, withdrawn_at=None), name="dispute_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} · {self.get_ground_display()}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order.public_id])

    @property
    def is_ruled(self) -> bool:
        return self.ruled_at is not None

    @classmethod
    def grounds_of_claim(cls, order: Order) -> tuple[str, ...]:
        """The grounds on which the buyer of a completed order may claim: after their own acceptance, files alone."""
        return tuple(
            ground
            for ground in cls.GROUNDS_OF_CLAIMS
            if order.accepted_automatically or ground == cls.Ground.FILES
        )

    @property
    def is_claim(self) -> bool:
        """Whether it was opened on a completed order: its money had left, and the work is not begun again."""
        return bool(self.before.get("state") == Order.State.COMPLETED)

    @property
    def respondent_id(self) -> int:
        """Who answers: the party who did not open it."""
        order = self.order
        return order.expert_id if self.opened_by_id == order.buyer_id else order.buyer_id

    @property
    def stage(self) -> str:
        """Where it stands: ``withdrawn``, ``ruled``, ``settled``, ``answering`` or ``deciding``."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.ruled_at:
            return "ruled"
        if self.order.state != Order.State.DISPUTED:
            return "settled"
        return "deciding" if self.answered_at or self.answer_closed_at else "answering"

    @property
    def is_open(self) -> bool:
        return self.stage in ("answering", "deciding")

    @property
    def outcome(self) -> "_StrPromise | str":
        """Who the ruling favours, in words; empty while staff have not ruled."""
        return self.Decision(self.decision).label if self.decision else ""
