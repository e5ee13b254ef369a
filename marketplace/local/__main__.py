"""`./dev COMMAND`, once the environment is there."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from marketplace.local.home import Home
from marketplace.local.processes import Trouble, die_with_parent, in_foreground
from marketplace.local.services import python, services_for

LOCAL = "marketplace.settings.local"
NEEDS_DATA = {"seed": "seed", "audit": "audit_ledger", "backup": "backup", "bench": "bench"}
"""Commands that want every migration applied, and what Django calls them."""


def main(arguments: list[str]) -> int:
    """Run a command and return its exit status."""
    command, rest = arguments[0], arguments[1:]
    if "MAKELEVEL" in os.environ:  # a `make` that is killed takes us along
        die_with_parent(signal.SIGTERM, os.getppid())
    home = Home.of_checkout()
    try:
        match command:
            case "test":
                return _test(rest)
            case "journeys":
                return _test(["tests/journeys", *rest])
            case "faults" | "topology" | "image":
                module = {"faults": "tests.faults"}.get(command, f"tests.faults.{command}")
                return in_foreground(python("-m", module, *rest), env=os.environ, cwd=home.checkout)
            case "vulnerabilities":
                from marketplace.local.vulnerabilities import look_up

                return look_up(home)
            case "lint":
                from marketplace.local.lint import lint

                return lint(home)
            case "messages":
                from marketplace.local.messages import main as messages

                return messages(rest)
        env = local_environment(home)
        if command == "run":
            from marketplace.local.run import run

            return run(home, env)
        if command == "lifecycle":
            return in_foreground(python("manage.py", "lifecycle", *rest), env=env, cwd=home.checkout)
        if command == "bench":
            env["DEBUG"] = "0"  # templates cached, queries not kept, as in production
        with services_for(command, home, _say):
            words = ["manage.py", *rest]
            if command == "restore":
                words = ["manage.py", "restore", *rest]
            if command in NEEDS_DATA:
                words = ["-m", "marketplace.local.prepare", NEEDS_DATA[command], *rest]
            return in_foreground(python(*words), env=env, cwd=home.checkout)
    except Trouble as trouble:
        _say(str(trouble))
        return 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def local_environment(home: Home) -> dict[str, str]:
    """What every local process reads: `.env`, the environment above it, and the addresses of the services."""
    for name, value in read_env_file(home.checkout / ".env").items():
        os.environ.setdefault(name, value)
    os.environ["DJANGO_SETTINGS_MODULE"] = LOCAL
    env = dict(os.environ)
    for name, value in (("DATABASE_URL", home.database_url), ("REDIS_URL", home.redis_url)):
        env[name] = env.get(name) or value
    return env


def read_env_file(path: Path) -> dict[str, str]:
    """Read ``NAME=value`` lines; quotes around a value are dropped, comments and empty values skipped."""
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for line in path.read_text().splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        value = value.strip()
        if not equals or name.startswith("#") or not value:
            continue
        if value[0] == value[-1] and value[0] in "'\"" and len(value) > 1:
            value = value[1:-1]
        found[name.strip()] = value
    return found


def _test(arguments: list[str]) -> int:
    alone = {"--pdb", "--trace", "-s", "--collect-only", "--co"} & set(arguments)
    parallel = [] if alone else ["-n", "2", "--dist", "worksteal"]
    sys.stdout.flush()
    os.execv(sys.executable, python("-m", "pytest", *parallel, *arguments))  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
