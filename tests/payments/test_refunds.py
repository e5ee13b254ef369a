"""A refund decided here reaches the buyer, however often the errand is lost, late or repeated."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow, ledger, refunds, tasks
from payments.gateways import GatewayUnavailable, RefundState, RefundStatus
from payments.models import LedgerTransaction, Refund
from payments.outbox import send_refund
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxRefund, SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(payment):
    """The payment page on which the 120 € were paid."""
    cash.checkout(payment)
    page = sandbox.pay(SandboxSession.objects.get(), "card")
    escrow.refresh(payment)
    return page


@pytest.fixture
def refund(page, payment):
    payment.refresh_from_db()
    return escrow.refund(payment.hold, 40_00, reason="late")


def misbehave(page, outcome):
    return sandbox.choose_options(page, late=False, twice=False, refund_outcome=outcome)


def fresh(refund):
    return Refund.objects.get(pk=refund.pk)


def test_the_errand_after_the_commit_sends_it(
    page, payment, errands, listener, django_capture_on_commit_callbacks
):
    payment.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        refund = escrow.refund(payment.hold, 40_00, reason="late")

    refund = fresh(refund)
    assert refund.state == Refund.State.SUCCEEDED
    assert refund.settled_at is not None
    assert ledger.balance(ledger.PSP) == 80_00
    assert ledger.balance(ledger.refund_due(payment)) == 0
    assert ("refund settled", refund.pk) in listener.heard


def test_sending_it_twice_sends_it_once(refund):
    send_refund(refund.pk)
    send_refund(refund.pk)

    assert SandboxRefund.objects.count() == 1
    assert LedgerTransaction.objects.filter(kind="refund_succeeded").count() == 1


def test_two_workers_at_the_same_moment_move_the_money_once(refund, payment):
    """Both saw it decided: the gateway's key and the locked second look make one of them harmless."""
    before = Refund.objects.get(pk=refund.pk)
    send_refund(refund.pk)
    status = RefundStatus(
        gateway_id=SandboxRefund.objects.get().token, reference="", state=RefundState.SUCCEEDED
    )
    refunds.book(before, status)

    assert ledger.balance(ledger.PSP) == 80_00


def test_a_gateway_that_is_down_is_asked_again(refund, moody_gateway):
    moody_gateway.down = 1
    with pytest.raises(GatewayUnavailable):
        send_refund.run(refund.pk)
    assert fresh(refund).state == Refund.State.DECIDED

    send_refund(refund.pk)

    assert fresh(refund).state == Refund.State.SUCCEEDED
    assert fresh(refund).attempts == 2


def test_a_lost_errand_is_found_by_the_sweep(refund, errands):
    assert tasks.sweep_refunds() == 0, "the errand has a minute first"

    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert tasks.sweep_refunds() == 1
        assert tasks.sweep_refunds() == 0
    assert fresh(refund).state == Refund.State.SUCCEEDED


def test_a_slow_refund_is_asked_after(refund, page, errands):
    misbehave(page, "wait")
    send_refund(refund.pk)
    assert fresh(refund).state == Refund.State.SENT
    assert ledger.balance(ledger.PSP) == 120_00, "nothing left yet"

    sandbox.settle_refund(SandboxRefund.objects.get(), succeeds=True)
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        tasks.sweep_refunds()

    assert fresh(refund).state == Refund.State.SUCCEEDED
    assert SandboxRefund.objects.count() == 1


def test_a_refused_refund_stays_owed_and_can_be_sent_again(
    refund, page, payment, listener, errands, django_capture_on_commit_callbacks
):
    misbehave(page, "fail")
    with django_capture_on_commit_callbacks(execute=True):
        send_refund(refund.pk)
    assert fresh(refund).state == Refund.State.FAILED
    assert fresh(refund).failure_reason
    assert ledger.balance(ledger.refund_due(payment)) == 40_00
    assert listener.heard[-1] == ("refund settled", refund.pk)

    misbehave(page, "succeed")
    with django_capture_on_commit_callbacks(execute=True):
        escrow.retry_refund(refund)

    assert fresh(refund).state == Refund.State.SUCCEEDED
    assert ledger.balance(ledger.refund_due(payment)) == 0


def test_only_a_refused_refund_is_sent_again(refund):
    for _ in range(2):
        with pytest.raises(Refusal, match="bank refused"):
            escrow.retry_refund(refund)
        send_refund(refund.pk)
    assert SandboxRefund.objects.count() == 1


def test_a_refund_may_come_back_days_after_the_bank_took_it(refund, payment):
    send_refund(refund.pk)
    bounced = sandbox.settle_refund(SandboxRefund.objects.get(), succeeds=False)
    from payments.gateways import gateway

    for _ in range(2):
        refunds.book(refund, gateway().look_up_refund(bounced.token))

    assert fresh(refund).state == Refund.State.FAILED
    assert ledger.balance(ledger.PSP) == 120_00, "the money is back with us"
    assert ledger.balance(ledger.refund_due(payment)) == 40_00, "and still owed"

    escrow.retry_refund(refund)
    send_refund(refund.pk)

    assert fresh(refund).state == Refund.State.SUCCEEDED
    assert ledger.balance(ledger.PSP) == 80_00
    refunds.book(refund, gateway().look_up_refund(bounced.token))
    assert fresh(refund).state == Refund.State.SUCCEEDED, "news of the first round is stale"


def test_late_money_really_goes_back(payment, errands, django_capture_on_commit_callbacks):
    """The page was paid in the instant that the order gave up."""
    cash.checkout(payment)
    page = SandboxSession.objects.get()
    escrow.expire(payment)
    sandbox.pay(page, "card")

    with django_capture_on_commit_callbacks(execute=True):
        escrow.refresh(payment)

    assert Refund.objects.get().state == Refund.State.SUCCEEDED
    assert ledger.balance(ledger.PSP) == 0
