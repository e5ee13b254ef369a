"""`./dev faults`: a load of real journeys, and everything that can go wrong meanwhile, one thing after the other.

Options: `--short` kills a worker and Valkey alone; `--keep` leaves the folder with its logs.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marketplace.local.home import of_root
from marketplace.local.processes import Trouble
from tests.faults import journeys, switches
from tests.faults.people import Lost, Person, Unreachable
from tests.faults.site import Site

PAIRS = 3
BREATH = 6.0
"""Seconds of undisturbed work after each fault."""
RECOVERY = 90.0
"""Seconds within which the site must be whole again, without anybody's hand."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, for so many seconds."""

    name: str
    begin: Callable[[Site], None]
    end: Callable[[Site], None] = lambda site: None
    seconds: float = 0.0


def killed(*names: str) -> Callable[[Site], None]:
    return lambda site: site.kill(*names)


def switched(name: str, value: str) -> Callable[[Site], None]:
    return lambda site: switches.turn(name, value)


WEB, WORKERS, BEATS = ("web1", "web2"), ("worker1", "worker2"), ("beat1", "beat2")
FAULTS = (
    Fault("one web process is killed", killed("web1")),
    Fault("both web processes are killed", killed(*WEB)),
    Fault("one worker is killed", killed("worker1")),
    Fault("both workers are killed", killed(*WORKERS)),
    Fault("both beats are killed", killed(*BEATS)),
    Fault("Valkey is killed", killed("valkey")),
    Fault("PostgreSQL is killed", killed("postgres")),
    Fault("the provider is slow", switched("gateway", "slow"), switched("gateway", ""), 8),
    Fault("the provider's line is dropped", switched("gateway", "dropped"), switched("gateway", ""), 8),
    Fault("the provider's answers are lost", switched("gateway", "silent"), switched("gateway", ""), 8),
    Fault("the disk of uploads is full", switched("disk", "full"), switched("disk", ""), 8),
    Fault("the mail server is away", switched("mail", "down"), switched("mail", ""), 8),
    Fault("everything is killed at once", killed(*WEB, *WORKERS, *BEATS, "valkey", "postgres")),
)
SHORT = (FAULTS[2], FAULTS[5])


class Run:
    """One run of the suite, from empty servers to the verdict."""

    def __init__(self, site: Site, faults: tuple[Fault, ...]) -> None:
        self.site, self.faults = site, faults
        self.tally = journeys.Tally()
        self.stop = threading.Event()
        self.pairs: list[dict[str, Any]] = []
        self.ahead = 0.0

    def prepare(self) -> None:
        say("Starting PostgreSQL and Valkey, and making the people…")
        self.site.start_services()
        self.pairs = json.loads(self.site.run("-m", "tests.faults.world", str(PAIRS)).splitlines()[-1])
        say("Starting two web processes, two workers and two beats…")
        self.site.start()

    def load_and_hurt(self) -> None:
        threads = [
            threading.Thread(
                target=journeys.live,
                args=(self.site.doors, pair, number, self.tally, self.stop, "load"),
                daemon=True,
            )
            for number, pair in enumerate(self.pairs)
        ]
        for thread in threads:
            thread.start()
        self.site.turn(BREATH)
        say(f"\n{'what went wrong':<38} {'whole again after':>18} {'orders so far':>14}")
        for fault in self.faults:
            begun = time.monotonic()
            fault.begin(self.site)
            self.site.turn(max(fault.seconds, 1.0))
            fault.end(self.site)
            self.site.wait(lambda: self.site.is_whole, f"after “{fault.name}”", RECOVERY)
            taken = time.monotonic() - begun - fault.seconds
            self.site.turn(BREATH)
            say(f"{fault.name:<38} {taken:>16.1f} s {len(self.tally.placed):>14}")
        self.stop.set()
        while any(thread.is_alive() for thread in threads):
            self.site.turn(0.2)

    def move_clock(self, **by: float) -> None:
        """Every process starts again at a later time, as if the machines' clocks had been moved."""
        hours = by.get("days", 0) * 24 + by.get("hours", 0)
        self.ahead += hours * 3600
        switches.turn("seconds_ahead", str(self.ahead))
        self.site.restart(*WEB, *WORKERS, *BEATS)
        self.site.turn(3)
        self.site.wait(lambda: self.site.is_whole, "after the clock moved", RECOVERY)
        self.site.turn(BREATH * 2)

    def write_summaries(self) -> None:
        """The calls have taken place: each expert says what was said."""
        for journey in [each for each in self.tally.placed if each["kind"] == journeys.CALL]:
            pair = self.pairs[int(journey["mark"].split("-")[1])]
            path = f"/orders/{journey['order']}/deliverables/"
            expert = Person(self.site.doors, pair["expert"])
            page = expert.open(path)
            try:
                expert.submit(page, page.form(path), note="Ce que nous avons dit, et ce qui suit.")
            except Lost as lost:
                self.tally.lost.append(f"{journey['mark']}: no summary can be written: {lost}")

    def withdraw(self) -> None:
        """Each expert asks for what they earned, while the workers are killed."""
        path = "/dashboard/withdrawals/"
        for number, pair in enumerate(self.pairs):
            expert = Person(self.site.doors, pair["expert"])
            expert.prove()
            page = expert.open(path)
            answer = (
                expert.submit(page, page.form(path), amount="50") if page.form(path) is not None else page
            )
            said = " ".join(" ".join(answer.attribute("//*[contains(@class,'toast')]//text()")).split())
            say(f"    {expert.email}: {answer.status} {said[:160]} {answer.errors()}")
            self.site.kill(f"worker{number % 2 + 1}")
            self.site.turn(1)

    def verdict(self, *words: str) -> list[tuple[str, int, list[str]]]:
        return [tuple(line) for line in json.loads(self.site.run("-m", "tests.faults.verdict", *words))]


def say(text: str) -> None:
    print(text, flush=True)


def show(lines: list[tuple[str, int, list[str]]]) -> bool:
    """Print the verdict; true when everything holds."""
    say(f"\n{'what must hold':<58} {'looked at':>10}  verdict")
    for name, count, wrong in lines:
        say(f"{name:<58} {count:>10}  {'holds' if not wrong else f'{len(wrong)} WRONG'}")
        for each in wrong[:12]:
            say(f"    {each}")
    return not any(wrong for _name, _count, wrong in lines)


def run(folder: Path, faults: tuple[Fault, ...], *, short: bool) -> bool:
    with Site(folder) as site:
        suite = Run(site, faults)
        suite.prepare()
        suite.load_and_hurt()
        say("\nThe clock moves 20 minutes: what the dead held in hand is taken up again.")
        suite.move_clock(hours=1 / 3)
        if not short:
            say("The clock moves 4 days, then 16: calls take place, orders never started end.")
            suite.move_clock(days=4)
            suite.move_clock(days=16)
            suite.write_summaries()
            say("The clock moves 12 days: what nobody answered is accepted.")
            suite.move_clock(days=12)
            say("Experts withdraw while workers are killed.")
            suite.withdraw()
            suite.move_clock(hours=1 / 3)
            say("The clock moves 30 days: nothing may be left.")
            suite.move_clock(days=30)
        words = () if short else ("settled",)
        end = time.monotonic() + 60
        lines = suite.verdict(*words)
        while any(wrong for _name, _count, wrong in lines) and time.monotonic() < end:
            site.turn(3)
            lines = suite.verdict(*words)
        tally = suite.tally
        done = ", ".join(f"{count} {what}" for what, count in sorted(tally.done.items()))
        say(f"\nThe load: {done}.")
        lines.insert(0, ("journeys that found their way", len(tally.placed), tally.lost))
        return show(lines)


def main(arguments: list[str]) -> int:
    short = "--short" in arguments
    folder = Path(tempfile.mkdtemp(prefix="jalon-faults-", dir="/tmp"))  # sockets want a short path
    if of_root():
        folder.chmod(0o711)  # nobody, who runs PostgreSQL, must pass
    os.environ[switches.FOLDER] = str(folder)
    good = False
    begun = time.monotonic()
    try:
        good = run(folder, SHORT if short else FAULTS, short=short)
        say(
            f"\n{'Everything held' if good else 'Something did not hold'} ({time.monotonic() - begun:.0f} s)."
        )
        return 0 if good else 1
    except (Trouble, Lost, Unreachable) as trouble:
        say(str(trouble))
        return 1
    finally:
        if good and "--keep" not in arguments:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            say(f"Logs: {folder / 'logs'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
