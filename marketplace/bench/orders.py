"""What an order and a sweep of deadlines cost next to the same statements in plain SQL."""

from datetime import timedelta

from django.db import connection, transaction

from accounts.models import User
from marketplace.bench.measure import Row, milliseconds, spent
from marketplace.bench.placing import Said, Undo, funded, placing, statements, undone
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
    """Deliveries accepted by the clock, money included, against the same rows done one transaction a row.

    The reference sends what the sweep locks and writes, all but its reads, by psycopg alone: one statement a round trip, one
    savepoint an order. Processor time of both.
    """
    rates: list[float] = []
    try:
        with transaction.atomic():
            _delivered(offer, buyer, 1)
            tasks.accept_unanswered()  # series of invoices and accounts of the ledger begin here
            _delivered(offer, buyer, due)
            said = statements(undone(tasks.accept_unanswered))
            for act in (undone(tasks.accept_unanswered), undone(lambda: _one_by_one(said))):
                begun = spent()
                act()
                rates.append(due * 1_000 / (spent() - begun))
            raise Undo
    except Undo:
        pass
    ours, theirs = rates
    return Row(
        "deliveries accepted by the clock, a second",
        f"{ours:.0f}",
        f"the same rows, one order a transaction {theirs:.0f}",
        ours / theirs,
        1.0,
        lower_is_better=False,
    )


def _delivered(offer: Offer, buyer: User, number: int) -> None:
    """Orders whose buyer's time to answer has run out."""
    for _ in range(number):
        order = funded(offer, buyer)
        order = actions.start(order, actor=order.expert)
        actions.deliver(order, actor=order.expert, note="x")
    past = clock.now() - timedelta(hours=1)
    Order.objects.filter(state=Order.State.DELIVERED).update(acceptance_due_at=past)


def _one_by_one(said: list[Said]) -> None:
    """Send what locks and writes; each order begins with the lock of its row, and has a savepoint of its own."""
    driver = connection.connection
    inside = False
    for sql, params in said:
        if sql.startswith('SELECT "orders_order"."id"') and "SKIP LOCKED" in sql:
            if inside:
                driver.execute("RELEASE SAVEPOINT an_order")
            driver.execute("SAVEPOINT an_order")
            inside = True
        if not sql.startswith("SELECT") or "FOR UPDATE" in sql or "ledger_post(" in sql:
            driver.execute(sql, params)


def _nothing_due() -> Row:
    """A sweep that finds nothing must cost nothing: the goal is 5 ms."""
    long_ago = clock.now() - timedelta(days=10_000)
    taken = milliseconds(
        lambda: tasks.sweep(Order.objects.review_overdue(long_ago), actions.cancel_not_started), runs=20
    )
    return Row("a sweep with nothing due", f"{taken:.1f} ms", "5 ms", taken / 5, 1.0)
