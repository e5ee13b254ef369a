"""What was declared of a seller, as a document for them: due by 31 January as the declaration is (CGI, art. 242 bis)."""

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.money import format_money
from payments.models import BooksExport, Statement
from payments.reporting import papers, periods
from payments.reporting.dac7 import declaration
from payments.reporting.dac7.sellers import Seller, sellers_of


def copy_for(expert: User, year: int, reference: str, export: BooksExport) -> Statement | None:
    """Write an expert's copy; that of a correction takes the place of the former one. ``None`` when it is there."""
    period = periods.year(year)
    known = Statement.objects.filter(expert=expert, kind=Statement.Kind.DAC7, first_day=period.first).first()
    if known is not None and export.sent_at is not None and known.made_at >= export.sent_at:
        return None
    parts = sellers_of(year, expert=expert)
    if not parts:
        return None
    with translation.override(expert.language):
        content = papers.drawn(_content(expert, period, parts, reference), period)
        name = f"{slugify(str(Statement.Kind.DAC7.label))}-{year}.pdf"
    with transaction.atomic():
        if known is not None:
            Statement.objects.filter(pk=known.pk).delete()
        return papers.keep(
            expert, Statement.Kind.DAC7, period.first, Statement.Shape.PDF, name=name, content=content
        )


def _content(expert: User, period: periods.Period, parts: list[Seller], reference: str) -> dict[str, object]:
    year = period.first.year
    total = sum(part.consideration_cents for part in parts)
    fees = sum(part.fees_cents for part in parts)
    tables: list[dict[str, object]] = []
    for part in parts:
        tables.append(
            {
                "title": _("Who you are, as declared"),
                "head": [],
                "rows": [*_identity(part), [_("Reference"), reference]],
                "last": False,
                "note": "",
            }
        )
        tables.append(
            {
                "title": _("What was declared, in whole euros"),
                "head": [_("Quarter"), _("Activities"), _("Credited to you, net of fees"), _("Our fees"), _("Taxes withheld")],
                "rows": [
                    [
                        _("Quarter %(number)s") % {"number": number},
                        str(quarter.activities),
                        _euros(quarter.consideration_cents),
                        _euros(quarter.fees_cents),
                        _euros(0),
                    ]
                    for number, quarter in enumerate(part.quarters, 1)
                ],
                "last": False,
                "note": "",
            }
        )  # fmt: skip
    return {
        **papers.frame(expert, period, _("Declaration of %(year)s: your copy") % {"year": year}),
        "lead": _("What we declared of you to the French tax office, as the law asks every platform to (Directive (EU) 2021/514, “DAC7”; CGI, art. 242 bis and 1649 ter A)."),
        "panel": [
            [_("Credited to you, net of fees"), _euros(total)],
            [_("Our fees"), _euros(fees)],
            [_("Activities"), str(sum(part.activities for part in parts))],
        ],
        "tables": tables,
        "mentions": [
            _("The tax office compares these amounts with your own declaration and passes them on to your country of residence, if it is another one of the Union."),
            _("Something is wrong? Write to us: we correct the declaration. You may see and correct your data at any time on the page “Tax details”."),
        ],
    }  # fmt: skip


def _identity(part: Seller) -> list[list[str]]:
    entity, details = part.entity, part.details
    rows = [[_("Name"), part.name]]
    if entity is not None:
        place = " ".join(filter(None, (entity.postal_code, entity.city)))
        rows.append([_("Address"), ", ".join(filter(None, (entity.address, place, entity.country)))])
        if entity.siren:
            rows.append(["SIREN", entity.siren])
        if entity.vat_number:
            rows.append([_("VAT number"), entity.vat_number])
    if part.is_person and details is not None:
        if details.born_on:
            rows.append([_("Date of birth"), date_format(details.born_on, "j F Y")])
        rows.append([_("Tax number"), details.masked or _("none given")])
    if part.account is not None and part.account.sealed_iban:
        rows.append([_("Account"), part.account.masked])
    return rows


def _euros(cents: int) -> str:
    return format_money(int(declaration.euros(cents)) * 100)
