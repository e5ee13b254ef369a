"""A change of a mission under way, signed by both: past instalments stay, those to come are worked out anew."""

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.models import Lockable, PublicId
from missions.amounts import Part
from missions.models.mission import Mission


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, user: User) -> "AmendmentQuerySet":
        """Those of the missions a person takes part in."""
        return self.filter(mission__in=Mission.objects.visible_to(user))

    def with_papers_for(self, user: User) -> "AmendmentQuerySet":
        """Those whose paper a person may open, an accountant of the client's included."""
        return self.filter(mission__in=Mission.objects.with_papers_for(user))

    def overdue(self) -> "AmendmentQuerySet":
        """Those nobody signed or refused in time."""
        return self.filter(state=Amendment.State.PROPOSED, due_at__lte=clock.now())


class Amendment(PublicId, Lockable):
    """What changes in a mission, for how much, until when. Amounts are cents.

    Proposing it signs it for one side; it counts once the other signs exactly this version. ``plan`` holds the
    instalments to come as both read them: number, before VAT, VAT, commission before VAT. It is never edited.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for a signature")
        SIGNED = "signed", _("Signed by both")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")
        REPLACED = "replaced", _("Replaced by a newer version")
        LAPSED = "lapsed", _("Left unanswered")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    """Shared by the versions of one amendment."""
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PROPOSED)

    words = models.TextField(_("what changes"))
    former_ht_cents = models.PositiveBigIntegerField(_("former total before VAT, in cents"))
    total_ht_cents = models.PositiveBigIntegerField(_("new total before VAT, in cents"))
    vat_bp = models.PositiveIntegerField(_("VAT in basis points"))
    former_ends_on = models.DateField(_("former end"))
    ends_on = models.DateField(_("new end"))
    plan = models.JSONField(_("instalments to come"), default=list)

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_name = models.CharField(_("proposed in the name of"), max_length=120)
    proposed_at = models.DateTimeField(_("proposed on"), default=clock.now)
    due_at = models.DateTimeField(_("to be signed by"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_name = models.CharField(_("signed in the name of"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("signed on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "number", "version"], name="one_amendment_a_version"),
            models.UniqueConstraint(
                fields=["mission"], condition=Q(state="proposed"), name="one_open_amendment_a_mission"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(signed_at__isnull=False) & ~Q(signed_name="") & ~Q(signed_by=models.F("proposed_by"))),
                name="amendment_signed_by_both",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="proposed"), name="amendment_to_lapse")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("amendment", args=[self.public_id])

    @property
    def reference(self) -> str:
        name = f"{self.mission.reference}-A{self.number}"
        return name + (f"-{self.version}" if self.version > 1 else "")

    @property
    def parts(self) -> list[tuple[int, Part]]:
        """The instalments to come, by number."""
        return [(number, Part(ht, vat, commission, self.vat_bp)) for number, ht, vat, commission in self.plan]

    @property
    def delta_ht_cents(self) -> int:
        return self.total_ht_cents - self.former_ht_cents

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED and self.due_at > clock.now()

    @property
    def tone(self) -> str:
        return {"proposed": "warn", "signed": "ok", "refused": "bad"}.get(self.state, "info")

    def content(self) -> dict[str, Any]:
        """Everything both agree to, in a fixed form."""

        def day(value: date) -> str:
            return value.isoformat()

        return {
            "reference": self.reference,
            "quote": self.mission.quote.digest,
            "words": self.words,
            "former_ht_cents": self.former_ht_cents,
            "total_ht_cents": self.total_ht_cents,
            "vat_bp": self.vat_bp,
            "former_ends_on": day(self.former_ends_on),
            "ends_on": day(self.ends_on),
            "plan": self.plan,
        }

    def digest_now(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
