"""A quote as a document that a company can sign, file and find again: PDF/A, with the digest of what was accepted."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.kernel import clock, pdf
from marketplace.kernel.money import format_money
from missions.models import Quote


def money_words(cents: int) -> str:
    return format_money(cents, full=True)


def day_words(day: date | datetime) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def vat_words(quote: Quote) -> str:
    """The mention that the regime of the seller asks for (articles 293 B of the CGI and L. 223-3 of the CIBS)."""
    if quote.vat_bp:
        return _("VAT %(rate)s%%") % {"rate": quote.vat_bp // 100}
    return _("VAT not applicable, art. L. 223-3 of the CIBS")


def quote_pdf(quote: Quote) -> bytes:
    """Make the document of a quote, in the reader's language."""
    lines = list(quote.lines.all())
    data: dict[str, Any] = {
        "site": settings.SITE_NAME,
        "title": _("Quote"),
        "reference": quote.reference,
        "lead": quote.title,
        "foot": _("%(site)s · quote %(reference)s, sent on %(day)s")
        % {"site": settings.SITE_NAME, "reference": quote.reference, "day": day_words(quote.sent_at)},
        "page_words": _("Page"),
        "parties": [
            {"role": _("The expert"), "name": quote.seller.get("name", ""), "lines": lines_of(quote.seller)},
            {"role": _("The client"), "name": quote.buyer.get("name", ""), "lines": lines_of(quote.buyer)},
        ],
        "facts": [
            [_("First day"), day_words(quote.starts_on)],
            [_("End"), day_words(quote.ends_on)],
            [_("Valid until"), clock.in_words(quote.expires_at)],
        ],
        "context_title": _("Context"),
        "context": quote.context,
        "deliverables_title": _("Deliverables"),
        "deliverables": quote.deliverables,
        "price_title": _("Price"),
        "head": [_("What"), _("Quantity"), _("Unit price before VAT"), _("Total before VAT")],
        "lines": [
            [
                line.label,
                line.amount,
                money_words(line.unit_price_cents),
                money_words(line.total_cents),
            ]
            for line in lines
        ],
        "totals": [
            [_("Total before VAT"), money_words(quote.total_ht_cents)],
            [vat_words(quote), money_words(quote.total_vat_cents)],
            [_("Total to pay"), money_words(quote.total_ttc_cents)],
        ],
        "instalments_title": _("Payment in three instalments"),
        "instalments_head": [_("Instalment"), _("Before VAT"), _("VAT"), _("To pay")],
        "instalments": [
            [words, money_words(part.ht_cents), money_words(part.vat_cents), money_words(part.ttc_cents)]
            for words, part in zip(instalment_words(quote), quote.parts, strict=True)
        ],
        "conditions_title": _("Conditions"),
        "conditions": quote.conditions,
        "general": general_terms(quote),
        "nda_title": _("Confidentiality") if quote.confidential else "",
        "nda": nda_words() if quote.confidential else "",
        "insurance_title": _("Insurance"),
        "insurance": insurance_words(quote.seller.get("insurance") or {}),
        "proof_title": _("Agreement"),
        "proof": _proof(quote),
    }
    return pdf.render(
        "quote", data, language=(get_language() or "fr")[:2], at=quote.accepted_at or quote.sent_at
    )


def lines_of(party: dict[str, Any]) -> list[str]:
    rows = [party.get("person", ""), party.get("address", ""), party.get("place", "")]
    if party.get("siret"):
        rows.append(f"SIRET {party['siret']}")
    if party.get("vat_number"):
        rows.append(_("VAT number %(number)s") % {"number": party["vat_number"]})
    return [row for row in rows if row and row != party.get("name")]


def instalment_words(quote: Quote) -> list[str]:
    """When each instalment is due."""
    moments = [_("at the acceptance, before the start"), _("at mid-mission"), _("at the end review")]
    return [
        _("%(percent)s%%, %(moment)s") % {"percent": percent, "moment": moment}
        for percent, moment in zip(quote.percents, moments, strict=True)
    ]


def insurance_words(known: dict[str, str]) -> str:
    """The mention of the professional liability insurance, with the reference of the certificate we checked."""
    if not known.get("policy"):
        return _(
            "The expert's professional liability insurance covers this mission; its certificate is shown on request."
        )
    return _(
        "The expert's professional liability insurance covers this mission: %(insurer)s, policy %(policy)s, valid until %(day)s. We have checked the certificate."
    ) % {
        "insurer": known.get("insurer") or "–",
        "policy": known["policy"],
        "day": day_words(date.fromisoformat(known["until"])) if known.get("until") else "–",
    }


def general_terms(quote: Quote) -> str:
    return _(
        "This quote becomes the contract once the client accepts it on %(site)s. The work starts when the first "
        "instalment is paid. Contract, payments and changes go through %(site)s, which is not the employer of the "
        "expert. A mission ended early by agreement is paid in proportion to the work done."
    ) % {"site": settings.SITE_NAME}


def nda_words() -> str:
    return _(
        "Each party keeps secret whatever it learns of the other for this mission, uses it for the mission alone and "
        "gives it back or destroys it at the end. This binds both for five years after the end. It does not cover "
        "what is public, what was known before, or what the law requires to be told."
    )


def _proof(quote: Quote) -> list[list[str]]:
    rows = [[_("Digest of this version (SHA-256)"), f"{quote.digest[:32]} {quote.digest[32:]}"]]
    if quote.accepted_at:
        rows = [
            [_("Accepted by"), quote.accepted_name],
            [_("On"), clock.in_words(quote.accepted_at)],
            *rows,
        ]
    else:
        rows.append([_("State"), str(quote.get_state_display())])
    return rows
