"""`make run`: services, database, web server, worker and beat, under one supervisor."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Mapping

from marketplace.local.home import Home
from marketplace.local.processes import Trouble, spawn
from marketplace.local.services import Lock, Service, missing_services, python
from marketplace.local.supervisor import Child, Screen, Stopped, Supervisor

FIRST_PORT = 8000
PORTS_TO_TRY = 50
CELERY = ("-W", "ignore::UserWarning:celery.platforms", "-m", "celery", "--quiet", "-A", "marketplace.celery")
"""Without its warning about root: a container has nobody else."""


def run(home: Home, env: Mapping[str, str]) -> int:
    """Run the product until somebody asks to stop. Returns the exit status."""
    lock = Lock(home.lock)
    if not lock.take(command="run"):
        owner = lock.owner()
        what = f"at {owner['address']}" if "address" in owner else f"(`{owner.get('command', 'a command')}`)"
        raise Trouble(f"Jalon already runs from this checkout {what}, process {owner.get('pid', 'unknown')}.")
    screen = Screen(sys.stdout)
    supervisor = Supervisor(home.logs, screen)
    try:
        _Product(home, dict(env), supervisor, lock).start()
        supervisor.forever()
        raise Stopped
    except Stopped:
        screen.write("\nStopping…")
        return 0
    finally:
        supervisor.stop()
        lock.release()


class _Product:
    def __init__(self, home: Home, env: dict[str, str], supervisor: Supervisor, lock: Lock) -> None:
        self.home = home
        self.env = env | {"PYTHONUNBUFFERED": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
        self.supervisor = supervisor
        self.screen = supervisor.screen
        self.lock = lock
        self.host = env.get("BIND") or "127.0.0.1"
        self.port = 0
        self.settled = False

    def start(self) -> None:
        """Bring everything up, in the order in which one thing needs another."""
        self._choose_port(FIRST_PORT)
        services = missing_services(self.home)
        self.screen.write(
            f"Starting {', '.join([*(s.label for s in services), 'web server, worker and beat'])}…"
        )
        for service in services:
            child = self.supervisor.add(_child_of(service))
            assert child.process is not None  # noqa: S101
            service.wait(child.process)
        self._prepare()
        web = self.supervisor.add(Child("web", self._spawn_web, muted=True))
        answered = self.supervisor.wait_until(lambda: self._web_answers(web), patience=30)
        if not answered:  # slow, or waiting for somebody to mend the code: its lines say which
            self.supervisor.unmute(web, show_held=True)
            answered = self.supervisor.wait_until(lambda: self._web_answers(web), patience=60)
        self.settled = True
        self.supervisor.turn(0.3)  # its line for our own question needs no reader
        self.supervisor.unmute(web)
        self.lock.say(command="run", address=self.address)
        for name, spawner, patience in (("worker", self._spawn_worker, 15), ("beat", self._spawn_beat, 5)):
            self.supervisor.add(Child(name, spawner, patience=patience))
        if answered:
            self._welcome()
            self._complete_demo()
        else:
            self.screen.write(f"The web server does not answer yet at {self.address}: see its lines above.")

    def _complete_demo(self) -> None:
        """Draw the pictures and write the old reviews while somebody already looks around."""
        if self.env.get("SEED", "1") == "1":
            self.supervisor.run_once(Child("demo", lambda: self._spawn(python("manage.py", "seed"))))

    def _choose_port(self, first: int) -> None:
        asked = self.env.get("PORT") if first == FIRST_PORT else None
        if asked:
            if not asked.isdecimal() or not 0 < int(asked) < 65536:
                raise Trouble(f"PORT is a number from 1 to 65535, not “{asked}”.")
            if not is_free(self.host, int(asked)):
                raise Trouble(
                    f"Port {asked} is taken. Choose another one (PORT=…), or none: a free one is found."
                )
            self.port = int(asked)
        else:
            self.port = next((p for p in range(first, first + PORTS_TO_TRY) if is_free(self.host, p)), 0)
            if not self.port:
                raise Trouble(
                    f"No port from {first} to {first + PORTS_TO_TRY - 1} is free. Choose one: PORT=…."
                )

    @property
    def address(self) -> str:
        return self.env.get("SITE_URL") or f"http://localhost:{self.port}"

    def _child_env(self, **more: str) -> dict[str, str]:
        return self.env | {"PORT": str(self.port), "SITE_URL": self.address} | more

    def _spawn(self, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        return spawn(command, env=self._child_env(**more), cwd=self.home.checkout, output=subprocess.PIPE)

    def _prepare(self) -> None:
        status = self.supervisor.run_once(
            Child("setup", lambda: self._spawn(python("-m", "marketplace.local.prepare")))
        )
        if status:
            raise Trouble(f"The database could not be prepared: its lines are above and in {self.home.logs}.")

    def _spawn_web(self) -> subprocess.Popen[bytes]:
        if not self.settled and not self.env.get("PORT") and not is_free(self.host, self.port):
            self._choose_port(self.port + 1)  # another copy was faster
        bind = f"{self.host}:{self.port}"
        if self.env.get("WEB") == "gunicorn":
            options = ["--bind", bind, "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
            return self._spawn(
                python("-m", "gunicorn", "marketplace.wsgi:application", *options, "--access-logfile", "-")
            )
        options = [] if self.env.get("RELOAD", "1") == "1" else ["--noreload"]
        return self._spawn(python("manage.py", "runserver", bind, *options))

    def _spawn_worker(self) -> subprocess.Popen[bytes]:
        level = self.env.get("LOG_LEVEL", "WARNING")
        options = ["--concurrency", "2", "--loglevel", level, "--without-gossip", "--without-mingle"]
        command = python(*CELERY, "worker", *options)
        return self._spawn(command, LOG_LEVEL=level, C_FORCE_ROOT="1")

    def _spawn_beat(self) -> subprocess.Popen[bytes]:
        level = self.env.get("LOG_LEVEL", "WARNING")
        schedule = self.home.path / "beat-{}.{}".format(*sys.version_info[:2])
        options = ["--loglevel", level, "--schedule", str(schedule), "--pidfile", ""]
        command = python(*CELERY, "beat", *options)
        return self._spawn(command, LOG_LEVEL=level)

    def _web_answers(self, web: Child) -> bool:
        if web.process is None or web.process.poll() is not None:
            return False
        connection = http.client.HTTPConnection(reachable(self.host), self.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        return False

    def _welcome(self) -> None:
        from django.conf import settings

        if not settings.configured:
            settings.configure(USE_I18N=False)  # the roles in English, without loading the whole product

        from marketplace.demo_accounts import DEMO_ACCOUNTS

        bold = self.screen.styled
        lines = ["", bold(f"  Jalon is at {self.address}/", 1) + "   (Ctrl-C stops everything)", ""]
        wide = max(len(email) for _, email, _ in DEMO_ACCOUNTS)
        role_wide = max(len(str(role)) for role, _, _ in DEMO_ACCOUNTS)
        lines += [
            f"    {role!s:<{role_wide}}  {email:<{wide}}  {password}"
            for role, email, password in DEMO_ACCOUNTS
        ]
        lines += [
            "",
            f"    Mail it sends   {self.address}/__mail__/",
            f"    Administration  {self.address}/admin/",
        ]
        lines += [f"    Logs            {os.path.relpath(self.home.logs, os.getcwd())}/", ""]
        self.screen.write("\n".join(lines))


def _child_of(service: Service) -> Child:
    return Child(service.name, service.spawn, stop_signal=service.stop_signal)


def reachable(host: str) -> str:
    """Where a server that listens on ``host`` is found from here."""
    return "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there, and nobody answers there under the name ``localhost``."""
    for family, address in ((socket.AF_INET, host), (socket.AF_INET6, "::1")):
        if family == socket.AF_INET6 and not _has_ipv6():
            continue
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
