"""What is kept of a mission beside its quote: amendments, activity reports, and our confidentiality agreement."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.kernel import clock, pdf
from messaging.models import Contact
from missions.documents import day_words, lines_of, money_words, nda_words
from missions.models import Amendment, Quote, Report


def _section(title: str, words: str = "", head: Any = (), rows: Any = ()) -> dict[str, Any]:
    return {"title": title, "words": words, "head": list(head), "rows": list(rows)}


def _parties(quote: Quote) -> list[dict[str, Any]]:
    return [
        {"role": _("The expert"), "name": quote.seller.get("name", ""), "lines": lines_of(quote.seller)},
        {"role": _("The client"), "name": quote.buyer.get("name", ""), "lines": lines_of(quote.buyer)},
    ]


def _sheet(title: str, reference: str, lead: str, day: str) -> dict[str, Any]:
    return {
        "site": settings.SITE_NAME,
        "title": title,
        "reference": reference,
        "lead": lead,
        "foot": f"{settings.SITE_NAME} · {reference} · {day}",
        "page_words": _("Page"),
    }


def _digest(text: str) -> str:
    return f"{text[:32]} {text[32:]}"


def _language() -> str:
    return (get_language() or "fr")[:2]


def amendment_pdf(amendment: Amendment) -> bytes:
    """Make the document of an amendment, in the reader's language."""
    mission, quote = amendment.mission, amendment.mission.quote
    proof = [
        [_("Digest of this version (SHA-256)"), _digest(amendment.digest)],
        [_("Signed by"), f"{amendment.proposed_name}, {clock.in_words(amendment.proposed_at)}"],
    ]
    if amendment.signed_at:
        proof.append([_("Signed by"), f"{amendment.signed_name}, {clock.in_words(amendment.signed_at)}"])
    else:
        proof.append([_("State"), str(amendment.get_state_display())])
    data = {
        **_sheet(
            _("Amendment"),
            amendment.reference,
            mission.title,
            day_words(clock.local_day(amendment.proposed_at)),
        ),
        "parties": _parties(quote),
        "facts": [
            [_("Changes"), _("Quote %(reference)s") % {"reference": quote.reference}],
            [_("Former total before VAT"), money_words(amendment.former_ht_cents)],
            [_("New total before VAT"), money_words(amendment.total_ht_cents)],
            [_("Former end"), day_words(amendment.former_ends_on)],
            [_("New end"), day_words(amendment.ends_on)],
        ],
        "sections": [
            _section(_("What changes"), amendment.words),
            _section(
                _("Instalments to come"),
                head=[_("Instalment"), _("Before VAT"), _("VAT"), _("To pay")],
                rows=[
                    [
                        _("Instalment %(n)d") % {"n": number},
                        money_words(part.ht_cents),
                        money_words(part.vat_cents),
                        money_words(part.ttc_cents),
                    ]
                    for number, part in amendment.parts
                ],
            ),
            _section(
                _("What stays"),
                _(
                    "Instalments paid or asked before this amendment stay as they are. Everything in the quote that this amendment does not change stays in force."
                ),
            ),
        ],
        "proof_title": _("Signatures"),
        "proof": proof,
    }
    return pdf.render(
        "agreement", data, language=_language(), at=amendment.signed_at or amendment.proposed_at
    )


def month_words(month: date) -> str:
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


def report_pdf(report: Report) -> bytes:
    """Make the activity report of a month, in the reader's language."""
    mission = report.mission
    worked = [(date.fromisoformat(day), halves) for day, halves in sorted(report.halves.items())]
    state = str(report.get_state_display())
    if report.by_silence:
        state = _("Validated by silence")
    proof = [[_("Sent on"), clock.in_words(report.sent_at)], [_("State"), state]]
    if report.answered_at:
        proof.append([_("On"), clock.in_words(report.answered_at)])
    data = {
        **_sheet(
            _("Activity report"),
            f"{mission.reference} {report.month:%Y-%m}",
            mission.title,
            day_words(clock.local_day(report.sent_at)),
        ),
        "parties": _parties(mission.quote),
        "facts": [[_("Month"), month_words(report.month)], [_("Days worked"), report.days]],
        "sections": [
            _section(_("What was done"), report.words),
            _section(
                _("Days worked"),
                head=[_("Day"), _("Worked")],
                rows=[
                    [formats.date_format(day, "l j F"), "1" if halves == 2 else "½"] for day, halves in worked
                ],
            ),
        ],
        "proof_title": _("Validation"),
        "proof": proof,
    }
    return pdf.render("agreement", data, language=_language(), at=report.answered_at or report.sent_at)


def nda_pdf(contact: Contact) -> bytes:
    """Make our confidentiality agreement between the two people of a conversation."""
    company = getattr(contact.company, "buyer_profile", None)
    name = (company.company if company else "") or contact.company.get_full_name()
    day = day_words(clock.today())
    data = {
        **_sheet(_("Confidentiality agreement"), settings.SITE_NAME, contact.conversation.subject, day),
        "parties": [
            {"role": _("The expert"), "name": contact.expert.get_full_name(), "lines": []},
            {"role": _("The company"), "name": name, "lines": [contact.company.get_full_name()]},
        ],
        "facts": [[_("Written on"), day]],
        "sections": [_section(_("Confidentiality"), nda_words())],
        "proof_title": _("Agreement"),
        "proof": [
            [
                _("Acceptance"),
                _("Each party accepts it on %(site)s, which keeps name, date and digest of this file.")
                % {"site": settings.SITE_NAME},
            ]
        ],
    }
    return pdf.render("agreement", data, language=_language())
