"""Queries of the ORM that are put into SQL once.

Writing the SQL of a small read costs more than the read itself. Where a page asks the same thing for one row after
another, its query is written once for stand-ins and run again with the keys of the day.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

from marketplace.kernel import replica

STAND_IN = -9_014_977
"""A key that no row has; it marks the places of the real one."""
SECOND = -9_014_978
"""The same for a second key."""
DAY = date(1, 1, 2)
"""The same for a day."""
NAME = UUID(int=9_014_977)
"""The same for a public id."""
MOMENT = datetime(1, 1, 2, tzinfo=UTC)
"""The same for a moment."""
WORD = "\u2400 a word that nobody writes"
"""The same for a word."""


class Compiled:
    """``build`` gives the query for its keys; nothing else in it may change from day to day.

    ``stand_ins`` are what ``build`` is called with, once: one mark for each key, in the order of the keys.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *stand_ins: Any) -> None:
        self.build = build
        self.stand_ins = stand_ins or (STAND_IN,)
        self._written: tuple[SQLCompiler, str, tuple[Any, ...]] | None = None
        self._converters: dict[int, Any] | None = None

    def first(self, *keys: Any) -> Any:
        """The first of them, or nothing."""
        return next(iter(self.all(*keys)), None)

    def get(self, *keys: Any) -> Any:
        """The one there is. Raises its model's ``DoesNotExist``."""
        found = self.first(*keys)
        if found is None:
            model: Any = self._sql()[0].query.model
            raise model.DoesNotExist(f"{model.__name__} {keys} is not there.")
        return found

    def rows(self, *keys: Any) -> list[tuple[Any, ...]]:
        """The rows for these keys, as the database gives them: for plain values."""
        _compiler, sql, values = self._sql()
        given = dict(zip(self.stand_ins, keys, strict=True))
        return self._run(
            sql, [given.get(value, value) if _may_stand_in(value) else value for value in values]
        )

    def rows_of(self, keys: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows for several keys; ``build`` must ask for them with ``__in=[key]``, once."""
        _compiler, sql, values = self._sql()
        before, among, after = sql.partition("IN (%s)")
        if not among or "IN (%s)" in after:
            raise ValueError("the query asks not for one list of keys")
        mark = self.stand_ins[0]
        return self._run(
            f"{before}= ANY(%s){after}", [list(keys) if value == mark else value for value in values]
        )

    def all(self, *keys: Any) -> list[Any]:
        """The models for these keys, with those the query joins and what it annotates."""
        return self.objects(self.rows(*keys))

    def objects(self, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """What ``rows`` gave, as the models the query reads, with those it joins and what it annotates."""
        compiler = copy(self._sql()[0])
        compiler.using = replica.alias()
        compiler.connection = connections[compiler.using]
        compiler.execute_sql = lambda *args, **options: [rows]  # type: ignore[method-assign,assignment]
        compiler.get_converters = self._get_converters  # type: ignore[method-assign]
        return list(ModelIterable(_Asked(compiler)))  # type: ignore[arg-type]

    def _get_converters(self, expressions: Any) -> dict[int, Any]:
        if self._converters is None:
            self._converters = SQLCompiler.get_converters(self._sql()[0], expressions)
        return self._converters

    def _sql(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        if self._written is None:
            compiler = self.build(*self.stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, values = compiler.as_sql()
            moments = [value for value in values if isinstance(value, date) and value not in self.stand_ins]
            if moments:
                raise ValueError(f"{moments} would be kept in the query: give a key for it")
            self._written = compiler, sql, tuple(values)
        return self._written

    def _run(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connections[replica.alias()].cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def _may_stand_in(value: Any) -> bool:
    return isinstance(value, int | date | UUID | str)


class _Asked:
    """What Django's own maker of models wants to know of the query whose rows it is given."""

    _known_related_objects: dict[Any, Any] = {}  # read only

    def __init__(self, compiler: SQLCompiler) -> None:
        self.compiler = compiler
        self.db = compiler.using
        self.query = self

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler
