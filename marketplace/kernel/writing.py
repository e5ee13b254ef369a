"""Rows of several tables written in one statement, its words found once.

Saving rows one by one costs a round trip each, and writing the SQL anew each time costs more than the rows. What an
act must write all the same is written together: new rows, and fields of rows whose lock the caller holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Field, Model

NewRows = Model | Sequence[Model]
"""A row that is told its key, or rows of one table that are not; all of them have a key drawn before, or none."""


def draw(*wanted: type[Model] | str) -> list[int]:
    """Keys of rows to come, so that they can name each other; a text names a sequence. One round trip."""
    with connection.cursor() as cursor:
        cursor.execute(_drawing(wanted))
        return [int(key) for key in cursor.fetchone()]


def draw_many(model: type[Model], number: int) -> list[int]:
    """So many keys of rows to come of one table. One round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT nextval(pg_get_serial_sequence('{model._meta.db_table}', '{_key(model).column}'))"
            " FROM generate_series(1, %s)",
            [number],
        )
        return [int(key) for (key,) in cursor.fetchall()]


def write(new: Iterable[NewRows] = (), changed: Iterable[tuple[Model, Sequence[str]]] = ()) -> None:
    """Insert rows and save the fields named of others, all in one statement, in the transaction of the caller.

    No ``save`` method and no signal runs. Raises ``DatabaseError`` when a row to change is not there, and
    ``IntegrityError`` as saving would.
    """
    shapes: list[tuple[Any, ...]] = []
    values: list[Any] = []
    rows_of: list[Sequence[Model]] = []
    for rows in new:
        if isinstance(rows, Model):
            fields = _inserted(type(rows), rows.pk is not None)
            values += [_value(field, rows, add=True) for field in fields]
            shapes.append((type(rows), "one", rows.pk is not None))
            rows_of.append([rows])
        elif rows:
            with_key = rows[0].pk is not None
            fields = _inserted(type(rows[0]), with_key)
            values += [[_value(field, row, add=True) for row in rows] for field in fields]
            shapes.append((type(rows[0]), "many", with_key))
            rows_of.append(rows)
    inserted = len(shapes)
    alike: dict[tuple[type[Model], tuple[str, ...]], list[Model]] = {}
    for row, names in changed:
        alike.setdefault((type(row), tuple(names)), []).append(row)
    for (model, named), altered in alike.items():
        fields = (*_named(model, named), _key(model))
        if len(altered) == 1:
            values += [_value(field, altered[0], add=False) for field in fields]
        else:
            values += [[_value(field, row, add=False) for row in altered] for field in fields]
        shapes.append((model, "change" if len(altered) == 1 else "changes", named))
    if not shapes:
        return
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(shapes)), values)
        answers = cursor.fetchone()
    if list(answers[inserted:]) != [len(altered) for altered in alike.values()]:
        raise DatabaseError("a row to change is not there")
    for (_model, kind, _detail), rows, key in zip(shapes, rows_of, answers, strict=False):
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        if kind == "one":
            rows[0].pk = key


def write_once(row: Model) -> bool:
    """Insert a row unless a constraint says that it is there already. Returns whether it was written."""
    sql = f"{_insertion(type(row), 'one', row.pk is not None)} ON CONFLICT DO NOTHING"
    fields = _inserted(type(row), row.pk is not None)
    with connection.cursor() as cursor:
        cursor.execute(
            f'{sql} RETURNING "{_key(type(row)).column}"', [_value(field, row, add=True) for field in fields]
        )
        told = cursor.fetchone()
    if told is None:
        return False
    row.pk = told[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return True


def add(model: type[Model], column: str, more: Mapping[int, int], *, by: str = "id") -> None:
    """Add to a counter of several rows: ``more`` says how much, under what ``by`` has. Rows that are not there are left.

    They are locked in the order of ``by``, so that two who add never wait in a circle.
    """
    table = model._meta.db_table
    keys = sorted(more)
    with connection.cursor() as cursor:
        cursor.execute(
            f'WITH held AS MATERIALIZED (SELECT "{by}" AS key FROM "{table}" WHERE "{by}" = ANY(%s) '
            f'ORDER BY "{by}" FOR NO KEY UPDATE) '
            f'UPDATE "{table}" SET "{column}" = "{column}" + given.more '
            f'FROM UNNEST(%s::bigint[], %s::bigint[]) AS given(key, more) JOIN held USING (key) WHERE "{by}" = given.key',
            [keys, keys, [more[key] for key in keys]],
        )


@lru_cache
def _drawing(wanted: tuple[type[Model] | str, ...]) -> str:
    sequences = (
        f"'{name}'"
        if isinstance(name, str)
        else f"pg_get_serial_sequence('{name._meta.db_table}', '{_key(name).column}')"
        for name in wanted
    )
    return f"SELECT {', '.join(f'nextval({sequence})' for sequence in sequences)}"


@lru_cache(maxsize=512)
def _statement(shapes: tuple[tuple[Any, ...], ...]) -> str:
    """The words for rows of these shapes. Each part answers its key, or how many rows it changed."""
    parts, answers = [], []
    for number, (model, kind, detail) in enumerate(shapes):
        if kind == "change":
            sets = ", ".join(f'"{field.column}" = {_place(field)}' for field in _named(model, detail))
            sql = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{_key(model).column}" = %s RETURNING 1'
            answers.append(f"(SELECT count(*) FROM part{number})")
        elif kind == "changes":
            fields = (*_named(model, detail), _key(model))
            sets = ", ".join(f'"{field.column}" = given."{field.column}"' for field in fields[:-1])
            given = ", ".join(f'"{field.column}"' for field in fields)
            sql = (
                f'UPDATE "{model._meta.db_table}" AS kept SET {sets} '
                f"FROM UNNEST({', '.join(_places(field) for field in fields)}) AS given({given}) "
                f'WHERE kept."{fields[-1].column}" = given."{fields[-1].column}" RETURNING 1'
            )
            answers.append(f"(SELECT count(*) FROM part{number})")
        else:
            sql = f'{_insertion(model, kind, detail)} RETURNING "{_key(model).column}" AS key'
            answers.append(f"(SELECT min(key) FROM part{number})")
        parts.append(f"part{number} AS ({sql})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(answers)}"


@lru_cache
def _insertion(model: type[Model], kind: str, with_key: bool) -> str:
    fields = _inserted(model, with_key)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    if kind == "one":
        source = f"VALUES ({', '.join(_place(field) for field in fields)})"
    else:
        source = f"SELECT * FROM UNNEST({', '.join(_places(field) for field in fields)})"
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) {source}'


@lru_cache
def _inserted(model: type[Model], with_key: bool) -> tuple["Field[Any, Any]", ...]:
    fields = (field for field in model._meta.concrete_fields if not field.generated)
    return tuple(field for field in fields if with_key or not field.primary_key)


@lru_cache
def _named(model: type[Model], names: tuple[str, ...]) -> tuple["Field[Any, Any]", ...]:
    fields = (model._meta.get_field(name) for name in names)
    return tuple(field for field in fields if isinstance(field, Field))


def _key(model: type[Model]) -> "Field[Any, Any]":
    return model._meta.pk


def _place(field: "Field[Any, Any]") -> str:
    """Where the value of a field goes: an array says of what it is one."""
    return f"%s::{_type(field)}" if hasattr(field, "get_placeholder") else "%s"


def _places(field: "Field[Any, Any]") -> str:
    if hasattr(field, "get_placeholder"):
        raise TypeError(f"{field} cannot be written for several rows at once")
    return f"(%s)::{_type(field).partition('(')[0]}[]"


def _type(field: "Field[Any, Any]") -> str:
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))


def _value(field: "Field[Any, Any]", row: Model, *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add), connection)
