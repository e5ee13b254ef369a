"""The outbox of the gateway: a worker may die at any step, and what was asked happens once."""

from datetime import timedelta

import pytest
import time_machine

from payments import calls, escrow, ledger, outbox, tasks
from payments.gateways import GatewayRefused, GatewayUnavailable
from payments.models import EscrowHold, GatewayCall, Payment, Refund
from payments.sandbox import actions as sandbox
from payments.sandbox.gateway import SandboxGateway
from payments.sandbox.models import SandboxRefund, SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db

STEPS = ("before the call", "after the call", "before the books", "after the books")


class Killed(BaseException):
    """The worker is gone: nothing catches this."""


@pytest.fixture
def paid(payment: Payment) -> EscrowHold:
    cash.checkout(payment)
    sandbox.pay(SandboxSession.objects.get(), "card")
    return escrow.refresh(payment).hold


def die_at(step, monkeypatch, kind):
    """The next call of this kind ends with the death of its worker, at that step."""
    errand = calls._errands[kind]

    def send(call):
        if step == "before the call":
            raise Killed
        answer = errand.send(call)
        if step == "after the call":
            raise Killed
        return answer

    def book(call):
        if step == "before the books":
            raise Killed
        errand.book(call)
        if step == "after the books":
            raise Killed

    monkeypatch.setitem(
        calls._errands, kind, calls.Errand(send, errand.find, book, errand.refuse, errand.shared)
    )


def later(minutes=10):
    return time_machine.travel(calls.clock.now() + timedelta(minutes=minutes), tick=True)


@pytest.mark.parametrize("step", STEPS)
def test_a_refund_whose_worker_dies_leaves_once(step, paid, monkeypatch, errands):
    refund = escrow.refund(paid, 40_00, reason="cancelled")
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.REFUND)
        with pytest.raises(Killed):
            outbox.send_refund.run(refund.pk)
    refund.refresh_from_db()
    assert refund.state == Refund.State.DECIDED, "nothing is written of what nobody lived to write"
    assert GatewayCall.objects.get(kind="refund").state == GatewayCall.State.SENT

    outbox.send_refund.run(refund.pk)
    assert Refund.objects.get().state == Refund.State.DECIDED, "somebody else may still be asking"
    with later():
        tasks.sweep_calls()

    assert Refund.objects.get().state == Refund.State.SUCCEEDED
    assert SandboxRefund.objects.count() == 1
    assert ledger.balance(ledger.PSP) == 80_00
    assert GatewayCall.objects.get(kind="refund").state == GatewayCall.State.DONE


@pytest.mark.parametrize("step", STEPS)
def test_a_payment_page_whose_worker_dies_is_opened_once(step, payment, monkeypatch):
    with monkeypatch.context() as patch:
        die_at(step, patch, GatewayCall.Kind.CHECKOUT)
        with pytest.raises(Killed):
            cash.checkout(payment)
    payment.refresh_from_db()
    assert payment.checkout_url == ""

    address = cash.checkout(payment)

    payment.refresh_from_db()
    assert payment.checkout_url == address
    assert SandboxSession.objects.count() == 1


def test_without_an_answer_the_gateway_is_asked_what_it_knows_before_anything_is_sent_again(
    paid, monkeypatch
):
    sent = []
    send = SandboxGateway.refund

    def lose_the_answer(self, *args, **kwargs):
        sent.append(kwargs["idempotency_key"])
        send(self, *args, **kwargs)
        raise GatewayUnavailable("timeout")

    monkeypatch.setattr(SandboxGateway, "refund", lose_the_answer)
    refund = escrow.refund(paid, 40_00, reason="cancelled")
    with pytest.raises(GatewayUnavailable):
        outbox.send_refund.run(refund.pk)
    assert GatewayCall.objects.get(kind="refund").state == GatewayCall.State.UNKNOWN

    outbox.send_refund.run(refund.pk)

    assert len(sent) == 1, "it was found, not sent again"
    assert Refund.objects.get().state == Refund.State.SUCCEEDED


def test_a_refusal_is_final_and_the_money_stays_owed_to_the_buyer(paid, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise GatewayRefused("The charge is disputed.")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxGateway, "refund", refuse)
        refund = escrow.refund(paid, 40_00, reason="cancelled")
        outbox.send_refund.run(refund.pk)

    refund.refresh_from_db()
    assert (refund.state, refund.failure_reason) == (Refund.State.FAILED, "The charge is disputed.")
    assert ledger.balance(ledger.refund_due(paid.payment)) == 40_00

    escrow.retry_refund(refund)
    outbox.send_refund.run(refund.pk)
    assert Refund.objects.get().state == Refund.State.SUCCEEDED


def test_a_page_that_the_gateway_refuses_is_told_in_words_and_may_be_asked_again(payment, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise GatewayRefused("paypal is not enabled")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxGateway, "open_checkout", refuse)
        with pytest.raises(calls_refusal(), match="Choose another one"):
            cash.checkout(payment)

    payment.refresh_from_db()
    assert payment.checkout_url == ""
    assert cash.checkout(payment)


def calls_refusal():
    from marketplace.kernel.errors import Refusal

    return Refusal


def test_a_key_is_written_once_and_settled_once(payment):
    cash.checkout(payment)
    cash.checkout(payment)

    call = GatewayCall.objects.get()
    assert (call.kind, call.state, call.attempts) == ("checkout", "done", 1)
    assert call.subject == f"payment:{payment.pk}"
