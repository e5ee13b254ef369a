"""The document of an invoice: a PDF/A-3 that carries its Factur-X data, made by a worker from the frozen row."""

import hashlib
import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.kernel import pdf
from marketplace.kernel.money import NBSP, format_money
from payments.models import Invoice, InvoicePaper

LANGUAGE = "fr"
"""Invoices of French sellers are in French, whoever reads them."""
_STAMPS = (
    re.compile(rb"/(?:ModDate|CreationDate) \(D(?::|\\072)(?P<moment>[^)]*)\)"),
    re.compile(rb"<xmp:(?P<name>ModifyDate|CreateDate|MetadataDate)>(?P<moment>[^<]*)</xmp:(?P=name)>"),
)
"""Where the libraries write when they ran: in the PDF, where some write signs as octal numbers, and in its XMP."""
_CHARACTER = re.compile(rb"\\(?P<octal>[0-7]{3})|(?P<plain>.)", re.DOTALL)


def make(invoice: Invoice) -> bytes:
    """Draw an invoice and put its data inside. The same row gives the same bytes."""
    from facturx import generate_from_binary  # loaded by who needs it: web processes do not

    from payments.invoices import cii

    with translation.override(LANGUAGE):
        drawn = pdf.render(
            "invoice",
            _content(invoice),
            language=LANGUAGE,
            standard=pdf.ARCHIVE_WITH_FILES,
            at=_moment(invoice),
        )
        about = {
            "author": invoice.seller_name,
            "title": f"{invoice.seller_name} : {_heading(invoice)} {invoice.number}",
            "subject": f"{_heading(invoice)} {invoice.number}",
            "keywords": "Factur-X",
        }
    made: bytes = generate_from_binary(
        drawn,
        cii.build(invoice),
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        check_schematron=False,
        pdf_metadata=about,
        lang="fr-FR",
        xmp_compression=False,
    )
    return _at_its_own_date(made, _moment(invoice))


def _at_its_own_date(made: bytes, moment: datetime) -> bytes:
    """Replace the moment of drawing by that of the invoice, in as many bytes, so that drawing again changes nothing."""

    def dated(found: re.Match[bytes]) -> bytes:
        whole, start = found.group(0), found.start("moment") - found.start()
        end = start + len(found["moment"])
        return whole[:start] + _as_long(found["moment"], moment) + whole[end:]

    for pattern in _STAMPS:
        made = pattern.sub(dated, made)
    return made


def _as_long(stamp: bytes, moment: datetime) -> bytes:
    """The moment, written as a stamp is: its digits and the sign of its offset change, everything else stays."""
    offset = moment.strftime("%z")
    digits = iter(moment.strftime("%Y%m%d%H%M%S") + offset[1:])
    written, count = [], 0
    for found in _CHARACTER.finditer(stamp):
        octal = found["octal"]
        char = chr(int(octal, 8)) if octal else found["plain"].decode("latin-1")
        if char.isdigit():
            char, count = next(digits, "0"), count + 1
        elif char in "+-" and count == len("YYYYMMDDHHMMSS"):
            char = offset[0]
        written.append(f"\\{ord(char):03o}" if octal else char)
    return "".join(written).encode("latin-1")


def _moment(invoice: Invoice) -> datetime:
    return datetime.combine(invoice.issued_on, time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))


def _heading(invoice: Invoice) -> str:
    match invoice.kind:
        case Invoice.Kind.DEPOSIT:
            return _("Deposit invoice")
        case Invoice.Kind.CREDIT | Invoice.Kind.COMMISSION_CREDIT:
            return _("Credit note")
    return _("Invoice")


def _money(cents: int) -> str:
    return format_money(cents, LANGUAGE, full=True)


def _day(day: date | str) -> str:
    return date_format(date.fromisoformat(day) if isinstance(day, str) else day, "j F Y")


def _party(role: str, known: dict[str, Any], *, sells: bool = False) -> dict[str, Any]:
    rows = [known["form"], known["address"], " ".join(filter(None, (known["postal_code"], known["city"])))]
    if known["country"] != "FR":
        rows.append(known["country"])
    if known["contact"]:
        rows.append(_("Contact: %(name)s") % {"name": known["contact"]})
    if known["siret"] or known["siren"]:
        number = known["siret"] or known["siren"]
        name = "SIRET" if known["siret"] else "SIREN"
        grouped = NBSP.join(filter(None, (number[:3], number[3:6], number[6:9], number[9:])))
        rows.append(f"{name} {grouped}")
    if known["vat_number"]:
        rows.append(_("VAT number: %(number)s") % {"number": known["vat_number"]})
    return {"role": role, "name": known["name"], "lines": [row for row in rows if row]}


def _reason(code: str) -> str:
    """Why it was corrected, in words: what people wrote stays, our own codes are read out."""
    return {
        "ruling": _("Decision on a dispute"),
        "chargeback": _("Payment contested at the bank"),
        "team": _("Decision of our team"),
    }.get(code, code)


def _content(invoice: Invoice) -> dict[str, Any]:
    details = invoice.details
    facts = [
        [_("Date of issue"), _day(invoice.issued_on)],
        [_("Date of supply"), _day(invoice.supplied_on)],
        [_("Order"), invoice.reference],
    ]
    for before in details.get("before", ()):
        label = _("Corrects the invoice") if invoice.is_credit else _("Follows the deposit")
        facts.append(
            [
                label,
                _("%(number)s of %(day)s") % {"number": before["number"], "day": _day(before["issued_on"])},
            ]
        )
    if details.get("reason"):
        facts.append([_("Reason"), _reason(details["reason"])])
    rate = f"{invoice.vat_bp / 100:g}{NBSP}%".replace(".", ",")
    lines = [
        [
            line["title"],
            str(line["quantity"]),
            _money(line["ht_cents"]),
            rate,
            _money(line["ht_cents"] * line["quantity"]),
        ]
        for line in invoice.lines
    ]
    return {
        "site": settings.SITE_NAME,
        "title": f"{_heading(invoice)} {invoice.number}",
        "reference": _day(invoice.issued_on),
        "lead": invoice.title,
        "foot": f"{invoice.number} · {invoice.seller_name}",
        "page_words": _("Page"),
        "parties": [
            _party(_("Seller"), invoice.seller, sells=True),
            _party(_("Made out to"), invoice.buyer),
        ],
        "facts": facts,
        "lines_head": [_("Service"), _("Quantity"), _("Unit price before VAT"), _("VAT"), _("Before VAT")],
        "lines": lines,
        "totals": [
            [_("Total before VAT"), _money(invoice.ht_cents)],
            [_("VAT at %(rate)s") % {"rate": rate}, _money(invoice.vat_cents)],
        ],
        "total": [_("Total with VAT"), _money(invoice.ttc_cents)],
        "settled": _settled(invoice),
        "commission": _(
            "For information: commission of %(site)s on this sale, %(amount)s with VAT, invoiced to the seller."
        )
        % {"site": settings.SITE_NAME, "amount": _money(details["commission_cents"])}
        if details.get("commission_cents")
        else "",
        "mentions": [mention["text"] for mention in invoice.mentions],
    }


def _settled(invoice: Invoice) -> str:
    if invoice.is_credit:
        return _("Given back the way it was paid. Nothing remains due.")
    ways = {
        "card": _("Paid by card on %(day)s. Nothing remains due."),
        "transfer": _("Paid by bank transfer on %(day)s. Nothing remains due."),
        "paypal": _("Paid by PayPal on %(day)s. Nothing remains due."),
        "balance": _("Taken off the price of the sale on %(day)s. Nothing remains due."),
    }
    words = ways.get(invoice.details.get("method", ""), ways["card"])
    return words % {"day": _day(invoice.details.get("paid_on") or invoice.issued_on)}


def paper_of(invoice: Invoice) -> InvoicePaper:
    """The document of an invoice, made now if no worker has made it yet."""
    known = InvoicePaper.objects.filter(invoice=invoice).first()
    if known is not None and known.file.storage.exists(str(known.file.name)):
        return known
    made = make(invoice)
    if known is not None:
        known.file.storage.save(known.file.name, ContentFile(made))
        return known
    with transaction.atomic():
        Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
        known = InvoicePaper.objects.filter(invoice=invoice).first()
        if known is None:
            known = InvoicePaper(invoice=invoice, size=len(made), digest=hashlib.sha256(made).hexdigest())
            known.file.save(invoice.number, ContentFile(made))
    return known


@shared_task
def draw_invoice(invoice_id: int) -> None:
    """Make the document of an invoice, once, however often this runs."""
    paper_of(Invoice.objects.get(pk=invoice_id))
