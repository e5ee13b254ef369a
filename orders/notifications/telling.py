"""Who is told of which kind of event, for stages that keep their words and their readers in one module."""

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import User
from orders.models import OrderEvent

Told = Iterator[tuple[User, str, dict[str, Any]]]
"""Each person to tell, with the kind of notification and its parameters."""
Teller = Callable[[OrderEvent, dict[str, Any]], Told]

TELLERS: dict[str, Teller] = {}


def tells(*kinds: str) -> Callable[[Teller], Teller]:
    """Let a function say who is told of these kinds of event. Its module is imported by the package."""

    def register(teller: Teller) -> Teller:
        for kind in kinds:
            if kind in TELLERS:
                raise ValueError(f"{kind} is told twice")
            TELLERS[kind] = teller
        return teller

    return register
