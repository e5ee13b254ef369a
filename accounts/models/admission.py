"""How an expert is let in: an application, the charter they sign, the club that votes, the committee that decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import Lockable, PublicId


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> "ApplicationQuerySet":
        return self.filter(state__in=Application.OPEN)

    def for_committee(self) -> "ApplicationQuerySet":
        """Those our team must decide, the oldest first."""
        return self.filter(state=Application.State.COMMITTEE).order_by("due_at", "pk")


class Application(PublicId, Lockable):
    """A wish to be admitted. Whatever state it waits in, ``due_at`` says until when, and somebody is asked.

    Draft: the candidate. Club: the members of the field, until quorum or time; then the committee. Committee:
    our team. Refused: the candidate may appeal once before ``due_at``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        CLUB = "club", _("Before the club")
        COMMITTEE = "committee", _("Before the committee")
        ADMITTED = "admitted", _("Admitted")
        REFUSED = "refused", _("Not admitted")

    class Ground(models.TextChoices):
        EXPERIENCE = "experience", _("By experience")
        AGE = "age", _("By age")

    class Decider(models.TextChoices):
        CLUB = "club", _("The club")
        COMMITTEE = "committee", _("The committee")

    OPEN = (State.DRAFT, State.CLUB, State.COMMITTEE)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    ground = models.CharField(_("criterion"), max_length=10, choices=Ground.choices, blank=True)
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    attested = models.BooleanField(_("attested on honour"), default=False)
    field = models.ForeignKey(
        "offers.Category",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("field"),
    )
    track_record = models.TextField(_("experience"), max_length=4_000, blank=True)
    motivation = models.TextField(_("wish to pass on"), max_length=2_000, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    due_at = models.DateTimeField(_("waits until"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decider = models.CharField(_("decided by"), max_length=10, choices=Decider.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("signed by"),
    )
    reasons = models.TextField(_("reasons"), max_length=4_000, blank=True)
    appeal = models.TextField(_("appeal"), max_length=2_000, blank=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["draft", "club", "committee"]),
                name="one_open_application",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "club", "committee"]) | Q(due_at__isnull=False),
                name="application_never_waits_without_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "club", "committee", "admitted", "refused"]),
                name="application_state_known",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="application_due")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_appealed(self) -> bool:
        return self.appealed_at is not None


class ClubMember(models.Model):
    """A reference expert who votes newcomers in or out of their field."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="club_seats")
    field = models.ForeignKey(
        "offers.Category", on_delete=models.PROTECT, related_name="+", verbose_name=_("field")
    )
    is_active = models.BooleanField(_("active"), default=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member of the club")
        verbose_name_plural = _("members of the club")
        ordering = ["field", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "field"], name="one_seat_a_field")]

    def __str__(self) -> str:
        return f"{self.user} · {self.field}"


class Ballot(models.Model):
    """What a member of the club said of a candidate, with their reason; cast once, kept as it is."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        RECUSED = "recused", _("Does not vote")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ballots")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    reason = models.TextField(_("reason"), max_length=1_000)
    cast_at = models.DateTimeField(_("cast"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["cast_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_choice_display()}"
