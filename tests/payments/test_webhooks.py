"""The gateway's messages: signed or refused, kept before they are read, never believed."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from marketplace.kernel import clock
from payments import escrow, inbox, tasks
from payments.gateways import GatewayUnavailable
from payments.models import EscrowHold, InboundEvent, LedgerTransaction, Payment
from payments.sandbox import actions as sandbox
from payments.sandbox import signing
from payments.sandbox.models import SandboxCallback, SandboxSession
from payments.sandbox.outbox import signed
from tests.payments import cash

pytestmark = pytest.mark.django_db

SECRET = "tests sign with this"


@pytest.fixture
def page(payment):
    cash.checkout(payment)
    return SandboxSession.objects.get()


@pytest.fixture
def deliver(errands, django_capture_on_commit_callbacks):
    """Hand a message to our door, as the provider does; a worker reads it at once."""

    def knock(body: bytes, signature: str | None) -> int:
        headers = {} if signature is None else {signing.HEADER: signature}
        with django_capture_on_commit_callbacks(execute=True):
            response = Client(enforce_csrf_checks=True).post(
                reverse("payment_webhook"), body, content_type="application/json", headers=headers
            )
        return response.status_code

    return knock


def message(
    kind: str = "checkout.paid", subject: str = "checkout", object_id: str = "x", event_id: str = "evt_1"
) -> bytes:
    return json.dumps({"id": event_id, "type": kind, "data": {"object": subject, "id": object_id}}).encode()


def sign(body: bytes, *, secret: str = SECRET, age: int = 0) -> str:
    return signing.sign(body, secret, int(clock.now().timestamp()) - age)


def send_all(deliver) -> list[int]:
    """Deliver everything the sandbox owes us, oldest first."""
    answers = []
    for callback in SandboxCallback.objects.order_by("pk"):
        body, headers = signed(callback)
        answers.append(deliver(body, headers[signing.HEADER]))
    return answers


def test_a_paid_page_makes_the_payment_received(page, payment, deliver, listener):
    sandbox.pay(page, "card")

    assert send_all(deliver) == [200]

    payment.refresh_from_db()
    event = InboundEvent.objects.get()
    assert payment.state == Payment.State.RECEIVED
    assert (event.state, event.attempts, event.kind) == ("processed", 1, "checkout.paid")
    assert listener.heard == [("received", payment.pk)]


def refuse(deliver, body, signature):
    before = cash.snapshot()
    assert deliver(body, signature) == 400
    assert not InboundEvent.objects.exists()
    assert cash.snapshot() == before


def test_a_tampered_message_is_refused(page, deliver):
    sandbox.pay(page, "card")
    body, headers = signed(SandboxCallback.objects.get())

    refuse(deliver, body.replace(b"checkout.paid", b"checkout.open"), headers[signing.HEADER])
    refuse(deliver, body + b" ", headers[signing.HEADER])


def test_a_message_signed_by_somebody_else_is_refused(deliver):
    body = message()

    refuse(deliver, body, sign(body, secret="guess"))
    refuse(deliver, body, sign(body, secret=""))


@pytest.mark.parametrize("age", [301, 3_600, -360])
def test_an_old_message_is_refused_and_so_is_one_from_the_future(deliver, age):
    body = message()

    refuse(deliver, body, sign(body, age=age))


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "t=,v1=",
        "v1=abc",
        "t=1",
        "t=x,v1=abc",
        "t=1,t=2,v1=a",
        "t=²,v1=é",
        "t=" + "9" * 400 + ",v1=a",
        "\x00",
    ],
)
def test_what_is_no_signature_is_refused(deliver, signature):
    refuse(deliver, message(), signature)


def test_one_right_signature_among_several_is_enough(deliver):
    """A secret that is being changed signs twice."""
    body = message(object_id="unknown")
    other = sign(body, secret="older").partition("v1=")[2]

    assert deliver(body, f"{sign(body)},v1={other}") == 200
    assert (
        deliver(body, f"t={int(clock.now().timestamp())},v1={other},v1={sign(body).partition('v1=')[2]}")
        == 200
    )


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"id": "evt_1"}', b'{"id":"e","type":"t","data":[]}']
)
def test_a_signed_message_that_makes_no_sense_is_refused(deliver, body):
    refuse(deliver, body, sign(body))


def test_without_a_secret_nothing_is_believed(deliver, settings):
    settings.PAYMENT_WEBHOOK_SECRET = ""
    body = message()

    refuse(deliver, body, sign(body, secret=""))


def test_only_post_is_answered():
    assert Client().get(reverse("payment_webhook")).status_code == 405


def test_a_message_that_comes_twice_is_acted_on_once(page, payment, deliver, listener):
    sandbox.choose_options(page, late=False, twice=True, refund_outcome="succeed")
    sandbox.pay(page, "card")

    assert send_all(deliver) == [200, 200]
    assert send_all(deliver) == [200, 200]

    assert InboundEvent.objects.count() == 1
    assert LedgerTransaction.objects.count() == EscrowHold.objects.count() == 1
    assert listener.heard == [("received", payment.pk)]


def test_the_order_of_messages_does_not_matter(page, payment, deliver):
    sandbox.decline(page)
    sandbox.choose_transfer(page)
    sandbox.receive_transfer(page, 20_00)
    sandbox.receive_transfer(page, 100_00)
    callbacks = list(SandboxCallback.objects.order_by("-pk"))

    for callback in callbacks:
        body, headers = signed(callback)
        assert deliver(body, headers[signing.HEADER]) == 200

    payment.refresh_from_db()
    assert len(callbacks) == 4
    assert payment.state == Payment.State.RECEIVED
    assert InboundEvent.objects.filter(state="processed").count() == 4


def test_what_the_message_claims_is_not_believed(page, payment, deliver):
    """The body says paid; the page, looked up, says open."""
    body = message(object_id=page.token)

    assert deliver(body, sign(body)) == 200

    payment.refresh_from_db()
    assert payment.state == Payment.State.PENDING
    assert InboundEvent.objects.get().state == "processed"


def test_a_refusal_and_an_expiry_are_understood(page, payment, deliver, listener):
    sandbox.decline(page)
    send_all(deliver)
    payment.refresh_from_db()
    assert payment.state == Payment.State.FAILED
    assert payment.failure_reason == "The bank declined this card."
    assert listener.heard == [("failed", payment.pk)]

    sandbox.expire(page)
    send_all(deliver)
    payment.refresh_from_db()
    assert payment.checkout_url == ""


def test_a_refund_that_the_bank_sends_back_is_understood(page, payment, deliver):
    sandbox.pay(page, "card")
    send_all(deliver)
    payment.refresh_from_db()
    escrow.refund(payment.hold, 40_00, reason="late")
    tasks.send_refund(payment.hold.refunds.get().pk)
    sandbox.settle_refund(page.refunds.get(), succeeds=False)

    send_all(deliver)

    assert payment.hold.refunds.get().state == "failed"


def test_a_message_about_nothing_we_know_waits_and_is_read_again(payment, deliver):
    """The message overtakes us: it is here before our own note of the page is."""
    body = message(object_id="sbx_cs_not_yet")
    assert deliver(body, sign(body)) == 200
    event = InboundEvent.objects.get()
    assert (event.state, event.attempts) == ("pending", 1)
    assert tasks.sweep_inbox() == 0, "not due yet"

    cash.checkout(payment)
    SandboxSession.objects.update(token="sbx_cs_not_yet")
    sandbox.pay(SandboxSession.objects.get(), "card")
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        assert tasks.sweep_inbox() == 1

    event.refresh_from_db()
    payment.refresh_from_db()
    assert event.state == "processed"
    assert payment.state == Payment.State.RECEIVED


def test_a_page_that_is_not_ours_is_given_up_after_some_days(deliver, page):
    SandboxSession.objects.update(reference="00000000-0000-0000-0000-000000000000")
    body = message(object_id=page.token)
    deliver(body, sign(body))
    InboundEvent.objects.update(attempts=inbox.MAX_ATTEMPTS - 1)

    inbox.process(InboundEvent.objects.get())

    event = InboundEvent.objects.get()
    assert (event.state, event.error) == ("failed", "It concerns something we do not know yet.")
    inbox.process(event)
    assert InboundEvent.objects.get().attempts == inbox.MAX_ATTEMPTS, "left to staff"


def test_staff_may_have_a_message_read_again(page, payment, deliver):
    body = message(object_id=page.token)
    deliver(body, sign(body))
    sandbox.pay(page, "card")
    event = InboundEvent.objects.get()
    assert event.state == "processed"

    inbox.replay(event)
    tasks.process_event(event.pk)

    payment.refresh_from_db()
    assert payment.state == Payment.State.RECEIVED


def test_a_message_of_a_kind_we_do_not_know_is_kept_and_done(deliver):
    body = message(kind="weather.changed", subject="weather")

    assert deliver(body, sign(body)) == 200
    assert InboundEvent.objects.get().state == "processed"


def test_a_gateway_that_is_down_delays_a_message_and_loses_none(page, payment, moody_gateway):
    sandbox.pay(page, "card")
    event = InboundEvent.objects.create(
        event_id="evt_1", kind="checkout.paid", subject="checkout", object_id=page.token, payload={}
    )
    moody_gateway.down = 1

    with pytest.raises(GatewayUnavailable):
        tasks.process_event.run(event.pk)
    event.refresh_from_db()
    assert (event.state, event.error) == ("pending", "The gateway did not answer.")

    tasks.process_event.run(event.pk)
    payment.refresh_from_db()
    assert payment.state == Payment.State.RECEIVED


def test_retries_of_a_moment_count_as_one_attempt_so_that_a_payment_is_not_known_hours_late(
    page, payment, moody_gateway
):
    """A provider away for some seconds: what a worker tried in vain five times is due again a minute later."""
    sandbox.pay(page, "card")
    event = InboundEvent.objects.create(
        event_id="evt_1", kind="checkout.paid", subject="checkout", object_id=page.token, payload={}
    )
    moody_gateway.down = 5

    tried = tasks.process_event.apply([event.pk], throw=False)

    assert (tried.failed(), moody_gateway.down) == (True, 0)
    event.refresh_from_db()
    assert (event.state, event.attempts) == ("pending", 1)
    with time_machine.travel(clock.now() + timedelta(minutes=1, seconds=1)):
        assert tasks.sweep_inbox() == 1, "due a minute later"
        tasks.process_event.run(event.pk)
    payment.refresh_from_db()
    assert payment.state == Payment.State.RECEIVED


def test_a_lost_errand_loses_no_message(page, payment, errands, django_capture_on_commit_callbacks):
    """The queue forgot it; the row is there, and the sweep reads it."""
    sandbox.pay(page, "card")
    body, headers = signed(SandboxCallback.objects.get())
    with django_capture_on_commit_callbacks(execute=False):
        Client().post(reverse("payment_webhook"), body, content_type="application/json", headers=headers)
    assert Payment.objects.get().state == Payment.State.PENDING

    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert tasks.sweep_inbox() == 1

    assert Payment.objects.get().state == Payment.State.RECEIVED


def test_keeping_a_message_takes_few_statements(django_assert_max_num_queries):
    body = message()
    with django_assert_max_num_queries(4):
        Client().post(
            reverse("payment_webhook"),
            body,
            content_type="application/json",
            headers={signing.HEADER: sign(body)},
        )
