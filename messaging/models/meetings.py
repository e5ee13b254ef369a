"""A company that wrote to an expert before buying anything."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.companies import held_by, holds
from accounts.models import Company, User
from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from messaging.models.conversations import Conversation


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, user: User) -> "ContactQuerySet":
        """Those a person takes part in."""
        return self.filter(held_by(user, "company") | Q(expert=user))

    def visible_to(self, user: User) -> "ContactQuerySet":
        """Both sides, and staff until the archive; anyone else gets a 404."""
        if not user.is_staff:
            return self.of(user)
        if user.may_open_archive:
            return self.all()
        return self.exclude(conversation__last_message_at__lt=clock.now() - ARCHIVED_AFTER)


class Contact(PublicId, Lockable):
    """A conversation between a company and an expert, opened by the company alone; one for each pair.

    Once it exists both write in it freely.
    """

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="contact")
    company = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts_made"
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts_received"
    )
    opened_at = models.DateTimeField(default=clock.now)
    declined_at = models.DateTimeField(null=True, editable=False)
    """When the expert declined to go on. The thread is closed until they take it up again."""
    for_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    """The company account whose member wrote; its other members find the talk too."""

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "expert"], condition=Q(for_company=None), name="one_contact_a_pair"
            ),
            models.UniqueConstraint(
                fields=["for_company", "expert"],
                condition=Q(for_company__isnull=False),
                name="one_contact_a_company_and_expert",
            ),
            models.CheckConstraint(
                condition=~Q(company=models.F("expert")), name="nobody_contacts_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.expert}"

    def get_absolute_url(self) -> str:
        return reverse("conversation", args=[self.public_id])

    def other(self, user: User) -> User:
        """The person opposite."""
        return self.company if user.pk == self.expert_id else self.expert

    def party(self, user: User) -> str:
        """``expert`` or ``company``: the side a person writes from; empty for who only looks."""
        if user.pk == self.expert_id:
            return "expert"
        return "company" if holds(user, self.company_id, self.for_company_id) else ""
