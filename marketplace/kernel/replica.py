"""Public pages may be read from a copy of the database that follows the first (`REPLICA_URL`).

Only what a visitor without an account reads: a copy may be a second behind, which nobody can notice there. Whoever is
signed in reads what they have just written, and money, orders and sessions never leave the first.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

REPLICA = "replica"

logger = structlog.get_logger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_reading: ContextVar[bool] = ContextVar("reading from the replica", default=False)


def alias() -> str:
    """The name of the database to read from, here and now; for what asks without a model."""
    return REPLICA if _reading.get() else DEFAULT_DB_ALIAS


def from_replica(view: View) -> View:
    """Let a page that only reads be read from the copy, when there is one and the visitor is not signed in.

    When the copy cannot be reached the page is made again from the first database.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        readable = REPLICA in settings.DATABASES and request.method in ("GET", "HEAD")
        if not readable or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        mark = _reading.set(True)
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            logger.warning("replica_unreachable", error=str(error))
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
