"""A mission under way: its three instalments, its notes, its end."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.companies import BOOKS, TALKS, held_by
from accounts.models import CompanyRole, User
from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from missions.amounts import Part
from missions.models.quote import Quote
from payments.models import Payment


class MissionQuerySet(models.QuerySet["Mission"]):
    def silent_since(self, moment: datetime) -> "MissionQuerySet":
        """Under way, and neither a message, nor an event, nor its first day since then."""
        return (
            self.filter(state__in=Mission.MAY_SLEEP, quote__starts_on__lte=clock.local_day(moment))
            .exclude(quote__conversation__last_message_at__gt=moment)
            .exclude(pk__in=MissionEvent.objects.filter(created_at__gt=moment).values("mission"))
        )

    def visible_to(self, user: User) -> "MissionQuerySet":
        """Those a person takes part in."""
        return self.filter(Q(expert=user) | self._bought(user))

    def bought_by(self, user: User) -> "MissionQuerySet":
        """Those of the client, or of their company."""
        return self.filter(self._bought(user))

    def with_papers_for(self, user: User) -> "MissionQuerySet":
        """Those whose papers a person may open: both sides, and who keeps the books of the client's."""
        return self.filter(Q(expert=user) | self._bought(user, BOOKS))

    def in_books_of(self, user: User) -> "MissionQuerySet":
        """Those whose amounts and papers a person reads, an accountant included."""
        return self.filter(self._bought(user, BOOKS))

    def for_staff(self, user: Any) -> "MissionQuerySet":
        """For the team: those that ended long ago only for who may open the archive."""
        if user.may_open_archive:
            return self
        return self.exclude(state__in=Mission.OVER, closed_at__lt=clock.now() - ARCHIVED_AFTER)

    @staticmethod
    def _bought(user: User, roles: tuple[CompanyRole, ...] = TALKS) -> Q:
        return held_by(user, "client", "quote__conversation__for_company", roles)


class Mission(PublicId, Lockable):
    """The work a quote led to. Amounts are cents; what was agreed is that of the quote, frozen."""

    class State(models.TextChoices):
        UNPAID = "unpaid", _("Waiting for the first instalment")
        READY = "ready", _("Ready to start")
        RUNNING = "running", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        REVIEW = "review", _("End review")
        CONTESTED = "contested", _("Examined by our team")
        SETTLING = "settling", _("Waiting for the closing balance")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Ended early")
        CANCELLED = "cancelled", _("Cancelled")

    OVER = (State.COMPLETED, State.STOPPED, State.CANCELLED)
    AT_WORK = (State.RUNNING, State.SUSPENDED, State.REVIEW)
    MAY_SLEEP = (State.READY, *AT_WORK, State.SETTLING)

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="mission")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="missions_led"
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="missions_bought"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UNPAID)
    total_ht_cents = models.PositiveBigIntegerField(_("total before VAT, in cents"))
    vat_bp = models.PositiveIntegerField(_("VAT in basis points"))
    commission_bp = models.PositiveIntegerField(_("commission in basis points"))

    created_at = models.DateTimeField(_("agreed on"), default=clock.now)
    started_at = models.DateTimeField(_("started on"), null=True, blank=True)
    suspended_at = models.DateTimeField(_("suspended on"), null=True, blank=True)
    suspended_seconds = models.PositiveBigIntegerField(default=0, editable=False)
    ends_on = models.DateField(_("expected end"))
    review_due_at = models.DateTimeField(_("end review to answer by"), null=True, blank=True)
    contested_at = models.DateTimeField(_("brought to our team on"), null=True, blank=True)
    contested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brought to our team by"),
    )
    alarmed_days = models.PositiveSmallIntegerField(default=0, editable=False)
    """The last alarm given to the team about it, as days since it was brought there."""
    dormancy_warned_at = models.DateTimeField(_("silence noticed on"), null=True, blank=True)
    dormancy_raised_at = models.DateTimeField(_("silence brought to our team on"), null=True, blank=True)
    validated_at = models.DateTimeField(_("end review validated on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    expert_review = models.TextField(_("end review by the expert"), blank=True)
    client_review = models.TextField(_("end review by the client"), blank=True)
    client_rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    validated_by_silence = models.BooleanField(_("validated by silence"), default=False)
    refunded_cents = models.PositiveBigIntegerField(_("refunded, in cents"), default=0)
    commission_back_cents = models.PositiveBigIntegerField(_("commission given back, in cents"), default=0)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(expert=F("client")), name="mission_between_two_people"),
            models.CheckConstraint(
                condition=Q(client_rating=None) | Q(client_rating__gte=1, client_rating__lte=5),
                name="mission_rating_one_to_five",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_due_at"],
                condition=Q(review_due_at__isnull=False),
                name="mission_review_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("mission", args=[self.public_id])

    @property
    def reference(self) -> str:
        return f"M-{self.quote.number}"

    @property
    def title(self) -> str:
        return self.quote.title

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def tone(self) -> str:
        return {
            "unpaid": "warn",
            "ready": "warn",
            "suspended": "bad",
            "contested": "bad",
            "completed": "ok",
        }.get(self.state, "info")

    def party(self, user: User) -> str:
        """``expert`` or ``client``; empty for anyone else."""
        if user.pk == self.expert_id:
            return "expert"
        return "client" if self.quote.is_held_by(user) else ""

    def acting(self, user: User) -> User:
        """Who acts when a person does: themselves, or the client, in whose place a colleague acts."""
        return user if user.pk == self.expert_id else self.quote.acting(user)

    def other(self, user: User) -> User:
        return self.client if user.pk == self.expert_id else self.expert


class Instalment(PublicId, Lockable):
    """One of the payments of a mission, with a payment and a hold of its own. Amounts are cents."""

    class State(models.TextChoices):
        PLANNED = "planned", _("To come")
        ASKED = "asked", _("To be paid")
        HELD = "held", _("Held until validation")
        RELEASED = "released", _("Paid to the expert")
        REFUNDED = "refunded", _("Refunded")
        CANCELLED = "cancelled", _("No longer due")

    PAID = (State.HELD, State.RELEASED)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    percent = models.PositiveSmallIntegerField(_("percent"))
    ht_cents = models.PositiveBigIntegerField(_("before VAT, in cents"))
    vat_cents = models.PositiveBigIntegerField(_("VAT, in cents"))
    vat_bp = models.PositiveIntegerField(_("VAT in basis points"), default=0)
    commission_ht_cents = models.PositiveBigIntegerField(_("commission before VAT, in cents"), default=0)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="instalment"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True)
    due_at = models.DateTimeField(_("to be paid by"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid on"), null=True, blank=True)
    released_at = models.DateTimeField(_("paid to the expert on"), null=True, blank=True)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["mission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "number"], name="one_instalment_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(payment__isnull=False),
                name="instalment_has_its_own_payment",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="asked"), name="instalment_due")]

    def __str__(self) -> str:
        return f"{self.mission.reference} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("instalment_payment", args=[self.public_id])

    @property
    def ttc_cents(self) -> int:
        return self.ht_cents + self.vat_cents

    @property
    def part(self) -> Part:
        return Part(self.ht_cents, self.vat_cents, self.commission_ht_cents, self.vat_bp)

    def take(self, part: Part) -> None:
        """Become what was worked out anew."""
        self.ht_cents, self.vat_cents = part.ht_cents, part.vat_cents
        self.commission_ht_cents, self.vat_bp = part.commission_ht_cents, part.vat_bp

    @property
    def is_late(self) -> bool:
        """Asked, and not paid in time."""
        return self.state == self.State.ASKED and self.due_at is not None and self.due_at <= clock.now()

    @property
    def tone(self) -> str:
        return {"asked": "warn", "held": "info", "released": "ok", "refunded": "bad"}.get(self.state, "")


class Ending(PublicId, Lockable):
    """A proposal to end a mission early, at so many percent done. It counts once the other party agrees."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Agreed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Left unanswered")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="endings")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    percent_done = models.PositiveSmallIntegerField(_("percent done"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PROPOSED)
    created_at = models.DateTimeField(_("proposed on"), default=clock.now)
    due_at = models.DateTimeField(_("to be answered by"))
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal to end a mission early")
        verbose_name_plural = _("proposals to end missions early")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission"], condition=Q(state="proposed"), name="one_open_ending_a_mission"
            ),
            models.CheckConstraint(condition=Q(percent_done__lte=100), name="ending_at_most_wholly_done"),
        ]

    def __str__(self) -> str:
        return f"{self.mission.reference} · {self.percent_done} %"


class MissionEvent(models.Model):
    """What happened to a mission, and the notes people leave on its progress. Never edited."""

    class Kind(models.TextChoices):
        AGREED = "agreed", _("Quote accepted")
        ASKED = "asked", _("Instalment asked")
        PAID = "paid", _("Instalment paid")
        STARTED = "started", _("Mission started")
        NOTE = "note", _("Progress note")
        SUSPENDED = "suspended", _("Work suspended")
        RESUMED = "resumed", _("Work resumed")
        REVIEWED = "reviewed", _("End review handed over")
        CONTESTED = "contested", _("End review refused")
        ENDING_PROPOSED = "ending_proposed", _("Early end proposed")
        ENDING_REFUSED = "ending_refused", _("Early end refused")
        STOPPED = "stopped", _("Mission ended early")
        COMPLETED = "completed", _("Mission completed")
        CANCELLED = "cancelled", _("Mission cancelled")
        GOES_ON = "goes_on", _("Mission confirmed as going on")
        TEAM_ASKED = "team_asked", _("Brought to our team")
        TEAM_LEFT = "team_left", _("Taken back from our team")
        RULED = "ruled", _("Decision of our team")
        AMENDMENT_SENT = "amendment_sent", _("Amendment proposed")
        AMENDED = "amended", _("Amendment signed")
        REPORTED = "reported", _("Activity report sent")
        REPORT_VALIDATED = "report_validated", _("Activity report validated")
        REGIME = "regime", _("VAT regime of the expert changed")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("words"), blank=True)
    data: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("on"), default=clock.now)

    class Meta:
        verbose_name = _("event of a mission")
        verbose_name_plural = _("events of missions")
        ordering = ["created_at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep whose hand it was, where a colleague acted in the client's place."""
        if self.actor is not None and self.actor.hand is not None:
            self.actor = self.actor.hand
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.mission.reference} {self.get_kind_display()}"
