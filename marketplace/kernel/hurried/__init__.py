"""PostgreSQL that is waited for a few seconds and no longer: how the copy that visitors read is reached.

A machine that hangs still acknowledges what it is sent: neither ``statement_timeout``, which the server itself keeps,
nor ``tcp_user_timeout``, which its kernel answers, ends the wait then. The asker has to look at the clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PATIENCE = 3.0
"""Seconds that a page, or a look, may wait in all for answers; its own work between them does not count."""


class Patience:
    """What is left of it."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        self.left = max(0.05, self.left - seconds)


_shared: ContextVar[Patience | None] = ContextVar("patience of what is asked at once", default=None)


@contextmanager
def patience() -> Iterator[None]:
    """All that is asked inside shares the same seconds."""
    mark = _shared.set(Patience(PATIENCE))
    try:
        yield
    finally:
        _shared.reset(mark)


def current() -> Patience:
    """The patience a query has: that of the page it belongs to, or its own."""
    return _shared.get() or Patience(PATIENCE)
