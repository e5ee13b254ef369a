from typing import Any

from django.core.management.commands import migrate
from django.db import connections

PATIENCE = "5s"
"""How long a migration waits for a table that is in use. Whoever waits for a lock makes all who come after wait too."""


class Command(migrate.Command):
    """Django's own, which gives up rather than make the site wait: what was begun is taken back, and it can run again."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        try:
            return super().handle(*args, **options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
