"""The way to the payment page and back, which proves nothing: only the gateway's answer does."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow
from payments.gateways import GatewayUnavailable, gateway
from payments.models import Discrepancy, LedgerTransaction, Payment
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db


def page_of(payment: Payment) -> SandboxSession:
    return SandboxSession.objects.filter(reference=payment.public_id).latest("pk")


def test_the_buyer_is_sent_to_a_page_that_asks_for_the_right_amount(payment):
    url = cash.checkout(payment)

    payment.refresh_from_db()
    page = page_of(payment)
    assert url == payment.checkout_url == f"/sandbox/checkout/{page.token}/"
    assert (payment.gateway_id, page.amount_cents, page.label) == (page.token, 120_00, "J-24817")
    assert payment.state == Payment.State.PENDING


def test_two_clicks_share_one_page(payment):
    stale = Payment.objects.get(pk=payment.pk)

    assert cash.checkout(payment) == cash.checkout(payment) == cash.checkout(stale)
    assert SandboxSession.objects.count() == 1


def test_a_crash_before_the_page_was_noted_opens_no_second_one(payment):
    cash.checkout(payment)
    Payment.objects.update(checkout_url="", gateway_id="")

    cash.checkout(payment)

    assert SandboxSession.objects.count() == 1


def test_a_page_that_ran_out_is_followed_by_another(payment):
    first = cash.checkout(payment)
    sandbox.expire(page_of(payment))
    escrow.refresh(payment)
    escrow.refresh(payment)

    second = cash.checkout(payment)

    payment.refresh_from_db()
    assert first != second
    assert payment.checkout_attempt == 2
    assert payment.gateway_id == page_of(payment).token


def test_coming_back_after_a_refusal_makes_the_payment_pending_again(payment):
    cash.checkout(payment)
    sandbox.decline(page_of(payment))
    assert escrow.refresh(payment).state == Payment.State.FAILED

    cash.checkout(payment)

    assert Payment.objects.get().state == Payment.State.PENDING
    assert escrow.refresh(payment).state == Payment.State.PENDING, "the old refusal is no news"


def test_returning_from_the_page_proves_nothing(payment):
    cash.checkout(payment)

    assert escrow.refresh(payment).state == Payment.State.PENDING
    assert not LedgerTransaction.objects.exists()


def test_asking_the_gateway_is_enough_when_no_message_came(payment):
    cash.checkout(payment)
    sandbox.pay(page_of(payment), "paypal")

    refreshed = escrow.refresh(payment)

    assert (refreshed.state, refreshed.method) == (Payment.State.RECEIVED, Payment.Method.PAYPAL)
    assert escrow.refresh(payment).state == Payment.State.RECEIVED
    assert LedgerTransaction.objects.count() == 1


def test_a_payment_without_a_page_has_nothing_to_ask(payment, moody_gateway):
    moody_gateway.down = 1

    assert escrow.refresh(payment).state == Payment.State.PENDING


def test_the_network_is_never_called_in_a_transaction(payment):
    for call in (lambda: cash.checkout(payment), lambda: escrow.refresh(payment)):
        with pytest.raises(RuntimeError), transaction.atomic():
            call()
    assert not SandboxSession.objects.exists()


def test_a_gateway_that_is_down_leaves_everything_as_it_was(payment, moody_gateway):
    moody_gateway.down = 1
    with pytest.raises(GatewayUnavailable):
        cash.checkout(payment)

    payment.refresh_from_db()
    assert (payment.checkout_url, payment.gateway_id, payment.state) == ("", "", "pending")
    assert cash.checkout(payment)


def test_nothing_is_paid_twice(hold):
    with pytest.raises(Refusal, match="already been received"):
        cash.checkout(hold.payment)


def test_nothing_is_paid_too_late(payment):
    too_late = payment.expires_at + timedelta(seconds=1)
    with time_machine.travel(too_late), pytest.raises(Refusal, match="time to pay is over"):
        cash.checkout(payment)
    escrow.expire(payment)
    with pytest.raises(Refusal, match="time to pay is over"):
        cash.checkout(payment)
    assert not SandboxSession.objects.exists()


def test_an_expired_payment_closes_its_page(payment, errands, django_capture_on_commit_callbacks):
    cash.checkout(payment)
    with django_capture_on_commit_callbacks(execute=True):
        escrow.expire(payment)

    assert page_of(payment).state == SandboxSession.State.EXPIRED


# --- Transfers ------------------------------------------------------------------------------------------------


def test_a_transfer_is_awaited_then_received(payment):
    cash.checkout(payment)
    page = sandbox.choose_transfer(page_of(payment))

    waiting = escrow.refresh(payment)
    assert waiting.state == Payment.State.AWAITING_TRANSFER
    assert waiting.transfer_instructions == {
        "iban": page.iban,
        "bic": "SBOXFRPPXXX",
        "holder": "Jalon Sandbox",
        "reference": "J-24817",
        "amount": 120_00,
    }
    assert cash.checkout(payment) == waiting.checkout_url, "the page keeps showing the bank details"

    with time_machine.travel(clock.now() + timedelta(days=3)):
        sandbox.receive_transfer(page, 120_00)
        received = escrow.refresh(payment)
    assert received.state == Payment.State.RECEIVED
    assert received.method == Payment.Method.TRANSFER


def test_part_of_a_transfer_does_not_start_anything(payment):
    cash.checkout(payment)
    page = sandbox.choose_transfer(page_of(payment))
    sandbox.receive_transfer(page, 70_00)

    waiting = escrow.refresh(payment)
    assert waiting.state == Payment.State.AWAITING_TRANSFER
    assert (waiting.transfer_instructions["received"], waiting.transfer_instructions["missing"]) == (
        70_00,
        50_00,
    )
    assert Discrepancy.objects.get().received_cents == 70_00
    assert not LedgerTransaction.objects.exists()

    sandbox.receive_transfer(page, 50_00)
    assert escrow.refresh(payment).state == Payment.State.RECEIVED
    assert Discrepancy.objects.get().settled_at is not None


def test_too_large_a_transfer_waits_until_the_excess_went_back(payment):
    cash.checkout(payment)
    page = sandbox.choose_transfer(page_of(payment))
    sandbox.receive_transfer(page, 130_00)

    assert escrow.refresh(payment).state == Payment.State.PENDING
    assert Discrepancy.objects.get().received_cents == 130_00

    sandbox.return_excess(page)
    assert escrow.refresh(payment).state == Payment.State.RECEIVED


# --- Where the sandbox may live -------------------------------------------------------------------------------


def test_the_sandbox_is_no_gateway_outside_a_developers_machine(settings, payment):
    settings.LOCAL_MODE = False

    with pytest.raises(ImproperlyConfigured, match="sandbox"):
        gateway()
    with pytest.raises(ImproperlyConfigured):
        cash.checkout(payment)


def test_without_a_gateway_the_boot_says_so(settings):
    settings.PAYMENT_GATEWAY = ""

    with pytest.raises(ImproperlyConfigured, match="PAYMENT_GATEWAY"):
        gateway()
