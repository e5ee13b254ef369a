"""Statements as documents: a PDF with the look of invoices, and the same figures for a spreadsheet.

A statement is made once, when its period is over, and kept: what was downloaded is what will be downloaded.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import ExpertProfile, User
from accounts.queries import entity_on, vat_regime_on
from marketplace.kernel import pdf, sheets
from marketplace.kernel.money import NBSP, format_money
from payments.models import Statement
from payments.reporting import accounts, periods, words, yearly
from payments.reporting.accounts import Account, Standing

Kind, Shape = Statement.Kind, Statement.Shape


class NotOver(Exception):
    """The period still runs: its statement would change."""


def period_of(kind: str, first_day: date) -> periods.Period:
    """What a statement of a kind covers, from any of its days."""
    return periods.month(first_day) if kind == Kind.MONTH else periods.year(first_day.year)


def statement_of(expert: User, kind: str, first_day: date, shape: str) -> Statement | None:
    """A statement, made now if nobody made it yet; ``None`` when there is nothing to state.

    Raises ``NotOver``, and ``DoesNotAddUp`` rather than write a wrong figure.
    """
    period = period_of(kind, first_day)
    known = Statement.objects.filter(expert=expert, kind=kind, first_day=period.first, shape=shape).first()
    if known is not None or kind == Kind.DAC7:
        return known
    if not period.is_over:
        raise NotOver(period)
    account = accounts.account_over(expert, period)
    if account.is_empty:
        return None
    with translation.override(expert.language):
        content = _MAKERS[kind, shape](account)
        name = f"{slugify(words.of_kind(kind))}-{period.first:%Y-%m}.{shape}"
        if kind == Kind.YEAR:
            name = f"{slugify(words.of_kind(kind))}-{period.first.year}.{shape}"
    return keep(expert, kind, period.first, shape, name=name, content=content)


def keep(expert: User, kind: str, first_day: date, shape: str, *, name: str, content: bytes) -> Statement:
    """Keep a document, once: who comes second gets the first one's."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=expert.pk)
        known = Statement.objects.filter(expert=expert, kind=kind, first_day=first_day, shape=shape).first()
        if known is not None:
            return known
        made = Statement(
            expert=expert,
            kind=kind,
            shape=shape,
            first_day=first_day,
            name=name,
            content_type="application/pdf" if shape == Shape.PDF else "text/csv",
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
        )
        made.file.save(name, ContentFile(content), save=False)
        made.save()
    return made


# --- The month ------------------------------------------------------------------------------------------------


def _month_pdf(account: Account) -> bytes:
    period = account.period
    content = {
        **_frame(account, _("Statement of %(period)s") % {"period": period.words}),
        "lead": _("Every movement of your account with us, from the first to the last day of the month."),
        "panel": [
            [
                _("On %(day)s, at the start") % {"day": _day(period.first)},
                _money(account.opening.account_cents),
            ],
            [_("Movements of the month"), _signed(account.total("amount_cents"))],
            [_("On %(day)s, at the end") % {"day": _day(period.last)}, _money(account.closing.account_cents)],
        ],
        "tables": [
            {
                "title": _("What it is made of"),
                "head": ["", _("At the start"), _("At the end")],
                "rows": _standing_rows(account),
                "last": False,
                "note": _(
                    "Held: your net part of the orders in progress, which is not yours until the buyers accept. "
                    "On its way: withdrawals asked for, not on your bank account on that day."
                ),
            },
            {
                "title": _("The month in figures"),
                "head": ["", _("Amount")],
                "rows": [[name, value] for name, value in _totals(account)],
                "last": False,
                "note": "",
            },
            {
                "title": _("Movements"),
                "head": [_("Day"), _("What"), _("Gross"), _("Commission"), _("Movement"), _("Balance")],
                "rows": [_movement_row(entry) for entry in account.entries],
                "last": False,
                "wide": 1,
                "note": "" if account.entries else _("Nothing moved this month."),
            },
        ],
        "mentions": _mentions(),
    }
    return _drawn(content, account)


def _standing_rows(account: Account) -> list[list[str]]:
    names: list[tuple[str, Callable[[Standing], int]]] = [
        (_("Available"), lambda at: at.available_cents),
        (_("Clearing"), lambda at: at.clearing_cents),
    ]
    if account.opening.aside_cents or account.closing.aside_cents:
        names.append((_("Set aside while a bank decides"), lambda at: at.aside_cents))
    if account.opening.owed_cents or account.closing.owed_cents:
        names.append((_("You owe us after a refund"), lambda at: -at.owed_cents))
    names += [
        (_("Your account"), lambda at: at.account_cents),
        (_("For information: held"), lambda at: at.held_cents),
        (_("For information: on its way"), lambda at: at.on_the_way_cents),
    ]
    return [[name, _money(read(account.opening)), _money(read(account.closing))] for name, read in names]


def _totals(account: Account) -> list[tuple[str, str]]:
    sold, back, withdrawn = accounts.SOLD, accounts.GIVEN_BACK, accounts.WITHDRAWN
    rows = [
        (_("Accepted sales"), str(account.sales)),
        (_("Gross, VAT included"), _money(account.total("gross_cents", sold))),
        (_("Refunds after acceptance"), _money(account.total("gross_cents", back))),
        (_("Commission before VAT"), _signed(-account.total("commission_ht_cents"))),
        (_("VAT on the commission"), _signed(-account.total("commission_vat_cents"))),
        (_("Withdrawals"), _signed(account.total("amount_cents", withdrawn))),
    ]
    given = account.total("amount_cents", {accounts.Kind.GOODWILL})
    if given:
        rows.append((_("Given by us, to put a decision right"), _signed(given)))
    return rows


def _movement_row(entry: accounts.Entry) -> list[str]:
    what = words.of_entry(entry)
    if entry.reference:
        what = f"{what}\n{entry.reference} · {entry.title}" if entry.title else f"{what}\n{entry.reference}"
    gross = _signed(entry.gross_cents) if entry.gross_cents else ""
    commission = _signed(-entry.commission_cents) if entry.commission_cents else ""
    moved = _signed(entry.amount_cents) if entry.amount_cents else _signed(entry.aside_cents)
    return [_day(entry.at, short=True), what, gross, commission, moved, _money(entry.balance_cents)]


def _month_csv(account: Account) -> bytes:
    period = account.period
    rows = [
        [
            _("Date"), _("What"), _("Reference"), _("Title"), _("Gross"), _("Commission before VAT"),
            _("VAT on the commission"), _("Movement"), _("Balance"),
        ],
        [period.first.isoformat(), _("At the start"), "", "", "", "", "", "", sheets.amount(account.opening.account_cents)],
    ]  # fmt: skip
    for entry in account.entries:
        rows.append(
            [
                timezone.localtime(entry.at).strftime("%Y-%m-%d"),
                sheets.cell(words.of_entry(entry)),
                sheets.cell(entry.reference),
                sheets.cell(entry.title),
                sheets.amount(entry.gross_cents),
                sheets.amount(-entry.commission_ht_cents),
                sheets.amount(-entry.commission_vat_cents),
                sheets.amount(entry.amount_cents),
                sheets.amount(entry.balance_cents),
            ]
        )
    totals = [account.total(name) for name in ("gross_cents", "commission_ht_cents", "commission_vat_cents")]
    gross, ht, vat = totals
    rows.append(
        [
            period.last.isoformat(), _("At the end"), "", "", sheets.amount(gross), sheets.amount(-ht),
            sheets.amount(-vat), sheets.amount(account.total("amount_cents")),
            sheets.amount(account.closing.account_cents),
        ]
    )  # fmt: skip
    return sheets.table(rows)


# --- The year -------------------------------------------------------------------------------------------------


def _year_pdf(account: Account) -> bytes:
    year = account.period.first.year
    found = yearly.summary_of(account)
    whole = found.whole
    content = {
        **_frame(account, _("Summary of %(year)s") % {"year": year}),
        "lead": _("What you earned with us from 1 January to 31 December, and what was taken from it."),
        "panel": [
            [_("Gross, VAT included"), _money(whole.gross_cents)],
            [_("Commission, VAT included"), _signed(-whole.commission_cents)],
            [_("Net credited to you"), _money(whole.net_cents)],
        ],
        "tables": [
            {
                "title": _("The year in figures"),
                "head": ["", _("Amount")],
                "rows": [
                    [_("Accepted sales"), str(whole.sales)],
                    [_("Gross, VAT included"), _money(whole.gross_cents)],
                    [_("VAT on the invoices issued in your name"), _money(found.invoiced_vat_cents)],
                    [_("Commission before VAT"), _signed(-whole.commission_ht_cents)],
                    [_("VAT on the commission"), _signed(-whole.commission_vat_cents)],
                    *(
                        [[_("Given by us, to put a decision right"), _signed(whole.given_cents)]]
                        if whole.given_cents
                        else []
                    ),
                    [_("Net credited to you"), _money(whole.net_cents)],
                    [_("Withdrawals"), _money(whole.withdrawn_cents)],
                ],
                "last": False,
                "note": _("Refunds after acceptance are taken off in the month in which they were made."),
            },
            {
                "title": _("Month by month"),
                "head": [_("Month"), _("Sales"), _("Gross"), _("Commission"), _("Net"), _("Withdrawals")],
                "rows": [_year_row(*row) for row in found.months] + [_year_row(_("Total"), whole)],
                "last": True,
                "note": "",
            },
        ],
        "mentions": [
            *yearly.duties(account.expert, _regime(account)),
            *_mentions(),
        ],
    }
    return _drawn(content, account)


def _year_row(name: str, row: yearly.Figures) -> list[str]:
    return [
        name,
        str(row.sales),
        _money(row.gross_cents),
        _money(row.commission_cents),
        _money(row.net_cents),
        _money(row.withdrawn_cents),
    ]


def _year_csv(account: Account) -> bytes:
    found = yearly.summary_of(account)
    rows = [
        [
            _("Month"), _("Sales"), _("Gross"), _("Commission before VAT"), _("VAT on the commission"), _("Net"),
            _("Withdrawals"),
        ]
    ]  # fmt: skip
    for name, row in [*found.months, (_("Total"), found.whole)]:
        figures = (
            row.gross_cents, row.commission_ht_cents, row.commission_vat_cents, row.net_cents, row.withdrawn_cents
        )  # fmt: skip
        rows.append([name, str(row.sales), *map(sheets.amount, figures)])
    return sheets.table(rows)


# --- What they share ------------------------------------------------------------------------------------------


def _frame(account: Account, title: str) -> dict[str, Any]:
    return frame(account.expert, account.period, title)


def frame(expert: User, period: periods.Period, title: str) -> dict[str, Any]:
    """The head and the parties of a document for an expert."""
    return {
        "site": settings.SITE_NAME,
        "title": title,
        "reference": period.words,
        "foot": f"{title} · {expert.get_full_name()}",
        "page_words": _("Page"),
        "parties": [
            {"role": _("For"), **_expert(expert, period)},
            {"role": pgettext("document", "From"), **_operator()},
        ],
    }


def _expert(expert: User, period: periods.Period) -> dict[str, Any]:
    entity = entity_on(expert, period.end)
    if entity is None or not entity.is_business:
        return {"name": expert.get_full_name(), "lines": [expert.email]}
    place = " ".join(filter(None, (entity.postal_code, entity.city)))
    lines = [str(entity.get_form_display()), entity.address, place]
    if entity.siren:
        lines.append(f"SIREN {entity.siren[:3]}{NBSP}{entity.siren[3:6]}{NBSP}{entity.siren[6:]}")
    if entity.vat_number:
        lines.append(_("VAT number: %(number)s") % {"number": entity.vat_number})
    return {"name": entity.name or expert.get_full_name(), "lines": [line for line in lines if line]}


def _operator() -> dict[str, Any]:
    known = settings.OPERATOR
    rows = [known["form"], known["address"], known["registration"]]
    if known["vat"]:
        rows.append(_("VAT number: %(number)s") % {"number": known["vat"]})
    return {"name": known["name"], "lines": [row for row in rows if row]}


def _mentions() -> list[str]:
    return [
        _("Written from our ledger. Amounts are in euros; days are those of Paris. This is not an invoice: yours are on the page “Invoices”."),
    ]  # fmt: skip


def _regime(account: Account) -> ExpertProfile.VatRegime | str:
    return vat_regime_on(account.expert, account.period.last)


def _drawn(content: dict[str, Any], account: Account) -> bytes:
    return drawn(content, account.period)


def drawn(content: dict[str, Any], period: periods.Period) -> bytes:
    """The document, in the language in force. It bears the last moment of its period: drawn again, it is the same."""
    language = (translation.get_language() or "fr")[:2]
    at = datetime.combine(period.last, time(23, 59), tzinfo=ZoneInfo(settings.TIME_ZONE))
    return pdf.render("statement", content, language=language, at=at)


def _money(cents: int) -> str:
    return format_money(cents, full=True)


def _signed(cents: int) -> str:
    return f"+{NBSP}{_money(cents)}" if cents > 0 else _money(cents)


def _day(moment: date | datetime, *, short: bool = False) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    written = date_format(day, "d/m" if short else "j F Y")
    is_first_in_french = day.day == 1 and not short and (translation.get_language() or "").startswith("fr")
    return written.replace("1 ", "1er ", 1) if is_first_in_french else written


_MAKERS: dict[tuple[str, str], Callable[[Account], bytes]] = {
    (Kind.MONTH, Shape.PDF): _month_pdf,
    (Kind.MONTH, Shape.CSV): _month_csv,
    (Kind.YEAR, Shape.PDF): _year_pdf,
    (Kind.YEAR, Shape.CSV): _year_csv,
}
OFFERED = {*_MAKERS, (Kind.DAC7, Shape.PDF)}
"""What there is to download, by kind and type of file."""
