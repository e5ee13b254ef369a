"""What staff ask and write while a dispute is open."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.models.disputes import Dispute
from marketplace.kernel import rules
from marketplace.kernel.models import Lockable, PublicId


class StaffQuestionQuerySet(models.QuerySet["StaffQuestion"]):
    def open(self) -> "StaffQuestionQuerySet":
        return self.filter(answered_at=None, closed_at=None)

    def overdue(self, now: datetime) -> "StaffQuestionQuerySet":
        return self.open().filter(due_at__lte=now)


class StaffQuestion(PublicId, Lockable):
    """A question from staff to one party, with a time to answer. Both parties read it and its answer."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("question"), max_length=rules.MAX_MESSAGE_LENGTH)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("answer due"))
    answer = models.TextField(_("answer"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    """When its time ran out in silence."""

    objects = StaffQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a party")
        verbose_name_plural = _("questions to parties")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.body[:60]


class StaffNote(models.Model):
    """What staff write in a dispute: a word of mediation to both parties, or a note for the team alone."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("note"), max_length=rules.MAX_MESSAGE_LENGTH)
    is_shared = models.BooleanField(_("read by both parties"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note of staff")
        verbose_name_plural = _("notes of staff")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.body[:60]
