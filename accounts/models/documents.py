"""What experts show to be checked: each document, its dates, what staff decided, and who looked at it."""

from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models.legal import LegalEntity
from accounts.models.matrix import RULES, Kind, KindRule
from accounts.models.people import User
from marketplace.kernel.audit import audited
from marketplace.kernel.models import Lockable
from marketplace.kernel.private_files import PrivateFile


class DocumentQuerySet(models.QuerySet["Document"]):
    def readable_by(self, user: User) -> "DocumentQuerySet":
        """For the team: all of them, those of closed accounts only for who may open the archive."""
        return self if user.may_open_archive else self.filter(user__closed_at=None)

    def in_review(self) -> "DocumentQuerySet":
        """Those that wait for our team, the oldest first."""
        return self.filter(state=Document.State.IN_REVIEW).order_by("uploaded_at", "pk")

    def in_force(self, on: date) -> "DocumentQuerySet":
        """Accepted, and not past their last day."""
        return self.filter(state=Document.State.ACCEPTED).filter(Q(valid_until=None) | Q(valid_until__gte=on))

    def run_out(self, on: date) -> "DocumentQuerySet":
        """Accepted once, and past their last day."""
        return self.filter(state=Document.State.ACCEPTED, valid_until__lt=on)


class Document(PrivateFile, Lockable):
    """A document sent by an expert. Its dates are those written on it; the day it was sent counts for nothing.

    The file may go when its time of keeping is over; the row with its digest and dates remains.
    """

    class State(models.TextChoices):
        IN_REVIEW = "in_review", _("In review")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Expired")
        REPLACED = "replaced", _("Replaced")

    class Refusal(models.TextChoices):
        UNREADABLE = "unreadable", _("It cannot be read")
        INCOMPLETE = "incomplete", _("A page or a side is missing")
        OUT_OF_DATE = "out_of_date", _("It is out of date")
        WRONG_KIND = "wrong_kind", _("It is another document")
        MISMATCH = "mismatch", _("The name, the SIREN or the dates do not match the account")
        DOUBTFUL = "doubtful", _("We doubt that it is genuine")
        OTHER = "other", _("Another reason")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="documents")
    entity = models.ForeignKey(
        LegalEntity, on_delete=models.PROTECT, related_name="documents", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.IN_REVIEW)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    issued_on = models.DateField(_("date of the document"), null=True, blank=True)
    ends_on = models.DateField(_("last day written on it"), null=True, blank=True)
    valid_until = models.DateField(_("counts until"), null=True, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    uploaded_at = models.DateTimeField(_("sent"), default=timezone.now)
    review_due_at = models.DateTimeField(_("to check before"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    refusal = models.CharField(_("reason"), max_length=12, choices=Refusal.choices, blank=True)
    refusal_note = models.TextField(_("in our words"), max_length=600, blank=True)
    reminded_at_days = models.SmallIntegerField(null=True, blank=True, editable=False)
    """The last reminder sent, as days before the last day."""

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        triggers = [
            audited(
                "document_audited", "state", "issued_on", "ends_on", "valid_until", "refusal", "refusal_note"
            ),
        ]
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "kind", "-uploaded_at"], name="document_of_expert"),
            models.Index(fields=["uploaded_at"], condition=Q(state="in_review"), name="document_in_review"),
            models.Index(fields=["valid_until"], condition=Q(state="accepted"), name="document_runs_out"),
            models.Index(fields=["digest"], name="document_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["in_review", "accepted", "refused", "expired", "replaced"]),
                name="document_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="document_refused_for_a_reason"
            ),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(state="accepted"), name="one_accepted_document_a_kind"
            ),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(state="in_review"), name="one_document_in_review_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.user}"

    @property
    def label(self) -> Any:
        """What it is, to be said in the reader's language."""
        return Kind(self.kind).label

    @property
    def rule(self) -> KindRule:
        return RULES[self.kind]

    def is_in_force(self, on: date) -> bool:
        return self.state == self.State.ACCEPTED and (self.valid_until is None or self.valid_until >= on)

    def is_expiring(self, on: date) -> bool:
        """Whether a new one should be asked for."""
        return (
            self.is_in_force(on)
            and self.valid_until is not None
            and self.valid_until <= on + rules.EXPIRING_WITHIN
        )

    @property
    def grace_until(self) -> date | None:
        """The last day this document counts while its renewal, sent in time, waits for us."""
        return self.valid_until + rules.REVIEW_GRACE if self.valid_until else None

    def reminder_due(self, on: date) -> int | None:
        """The reminder to send today, as days before the last day; None when none is due."""
        if self.state != self.State.ACCEPTED or self.valid_until is None or self.valid_until < on:
            return None
        left = (self.valid_until - on) // timedelta(days=1)
        reached = [days for days in rules.EXPIRY_REMINDERS if left <= days]
        if not reached:
            return None
        nearest = min(reached)
        if self.reminded_at_days is not None and self.reminded_at_days <= nearest:
            return None
        return nearest


class DocumentAccess(models.Model):
    """Somebody opened a document: written before the file leaves, never altered or deleted."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("opened"), default=timezone.now)

    class Meta:
        verbose_name = _("look at a document")
        verbose_name_plural = _("looks at documents")
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="access_kept", operation=pgtrigger.Delete | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.document}"
