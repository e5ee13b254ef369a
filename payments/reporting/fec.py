"""The accounting entries of a period in the format of the tax office (LPF, art. A47 A-1: 18 columns).

One movement of the ledger is one entry. The numbers run without a gap through the accounting year, in the order of
days, whatever part of it is asked for. The file of a whole year begins with what the former one left (journal ``AN``).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.kernel.errors import Refusal
from payments.invoices import parties
from payments.models import LedgerAccount, LedgerPosting, LedgerTransaction, Payment, Withdrawal
from payments.reporting import periods

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
BATCH = 2_000

Kind = LedgerTransaction.Kind
SALES = {Kind.RELEASE, Kind.COMMISSION_ADJUST}
MISCELLANEOUS = {
    Kind.REFUND_DECIDED, Kind.REFUND_CLAWBACK, Kind.DISPUTE_HOLD, Kind.DISPUTE_UNHOLD, Kind.DISPUTE_LOST,
    Kind.GOODWILL, Kind.WITHDRAWAL_REQUESTED, Kind.BANK_MATCHED,
}  # fmt: skip
"""Everything else moves money at the provider or the bank."""


@lru_cache(maxsize=1)
def chart() -> dict[str, Any]:
    """The proposed chart, to be confirmed by the operator's accountant: journals, accounts by the beginning of their
    code in the ledger, and where the result of closed years stands until it is allocated."""
    known: dict[str, Any] = json.loads((Path(__file__).parent / "chart.json").read_text(encoding="utf-8"))
    return known


@dataclass(frozen=True)
class Line:
    """One of the 18 columns' rows; amounts in cents."""

    journal: str
    number: int
    day: date
    account: str
    account_name: str
    auxiliary: str
    auxiliary_name: str
    piece: str
    piece_day: date
    words: str
    amount_cents: int
    valid_day: date

    def cells(self) -> list[str]:
        """The row as the file has it."""
        debit, credit = max(0, self.amount_cents), max(0, -self.amount_cents)
        return [
            self.journal,
            chart()["journals"][self.journal],
            str(self.number),
            _day(self.day),
            self.account,
            _plain(self.account_name),
            self.auxiliary,
            _plain(self.auxiliary_name),
            _plain(self.piece),
            _day(self.piece_day),
            _plain(self.words),
            _amount(debit),
            _amount(credit),
            "",
            "",
            _day(self.valid_day),
            "",
            "",
        ]


def file_name(period: periods.Period) -> str:
    """``SIRENFECAAAAMMJJ.txt`` with the last day of the period. Raises ``Refusal`` without our SIREN."""
    siren = parties.operator()["siren"]
    if not siren:
        raise Refusal(_("Our SIREN is missing: write it into OPERATOR_REGISTRATION in the settings."))
    return f"{siren}FEC{period.last:%Y%m%d}.txt"


def text_of(lines: Iterable[Line]) -> Iterator[str]:
    """The file, line by line: tabs between the columns, UTF-8."""
    yield "\t".join(COLUMNS) + "\r\n"
    for line in lines:
        yield "\t".join(line.cells()) + "\r\n"


def lines_of(period: periods.Period) -> Iterator[Line]:
    """The entries of a period, by day. A thousand movements cost some ten queries.

    Each entry balances; so does the file. The opening is there when the period is a whole accounting year.
    """
    fiscal = periods.fiscal_year_of(period.last)
    opening = list(_opening(fiscal))
    number = 1 if opening else 0
    if period == fiscal:
        yield from opening
    earlier = LedgerTransaction.objects.filter(occurred_at__gte=fiscal.start, occurred_at__lt=period.start)
    if period.first > fiscal.first:
        number += earlier.count()
    rows = LedgerTransaction.objects.filter(
        occurred_at__gte=period.start, occurred_at__lt=period.end
    ).order_by("occurred_at", "pk")
    batch: list[LedgerTransaction] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _entries(batch, number)
            number += len(batch)
            batch = []
    yield from _entries(batch, number)


def _entries(rows: list[LedgerTransaction], number: int) -> Iterator[Line]:
    postings: dict[int, list[tuple[str, str, int]]] = {row.pk: [] for row in rows}
    found = LedgerPosting.objects.filter(transaction__in=postings).order_by(
        "transaction", "-amount_cents", "pk"
    )
    for transaction, code, pcg, cents in found.values_list(
        "transaction", "account__code", "account__pcg_code", "amount_cents"
    ):
        postings[transaction].append((code, pcg, cents))
    names = _Names(rows, (code for legs in postings.values() for code, _pcg, _cents in legs))
    for offset, row in enumerate(rows, 1):
        day = timezone.localtime(row.occurred_at).date()
        for code, pcg, cents in postings[row.pk]:
            account, account_name = account_of(code, pcg)
            auxiliary = auxiliary_of(code)
            yield Line(
                journal=journal_of(row.kind),
                number=number + offset,
                day=day,
                account=account,
                account_name=account_name,
                auxiliary=auxiliary,
                auxiliary_name=names.of_account(code) if auxiliary else "",
                piece=names.of_subject(row.subject) or row.idempotency_key,
                piece_day=day,
                words=f"{row.get_kind_display()} {names.of_subject(row.subject)}".strip(),
                amount_cents=cents,
                valid_day=day,
            )


def _opening(fiscal: periods.Period) -> Iterator[Line]:
    """What the years before left: each account of the balance sheet, and their result."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.code, a.pcg_code, a.kind, sum(p.amount_cents)::bigint FROM ledger_posting p"
            " JOIN ledger_account a ON a.id = p.account_id JOIN ledger_transaction t ON t.id = p.transaction_id"
            " WHERE t.occurred_at < %s GROUP BY a.id HAVING sum(p.amount_cents) <> 0 ORDER BY a.code",
            [fiscal.start],
        )
        rows: list[tuple[str, str, str, int]] = cursor.fetchall()
    sheet = (LedgerAccount.Kind.ASSET, LedgerAccount.Kind.LIABILITY)
    names = _Names((), (code for code, *_rest in rows))
    common: dict[str, Any] = {
        "journal": "AN",
        "number": 1,
        "day": fiscal.first,
        "piece": f"AN{fiscal.first.year}",
        "piece_day": fiscal.first,
        "words": _words("opening", f"{fiscal.first:%d/%m/%Y}"),
        "valid_day": fiscal.first,
    }
    for code, pcg, kind, cents in rows:
        if kind in sheet:
            account, account_name = account_of(code, pcg)
            auxiliary = auxiliary_of(code)
            yield Line(
                account=account,
                account_name=account_name,
                auxiliary=auxiliary,
                auxiliary_name=names.of_account(code) if auxiliary else "",
                amount_cents=cents,
                **common,
            )
    result = sum(cents for _code, _pcg, kind, cents in rows if kind not in sheet)
    if result:
        yield Line(
            account=chart()["carried"][0],
            account_name=chart()["carried"][1],
            auxiliary="",
            auxiliary_name="",
            amount_cents=result,
            **common,
        )


def journal_of(kind: str) -> str:
    """The journal that a kind of movement is written into."""
    if kind in SALES:
        return "VT"
    return "OD" if kind in MISCELLANEOUS else "BQ"


def account_of(code: str, pcg: str) -> tuple[str, str]:
    """The number and name of a ledger account in our books: the longest beginning that fits, ours before the proposed."""
    known = {**chart()["accounts"], **settings.FEC_ACCOUNTS}
    fitting = [start for start in known if code.startswith(start)]
    if not fitting:
        return pcg.ljust(6, "0"), code
    number, name = known[max(fitting, key=len)]
    return number, name


def auxiliary_of(code: str) -> str:
    """The subsidiary account: one for each payment, expert or chargeback. Empty for our own accounts."""
    kind, _colon, rest = code.partition(":")
    match kind:
        case "escrow" | "refund":
            return f"C{int(rest.rpartition(':')[2]):08d}"
        case "expert":
            return f"E{int(rest.partition(':')[0]):08d}"
        case "expert_receivable":
            return f"E{int(rest):08d}"
        case "dispute":
            return f"D{int(rest):08d}"
        case "psp" if rest.startswith("stripe:connect:"):
            return f"E{int(rest.rpartition(':')[2]):08d}"
    return ""


class _Names:
    """What the rows behind subjects and accounts are called, for one batch."""

    def __init__(self, rows: Iterable[LedgerTransaction], codes: Iterable[str]) -> None:
        payments: set[int] = set()
        withdrawals: set[int] = set()
        for row in rows:
            kind, _colon, key = row.subject.partition(":")
            if kind == "payment" and key.isdigit():
                payments.add(int(key))
            elif kind == "withdrawal" and key.isdigit():
                withdrawals.add(int(key))
        payments |= {
            int(code.rpartition(":")[2]) for code in codes if code.startswith(("escrow:", "refund:"))
        }
        self._payments = dict(Payment.objects.filter(pk__in=payments).values_list("pk", "reference"))
        self._withdrawals = {row.pk: row.reference for row in Withdrawal.objects.filter(pk__in=withdrawals)}

    def of_subject(self, subject: str) -> str:
        kind, _colon, key = subject.partition(":")
        if kind == "payment" and key.isdigit():
            return self._payments.get(int(key), subject)
        if kind == "withdrawal" and key.isdigit():
            return self._withdrawals.get(int(key), subject)
        return subject

    def of_account(self, code: str) -> str:
        """Identifiers, never names of people: the ledger knows none, and the file goes to others."""
        if code.startswith(("escrow:", "refund:")):
            return _words("order", self._payments.get(int(code.rpartition(":")[2]), code))
        if code.startswith("dispute:"):
            return _words("chargeback", code.rpartition(":")[2])
        return _words("expert", str(int(auxiliary_of(code)[1:])))


def _words(name: str, value: str) -> str:
    sentence: str = chart()["words"][name]
    return sentence.format(name=value)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def _plain(text: str) -> str:
    """No tab, no end of line: they would end the column or the row."""
    return " ".join(text.split())
