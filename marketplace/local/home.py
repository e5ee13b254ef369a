"""Where one checkout keeps its services: every address is a function of the checkout's path alone.

So a second terminal, an editor or a settings module finds the running services without asking anybody.
Only the standard library is imported here: settings read this module.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

NAME = "jalon"
LONGEST_SOCKET = 100
"""Bytes. The kernel refuses a socket path of more than 107 (103 on macOS)."""


def of_root() -> bool:
    """PostgreSQL refuses to run as root, so root's cluster lives apart and belongs to ``nobody``."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True)
class Home:
    """The folders and addresses of one checkout, or of one run of the test suite."""

    checkout: Path
    path: Path
    """What the checkout keeps for itself: uploads, mail, logs, locks."""
    servers: Path
    """The cluster and, unless its path is too long, the sockets."""

    @classmethod
    def of_checkout(cls, checkout: Path | None = None) -> Home:
        """The home of a checkout, by default the one this file is part of."""
        checkout = (checkout or Path(__file__).parents[2]).resolve()
        path = checkout / ".local"
        return cls(checkout, path, persistent_temp() / f"{NAME}-{_mark(path)}" if of_root() else path)

    @classmethod
    def of_tests(cls, folder: Path) -> Home:
        """A home that lives and dies with one run of the test suite."""
        return cls(Path(__file__).parents[2].resolve(), folder, folder)

    @property
    def cluster(self) -> Path:
        """The data of PostgreSQL; the next major release starts its own."""
        return self.servers / "postgres-18"

    @property
    def run(self) -> Path:
        """The sockets. A path too long or too strange for an address moves to a short one."""
        usual = self.servers / "run"
        fits = len(os.fsencode(usual / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET
        if fits and re.fullmatch(r"[\w./+-]+", str(usual), re.ASCII):
            return usual
        user = os.geteuid() if hasattr(os, "geteuid") else 0
        return Path(tempfile.gettempdir()) / f"{NAME}-{user}-{_mark(usual)}"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    @property
    def valkey_socket(self) -> Path:
        return self.run / "valkey.sock"

    @property
    def database_url(self) -> str:
        return f"postgresql://{NAME}@{quote(str(self.run), safe='')}:5432/{NAME}"

    @property
    def redis_url(self) -> str:
        return self.redis_url_of(0)

    def redis_url_of(self, database: int) -> str:
        """The address of one of Valkey's numbered databases; 0 serves `make run`."""
        return f"unix://{self.valkey_socket}?db={database}"


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def persistent_temp() -> Path:
    """A folder that everyone may enter and that a restart of the machine does not empty."""
    lasting = Path("/var/tmp")  # noqa: S108
    return lasting if os.access(lasting, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
