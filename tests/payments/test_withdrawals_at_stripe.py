"""Withdrawals through Stripe: accounts, transfers and payouts, whatever is lost on the way."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from payments import calls, escrow, inbox, ledger, payout_outbox, payouts, queries, tasks, withdrawals
from payments.gateways import GatewayUnavailable
from payments.models import Earning, GatewayCall, InboundEvent, PayeeAccount, Withdrawal
from tests import factories
from tests.payments import cash
from tests.payments.test_calls import Killed, die_at
from tests.payments.test_withdrawals import send

pytestmark = pytest.mark.django_db
State = Withdrawal.State


@pytest.fixture
def onboarded(stand_in, expert, client):
    """Claire has told Stripe who she is."""
    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    stand_in.deliver(client)
    read_all()
    translation.activate("en")  # the delivered messages were requests, and left their own language behind
    return PayeeAccount.objects.get()


def read_all():
    for event in InboundEvent.objects.filter(state="pending"):
        inbox.process(event)


def paid_at_stripe(stand_in, buyer, expert, cents=120_00):
    payment = cash.ask(buyer, expert, cents)
    cash.checkout(payment)
    payment.refresh_from_db()
    stand_in.pay(payment.gateway_id)
    return escrow.refresh(payment).hold


def level(earning):
    payout_outbox.level_transfer.run(earning.pk)
    earning.refresh_from_db()
    return earning


def test_an_expert_opens_one_account_and_gets_ready(stand_in, onboarded, expert):
    assert onboarded.is_ready
    assert payout_outbox.open_payee(expert) == onboarded
    assert len(stand_in.all("v2.core.account")) == 1
    assert GatewayCall.objects.filter(kind="payout_schedule").count() == 1
    assert Notification.objects.filter(user=expert, kind="payee_ready").count() == 1


def test_from_the_card_to_the_experts_bank(stand_in, onboarded, buyer, expert, client):  # worked example 1
    earning = level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    assert (earning.transferred_cents, earning.transfer_due_at) == (108_00, None)
    assert stand_in.one("transfer")["source_transaction"] == stand_in.one("charge")["id"]

    withdrawal = send(withdrawals.request_withdrawal(expert, 108_00))
    stand_in.settle_payout(withdrawal.gateway_id, "paid")
    stand_in.deliver(client, shuffled=True, twice=True)
    read_all()

    withdrawal.refresh_from_db()
    assert withdrawal.state == State.PAID
    assert ledger.balance(ledger.PSP) == stand_in.balances[""] == ledger.own_funds() == 9_95
    assert stand_in.balances[onboarded.gateway_id] == 0


def test_a_payout_fails_after_it_was_paid(stand_in, onboarded, buyer, expert, client):  # worked example 10
    level(escrow.release(paid_at_stripe(stand_in, buyer, expert, 100_00), clearing=timedelta(0)))
    withdrawal = send(withdrawals.request_withdrawal(expert, 90_00))
    for status in ("paid", "failed"):
        stand_in.settle_payout(withdrawal.gateway_id, status)
        stand_in.deliver(client)
        read_all()

    assert Withdrawal.objects.get().state == State.FAILED
    assert ledger.balance(ledger.payable(expert)) == 90_00
    assert stand_in.balances[onboarded.gateway_id] == 90_00


def test_earnings_wait_for_the_account_and_the_withdrawal_for_the_earnings(
    stand_in, buyer, expert, client
):  # K37, B48
    earning = level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    assert not earning.transferred_cents
    with pytest.raises(Refusal, match="Complete your account"):
        withdrawals.request_withdrawal(expert, 50_00)

    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    stand_in.deliver(client)
    read_all()
    withdrawal = send(withdrawals.request_withdrawal(expert, 50_00))
    assert withdrawal.state == State.REQUESTED, "its money is not on the account yet"

    level(earning)
    assert send(withdrawal).state == State.SENT


@pytest.mark.parametrize("step", ["before the call", "after the call", "before the books", "after the books"])
def test_a_transfer_whose_worker_dies_is_made_once(
    stand_in, onboarded, buyer, expert, step, monkeypatch, errands
):
    earning = escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0))
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.TRANSFER)
        with pytest.raises(Killed):
            level(earning)
    stand_in.keys.clear()

    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        tasks.sweep_calls()
        tasks.sweep_transfers()

    assert stand_in.one("transfer")["amount"] == 108_00
    earning.refresh_from_db()
    assert earning.transferred_cents == 108_00


@pytest.mark.parametrize("kind", ["payout", "payee"])
def test_a_lost_answer_is_looked_up(stand_in, onboarded, buyer, expert, kind):
    if kind == "payee":
        hugo = factories.make_expert("Hugo", "Marchand")
        stand_in.lose_answers(1)
        with pytest.raises(GatewayUnavailable):
            payout_outbox.open_payee(hugo)
        stand_in.keys.clear()
        payout_outbox.open_payee(hugo)
        assert len(stand_in.all("v2.core.account")) == 2
        return
    level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    withdrawal = withdrawals.request_withdrawal(expert, 50_00)
    stand_in.lose_answers(1)
    with pytest.raises(GatewayUnavailable):
        send(withdrawal)
    stand_in.keys.clear()
    assert send(withdrawal).state == State.SENT
    assert stand_in.one("payout")["amount"] == 50_00


def test_a_refused_payout_gives_the_money_back(stand_in, onboarded, buyer, expert):
    level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    stand_in.balances[onboarded.gateway_id] = 0  # something else took it
    withdrawal = send(withdrawals.request_withdrawal(expert, 50_00))

    assert withdrawal.state == State.FAILED
    assert queries.balance_of(expert).available_cents == 108_00


def test_a_bank_changed_at_stripe_rests_too(stand_in, onboarded, buyer, expert):
    level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    payouts.note_bank_change(onboarded.gateway_id)

    with pytest.raises(Refusal, match="new bank account"):
        withdrawals.request_withdrawal(expert, 50_00)
    assert Notification.objects.filter(user=expert, kind="payee_bank_changed").count() == 1


def test_what_stayed_for_eighty_days_is_paid_out_by_itself(stand_in, onboarded, buyer, expert):
    level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))
    assert tasks.pay_out_forgotten() == 0
    Earning.objects.update(released_at=clock.now() - timedelta(days=81))

    assert tasks.pay_out_forgotten() == 1
    assert tasks.pay_out_forgotten() == 0
    assert Withdrawal.objects.get().is_automatic


def test_onboarding_leads_to_stripes_pages(stand_in, expert, prepared):  # K37, A48
    answer = prepared(expert).post(reverse("withdrawal_onboarding"))

    assert answer.url.startswith("https://connect.stripe.test/setup/acct_")
    assert calls.GatewayCall.objects.get(kind="payee").state == "done"
