"""Who changed what, old value and new value: written by the database itself, so that no way of changing escapes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import connection, transaction

ACTOR = "jalon.actor"
"""The setting of the database session that names the member of the team at work; empty for owners and rules."""

WRITE = """
    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)
    SELECT TG_TABLE_NAME, NEW.{key}::text, NULLIF(current_setting('{actor}', true), '')::bigint, clock_timestamp(),
           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))
    FROM jsonb_each(to_jsonb(NEW)) AS after
    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key
    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY[{columns}])
    HAVING count(*) > 0;
    RETURN NEW;
"""


def audited(name: str, *fields: str, columns: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Write a line for each change of these fields of a model. ``columns`` where they differ from the fields' names."""
    quoted = ", ".join(f"'{column}'" for column in columns or fields)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=WRITE.format(key="id", actor=ACTOR, columns=quoted),
    )


WRITE_LINKS = """
    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)
    SELECT '{subject}', changed.{owner}::text, NULLIF(current_setting('{actor}', true), '')::bigint, clock_timestamp(),
           jsonb_build_object('{what}', jsonb_build_array({old}, {new}))
    FROM changed JOIN ({named}) AS named ON named.id = changed.{other}
    GROUP BY changed.{owner};
    RETURN NULL;
"""
NAMES = "jsonb_agg(named.name ORDER BY named.name)"


def audited_links(
    name: str, *, subject: str, what: str, owner: str, other: str, named: str
) -> list[pgtrigger.Trigger]:
    """Write a line for what a statement adds to, or takes from, a table that links two others.

    ``subject`` is the table of the row that is said to change, ``owner`` the column of the link that points at it,
    ``what`` the name of the change; ``named`` selects ``id`` and ``name`` of what the column ``other`` points at.
    """

    def trigger(
        part: str, operation: pgtrigger.Operation, referencing: pgtrigger.Referencing, old: str, new: str
    ) -> Any:
        func = WRITE_LINKS.format(
            subject=subject, owner=owner, other=other, what=what, named=named, actor=ACTOR, old=old, new=new
        )
        return pgtrigger.Trigger(
            name=f"{name}_{part}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=func,
        )

    return [
        trigger("added", pgtrigger.Insert, pgtrigger.Referencing(new="changed"), "NULL", NAMES),
        trigger("removed", pgtrigger.Delete, pgtrigger.Referencing(old="changed"), NAMES, "NULL"),
    ]


@contextmanager
def acting(user_id: int) -> Iterator[None]:
    """Lines written meanwhile on this connection name this member of the team.

    Behind a pool all of it is one transaction: the next to be lent the same server must not find the name there.
    """
    if settings.DATABASE_POOLED:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, %s, true)", [ACTOR, str(user_id)])
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [ACTOR, str(user_id)])
    try:
        yield
    finally:
        if not connection.needs_rollback:  # a rollback forgets the name with the rest
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, '', false)", [ACTOR])
