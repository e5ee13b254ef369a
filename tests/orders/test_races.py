"""Two people at the same instant, on real threads against PostgreSQL: the first commit wins, once."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django_fsm import TransitionNotAllowed

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders import actions, tasks
from orders.models import Order, OrderEvent
from orders.models.changes import ChangeRequest
from payments import escrow, ledger
from payments.models import Earning, Refund
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts together; return what each gave back or raised."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(index, act):
        try:
            gate.wait(5)
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


def refused(results):
    return [r for r in results if isinstance(r, (Refusal, TransitionNotAllowed))]


def test_two_acceptances_pay_once(delivered_order):
    buyer = delivered_order.buyer
    results = at_once(*[lambda: actions.accept_delivery(delivered_order, actor=buyer)] * 4)

    assert len(refused(results)) == 3, results
    assert Earning.objects.count() == 1
    assert ledger.audit() == []


# E3
def test_cancel_against_start_has_one_winner(active_order):
    buyer, expert = active_order.buyer, active_order.expert
    results = at_once(
        lambda: actions.cancel_before_start(active_order, actor=buyer),
        lambda: actions.start(active_order, actor=expert),
    )

    order = factories.fresh(active_order)
    assert len(refused(results)) == 1, results
    if order.state == Order.State.CANCELLED:
        assert order.started_at is None
        assert Refund.objects.count() == 1
    else:
        assert order.started_at is not None
        assert Refund.objects.count() == 0
    assert ledger.audit() == []


def test_two_callbacks_at_once_make_one_payment(placed_order):
    def callback():
        escrow.receive(
            placed_order.payment,
            amount_cents=placed_order.total_cents,
            gateway_id="gw-1",
            occurred_at=clock.now(),
        )
        return actions.confirm_payment(factories.fresh(placed_order))

    results = at_once(callback, callback, callback)

    assert not [r for r in results if isinstance(r, Exception)], results
    order = factories.fresh(placed_order)
    assert order.state == Order.State.ACTIVE
    assert order.events.filter(kind=OrderEvent.Kind.PAID).count() == 1
    assert order.conversation.messages.count() == 1
    assert ledger.audit() == []


# E11
def test_a_double_click_on_the_form_places_one_order(buyer, offer):
    token = uuid.uuid4()
    results = at_once(*[lambda: factories.place(buyer, offer, token=token)] * 4)

    assert len({r.pk for r in results}) == 1
    assert Order.objects.count() == 1


def test_accepting_against_withdrawing_has_one_winner(started_order):
    buyer, expert = started_order.buyer, started_order.expert
    change = actions.propose_settlement(started_order, actor=expert, refund_cents=40_00)
    results = at_once(
        lambda: actions.accept_change(change, actor=buyer),
        lambda: actions.withdraw_change(change, actor=expert),
    )

    order = factories.fresh(started_order)
    change.refresh_from_db()
    assert len(refused(results)) == 1, results
    if order.state == Order.State.CANCELLED:
        assert change.state == "accepted"
        assert (Refund.objects.count(), Earning.objects.count()) == (1, 1)
    else:
        assert (order.state, change.state) == (Order.State.ACTIVE, "withdrawn")
        assert (Refund.objects.count(), Earning.objects.count()) == (0, 0)
    assert ledger.audit() == []


# E23
def test_two_opposite_requests_at_once_leave_one(started_order):
    buyer, expert = started_order.buyer, started_order.expert
    results = at_once(
        lambda: actions.propose_settlement(started_order, actor=buyer, refund_cents=100_00),
        lambda: actions.propose_settlement(started_order, actor=expert, refund_cents=10_00),
    )

    assert len(refused(results)) == 1, results
    assert started_order.changes.open().count() == 1


# E17
def test_a_deliverable_against_a_late_cancellation_has_one_winner(started_order):
    buyer, expert = started_order.buyer, started_order.expert
    Order.objects.filter(pk=started_order.pk).update(due_at=clock.now() - timedelta(hours=25))
    results = at_once(
        lambda: actions.deliver(started_order, actor=expert, note="Voici."),
        lambda: actions.cancel_late(started_order, actor=buyer),
    )

    order = factories.fresh(started_order)
    assert len(refused(results)) == 1, results
    if order.state == Order.State.CANCELLED:
        assert order.first_delivered_at is None
        assert Refund.objects.count() == 1
    else:
        assert order.state == Order.State.DELIVERED
        assert Refund.objects.count() == 0
    assert ledger.audit() == []


# E22
def test_the_clock_twice_and_an_answer_at_the_last_second(started_order):
    buyer, expert = started_order.buyer, started_order.expert
    change = actions.request_cancellation(started_order, actor=buyer, reason="Plus besoin.")
    ChangeRequest.objects.update(answer_due_at=clock.now())
    at_once(lambda: actions.refuse_change(change, actor=expert), tasks.expire_requests, tasks.expire_requests)

    order = factories.fresh(started_order)
    change.refresh_from_db()
    assert (order.state, change.state) in [
        (Order.State.ACTIVE, "refused"),
        (Order.State.CANCELLED, "accepted"),
    ]
    assert Refund.objects.count() == (1 if order.state == Order.State.CANCELLED else 0)
    assert ledger.audit() == []


# E29
def test_the_clock_and_the_buyer_at_the_last_second(delivered_order):
    Order.objects.filter(pk=delivered_order.pk).update(acceptance_due_at=clock.now())
    buyer = delivered_order.buyer
    at_once(
        lambda: actions.request_revision(delivered_order, actor=buyer, wrong="Le ton", expected="Mieux"),
        tasks.accept_unanswered,
        tasks.accept_unanswered,
    )

    order = factories.fresh(delivered_order)
    assert order.state in (Order.State.ACTIVE, Order.State.COMPLETED)
    assert Earning.objects.count() == (1 if order.state == Order.State.COMPLETED else 0)
    assert ledger.audit() == []


# E5
def test_a_payment_against_the_end_of_the_time_to_pay(placed_order):
    Order.objects.filter(pk=placed_order.pk).update(payment_due_at=clock.now())

    def pay():
        escrow.receive(
            placed_order.payment,
            amount_cents=placed_order.total_cents,
            gateway_id="gw-2",
            occurred_at=clock.now(),
        )
        return actions.confirm_payment(factories.fresh(placed_order))

    results = at_once(pay, tasks.expire_unpaid)

    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, Refusal)], results
    order = factories.fresh(placed_order)
    assert order.state in (Order.State.ACTIVE, Order.State.CANCELLED)
    if order.state == Order.State.CANCELLED and hasattr(order.payment, "hold"):
        assert Refund.objects.count() == 1, "money that came too late goes back"
    assert ledger.audit() == []


# E9
def test_the_fifth_offer_of_an_expert_is_written_once_from_two_tabs(expert, category):
    for number in range(rules.MAX_OFFERS - 1):
        factories.make_offer(expert, category=category, title=f"Offre {number}", published=False)
    results = at_once(
        *[
            lambda title=title: factories.make_offer(expert, category=category, title=title, published=False)
            for title in ("Dans un onglet", "Dans un autre")
        ]
    )

    assert len(refused(results)) == 1, results
    assert Offer.objects.of(expert).kept().count() == rules.MAX_OFFERS


# E23
def test_a_dispute_against_an_accepted_split_has_one_winner(delivered_order):
    buyer, expert = delivered_order.buyer, delivered_order.expert
    change = actions.propose_settlement(delivered_order, actor=expert, refund_cents=40_00)
    results = at_once(
        lambda: actions.accept_change(change, actor=buyer),
        lambda: actions.open_dispute(delivered_order, actor=expert),
    )

    order = factories.fresh(delivered_order)
    change.refresh_from_db()
    assert len(refused(results)) == 1, results
    assert (order.state, change.state, Refund.objects.count()) in [
        (Order.State.CANCELLED, "accepted", 1),
        (Order.State.DISPUTED, "closed", 0),
    ]
    assert ledger.audit() == []


# E29
def test_the_clock_and_a_dispute_at_the_last_second(delivered_order):
    Order.objects.filter(pk=delivered_order.pk).update(acceptance_due_at=clock.now())
    buyer = delivered_order.buyer
    at_once(
        lambda: actions.open_dispute(delivered_order, actor=buyer),
        tasks.accept_unanswered,
        tasks.accept_unanswered,
    )

    order = factories.fresh(delivered_order)
    assert (order.state, Earning.objects.count(), order.hold.state) in [
        (Order.State.DISPUTED, 0, "frozen"),
        (Order.State.COMPLETED, 1, "released"),
    ]
    assert ledger.audit() == []
