"""Who changed what, old value and new value: written by the database itself, so that no way of changing escapes it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection

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


@contextmanager
def acting(user_id: int) -> Iterator[None]:
    """Lines written meanwhile on this connection name this member of the team."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [ACTOR, str(user_id)])
    try:
        yield
    finally:
        if not connection.needs_rollback:  # a rollback forgets the name with the rest
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, '', false)", [ACTOR])
