"""Child processes that never outlive their parent, even when the parent is killed without a warning."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Trouble(Exception):
    """Something a person can mend. The message says what, and how."""


def die_with_parent(sig: int, parent: int) -> None:
    """Ask the kernel to signal this process when its parent dies. Linux only; elsewhere it does nothing."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, sig, 0, 0, 0)
    if os.getppid() != parent:  # it died between the fork and the call
        os.kill(os.getpid(), sig)


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    output: int | IO[Any] | None,
    death_signal: int = signal.SIGTERM,
    user: tuple[int, int] | None = None,
    foreground: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child that receives ``death_signal`` when we die.

    It leads a session of its own, so Ctrl-C reaches us alone and we stop the children in order;
    ``foreground`` leaves it our terminal instead. ``user`` is a user and a group id to become.

    Call it from the main thread only: the kernel watches the thread that forked.
    """
    parent = os.getpid()
    become: dict[str, Any] = {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}
    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        stdin=None if foreground else subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=not foreground,
        preexec_fn=lambda: die_with_parent(death_signal, parent),
        **become,
    )


def stop(process: subprocess.Popen[bytes], sig: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a session leader to end, wait at most ``patience`` seconds, then end all that is left of its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        process.send_signal(sig)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of a session leader's group: nobody else would."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def in_foreground(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a command on our terminal and return its exit status. Ctrl-C is the command's to handle."""
    handled = {signal.SIGTERM, signal.SIGHUP}
    process = spawn(command, env=env, cwd=cwd, output=None, foreground=True)
    forward: Callable[..., None] = lambda number, _frame: process.send_signal(number)  # noqa: E731
    before: dict[int, Any] = {number: signal.signal(number, forward) for number in handled}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status
