"""After the release: refunds, the buyer's bank and withdrawals in any order, and workers that die on the way."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import chargebacks, clawback, escrow, ledger, outbox, payout_outbox, payouts, tasks, withdrawals
from payments.gateways import DisputeState, DisputeStatus, PayoutState, PayoutStatus, gateway
from payments.models import (
    Chargeback,
    EscrowHold,
    GatewayCall,
    PayeeAccount,
    Payment,
    Refund,
    Withdrawal,
)
from tests.payments import cash
from tests.payments.test_calls import STEPS, Killed, die_at
from tests.payments.test_withdrawals_at_stripe import level, paid_at_stripe

pytestmark = pytest.mark.django_db
PRICE = 120_00
ACTS = st.one_of(
    st.tuples(
        st.sampled_from(["release", "contest", "lose", "win", "close", "paid", "fail", "bounce", "retry"]),
        st.just(0),
    ),
    st.tuples(st.sampled_from(["freeze", "unfreeze"]), st.just(0)),
    st.tuples(st.sampled_from(["refund", "claw back", "withdraw"]), st.integers(1, PRICE)),
)


def bank(hold: EscrowHold, state: DisputeState, *, back: bool = False) -> None:
    status = DisputeStatus(
        "dp_1", "cs_1", state, PRICE, withdrawn_cents=PRICE, fee_cents=20_00, is_reinstated=back
    )
    chargebacks.book(hold.payment, status)


def act(hold: EscrowHold, name: str, cents: int) -> None:
    """One thing that may happen, whether it is its time or not."""
    under_way = Withdrawal.objects.filter(expert=hold.payee, state__in=["requested", "sent", "paid"]).last()
    match name:
        case "release":
            escrow.release(hold, clearing=timedelta(0))
        case "refund":
            escrow.refund(hold, cents, reason="x")
        case "claw back":
            clawback.refund_released(hold, cents, reason="x")
        case "contest":
            bank(hold, DisputeState.OPEN)
        case "lose":
            bank(hold, DisputeState.LOST)
        case "win":
            bank(hold, DisputeState.WON, back=True)
        case "close":
            bank(hold, DisputeState.CLOSED)
        case "freeze":
            escrow.freeze(hold)
        case "unfreeze":
            escrow.unfreeze(hold)
        case "withdraw":
            withdrawals.request_withdrawal(hold.payee, cents)
        case "paid" if under_way:
            payouts.book(under_way, PayoutStatus(f"po_{under_way.pk}", "", PayoutState.PAID))
        case "fail" if under_way:
            payouts.book(under_way, PayoutStatus(f"po_{under_way.pk}", "", PayoutState.FAILED))
        case "bounce" if refund := Refund.objects.filter(state="decided").first():
            outbox.refunds.refuse(refund, "closed account")
        case "retry" if refund := Refund.objects.filter(state="failed").first():
            escrow.retry_refund(refund)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@example(acts=[("refund", 12_93), ("freeze", 0), ("contest", 0), ("lose", 0)])
@example(acts=[("contest", 0), ("close", 0), ("win", 0)])
@given(acts=st.lists(ACTS, max_size=12))
def test_no_cent_is_lost_between_the_bank_the_balance_and_the_refunds(buyer, expert, acts):
    with cash.undone():
        hold = cash.receive(cash.ask(buyer, expert, PRICE))
        for name, cents in acts:
            before = cash.snapshot()
            try:
                act(EscrowHold.objects.get(pk=hold.pk), name, cents)
            except Refusal:
                assert cash.snapshot() == before, "a refusal moved something"
            assert ledger.audit() == []
        hold.refresh_from_db()
        assert hold.released_cents + hold.refunded_cents + hold.remaining_cents == PRICE
        for chargeback in Chargeback.objects.all():
            assert chargeback.is_running or ledger.balance(ledger.claim(chargeback.pk)) == 0


@pytest.fixture
def earned(stand_in, buyer, expert):
    """108 € of Claire's, on her account at the provider."""
    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    payouts.book_payee(gateway().look_up_payee(account.gateway_id))
    return level(escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0)))


def sweep(stand_in) -> None:
    """Another worker, ten minutes later, at a provider that has forgotten the keys."""
    stand_in.keys.clear()
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        tasks.sweep_calls()
        tasks.sweep_transfers()


@pytest.mark.parametrize("step", STEPS)
def test_a_transfer_taken_back_by_a_worker_that_dies_comes_back_once(
    stand_in, earned, step, monkeypatch, errands
):
    clawback.refund_released(earned.hold, 60_00, reason="ruling")
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.TRANSFER_REVERSAL)
        with pytest.raises(Killed):
            level(earned)
    sweep(stand_in)

    assert stand_in.one("transfer_reversal")["amount"] == 54_00
    earned.refresh_from_db()
    assert earned.transferred_cents == 54_00


@pytest.mark.parametrize("step", STEPS[:3])
def test_evidence_sent_by_a_worker_that_dies_arrives(stand_in, earned, step, monkeypatch, errands):
    dispute = stand_in.dispute(earned.hold.payment.gateway_id)
    status = gateway().look_up_dispute(dispute)
    chargeback = chargebacks.book(earned.hold.payment, status)
    chargebacks.answer(chargeback)
    call = GatewayCall.objects.get(kind="evidence")
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.EVIDENCE)
        with pytest.raises(Killed):
            outbox.perform_call.run(call.pk)
    sweep(stand_in)

    assert stand_in.rows[dispute]["evidence"]["customer_name"] == "Thomas Girard"
    assert GatewayCall.objects.get(kind="evidence").state == "done"


@pytest.mark.parametrize("step", STEPS)
def test_an_experts_account_whose_worker_dies_is_opened_once(stand_in, expert, step, monkeypatch, errands):
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.PAYEE)
        with pytest.raises(Killed):
            payout_outbox.open_payee(expert)
    assert not PayeeAccount.objects.exists()
    sweep(stand_in)

    assert PayeeAccount.objects.get().gateway_id == stand_in.one("v2.core.account")["id"]
    assert payout_outbox.open_payee(expert) == PayeeAccount.objects.get()
    assert len(stand_in.all("v2.core.account")) == 1


@pytest.mark.parametrize("step", STEPS[:2])
@pytest.mark.parametrize("pays_meanwhile", [False, True])
def test_a_page_left_behind_by_a_worker_that_dies_takes_no_money_for_good(
    stand_in, payment, step, pays_meanwhile, monkeypatch, errands
):
    cash.checkout(payment)
    page = Payment.objects.get().gateway_id
    escrow.expire(payment)
    call = GatewayCall.objects.get(kind="checkout_expiry")
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.CHECKOUT_EXPIRY)
        with pytest.raises(Killed):
            outbox.perform_call.run(call.pk)
    if pays_meanwhile and step == "before the call":
        stand_in.pay(page)
    sweep(stand_in)

    call.refresh_from_db()
    assert call.state == GatewayCall.State.DONE
    if stand_in.rows[page]["status"] == "complete":  # too late to close: what came goes straight back
        escrow.refresh(Payment.objects.get())
        assert ledger.balance(ledger.escrow(payment)) == 0
        assert Refund.objects.get().amount_cents == payment.amount_cents
    else:
        assert stand_in.rows[page]["status"] == "expired"
