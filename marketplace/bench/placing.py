"""What an order placed and paid costs next to PostgreSQL alone running the same statements."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from marketplace.bench.measure import Row, paired, rows_of
from marketplace.kernel import clock
from offers.models import Offer
from orders import actions
from orders.models import Order
from payments import escrow

ROUND_TRIPS = 8
Said = tuple[str, tuple[Any, ...]]
"""A statement with its values."""


class Undo(Exception):
    """Leaves a transaction without a trace."""


def undone(act: Callable[[], object]) -> Callable[[], None]:
    """An act in a transaction that is rolled back, after the checks that PostgreSQL leaves for the commit."""

    def run() -> None:
        try:
            with transaction.atomic():
                act()
                rows_of("SET CONSTRAINTS ALL IMMEDIATE")
                raise Undo
        except Undo:
            pass

    return run


def funded(offer: Offer, buyer: User) -> Order:
    """An order from the buyer's click to money in escrow, with the ledger."""
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


def placing(offer: Offer, buyer: User, runs: int) -> Row:
    """Checkout to funded hold against the same statements without Django: processor time of both, in turns.

    The statements are those of one order, values included, all but savepoints. They are sent again as they are, by
    psycopg alone in eight batches, each answered at once. Rows get the keys they had: those went with the rollback,
    nobody else is given them, and what was written next names them.
    """
    act = undone(lambda: funded(offer, buyer))
    act()
    said = statements(act)
    mine, theirs = paired(act, undone(lambda: replay(said)), runs=runs)
    return Row(
        "orders placed and funded, a second",
        f"{1_000 / mine:.0f}",
        f"its {len(said)} statements in {ROUND_TRIPS} round trips {1_000 / theirs:.0f}",
        theirs / mine,
        0.25,
        lower_is_better=False,
    )


def statements(act: Callable[[], object]) -> list[Said]:
    """What an act asks of PostgreSQL, savepoints left out. Rows it inserts are given the keys they got."""
    said: list[Said] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if "SAVEPOINT" not in sql and not sql.startswith("SET CONSTRAINTS"):
            said.append(_with_keys(sql, tuple(params or ()), context["cursor"].cursor))
        return result

    with connection.execute_wrapper(note):
        act()
    return said


def _with_keys(sql: str, params: tuple[Any, ...], cursor: Any) -> Said:
    """An insertion that asks for the keys of its rows, as one that gives them; any other statement as it is."""
    if not sql.startswith("INSERT") or not sql.endswith('."id"'):
        return sql, params
    keys = [key for (key,) in cursor.fetchall()]
    cursor.scroll(0, mode="absolute")  # whoever asked reads them too
    named = sql.replace("(", '("id", ', 1)
    if "UNNEST(" in sql:
        return named.replace("UNNEST(", "UNNEST((%s)::bigint[], ", 1), (keys, *params)
    return named.replace("VALUES (", "VALUES (%s, ", 1), (*keys, *params)


def replay(said: list[Said]) -> None:
    """Send statements in eight batches, waiting for the answer of each."""
    size = -(-len(said) // ROUND_TRIPS)
    driver = connection.connection
    for first in range(0, len(said), size):
        with driver.pipeline():
            for sql, params in said[first : first + size]:
                driver.execute(sql, params)
