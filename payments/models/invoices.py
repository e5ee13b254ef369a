"""Invoices and credit notes, frozen when they are numbered. Amounts are cents."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.companies import BOOKS, held_by
from accounts.models import Company, LegalEntity, User
from marketplace.kernel import clock
from marketplace.kernel.models import PublicId
from marketplace.kernel.money import format_money
from marketplace.kernel.private_files import private_storage, unguessable_name


class InvoiceSeries(models.Model):
    """The numbers of one seller, written by us: they never meet those the seller gives elsewhere.

    One row for each legal status, and one without for our own commission. The row is locked while a number is taken,
    in the transaction that keeps the invoice: what is rolled back gives its number back, so that none is missing.
    """

    entity = models.OneToOneField(
        LegalEntity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoice_series",
        verbose_name=_("seller"),
    )
    root = models.CharField(_("root"), max_length=12, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)
    last_on = models.DateField(_("date of the last number"))

    class Meta:
        verbose_name = _("invoice series")
        verbose_name_plural = _("invoice series")
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], nulls_distinct=False, name="one_series_a_seller_and_one_of_ours"
            )
        ]

    def __str__(self) -> str:
        return self.root


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def seen_by(self, user: User) -> Self:
        """What a person may open: what they sold, what they bought, what we charged them."""
        return self.filter(Q(seller_user=user) | held_by(user, "buyer_user", roles=BOOKS))

    def received_by(self, user: User) -> Self:
        """What was made out to a person, or to the company whose books they read."""
        return self.filter(held_by(user, "buyer_user", roles=BOOKS))

    def undrawn(self) -> Self:
        """Those whose document is not made yet."""
        return self.filter(paper=None)


class Invoice(PublicId):
    """One invoice or credit note as it was issued: every word of it is kept here, nothing is looked up again.

    ``vat + ht == ttc``, and the lines add up to ``ht``. A credit note has positive amounts too.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        DEPOSIT = "deposit", _("Deposit invoice")
        FINAL = "final", _("Final invoice")
        CREDIT = "credit", _("Credit note")
        COMMISSION = "commission", _("Commission invoice")
        COMMISSION_CREDIT = "commission_credit", _("Credit note on the commission")

    CREDITS = (Kind.CREDIT, Kind.COMMISSION_CREDIT)
    OURS = (Kind.COMMISSION, Kind.COMMISSION_CREDIT)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    series = models.ForeignKey(
        InvoiceSeries, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("series")
    )
    number = models.CharField(_("number"), max_length=35, unique=True)
    position = models.PositiveIntegerField(_("position in the series"))
    issued_on = models.DateField(_("issued on"))
    supplied_on = models.DateField(_("supplied on"))
    origin = models.CharField(_("act"), max_length=80, unique=True)
    """What it was issued for, once: ``earning:12:sale``, ``refund:7:commission``."""
    seller_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices_issued",
        verbose_name=_("expert"),
    )
    """The expert in whose name it is; empty when we are the seller."""
    buyer_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invoices_received",
        verbose_name=_("made out to"),
    )
    for_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    """The company account that bought: its members read it."""
    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="invoices", verbose_name=_("payment")
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    reference = models.CharField(_("order"), max_length=40)
    title = models.CharField(_("what for"), max_length=200)
    seller = models.JSONField(_("seller"))
    buyer = models.JSONField(_("buyer"))
    lines = models.JSONField(_("lines"))
    mentions = models.JSONField(_("mentions"))
    details = models.JSONField(_("details"), default=dict)
    """How it was paid, the invoices it follows, what our commission was, who works through an umbrella company."""
    vat_bp = models.PositiveIntegerField(_("VAT rate in basis points"))
    ht_cents = models.BigIntegerField(_("before VAT, in cents"))
    vat_cents = models.BigIntegerField(_("VAT in cents"))
    ttc_cents = models.BigIntegerField(_("with VAT, in cents"))
    created_at = models.DateTimeField(_("created on"), default=clock.now)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ttc_cents__gt=0, vat_cents__gte=0, ttc_cents=F("ht_cents") + F("vat_cents")),
                name="invoice_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["credit", "commission_credit"], corrects__isnull=False)
                | (~Q(kind__in=["credit", "commission_credit"]) & Q(corrects=None)),
                name="a_credit_note_corrects_an_invoice",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["commission", "commission_credit"], seller_user=None)
                | (~Q(kind__in=["commission", "commission_credit"]) & Q(seller_user__isnull=False)),
                name="we_sell_our_commission_alone",
            ),
        ]
        indexes = [
            models.Index(fields=["seller_user", "-issued_on"], name="invoice_of_seller"),
            models.Index(fields=["buyer_user", "-issued_on"], name="invoice_of_buyer"),
        ]
        triggers = [pgtrigger.Protect(name="invoice_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} {format_money(self.ttc_cents, full=True)}"

    @property
    def is_credit(self) -> bool:
        return self.kind in self.CREDITS

    @property
    def is_ours(self) -> bool:
        """Whether we are the seller."""
        return self.kind in self.OURS

    @property
    def signed_cents(self) -> int:
        """The amount with VAT, below zero when it is given back."""
        return -self.ttc_cents if self.is_credit else self.ttc_cents

    @property
    def seller_name(self) -> str:
        return str(self.seller["name"])

    @property
    def buyer_name(self) -> str:
        return str(self.buyer["name"])


class InvoicePaper(models.Model):
    """The document of an invoice: a PDF/A-3 that carries its Factur-X data. Made once, kept."""

    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, related_name="paper", verbose_name=_("invoice")
    )
    file = models.FileField(storage=private_storage, upload_to=unguessable_name)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made on"), default=clock.now)

    class Meta:
        verbose_name = _("document of an invoice")
        verbose_name_plural = _("documents of invoices")

    def __str__(self) -> str:
        return self.invoice.number
