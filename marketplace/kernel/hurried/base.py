"""The engine (``ENGINE = "marketplace.kernel.hurried"``)."""

import time
from functools import partial
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from marketplace.kernel import hurried


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection: Any = super().get_new_connection(conn_params)
        connection.wait = partial(_wait, connection)
        return connection


def _wait(connection: "psycopg.Connection[Any]", generator: Any, *args: Any, **options: Any) -> Any:
    """Wait for an answer as long as there is patience left. Raises ``OperationalError`` and hangs up when it does not come."""
    patience, began = hurried.current(), time.monotonic()
    options.setdefault("timeout", patience.left)
    try:
        return psycopg.Connection.wait(connection, generator, *args, **options)
    except psycopg.errors._WaitTimeout as error:
        connection.pgconn.finish()
        raise psycopg.OperationalError("no answer in time") from error
    finally:
        patience.spend(time.monotonic() - began)
