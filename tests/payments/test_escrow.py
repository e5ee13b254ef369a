"""Money comes in once, is held, and leaves once: to the expert, or back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow, ledger
from payments.models import Discrepancy, Earning, EscrowHold, LedgerTransaction, Payment, Refund
from payments.terms import CommissionTerms
from tests.payments import cash

pytestmark = pytest.mark.django_db


def refused(act, words: str) -> None:
    """The act says no in words for a person, and nothing moved."""
    before = cash.snapshot()
    with pytest.raises(Refusal, match=words):
        act()
    assert cash.snapshot() == before


# --- In -------------------------------------------------------------------------------------------------------


def test_a_payment_freezes_the_terms_it_was_asked_under(buyer, expert):  # B52
    terms = CommissionTerms(rate_bp=1_500, base="ht", vat_bp=2_000, seller_vat_bp=0)
    payment = cash.ask(buyer, expert, terms=terms)

    assert payment.state == Payment.State.PENDING
    assert Payment.objects.get(pk=payment.pk).terms == terms


@pytest.mark.parametrize("cents", [0, -1])
def test_no_payment_of_nothing(buyer, expert, cents):
    with pytest.raises(IntegrityError), transaction.atomic():
        cash.ask(buyer, expert, cents)


def test_nobody_pays_themselves(expert):
    with pytest.raises(IntegrityError), transaction.atomic():
        cash.ask(expert, expert)


def test_the_money_is_received_and_held(payment, expert):  # A40
    moment = clock.now() - timedelta(minutes=3)
    received = escrow.receive(payment, amount_cents=120_00, gateway_id="cs_1", occurred_at=moment)

    hold = EscrowHold.objects.get()
    assert (received.state, received.received_at, received.gateway_id) == ("received", moment, "cs_1")
    assert (hold.state, hold.amount_cents, hold.payee) == ("held", 120_00, expert)
    assert (hold.net_cents, hold.commission_cents) == (108_00, 12_00)
    assert cash.postings(f"payment:{payment.pk}:received") == {
        "psp:stripe:platform": 120_00,
        f"escrow:payment:{payment.pk}": -120_00,
    }


def test_receiving_takes_few_statements(payment, django_assert_num_queries):
    with django_assert_num_queries(5):  # savepoint, lock, ledger, hold and payment, savepoint
        escrow.receive(payment, amount_cents=120_00, gateway_id="cs_1", occurred_at=clock.now())


def test_the_money_is_received_only_once(payment):
    cash.receive(payment, gateway_id="cs_1")
    cash.receive(payment, gateway_id="cs_1")

    assert EscrowHold.objects.count() == LedgerTransaction.objects.count() == 1
    assert ledger.balance(ledger.escrow(payment)) == 120_00
    assert not Discrepancy.objects.exists()


def test_a_second_page_that_is_paid_too_is_noted_for_staff(payment):
    cash.receive(payment, gateway_id="cs_1")
    cash.receive(payment, gateway_id="cs_2")

    assert ledger.balance(ledger.escrow(payment)) == 120_00
    assert Discrepancy.objects.get().kind == Discrepancy.Kind.PAID_TWICE


@pytest.mark.parametrize("cents", [119_99, 120_01, 1])
def test_another_amount_is_not_a_payment(payment, cents):
    for _ in range(2):
        escrow.receive(payment, amount_cents=cents, gateway_id="cs_1", occurred_at=clock.now())

    payment.refresh_from_db()
    noted = Discrepancy.objects.get()
    assert payment.state == Payment.State.PENDING
    assert not LedgerTransaction.objects.exists()
    assert (noted.kind, noted.expected_cents, noted.received_cents) == ("wrong_amount", 120_00, cents)


def test_the_right_amount_settles_an_earlier_discrepancy(buyer, expert):
    payment = cash.ask(buyer, expert, method="transfer")
    escrow.receive(payment, amount_cents=50_00, gateway_id="cs_1", occurred_at=clock.now())
    cash.receive(payment, gateway_id="cs_1")

    assert Discrepancy.objects.get().settled_at is not None


def test_a_declined_payment_may_still_be_paid(payment):
    escrow.mark_failed(payment, "declined")
    assert Payment.objects.get().state == Payment.State.FAILED

    cash.receive(payment)

    assert Payment.objects.get().state == Payment.State.RECEIVED


def test_news_that_comes_after_the_money_changes_nothing(hold):
    before = cash.snapshot()

    escrow.mark_failed(hold.payment, "declined")
    escrow.mark_awaiting_transfer(hold.payment, {"iban": "FR76"})

    assert cash.snapshot() == before


def test_a_transfer_is_given_the_days_a_bank_needs(buyer, expert):
    payment = cash.ask(buyer, expert, expires_at=clock.now() + timedelta(hours=1))

    payment = escrow.mark_awaiting_transfer(payment, {"iban": "FR76", "amount": 120_00})

    assert payment.state == Payment.State.AWAITING_TRANSFER
    assert payment.method == Payment.Method.TRANSFER
    assert payment.expires_at == payment.created_at + timedelta(days=7)
    assert payment.transfer_instructions["iban"] == "FR76"


# --- Too late -------------------------------------------------------------------------------------------------


def test_a_payment_expires_once(payment):
    assert escrow.expire(payment).state == Payment.State.EXPIRED
    assert escrow.expire(payment).state == Payment.State.EXPIRED


def test_a_received_payment_does_not_expire(hold):
    refused(lambda: escrow.expire(hold.payment), "already been received")


def test_money_that_comes_after_the_expiry_goes_straight_back(payment):
    escrow.expire(payment)
    hold = cash.receive(payment, gateway_id="cs_1")
    cash.receive(payment, gateway_id="cs_1")

    payment.refresh_from_db()
    refund = Refund.objects.get()
    assert payment.state == Payment.State.EXPIRED
    assert payment.received_at is not None
    assert hold.state == EscrowHold.State.REFUNDED
    assert (refund.amount_cents, refund.state) == (120_00, Refund.State.DECIDED)
    assert ledger.balance(ledger.refund_due(payment)) == 120_00
    assert ledger.balance(ledger.escrow(payment)) == 0


# --- Out ------------------------------------------------------------------------------------------------------


def test_a_release_pays_the_expert_less_the_commission(hold, expert):
    earning = escrow.release(hold, clearing=timedelta(days=3))

    hold.refresh_from_db()
    assert (hold.state, hold.released_cents, hold.remaining_cents) == ("released", 120_00, 0)
    assert (earning.gross_cents, earning.commission_cents, earning.commission_vat_cents) == (
        120_00,
        12_00,
        2_00,
    )
    assert (earning.expert, earning.net_cents) == (expert, 108_00)
    assert earning.available_at - earning.released_at == timedelta(days=3)
    assert not earning.is_available
    assert ledger.balance(ledger.payable(expert)) == 108_00


def test_releasing_takes_few_statements(hold, django_assert_num_queries):
    with django_assert_num_queries(18):  # six for the money; the rest write the invoice of the sale
        escrow.release(hold, clearing=timedelta(days=3))


def test_the_commission_is_the_one_agreed_whatever_the_rules_say_today(buyer, expert):  # B52
    payment = cash.ask(buyer, expert, 100_00, terms=CommissionTerms(rate_bp=2_000))

    assert escrow.release(cash.receive(payment), clearing=cash.CLEARING).net_cents == 80_00


def test_without_commission_the_expert_gets_it_all(buyer, expert):
    payment = cash.ask(buyer, expert, terms=CommissionTerms(rate_bp=0))

    assert escrow.release(cash.receive(payment), clearing=cash.CLEARING).net_cents == 120_00


def test_one_cent_is_released_too(buyer, expert):
    payment = cash.ask(buyer, expert, 1)

    assert escrow.release(cash.receive(payment), clearing=cash.CLEARING).net_cents == 1


def test_a_hold_is_released_only_once(hold):
    escrow.release(hold, clearing=cash.CLEARING)

    refused(lambda: escrow.release(hold, clearing=cash.CLEARING), "already been paid out")
    assert Earning.objects.count() == 1


def test_a_frozen_hold_moves_neither_way(hold):
    escrow.freeze(hold)
    escrow.freeze(hold)

    refused(lambda: escrow.release(hold, clearing=cash.CLEARING), "frozen")
    refused(lambda: escrow.refund(hold, reason="x"), "frozen")

    escrow.unfreeze(hold)
    escrow.unfreeze(hold)
    escrow.release(hold, clearing=cash.CLEARING)


def test_what_is_gone_is_neither_frozen_nor_thawed(hold):
    escrow.release(hold, clearing=cash.CLEARING)

    refused(lambda: escrow.freeze(hold), "already been paid out")
    refused(lambda: escrow.unfreeze(hold), "already been paid out")


def test_a_whole_refund_ends_the_hold(hold):
    refund = escrow.refund(hold, reason="cancelled")

    hold.refresh_from_db()
    assert (refund.amount_cents, refund.reason) == (120_00, "cancelled")
    assert (hold.state, hold.net_cents, hold.commission_cents) == ("refunded", 0, 0)
    refused(lambda: escrow.release(hold, clearing=cash.CLEARING), "already been paid out")
    refused(lambda: escrow.refund(hold, reason="again"), "already been paid out")


def test_parts_may_go_back_one_after_the_other_and_the_rest_to_the_expert(hold, expert):
    escrow.refund(hold, 10_01, reason="late")
    escrow.refund(hold, 9_99, reason="later")
    hold.refresh_from_db()
    assert (hold.state, hold.refunded_cents, hold.net_cents) == ("held", 20_00, 90_00)

    escrow.release(hold, clearing=cash.CLEARING)

    hold.refresh_from_db()
    assert (hold.state, hold.released_cents) == ("split", 100_00)
    assert ledger.balance(ledger.payable(expert)) == 90_00
    assert ledger.balance(ledger.refund_due(hold.payment)) == 20_00


def test_refunding_what_is_left_ends_the_hold(hold):
    escrow.refund(hold, 119_99, reason="late")
    escrow.refund(hold, 1, reason="rest")

    hold.refresh_from_db()
    assert hold.state == EscrowHold.State.REFUNDED


@pytest.mark.parametrize("cents", [0, -5, 120_01])
def test_more_than_is_held_or_less_than_a_cent_is_not_refunded(hold, cents):
    refused(lambda: escrow.refund(hold, cents, reason="x"), "cannot be refunded")


def test_after_a_release_there_is_nothing_to_refund(hold):
    escrow.release(hold, clearing=cash.CLEARING)

    refused(lambda: escrow.refund(hold, 1, reason="x"), "already been paid out")


def test_states_are_not_set_by_hand(payment, hold):
    for row in (payment, hold):
        with pytest.raises(AttributeError):
            row.state = "released"
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.update(state="elsewhere")


def test_a_hold_cannot_claim_what_its_money_does_not_say(hold):
    for wrong in (
        {"state": "released"},
        {"refunded_cents": 120_00},
        {"released_cents": 1},
        {"net_cents": 120_00},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EscrowHold.objects.update(**wrong)


def test_people_whose_money_we_keep_are_not_deleted(hold, buyer, expert):
    for person in (buyer, expert):
        with pytest.raises(IntegrityError), transaction.atomic():
            person.delete()
