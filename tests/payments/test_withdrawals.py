"""An expert is paid: any part of what is available, once, with its progress, and back when the bank says no."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import BankAccount
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from payments import escrow, ledger, payout_outbox, payouts, queries, tasks, withdrawals
from payments.models import BooksReport, GatewayCall, PayoutPreference, Withdrawal
from payments.sandbox import actions as sandbox
from payments.sandbox.gateway import SandboxGateway
from payments.sandbox.models import SandboxPayout
from tests import factories
from tests.payments import cash
from tests.payments.test_calls import Killed, die_at

pytestmark = pytest.mark.django_db
State = Withdrawal.State


@pytest.fixture
def rich(hold, expert):
    """Claire has 108 € available."""
    escrow.release(hold, clearing=timedelta(0))
    return expert


def send(withdrawal):
    payout_outbox.send_withdrawal.run(withdrawal.pk)
    return Withdrawal.objects.get(pk=withdrawal.pk)


def bank_acts(withdrawal):
    """The sandbox's bank does the next thing, and we ask."""
    payout = sandbox.settle_payout(SandboxPayout.objects.get(reference=withdrawal.public_id))
    return payouts.book(withdrawal, SandboxGateway().look_up_payout(payout.token, ""))


def test_what_was_asked_before_a_suspension_waits_until_it_ends(rich, staff):  # E63
    withdrawal = withdrawals.request_withdrawal(rich, 80_00)
    profile = rich.expert_profile
    suspension = accounts.suspend_expert(profile, actor=staff, ground="fraud", reason="Faux.", at_once=True)

    assert send(withdrawal).state == State.REQUESTED

    accounts.lift_suspension(suspension, actor=staff, reason="Vu.")
    assert send(withdrawal).state == State.SENT


def test_any_part_of_what_is_available_is_paid(rich):  # A49, A50
    withdrawal = send(withdrawals.request_withdrawal(rich, 80_00))
    assert withdrawal.state == State.SENT
    assert queries.balance_of(rich).available_cents == 28_00
    assert queries.balance_of(rich).on_the_way_cents == 80_00

    withdrawal = bank_acts(withdrawal)

    assert withdrawal.state == State.PAID
    assert ledger.balance(ledger.in_transit(rich)) == 0
    assert ledger.balance(ledger.PSP) == 40_00
    told = Notification.objects.filter(user=rich, kind__startswith="withdrawal").values_list(
        "kind", flat=True
    )
    assert set(told) == {"withdrawal_requested", "withdrawal_paid"}


@pytest.mark.parametrize("cents", [0, -1, 108_01])
def test_more_than_is_available_is_refused_and_nothing_moves(rich, cents):
    before = cash.snapshot()
    with pytest.raises(Refusal, match="up to"):
        withdrawals.request_withdrawal(rich, cents)
    assert cash.snapshot() == before
    assert not Withdrawal.objects.exists()


def test_what_is_clearing_cannot_be_withdrawn_yet(hold, expert):  # A47
    escrow.release(hold, clearing=cash.CLEARING)

    with pytest.raises(Refusal):
        withdrawals.request_withdrawal(expert, 1)
    with time_machine.travel(clock.now() + cash.CLEARING + timedelta(minutes=1)):
        assert withdrawals.request_withdrawal(expert, 108_00).amount_cents == 108_00


def test_money_never_goes_to_a_private_individual(hold, buyer):  # K36, A48
    nora = factories.make_expert("Nora", "Duval", approved=False)
    escrow.release(cash.receive(cash.ask(buyer, nora)), clearing=timedelta(0))

    with pytest.raises(Refusal, match="legal status"):
        withdrawals.request_withdrawal(nora, 50_00)
    assert ledger.balance(ledger.payable(nora)) == 108_00


def test_the_page_says_what_is_missing_before_money_leaves_and_keeps_it(hold, buyer, prepared):  # B48
    nora = factories.make_expert("Nora", "Duval", approved=False)
    escrow.release(cash.receive(cash.ask(buyer, nora)), clearing=timedelta(0))
    client = prepared(nora)

    page = client.get("/dashboard/withdrawals/").content.decode()
    answer = client.post("/dashboard/withdrawals/", {"amount": "50"}, follow=True)

    assert "statut juridique" in page
    assert f'href="{reverse("legal_status")}"' in page
    assert any("statut juridique" in str(message) for message in answer.context["messages"])
    assert not Withdrawal.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=3_000)):
        assert queries.balance_of(nora).available_cents == 108_00, "kept without limit of time"


def test_a_changed_bank_account_rests_for_72_hours(rich):  # E73
    accounts.change_bank_account(rich, iban="FR1420041010050500013M02606", holder="Claire Fontaine")

    with pytest.raises(Refusal, match="new bank account"):
        withdrawals.request_withdrawal(rich, 50_00)
    with time_machine.travel(clock.now() + timedelta(hours=73)):
        withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    assert withdrawal.destination == BankAccount.objects.current().get(user=rich).masked


@pytest.mark.parametrize(("cents", "steps"), [(50_13, 1), (50_66, 2)])
def test_a_payout_that_fails_gives_the_money_back_with_a_reason(rich, cents, steps):  # E73, worked example 10
    withdrawal = send(withdrawals.request_withdrawal(rich, cents))
    for _step in range(steps):
        withdrawal = bank_acts(withdrawal)

    assert (withdrawal.state, withdrawal.failure_reason) == (
        State.FAILED,
        "The bank account has been closed.",
    )
    assert queries.balance_of(rich).available_cents == 108_00
    assert ledger.balance(ledger.PSP) == 120_00
    assert Notification.objects.filter(user=rich, kind="withdrawal_failed").count() == 1


def test_reading_the_same_news_again_changes_nothing(rich):
    withdrawal = send(withdrawals.request_withdrawal(rich, 50_00))
    withdrawal = bank_acts(withdrawal)
    status = SandboxGateway().look_up_payout(withdrawal.gateway_id, "")

    for _copy in range(3):
        payouts.book(withdrawal, status)

    assert ledger.balance(ledger.PSP) == 70_00


@pytest.mark.parametrize("step", ["before the call", "after the call", "before the books", "after the books"])
def test_a_payout_whose_worker_dies_leaves_once(rich, step, monkeypatch, errands):
    withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.PAYOUT)
        with pytest.raises(Killed):
            payout_outbox.send_withdrawal.run(withdrawal.pk)

    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        tasks.sweep_withdrawals()
        tasks.sweep_calls()

    assert Withdrawal.objects.get().state == State.SENT
    assert SandboxPayout.objects.count() == 1


def test_the_sweep_sends_and_asks(rich, errands, django_capture_on_commit_callbacks):
    withdrawals.request_withdrawal(rich, 50_00)
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        assert tasks.sweep_withdrawals() == 1
    sandbox.settle_payout(SandboxPayout.objects.get())
    with time_machine.travel(clock.now() + timedelta(hours=5)):
        assert tasks.sweep_withdrawals() == 1
    assert Withdrawal.objects.get().state == State.PAID


# --- The page -------------------------------------------------------------------------------------------------


def test_the_page_shows_the_balance_and_each_withdrawal(rich, client_of):
    withdrawals.request_withdrawal(rich, 80_00)

    page = client_of(rich).get("/dashboard/withdrawals/").content.decode()

    assert "28,00" in page
    assert Withdrawal.objects.get().reference in page
    assert BankAccount.objects.get(user=rich).masked in page


def test_a_withdrawal_asks_for_the_password_again(rich, client_of, prepared):
    asked = client_of(rich).post("/dashboard/withdrawals/", {"amount": "50"})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not Withdrawal.objects.exists()

    assert prepared(rich).post("/dashboard/withdrawals/", {"amount": "50,25"}).status_code == 302
    assert Withdrawal.objects.get().amount_cents == 50_25


@pytest.mark.parametrize("typed", ["", "abc", "108,01", "0", "-5"])
def test_a_wrong_amount_is_told_next_to_its_field(rich, prepared, typed):
    answer = prepared(rich).post("/dashboard/withdrawals/", {"amount": typed})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Withdrawal.objects.exists()


def test_another_experts_withdrawal_does_not_exist(rich, prepared, settings):
    settings.OWN_FUNDS, settings.WITHDRAWAL_RAIL = True, "sepa"
    withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    other = factories.make_expert("Hugo", "Marchand")
    address = reverse("withdrawal_cancellation", args=[withdrawal.public_id])

    assert prepared(other).post(address).status_code == 404
    assert prepared(rich).post(address).status_code == 302
    assert Withdrawal.objects.get().state == State.CANCELLED
    assert queries.balance_of(rich).available_cents == 108_00


def test_the_password_is_asked_again_before_the_bank_account_changes(expert, client_of):
    form = {"part": "bank", "holder": "Claire Fontaine", "iban": "FR1420041010050500013M02606"}

    answer = client_of(expert).post(reverse("legal_status"), form)

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert BankAccount.objects.filter(user=expert).count() == 1


# --- By hand: our own bank, PayPal ----------------------------------------------------------------------------


def test_the_operators_own_bank_needs_its_licence(rich, settings):
    settings.WITHDRAWAL_RAIL = "sepa"
    assert withdrawals.request_withdrawal(rich, 10_00).rail == Withdrawal.Rail.DIRECT

    settings.OWN_FUNDS = True
    withdrawal = withdrawals.request_withdrawal(rich, 10_00)
    assert withdrawal.rail == Withdrawal.Rail.SEPA
    withdrawals.confirm_paid(withdrawal)
    assert ledger.balance(ledger.BANK) == -10_00
    withdrawals.confirm_failed(withdrawal, reason="IBAN inconnu")
    assert ledger.balance(ledger.BANK) == 0
    assert queries.balance_of(rich).available_cents == 98_00


def test_paypal_is_behind_its_switch_and_changes_on_an_empty_balance_only(rich, buyer, settings):
    with pytest.raises(Refusal, match="not offered"):
        withdrawals.choose_way(rich, way="paypal", paypal_email="claire@example.test")
    settings.PAYPAL_WITHDRAWALS = True
    with pytest.raises(Refusal, match="empty"):
        withdrawals.choose_way(rich, way="paypal", paypal_email="claire@example.test")
    hugo = factories.make_expert("Hugo", "Marchand")
    withdrawals.choose_way(hugo, way="paypal", paypal_email="hugo@example.test")
    escrow.release(cash.receive(cash.ask(buyer, hugo)), clearing=timedelta(0))

    withdrawal = withdrawals.request_withdrawal(hugo, 50_00)

    assert (withdrawal.rail, withdrawal.destination) == ("paypal", "hugo@example.test")
    assert PayoutPreference.objects.count() == 1
    withdrawals.confirm_paid(withdrawal)
    assert ledger.balance(ledger.PAYPAL) == -50_00


@pytest.mark.django_db(transaction=True)
def test_two_withdrawals_at_once_share_the_balance(hold, expert):  # E74
    from tests.payments.test_races import at_once, errors

    escrow.release(hold, clearing=timedelta(0))
    results = at_once(*[lambda: withdrawals.request_withdrawal(expert, 40_00)] * 5)

    assert len(errors(results)) == 3
    assert all(isinstance(error, Refusal) for error in errors(results))
    assert ledger.balance(ledger.payable(expert)) == 28_00
    assert Withdrawal.objects.count() == 2


def test_what_our_paypal_account_pays_is_first_sent_there_from_our_bank(rich, staff, client_of, settings):
    settings.PAYPAL_WITHDRAWALS = True
    report = BooksReport.objects.create(own_funds_cents=0, ledger_cents=0)
    page = reverse("admin:payments_booksreport_paypal", args=[report.pk])
    asked = {"amount_cents": "200,00", "reference": "VIR-77", "reason": "Provision."}
    for amount in ("200,00", "200,00", "300,00"):
        client_of(staff).post(page, {**asked, "amount_cents": amount})

    assert cash.postings("payout:paypal:VIR-77") == {"psp:paypal": 20000, "bank:main": -20000}
    assert (ledger.balance(ledger.PAYPAL), ledger.balance(ledger.BANK)) == (200_00, -200_00)
    settings.PAYPAL_WITHDRAWALS = False
    client_of(staff).post(page, {**asked, "reference": "VIR-78"})
    assert ledger.balance(ledger.PAYPAL) == 200_00
