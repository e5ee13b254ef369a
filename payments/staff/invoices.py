"""Invoices and their series, to read."""

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import badge, cents, link, moment, titled, words
from payments.models import Invoice, InvoiceSeries
from payments.staff.base import MoneyAdmin

TONES = {
    "invoice": "ok",
    "deposit": "info",
    "final": "ok",
    "credit": "warn",
    "commission": "neutral",
    "commission_credit": "warn",
}
KIND = gettext_lazy("kind")


@admin.register(Invoice)
class InvoiceAdmin(MoneyAdmin):
    """Every invoice and credit note, as it was issued."""

    list_display = (
        words("number", gettext_lazy("number"), sort="number"),
        badge("kind", KIND, TONES),
        words("seller_name", gettext_lazy("seller")),
        words("buyer_name", gettext_lazy("made out to")),
        words("reference", gettext_lazy("order"), sort="reference"),
        words("issued_on", gettext_lazy("issued on"), sort="issued_on"),
        cents("ht_cents", gettext_lazy("before VAT")),
        cents("signed_cents", gettext_lazy("with VAT"), sort="ttc_cents"),
    )
    list_filter = (("kind", titled(ChoicesFieldListFilter, KIND)),)
    search_fields = (
        "number",
        "reference",
        "seller__name",
        "buyer__name",
        "seller_user__email",
        "buyer_user__email",
    )
    date_hierarchy = "issued_on"
    ordering = ("-pk",)
    fields = (
        words("number", gettext_lazy("number")),
        badge("kind", KIND, TONES),
        "document",
        link("seller_user", gettext_lazy("expert")),
        link("buyer_user", gettext_lazy("made out to")),
        link("payment", gettext_lazy("payment")),
        link("corrects", gettext_lazy("corrects")),
        words("reference", gettext_lazy("order")),
        words("title", gettext_lazy("what for")),
        words("issued_on", gettext_lazy("issued on")),
        words("supplied_on", gettext_lazy("supplied on")),
        cents("ht_cents", gettext_lazy("before VAT")),
        cents("vat_cents", gettext_lazy("VAT")),
        cents("ttc_cents", gettext_lazy("with VAT")),
        words("origin", gettext_lazy("act")),
        moment("created_at", gettext_lazy("created on")),
    )

    @admin.display(description=gettext_lazy("document"))
    def document(self, invoice: Invoice) -> SafeString:
        address = reverse("invoice_file", args=(invoice.public_id,))
        return format_html('<a href="{}">{}</a>', address, _("Download the PDF"))


@admin.register(InvoiceSeries)
class InvoiceSeriesAdmin(MoneyAdmin):
    """The last number of each seller."""

    list_display = (
        words("root", gettext_lazy("root"), sort="root"),
        words("entity", gettext_lazy("seller")),
        words("year", gettext_lazy("year")),
        words("last", gettext_lazy("last number")),
        words("last_on", gettext_lazy("date of the last number")),
    )
    list_select_related = ("entity__user",)
    search_fields = ("root", "entity__name", "entity__user__email")
    ordering = ("root",)
    fields = (
        words("root", gettext_lazy("root")),
        words("entity", gettext_lazy("seller")),
        words("year", gettext_lazy("year")),
        words("last", gettext_lazy("last number")),
        words("last_on", gettext_lazy("date of the last number")),
    )
