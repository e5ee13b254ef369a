"""The pages of staff about money: the ledger from account to gateway object, the days, the exports; for finance alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from marketplace.kernel import clock
from marketplace.roles import keep_roles
from payments import clawback, escrow, ledger, queries, withdrawals
from payments.models import BooksExport, EscrowHold, LedgerAccount, LedgerPosting, LedgerTransaction
from payments.reporting import days, periods
from tests import factories
from tests.payments import cash
from tests.payments.test_invoices import US

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(client_of):
    keep_roles()
    member = factories.make_user("Nadia", "Roux", is_staff=True)
    member.groups.add(Group.objects.get(name="finance"))
    return client_of(User.objects.get(pk=member.pk))


@pytest.fixture
def outsider(client_of):
    keep_roles()
    member = factories.make_user("Samir", "Haddad", is_staff=True)
    member.groups.add(Group.objects.get(name="support"))
    return client_of(User.objects.get(pk=member.pk))


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_from_an_account_to_its_postings_to_the_movement_to_the_order_at_the_provider(active_order, finance):
    account = LedgerAccount.objects.get(code=ledger.escrow(active_order.payment).code)
    movement = LedgerTransaction.objects.get(idempotency_key=f"payment:{active_order.payment_id}:received")

    accounts = text_of(finance.get(reverse("admin:payments_ledgeraccount_changelist"), {"q": account.code}))
    postings = f"{reverse('admin:payments_ledgerposting_changelist')}?account__id__exact={account.pk}"
    assert postings in accounts
    lines = text_of(finance.get(postings))
    assert reverse("admin:payments_ledgertransaction_change", args=[movement.pk]) in lines
    page = text_of(finance.get(reverse("admin:payments_ledgertransaction_change", args=[movement.pk])))
    assert reverse("admin:payments_payment_change", args=[active_order.payment_id]) in page
    assert reverse("admin:orders_order_change", args=[active_order.pk]) in page
    assert active_order.payment.gateway_id in page


def test_postings_are_found_by_order_and_by_day_in_a_constant_number_of_queries(
    active_order, buyer, expert, finance
):
    address = reverse("admin:payments_ledgerposting_changelist")
    own = LedgerPosting.objects.filter(transaction__subject=f"payment:{active_order.payment_id}")
    found = finance.get(address, {"q": active_order.reference})
    assert set(found.context["cl"].queryset) == set(own)
    finance.get(address, {"transaction__occurred_at__year": "2001"})
    with CaptureQueriesContext(connection) as few:
        finance.get(address)
    for cents in range(5):
        cash.receive(cash.ask(buyer, expert, 10_00 + cents))
    with CaptureQueriesContext(connection) as many:
        finance.get(address)
    assert len(many) <= len(few)


def test_the_balance_of_every_account_is_shown_summed_or_running(hold, finance):
    escrow.release(hold, clearing=timedelta(0))
    page = finance.get(reverse("admin:payments_ledgeraccount_changelist"))
    shown = {account.code: account.balance_now or 0 for account in page.context["cl"].queryset}
    assert shown == {code: ledger.balance(code) for code in shown}


def test_the_days_say_what_came_what_we_kept_and_what_is_held(buyer, expert, hold):
    escrow.release(hold, clearing=timedelta(0))
    withdrawals.request_withdrawal(expert, 30_00)
    clawback.refund_released(EscrowHold.objects.get(pk=hold.pk), 60_00, reason="half")
    with clock.at(clock.now() - timedelta(days=2)):
        cash.receive(cash.ask(buyer, expert, 75_00))

    today = clock.today()
    rows, total = days.figures(periods.Period(today - timedelta(days=3), today))

    assert [row.received_cents for row in rows] == [0, 75_00, 0, 120_00]
    assert [row.held_cents for row in rows] == [0, 75_00, 75_00, 75_00]
    assert rows[-1].commission_cents == 10_00 - 5_00
    assert rows[-1].withdrawn_cents == 30_00
    assert rows[-1].released_cents == 120_00
    assert (total.received_cents, total.payments, total.held_cents) == (195_00, 2, 75_00)


def test_the_pages_of_figures_and_exports_are_for_finance_alone(buyer, expert, finance, outsider, settings):
    settings.OPERATOR = {**settings.OPERATOR, **US}
    with clock.at(datetime(2025, 3, 3, 12, tzinfo=UTC)):
        escrow.release(cash.receive(cash.ask(buyer, expert)), clearing=timedelta(0))
    pages = (
        reverse("admin:payments_dailyfigures_changelist"),
        reverse("admin:payments_booksexport_declaration"),
        reverse("admin:payments_booksexport_changelist"),
        reverse("admin:payments_booksexport_add"),
    )
    for page in pages:
        assert outsider.get(page).status_code == 403
        text_of(finance.get(page))
    assert outsider.post(pages[1], {"year": "2025"}).status_code == 403
    assert not BooksExport.objects.exists()
    assert text_of(finance.get(pages[0], {"first": "2025-03-01", "last": "2025-03-31"})).count("<rect") == 31
    assert "2025" in text_of(finance.get(pages[1], {"year": "2025"}))

    asked = finance.post(pages[3], {"period": "2025-03"})
    assert asked.status_code == 302
    assert BooksExport.objects.get().first_day == date(2025, 3, 1)
    finance.post(pages[1], {"year": "2025"})
    assert BooksExport.objects.filter(kind="dac7", asked_by__isnull=False).count() == 1
    assert finance.get(pages[0], {"first": "2025-03-31", "last": "2025-03-01"}).status_code == 200


@pytest.mark.parametrize("viewer", ["buyer", "expert", "staff"])
def test_the_money_of_an_order_sums_to_zero_for_everyone(hold, viewer):
    """Held, released, given back in part: at each step the lines of the order's timeline add up to nothing left over."""

    def left_over():
        return sum(line.amount_cents for line in queries.money_timeline([hold.payment], viewer=viewer))

    assert left_over() == 0
    escrow.refund(hold, 20_00, reason="part")
    assert left_over() == 0
    escrow.release(EscrowHold.objects.get(pk=hold.pk), clearing=timedelta(0))
    assert left_over() == 0
    clawback.refund_released(EscrowHold.objects.get(pk=hold.pk), 33_33, reason="half")
    assert left_over() == 0


def test_experts_who_owe_us_wait_in_the_list_of_the_team_with_what_they_owe(hold, expert, finance):
    escrow.release(hold, clearing=timedelta(0))
    withdrawals.request_withdrawal(expert, 108_00)
    clawback.refund_released(EscrowHold.objects.get(pk=hold.pk), 60_00, reason=clawback.BY_TEAM)

    assert "?debt=owed" in text_of(finance.get(reverse("admin:index")))
    owed = text_of(finance.get(reverse("admin:payments_ledgeraccount_changelist"), {"debt": "owed"}))
    assert ledger.receivable(expert).code in owed
    assert ledger.payable(expert).code not in owed
