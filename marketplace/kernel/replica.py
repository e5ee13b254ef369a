"""Public pages may be read from a copy of the database that follows the first (`REPLICA_URL`).

Only what a visitor without an account reads: a copy may be a second behind, which nobody can notice there. Whoever is
signed in reads what they have just written, and money, orders and sessions never leave the first.

A copy that is away, that refuses, that hangs or that has fallen too far behind is done without: pages come from the
first, and the copy is looked at again some seconds later, the later the longer it made us wait.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from marketplace.kernel.hurried import patience

REPLICA = "replica"

logger = structlog.get_logger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_reading: ContextVar[bool] = ContextVar("reading from the replica", default=False)


def alias() -> str:
    """The name of the database to read from, here and now; for what asks without a model."""
    return REPLICA if _reading.get() else DEFAULT_DB_ALIAS


LOOK_AGAIN = 5.0
"""Seconds for which a process believes what it last saw of the copy, good or bad."""
TIMES_WAITED = 6
"""A copy that was waited for in vain is left alone for so many times as long: half a minute after five seconds."""

BEHIND = """
    SELECT CASE WHEN pg_is_in_recovery()
    THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float ELSE 0 END
"""
"""How old the last change is that the copy has seen, in seconds. The clock writes each minute, so it is never old for long."""


class _Seen:
    """What this process last saw of the copy. Threads may look at the same moment: they see the same."""

    is_usable = False
    until = 0.0

    def usable(self) -> bool:
        now = time.monotonic()
        if now >= self.until:
            self.until = now + LOOK_AGAIN  # the others go on with what was seen before
            if self._look():
                self.is_usable = True
            else:
                self.avoid(since=now)
        return self.is_usable

    def _look(self) -> bool:
        try:
            with patience():
                behind = seconds_behind()
        except Error as error:
            logger.warning("replica_unreachable", error=type(error).__name__)
            return False
        if behind is None or behind > settings.REPLICA_MAX_LAG:
            logger.warning("replica_behind", seconds=behind)
            return False
        return True

    def avoid(self, *, since: float) -> None:
        """Leave the copy alone for a while: ``since`` is when waiting for it began."""
        now = time.monotonic()
        self.is_usable, self.until = False, now + max(LOOK_AGAIN, TIMES_WAITED * (now - since))

    def forget(self) -> None:
        self.is_usable, self.until = False, 0.0


seen = _Seen()


def seconds_behind() -> float | None:
    """How far the copy is behind; nothing while it has not replayed anything yet. Raises what the database raises."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(BEHIND)
        (behind,) = cursor.fetchone()
    return None if behind is None else float(behind)


def from_replica(view: View) -> View:
    """Let a page that only reads be read from the copy, when there is one and the visitor is not signed in.

    What the copy cannot answer, or does not know yet, is asked of the first database.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        readable = REPLICA in settings.DATABASES and request.method in ("GET", "HEAD")
        if not readable or request.user.is_authenticated or not seen.usable():
            return view(request, *args, **kwargs)
        mark, began = _reading.set(True), time.monotonic()
        try:
            with patience():
                return view(request, *args, **kwargs)
        except Http404:
            pass  # an offer may have come out a moment ago
        except Error as error:
            seen.avoid(since=began)
            logger.warning("replica_refused", error=type(error).__name__)
        finally:
            _reading.reset(mark)
        return view(request, *args, **kwargs)

    return read  # type: ignore[return-value]


class Router:
    """Reads of such pages go to the copy, everything else to the first."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return alias()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
