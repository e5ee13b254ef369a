"""How a figure is taken and told."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Row:
    """One line of the table. ``ratio`` is ours over the reference; ``goal`` is the bound it must respect."""

    what: str
    ours: str
    reference: str
    ratio: float
    goal: float
    lower_is_better: bool = True

    @property
    def holds(self) -> bool:
        return self.ratio <= self.goal if self.lower_is_better else self.ratio >= self.goal

    @property
    def bound(self) -> str:
        return f"{'≤' if self.lower_is_better else '≥'} {self.goal:g}"


def milliseconds(act: Callable[[], object], *, runs: int) -> float:
    """The median time of an act in milliseconds, after a warm-up; database and application both count."""
    for _ in range(3):
        act()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(taken)


def paired(ours: Callable[[], object], reference: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """Two medians of processor time in milliseconds, taken in turns, so that a machine that slows down slows both."""
    for act in (ours, reference):
        for _ in range(12):  # PostgreSQL keeps a plan after the fifth time, and chooses it after the tenth
            act()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for act, into in ((ours, taken[0]), (reference, taken[1])):
            begun = spent()
            act()
            into.append(spent() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])


def spent() -> float:
    """Processor time so far, in milliseconds, of this process and of the PostgreSQL process that serves it.

    Other work on the machine moves it far less than it moves a clock. PostgreSQL's part is left out where it cannot be
    read: on another machine, or behind a pool.
    """
    return time.process_time_ns() / 1_000_000 + (database_spent() or 0.0)


def database_spent() -> float | None:
    """Processor time so far, in milliseconds, of the PostgreSQL process that serves us; nothing where it cannot be read."""
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}")
    try:
        name, nanoseconds = (server / "comm").read_text(), (server / "schedstat").read_text().split()[0]
    except OSError:
        return None
    return int(nanoseconds) / 1_000_000 if "postgres" in name else None


def rows_of(sql: str, *params: str | int) -> list[tuple[Any, ...]]:
    """Run a query in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def table(rows: list[Row]) -> str:
    """The figures in aligned columns, with ``holds`` or ``short`` at the end."""
    cells = [("what", "ours", "reference", "ratio", "goal", "")]
    cells += [
        (row.what, row.ours, row.reference, f"{row.ratio:.2f}", row.bound, "holds" if row.holds else "short")
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
