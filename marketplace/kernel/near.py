"""What is the same for everybody, held for a moment in the process that asked: a busy page then asks nobody.

Only for lists and for what the page of an offer shows to all: what is bought is read from the database. What is forgotten
is forgotten at once here, and ``settings.NEAR_SECONDS`` later in other processes.
"""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

from marketplace.kernel import replica

Value = TypeVar("Value")

MOST_HELD = 512
"""Values held at most; beyond, all are let go."""
FEW = 64
"""Values from which on those whose time is over are let go when another comes."""

_held: dict[Hashable, tuple[float, object]] = {}


def kept(key: str, make: Callable[[], Value], *, seconds: int, everywhere: bool = False) -> Value:
    """The value under a key of the cache, made when it is not there, and kept for so many seconds.

    What was read from a copy of the database is kept apart, or who has just written would be shown what was there
    before; ``everywhere`` is for what comes from no database.
    """
    key = key if everywhere else _there(key, replica.alias())

    def find() -> Value:
        value: Value | None = cache.get(key)
        if value is None:
            value = make()
            cache.set(key, value, seconds)
        return value

    return held(key, find)


def held(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value this process made for a key within the last ``settings.NEAR_SECONDS``, else made now."""
    now = time.monotonic()
    key = (replica.alias(), key)
    found = _held.get(key)
    if found is not None and found[0] > now:
        return found[1]  # type: ignore[return-value]
    value = make()
    if len(_held) >= FEW:
        for old, (until, _value) in list(_held.items()):
            if until <= now:
                _held.pop(old, None)
    if len(_held) >= MOST_HELD:
        _held.clear()
    if settings.NEAR_SECONDS:
        _held[key] = now + settings.NEAR_SECONDS, value
    return value


def forget(*keys: str) -> None:
    """Let the values under these keys of the cache be made again, and let go of all that this process holds."""
    if keys:
        cache.delete_many([*keys, *(_there(key, replica.REPLICA) for key in keys)])
    _held.clear()


def _there(key: str, alias: str) -> str:
    return f"{key}@{alias}" if alias == replica.REPLICA else key
