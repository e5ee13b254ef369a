"""Make a local database ready: the catalogue compiled, every migration applied, the demo world loaded once."""

from __future__ import annotations

import os
import time


def prepare(*, seed: bool) -> None:
    """Apply migrations, and load the demo world where asked. Running it again changes nothing."""
    from marketplace.local.messages import compile_stale

    compile_stale()

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    started = time.monotonic()
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        print(f"Applying {missing} migrations…", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    if seed:
        call_command("seed")  # it looks first: a second time takes no time
    print(f"The database is ready ({time.monotonic() - started:.1f} s).", flush=True)


if __name__ == "__main__":
    prepare(seed=os.environ.get("SEED", "1") == "1")
