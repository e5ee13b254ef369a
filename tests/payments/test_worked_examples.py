"""The worked examples of the money rules, number for number. Cents."""

import pytest

from payments import escrow, ledger
from payments.models import Earning, LedgerAccount
from payments.outbox import send_refund
from payments.terms import CommissionTerms
from tests.payments import cash

pytestmark = pytest.mark.django_db

FEE = 205


def pay_fee(txn: str = "txn_1", cents: int = FEE) -> None:
    ledger.post(
        f"bt:{txn}:fee",
        ledger.Kind.PSP_FEE,
        [ledger.debit(ledger.PSP_FEES, cents), ledger.credit(ledger.PSP, cents)],
    )


def bring_back(refund) -> None:
    """The sandbox has to know the page that was paid."""
    send_refund(refund.pk)
    refund.refresh_from_db()
    assert refund.state == refund.State.SUCCEEDED


def paid_in_the_sandbox(payment):
    from payments.sandbox import actions
    from payments.sandbox.models import SandboxSession

    cash.checkout(payment)
    actions.pay(SandboxSession.objects.get(reference=payment.public_id), "card")
    return escrow.refresh(payment).hold


def test_1_an_offer_of_120_euros(payment, expert):  # A44, A46
    hold = cash.receive(payment)
    assert ledger.balance(ledger.escrow(payment)) == 12000
    pay_fee()

    escrow.release(hold, clearing=cash.CLEARING)

    assert cash.postings(f"payment:{payment.pk}:release") == {
        f"escrow:payment:{payment.pk}": 12000,
        f"expert:{expert.pk}:payable": -10800,
        "revenue:commission": -1000,
        "vat:collected:20": -200,
    }
    connect = ledger.Account(f"psp:stripe:connect:{expert.pk}", LedgerAccount.Kind.ASSET, "5172")
    in_transit = ledger.Account(f"expert:{expert.pk}:withdrawal", LedgerAccount.Kind.LIABILITY, "4672")
    ledger.post("transfer:tr_1", "transfer", [ledger.debit(connect, 10800), ledger.credit(ledger.PSP, 10800)])
    payable = ledger.payable(expert)
    ledger.post(
        "withdrawal:1:requested",
        "withdrawal",
        [ledger.debit(payable, 10800), ledger.credit(in_transit, 10800)],
    )
    ledger.post(
        "withdrawal:1:paid", "withdrawal", [ledger.debit(in_transit, 10800), ledger.credit(connect, 10800)]
    )

    assert ledger.balance(payable) == ledger.balance(in_transit) == ledger.balance(connect) == 0
    assert ledger.balance(ledger.PSP) == ledger.own_funds() == 995 == 1200 - FEE


def test_2_a_custom_request_of_99_99(buyer, expert):  # A45
    payment = cash.ask(buyer, expert, 9999, terms=CommissionTerms(rate_bp=2_000))

    earning = escrow.release(cash.receive(payment), clearing=cash.CLEARING)

    assert (earning.commission_cents, earning.commission_vat_cents, earning.net_cents) == (2000, 333, 7999)
    assert ledger.balance(ledger.COMMISSION) == 1667
    assert ledger.balance(ledger.VAT_COLLECTED) == 333
    assert ledger.balance(ledger.payable(expert)) == 7999


def test_3_a_dispute_where_40_of_120_euros_go_back(payment, expert):  # A86, E31
    hold = paid_in_the_sandbox(payment)

    refund = escrow.refund(hold, 4000, reason="ruling")
    assert ledger.balance(ledger.escrow(payment)) == 8000
    assert ledger.balance(ledger.refund_due(payment)) == 4000
    earning = escrow.release(hold, clearing=cash.CLEARING)
    bring_back(refund)

    assert (earning.gross_cents, earning.net_cents) == (8000, 7200)
    assert ledger.balance(ledger.payable(expert)) == 7200
    assert ledger.balance(ledger.COMMISSION) == 667
    assert ledger.balance(ledger.VAT_COLLECTED) == 133
    assert ledger.balance(ledger.PSP) == 8000
    hold.refresh_from_db()
    assert hold.state == hold.State.SPLIT


def test_4_a_cancellation_before_the_start(payment):  # B46
    hold = paid_in_the_sandbox(payment)
    pay_fee()

    bring_back(escrow.refund(hold, reason="cancelled"))

    hold.refresh_from_db()
    assert hold.state == hold.State.REFUNDED
    assert ledger.balance(ledger.escrow(payment)) == ledger.balance(ledger.refund_due(payment)) == 0
    assert ledger.balance(ledger.PSP_FEES) == FEE, "the provider keeps its fee"
    assert cash.own_funds_and_psp() == (-FEE, -FEE)
    assert not Earning.objects.exists()


def test_5_an_order_of_120_and_an_add_on_of_35_euros(payment, buyer, expert):
    add_on = cash.ask(buyer, expert, 3500)
    order = escrow.release(cash.receive(payment), clearing=cash.CLEARING)
    extra = escrow.release(cash.receive(add_on), clearing=cash.CLEARING)

    assert (order.net_cents, extra.net_cents) == (10800, 3150)
    assert (extra.commission_cents, extra.commission_vat_cents) == (350, 58)
    assert ledger.balance(ledger.payable(expert)) == 10800 + 3150
    assert ledger.balance(ledger.COMMISSION) == 1000 + 292


@pytest.mark.parametrize(
    ("instalments", "vat_bp", "commission_ht", "nets", "kept"),
    [
        ([1_800_00, 1_800_00, 2_400_00], 2_000, 750_00, [900_00, 1_800_00, 2_400_00], (750_00, 150_00)),
        ([370_37, 370_37, 493_83], 0, 185_19, [148_14, 370_37, 493_83], (185_19, 37_04)),
    ],
    ids=["6: 5 000 € before VAT", "7: 1 234,57 € in franchise"],
)
def test_a_mission_bears_its_whole_commission_on_the_first_instalment(
    buyer, expert, instalments, vat_bp, commission_ht, nets, kept
):
    earned = []
    for number, cents in enumerate(instalments):
        terms = CommissionTerms(
            rate_bp=1_500, base="ht", seller_vat_bp=vat_bp, fixed_ht_cents=0 if number else commission_ht
        )
        hold = cash.receive(cash.ask(buyer, expert, cents, terms=terms))
        earned.append(escrow.release(hold, clearing=cash.CLEARING).net_cents)

    assert earned == nets
    assert ledger.balance(ledger.payable(expert)) == sum(nets)
    assert (ledger.balance(ledger.COMMISSION), ledger.balance(ledger.VAT_COLLECTED)) == kept
