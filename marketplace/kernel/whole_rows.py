"""Rows that belong to another, read with it as one column rather than after it."""

import json
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, JSONField, Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler


def whole_rows(rows: QuerySet[Any]) -> ArraySubquery:
    """A column of whole rows, each as JSON; ``rows`` names its ``OuterRef`` and its order. ``made`` makes them models."""
    return ArraySubquery(rows.values(row=Cast(WholeRow(), TextField())))


def made(model: type[Model], rows: list[str]) -> list[Any]:
    """What ``whole_rows`` read, as models."""
    columns = model._meta.concrete_fields
    return [
        model(**{column.attname: column.to_python(values[column.attname]) for column in columns})
        for values in map(json.loads, rows)
    ]


class WholeRow(Expression):
    """A whole row as JSON, in few words: psycopg reads a statement of 4,096 characters anew each time."""

    output_field = JSONField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        alias = compiler.query.get_initial_alias()
        return f"ROW_TO_JSON({compiler.quote_name_unless_alias(alias)})", ()
