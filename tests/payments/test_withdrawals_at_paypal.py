"""Withdrawals by PayPal Payouts: approved by the team, sent once, and back on the balance when they do not arrive."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from payments import books, checks, escrow, ledger, payout_outbox, queries, tasks, withdrawals
from payments.gateways import GatewayUnavailable
from payments.models import GatewayCall, Withdrawal
from payments.paypal import client as paypal_client
from tests.payments import cash
from tests.payments.paypal_stand_in import CLIENT, SECRET, Server
from tests.payments.test_calls import STEPS, Killed, die_at
from tests.payments.test_withdrawals import send

pytestmark = pytest.mark.django_db
Kind, State = GatewayCall.Kind, Withdrawal.State


@pytest.fixture(scope="module")
def paypal_server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def paypal(paypal_server, settings):
    """Our PayPal account, with 500 € on it by our books."""
    settings.PAYPAL_WITHDRAWALS = True
    settings.PAYPAL_CLIENT_ID, settings.PAYPAL_CLIENT_SECRET = CLIENT, SECRET
    settings.PAYPAL_API_BASE = paypal_server.address
    paypal_client._tokens.clear()
    books.fund_paypal(500_00, reference="VIR-1")
    return paypal_server.reset()


@pytest.fixture
def rich(paypal, buyer, expert):
    """Claire chose PayPal, and has 108 € available."""
    withdrawals.choose_way(expert, way="paypal", paypal_email="claire@example.test")
    escrow.release(cash.receive(cash.ask(buyer, expert)), clearing=timedelta(0))
    return expert


@pytest.fixture
def approved(rich):
    """50 € that the team lets go."""
    return withdrawals.approve_paypal(withdrawals.request_withdrawal(rich, 50_00))


def later(**time):
    return time_machine.travel(clock.now() + timedelta(**time))


def money():
    return (
        ledger.balance(ledger.PAYPAL),
        ledger.balance(ledger.PSP),
        ledger.own_funds(),
        Withdrawal.objects.filter(state=State.SENT).count(),
    )


def test_the_team_approves_paypal_pays_and_its_fee_is_ours(rich, paypal, staff, client_of):  # A49, A50
    withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    page = reverse("admin:payments_withdrawal_change", args=[withdrawal.pk])
    assert "Send through PayPal" in client_of(staff).get(page).content.decode()

    client_of(staff).post(f"{page.removesuffix('change/')}approve/", {"reason": "Vérifié."})

    withdrawal = send(withdrawal)
    assert (withdrawal.state, withdrawal.rail) == (State.SENT, "payouts")
    (item,) = paypal.batch_of(withdrawal)["items"]
    assert item["payout_item"]["receiver"] == "claire@example.test"
    assert item["payout_item"]["amount"] == {"value": "50.00", "currency": "EUR"}
    assert send(withdrawal).state == State.SENT, "it is still pending there"
    paypal.settle(withdrawal, "SUCCESS")
    assert send(withdrawal).state == State.PAID
    assert cash.postings(f"withdrawal:{withdrawal.pk}:paid")["psp:paypal"] == -50_00
    assert ledger.balance(ledger.PAYPAL) == 500_00 - 50_00 - 35
    assert ledger.balance(ledger.PSP_FEES) == 35
    assert queries.balance_of(rich).available_cents == 58_00
    assert "claire@example.test" in client_of(rich).get(reverse("withdrawals")).content.decode()
    assert Notification.objects.filter(user=rich, kind="withdrawal_paid").count() == 1


def test_nothing_leaves_before_the_team_approves_and_nothing_is_cancelled_after(rich, paypal):
    withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    payout_outbox.send_withdrawal.run(withdrawal.pk)
    with later(days=1):
        assert tasks.sweep_withdrawals() == 0
    assert paypal.asked == []

    withdrawals.approve_paypal(withdrawal)

    with pytest.raises(Refusal, match="already on its way"):
        withdrawals.cancel(withdrawal)
    with pytest.raises(Refusal, match="waits for our team"):
        withdrawals.approve_paypal(withdrawal)
    with pytest.raises(Refusal, match="our team sends"):
        withdrawals.confirm_paid(withdrawal)
    with pytest.raises(Refusal, match="our team sends"):
        withdrawals.confirm_failed(withdrawal, reason="Non")


def test_without_credentials_the_team_carries_it_out_by_hand(rich, paypal, settings, staff, client_of):
    settings.PAYPAL_CLIENT_SECRET = ""
    withdrawal = withdrawals.request_withdrawal(rich, 50_00)
    page = client_of(staff).get(reverse("admin:payments_withdrawal_change", args=[withdrawal.pk]))

    assert "Send through PayPal" not in page.content.decode()
    with pytest.raises(Refusal, match="waits for our team"):
        withdrawals.approve_paypal(withdrawal)
    assert withdrawals.confirm_paid(withdrawal).state == State.PAID
    assert paypal.asked == []


def test_more_than_our_paypal_account_holds_is_refused_and_nothing_moves(rich, paypal):
    first = withdrawals.approve_paypal(withdrawals.request_withdrawal(rich, 50_00))
    second = withdrawals.request_withdrawal(rich, 58_00)
    ledger.post(
        "payout:paypal:back",
        ledger.Kind.PLATFORM_PAYOUT,
        [ledger.credit(ledger.PAYPAL, 400_00), ledger.debit(ledger.BANK, 400_00)],
    )
    before = cash.snapshot()

    with pytest.raises(Refusal, match=r"€50\.00 is free"):
        withdrawals.approve_paypal(second)

    assert cash.snapshot() == before
    second.refresh_from_db()
    assert (first.rail, second.rail, second.state) == ("payouts", "paypal", State.REQUESTED)


@pytest.mark.parametrize("step", STEPS)
def test_a_payout_whose_worker_dies_is_made_once(approved, paypal, step, monkeypatch, errands):
    with monkeypatch.context() as patch:
        die_at(step, patch, Kind.PAYPAL_PAYOUT)
        with pytest.raises(Killed):
            send(approved)

    with later(minutes=10):
        tasks.sweep_calls()
        tasks.sweep_withdrawals()

    assert len(paypal.batches) == 1
    assert Withdrawal.objects.get().state == State.SENT
    assert Withdrawal.objects.get().gateway_id in paypal.batches


@pytest.mark.parametrize("silence", ["lost", "late", "never came in"])
def test_without_an_answer_paypal_is_asked_what_it_knows(approved, paypal, silence, monkeypatch):
    with monkeypatch.context() as patch:
        if silence == "late":
            patch.setattr(paypal_client, "TIMEOUT_SECONDS", 0.1)
            paypal.late = threading.Event()
        elif silence == "lost":
            paypal.losing = 1
        else:
            paypal.failing = 1
        with pytest.raises(GatewayUnavailable):
            send(approved)
    assert GatewayCall.objects.get(kind=Kind.PAYPAL_PAYOUT).state == "unknown"
    assert len(paypal.batches) == (0 if silence == "never came in" else 1)
    if paypal.late is not None:
        paypal.late.set()
        paypal.late = None

    assert send(approved).state == State.SENT

    assert len(paypal.batches) == 1
    assert paypal.batch_of(approved)["batch_header"]["payout_batch_id"] == Withdrawal.objects.get().gateway_id


def test_a_no_to_the_second_request_says_nothing_of_the_first(approved, paypal, rich):
    paypal.losing = 1
    with pytest.raises(GatewayUnavailable):
        send(approved)
    paypal.error = (403, "AUTHORIZATION_ERROR")
    before = money()

    with pytest.raises(GatewayUnavailable):
        send(approved)

    assert money() == before
    assert Withdrawal.objects.get().state == State.REQUESTED
    paypal.error = None
    assert send(approved).state == State.SENT
    assert len(paypal.batches) == 1


def test_after_a_month_nothing_is_asked_again_and_the_audit_tells(approved, paypal):
    paypal.losing = 1
    with pytest.raises(GatewayUnavailable):
        send(approved)
    asked = len(paypal.asked)

    with later(days=30):
        with pytest.raises(GatewayUnavailable, match="look at our PayPal account"):
            send(approved)
        assert "1 call(s) to the provider without an answer for a day" in books.check().findings

    assert len(paypal.asked) == asked


@pytest.mark.parametrize("error", [(403, "AUTHORIZATION_ERROR"), (422, "INSUFFICIENT_FUNDS")])
def test_our_own_account_is_refused(approved, paypal, rich, error):
    paypal.error = error

    withdrawal = send(approved)

    assert (withdrawal.state, paypal.batches) == (State.FAILED, {})
    assert withdrawal.failure_reason == "The payment provider refused this payout."
    assert queries.balance_of(rich).available_cents == 108_00
    assert ledger.balance(ledger.PAYPAL) == 500_00


@pytest.mark.parametrize(
    ("state", "error", "reason"),
    [
        ("FAILED", "RECEIVER_ACCOUNT_LOCKED", "PayPal says that this account cannot receive the money."),
        ("BLOCKED", "", "PayPal says that this account cannot receive the money."),
        ("RETURNED", "", "No PayPal account takes money at this address."),
        ("DENIED", "", "PayPal did not carry out this payout. Ask for it again, or write to us."),
    ],
)
def test_what_does_not_arrive_is_the_experts_again_with_a_reason(
    approved, paypal, rich, client_of, state, error, reason
):  # E73
    sent = send(approved)
    if state == "DENIED":
        paypal.deny(sent)
    else:
        paypal.settle(sent, state, error)

    withdrawal = send(sent)

    assert (withdrawal.state, withdrawal.failure_reason) == (State.FAILED, reason)
    assert queries.balance_of(rich).available_cents == 108_00
    assert (ledger.balance(ledger.PAYPAL), ledger.balance(ledger.in_transit(rich))) == (500_00, 0)
    assert Notification.objects.filter(user=rich, kind="withdrawal_failed").count() == 1
    assert "PayPal" in client_of(rich).get(reverse("withdrawals")).content.decode()
    assert send(withdrawal).state == State.FAILED
    assert withdrawals.request_withdrawal(rich, 108_00).state == State.REQUESTED


def test_what_nobody_claims_is_taken_back_after_three_days(approved, paypal, rich):
    sent = send(approved)
    paypal.settle(sent, "UNCLAIMED", "RECEIVER_UNREGISTERED")
    assert send(sent).state == State.SENT, "they may still open an account"

    with later(days=3, minutes=1):
        withdrawal = send(sent)

    assert paypal.batch_of(sent)["items"][0]["transaction_status"] == "RETURNED"
    assert (withdrawal.state, withdrawal.failure_reason) == (
        State.FAILED,
        "No PayPal account takes money at this address.",
    )
    assert queries.balance_of(rich).available_cents == 108_00


def test_what_is_claimed_at_the_last_moment_is_paid(approved, paypal, rich, monkeypatch):
    sent = send(approved)
    paypal.settle(sent, "UNCLAIMED")
    take_back = payout_outbox.paypal.take_back

    def claimed_just_before(item, **names):
        paypal.settle(sent, "SUCCESS")
        return take_back(item, **names)

    with later(days=4):
        with monkeypatch.context() as patch:
            patch.setattr(payout_outbox.paypal, "take_back", claimed_just_before)
            assert send(sent).state == State.SENT
        assert GatewayCall.objects.get(kind=Kind.PAYPAL_RETURN).state == "failed"
        assert send(sent).state == State.PAID
    assert queries.balance_of(rich).available_cents == 58_00


def test_what_paypal_calls_back_after_it_arrived_is_marked_by_the_team(approved, paypal, rich):
    sent = send(approved)
    paypal.settle(sent, "SUCCESS")
    paid = send(sent)

    withdrawals.confirm_failed(paid, reason="Annulé par PayPal")

    assert Withdrawal.objects.get().state == State.FAILED
    assert queries.balance_of(rich).available_cents == 108_00
    assert ledger.balance(ledger.PAYPAL) == 500_00 - 35


def test_a_token_is_kept_until_it_ends_and_wrong_credentials_move_nothing(approved, paypal, settings):
    sent = send(approved)
    send(sent)
    assert paypal.asked.count("POST /v1/oauth2/token") == 1
    paypal.tokens.clear()
    assert send(sent).state == State.SENT
    assert paypal.asked.count("POST /v1/oauth2/token") == 2

    settings.PAYPAL_CLIENT_SECRET = "wrong"
    with pytest.raises(GatewayUnavailable, match="no token"):
        send(sent)
    assert Withdrawal.objects.get().state == State.SENT


def test_the_sweep_asks_until_it_is_known(approved, paypal, errands):
    with later(minutes=10):
        assert tasks.sweep_withdrawals() == 1
    paypal.settle(approved, "SUCCESS")
    with later(minutes=30):
        assert tasks.sweep_withdrawals() == 0, "PayPal is not asked all the time"
    with later(hours=5):
        assert tasks.sweep_withdrawals() == 1
    assert Withdrawal.objects.get().state == State.PAID


def test_half_of_the_credentials_or_an_open_connection_are_refused_at_the_start(settings):
    def found(**given):
        for name, value in given.items():
            setattr(settings, name, value)
        return {each.id for each in checks.payment_settings(None)} & {"payments.E007", "payments.E008"}

    settings.PAYPAL_WITHDRAWALS = True
    assert found() == set()
    assert found(PAYPAL_CLIENT_ID="a") == {"payments.E007"}
    assert found(PAYPAL_CLIENT_SECRET="b") == set()
    assert found(LOCAL_MODE=False, PAYPAL_API_BASE="http://api-m.paypal.com") == {"payments.E008"}
    assert found(PAYPAL_WITHDRAWALS=False) == set()
