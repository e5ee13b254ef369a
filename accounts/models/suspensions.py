"""Why, from when and until when an expert is kept from selling by our team."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.audit import audited
from marketplace.kernel.models import Lockable, PublicId


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def open(self) -> "SuspensionQuerySet":
        """Announced or running."""
        return self.filter(state__in=Suspension.OPEN)

    def due(self, now: datetime) -> "SuspensionQuerySet":
        """Those that time moves on: they begin, they end, or our team looks at them again."""
        return self.open().filter(
            Q(state=Suspension.State.ANNOUNCED, takes_effect_at__lte=now)
            | Q(state=Suspension.State.RUNNING, ends_at__lte=now)
            | Q(state=Suspension.State.RUNNING, review_due_at__lte=now)
        )

    def unanswered(self) -> "SuspensionQuerySet":
        """Those whose person replied, and waits for our word."""
        return self.open().filter(replied_at__isnull=False, answered_at=None)


class Suspension(PublicId, Lockable):
    """A decision of our team about an expert, with its reasons: announced, then running, then over.

    Article 4 of regulation (EU) 2019/1150 and article 17 of regulation (EU) 2022/2065: the reasons are stated, and
    the person is heard. Whatever state it is in, a date moves it on: ``takes_effect_at``, then ``ends_at``, or
    ``review_due_at`` where no end was set.
    """

    class Ground(models.TextChoices):
        FRAUD = "fraud", _("False identity, false papers or fraud")
        ABUSE = "abuse", _("Insults, harassment or discrimination")
        ORDER = "order", _("Order of a court or an authority")
        OUTSIDE = "outside", _("Dealing or asking to be paid outside the site")
        CHARTER = "charter", _("Breach of the charter or the terms")
        QUALITY = "quality", _("Work not delivered, again and again")
        REFUSALS = "refusals", _("Orders refused one after the other")
        COPY = "copy", _("Copies the work of somebody else")
        OTHER = "other", _("Another reason")

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        RUNNING = "running", _("Running")
        DROPPED = "dropped", _("Given up before it began")
        ENDED = "ended", _("Over")

    GRAVE = (Ground.FRAUD, Ground.ABUSE, Ground.ORDER)
    """Grounds on which it may begin at once; all others leave time to reply."""
    OPEN = (State.ANNOUNCED, State.RUNNING)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="suspensions",
        verbose_name=_("expert"),
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    words = models.TextField(_("reasons"), max_length=2_000)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ANNOUNCED)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    takes_effect_at = models.DateTimeField(_("takes effect"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    """By itself. Empty: until our team lifts it."""
    review_due_at = models.DateTimeField(_("to look at again"), null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=4_000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    answer = models.TextField(_("our answer"), max_length=2_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("over on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("lifted by"),
    )
    """Nobody when it ended by itself."""
    closing_words = models.TextField(_("why it was lifted"), max_length=1_000, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["announced", "running"]),
                name="one_suspension_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["announced", "running", "dropped", "ended"]),
                name="suspension_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(ends_at__isnull=False) | Q(review_due_at__isnull=False),
                name="suspension_never_runs_without_a_date",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="suspension_has_reasons"),
        ]
        triggers = [audited("suspension_audited", "state", "takes_effect_at", "ends_at", "words", "ground")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_ground_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def may_reply(self) -> bool:
        """Once, for as long as it is announced or runs."""
        return self.is_open and self.replied_at is None
