"""The processes of the site: two of web, two workers, two beats, PostgreSQL and Valkey, each started again when it dies."""

import http.client
import io
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from marketplace.local.home import Home
from marketplace.local.processes import Trouble, spawn
from marketplace.local.run import CELERY, is_free
from marketplace.local.services import Postgres, Valkey, python
from marketplace.local.supervisor import Child, Screen, Supervisor, child_of
from tests.faults import switches

FIRST_PORT = 8700


class Site:
    """Use it as a context: what it starts ends with it. ``turn`` is to be called often, by the thread that made it."""

    def __init__(self, folder: Path, *, settings: str = "tests.faults.settings", **env: str) -> None:
        self.folder = folder
        self.home = Home.of_tests(folder)
        ports = [port for port in range(FIRST_PORT, FIRST_PORT + 200) if is_free("127.0.0.1", port)][:3]
        self.ports, self.proxy_port = ports[:2], ports[2]
        self.doors = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in ("REPLICA_URL", "SITE_URL")},
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": self.home.database_url,
            "REDIS_URL": self.home.redis_url,
            "SITE_URL": self.doors[0],
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
            "C_FORCE_ROOT": "1",
            switches.FOLDER: str(folder),
            **env,
        }
        self.supervisor = Supervisor(self.home.logs, Screen(io.StringIO()))
        self.children: dict[str, Child] = {}

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_error: object) -> None:
        self.supervisor.stop()

    # Starting

    def start_services(self) -> None:
        """PostgreSQL and Valkey, ready to be asked."""
        for service in (Postgres(self.home), Valkey(self.home)):
            child = self.children[service.name] = self.supervisor.add(child_of(service))
            assert child.process is not None
            service.wait(child.process)

    def start(self, *, webs: int = 2, workers: int = 2, beats: int = 2) -> None:
        """Everything else; returns once every web process is ready."""
        for number in range(webs):
            self._add(f"web{number + 1}", lambda port=self.ports[number]: self._web(port))
        for number in range(workers):
            self._add(f"worker{number + 1}", lambda n=number: self._worker(n), patience=15)
        for number in range(beats):
            self._add(f"beat{number + 1}", lambda n=number: self._beat(n))
        self.wait(lambda: all(self.answers(port) for port in self.ports[:webs]), "the web processes")

    def _add(self, name: str, spawner: Callable[[], subprocess.Popen[bytes]], patience: float = 10) -> None:
        self.children[name] = self.supervisor.add(Child(name, spawner, patience=patience, muted=True))

    def spawn(self, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        return spawn(command, env=self.env | more, cwd=self.home.checkout, output=subprocess.PIPE)

    def _web(self, port: int) -> subprocess.Popen[bytes]:
        options = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--graceful-timeout", "5"]
        where = ["--bind", f"127.0.0.1:{port}"]
        return self.spawn(python("-m", "gunicorn", "marketplace.wsgi:application", *where, *options))

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        options = ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        return self.spawn(python(*CELERY, "worker", "--hostname", f"worker{number}@jalon", *options))

    def _beat(self, number: int) -> subprocess.Popen[bytes]:
        schedule = str(self.folder / f"beat-{number}")
        return self.spawn(
            python(*CELERY, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile", "")
        )

    # Looking after

    def turn(self, seconds: float = 0.2) -> None:
        """Let time pass while the dead are noticed and started again."""
        end = time.monotonic() + seconds
        while True:
            self.supervisor.turn(min(0.1, seconds))
            if time.monotonic() >= end:
                return

    def wait(self, ready: Callable[[], bool], what: str, patience: float = 90) -> float:
        """Let time pass until something holds, and say how many seconds it took."""
        begun = time.monotonic()
        while not ready():
            if time.monotonic() > begun + patience:
                raise Trouble(f"{what}: not there after {patience:.0f} s. Logs: {self.home.logs}")
            self.turn(0.2)
        return time.monotonic() - begun

    def answers(self, port: int, path: str = "/readyz") -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status == 200
        return False

    @property
    def is_whole(self) -> bool:
        """Every process runs and every door is open."""
        alive = all(child.process and child.process.poll() is None for child in self.children.values())
        return alive and all(self.answers(port) for port in self.ports)

    # Hurting

    def kill(self, *names: str) -> None:
        """End processes without a word, and all that is left of their groups, at the same moment."""
        for name in names:
            child = self.children[name]
            child.crashes = 0
            if child.process is not None:
                with suppress(ProcessLookupError):
                    os.killpg(child.process.pid, signal.SIGKILL)

    def restart(self, *names: str) -> None:
        """Ask processes to end in order; they are started again."""
        for name in names:
            child = self.children[name]
            child.crashes = 0
            if child.process is not None:
                with suppress(ProcessLookupError):
                    child.process.send_signal(signal.SIGTERM)

    def run(self, *words: str, patience: float = 180) -> str:
        """Run a command of ours in the site's environment and return what it printed."""
        done = subprocess.run(
            python(*words),
            env=self.env,
            cwd=self.home.checkout,
            capture_output=True,
            text=True,
            timeout=patience,
        )
        if done.returncode:
            raise Trouble(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
        return done.stdout
