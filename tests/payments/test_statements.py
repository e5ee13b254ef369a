"""An expert's statements: what was there, what moved, what is there, to the cent; for past months, kept, and theirs alone."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import BankAccount, LegalEntity
from marketplace.kernel import clock
from messaging.models import Notification
from payments import clawback, escrow, payouts, tasks, withdrawals
from payments.gateways import PayoutState, PayoutStatus
from payments.models import EscrowHold, Statement
from payments.reporting import accounts, papers, periods, yearly
from tests import factories
from tests.payments import cash

pytestmark = pytest.mark.django_db
MARCH = periods.Period(date(2026, 3, 1), date(2026, 3, 31))


def on(month, day, hour=12):
    return clock.at(datetime(2026, month, day, hour, tzinfo=UTC))


@pytest.fixture
def expert(expert):
    """Claire, whose papers are of the year before."""
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    BankAccount.objects.filter(user=expert).update(created_at=long_ago, usable_from=long_ago)
    LegalEntity.objects.filter(user=expert).update(created_at=long_ago)
    return expert


def sell(buyer, expert, cents, *, clearing=timedelta(0)):
    hold = cash.receive(cash.ask(buyer, expert, cents))
    escrow.release(hold, clearing=clearing)
    return EscrowHold.objects.get(pk=hold.pk)


@pytest.fixture
def march(buyer, expert):
    """February: one sale. March: a sale, a withdrawal, one that came back, a refund, a sale that clears, and one held."""
    with on(2, 10):
        sell(buyer, expert, 100_00)
    with on(3, 2):
        sold = sell(buyer, expert, 120_00)
    with on(3, 5):
        withdrawals.request_withdrawal(expert, 50_00)
    with on(3, 6):
        back = withdrawals.request_withdrawal(expert, 20_00)
        for state in (PayoutState.PENDING, PayoutState.FAILED):
            payouts.book(back, PayoutStatus("po_back", str(back.public_id), state, failure="wrong account"))
    with on(3, 20):
        clawback.refund_released(sold, 60_00, reason="half")
    with on(3, 30):
        sell(buyer, expert, 40_00, clearing=timedelta(days=3))
    with on(3, 31):
        cash.receive(cash.ask(buyer, expert, 200_00))
    with on(4, 2):
        sell(buyer, expert, 10_00)
    return accounts.account_over(expert, MARCH)


def csv_of(statement):
    with statement.file.open("rb") as source:
        return list(csv.reader(io.StringIO(source.read().decode("utf-8-sig")), delimiter=";"))


def words_of(statement):
    with statement.file.open("rb") as source:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(source.read())).pages)


def test_opening_and_movements_give_the_closing_and_each_line_its_parts(march):
    assert march.opening.account_cents == 90_00
    assert march.closing.account_cents == 90_00 + 108_00 - 50_00 - 54_00 + 36_00
    assert march.opening.account_cents + march.total("amount_cents") == march.closing.account_cents
    assert (march.closing.clearing_cents, march.closing.available_cents) == (36_00, 94_00)
    assert march.closing.held_cents == 180_00
    assert march.closing.on_the_way_cents == 50_00
    assert march.total("amount_cents", accounts.WITHDRAWN) == -50_00
    for entry in march.entries:
        if entry.kind not in accounts.WITHDRAWN:
            assert entry.gross_cents - entry.commission_cents == entry.amount_cents
    assert march.sales == 2


def test_a_statement_of_a_past_month_is_made_once_and_its_figures_are_those_of_the_ledger(march, expert):
    pdf = papers.statement_of(expert, "month", MARCH.first, "pdf")
    sheet = papers.statement_of(expert, "month", MARCH.first, "csv")

    text = words_of(pdf).replace("\xa0", " ").replace("\u202f", " ")
    assert "90,00 €" in text
    assert "130,00 €" in text
    assert "180,00 €" in text
    rows = csv_of(sheet)
    moved = [row[7] for row in rows[2:-1]]
    assert moved == ["108,00", "-50,00", "-20,00", "20,00", "-54,00", "36,00"]
    assert rows[1][-1] == "90,00"
    assert rows[-1][-2:] == ["40,00", "130,00"]
    assert papers.statement_of(expert, "month", MARCH.last, "pdf").pk == pdf.pk
    assert Statement.objects.count() == 2


def test_a_month_that_runs_has_no_statement_yet(hold, expert):
    with pytest.raises(papers.NotOver):
        papers.statement_of(expert, "month", clock.today(), "pdf")
    assert not Statement.objects.exists()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from("srw"), st.integers(1, 300_00), st.integers(1, 27)), min_size=1, max_size=6
    )
)
def test_any_sequence_adds_up(buyer, expert, acts):
    """Sales, refunds after them and withdrawals in any order: the reader refuses to give an account that does not add up."""
    holds = []
    for act, cents, day in sorted(acts, key=lambda row: row[2]):
        with on(3, day):
            if act == "s":
                holds.append(sell(buyer, expert, cents))
            elif act == "r" and holds:
                hold = EscrowHold.objects.get(pk=holds[-1].pk)
                left = hold.released_cents - hold.clawed_back_cents
                if left:
                    clawback.refund_released(hold, min(cents, left), reason="test")
            elif act == "w":
                try:
                    withdrawals.request_withdrawal(expert, cents)
                except Exception as refusal:
                    assert "Refusal" in type(refusal).__name__  # noqa: PT017
    account = accounts.account_over(expert, MARCH)
    assert account.opening.account_cents + account.total("amount_cents") == account.closing.account_cents


def test_the_year_adds_up_its_months_and_says_what_to_declare(march, expert):
    with clock.at(datetime(2027, 1, 3, tzinfo=UTC)):
        pdf = papers.statement_of(expert, "year", date(2026, 1, 1), "pdf")
        sheet = papers.statement_of(expert, "year", date(2026, 1, 1), "csv")
    found = yearly.summary_of(accounts.account_over(expert, periods.year(2026)))

    assert found.whole.gross_cents == 100_00 + 120_00 - 60_00 + 40_00 + 10_00
    assert found.whole.net_cents == found.whole.gross_cents - found.whole.commission_cents
    for name in (
        "sales",
        "gross_cents",
        "commission_ht_cents",
        "commission_vat_cents",
        "net_cents",
        "withdrawn_cents",
    ):
        assert sum(getattr(row, name) for _month, row in found.months) == getattr(found.whole, name)
    assert csv_of(sheet)[-1][1:3] == ["4", "210,00"]
    text = words_of(pdf)
    assert "impots.gouv.fr" in text  # A52
    assert "BNC" in text or "comptes de votre société" in text


def test_in_january_each_expert_is_told_once(march, expert):
    factories.make_expert("Marc", "Sans-Vente")
    with clock.at(datetime(2027, 1, 2, 8, tzinfo=UTC)):
        assert tasks.tell_of_the_year() == 1
        assert tasks.tell_of_the_year() == 0
    with clock.at(datetime(2027, 2, 2, 8, tzinfo=UTC)):
        assert tasks.tell_of_the_year() == 0
    assert Notification.objects.filter(kind="year_summary").values_list("user", flat=True).get() == expert.pk


def test_the_page_lists_what_is_over_and_each_expert_gets_their_own(march, expert, buyer, client_of):
    page = client_of(expert).get(reverse("statements"))
    address = reverse("statement", args=("month", "2026-03", "pdf"))

    assert address in page.content.decode()
    assert (
        reverse("statement", args=("month", f"{timezone.localdate():%Y-%m}", "pdf"))
        not in page.content.decode()
    )
    answer = client_of(expert).get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    other = factories.make_expert("Marc", "Autre")
    assert client_of(other).get(address).status_code == 404
    assert client_of(buyer).get(address).status_code == 404
    kept = Statement.objects.get()
    door = reverse("statement_file", args=(kept.public_id,))
    assert client_of(other).get(door).status_code == 404
    assert client_of(expert).get(door).status_code == 200
    for wrong in ("2026-13", "2026", "x"):
        assert client_of(expert).get(reverse("statement", args=("month", wrong, "pdf"))).status_code == 404
