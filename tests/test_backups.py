"""A backup that was never restored is a hope: this one is restored, and the money in it counted."""

import shutil

import psycopg
import pytest
from django.db import connection

from marketplace import backups
from payments.models import LedgerPosting


@pytest.fixture
def second_database():
    """An empty database beside that of the tests."""
    target = {**connection.settings_dict, "NAME": f"{connection.settings_dict['NAME']}_restored"}
    address = {**backups._address(target), "dbname": "postgres"}
    drop = f'DROP DATABASE IF EXISTS "{target["NAME"]}" WITH (FORCE)'
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(drop)
        server.execute(f'CREATE DATABASE "{target["NAME"]}" TEMPLATE template0')
    yield target
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(drop)


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_with_every_cent_and_only_into_an_empty_place(
    completed_order, second_database, tmp_path, settings
):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "paper").write_bytes(b"signed")
    backups.back_up(tmp_path / "backup")
    shutil.rmtree(tmp_path / "private")
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "elsewhere"

    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert backups.restore(tmp_path / "backup", second_database) == LedgerPosting.objects.count() > 0
    assert (tmp_path / "elsewhere" / "paper").read_bytes() == b"signed"
    with psycopg.connect(**backups._address(second_database)) as restored:
        state = restored.execute(
            "SELECT state FROM orders_order WHERE id = %s", [completed_order.pk]
        ).fetchone()
        with pytest.raises(psycopg.Error):
            restored.execute("UPDATE ledger_posting SET amount_cents = 1")
    assert state == ("completed",)

    with pytest.raises(backups.NotRestored, match="is not empty"):
        backups.restore(tmp_path / "backup", second_database)
    with (tmp_path / "backup" / backups.DATABASE).open("ab") as dump:
        dump.write(b"altered")
    with pytest.raises(backups.NotRestored, match="not what was written"):
        backups.restore(tmp_path / "backup", second_database)
