"""`./dev topology`: the site as it is deployed, without containers. Needs nginx (Debian: `apt install nginx-light`).

Two web processes behind nginx with the configuration of `deploy/`, two workers, two beats, PostgreSQL, Valkey. An order is
walked through the proxy, its private file is sent by nginx, and a web process and the leading beat die meanwhile. A copy of the
database follows it; visitors read it, and it is held up and killed. Where PgBouncer is installed (Debian: `apt install
pgbouncer`), web processes and workers reach PostgreSQL through it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import requests

from marketplace.local.home import of_root
from marketplace.local.processes import Trouble
from marketplace.local.supervisor import Child
from tests.faults import journeys, standby, switches
from tests.faults.people import PDF, Person, Unreachable
from tests.faults.site import Site

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NO_NGINX = "nginx is not installed here. On Debian and Ubuntu: apt install nginx-light; or name it: NGINX_PROGRAM=/path/to/nginx."


TOO_MUCH = 200
"""Megabytes; a web process should take 150, some ten more with the libraries of development: see docs/scaling.md."""

POOL = """[databases]
* = host={run} port=5432 user=jalon
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
"""
"""Fewer servers than threads that ask, so that every server is lent to several of them."""


def find(program: str) -> str:
    """A program of the system, or an empty string."""
    named = os.environ.get(f"{program.upper()}_PROGRAM") or program
    return shutil.which(named, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def adapted(folder: Path, ports: list[int], listen: int, mime_types: Path) -> str:
    """The configuration of production with the names of containers replaced by places of this machine, and no more."""
    servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=2 fail_timeout=5s;" for port in ports)
    text = CONFIGURATION.read_text()
    for pattern, put in (
        (r" +server web:8000 resolve [^;]*;", servers),
        (r" +resolver [^;]*;\n", ""),
        (r"listen 8080;", f"listen 127.0.0.1:{listen};"),
        (r"(?<=[ \"])/tmp/", f"{folder}/nginx-"),
        (r"/srv(?=[;/])", str(folder)),
        (r"access_log /dev/stdout", f"access_log {folder}/nginx.log"),
        (r"/etc/nginx/mime\.types", str(mime_types)),
    ):
        text, count = re.subn(pattern, put, text)
        if not count:
            raise Trouble(f"deploy/nginx.conf no longer holds {pattern!r}: adapt {__file__}.")
    return ("user root;\n" if of_root() else "") + "daemon off;\n" + text


class Topology(Site):
    """The site with nginx in front."""

    def __init__(self, folder: Path, nginx: str) -> None:
        super().__init__(folder, PRIVATE_FILES_ACCEL="/_private/", BEHIND_PROXY="1", TRUSTED_PROXIES="1")
        self.nginx = nginx
        self.proxy = f"http://127.0.0.1:{self.proxy_port}"
        self.env["SITE_URL"] = self.proxy
        self.direct: dict[str, str] = {}

    def start_proxy(self) -> None:
        mime = next((path for path in self._mime_types() if path.exists()), None)
        if mime is None:
            mime = self.folder / "mime.types"
            mime.write_text(
                "types { text/html html; text/css css; application/javascript js; application/pdf pdf; }"
            )
        path = self.folder / "nginx.conf"
        path.write_text(adapted(self.folder, self.ports, self.proxy_port, mime))
        said = subprocess.run(
            [self.nginx, "-t", "-c", str(path)], capture_output=True, text=True, check=False
        )
        if said.returncode:
            raise Trouble(f"nginx refuses its configuration:\n{said.stderr}")
        self.children["proxy"] = self.supervisor.add(
            Child("proxy", lambda: self.spawn([self.nginx, "-c", str(path)]), signal.SIGQUIT, muted=True)
        )
        self.wait(lambda: self.answers(self.proxy_port), "nginx")

    def start_pool(self, pgbouncer: str) -> None:
        """Put a pool before PostgreSQL for all that starts from now on, but for beats: a leader holds its session."""
        direct, port = self.env["DATABASE_URL"], self.proxy_port + 1
        path = self.folder / "pgbouncer.ini"
        path.write_text(POOL.format(run=self.home.run, port=port))
        path.chmod(0o644)
        user = ["-u", "nobody"] if of_root() else []
        self.children["pool"] = self.supervisor.add(
            Child("pool", lambda: self.spawn([pgbouncer, *user, str(path)]), signal.SIGINT, muted=True)
        )
        self.direct = {"DATABASE_URL": direct, "DATABASE_POOLED": "0"}
        name = direct.rpartition("/")[2]
        self.env |= {
            "DATABASE_URL": f"postgresql://jalon@127.0.0.1:{port}/{name}",
            "DATABASE_POOLED": "1",
            "DATABASE_PREPARED": "0",
        }

    def _beat(self, number: int) -> subprocess.Popen[bytes]:
        pooled = self.env
        self.env = pooled | self.direct
        try:
            return super()._beat(number)
        finally:
            self.env = pooled

    def _mime_types(self) -> list[Path]:
        return [Path("/etc/nginx/mime.types"), Path(self.nginx).parents[2] / "etc/nginx/mime.types"]

    def log(self, name: str) -> str:
        return (self.home.logs / f"{name}.log").read_text(errors="replace")


class Walk:
    """The steps, each of which holds or raises."""

    def __init__(self, site: Topology, pair: dict[str, str]) -> None:
        self.site = site
        self.buyer, self.expert = Person([site.proxy], pair["buyer"]), Person([site.proxy], pair["expert"])
        self.journey = journeys.Journey(journeys.FULL_ROAD, "topology", pair, self.buyer, self.expert)

    def _until(self, patience: float = 90) -> None:
        end = time.monotonic() + patience
        while True:
            try:
                if self.journey.step():
                    return
            except Unreachable:
                pass
            if time.monotonic() > end:
                raise Trouble("the order does not come to its end")
            self.site.turn(0.1)

    def order(self) -> str:
        self._until()
        return f"{self.buyer.asked + self.expert.asked} requests"

    def both_web_processes_serve(self) -> str:
        counts = {
            name: len(re.findall(r"\"(?:GET|POST) /", self.site.log(name))) for name in ("web1", "web2")
        }
        _hold(min(counts.values()) > 2, f"one of them is idle: {counts}")
        return ", ".join(f"{name} {count}" for name, count in counts.items())

    def private_file(self) -> str:
        room = self.buyer.open(f"/orders/{self.journey.order}/")
        links = room.attribute("//a[starts-with(@href,'/deliverables/')]/@href")
        _hold(bool(links), "the room shows no file")
        path = re.sub(r"^https?://[^/]+", "", links[0])
        through = self.buyer.session.get(self.site.proxy + path, timeout=10)
        behind = self.buyer.session.get(self.site.doors[0] + path, timeout=10)
        _hold(through.status_code == 200 and through.content == PDF, f"{path}: {through.status_code}")
        _hold("X-Accel-Redirect" not in through.headers, "visitors see where the file lies")
        inside = behind.headers.get("X-Accel-Redirect", "")
        _hold(inside.startswith("/_private/") and not behind.content, "the web process sent the bytes itself")
        stranger = requests.get(self.site.proxy + path, timeout=10, allow_redirects=False)
        _hold(stranger.status_code in (302, 404), f"a stranger is answered {stranger.status_code}")
        outside = requests.get(self.site.proxy + inside, timeout=10)
        _hold(outside.status_code == 404, f"{inside} is open to everybody: {outside.status_code}")
        return "sent by nginx, and only after the site said yes"

    def figures_stay_inside(self) -> str:
        _hold(requests.get(f"{self.site.proxy}/metrics", timeout=10).status_code == 404, "/metrics is open")
        lines = (self.site.folder / "nginx.log").read_text().splitlines()
        _hold(not any(self.journey.order in line for line in lines), "paths are in nginx's log")
        _hold(all("request_id" in json.loads(line) for line in lines), "a line without its request_id")
        return f"{len(lines)} lines without a path"

    def a_web_process_dies(self) -> str:
        self.site.kill("web1")
        answers = [requests.get(f"{self.site.proxy}/healthz", timeout=10).status_code for _ in range(20)]
        _hold(set(answers) == {200}, f"visitors saw {sorted(set(answers))}")
        return "20 of 20 visitors were served"

    def the_leading_beat_dies(self) -> str:
        names = ["beat1", "beat2"]
        self.site.wait(lambda: any("leads" in self.site.log(name) for name in names), "a leader")
        leaders = [name for name in names if "leads" in self.site.log(name)]
        _hold(len(leaders) == 1, f"{len(leaders)} beats lead")
        other = next(name for name in names if name not in leaders)
        self.site.supervisor.children.remove(self.site.children[leaders[0]])
        self.site.kill(leaders[0])
        taken = self.site.wait(lambda: "leads" in self.site.log(other), "the other beat")
        return f"the other leads after {taken:.0f} s"

    def memory(self) -> str:
        """What the processes that answered all this took at most."""
        peaks = []
        for name in ("web1", "web2"):
            process = self.site.children[name].process
            for status in Path("/proc").glob("[0-9]*/status"):
                with suppress(OSError):
                    text = status.read_text()
                    if process and f"PPid:\t{process.pid}\n" in text:
                        peaks.append(int(text.partition("VmHWM:")[2].split()[0]) // 1024)
        _hold(bool(peaks) and max(peaks) <= TOO_MUCH, f"a web process took {max(peaks, default=0)} MB")
        return f"{max(peaks)} MB at most"

    def nothing_is_wrong(self) -> str:
        end = time.monotonic() + 60
        while True:
            lines = json.loads(self.site.run("-m", "tests.faults.verdict"))
            wrong = [each for _name, _count, found in lines for each in found]
            if not wrong or time.monotonic() > end:
                break
            self.site.turn(2)
        _hold(not wrong, "; ".join(wrong[:5]))
        return f"{len(lines)} kinds of things looked at"


def _hold(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Trouble(otherwise)


def run(folder: Path, nginx: str) -> None:
    with Topology(folder, nginx) as site:
        print(
            "Starting PostgreSQL and its copy, Valkey, two web processes, two workers, two beats and nginx…",
            flush=True,
        )
        site.start_services()
        (pair,) = json.loads(site.run("-m", "tests.faults.world", "1").splitlines()[-1])
        copy = standby.start(site)
        if pgbouncer := find("pgbouncer"):
            site.start_pool(pgbouncer)
            print("PgBouncer stands between, in transaction mode.", flush=True)
        site.env["GUNICORN_CMD_ARGS"] = "--access-logfile -"
        site.start()
        site.start_proxy()
        walk = Walk(site, pair)
        for title, step in (
            ("an order from checkout to acceptance", walk.order),
            ("both web processes serve", walk.both_web_processes_serve),
            ("a private file", walk.private_file),
            ("figures and paths stay inside", walk.figures_stay_inside),
            ("a web process is killed", walk.a_web_process_dies),
            ("the leading beat is killed", walk.the_leading_beat_dies),
            *standby.Copy(site, copy, pair, site.proxy).steps(),
            ("memory of a web process", walk.memory),
            ("ledger, orders, mails", walk.nothing_is_wrong),
        ):
            print(f"{title:<40} {step()}", flush=True)


def main() -> int:
    nginx = find("nginx")
    if not nginx:
        print(NO_NGINX)
        return 1
    folder = Path(tempfile.mkdtemp(prefix="jalon-topology-", dir="/tmp"))
    if of_root():
        folder.chmod(0o711)
    os.environ[switches.FOLDER] = str(folder)
    try:
        run(folder, nginx)
    except Trouble as trouble:
        print(f"{trouble}\nLogs: {folder / 'logs'}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
