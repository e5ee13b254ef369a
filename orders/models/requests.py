"""A need that no offer meets, the experts invited to it, and the terms each negotiates."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.companies import acting, held_by, holds
from accounts.models import Company, User
from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from messaging.models import PrivateFile
from offers.models import Category
from orders.models.order import Order

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class CustomRequestQuerySet(models.QuerySet["CustomRequest"]):
    def visible_to(self, user: User) -> "CustomRequestQuerySet":
        """The buyer, and staff until the archive. Nobody else: experts see the request through their invitation."""
        if not user.is_staff:
            return self.asked_by(user)
        if user.may_open_archive:
            return self.all()
        return self.exclude(closed_at__lt=clock.now() - ARCHIVED_AFTER)

    def asked_by(self, user: User) -> "CustomRequestQuerySet":
        """What they asked for, or their company did."""
        return self.filter(held_by(user))

    def waiting(self) -> "CustomRequestQuerySet":
        """Still without an agreement."""
        return self.filter(state__in=CustomRequest.WAITING)

    def for_staff(self) -> "CustomRequestQuerySet":
        """Those our team must hand to experts: nobody was invited, or nobody invited is left."""
        live = Invitation.objects.live().filter(request=models.OuterRef("pk"))
        return self.waiting().filter(~models.Exists(live)).order_by("created_at", "pk")

    def overdue(self, now: datetime) -> "CustomRequestQuerySet":
        """Without an agreement when their time was over."""
        return self.waiting().filter(expires_at__lte=now)


class CustomRequest(PublicId, Lockable):
    """What a buyer needs. Never public: only experts whom our team invites read it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Being read by our team")
        OPEN = "open", _("With the experts")
        AGREED = "agreed", _("Agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    WAITING = (State.SUBMITTED, State.OPEN)

    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="custom_requests"
    )
    for_company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="custom_requests",
    )
    """The company account whose member asked."""
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="custom_requests")
    title = models.CharField(_("title"), max_length=90)
    need = models.TextField(_("need"), max_length=8_000)
    budget_cents = models.PositiveBigIntegerField(_("budget"))
    """Including tax: what the buyer proposes to pay."""
    wanted_on = models.DateField(_("wanted by"))
    is_confidential = models.BooleanField(_("confidential"), default=False)
    """The buyer's name stays unknown to experts until one is chosen."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    alarmed_days = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many days old it was, nobody having agreed, when staff were last alarmed."""
    reminded_days = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many days a proposal had waited when the buyer was last reminded to choose."""
    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, null=True, editable=False, related_name="custom_request"
    )

    objects = CustomRequestQuerySet.as_manager()

    if TYPE_CHECKING:
        invitations: RelatedManager["Invitation"]
        files: RelatedManager["RequestFile"]

    class Meta:
        verbose_name = _("custom request")
        verbose_name_plural = _("custom requests")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="agreed", order__isnull=False) | (~Q(state="agreed") & Q(order=None)),
                name="agreed_request_has_its_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "open"]) | Q(closed_at__isnull=False),
                name="closed_request_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(state__in=["submitted", "open"]), name="due_custom_request"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("request", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    def holds(self, user: User) -> bool:
        """Whether a person is on the asking side."""
        return holds(user, self.buyer_id, self.for_company_id)

    def acting(self, user: User) -> User:
        """Who acts when a person does: themselves, or the buyer, in whose place a colleague acts."""
        return acting(user, self.buyer, self.for_company_id)

    def days_left(self, today: date) -> int:
        """Whole days until the buyer wants it; one at least."""
        return max(1, (self.wanted_on - today).days)


class RequestFile(PrivateFile):
    """A file that explains the need: for the buyer, the experts invited and staff."""

    request = models.ForeignKey(CustomRequest, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["pk"]

    @property
    def url(self) -> str:
        """Where those who may read the request download it."""
        return reverse("request_file", args=[self.public_id])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> "InvitationQuerySet":
        """Its expert, the buyer, and staff until the archive."""
        if user.is_staff:
            return self.filter(request__in=CustomRequest.objects.visible_to(user))
        return self.filter(Q(expert=user) | held_by(user, "request__buyer", "request__for_company"))

    def answering(self, user: User) -> "InvitationQuerySet":
        """Those to a request of theirs or of their company."""
        return self.filter(held_by(user, "request__buyer", "request__for_company"))

    def live(self) -> "InvitationQuerySet":
        return self.filter(state=Invitation.State.OPEN)

    def unanswered(self, now: datetime) -> "InvitationQuerySet":
        """Waiting for an expert whose time is over."""
        return self.live().filter(answer_due_at__lte=now)

    def to_remind(self, now: datetime) -> "InvitationQuerySet":
        """Waiting for an expert who has not been reminded yet."""
        return self.live().filter(remind_at__lte=now)


class Invitation(PublicId, Lockable):
    """One expert asked to meet a need: their own negotiation, which the other experts never see."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "Open")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Not answered")
        CHOSEN = "chosen", _("Chosen")
        CLOSED = "closed", _("Closed")

    request = models.ForeignKey(CustomRequest, on_delete=models.CASCADE, related_name="invitations")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    reasons = models.JSONField(default=list)
    """Why our team was shown this expert, in the words of that day."""
    invited_at = models.DateTimeField(default=clock.now)
    answer_due_at = models.DateTimeField(null=True, editable=False)
    """Until when the expert answers the terms before them; empty while the buyer's answer is awaited."""
    remind_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    if TYPE_CHECKING:
        versions: RelatedManager["Terms"]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "expert"], name="one_invitation_a_request_and_expert"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_at__isnull=False), name="ended_invitation_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_due_at"], condition=Q(state="open"), name="due_invitation"),
        ]

    def __str__(self) -> str:
        return f"{self.expert} · {self.request}"

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.public_id])

    def acting(self, user: User) -> User:
        """Who acts when a person does: the expert, or the buyer's side."""
        return user if user.pk == self.expert_id else self.request.acting(user)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def current(self) -> "Terms":
        """The one set of terms that counts: the latest."""
        return max(self.versions.all(), key=lambda version: version.number)


class Terms(models.Model):
    """One version of what both would agree on. Never edited: whoever wants something else writes the next one."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    price_cents = models.PositiveBigIntegerField(_("price"))
    """Including tax."""
    delivery_days = models.PositiveSmallIntegerField(_("delivery time in days"))
    revisions = models.PositiveSmallIntegerField(_("revisions included"))
    scope = models.TextField(_("what is delivered"), max_length=8_000)
    note = models.TextField(_("message"), max_length=2_000, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    expert_agreed_at = models.DateTimeField(null=True)
    """When the expert bound themselves to it: at once for their own version."""

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "number"], name="one_terms_a_number"),
            models.CheckConstraint(
                condition=Q(price_cents__gt=0, delivery_days__gt=0), name="terms_have_a_price_and_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation} · {self.number}"

    @property
    def may_be_chosen(self) -> bool:
        """Whether the buyer may order on it: the expert stands by it."""
        return self.expert_agreed_at is not None
