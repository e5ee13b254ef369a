"""What an order and a sweep of deadlines cost next to the same statements in plain SQL."""

from datetime import timedelta
from functools import partial
from itertools import cycle, islice

from django.db import connection, transaction

from accounts.models import User
from marketplace.bench.measure import Row, milliseconds, spent
from marketplace.bench.placing import Said, Undo, funded, placing, statements, undone
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.seed.scale import MARK
from offers.models import Offer
from orders import actions, tasks
from orders.models import Order

Pair = tuple[Offer, User]
"""What is bought, and by whom."""


def measure(runs: int, due: int) -> list[Row]:
    """Everything happens in transactions that are rolled back: the demo world stays as it was."""
    pairs = _pairs()
    if not pairs:
        raise SystemExit("Load the demo world first: make seed")
    return [placing(*pairs[0], runs), _sweeping(pairs, due), _nothing_due()]


def _pairs() -> list[Pair]:
    """Jobs of the demo world, one of each expert, each with a buyer of its own. Experts of the others sent no papers."""
    jobs = Offer.objects.published().exclude(slug__startswith=MARK).filter(kind=Offer.Kind.JOB)
    offers = list(jobs.order_by("expert", "pk").distinct("expert").select_related("expert"))
    buyers = User.objects.filter(is_staff=False, is_active=True, expert_profile=None).order_by("pk")
    return [pair for pair in zip(offers, buyers, strict=False) if _deals(*pair)]


def _deals(offer: Offer, buyer: User) -> bool:
    """Whether the expert takes orders now."""
    try:
        undone(lambda: funded(offer, buyer))()
    except Refusal:
        return False
    return True


def _sweeping(pairs: list[Pair], due: int) -> Row:
    """Deliveries accepted by the clock, money included, against the same rows done one transaction a row.

    The reference sends what accepting them one by one locks and writes, all but its reads, by psycopg alone: one statement a
    round trip, one savepoint an order. Processor time of both.
    """

    def one_by_one() -> None:
        tasks.sweep(Order.objects.review_overdue(clock.now()), partial(actions.accept_delivery, actor=None))

    rates: list[float] = []
    try:
        with transaction.atomic():
            _delivered(pairs, len(pairs))
            tasks.accept_unanswered()  # series of invoices and accounts of the ledger begin here
            _delivered(pairs, due)
            said = statements(undone(one_by_one))
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


def _delivered(pairs: list[Pair], number: int) -> None:
    """Orders whose buyer's time to answer has run out."""
    for offer, buyer in islice(cycle(pairs), number):
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
        if not sql.startswith("SELECT") or " UPDATE" in sql or "ledger_post(" in sql:
            driver.execute(sql, params)


def _nothing_due() -> Row:
    """A sweep that finds nothing must cost nothing: the goal is 5 ms."""
    long_ago = clock.now() - timedelta(days=10_000)
    taken = milliseconds(
        lambda: tasks.sweep(Order.objects.review_overdue(long_ago), actions.cancel_not_started), runs=20
    )
    return Row("a sweep with nothing due", f"{taken:.1f} ms", "5 ms", taken / 5, 1.0)
