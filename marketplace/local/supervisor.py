"""Several processes under one: their lines on one screen, a new start after a crash, an ordered end.

One thread and one loop, on purpose: the kernel ties a child's life to the thread that forked it.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from marketplace.local.processes import Trouble, end_group

COLOURS = {"web": 36, "worker": 35, "beat": 33, "postgres": 34, "valkey": 34}
BACK_OFF = (0.5, 1, 2, 5, 10, 30)
"""Seconds before each new start; a child that lived for a minute begins again at the first."""
STEADY = 60
ON_TRIAL = 8
"""Seconds during which a child that crashed before has to prove itself, its lines held back."""


class Stopped(Exception):
    """Somebody asked us to stop."""


@dataclass
class Child:
    """A process to keep alive. ``spawn`` starts it, with its output on a pipe or in a log of its own."""

    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    stop_signal: int = signal.SIGTERM
    patience: float = 10
    muted: bool = False
    """Lines go to the log alone, until the child dies or is unmuted."""
    process: subprocess.Popen[bytes] | None = None
    crashes: int = 0
    on_trial: bool = False
    started_at: float = 0
    due_at: float | None = None
    """When to start it again (monotonic seconds)."""
    held: list[str] = field(default_factory=list)
    log: IO[bytes] | None = None
    rest: bytes = b""


class Screen:
    """Where lines appear. A terminal that went away is no reason to fail."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.colours = stream.isatty() and "NO_COLOR" not in os.environ

    def write(self, text: str = "") -> None:
        with contextlib.suppress(OSError, ValueError):
            print(text, file=self.stream, flush=True)

    def styled(self, text: str, code: int) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours else text

    def line(self, name: str, text: str) -> None:
        self.write(f"{self.styled(f'{name:>8}', COLOURS.get(name, 37))} │ {text}")


class Supervisor:
    """Keeps children alive until somebody asks to stop, then ends them in the opposite order of their start."""

    def __init__(self, logs: Path, screen: Screen | None = None) -> None:
        self.logs = logs
        self.screen = screen or Screen(sys.stdout)
        self.children: list[Child] = []
        self.asked = 0
        self._selector = selectors.DefaultSelector()
        self._before = {number: signal.signal(number, self._ask) for number in self._signals}

    _signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked += 1

    def add(self, child: Child) -> Child:
        """Start a child and keep it alive from now on."""
        self._check()
        self.children.append(child)
        self._start(child)
        return child

    def run_once(self, child: Child) -> int:
        """Run a child to its end and return its exit status, while the others are looked after."""
        self._check()
        self._start(child)
        process = child.process
        assert process is not None  # noqa: S101
        try:
            while process.poll() is None:
                self.turn()
                self._check()
        except Stopped:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(child.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(child.patience)
            raise
        finally:
            end_group(process)
            self._drain(child)
        return process.returncode

    def wait_until(self, ready: Callable[[], bool], patience: float) -> bool:
        """Look after the children until ``ready``; false when ``patience`` seconds went by first."""
        end = time.monotonic() + patience
        while not ready():
            if time.monotonic() > end:
                return False
            self.turn(0.1)
            self._check()
        return True

    def forever(self) -> None:
        """Look after the children until somebody asks to stop."""
        while not self.asked:
            self.turn()

    def turn(self, timeout: float = 0.2) -> None:
        """One round: pass lines on, notice the dead, start again what is due."""
        for key, _ in self._selector.select(timeout):
            self._read(key.data)
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child)
            elif (
                child.process is not None
                and child.on_trial
                and time.monotonic() - child.started_at > ON_TRIAL
            ):
                child.on_trial = False
                self.unmute(child, show_held=True)
            if child.due_at is not None and time.monotonic() >= child.due_at:
                child.due_at = None
                self._start(child)

    def unmute(self, child: Child, *, show_held: bool = False) -> None:
        """Show a child's lines from now on; those held back stay in its log alone, unless asked for."""
        child.muted = False
        self._show_held(child, silently=not show_held)

    def _show_held(self, child: Child, *, silently: bool = False) -> None:
        for text in child.held:
            if not silently:
                self.screen.line(child.name, text)
        child.held.clear()

    def stop(self) -> None:
        """End every child, last started first. Asked twice, kill them."""
        asked = self.asked
        for child in reversed(self.children):
            child.due_at = None
            process = child.process
            if process is None:
                continue
            with contextlib.suppress(ProcessLookupError, PermissionError):
                process.send_signal(child.stop_signal)
            end = time.monotonic() + child.patience
            while process.poll() is None and time.monotonic() < end and self.asked <= max(asked, 1):
                for key, _ in self._selector.select(0.05):
                    self._read(key.data)
            end_group(process)
            self._drain(child)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _check(self) -> None:
        if self.asked:
            raise Stopped

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = child.spawn()
        if child.process.stdout is not None:
            if child.log is None:
                self.logs.mkdir(parents=True, exist_ok=True)
                child.log = (self.logs / f"{child.name}.log").open("wb", buffering=0)
            os.set_blocking(child.process.stdout.fileno(), False)
            self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _bury(self, child: Child) -> None:
        assert child.process is not None  # noqa: S101
        end_group(child.process)
        status = child.process.returncode
        self._drain(child)
        last = next(
            (f": {text.strip()}" for text in reversed(child.held) if child.on_trial and text.strip()), ""
        )
        self._show_held(child, silently=child.on_trial)
        if time.monotonic() - child.started_at > STEADY:
            child.crashes = 0
        delay = BACK_OFF[min(child.crashes, len(BACK_OFF) - 1)]
        child.crashes += 1
        child.due_at = time.monotonic() + delay
        child.process = None
        child.muted = child.on_trial = True  # the same lines again would teach nothing
        how = f"status {status}" if status >= 0 else signal.Signals(-status).name
        self.screen.line(child.name, f"ended ({how}{last}); starting again in {delay:g} s")

    def _read(self, child: Child) -> bool:
        """Pass on what is there; false at the end of the output."""
        stream = child.process.stdout if child.process else None
        if stream is None or stream.closed:
            return False
        try:
            data = os.read(stream.fileno(), 65536)
        except BlockingIOError:
            return False
        if not data:
            self._forget(child)
            return False
        if child.log is not None:
            with contextlib.suppress(OSError):
                child.log.write(data)
        *lines, child.rest = (child.rest + data).split(b"\n")
        for line in lines:
            self._show(child, line)
        return True

    def _show(self, child: Child, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip()
        if child.muted:
            child.held = [*child.held[-199:], text]
        else:
            self.screen.line(child.name, text)

    def _drain(self, child: Child) -> None:
        while self._read(child):
            pass
        if child.rest:
            self._show(child, child.rest)
            child.rest = b""
        self._forget(child)

    def _forget(self, child: Child) -> None:
        stream = child.process.stdout if child.process else None
        if stream is not None and not stream.closed:
            with contextlib.suppress(KeyError):
                self._selector.unregister(stream)
            stream.close()


def child_of(service: object) -> Child:
    """A service of ours as a child to keep alive. Its lines go to its own log."""
    from marketplace.local.services import Service

    if not isinstance(service, Service):
        raise Trouble(f"{service!r} is not a service")
    return Child(service.name, service.spawn, stop_signal=service.stop_signal)
