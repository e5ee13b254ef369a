"""What is written down from the ledger and kept: statements, exports, and what tax law asks of an expert besides."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.countries import COUNTRIES
from marketplace.kernel import clock, sealing
from marketplace.kernel.models import Lockable
from marketplace.kernel.private_files import PrivateFile
from payments.models.invoices import Invoice
from payments.models.ledger import LedgerTransaction


class TaxDetails(models.Model):
    """What the yearly declaration of sellers needs and no page shows: birth, and the number of the tax office.

    Directive (EU) 2021/514, annex V, section II B. The number is sealed in the database.
    """

    expert = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tax_details",
        verbose_name=_("expert"),
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    birth_city = models.CharField(_("city of birth"), max_length=80, blank=True)
    birth_country = models.CharField(_("country of birth"), max_length=2, blank=True)
    tax_country = models.CharField(
        _("country of tax residence"), max_length=2, choices=COUNTRIES, default="FR"
    )
    sealed_number = models.TextField(editable=False, blank=True)
    changed_at = models.DateTimeField(_("changed on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for on"), null=True, blank=True)
    asked_again_at = models.DateTimeField(_("asked for again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax details")
        verbose_name_plural = _("tax details")

    def __str__(self) -> str:
        return f"{self.expert_id}"

    @property
    def number(self) -> str:
        """The whole number: for the declaration and its copy alone."""
        return sealing.unseal(self.sealed_number) if self.sealed_number else ""

    @property
    def masked(self) -> str:
        """The number as its owner recognises it."""
        return f"•••• {self.number[-4:]}" if self.sealed_number else ""


class Statement(PrivateFile):
    """A document of an expert's account over a period that is over. Made once from the ledger, kept."""

    class Kind(models.TextChoices):
        MONTH = "month", _("Monthly statement")
        YEAR = "year", _("Yearly summary")
        DAC7 = "dac7", _("What we declared of you")

    class Shape(models.TextChoices):
        PDF = "pdf", "PDF"
        CSV = "csv", "CSV"

    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="statements",
        verbose_name=_("expert"),
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    shape = models.CharField(_("file type"), max_length=4, choices=Shape.choices)
    first_day = models.DateField(_("from"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made on"), default=clock.now)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "kind", "first_day", "shape"], name="one_statement_a_period"
            )
        ]


class BooksExportQuerySet(models.QuerySet["BooksExport"]):
    def to_make(self, now: datetime) -> Self:
        """Asked for, and not made yet."""
        return self.filter(state=BooksExport.State.ASKED, next_attempt_at__lte=now)


class BooksExport(PrivateFile, Lockable):
    """A file for an accountant or the tax office, made by a worker from the ledger when staff ask for it."""

    class Kind(models.TextChoices):
        FEC = "fec", _("Accounting entries (FEC)")
        DAC7 = "dac7", _("Declaration of sellers (DAC7)")

    class State(models.TextChoices):
        ASKED = "asked", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.ASKED)
    problem = models.TextField(_("problem"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked on"), default=clock.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    made_at = models.DateTimeField(_("made on"), null=True, blank=True)
    read_until = models.DateTimeField(_("ledger read until"), null=True, blank=True)
    """By our clock: what was recorded later is in no file made before."""
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    """DAC7: when staff say that the tax office has it. A file that did not leave binds nobody."""
    lines = models.PositiveIntegerField(_("lines"), default=0)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    declared = models.JSONField(_("declared"), default=dict, blank=True)
    """DAC7: whether the file corrects (``message``), and the reference of each seller in it (``references``)."""

    objects = BooksExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the books")
        verbose_name_plural = _("exports of the books")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="export_has_a_period"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "ready", "failed"]), name="export_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="asked"), name="export_to_make")
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.first_day} – {self.last_day}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def year(self) -> int:
        return self.last_day.year

    @property
    def is_of_one_month(self) -> bool:
        return (self.first_day.year, self.first_day.month) == (self.last_day.year, self.last_day.month)


class DailyFigures(LedgerTransaction):
    """The money of each day, as a page of the administration with a permission of its own. No table."""

    class Meta:
        proxy = True
        verbose_name = _("daily figures")
        verbose_name_plural = _("daily figures")


class InvoiceDispatchQuerySet(models.QuerySet["InvoiceDispatch"]):
    def to_send(self, now: datetime) -> Self:
        """Not with the platform yet, or not yet told as paid, and due."""
        return self.filter(next_attempt_at__lte=now)


class InvoiceDispatch(models.Model):
    """An invoice on its way to the approved platform, and what the platform said of it.

    Codes are those of the French life cycle of electronic invoices (annex 7 of the external specifications).
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("To be sent")
        DEPOSITED = "200", _("Deposited")
        REFUSED = "210", _("Refused by the buyer")
        COLLECTED = "212", _("Collected")
        REJECTED = "213", _("Rejected by the platform")

    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, related_name="dispatch", verbose_name=_("invoice")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WAITING)
    reference = models.CharField(_("reference of the platform"), max_length=120, blank=True)
    history = models.JSONField(_("history"), default=list, blank=True)
    """Each status with its moment: ``[{"status": "200", "at": "…"}]``."""
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, default=clock.now)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created on"), default=clock.now)

    objects = InvoiceDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("electronic invoice")
        verbose_name_plural = _("electronic invoices")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="dispatch_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.invoice.number

    def hear(self, status: str, moment: datetime, reason: str) -> bool:
        """Keep what the platform told. A refusal waits for our team; all else is told by ourselves first, and changes
        nothing. Returns whether it was new."""
        if any(step["status"] == status and step["at"] == moment.isoformat() for step in self.history):
            return False
        self.history = [*self.history, {"status": status[:8], "at": moment.isoformat()}]
        if status in (self.Status.REFUSED, self.Status.REJECTED):
            self.status, self.next_attempt_at = self.Status(status), None
            self.problem = (reason or self.get_status_display())[:200]
        return True

    def note(self, status: str, moment: datetime) -> None:
        """Keep a status of the life cycle."""
        self.status = self.Status(status)
        self.history = [*self.history, {"status": status, "at": moment.isoformat()}]
