"""A PostgreSQL and a Valkey of its own for each run of the suite, however pytest is started.

Loading this module only decides the addresses, because settings are read very early. The servers start with
the session and go with it; a run that was killed leaves a folder that the next one sweeps.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

import pytest

from marketplace.local.chromium import HOW_TO_GET_ONE, find_chromium
from marketplace.local.home import NAME, Home, of_root
from marketplace.local.services import Service, missing_services

FOLDER = "JALON_TEST_FOLDER"
"""Names the folder of this run, for its workers and for the test settings."""
PREFIX = f"{NAME}-tests-"
NO_BROWSER = f"no Chromium here; to run the journeys: {HOW_TO_GET_ONE}"

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_services: list[Service] = []
_lock: IO[str] | None = None


def _decide_addresses() -> None:
    """Give settings the addresses of servers that do not run yet."""
    global _lock
    if _worker:
        number = int(_worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], number)
        return
    usual = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=usual if len(usual) < 60 else "/tmp"))  # noqa: S108
    _lock = (folder / "lock").open("w")
    fcntl.flock(_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    if of_root():
        folder.chmod(0o711)  # nobody, who runs PostgreSQL, must pass
    home = Home.of_tests(folder)
    _services.extend(missing_services(home, lasting=False))
    os.environ[FOLDER] = str(folder)
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or home.database_url
    os.environ["REDIS_URL"] = os.environ.get("REDIS_URL") or home.redis_url


def numbered(redis_url: str, database: int) -> str:
    """The same server, another of its numbered databases: one for each worker."""
    if redis_url.startswith("unix:"):
        return f"{redis_url.partition('?')[0]}?db={database}"
    address = urlsplit(redis_url)
    return urlunsplit(address._replace(path=f"/{database}"))


_decide_addresses()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "browser: needs a Chromium; skipped in one visible line where there is none"
    )
    if not _worker:
        from marketplace.local.messages import compile_stale

        compile_stale()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if _worker or session.config.option.collectonly:
        return
    _sweep(Path(os.environ[FOLDER]))
    for service in _services:
        service.start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if _worker:
        return
    for service in reversed(_services):
        service.stop()
    if _lock is not None:
        _lock.close()
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


def _sweep(ours: Path) -> None:
    """Remove the folders of runs that were killed: nobody holds their lock."""
    for folder in ours.parent.glob(f"{PREFIX}*"):
        if folder == ours or not _is_abandoned(folder):
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        if folder.stat().st_uid != os.geteuid():
            return False
        with (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    journeys = config.rootpath / "tests" / "journeys"
    needing = [item for item in items if journeys in item.path.parents or item.get_closest_marker("browser")]
    first = next((n for n, item in enumerate(items) if journeys in item.path.parents), len(items))
    items[first:] = sorted(items[first:], key=lambda item: item.path.name != "test_every_page.py")
    for item in needing:  # the longest came first, so that no worker ends alone with one of them
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.flaky(reruns=1))  # docs/decisions/0015
        if find_chromium() is None:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look at all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} journeys skipped: {NO_BROWSER}.", yellow=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that the journeys drive."""
    found = find_chromium()
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


@pytest.fixture(scope="session")
def service_addresses() -> dict[str, str]:
    """The addresses of this run's servers, for a test that starts a process of its own."""
    return {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
