"""`make vulnerabilities`: known weaknesses of the locked packages, by pip-audit in an environment of its own.

It asks the advisory database of the package index, so it needs a network; the first time it also fetches the tool.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from marketplace.local.home import Home
from marketplace.local.services import own_folder, python

TOOL = "pip-audit==2.10.1"
LOCKED = ("requirements/production.txt", "requirements/development.txt")


def look_up(home: Home) -> int:
    """Compare both requirement files with the advisories. Returns 0 when nothing is known, 1 when something is, or asked in vain."""
    tool = _tool(home)
    if tool is None:
        print(f"{TOOL} could not be fetched: this command needs a network.", file=sys.stderr)
        return 1
    worst = 0
    for name in LOCKED:
        print(f"{name}:", flush=True)
        words = [
            tool,
            "--requirement",
            name,
            "--disable-pip",
            "--require-hashes",
            "--progress-spinner",
            "off",
        ]
        words += ["--strict"]  # a package that could not be looked up is a failure, not a clean bill
        worst = max(worst, subprocess.call(list(map(str, words)), cwd=home.checkout))
    return min(worst, 1)


def _tool(home: Home) -> Path | None:
    """The program, in an environment that is made again when its version changes; nothing when there is no network."""
    folder = own_folder(home.path) / "pip-audit"
    stamp, program = folder / "version", folder / "bin" / "pip-audit"
    if program.exists() and stamp.exists() and stamp.read_text() == TOOL:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    made = subprocess.call(python("-m", "venv", str(folder)))
    if made or subprocess.call([str(folder / "bin" / "pip"), "install", "--quiet", TOOL]):
        return None
    stamp.write_text(TOOL)
    return program
