"""Who is told of which kind of event: each stage keeps its readers in a module of this package.

A module says ``@tells(Kind.STARTED)`` above a function that yields whom to tell, in which words, with which
parameters. An event nobody is told of says so with ``silent``: forgetting one is a failing test, not a habit.
"""

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import User
from orders.models import OrderEvent

Told = Iterator[tuple[User, str, dict[str, Any]]]
"""Each person to tell, with the kind of notification and its parameters."""
Teller = Callable[[OrderEvent, dict[str, Any]], Told]

TELLERS: dict[str, Teller] = {}
SILENT: dict[str, str] = {}
"""Kinds nobody is told of, and why."""


def tells(*kinds: str) -> Callable[[Teller], Teller]:
    """Let a function say who is told of these kinds of event. Its module is imported by the package."""

    def register(teller: Teller) -> Teller:
        for kind in kinds:
            if kind in TELLERS or kind in SILENT:
                raise ValueError(f"{kind} is told twice")
            TELLERS[kind] = teller
        return teller

    return register


def silent(kind: str, why: str) -> None:
    """Say that nobody is told of a kind of event, and why."""
    if kind in TELLERS or kind in SILENT:
        raise ValueError(f"{kind} is told twice")
    SILENT[kind] = why


def other_side(event: OrderEvent) -> User:
    """The party who did not act."""
    order = event.order
    return order.buyer if event.actor_id == order.expert_id else order.expert
