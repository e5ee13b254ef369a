"""A payment the buyer contests at their bank: the order freezes, then ends or goes on, and nobody is paid twice."""  # E37

from datetime import timedelta

import pytest

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from missions.payment_observer import MissionPaymentObserver
from orders import actions, tasks
from orders.models import Order
from payments import chargebacks, clawback, escrow, ledger, refunds
from payments.gateways import DisputeState, DisputeStatus, RefundState, RefundStatus
from payments.models import Chargeback, EscrowHold, Payment, Refund
from payments.outbox import send_refund
from tests import factories

pytestmark = pytest.mark.django_db
State = Order.State


@pytest.fixture(autouse=True)
def _books_add_up(db):
    yield
    assert ledger.audit() == []


def bank(payment: Payment, state=DisputeState.OPEN, *, back=False) -> Chargeback:
    """What the bank does with a payment, told as the gateway tells it."""
    cents = payment.amount_cents
    status = DisputeStatus(
        "dp_1", "cs_1", state, cents, withdrawn_cents=cents, fee_cents=20_00, is_reinstated=back
    )
    chargeback = chargebacks.book(payment, status)
    for _twice in range(2):
        MissionPaymentObserver().charged_back(chargeback.pk)
    return chargeback


def told(user) -> set[str]:
    return set(Notification.objects.filter(user=user).values_list("kind", flat=True))


@pytest.mark.parametrize("stage", ["active_order", "started_order", "delivered_order"])
def test_lost_before_acceptance_the_order_is_over(request, stage):
    order = request.getfixturevalue(stage)
    bank(order.payment)
    if stage == "delivered_order":
        with pytest.raises(Refusal):
            actions.accept_delivery(order, actor=order.buyer)
    bank(order.payment, DisputeState.LOST)

    order = factories.fresh(order)
    assert (order.state, order.cancel_cause) == (State.CANCELLED, "charged_back")
    assert (order.refunded_cents, order.earned_cents, order.rights_pass) == (120_00, 0, False)
    assert ledger.balance(ledger.payable(order.expert_id)) == 0
    outcomes = [event.data["outcome"] for event in order.events.filter(kind="contested")]
    assert outcomes == ["opened", "lost"]
    assert order.events.filter(kind="cancelled").count() == 1
    assert {"chargeback_opened_expert", "chargeback_lost_expert"} <= told(order.expert)
    assert {"chargeback_opened_buyer", "chargeback_lost_buyer"} <= told(order.buyer)


def test_what_the_bank_is_told_of_an_order_is_what_happened_to_it(delivered_order):
    told = MissionPaymentObserver().evidence(delivered_order.payment_id)

    assert delivered_order.title in told["product_description"]
    assert "delivered by" in told["uncategorized_text"]
    assert "completed" not in told["uncategorized_text"]
    assert "until the buyer accepts" in told["refund_policy_disclosure"]


def test_lost_after_acceptance_the_order_says_what_is_left(completed_order):
    bank(completed_order.payment)
    bank(completed_order.payment, DisputeState.LOST)

    order = factories.fresh(completed_order)
    assert order.state == State.COMPLETED
    assert (order.refunded_cents, order.earned_cents) == (120_00, 0)


def test_won_the_order_goes_on_with_the_time_the_bank_took(delivered_order):
    due = delivered_order.acceptance_due_at
    bank(delivered_order.payment)
    with clock.at(due + timedelta(hours=1)):
        tasks.accept_unanswered()
        assert factories.fresh(delivered_order).state == State.DELIVERED
        bank(delivered_order.payment, DisputeState.WON, back=True)

        order = factories.fresh(delivered_order)
        assert order.acceptance_due_at > clock.now() + timedelta(days=6)
        assert order.payment.hold.state == EscrowHold.State.HELD
        assert actions.accept_delivery(order, actor=order.buyer).state == State.COMPLETED
    assert "chargeback_won_expert" in told(order.expert)


def test_won_during_a_dispute_the_money_stays_frozen_for_our_decision(started_order):
    bank(started_order.payment)
    actions.open_dispute(factories.fresh(started_order), actor=started_order.buyer)
    bank(started_order.payment, DisputeState.WON, back=True)

    assert factories.fresh(started_order).payment.hold.state == EscrowHold.State.FROZEN


def test_only_the_extra_was_taken_back_and_the_order_goes_on_without_it(started_order):
    extra = actions.propose_extra(
        started_order, actor=started_order.expert, title="Traduction", price_cents=50_00
    )
    extra = actions.accept_extra(extra, actor=started_order.buyer, method="card")
    escrow.receive(extra.payment, amount_cents=50_00, gateway_id="gw-extra", occurred_at=clock.now())
    actions.confirm_extra(extra)
    bank(extra.payment, DisputeState.LOST)

    order = factories.fresh(started_order)
    assert (order.state, order.total_cents, order.extras_cents) == (State.ACTIVE, 120_00, 0)
    done = actions.accept_delivery(factories.deliver(order), actor=order.buyer)
    assert done.earned_cents == 108_00


def test_a_refund_and_a_chargeback_never_both_run(active_order, staff):
    actions.cancel_before_start(active_order, actor=active_order.buyer)
    refund = Refund.objects.get()
    bank(active_order.payment)
    send_refund(refund.pk)
    refund.refresh_from_db()
    assert (refund.state, refund.gateway_id) == ("decided", "")
    refunds.refuse(refund, "closed")
    for act in (lambda: escrow.retry_refund(refund), lambda: refunds.paid_by_hand(refund, reference="V-1")):
        with pytest.raises(Refusal):
            act()
    bank(active_order.payment, DisputeState.LOST)

    refund.refresh_from_db()
    assert (refund.state, refund.route) == ("succeeded", "chargeback")
    assert ledger.balance(ledger.BAD_DEBT) == 0
    assert ledger.balance(ledger.refund_due(active_order.payment)) == 0


def test_what_our_team_gives_back_after_the_end_is_said_on_the_order_once(completed_order):
    earned = completed_order.earned_cents
    refund = clawback.refund_released(completed_order.payment.hold, 40_00, reason=clawback.BY_TEAM)
    settled = RefundStatus("re_1", str(refund.public_id), RefundState.SUCCEEDED)
    refunds.book(refund, settled)
    for _twice in range(2):
        MissionPaymentObserver().refund_settled(refund.pk)

    order = factories.fresh(completed_order)
    assert (order.refunded_cents, order.earned_cents) == (40_00, earned - 36_00)
