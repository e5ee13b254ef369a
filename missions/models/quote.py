"""An expert's priced plan: written once, then accepted exactly as it stands, or replaced by a new version."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.companies import BOOKS, acting, held_by, holds, readers
from accounts.models import User
from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock, rules
from marketplace.kernel.models import Lockable, PublicId
from messaging.models import Conversation
from missions.amounts import Part, instalments


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: User) -> "QuoteQuerySet":
        """Those a person wrote or received."""
        return self.filter(Q(expert=user) | held_by(user, "client", "conversation__for_company"))

    def with_papers_for(self, user: User) -> "QuoteQuerySet":
        """Those whose document a person may open: both sides, and who keeps the books of the client's."""
        return self.filter(Q(expert=user) | held_by(user, "client", "conversation__for_company", BOOKS))

    def for_staff(self, user: Any) -> "QuoteQuerySet":
        """For the team: those over for long, with the mission they led to, only for who may open the archive."""
        if user.may_open_archive:
            return self
        before = clock.now() - ARCHIVED_AFTER
        over = Q(mission__state__in=("completed", "stopped", "cancelled"), mission__closed_at__lt=before)
        return self.exclude(Q(mission=None, closed_at__lt=before) | over)

    def open(self) -> "QuoteQuerySet":
        return self.filter(state=Quote.State.SENT)

    def overdue(self) -> "QuoteQuerySet":
        """Those whose time to be accepted is over."""
        return self.open().filter(expires_at__lte=clock.now())


class Quote(PublicId, Lockable):
    """What an expert proposes to a client, at which price and on which terms. Amounts are cents.

    Its content is never edited: a change is another version, which replaces it. The digest is that of everything the
    client reads, so that an acceptance names exactly what was accepted.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Waiting for the client")
        REPLACED = "replaced", _("Replaced by a newer version")
        WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Expired")
        ACCEPTED = "accepted", pgettext_lazy("document", "Accepted")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="quotes")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quotes_written"
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quotes_received"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    number = models.PositiveIntegerField(_("number"))
    """Shared by the versions of one quote."""
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)

    title = models.CharField(_("title"), max_length=120)
    context = models.TextField(_("context"), blank=True)
    deliverables = models.TextField(_("deliverables"))
    conditions = models.TextField(_("conditions"), blank=True)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    confidential = models.BooleanField(_("with a confidentiality agreement"), default=False)

    total_ht_cents = models.PositiveBigIntegerField(_("total before VAT, in cents"))
    vat_bp = models.PositiveIntegerField(_("VAT in basis points"))
    commission_bp = models.PositiveIntegerField(
        _("commission in basis points"), default=rules.COMMISSION_MISSION_BP
    )
    percents = models.JSONField(_("instalments in percent"))
    seller = models.JSONField(_("who sells"), default=dict)
    buyer = models.JSONField(_("who buys"), default=dict)
    """Names and addresses as they were when the quote was sent."""

    digest = models.CharField(_("digest"), max_length=64, editable=False)
    sent_at = models.DateTimeField(_("sent on"), default=clock.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_name = models.CharField(_("accepted in the name of"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="one_quote_a_version"),
            models.CheckConstraint(condition=Q(total_ht_cents__gt=0), name="quote_has_a_price"),
            models.CheckConstraint(condition=~Q(expert=F("client")), name="quote_between_two_people"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="quote_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False) & ~Q(accepted_name=""),
                name="quote_accepted_by_whom_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="sent"), name="quote_to_expire"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.public_id])

    @property
    def talk_url(self) -> str:
        """Where its two sides write to each other."""
        talk = self.conversation
        begun: Any = getattr(talk, "contact", None) or getattr(talk, "order", None)
        return str(begun.get_absolute_url()) if begun is not None else ""

    def readers(self) -> list[User]:
        """Whom to tell on the client's side: a client who left their company is followed by its owners."""
        return readers(self.client, self.conversation.for_company_id)

    def is_held_by(self, user: User) -> bool:
        """Whether a person is on the client's side."""
        return holds(user, self.client_id, self.conversation.for_company_id)

    def acting(self, user: User) -> User:
        """Who acts when a person does: the expert, or the client's side."""
        return (
            user if user.pk == self.expert_id else acting(user, self.client, self.conversation.for_company_id)
        )

    @property
    def reference(self) -> str:
        return f"D-{self.number}" + (f"-{self.version}" if self.version > 1 else "")

    @property
    def parts(self) -> list[Part]:
        """The three instalments, to the cent."""
        return instalments(
            self.total_ht_cents,
            percents=self.percents,
            vat_bp=self.vat_bp,
            commission_bp=self.commission_bp,
        )

    @property
    def total_vat_cents(self) -> int:
        return sum(part.vat_cents for part in self.parts)

    @property
    def total_ttc_cents(self) -> int:
        return self.total_ht_cents + self.total_vat_cents

    @property
    def is_open(self) -> bool:
        """Whether it may still be accepted."""
        return self.state == self.State.SENT and self.expires_at > clock.now()

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {"sent": "warn", "accepted": "ok", "refused": "bad"}.get(self.state, "info")

    def content(self, lines: list["QuoteLine"]) -> dict[str, Any]:
        """Everything the client agrees to, in a fixed form."""
        return {
            "reference": self.reference,
            "expert": self.expert_id,
            "client": self.client_id,
            "seller": self.seller,
            "buyer": self.buyer,
            "title": self.title,
            "context": self.context,
            "deliverables": self.deliverables,
            "conditions": self.conditions,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "confidential": self.confidential,
            "lines": [
                [line.label, line.quantity_hundredths, line.unit, line.unit_price_cents, line.total_cents]
                for line in lines
            ],
            "total_ht_cents": self.total_ht_cents,
            "vat_bp": self.vat_bp,
            "commission_bp": self.commission_bp,
            "percents": list(self.percents),
            "expires_at": self.expires_at.isoformat(timespec="seconds"),
        }

    def digest_of(self, lines: list["QuoteLine"]) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        text = json.dumps(self.content(lines), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class QuoteLine(models.Model):
    """One line of a quote: so many of a unit, at a price each, before VAT. Quantities are hundredths, prices cents."""

    class Unit(models.TextChoices):
        DAY = "day", _("day")
        HOUR = "hour", _("hour")
        FLAT = "flat", _("flat price")

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=160)
    quantity_hundredths = models.PositiveIntegerField(_("quantity in hundredths"))
    unit = models.CharField(_("unit"), max_length=4, choices=Unit.choices, default=Unit.DAY)
    unit_price_cents = models.PositiveBigIntegerField(_("unit price before VAT, in cents"))
    total_cents = models.PositiveBigIntegerField(_("total before VAT, in cents"))

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="one_line_a_position_of_a_quote"),
            models.CheckConstraint(
                condition=Q(quantity_hundredths__gt=0, unit_price_cents__gt=0, total_cents__gt=0),
                name="quote_line_has_a_price",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def quantity(self) -> str:
        """As it is read, without needless zeros."""
        whole, rest = divmod(self.quantity_hundredths, 100)
        from django.utils.formats import get_format

        mark = get_format("DECIMAL_SEPARATOR")
        return f"{whole}{mark}{rest:02d}".rstrip("0") if rest else str(whole)

    @property
    def amount(self) -> str:
        """How many of which unit, as it is read: ``2,5 days``, or a flat price."""
        count = 2 if self.quantity_hundredths >= 200 else 1
        if self.unit == self.Unit.DAY:
            return self.quantity + " " + ngettext("day", "days", count)
        if self.unit == self.Unit.HOUR:
            return self.quantity + " " + ngettext("hour", "hours", count)
        return str(self.Unit.FLAT.label) + (f" × {self.quantity}" if self.quantity != "1" else "")
