"""Deliveries accepted by the clock several at a time: the same as one by one, to the cent and to the row."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django_fsm import TransitionNotAllowed

from marketplace.kernel import clock
from orders import actions, tasks
from orders.models import Order, OrderEvent, TrackRecord
from payments import escrow, ledger
from payments.models import Earning, EscrowHold, Invoice, LedgerPosting
from tests import factories
from tests.orders.test_extras import add

pytestmark = pytest.mark.django_db


def delivered(buyer, offer) -> Order:
    return factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))


@pytest.fixture
def in_time():
    """Let the buyers' time to answer run out."""
    with time_machine.travel(clock.now() + timedelta(days=30), tick=True):
        yield


@pytest.fixture
def three(buyer, offer):
    """Three deliveries; the last order was added to while its work ran."""
    first, second = delivered(buyer, offer), delivered(buyer, offer)
    added = factories.start(factories.pay(factories.place(buyer, offer)))
    add(added)
    return [first, second, factories.deliver(factories.fresh(added))]


def kept_of(order: Order) -> dict:
    """Everything an acceptance leaves, but keys and numbers."""
    order = factories.fresh(order)
    holds = EscrowHold.objects.filter(
        payment__in=[order.payment_id, *order.extras.values_list("payment", flat=True)]
    )
    invoices = Invoice.objects.filter(payment__hold__in=holds, kind=Invoice.Kind.INVOICE).order_by("position")
    legs = LedgerPosting.objects.filter(
        transaction__kind="release", transaction__subject__in=[f"payment:{hold.payment_id}" for hold in holds]
    )
    return {
        "order": (order.state, order.accepted_automatically, order.earned_cents, order.refunded_cents, order.rights_pass),
        "dates": (order.completed_at is not None, order.acceptance_due_at, order.next_reminder_at),
        "thread": order.conversation.closed_at is not None,
        "holds": [(hold.state, hold.released_cents, hold.net_cents, hold.commission_cents) for hold in holds.order_by("pk")],
        "earnings": [
            (row.gross_cents, row.net_cents, row.recouped_cents, (row.available_at - row.released_at).days)
            for row in Earning.objects.filter(hold__in=holds).order_by("hold")
        ],
        "legs": sorted(legs.values_list("account__kind", "amount_cents")),
        "invoices": [(row.lines, row.ttc_cents, row.vat_cents, row.mentions, row.buyer["name"]) for row in invoices],
        "said": order.events.get(kind=OrderEvent.Kind.DELIVERY_ACCEPTED).data["net_cents"],
    }  # fmt: skip


def test_a_lot_leaves_the_same_as_each_alone(three, buyer, offer, in_time):
    alone = [delivered(buyer, offer), delivered(buyer, offer)]
    extended = factories.start(factories.pay(factories.place(buyer, offer)))
    add(extended)
    alone.append(factories.deliver(factories.fresh(extended)))
    Order.objects.filter(pk__in=[order.pk for order in alone]).update(acceptance_due_at=clock.now())
    for order in alone:
        actions.accept_delivery(order, actor=None)

    assert tasks.accept_unanswered() == 3
    assert tasks.accept_unanswered() == 0

    assert [kept_of(order) for order in three] == [kept_of(order) for order in alone]
    assert not ledger.audit()
    numbers = (
        Invoice.objects.filter(kind=Invoice.Kind.INVOICE)
        .order_by("position")
        .values_list("position", flat=True)
    )
    assert list(numbers) == list(range(1, 9))  # each order, and each extra, none twice and no gap
    record = TrackRecord.objects.get(user=offer.expert, side="expert")
    offer.refresh_from_db()
    assert record.completed == offer.completed_count == offer.expert.expert_profile.completed_count == 6
    assert TrackRecord.objects.get(user=buyer, side="buyer").completed == 6


def test_an_order_that_is_refused_does_not_keep_the_others_of_its_lot(three, in_time):
    stuck = three[1]
    escrow.freeze(stuck.hold)

    assert tasks.accept_unanswered() == 2

    assert [factories.fresh(order).state for order in three] == ["completed", "delivered", "completed"]
    assert not Earning.objects.filter(hold__payment=stuck.payment_id).exists()
    assert not stuck.events.filter(kind=OrderEvent.Kind.DELIVERY_ACCEPTED).exists()
    assert not ledger.audit()


def test_what_the_expert_owes_is_taken_once_over_a_lot(three, expert, in_time):
    ledger.post(
        "a debt",
        ledger.Kind.DISPUTE_LOST,
        [ledger.debit(ledger.receivable(expert), 150_00), ledger.credit(ledger.PSP, 150_00)],
    )

    assert tasks.accept_unanswered() == 3

    earned = Earning.objects.aggregate(net=Sum("net_cents"), kept=Sum("recouped_cents"))
    assert earned["kept"] == 150_00
    assert ledger.balance(ledger.receivable(expert)) == 0
    assert ledger.balance(ledger.payable(expert)) == earned["net"] - 150_00


def test_a_buyer_who_still_has_time_keeps_it(three):
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert tasks.accept_unanswered() == 0

    assert {factories.fresh(order).state for order in three} == {"delivered"}


def test_a_lot_costs_the_same_statements_however_many_it_has(buyer, offer):
    counts = []
    for number in (1, 1, 4):  # the first begins the series of the seller
        for _ in range(number):
            delivered(buyer, offer)
        with (
            time_machine.travel(clock.now() + timedelta(days=30), tick=True),
            CaptureQueriesContext(connection) as said,
        ):
            assert tasks.accept_unanswered() == number
        counts.append(len(said))

    assert counts[1] == counts[2]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_and_a_buyer_at_once_accept_each_order_once(three, buyer, in_time):
    gate = threading.Barrier(3)

    def run(act) -> None:
        try:
            gate.wait(10)
            act()
        finally:
            connection.close()

    acts = [tasks.accept_unanswered, tasks.accept_unanswered, lambda: accepted_or_refused(three[0], buyer)]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    tasks.accept_unanswered()  # what one had in hand while another looked

    assert {factories.fresh(order).state for order in three} == {"completed"}
    assert Earning.objects.count() == 4
    assert OrderEvent.objects.filter(kind=OrderEvent.Kind.DELIVERY_ACCEPTED).count() == 3
    assert TrackRecord.objects.get(user=buyer, side="buyer").completed == 3
    assert not ledger.audit()


def accepted_or_refused(order: Order, buyer) -> None:
    with suppress(TransitionNotAllowed):
        actions.accept_delivery(order, actor=buyer)
