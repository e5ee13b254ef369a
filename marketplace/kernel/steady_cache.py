"""A cache that may go away: whoever asks it then finds it empty, and the page is served from the database."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _without(nothing: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer with ``nothing`` of the same arguments while the server does not answer."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def steady(self: "SteadyCache", *args: Any, **options: Any) -> Any:
            try:
                return method(self, *args, **options)
            except (RedisError, OSError) as error:
                logger.warning("the cache does not answer: %s", type(error).__name__)
                return nothing(*args, **options)

        return steady

    return decorate


def _no_such_key(key: Any, *_args: Any, **_options: Any) -> int:
    raise ValueError(f"Key '{key}' not found.")


class _OneClient(RedisCacheClient):
    """Django makes a client anew for each command, which costs more than the command; ours is made once, and shared by threads."""

    _made: Redis | None = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        if self._made is None:
            self._made = super().get_client(key, write=write)
        return self._made


class SteadyCache(RedisCache):
    """Redis or Valkey; while it is down every key is missing and nothing is kept.

    ``add`` then says that the key was free, so nobody waits for a lock; ``incr`` raises ``ValueError`` as for any
    missing key, so what is counted here is not counted: being reachable is worth more.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _OneClient

    get = _without(lambda key, default=None, version=None: default)(RedisCache.get)
    get_many = _without(lambda keys, version=None: {})(RedisCache.get_many)
    set = _without(lambda *args, **options: None)(RedisCache.set)
    set_many = _without(lambda data, *args, **options: list(data))(RedisCache.set_many)
    add = _without(lambda *args, **options: True)(RedisCache.add)
    touch = _without(lambda *args, **options: False)(RedisCache.touch)
    delete = _without(lambda *args, **options: False)(RedisCache.delete)
    delete_many = _without(lambda *args, **options: None)(RedisCache.delete_many)
    has_key = _without(lambda *args, **options: False)(RedisCache.has_key)
    incr = _without(_no_such_key)(RedisCache.incr)
