"""E5: before the clock gives up on a payment the provider is asked, for its message may still wait to be read."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from marketplace.kernel import clock, rules
from missions import actions as quoting
from missions.tasks import sweep_missions
from orders import actions, tasks
from orders.models import Order
from payments import escrow, inbox
from payments.escrow import last_look
from payments.models import InboundEvent, Payment, Refund
from payments.outbox import tell_payment
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxSession
from tests import factories
from tests.missions import conftest as missions
from tests.payments import cash

pytestmark = pytest.mark.django_db

talk, quote = missions.talk, missions.quote


@pytest.fixture(autouse=True)
def listener(settings):
    settings.PAYMENT_OBSERVER = "missions.payment_observer.MissionPaymentObserver"


@pytest.fixture
def page(placed_order):
    """The buyer of an order is on the payment page."""
    cash.checkout(placed_order.payment)
    return SandboxSession.objects.get()


@pytest.fixture
def too_late(placed_order, page):
    with time_machine.travel(placed_order.payment_due_at + timedelta(minutes=1)):
        yield


def read_news():
    """What a worker does after the commit, or the sweep when it died."""
    for pk in Payment.objects.exclude(tell_due_at=None).values_list("pk", flat=True):
        tell_payment(pk)


def test_an_order_paid_at_the_last_minute_lives_though_the_message_was_not_read(placed_order, page):
    with time_machine.travel(placed_order.payment_due_at - timedelta(seconds=5)):
        sandbox.pay(page, "card")
    assert not InboundEvent.objects.exists()

    with time_machine.travel(placed_order.payment_due_at + timedelta(minutes=1)):
        assert [tasks.expire_unpaid(), tasks.expire_unpaid()] == [0, 0]
        read_news()
        assert tasks.expire_unpaid() == 0

    order = factories.fresh(placed_order)
    assert order.state == Order.State.ACTIVE
    assert order.payment.state == Payment.State.RECEIVED
    assert not Refund.objects.exists()


def test_so_it_is_at_stripe_and_its_message_read_afterwards_changes_nothing(
    stand_in, placed_order, client, errands, django_capture_on_commit_callbacks
):
    cash.checkout(placed_order.payment)
    session = stand_in.one("checkout.session")["id"]
    stand_in.pay(session)
    stand_in.deliver(client, keep=True)
    assert InboundEvent.objects.filter(state="pending").exists(), "kept, and no worker has read it"
    Order.objects.update(payment_due_at=clock.now())
    Payment.objects.update(expires_at=clock.now())

    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.expire_unpaid() == 0
    for pk in InboundEvent.objects.values_list("pk", flat=True):
        inbox.process_event(pk)

    order = factories.fresh(placed_order)
    assert order.state == Order.State.ACTIVE
    assert order.events.filter(kind="paid").count() == 1
    assert stand_in.all("refund") == []


def test_a_transfer_chosen_at_the_last_minute_has_its_days(stand_in, placed_order):
    cash.checkout(placed_order.payment)
    stand_in.pay(stand_in.one("checkout.session")["id"], "customer_balance")
    with time_machine.travel(placed_order.payment_due_at + timedelta(minutes=1)):
        assert tasks.expire_unpaid() == 0
        read_news()
        assert tasks.expire_unpaid() == 0

    order = factories.fresh(placed_order)
    assert order.state == Order.State.PENDING_PAYMENT
    assert order.payment.state == Payment.State.AWAITING_TRANSFER
    with time_machine.travel(order.payment_due_at + timedelta(minutes=1)):
        assert tasks.expire_unpaid() == 1


def test_an_extra_and_a_first_instalment_are_asked_about_too(started_order, quote):
    extra = actions.choose_add_on(started_order, actor=started_order.buyer, number=1)
    mission = quoting.accept(
        quote, actor=quote.client, name="Thomas Girard", digest=quote.digest, siren="303265045"
    )
    first = mission.instalments.get(number=1)
    for payment in (extra.payment, first.payment):
        cash.checkout(payment)
        payment.refresh_from_db()
        sandbox.pay(SandboxSession.objects.get(token=payment.gateway_id), "card")

    with time_machine.travel(max(extra.due_at, first.due_at) + timedelta(minutes=1)):
        tasks.expire_extras()
        sweep_missions()
        read_news()

    assert started_order.extras.get().state == "paid"
    mission.refresh_from_db()
    assert mission.state == "ready"
    assert not Refund.objects.exists()


@pytest.mark.usefixtures("too_late")
def test_an_order_that_is_not_paid_ends_and_its_page_closes(
    placed_order, errands, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert [tasks.expire_unpaid(), tasks.expire_unpaid()] == [1, 0]

    assert factories.fresh(placed_order).cancel_cause == Order.CancelCause.UNPAID
    assert not cache.get(last_look.ASKING), "the next run may ask"


@pytest.mark.usefixtures("page")
def test_a_silent_provider_is_waited_for_and_not_for_ever(placed_order, buyer, offer, moody_gateway):
    never_asked = factories.place(buyer, offer)  # nobody opened a payment page for it
    moody_gateway.down = 100
    with time_machine.travel(placed_order.payment_due_at + timedelta(minutes=1)):
        assert tasks.expire_unpaid() == 1
        assert factories.fresh(never_asked).state == Order.State.CANCELLED
        assert factories.fresh(placed_order).state == Order.State.PENDING_PAYMENT

        silences = moody_gateway.down
        assert tasks.expire_unpaid() == 0
        assert moody_gateway.down == silences, "one silence is enough for some minutes"

    cache.clear()
    with time_machine.travel(placed_order.payment_due_at + rules.PROVIDER_SILENCE):
        assert tasks.expire_unpaid() == 1

    assert factories.fresh(placed_order).state == Order.State.CANCELLED


def test_a_provider_that_is_back_is_believed_however_late(placed_order, page, moody_gateway):
    sandbox.pay(page, "card")
    with time_machine.travel(placed_order.payment_due_at + timedelta(days=3)):
        assert tasks.expire_unpaid() == 0
        read_news()

    assert factories.fresh(placed_order).state == Order.State.ACTIVE
    assert moody_gateway.answered.count("look_up") == 1


@pytest.mark.usefixtures("too_late")
def test_while_one_run_asks_another_leaves_the_order(placed_order, moody_gateway):
    cache.add(last_look.ASKING, True, 60)

    assert tasks.expire_unpaid() == 0

    assert moody_gateway.answered.count("look_up") == 0
    assert factories.fresh(placed_order).state == Order.State.PENDING_PAYMENT


@pytest.mark.usefixtures("too_late")
def test_of_many_a_run_asks_about_some(placed_order, monkeypatch):
    monkeypatch.setattr(last_look, "AT_ONCE", 0)
    assert tasks.expire_unpaid() == 0

    monkeypatch.undo()
    assert tasks.expire_unpaid() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("page")
def test_the_provider_is_never_asked_in_a_transaction():
    with transaction.atomic(), pytest.raises(RuntimeError):
        escrow.undecided(Payment.objects.all())
