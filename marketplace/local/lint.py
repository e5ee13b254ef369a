"""`make lint`: every check that needs no running service. All of them run; one failure fails the whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from packaging.requirements import Requirement

from marketplace.local.home import Home
from marketplace.local.services import python
from marketplace.local.supervisor import Screen
from marketplace.local.templates import FOLDERS

Outcome = tuple[bool, str]
"""Whether the check passed, and what to show."""


def lint(home: Home) -> int:
    """Run every check, two at a time, and return the exit status."""
    screen = Screen(sys.stdout)
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {pool.submit(_timed, check): title for title, check in _checks(home)}
        for done in as_completed(running):
            (passed, said), took = done.result()
            mark = screen.styled("passed", 32) if passed else screen.styled("FAILED", 31)
            screen.write(f"{screen.styled(running[done], 1)}: {mark} in {took:.1f} s")
            if said.strip() and (not passed or "\n" not in said.strip()):
                screen.write(said.rstrip())
            if not passed:
                failed.append(running[done])
    screen.write(f"\n{len(failed)} failed: {', '.join(failed)}." if failed else "\nEverything holds.")
    return bool(failed)


def _timed(check: Callable[[], Outcome]) -> tuple[Outcome, float]:
    began = time.monotonic()
    return check(), time.monotonic() - began


def _checks(home: Home) -> list[tuple[str, Callable[[], Outcome]]]:
    tools = Path(sys.executable).parent
    root = home.checkout
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="marketplace.settings.local", PYTHONWARNINGS="ignore")
    env |= {"DATABASE_URL": "postgresql://nobody@%2Fnowhere/none", "REDIS_URL": "unix:///nowhere?db=0"}

    def command(*words: str | Path) -> Callable[[], Outcome]:
        def check() -> Outcome:
            made = subprocess.run(
                words,
                env=env,
                cwd=root,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            return made.returncode == 0, made.stdout.decode(errors="replace")

        return check

    templates = [path for pattern in FOLDERS for path in sorted(root.glob(pattern))]
    return [  # the longest first
        ("Types (mypy)", command(*python("-m", "mypy"))),
        ("Style (ruff)", command(*python("-m", "ruff", "check", "--quiet", "."))),
        ("Format (ruff)", command(*python("-m", "ruff", "format", "--check", "--quiet", "."))),
        ("Templates (djlint)", command(*python("-m", "djlint", "--lint", "--quiet"), *templates)),
        ("Imports (import-linter)", command(sys.executable, tools / "lint-imports", "--no-cache")),
        ("Migrations", command(*python("manage.py", "makemigrations", "--check", "--dry-run"))),
        ("Template syntax and bare words", command(*python("-m", "marketplace.local.templates"))),
        ("Translations", command(*python("-m", "marketplace.local.messages", "--check"))),
        ("Lock files", lambda: lock_files(root)),
    ]


def lock_files(root: Path) -> Outcome:
    """Whether the requirement files are what pyproject.toml asks for."""
    problems = unmet_requirements(root)
    if problems:
        return False, "\n".join(problems)
    uv = shutil.which("uv")
    if not uv or subprocess.run([uv, "--version"], capture_output=True, check=False).returncode:
        return True, "  uv is absent: names and ranges compared, the full resolution was not."
    for name, options in (("production", []), ("development", ["--group", "dev"])):
        locked = root / "requirements" / f"{name}.txt"
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / locked.name
            fresh.write_bytes(locked.read_bytes())  # uv keeps the versions it finds there
            command = [uv, "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--quiet"]
            command += [*options, "pyproject.toml", "-o", str(fresh)]
            made = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
            if made.returncode:
                reason = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
                return True, f"  Names and ranges compared; uv could not resolve again: {reason[0].strip()}"
            if pins(fresh.read_text()) != pins(locked.read_text()):
                return (
                    False,
                    f"{locked.relative_to(root)} is not what pyproject.toml asks for.\n" + HOW_TO_LOCK,
                )
    return True, ""


HOW_TO_LOCK = """Compile both again:
  uv pip compile --universal --generate-hashes --no-header -q pyproject.toml -o requirements/production.txt
  uv pip compile --universal --generate-hashes --no-header -q --group dev pyproject.toml -o requirements/development.txt"""


def pins(text: str) -> dict[str, str]:
    """The packages that a requirement file locks: name → version and marker."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\\\n]+)", text, re.MULTILINE)
    return {_normal(name): " ".join(version.split()) for name, version in lines}


def unmet_requirements(root: Path) -> list[str]:
    """What pyproject.toml asks for and the requirement files do not lock, one sentence each."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    production = project["project"]["dependencies"]
    problems = []
    for name, wanted in (
        ("production", production),
        ("development", production + project["dependency-groups"]["dev"]),
    ):
        locked = pins((root / "requirements" / f"{name}.txt").read_text())
        problems += list(_unmet(name, map(Requirement, wanted), locked))
    return problems


def _unmet(name: str, wanted: Iterable[Requirement], locked: dict[str, str]) -> Iterable[str]:
    for requirement in wanted:
        version = locked.get(_normal(requirement.name), "").partition(" ")[0]
        if not version:
            yield f"requirements/{name}.txt lacks {requirement}."
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"requirements/{name}.txt locks {requirement.name} {version}; pyproject.toml asks for {requirement}."


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
