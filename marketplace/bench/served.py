"""Pages asked of web servers as visitors ask them: two processes of gunicorn, eight connections at once."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from marketplace.bench.measure import rows_of

DOOR = "marketplace.bench.door:application"
PROCESSES = 2
CONNECTIONS = 8
ROUNDS = 9
WARM = 40
"""Requests before the first round: PostgreSQL keeps a plan after the fifth time in each process, and chooses it after the tenth."""


@dataclass(frozen=True)
class Page:
    """What is asked for, by whom."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What one request of a page took: processor time in milliseconds of the web process and of PostgreSQL, and how many
    were answered a second while eight waited at once."""

    milliseconds: float
    a_second: float

    def __str__(self) -> str:
        return f"{self.milliseconds:.2f} ms, {self.a_second:.0f}/s"


class Servers:
    """Two processes of gunicorn that serve ``marketplace.bench.door``."""

    def __init__(self, port: int, master: int, name: str) -> None:
        self.port = port
        self.master = master
        self.name = name

    def paired(self, ours: Page, reference: Page, *, runs: int) -> tuple[Cost, Cost]:
        """Two medians, taken in turns of so many requests, so that a machine that slows down slows both."""
        for page in (ours, reference):
            self._ask(page, WARM)
        taken: tuple[list[Cost], list[Cost]] = ([], [])
        for _ in range(ROUNDS):
            for page, into in ((ours, taken[0]), (reference, taken[1])):
                into.append(self._cost(page, runs))
        return _median(taken[0]), _median(taken[1])

    def _cost(self, page: Page, runs: int) -> Cost:
        spent, begun = self._spent(), time.perf_counter()
        self._ask(page, runs)
        took = time.perf_counter() - begun
        return Cost((self._spent() - spent) / runs, runs / took)

    def _ask(self, page: Page, times: int) -> None:
        with ThreadPoolExecutor(CONNECTIONS) as visitors:
            for _ in visitors.map(lambda _: self.get(page), range(times)):
                pass

    def get(self, page: Page) -> None:
        """One visit, on a connection of its own. Ends the bench where it is not answered well."""
        visit = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            visit.request("GET", page.path, headers=dict(page.headers))
            answer = visit.getresponse()
            answer.read()
        finally:
            visit.close()
        if answer.status != 200:
            raise SystemExit(f"{page.path} answered {answer.status}")

    def answers(self) -> bool:
        try:
            self.get(Page("/bare/listing"))
        except OSError:
            return False
        return True

    def resident(self) -> float:
        """Megabytes that the largest of the web processes holds, with what it shares with others."""
        return max(_resident(pid) for pid in _children(self.master))

    def _spent(self) -> float:
        """Processor time so far in milliseconds: the web processes, and those of PostgreSQL that serve them.

        PostgreSQL's part is left out where it cannot be read: on another machine, or behind a pool.
        """
        serving = [
            pid
            for (pid,) in rows_of("SELECT pid FROM pg_stat_activity WHERE application_name = %s", self.name)
        ]
        return sum(_spent_by(pid) for pid in (*_children(self.master), *serving))


@contextmanager
def servers(*more: str, processes: int = PROCESSES) -> Iterator[Servers]:
    """Start them, with more options than ours, wait until they answer, and stop them in the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    name = f"bench-{os.getpid()}"
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--log-level", "critical"]
    master = subprocess.Popen(  # noqa: S603  # our own words, and no shell
        [sys.executable, "-m", "gunicorn", DOOR, *options, *more],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PGAPPNAME": name, "DEBUG": "0", "MALLOC_ARENA_MAX": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        web = Servers(port, master.pid, name)
        while not web.answers():
            if master.poll() is not None:
                raise SystemExit(f"The web servers did not start: gunicorn {DOOR}")
            time.sleep(0.1)
        yield web
    finally:
        master.terminate()
        master.wait(timeout=30)


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.milliseconds for cost in costs),
        statistics.median(cost.a_second for cost in costs),
    )


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1_024


def _spent_by(pid: int) -> float:
    try:
        threads = [
            int((each / "schedstat").read_text().split()[0]) for each in Path(f"/proc/{pid}/task").iterdir()
        ]
    except OSError:
        return 0.0
    return sum(threads) / 1_000_000
