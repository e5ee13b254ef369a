"""A company account: several people, each with a role, who buy for one company."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.kernel import clock
from marketplace.kernel.audit import audited
from marketplace.kernel.models import Lockable, PublicId

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from accounts.models.people import User


class CompanyRole(models.TextChoices):
    """What a member may do: see ``accounts.companies``."""

    OWNER = "owner", _("Owner")
    BUYER = "buyer", pgettext_lazy("member of a company", "Buyer")
    ACCOUNTANT = "accountant", _("Accountant")


class Company(PublicId, Lockable):
    """What its members' purchases are made for, and the details their orders are billed to.

    Who belongs to it, and as what, stands on each account: ``User.company`` and ``User.company_role``.
    """

    name = models.CharField(_("company"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("opened on"), default=clock.now)

    if TYPE_CHECKING:
        members: RelatedManager["User"]
        invitations: RelatedManager["CompanyInvitation"]

    class Meta:
        verbose_name = _("company account")
        verbose_name_plural = _("company accounts")
        triggers = [audited("company_audited", "name", "vat_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def billing(self) -> dict[str, str]:
        """What an order of a member is made out to, unless they type something else."""
        return {
            "company": self.name,
            "siren": self.siren,
            "address": self.address,
            "postal_code": self.postal_code,
            "city": self.city,
            "country": self.country,
            "vat_number": self.vat_number,
        }


class CompanyInvitationQuerySet(models.QuerySet["CompanyInvitation"]):
    def waiting(self, now: datetime) -> "CompanyInvitationQuerySet":
        """Not answered, not taken back, and still in time."""
        return self.filter(state=CompanyInvitation.State.SENT, expires_at__gt=now)


class CompanyInvitation(PublicId, Lockable):
    """A person asked by mail to join; the link serves once and expires."""

    class State(models.TextChoices):
        SENT = "sent", _("Awaiting an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=CompanyRole.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent on"), default=clock.now)
    expires_at = models.DateTimeField(_("ends on"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    objects = CompanyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a company account")
        verbose_name_plural = _("invitations to company accounts")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "company", Lower("email"), condition=Q(state="sent"), name="one_invitation_waiting_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.company}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.SENT and self.expires_at > clock.now()
