"""The accounting entries: 18 columns, balanced entry by entry, numbered without a gap, named as the law says."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from marketplace.kernel import clock
from payments import clawback, escrow, ledger
from payments.models import BooksExport, EscrowHold, LedgerPosting, LedgerTransaction
from payments.reporting import exports, fec, periods
from tests.payments import cash
from tests.payments.test_invoices import US

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR = {**settings.OPERATOR, **US}


def at(year, month, day):
    return clock.at(datetime(year, month, day, 12, tzinfo=UTC))


@pytest.fixture
def two_years(buyer, expert):
    """2024: a sale. 2025: a sale in January, a refund after it in February, a payment held in March."""
    for year in (2024, 2025):
        with at(year, 1, 10):
            hold = cash.receive(cash.ask(buyer, expert, 120_00))
            escrow.release(hold, clearing=timedelta(0))
    with at(2025, 2, 10):
        clawback.refund_released(EscrowHold.objects.get(pk=hold.pk), 60_00, reason="half")
    with at(2025, 3, 10):
        cash.receive(cash.ask(buyer, expert, 99_99))


def rows_of(period):
    lines = "".join(fec.text_of(fec.lines_of(period))).split("\r\n")
    assert lines[-1] == ""
    head = lines[0].split("\t")
    assert head == list(fec.COLUMNS)
    rows = [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:-1]]
    assert len(head) == 18
    return rows


def cents(row):
    return int(row["Debit"].replace(",", "")) - int(row["Credit"].replace(",", ""))


def by_entry(rows):
    found = {}
    for row in rows:
        found.setdefault(int(row["EcritureNum"]), []).append(row)
    return found


def test_a_year_has_its_opening_and_each_entry_balances_without_a_gap(two_years):
    rows = rows_of(periods.fiscal_year(2025))
    entries = by_entry(rows)

    assert list(entries) == list(range(1, len(entries) + 1))
    assert all(sum(map(cents, lines)) == 0 for lines in entries.values())
    assert {row["JournalCode"] for row in entries[1]} == {"AN"}
    assert {row["CompteNum"]: cents(row) for row in entries[1]} == {
        "517100": 120_00, "467200": -108_00, "445710": -2_00, "110000": -10_00,
    }  # fmt: skip
    movements = LedgerTransaction.objects.filter(occurred_at__year=2025)
    assert len(entries) == 1 + movements.count()
    booked = LedgerPosting.objects.filter(transaction__in=movements, amount_cents__gt=0)
    debits = sum(max(0, cents(row)) for row in rows if row["JournalCode"] != "AN")
    assert debits == sum(booked.values_list("amount_cents", flat=True))


def test_days_accounts_and_pieces_have_the_form_the_law_asks_for(two_years):
    for row in rows_of(periods.fiscal_year(2025)):
        assert all(
            datetime.strptime(row[name], "%Y%m%d").year == 2025
            for name in ("EcritureDate", "PieceDate", "ValidDate")
        )
        assert row["CompteNum"].isdigit()
        assert len(row["CompteNum"]) == 6
        assert row["CompteLib"]
        assert bool(row["CompAuxNum"]) == bool(row["CompAuxLib"])
        assert row["PieceRef"]
        assert row["EcritureLib"]
        assert (row["Debit"] == "0,00") != (row["Credit"] == "0,00")
    assert fec.file_name(periods.fiscal_year(2025)) == "552032534FEC20251231.txt"


def test_a_month_continues_the_numbers_of_the_year(two_years):
    year = by_entry(rows_of(periods.fiscal_year(2025)))
    february = by_entry(rows_of(periods.month(date(2025, 2, 1))))

    assert february
    assert all(year[number] == lines for number, lines in february.items())
    assert {row["JournalCode"] for lines in february.values() for row in lines} == {"OD"}


def test_the_accounts_of_the_operator_come_first(two_years, settings):
    settings.FEC_ACCOUNTS = {"revenue:commission": ("706100", "Commissions perçues")}
    settings.FISCAL_YEAR_ENDS_IN = 6

    numbers = {row["CompteNum"] for row in rows_of(periods.fiscal_year(2025))}

    assert "706100" in numbers
    assert "706000" not in numbers
    assert fec.file_name(periods.fiscal_year(2025)).endswith("FEC20250630.txt")


def test_every_account_of_the_ledger_has_its_number():
    for account in (ledger.PSP, ledger.COMMISSION, ledger.VAT_COLLECTED, ledger.PSP_FEES, ledger.DISPUTE_FEES,
                    ledger.GOODWILL, ledger.BAD_DEBT, ledger.BANK, ledger.PAYPAL, ledger.UNMATCHED, ledger.payable(1),
                    ledger.in_transit(1), ledger.set_aside(1), ledger.receivable(1), ledger.claim(1)):  # fmt: skip
        number, _name = fec.account_of(account.code, account.pcg_code)
        assert number.startswith(account.pcg_code), account.code


def test_staff_ask_a_worker_makes_it_once_and_later_movements_are_noticed(two_years, buyer, expert):
    export = exports.ask_for_entries(periods.fiscal_year(2025), actor=None)
    exports.make_export(export.pk)
    made = BooksExport.objects.get(pk=export.pk)
    exports.make_export(export.pk)

    again = BooksExport.objects.get(pk=export.pk)
    assert (made.state, made.name) == ("ready", "552032534FEC20251231.txt")
    assert (again.digest, again.file.name) == (made.digest, made.file.name)
    with made.file.open("rb") as source:
        assert len(source.read().decode().splitlines()) == made.lines + 1
    assert exports.came_later(made) == 0
    with at(2025, 12, 31):
        cash.receive(cash.ask(buyer, expert, 50_00))
    assert exports.came_later(made) == 1


def test_the_command_writes_the_same_file(two_years, tmp_path):
    said = StringIO()
    call_command("export_fec", "2025", folder=str(tmp_path), stdout=said)

    written = tmp_path / "552032534FEC20251231.txt"
    assert written.name in said.getvalue()
    with translation.override("fr"):
        assert written.read_bytes().decode() == "".join(fec.text_of(fec.lines_of(periods.fiscal_year(2025))))
    call_command("export_fec", "2025-02", folder=str(tmp_path), stdout=said)
    assert (tmp_path / "552032534FEC20250228.txt").exists()
    with pytest.raises(CommandError):
        call_command("export_fec", "2025-13", folder=str(tmp_path))
