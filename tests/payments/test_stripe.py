"""The real library against the stand-in: pages, methods, refunds, messages late, twice and shuffled."""

import json
from datetime import timedelta

import pytest

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow, inbox, ledger, outbox
from payments.escrow import asking
from payments.gateways import GatewayRefused, GatewayUnavailable, Person, UnknownObject, gateway
from payments.models import EscrowHold, GatewayCall, GatewayCustomer, InboundEvent, Payment, Refund
from tests.payments import cash

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(stand_in, payment):
    cash.checkout(payment)
    payment.refresh_from_db()
    return payment.gateway_id


@pytest.fixture
def paid(stand_in, page, payment):
    stand_in.pay(page)
    return escrow.refresh(payment)


def read_all():
    for event in InboundEvent.objects.filter(state="pending"):
        inbox.process(event)


def test_a_page_is_opened_at_stripe_with_one_method_and_the_whole_price(stand_in, payment):
    address = cash.checkout(payment)

    session = stand_in.one("checkout.session")
    assert address == session["url"]
    assert (session["amount_total"], session["methods"]) == (120_00, ["card"])
    assert session["client_reference_id"] == str(payment.public_id)
    assert session["metadata"]["order"] == "J-24817"
    assert GatewayCustomer.objects.get(user=payment.payer).gateway_id == session["customer"]


def test_two_clicks_open_one_page_and_make_one_customer(stand_in, payment):
    assert cash.checkout(payment) == cash.checkout(payment)

    assert len(stand_in.all("checkout.session")) == len(stand_in.all("customer")) == 1


def test_a_card_payment_is_held_and_the_fee_is_ours(stand_in, paid):
    assert paid.state == Payment.State.RECEIVED
    assert paid.method == Payment.Method.CARD
    assert ledger.balance(ledger.escrow(paid)) == 120_00
    assert ledger.balance(ledger.PSP_FEES) == 2_05
    assert ledger.balance(ledger.PSP) == stand_in.balances[""] == 117_95


def test_messages_come_twice_and_in_any_order_and_money_is_received_once(stand_in, page, payment, client):
    stand_in.pay(page)

    assert stand_in.deliver(client, shuffled=True, twice=True) == 6
    read_all()

    assert InboundEvent.objects.count() == 3
    assert EscrowHold.objects.get().amount_cents == 120_00
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]


def test_a_message_of_a_page_we_do_not_know_yet_waits(stand_in, page, payment, client):
    stand_in.pay(page)
    Payment.objects.update(public_id="00000000-0000-4000-8000-000000000000")
    stand_in.deliver(client)
    read_all()
    assert set(InboundEvent.objects.values_list("state", flat=True)) == {"pending"}

    Payment.objects.update(public_id=stand_in.one("checkout.session")["client_reference_id"])
    for event in InboundEvent.objects.all():
        inbox.replay(event)
    read_all()

    assert Payment.objects.get().state == Payment.State.RECEIVED


def test_a_declined_card_is_told_and_may_be_tried_again(stand_in, page, payment, client):
    stand_in.decline(page)
    stand_in.deliver(client)
    read_all()
    payment.refresh_from_db()
    assert (payment.state, payment.failure_reason) == (Payment.State.FAILED, "Your card was declined.")

    assert cash.checkout(payment).endswith(page)
    stand_in.pay(page)
    assert escrow.refresh(payment).state == Payment.State.RECEIVED


def test_a_bank_transfer_shows_its_account_and_counts_what_came(stand_in, buyer, expert, client):
    payment = cash.ask(buyer, expert, method="transfer")
    cash.checkout(payment)
    page = stand_in.one("checkout.session")["id"]
    stand_in.pay(page, "customer_balance")
    stand_in.deliver(client)
    read_all()
    payment.refresh_from_db()
    assert payment.state == Payment.State.AWAITING_TRANSFER
    assert payment.transfer_instructions["iban"].startswith("FR76")
    assert payment.transfer_instructions["amount"] == 120_00

    stand_in.wire(page, 50_00)
    stand_in.deliver(client)
    read_all()
    payment.refresh_from_db()
    assert payment.transfer_instructions["missing"] == 70_00
    assert not EscrowHold.objects.exists(), "an order never starts on part of its price"

    stand_in.wire(page, 70_00)
    stand_in.deliver(client, twice=True)
    read_all()
    payment.refresh_from_db()
    assert (payment.state, payment.method) == (Payment.State.RECEIVED, Payment.Method.TRANSFER)


def test_paypal_waits_for_its_switch(stand_in, buyer, expert, settings):
    settings.STRIPE_PAYPAL = False
    payment = cash.ask(buyer, expert, method="paypal")
    with pytest.raises(Refusal, match="Choose another one"):
        cash.checkout(payment)
    assert stand_in.all("checkout.session") == []

    settings.STRIPE_PAYPAL = True
    cash.checkout(payment)
    assert stand_in.one("checkout.session")["methods"] == ["paypal"]


def test_a_refund_leaves_once_and_may_fail_later(stand_in, paid, client):
    refund = escrow.refund(paid.hold, 40_00, reason="ruling")
    outbox.send_refund.run(refund.pk)
    outbox.send_refund.run(refund.pk)
    sent = stand_in.one("refund")
    assert (sent["amount"], sent["metadata"]["reference"]) == (40_00, str(refund.public_id))
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]

    stand_in.settle_refund(sent["id"], "failed")
    stand_in.deliver(client, shuffled=True)
    read_all()

    refund.refresh_from_db()
    assert refund.state == Refund.State.FAILED
    assert ledger.balance(ledger.refund_due(paid)) == 40_00
    assert ledger.balance(ledger.PSP) == stand_in.balances[""]


def test_an_answer_lost_on_the_way_is_looked_up_and_never_sent_again(stand_in, paid):
    stand_in.keys.clear()  # as after a day: the gateway has forgotten every key
    refund = escrow.refund(paid.hold, 40_00, reason="ruling")
    stand_in.lose_answers(1)
    with pytest.raises(GatewayUnavailable):
        outbox.send_refund.run(refund.pk)
    assert GatewayCall.objects.get(kind="refund").state == GatewayCall.State.UNKNOWN
    stand_in.keys.clear()

    outbox.send_refund.run(refund.pk)

    refund.refresh_from_db()
    assert refund.state == Refund.State.SUCCEEDED
    assert len(stand_in.all("refund")) == 1
    assert stand_in.calls.count(("post", "/v1/refunds")) == 1


@pytest.mark.parametrize("kind", ["customer", "checkout"])
def test_a_lost_page_or_customer_is_found_again(stand_in, payment, kind):
    if kind == "checkout":
        asking._make_known(payment.payer)
    stand_in.lose_answers(1)
    with pytest.raises(GatewayUnavailable):
        cash.checkout(payment)
    stand_in.keys.clear()

    cash.checkout(Payment.objects.get())

    assert len(stand_in.all("checkout.session")) == len(stand_in.all("customer")) == 1


def test_when_stripe_is_down_nothing_is_known_and_nothing_moves(stand_in, paid):
    refund = escrow.refund(paid.hold, 40_00, reason="ruling")
    stand_in.break_down(1)

    with pytest.raises(GatewayUnavailable):
        outbox.send_refund.run(refund.pk)

    refund.refresh_from_db()
    assert refund.state == Refund.State.DECIDED
    assert stand_in.all("refund") == []


def test_a_page_nobody_needs_closes_at_stripe(
    stand_in, page, payment, errands, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        escrow.expire(payment)

    assert stand_in.one("checkout.session")["status"] == "expired"


def test_an_expired_page_is_followed_by_another(stand_in, page, payment, client):
    stand_in.rows[page]["status"] = "expired"
    escrow.refresh(payment)

    assert not cash.checkout(payment).endswith(page)


@pytest.mark.parametrize(
    ("body", "door", "secret"),
    [
        ('{"id": "evt_1"}', "platform", "whsec_wrong"),
        ("not json", "platform", ""),
        ('{"id": "evt_1", "object": "v2.core.event", "type": "x"}', "platform", ""),
    ],
)
def test_what_does_not_prove_its_origin_is_refused(stand_in, client, body, door, secret):
    assert stand_in.post(client, body, door, secret).status_code == 400
    assert client.post("/webhooks/stripe/", body, content_type="application/json").status_code == 400
    assert not InboundEvent.objects.exists()


def test_a_message_at_the_wrong_door_is_refused(stand_in, page, client):
    stand_in.pay(page)
    event = dict(stand_in.messages[0]["event"])
    assert stand_in.post(client, json.dumps(event), "connect").status_code == 400

    event["account"] = "acct_1"
    assert stand_in.post(client, json.dumps(event), "platform").status_code == 400
    assert client.post("/webhooks/payments/", "{}", content_type="application/json").status_code == 404


def test_what_the_library_would_not_allow_is_refused_by_the_stand_in(stand_in):
    from payments.stripe.client import answers, client

    def tries(**params):
        with answers():
            client().v1.checkout.sessions.create({"mode": "payment", **params})

    with pytest.raises(GatewayRefused, match="payment_method_types"):
        tries(payment_method_types=["card"])
    with pytest.raises(GatewayRefused, match="ui_mode"):
        tries(ui_mode="hosted")
    with pytest.raises(GatewayRefused, match="unknown parameter"):
        tries(line_items=[{"price_date": {"x": 1}}])
    with pytest.raises(UnknownObject):
        gateway().look_up("cs_test_nowhere")


def test_an_expert_is_onboarded_on_stripes_pages(stand_in):
    stripe = gateway()
    claire = Person("17", "claire@example.test", "Claire Fontaine")

    account = stripe.create_payee(claire, idempotency_key="expert:17:account")
    assert stripe.create_payee(claire, idempotency_key="expert:17:account") == account
    assert stripe.find_payee(claire, idempotency_key="expert:17:account") == account
    assert account in stripe.onboarding_url(account, refresh_url="http://x/r", return_url="http://x/b")
    assert stripe.look_up_payee(account).state == "pending"
    assert stripe.look_up_payee(account).missing

    stripe.pay_by_hand_only(account)
    stand_in.activate(account)

    assert stand_in.settings[account] == "manual"
    assert stripe.look_up_payee(account).state == "active"


def test_a_transfer_a_reversal_and_a_payout(stand_in, paid):
    stripe = gateway()
    account = stripe.create_payee(Person("17", "c@example.test", "Claire"), idempotency_key="a")
    stand_in.activate(account)
    reference = str(paid.public_id)

    transfer = stripe.transfer(paid.gateway_id, account, 108_00, reference=reference, idempotency_key="t")
    assert stripe.find_transfer(reference, idempotency_key="t") == transfer
    reversal = stripe.reverse_transfer(transfer, 28_00, idempotency_key="r")
    assert stripe.find_reversal(transfer, idempotency_key="r") == reversal
    assert stripe.balance(account) == 80_00
    sent = stripe.pay_out(account, 80_00, reference="w", label="JALON", idempotency_key="p")
    assert stripe.find_payout(account, since=clock.now() - timedelta(1), idempotency_key="p") == sent
    stand_in.settle_payout(sent.gateway_id, "failed")
    assert stripe.look_up_payout(sent.gateway_id, account).failure == "The bank account has been closed."
    with pytest.raises(GatewayRefused, match="insufficient"):
        stripe.pay_out(account, 200_00, reference="w2", label="JALON", idempotency_key="p2")
    assert [line.kind for line in stripe.movements(clock.now() - timedelta(1))] == [
        "charge",
        "transfer",
        "transfer_refund",
    ]
