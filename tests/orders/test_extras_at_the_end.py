"""What becomes of extras when their order ends: accepted, cancelled, settled or ruled on, to the cent."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from disputes import actions as disputes
from marketplace.kernel.errors import Refusal
from orders import actions
from orders.models import OrderEvent
from orders.models.money import divide, preview_split
from payments import ledger
from payments.models import EscrowHold, Payment
from payments.queries import money_timeline
from payments.terms import CommissionTerms
from tests import factories
from tests.orders.test_extras import EXPRESS, add, money_of

pytestmark = pytest.mark.django_db


def test_a_settlement_whose_total_changed_no_longer_waits(started_order):
    # E24: both must accept the exact figures, so figures that are no longer exact cannot be accepted.
    change = actions.propose_settlement(started_order, actor=started_order.buyer, refund_cents=60_00)

    add(started_order)

    change.refresh_from_db()
    assert change.state == "closed"
    with pytest.raises(Refusal):
        actions.accept_change(change, actor=started_order.expert)


# Every end decides on all the money


def test_acceptance_pays_the_order_and_its_extras(started_order):
    add(started_order)
    order = factories.deliver(factories.fresh(started_order))

    order = actions.accept_delivery(order, actor=order.buyer)

    assert money_of(order) == (0, 153_00, 17_00)
    assert (order.refunded_cents, order.earned_cents) == (0, 153_00)
    said = order.events.get(kind=OrderEvent.Kind.DELIVERY_ACCEPTED).data
    assert said["net_cents"] == 153_00
    assert ledger.balance(ledger.payable(order.expert)) == 153_00


def test_a_late_order_cancelled_gives_its_extras_back_too(started_order):
    add(started_order)
    late = factories.fresh(started_order).due_at + timedelta(hours=25)
    with time_machine.travel(late):
        order = actions.cancel_late(started_order, actor=started_order.buyer)

    assert money_of(order) == (170_00, 0, 0)
    assert order.events.get(kind=OrderEvent.Kind.CANCELLED).data["refund_cents"] == 170_00


def test_an_agreed_cancellation_gives_everything_back(started_order):
    # E22, E23
    add(started_order)
    change = actions.request_cancellation(started_order, actor=started_order.expert, reason="Empêchée")

    actions.accept_change(change, actor=started_order.buyer)

    assert money_of(started_order) == (170_00, 0, 0)


@pytest.mark.parametrize("refund_cents", [1, 33_33, 50_00, 50_01, 169_99])
def test_a_settlement_does_what_it_showed_over_every_payment(started_order, refund_cents):
    add(started_order)
    order = factories.fresh(started_order)
    shown = preview_split(order, refund_cents=refund_cents)
    change = actions.propose_settlement(order, actor=order.buyer, refund_cents=refund_cents)

    actions.accept_change(change, actor=order.expert)

    assert money_of(order) == (shown.refund_cents, shown.net_cents, shown.commission.ttc)
    assert sum(money_of(order)) == 170_00
    order = factories.fresh(order)
    assert (order.refunded_cents, order.earned_cents) == (refund_cents, shown.net_cents)


@pytest.mark.parametrize("refund_cents", [0, 20_00, 90_00, 170_00])
def test_a_ruling_does_what_it_showed_over_every_payment(started_order, staff, refund_cents):
    add(started_order)
    dispute = disputes.open_dispute(
        started_order, actor=started_order.buyer, ground="too_slow", statement="Rien"
    )
    assert set(EscrowHold.objects.values_list("state", flat=True)) == {"frozen"}
    shown = disputes.preview_ruling(factories.fresh(started_order), refund_cents=refund_cents)

    disputes.rule(dispute, actor=staff, refund_cents=refund_cents, reason="Jugé")

    commission = shown.commission_ht_cents + shown.commission_vat_cents
    assert money_of(started_order) == (refund_cents, shown.net_cents, commission)
    assert sum(money_of(started_order)) == shown.total_cents == 170_00
    assert not ledger.audit()


@pytest.mark.parametrize("viewer", ["buyer", "expert", "staff"])
def test_the_money_timeline_sums_to_zero_over_every_payment(started_order, viewer):
    paid_back = add(started_order)
    actions.pay_back_extra(paid_back, actor=started_order.expert)
    add(started_order, EXPRESS)
    payments = list(Payment.objects.all())
    assert sum(line.amount_cents for line in money_timeline(payments, viewer=viewer)) == 0

    order = factories.deliver(factories.fresh(started_order))
    actions.accept_delivery(order, actor=order.buyer)

    lines = money_timeline(payments, viewer=viewer)
    assert sum(line.amount_cents for line in lines) == 0
    assert sum(line.amount_cents for line in lines if line.kind == "received") == 205_00


@settings(max_examples=200, deadline=None)
@given(
    prices=st.lists(st.integers(1, 1_000_000), min_size=1, max_size=5),
    rates=st.lists(st.sampled_from([0, 1, 333, 1_000, 1_500, 5_000]), min_size=5, max_size=5),
    part=st.integers(0, 10_000),
)
def test_no_split_loses_or_makes_a_cent(prices, rates, part):
    payments = [
        Payment(
            pk=number,
            amount_cents=price,
            commission_bp=rate,
            commission_base="ttc",
            vat_bp=2_000,
            seller_vat_bp=2_000,
        )
        for number, (price, rate) in enumerate(zip(prices, rates, strict=False))
    ]
    refund = sum(prices) * part // 10_000

    shares = divide(payments, refund)

    assert sum(share.refund_cents for share in shares) == refund
    assert sum(s.refund_cents + s.net_cents + s.commission.ht + s.commission.vat for s in shares) == sum(
        prices
    )
    assert sum(0 < share.refund_cents < share.payment.amount_cents for share in shares) <= 1
    for share in shares:
        terms = CommissionTerms(rate_bp=share.payment.commission_bp)
        assert share.commission == terms.commission_on(share.released_cents)
        assert share.net_cents >= 0


# In the browser
