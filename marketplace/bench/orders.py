"""What an order and a sweep of deadlines cost next to the same statements in plain SQL."""

import time
import uuid
from datetime import timedelta

from django.db import transaction

from accounts.models import User
from marketplace.bench.measure import Row, milliseconds, paired, rows_of
from marketplace.kernel import clock
from marketplace.seed.scale import MARK
from offers.models import Offer
from orders import actions, tasks
from orders.models import Order
from payments import escrow

EIGHT_ROUND_TRIPS = 8


class Undo(Exception):
    """Leaves a transaction without a trace."""


def measure(runs: int, due: int) -> list[Row]:
    """Everything happens in transactions that are rolled back: the demo world stays as it was."""
    written = Offer.objects.published().exclude(slug__startswith=MARK)  # the others' experts sent no papers
    offer = written.select_related("expert").first()
    if offer is None:
        raise SystemExit("Load the demo world first: make seed")
    buyer = User.objects.filter(is_staff=False).exclude(pk=offer.expert_id).earliest("pk")
    return [_placing(offer, buyer, runs), _sweeping(offer, buyer, due), _nothing_due()]


def _placing(offer: Offer, buyer: User, runs: int) -> Row:
    """Checkout to funded hold, with ledger, against eight statements of PostgreSQL alone."""

    def ours() -> None:
        try:
            with transaction.atomic():
                _funded(offer, buyer)
                raise Undo
        except Undo:
            pass

    def plain() -> None:
        try:
            with transaction.atomic():
                for number in range(EIGHT_ROUND_TRIPS):
                    rows_of(
                        "INSERT INTO orders_orderline (order_id, title, price_cents, days, is_add_on, position) "
                        "SELECT id, 'x', 1, 0, false, %s FROM orders_order LIMIT 1",
                        number,
                    )
                raise Undo
        except Undo:
            pass

    mine, theirs = paired(ours, plain, runs=runs)
    return Row(
        "orders placed and funded, a second",
        f"{1_000 / mine:.0f}",
        f"8 statements {1_000 / theirs:.0f}",
        theirs / mine,
        0.25,
        lower_is_better=False,
    )


def _sweeping(offer: Offer, buyer: User, due: int) -> Row:
    """Deliveries accepted by the clock, money included, against one plain UPDATE a transaction."""
    rates: list[float] = []
    try:
        with transaction.atomic():
            for _ in range(due):
                order = _funded(offer, buyer)
                order = actions.start(order, actor=order.expert)
                actions.deliver(order, actor=order.expert, note="x")
            past = clock.now() - timedelta(hours=1)
            Order.objects.filter(state=Order.State.DELIVERED).update(acceptance_due_at=past)
            begun = time.perf_counter()
            done = tasks.accept_unanswered()
            rates.append(done / (time.perf_counter() - begun))
            begun = time.perf_counter()
            for _ in range(due):
                with transaction.atomic():
                    rows_of("SELECT id FROM orders_order WHERE id = %s FOR UPDATE", order.pk)
                    rows_of("UPDATE orders_order SET reminders_sent = reminders_sent WHERE id = %s", order.pk)
            rates.append(due / (time.perf_counter() - begun))
            raise Undo
    except Undo:
        pass
    ours, theirs = rates
    return Row(
        "deliveries accepted by the clock, a second",
        f"{ours:.0f}",
        f"one row a transaction {theirs:.0f}",
        ours / theirs,
        1.0,
        lower_is_better=False,
    )


def _nothing_due() -> Row:
    """A sweep that finds nothing must cost nothing: the goal is 5 ms."""
    long_ago = clock.now() - timedelta(days=10_000)
    taken = milliseconds(
        lambda: tasks.sweep(Order.objects.review_overdue(long_ago), actions.cancel_not_started), runs=20
    )
    return Row("a sweep with nothing due", f"{taken:.1f} ms", "5 ms", taken / 5, 1.0)


def _funded(offer: Offer, buyer: User) -> Order:
    order = actions.place_order(
        buyer=buyer, offer=offer, version=offer.version, token=uuid.uuid4(), add_on_ids=[], method="card"
    )
    escrow.receive(
        order.payment,
        amount_cents=order.total_cents,
        gateway_id=f"bench-{uuid.uuid4()}",
        occurred_at=clock.now(),
    )
    return actions.confirm_payment(Order.objects.get(pk=order.pk))
