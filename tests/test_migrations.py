"""A new version is installed while the old one serves: no migration may stop a busy table or take away what it reads."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

from marketplace.management.commands import migrate

APPS = ("accounts", "disputes", "messaging", "missions", "offers", "orders", "payments")
RELEASED = ("0001_release", "0002_release", "0002_ledger_guards")
"""What makes the tables: nobody uses them yet."""
BLOCKING = ("CREATE_INDEX", "DROP_INDEX", "REINDEX")
"""What locks a table for as long as it is large. `AddIndexConcurrently` does not."""


def test_no_migration_stops_a_busy_table_or_takes_away_what_the_old_version_reads(db, capsys):
    linter = MigrationLinter(
        ignore_name=RELEASED,
        include_apps=APPS,
        no_cache=True,
        warnings_as_errors_tests=BLOCKING,
    )
    linter.lint_all_migrations()

    assert linter.nb_total, "nothing was read"
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("CREATE INDEX slow ON orders_order (state)", "CREATE_INDEX"),
        ("ALTER TABLE orders_order DROP COLUMN state", "DROP_COLUMN"),
        ("ALTER TABLE orders_order RENAME COLUMN state TO status", "RENAME_COLUMN"),
        ("ALTER TABLE orders_order ADD COLUMN weight integer NOT NULL", "NOT_NULL"),
    ],
)
def test_what_would_be_found(statement, code):
    errors, _ignored, warnings = analyse_sql_statements(PostgresqlAnalyser, [statement])

    assert code in {found.code for found in [*errors, *warnings]}


@pytest.mark.django_db(transaction=True)
def test_a_migration_gives_up_on_a_table_in_use_and_leaves_no_mark(monkeypatch):
    monkeypatch.setattr(migrate, "PATIENCE", "50ms")
    settings = connection.settings_dict
    with psycopg.connect(host=settings["HOST"], dbname=settings["NAME"], user=settings["USER"]) as other:
        other.execute("LOCK TABLE django_migrations")
        with pytest.raises(OperationalError, match="lock timeout"):
            call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
