"""Money given back after it was released, and payments contested at the bank: every posting, to the cent."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import (
    books,
    chargebacks,
    clawback,
    commission,
    escrow,
    inbox,
    ledger,
    payout_outbox,
    payouts,
    queries,
    withdrawals,
)
from payments.gateways import DisputeState, DisputeStatus
from payments.models import (
    BooksReport,
    Chargeback,
    EscrowHold,
    GatewayCall,
    InboundEvent,
    Withdrawal,
)
from payments.outbox import send_refund
from tests.payments import cash
from tests.payments.test_withdrawals import send
from tests.payments.test_withdrawals_at_stripe import level, paid_at_stripe, read_all

pytestmark = pytest.mark.django_db
NOW = timedelta(0)


@pytest.fixture
def released(hold):
    escrow.release(hold, clearing=NOW)
    return EscrowHold.objects.get(pk=hold.pk)


def dispute(state=DisputeState.OPEN, cents=120_00, *, taken=True, back=False, name="dp_1"):
    return DisputeStatus(
        name,
        "cs_1",
        state,
        cents,
        withdrawn_cents=cents if taken else 0,
        fee_cents=20_00 if taken else 0,
        is_reinstated=back,
    )


def pay_out(expert, cents):
    withdrawal = withdrawals.request_withdrawal(expert, cents)
    Withdrawal.objects.filter(pk=withdrawal.pk).update(rail="sepa")
    withdrawals.confirm_paid(withdrawal)


def test_8_half_goes_back_after_most_was_withdrawn(released, buyer, expert):  # worked example 8, E36
    pay_out(expert, 80_00)

    refund = clawback.refund_released(released, 60_00, reason="ruling")

    assert cash.postings(f"refund:{refund.pk}:clawback") == {
        f"expert:{expert.pk}:payable": 2800,
        f"expert_receivable:{expert.pk}": 2600,
        "revenue:commission": 500,
        "vat:collected:20": 100,
        f"refund:payment:{released.payment_id}": -6000,
    }
    assert queries.balance_of(expert).owed_cents == 26_00
    with pytest.raises(Refusal, match="You owe"):
        withdrawals.request_withdrawal(expert, 1)

    escrow.release(cash.receive(cash.ask(buyer, expert, 100_00)), clearing=NOW)
    assert ledger.balance(ledger.payable(expert)) == 64_00
    assert queries.balance_of(expert).owed_cents == 0
    assert withdrawals.request_withdrawal(expert, 64_00)


@pytest.mark.parametrize("cents", [0, -1, 120_01])
def test_no_more_goes_back_than_was_released(released, cents):
    before = cash.snapshot()
    with pytest.raises(Refusal):
        clawback.refund_released(released, cents, reason="x")
    assert cash.snapshot() == before


def test_what_was_never_released_is_not_clawed_back(hold):
    with pytest.raises(Refusal, match="not been released"):
        clawback.refund_released(hold, 1_00, reason="x")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cents=st.integers(100, 50_000), parts=st.lists(st.integers(1, 20_000), max_size=6))
def test_any_sequence_of_refunds_ends_exactly_at_the_commission(buyer, expert, cents, parts):  # E31
    hold = cash.receive(cash.ask(buyer, expert, cents), gateway_id=f"gw-{cents}-{len(parts)}-{clock.now()}")
    earning = escrow.release(hold, clearing=NOW)
    for part in [*parts, None]:
        hold.refresh_from_db()
        left = hold.released_cents - hold.clawed_back_cents
        part = left if part is None else min(part, left)
        if part:
            clawback.refund_released(hold, part, reason="x")

    earning.refresh_from_db()
    assert earning.commission_returned_cents == earning.commission_cents
    assert sum(r.from_expert_cents + r.owed_cents for r in hold.refunds.all()) == earning.net_cents
    assert ledger.audit() == []
    assert sum(line.amount_cents for line in queries.money_timeline([hold.payment])) == 0
    assert sum(line.amount_cents for line in queries.money_timeline([hold.payment], viewer="buyer")) == 0


def test_9_a_chargeback_lost_before_acceptance(hold, expert):  # worked example 9, E37
    payment = hold.payment
    chargebacks.book(payment, dispute())
    hold.refresh_from_db()
    assert hold.state == EscrowHold.State.FROZEN
    with pytest.raises(Refusal, match="frozen"):
        escrow.release(hold, clearing=NOW)
    with pytest.raises(Refusal, match="bank is examining"):
        escrow.unfreeze(hold)
    assert ledger.balance(ledger.PSP) == -20_00
    assert ledger.own_funds() == -140_00

    chargeback = chargebacks.book(payment, dispute(DisputeState.LOST))

    assert cash.postings(f"dispute:{chargeback.pk}:lost") == {
        f"escrow:payment:{payment.pk}": 12000,
        f"dispute:{chargeback.pk}": -12000,
    }
    hold.refresh_from_db()
    assert hold.state == EscrowHold.State.REFUNDED
    assert ledger.balance(ledger.DISPUTE_FEES) == 20_00


def test_9_a_chargeback_lost_after_acceptance(released, expert):
    payment = released.payment
    chargeback = chargebacks.book(payment, dispute())
    assert ledger.balance(ledger.payable(expert)) == 0
    assert ledger.balance(ledger.set_aside(expert)) == 108_00
    with pytest.raises(Refusal):
        withdrawals.request_withdrawal(expert, 1)
    with pytest.raises(Refusal, match="bank is examining"):
        clawback.refund_released(released, 1_00, reason="x")

    chargebacks.book(payment, dispute(DisputeState.LOST))

    assert cash.postings(f"dispute:{chargeback.pk}:lost") == {
        f"expert:{expert.pk}:hold": 10800,
        "revenue:commission": 1000,
        "vat:collected:20": 200,
        f"dispute:{chargeback.pk}": -12000,
    }


def test_9_a_chargeback_won_returns_everything_to_where_it_was(released, hold, expert):
    payment = released.payment
    chargeback = chargebacks.book(payment, dispute())
    chargebacks.book(payment, dispute(DisputeState.WON))
    assert Chargeback.objects.get().is_running, "won, but the money is not back yet"

    chargebacks.book(payment, dispute(DisputeState.WON, back=True))
    chargebacks.book(payment, dispute(DisputeState.LOST))  # nothing changes after the decision

    assert Chargeback.objects.get().state == Chargeback.State.WON
    assert cash.postings(f"dispute:{chargeback.pk}:won") == {
        "psp:stripe:platform": 12000,
        f"dispute:{chargeback.pk}": -12000,
    }
    assert ledger.balance(ledger.payable(expert)) == 108_00


def test_an_inquiry_freezes_and_moves_no_money(hold, listener):
    chargebacks.book(hold.payment, dispute(DisputeState.INQUIRY, taken=False))
    assert ledger.balance(ledger.PSP) == 120_00

    chargebacks.book(hold.payment, dispute(DisputeState.CLOSED, taken=False))

    hold.refresh_from_db()
    assert hold.state == EscrowHold.State.HELD
    assert ledger.balance(ledger.PSP) == 120_00


def test_lost_after_the_expert_withdrew_everything_they_owe_it(released, expert):
    pay_out(expert, 108_00)
    chargebacks.book(released.payment, dispute())
    chargebacks.book(released.payment, dispute(DisputeState.LOST))

    assert queries.balance_of(expert).owed_cents == 108_00


def test_a_chargeback_at_stripe_from_its_messages_to_the_evidence(
    stand_in, buyer, expert, client, errands, django_capture_on_commit_callbacks
):
    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    stand_in.deliver(client)
    read_all()
    hold = paid_at_stripe(stand_in, buyer, expert)
    page = hold.payment.gateway_id
    earning = level(escrow.release(hold, clearing=NOW))
    dispute_id = stand_in.dispute(page)
    stand_in.deliver(client, shuffled=True, twice=True)
    read_all()
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]

    with django_capture_on_commit_callbacks(execute=True):
        chargebacks.answer(Chargeback.objects.get())
    assert stand_in.rows[dispute_id]["evidence"]["customer_name"] == "Thomas Girard"
    assert GatewayCall.objects.get(kind="evidence").state == "done"
    with pytest.raises(Refusal, match=r"sent already|déjà envoyées"):
        chargebacks.answer(Chargeback.objects.get())

    stand_in.close_dispute(dispute_id, "lost")
    stand_in.deliver(client, twice=True)
    read_all()
    assert Chargeback.objects.get().state == Chargeback.State.LOST
    level(earning)
    assert stand_in.one("transfer_reversal")["amount"] == 108_00
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]


def test_a_refund_after_release_takes_the_transfer_back(stand_in, buyer, expert, client):
    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    payouts.book_payee(payouts_status(account))
    hold = paid_at_stripe(stand_in, buyer, expert)
    earning = level(escrow.release(hold, clearing=NOW))
    send(withdrawals.request_withdrawal(expert, 80_00))

    refund = clawback.refund_released(hold, 60_00, reason="ruling")
    send_refund.run(refund.pk)
    level(earning)

    assert stand_in.one("transfer_reversal")["amount"] == 28_00
    assert stand_in.balances[account.gateway_id] == 0
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]
    assert queries.balance_of(expert).owed_cents == 26_00


def payouts_status(account):
    from payments.gateways import gateway

    return gateway().look_up_payee(account.gateway_id)


def test_the_nightly_check_compares_each_line_with_the_provider(stand_in, buyer, expert, client):
    paid_at_stripe(stand_in, buyer, expert)
    report = books.check()
    assert report.findings == ["own funds are below zero: −€2.05"], "the fee comes before the commission"
    assert (report.gateway_cents, report.ledger_cents, report.movements) == (117_95, 117_95, 1)

    stand_in._move("adjustment", -5_00, 0, "dp_unknown")
    report = books.check()
    assert len(report.findings) == 3
    assert "11795" in report.findings[1]


def test_own_funds_below_zero_are_told_to_the_team(hold, staff):
    from messaging.models import Notification

    chargebacks.book(hold.payment, dispute())

    report = books.check()

    assert any("own funds" in finding for finding in report.findings)
    assert Notification.objects.get(user=staff).kind == "books_unsound"
    assert BooksReport.objects.count() == 1


def test_too_much_commission_is_given_back_once(released, expert):
    given = [commission.give_back(released, due_ht_cents=4_75) for _twice in range(2)]

    assert [part.ttc for part in given] == [6_30, 0]
    assert ledger.balance(ledger.payable(expert)) == 108_00 + 6_30
    assert ledger.balance(ledger.COMMISSION) == 10_00 - 5_25
    assert commission.give_back(released, due_ht_cents=10_00).ttc == 0, (
        "what is due is never taken a second time"
    )
    assert ledger.balance(ledger.COMMISSION) == 10_00 - 5_25


def test_commission_given_back_follows_by_its_own_transfer_and_both_come_back(
    stand_in, buyer, expert, client
):
    account = payout_outbox.open_payee(expert)
    stand_in.activate(account.gateway_id)
    payouts.book_payee(payouts_status(account))
    hold = paid_at_stripe(stand_in, buyer, expert)
    earning = level(escrow.release(hold, clearing=NOW))

    commission.give_back(hold, due_ht_cents=4_75)
    level(earning)
    level(earning)

    assert [row["amount"] for row in stand_in.all("transfer")] == [108_00, 6_30]
    stand_in.deliver(client, twice=True)
    read_all()
    assert not InboundEvent.objects.exclude(state="processed").exists(), "both transfers are known"
    assert not any("transfer" in finding for finding in books.check().findings)

    refund = clawback.refund_released(hold, 120_00, reason="ruling")
    send_refund.run(refund.pk)
    for _each in range(3):
        level(earning)

    assert sorted(row["amount"] for row in stand_in.all("transfer_reversal")) == [6_30, 108_00]
    assert stand_in.balances[account.gateway_id] == 0
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]


def test_our_own_money_goes_to_our_bank_and_may_come_back(hold):
    from payments.gateways import PayoutState, PayoutStatus

    for state in (PayoutState.PAID, PayoutState.PAID, PayoutState.FAILED):
        books.book_own_payout(PayoutStatus("po_1", "", state, amount_cents=10_00))

    assert ledger.balance(ledger.BANK) == 0
    assert ledger.balance(ledger.PSP) == 120_00


def test_a_warning_of_fraud_reaches_the_team(stand_in, buyer, expert, staff):
    from messaging.models import Notification

    paid_at_stripe(stand_in, buyer, expert)
    event = InboundEvent.objects.create(
        event_id="evt_x",
        kind="radar.early_fraud_warning.created",
        subject="fraud_warning",
        object_id=stand_in.one("charge")["id"],
        payload={},
    )
    inbox.process(event)

    assert Notification.objects.get(user=staff).kind == "fraud_warning"


def test_lost_while_our_team_examines_the_order_the_money_still_goes_to_the_bank(hold):
    escrow.freeze(hold)
    chargeback = chargebacks.book(hold.payment, dispute(DisputeState.OPEN))
    assert not chargeback.froze_hold
    chargebacks.book(hold.payment, dispute(DisputeState.LOST))

    hold.refresh_from_db()
    assert (hold.state, hold.remaining_cents) == (EscrowHold.State.REFUNDED, 0)
    assert ledger.balance(ledger.claim(chargeback.pk)) == 0


def test_of_two_chargebacks_the_first_to_end_leaves_the_payment_frozen(hold):
    chargebacks.book(hold.payment, dispute(cents=60_00))
    chargebacks.book(hold.payment, dispute(cents=60_00, name="dp_2"))

    chargebacks.book(hold.payment, dispute(DisputeState.LOST, 60_00))
    hold.refresh_from_db()
    assert (hold.state, hold.remaining_cents) == (EscrowHold.State.FROZEN, 60_00)

    chargebacks.book(hold.payment, dispute(DisputeState.WON, 60_00, back=True, name="dp_2"))
    hold.refresh_from_db()
    assert hold.state == EscrowHold.State.HELD


def test_a_dispute_known_of_one_payment_is_never_booked_on_another(hold, buyer, expert):
    other = cash.receive(cash.ask(buyer, expert))
    chargebacks.book(hold.payment, dispute(DisputeState.OPEN))
    before = cash.snapshot()
    with pytest.raises(ValueError, match="is of payment"):
        chargebacks.book(other.payment, dispute(DisputeState.LOST))
    assert cash.snapshot() == before
