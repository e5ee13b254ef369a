"""What is ours may go to our bank; what belongs to buyers and experts stays at the provider."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import books, calls, chargebacks, escrow, ledger, tasks
from payments.gateways import GatewayUnavailable, PayoutState, PayoutStatus
from payments.models import BooksReport, GatewayCall, InboundEvent
from tests.payments import cash
from tests.payments.test_calls import STEPS, Killed, die_at
from tests.payments.test_clawback import dispute
from tests.payments.test_withdrawals_at_stripe import paid_at_stripe, read_all

pytestmark = pytest.mark.django_db
Kind = GatewayCall.Kind


@pytest.fixture
def report():
    return BooksReport.objects.create(own_funds_cents=0, ledger_cents=0)


@pytest.fixture
def earned(stand_in, buyer, expert):
    """Of 120 € at Stripe, 9.95 € are ours: the commission less the fee."""
    escrow.release(paid_at_stripe(stand_in, buyer, expert), clearing=timedelta(0))


def everything():
    return cash.snapshot(), GatewayCall.objects.count()


def test_the_team_sends_what_is_ours_and_no_more(earned, report, stand_in, staff, client_of, client, errands):
    page = reverse("admin:payments_booksreport_own-money", args=[report.pk])
    asked = {"amount_cents": "9,96", "reference": "MARGE-11", "reason": "Commissions."}
    before = everything()

    refused = client_of(staff).post(page, asked, follow=True).content.decode()

    assert "€9.95 is ours" in refused
    assert everything() == before
    assert stand_in.all("payout") == []

    call = books.send_own_money(9_95, reference="MARGE-11")
    calls.perform_call.run(call.pk)

    payout = stand_in.one("payout")
    assert (payout["amount"], payout["account"]) == (9_95, "")
    assert (ledger.balance(ledger.BANK), ledger.balance(ledger.PSP)) == (9_95, stand_in.balances[""])
    assert not [finding for finding in books.check().findings if "payout" in finding or "holds" in finding]
    stand_in.settle_payout(payout["id"], "paid")
    stand_in.deliver(client, shuffled=True, twice=True)
    read_all()
    assert ledger.balance(ledger.BANK) == 9_95


def test_what_went_to_our_bank_is_not_sent_twice(hold):
    escrow.release(hold, clearing=timedelta(0))
    books.book_own_payout(PayoutStatus("po_1", "", PayoutState.PAID, amount_cents=10_00))
    assert ledger.own_funds() == 12_00, "our books still have it, at the bank"

    with pytest.raises(Refusal, match=r"€2\.00 is ours"):
        books.send_own_money(2_01, reference="MARGE-12")
    assert not GatewayCall.objects.filter(kind=Kind.OWN_PAYOUT).exists()


def test_what_was_asked_counts_before_it_left_and_one_reference_is_one_payout(hold):
    escrow.release(hold, clearing=timedelta(0))
    first = books.send_own_money(10_00, reference="MARGE-1")

    assert books.send_own_money(10_00, reference="MARGE-1") == first
    with pytest.raises(Refusal, match="another amount"):
        books.send_own_money(1_00, reference="MARGE-1")
    with pytest.raises(Refusal, match=r"€2\.00 is ours"):
        books.send_own_money(3_00, reference="MARGE-2")


def test_nothing_is_ours_while_users_money_pays_our_costs(hold, staff):
    chargebacks.book(hold.payment, dispute())
    before = everything()

    with pytest.raises(Refusal, match=r"€0\.00 is ours"):
        books.send_own_money(1, reference="MARGE-1")

    assert everything() == before
    assert any("own funds are below zero" in finding for finding in books.check().findings)


@pytest.mark.parametrize("step", STEPS)
def test_a_payout_of_ours_whose_worker_dies_leaves_once(earned, stand_in, step, monkeypatch, errands):
    call = books.send_own_money(5_00, reference="MARGE-1")
    with monkeypatch.context() as patch:
        die_at(step, patch, Kind.OWN_PAYOUT)
        with pytest.raises(Killed):
            calls.perform_call.run(call.pk)
    stand_in.keys.clear()

    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        tasks.sweep_calls()

    assert stand_in.one("payout")["amount"] == 5_00
    assert ledger.balance(ledger.BANK) == 5_00


def test_one_without_an_answer_is_looked_up_and_one_that_comes_back_is_ours_at_the_provider(
    earned, stand_in, client
):
    call = books.send_own_money(5_00, reference="MARGE-1")
    stand_in.lose_answers(1)
    with pytest.raises(GatewayUnavailable):
        calls.perform_call.run(call.pk)
    stand_in.keys.clear()
    calls.perform_call.run(call.pk)
    payout = stand_in.one("payout")

    stand_in.settle_payout(payout["id"], "failed")
    stand_in.deliver(client)
    read_all()

    assert not InboundEvent.objects.filter(state="pending").exists()
    assert (ledger.balance(ledger.BANK), ledger.own_funds_at_provider()) == (0, 9_95)
