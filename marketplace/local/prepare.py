"""Make a database ready: the catalogue compiled, every migration applied; then, if asked, run a command on it.

With no argument the command is the essential part of `seed`, which looks first: a second time takes no time. Without
demo data (``SEED=0``) it is what a real site begins with: the groups of its team, and its first categories.
"""

from __future__ import annotations

import os
import sys
import time


def prepare() -> None:
    """Apply the missing migrations. Running it again changes nothing."""
    from marketplace.local.messages import compile_stale

    compile_stale()

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    began = time.monotonic()
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        print(f"Applying {missing} migrations…", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        print(f"The database is ready ({time.monotonic() - began:.1f} s).", flush=True)


def main(arguments: list[str]) -> None:
    """Prepare, then hand over to Django's command line in the same process."""
    from django.core.management import ManagementUtility

    prepare()
    if arguments:
        commands = [arguments]
    elif os.environ.get("SEED", "1") == "1":
        commands = [["seed", "--essential"]]
    else:
        commands = [["roles"], ["categories"]]
    for command in commands:
        ManagementUtility(["manage.py", *command]).execute()


if __name__ == "__main__":
    main(sys.argv[1:])
