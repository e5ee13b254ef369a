"""A copy of the database that follows it (streaming replication), and what visitors and members see while it is late or dead.

A part of `./dev topology`; `python -m tests.faults.standby` walks it alone, without nginx.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import requests

from marketplace.local.home import Home, of_root
from marketplace.local.processes import Trouble, spawn
from marketplace.local.services import Postgres, open_log, own_folder
from marketplace.local.supervisor import child_of
from tests.faults import switches
from tests.faults.people import Person
from tests.faults.site import Site

PORT = 5433
MAX_LAG = 15
"""Seconds; the clock of the suite writes every three."""
VISITS = 200
LONGEST = 8
"""Seconds a visitor may wait while the copy hangs: its patience, and a line that is called for once more."""


class Standby(Postgres):
    """The copy: made by `pg_basebackup`, it replays what the first streams to it."""

    name = "standby"
    label = "The copy of PostgreSQL"

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.folder = home.cluster.with_name("standby")

    @property
    def url(self) -> str:
        return self.home.database_url.replace(":5432/", f":{PORT}/")

    def copy(self) -> None:
        own_folder(self.folder, owner=self.user)
        words: list[str | Path] = [
            self.programs / "pg_basebackup",
            "-h",
            self.home.run,
            "-p",
            "5432",
            "-U",
            "jalon",
        ]
        made = self._call([*words, "-D", self.folder, "-R", "-X", "stream", "--checkpoint=fast"])
        if made.returncode:
            raise Trouble(f"The copy could not be made:\n{made.stdout}")

    def stop_leftover(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self._call([self.programs / "pg_ctl", "stop", "-D", self.folder, "-m", "fast", "-w", "-t", "20"])

    def spawn(self) -> subprocess.Popen[bytes]:
        self.stop_leftover()
        words: list[str | Path] = [self.programs / "postgres", "-D", self.folder, "-p", str(PORT)]
        for setting in (
            "listen_addresses=",
            f"unix_socket_directories={self.home.run}",
            "unix_socket_permissions=0700",
        ):
            words += ["-c", setting]
        with open_log(self.home, self.name) as log:
            return spawn(
                words,
                env=self._env,
                cwd=self.home.servers,
                output=log,
                death_signal=signal.SIGINT,
                user=self.user,
            )

    def answers(self) -> bool:
        try:
            return bool(ask(self.url, "SELECT pg_is_in_recovery()"))
        except psycopg.Error:
            return False


def ask(url: str, query: str) -> object:
    """The one value of a query, or nothing."""
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        cursor = connection.execute(query)  # type: ignore[arg-type]
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def start(site: Site) -> Standby:
    """Make a copy of the site's database and let all that starts from now on read public pages from it."""
    standby = Standby(site.home)
    standby.copy()
    child = site.children["standby"] = site.supervisor.add(child_of(standby))
    assert child.process is not None
    standby.wait(child.process)
    site.env |= {"REPLICA_URL": standby.url, "REPLICA_MAX_LAG": str(MAX_LAG)}
    return standby


class Copy:
    """The steps, each of which holds or raises."""

    def __init__(self, site: Site, standby: Standby, pair: dict[str, str], door: str = "") -> None:
        self.site, self.standby, self.pair = site, standby, pair
        self.door = door or site.doors[0]
        self.first = site.home.database_url
        self.expert = Person([self.door], pair["expert"])
        self.visits = 0

    def _visit(self, path: str) -> requests.Response:
        self.site.turn(0)  # logs are read, or a full pipe would hold up who writes to it
        answer = requests.get(self.door + path, timeout=10)
        if answer.status_code >= 500:
            raise Trouble(f"{path}: {answer.status_code}")
        return answer

    def _search(self) -> requests.Response:
        """One that no cache has the answer of."""
        self.visits += 1
        return self._visit(f"/offers/?q=plan+budget{self.visits}")

    def _shown(self, text: str) -> bool:
        return f"/offers/{self.pair['question']}/" in text

    def _cost(self) -> tuple[float, float, float]:
        """Processor time of so many searches, a search, in milliseconds: of the first, of the copy; and by the clock."""
        before, began = self._processor(), time.monotonic()
        for _visit in range(VISITS):
            self._search()
        took = (time.monotonic() - began) * 1000 / VISITS
        first, copy = (
            (after - start) * 1000 / VISITS for start, after in zip(before, self._processor(), strict=True)
        )
        return first, copy, took

    def _processor(self) -> tuple[float, float]:
        ticks = os.sysconf("SC_CLK_TCK")
        spent = []
        for name in ("postgres", "standby"):
            process = self.site.children[name].process
            assert process is not None
            total = 0
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = stat.read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[1]) == process.pid:
                    total += int(fields[11]) + int(fields[12])
                elif stat.parent.name == str(process.pid):
                    total += int(fields[13]) + int(fields[14])  # of children that have ended
            spent.append(total / ticks)
        return spent[0], spent[1]

    def _read(self) -> tuple[int, int]:
        """How often the table of search was read, on the first and on the copy, by what they say of themselves when idle."""
        self.site.turn(11)
        query = "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'offers_searchentry'"
        return int(str(ask(self.first, query))), int(str(ask(self.standby.url, query)))

    def _catches_up(self) -> None:
        self.site.wait(
            lambda: (
                ask(self.standby.url, "SELECT pg_is_wal_replay_paused()") is False
                and ask(self.standby.url, "SELECT pg_last_wal_replay_lsn()") is not None
            ),
            "the copy",
        )

    def visitors_read_it(self) -> str:
        self.site.turn(6)
        self._search()
        before = self._read()
        for _visit in range(50):
            self._search()
        self._visit("/offers/"), self._visit("/experts/"), self._visit(f"/offers/{self.pair['job']}/x/")
        first, copy = (after - start for start, after in zip(before, self._read(), strict=True))
        if copy < 50 or first > copy / 10:
            raise Trouble(f"the table of search was read {copy} times on the copy, {first} on the first")
        return f"of 53 pages, {copy} readings of the table of search on the copy, {first} on the first"

    def a_member_reads_what_they_wrote(self) -> str:
        self._visit("/offers/")
        ask(self.standby.url, "SELECT pg_wal_replay_pause()")
        page = self.expert.open("/dashboard/offers/")
        self.expert.submit(page, page.form(f"/{self.pair['question']}/pause/"))
        late = self._visit("/offers/").text
        seen = self.expert.open("/offers/").text
        if self._shown(seen):
            raise Trouble("the expert who paused an offer still sees it on sale")
        if not self._shown(late):
            raise Trouble("the visitor was not shown the copy")
        return "the expert sees their offer off sale, a visitor the copy that is late"

    def a_late_copy_is_left(self) -> str:
        took = self.site.wait(
            lambda: not self._shown(self._visit("/offers/?q=question").text), "the first", 60
        )
        alone = self._cost()
        ask(self.standby.url, "SELECT pg_wal_replay_resume()")
        self._catches_up()
        self.site.turn(6)
        shared = self._cost()
        return (
            f"after {took:.0f} s; a search costs the first {alone[0]:.1f} ms without the copy ({alone[2]:.0f} by the clock), "
            f"{shared[0]:.1f} with it, which spends {shared[1]:.1f} ({shared[2]:.0f} by the clock)"
        )

    def the_copy_dies(self) -> str:
        self.site.kill("standby")
        slowest = 0.0
        for _visit in range(50):
            began = time.monotonic()
            if self._search().status_code != 200:
                raise Trouble("a visitor was not served")
            slowest = max(slowest, time.monotonic() - began)
        self.site.wait(self.standby.answers, "the copy")
        self.site.turn(6)
        _first, before = self._read()
        for _visit in range(10):
            self._search()
        if self._read()[1] - before < 10:
            raise Trouble("the copy is back, and nobody reads it")
        return f"50 of 50 visitors were served, the slowest in {slowest * 1000:.0f} ms; then it is read again"

    def the_copy_hangs(self) -> str:
        """All its processes stopped: its socket takes calls in, its lines stay up, and nothing ever answers."""
        for _visit in range(20):
            self._search()
        self._signal(signal.SIGSTOP)
        took = []
        try:
            for _visit in range(100):
                began = time.monotonic()
                self._search()
                took.append(time.monotonic() - began)
        finally:
            self._signal(signal.SIGCONT)
        if max(took) > LONGEST:
            raise Trouble(f"a visitor waited {max(took):.1f} s for a copy that hangs")
        self.site.wait(self.standby.answers, "the copy")
        began = time.monotonic()
        self.site.wait(self._is_read_again, "the copy to be read again", 90)
        held = sum(1 for each in took if each > 1)
        return (
            f"100 of 100 visitors were served, the slowest in {max(took):.1f} s, {held} waited more than a second; "
            f"it was read again {time.monotonic() - began:.0f} s after it went on"
        )

    def _is_read_again(self) -> bool:
        _first, before = self._read()
        for _visit in range(10):
            self._search()
        return self._read()[1] > before

    def _signal(self, number: int) -> None:
        process = self.site.children["standby"].process
        assert process is not None
        for each in (process.pid, *children_of(process.pid)):
            os.kill(each, number)

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("visitors read the copy", self.visitors_read_it),
            ("a member reads what they wrote", self.a_member_reads_what_they_wrote),
            ("a copy too late is left", self.a_late_copy_is_left),
            ("the copy is killed", self.the_copy_dies),
            ("the copy hangs", self.the_copy_hangs),
        ]


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="jalon-standby-", dir="/tmp"))
    if of_root():
        folder.chmod(0o711)
    os.environ[switches.FOLDER] = str(folder)
    try:
        with Site(folder) as site:
            site.start_services()
            (pair,) = json.loads(site.run("-m", "tests.faults.world", "1").splitlines()[-1])
            standby = start(site)
            site.start(workers=1, beats=1)
            for title, step in Copy(site, standby, pair).steps():
                print(f"{title:<40} {step()}", flush=True)
    except Trouble as trouble:
        print(f"{trouble}\nLogs: {folder / 'logs'}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
