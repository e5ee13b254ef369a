"""What the cache holds, held for a moment in the process that asked: a busy page then asks nobody.

Only for what is the same for everybody and may be a minute old in the cache already. What is forgotten is forgotten at once
here, and ``settings.NEAR_SECONDS`` later in other processes.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

Value = TypeVar("Value")

MOST_HELD = 512
"""Values held at most; beyond, all are let go."""

_held: dict[str, tuple[float, object]] = {}


def kept(key: str, make: Callable[[], Value], *, seconds: int) -> Value:
    """The value under a key of the cache, made when it is not there, and kept for so many seconds."""
    now = time.monotonic()
    found = _held.get(key)
    if found is not None and found[0] > now:
        return found[1]  # type: ignore[return-value]
    value: Value | None = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, seconds)
    if len(_held) >= MOST_HELD:
        _held.clear()
    if settings.NEAR_SECONDS:
        _held[key] = now + settings.NEAR_SECONDS, value
    return value


def forget(*keys: str) -> None:
    """Let some values be made again."""
    cache.delete_many(keys)
    for key in keys:
        _held.pop(key, None)


def forget_all() -> None:
    """Let go of all that this process holds; the cache keeps its own."""
    _held.clear()
