"""What an order and a sweep of deadlines cost next to the same statements in plain SQL."""

import time
from datetime import timedelta

from django.db import transaction

from accounts.models import User
from marketplace.bench.measure import Row, milliseconds, rows_of
from marketplace.bench.placing import Undo, funded, placing
from marketplace.kernel import clock
from marketplace.seed.scale import MARK
from offers.models import Offer
from orders import actions, tasks
from orders.models import Order


def measure(runs: int, due: int) -> list[Row]:
    """Everything happens in transactions that are rolled back: the demo world stays as it was."""
    written = Offer.objects.published().exclude(slug__startswith=MARK)  # the others' experts sent no papers
    offer = written.select_related("expert").first()
    if offer is None:
        raise SystemExit("Load the demo world first: make seed")
    buyer = User.objects.filter(is_staff=False).exclude(pk=offer.expert_id).earliest("pk")
    return [placing(offer, buyer, runs), _sweeping(offer, buyer, due), _nothing_due()]


def _sweeping(offer: Offer, buyer: User, due: int) -> Row:
    """Deliveries accepted by the clock, money included, against one plain UPDATE a transaction."""
    rates: list[float] = []
    try:
        with transaction.atomic():
            for _ in range(due):
                order = funded(offer, buyer)
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
