"""A confidentiality agreement between a company and an expert: one file, accepted by both with name, date and digest."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.companies import acting
from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable
from marketplace.kernel.private_files import PrivateFile
from messaging.models import Contact


class NdaQuerySet(models.QuerySet["Nda"]):
    def visible_to(self, user: User) -> "NdaQuerySet":
        """Those of the conversations a person takes part in."""
        return self.filter(contact__in=Contact.objects.of(user))

    def in_force(self) -> "NdaQuerySet":
        """Accepted by both."""
        return self.filter(state=Nda.State.ACCEPTED)


class Nda(PrivateFile, Lockable):
    """The company's own agreement, or the one we offer; the company accepts it by proposing it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the expert")
        ACCEPTED = "accepted", _("Accepted by both")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="ndas")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PROPOSED)
    is_ours = models.BooleanField(_("with our words"), default=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    """The SHA-256 of the file."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_name = models.CharField(_("accepted for the company by"), max_length=120)
    proposed_at = models.DateTimeField(_("proposed on"), default=clock.now)
    accepted_name = models.CharField(_("accepted by the expert as"), max_length=120, blank=True)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = NdaQuerySet.as_manager()

    class Meta:
        verbose_name = _("confidentiality agreement")
        verbose_name_plural = _("confidentiality agreements")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="accepted")
                | (models.Q(accepted_at__isnull=False) & ~models.Q(accepted_name="")),
                name="nda_accepted_by_whom_and_when",
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(state="proposed"), name="one_open_nda_a_contact"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("nda", args=[self.public_id])

    @property
    def reference(self) -> str:
        return f"NDA-{self.pk}"

    @property
    def tone(self) -> str:
        return {"proposed": "warn", "accepted": "ok", "refused": "bad"}.get(self.state, "info")

    def party(self, user: User) -> str:
        """``expert`` or ``company``; empty for anyone else."""
        return self.contact.party(user)

    def acting(self, user: User) -> User:
        """Who acts when a person does: the expert, or the company's side."""
        contact = self.contact
        return user if user.pk == contact.expert_id else acting(user, contact.company, contact.for_company_id)
