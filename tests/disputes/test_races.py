"""A ruling of ours and a decision of the buyer's bank at the same instant: the money leaves once."""

import pytest

from disputes import actions
from disputes.models import Dispute
from marketplace.kernel.errors import Refusal
from missions.payment_observer import MissionPaymentObserver
from orders.models import Order
from payments import chargebacks, ledger
from payments.gateways import DisputeState, DisputeStatus
from payments.models import Chargeback
from tests import factories
from tests.payments.test_races import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("state", [DisputeState.OPEN, DisputeState.LOST])
def test_a_ruling_and_a_chargeback_at_once_pay_nobody_twice(delivered_order, staff, state):
    dispute = actions.open_dispute(
        delivered_order,
        actor=delivered_order.buyer,
        ground="unsuitable",
        statement="Le livrable ne correspond pas au brief, malgré deux retouches demandées.",
    )
    payment = delivered_order.payment
    status = DisputeStatus(
        "dp_1", "cs_1", state, 120_00, withdrawn_cents=120_00, fee_cents=20_00, is_reinstated=False
    )

    def contest():
        chargeback = chargebacks.book(payment, status)
        MissionPaymentObserver().charged_back(chargeback.pk)

    def rule():
        actions.rule(
            Dispute.objects.get(pk=dispute.pk), actor=staff, refund_cents=40_00, reason="Un tiers manque."
        )

    results = at_once(contest, rule)

    assert [error for error in errors(results) if not isinstance(error, Refusal)] == []
    assert results[0] is None, "what the bank did is always booked"
    assert Chargeback.objects.get().payment_id == payment.pk
    order, found = factories.fresh(delivered_order), Dispute.objects.get()
    assert found.is_ruled == (results[1] is None)
    hold = order.hold
    assert hold.refunded_cents + hold.released_cents <= 120_00
    if state == DisputeState.LOST:
        assert order.state in (Order.State.RESOLVED, Order.State.CANCELLED)
        assert ledger.balance(ledger.payable(order.expert_id)) <= 0, (
            "the bank took it all: nothing stays earned"
        )
    assert ledger.audit() == []
