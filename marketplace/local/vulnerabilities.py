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


SILENT = ("could not be audited", "ConnectionError", "ServiceError", "Max retries exceeded", "timed out")
"""What the tool says when it was not told about a package, rather than that it is sound."""

IN_VAIN = """
Nothing was looked up: the advisory database (pypi.org) did not answer from here, or a mirror without advisories stands
before it. This says nothing about the packages, good or bad. Run `make vulnerabilities` where pypi.org is reachable,
each week, in CI for example: docs/operations.md, "Known weaknesses"."""


def look_up(home: Home) -> int:
    """Compare both requirement files with the advisories.

    Returns 0 when no weakness is known, 1 when one is, 2 when the database was asked in vain.
    """
    tool = _tool(home)
    if tool is None:
        print(f"{TOOL} could not be fetched.\n{IN_VAIN}", file=sys.stderr)
        return 2
    return max(compare(tool, home.checkout / name) for name in LOCKED)


def compare(tool: Path, requirements: Path) -> int:
    """Look up the packages of one file; see `look_up` for what is returned."""
    print(f"{requirements.name}:", flush=True)
    words = [
        tool,
        "--requirement",
        requirements,
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    ]
    words += ["--strict"]  # a package that could not be looked up is a failure, not a clean bill
    done = subprocess.run(
        list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(done.stdout, end="", flush=True)
    if not done.returncode:
        return 0
    if any(each in done.stdout for each in SILENT):
        print(IN_VAIN, file=sys.stderr)
        return 2
    return 1


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
