"""Before what was not paid in time is given up, the provider is asked a last time: a payment's message may still wait."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from marketplace.kernel import clock, rules
from orders import actions, tasks
from orders.models import Order
from payments.models import Payment, Refund
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxSession
from tests import factories

DEAD = "tests.orders.checkout.test_paying.DeadGateway"
SANDBOX = "payments.sandbox.gateway.SandboxGateway"
pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client_of, placed_order) -> Order:
    """Its buyer stands at the payment page."""
    client_of(placed_order.buyer).post(reverse("order_payment", args=[placed_order.public_id]))
    return factories.fresh(placed_order)


def page_of(payment: Payment) -> SandboxSession:
    return SandboxSession.objects.get(token=Payment.objects.get(pk=payment.pk).gateway_id)


def sweep_at(moment, task=tasks.expire_unpaid) -> int:
    """A run of the clock, some minutes after the one before: nobody waits for a silent provider meanwhile."""
    cache.clear()
    with clock.at(moment):
        return task()


@pytest.mark.django_db(transaction=True)
def test_an_order_paid_while_its_message_waits_lives(opened):
    sandbox.pay(page_of(opened.payment), "card")  # the message is not read

    for _run in range(2):
        assert sweep_at(opened.payment_due_at + timedelta(minutes=1)) == 0

    order = factories.fresh(opened)
    assert order.payment.state == Payment.State.RECEIVED
    assert actions.confirm_payment(order).state == Order.State.ACTIVE
    assert not Refund.objects.exists()


def test_an_order_nobody_paid_ends_once_the_provider_says_so(opened):
    assert sweep_at(opened.payment_due_at + timedelta(minutes=1)) == 1
    assert factories.fresh(opened).cancel_cause == Order.CancelCause.UNPAID


def test_a_silent_provider_is_waited_for_and_not_forever(opened, settings):
    settings.PAYMENT_GATEWAY = DEAD
    last = opened.payment.expires_at + rules.PROVIDER_SILENCE

    assert sweep_at(opened.payment_due_at + timedelta(minutes=1)) == 0
    assert sweep_at(last - timedelta(minutes=1)) == 0
    assert factories.fresh(opened).state == Order.State.PENDING_PAYMENT
    settings.PAYMENT_GATEWAY = SANDBOX
    assert sweep_at(last - timedelta(minutes=1)) == 1


def test_after_the_silence_it_ends_all_the_same(opened, settings):
    settings.PAYMENT_GATEWAY = DEAD
    assert sweep_at(opened.payment.expires_at + rules.PROVIDER_SILENCE + timedelta(minutes=1)) == 1
    assert factories.fresh(opened).state == Order.State.CANCELLED


def test_a_silent_provider_is_asked_once_a_run_and_a_page_never_opened_is_not_asked(
    opened, buyer, offer, settings, monkeypatch, client_of
):
    asked = []
    second = factories.place(buyer, offer)
    client_of(buyer).post(reverse("order_payment", args=[second.public_id]))
    never = factories.place(buyer, offer)
    settings.PAYMENT_GATEWAY = DEAD
    from tests.orders.checkout.test_paying import DeadGateway

    answer = DeadGateway.look_up
    monkeypatch.setattr(DeadGateway, "look_up", lambda self, pk: asked.append(pk) or answer(self, pk))

    assert sweep_at(never.payment_due_at + timedelta(minutes=1)) == 1
    assert len(asked) == 1
    assert asked[0] in {page_of(opened.payment).token, page_of(second.payment).token}
    assert factories.fresh(never).state == Order.State.CANCELLED
    assert {factories.fresh(order).state for order in (opened, second)} == {Order.State.PENDING_PAYMENT}


def test_an_extra_paid_while_its_message_waits_is_added(client_of, started_order):
    extra = actions.propose_extra(
        started_order, actor=started_order.expert, title="Une annexe", price_cents=50_00
    )
    extra = actions.accept_extra(extra, actor=started_order.buyer)
    client_of(started_order.buyer).post(reverse("extra_payment", args=[extra.public_id]), {"method": "card"})
    sandbox.pay(page_of(extra.payment), "card")
    extra.refresh_from_db()

    sweep_at(extra.due_at + timedelta(minutes=1), tasks.expire_extras)

    extra.refresh_from_db()
    assert extra.state == "paid"
    assert not Refund.objects.exists()


def test_an_extra_waits_for_a_silent_provider(client_of, started_order, settings):
    extra = actions.propose_extra(
        started_order, actor=started_order.expert, title="Une annexe", price_cents=50_00
    )
    extra = actions.accept_extra(extra, actor=started_order.buyer)
    client_of(started_order.buyer).post(reverse("extra_payment", args=[extra.public_id]), {"method": "card"})
    extra.refresh_from_db()
    settings.PAYMENT_GATEWAY = DEAD

    assert sweep_at(extra.due_at + timedelta(minutes=1), tasks.expire_extras) == 0
    extra.refresh_from_db()
    assert extra.state == "unpaid"
    settings.PAYMENT_GATEWAY = SANDBOX
    assert sweep_at(extra.due_at + timedelta(minutes=1), tasks.expire_extras) == 1
    extra.refresh_from_db()
    assert extra.state == "expired"
