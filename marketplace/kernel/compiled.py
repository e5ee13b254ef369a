"""Queries of the ORM that are put into SQL once.

Writing the SQL of a small read costs more than the read itself. Where a public page asks the same thing for one row after
another, its query is written once for a stand-in and run again with the key of the day.
"""

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from marketplace.kernel import replica

STAND_IN = -9_014_977
"""A key that no row has; it marks the places of the real one."""


class Compiled:
    """``build`` gives the query for a key, as rows of plain values; nothing else in it may change from day to day."""

    def __init__(self, build: Callable[[int], "QuerySet[Any, tuple[Any, ...]]"]) -> None:
        self.build = build
        self._written: tuple[str, tuple[Any, ...]] | None = None

    def rows(self, key: int) -> list[tuple[Any, ...]]:
        """The rows for one key."""
        sql, values = self._sql()
        return self._run(sql, [key if value == STAND_IN else value for value in values])

    def rows_of(self, keys: list[int]) -> list[tuple[Any, ...]]:
        """The rows for several keys; ``build`` must ask for them with ``__in=[key]``, once."""
        sql, values = self._sql()
        before, among, after = sql.partition("IN (%s)")
        if not among or "IN (%s)" in after:
            raise ValueError("the query asks not for one list of keys")
        return self._run(
            f"{before}= ANY(%s){after}", [keys if value == STAND_IN else value for value in values]
        )

    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        if self._written is None:
            self._written = self.build(STAND_IN).query.sql_with_params()
        return self._written

    def _run(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connections[replica.alias()].cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
