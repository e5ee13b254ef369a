"""The commands that everyone starts with: they run anywhere, leave nothing behind and say what is wrong."""

import ast
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import pytest

from marketplace.local import home as home_module
from marketplace.local.__main__ import read_env_file
from marketplace.local.home import LONGEST_SOCKET, Home
from marketplace.local.lint import pins, unmet_requirements
from marketplace.local.processes import Trouble
from marketplace.local.pytest_plugin import numbered
from marketplace.local.run import is_free
from marketplace.local.services import Lock, own_folder

ROOT = Path(__file__).parents[1]


@pytest.fixture
def as_person(monkeypatch):
    monkeypatch.setattr(home_module, "of_root", lambda: False)


def test_a_checkout_keeps_everything_in_its_own_folder(as_person):
    home = Home.of_checkout(Path("/home/claire/jalon"))

    assert home.path == home.servers == Path("/home/claire/jalon/.local")
    assert home.run.parent == home.path
    assert dj_database_url.parse(home.database_url)["HOST"] == str(home.run)
    assert home.redis_url == "unix:///home/claire/jalon/.local/run/valkey.sock?db=0"


def test_two_checkouts_share_nothing(as_person):
    one, other = (Home.of_checkout(Path(f"/home/claire/{name}")) for name in ("one", "other"))

    assert {one.servers, one.run, one.lock}.isdisjoint({other.servers, other.run, other.lock})


def test_root_keeps_the_cluster_where_nobody_can_reach_it(monkeypatch):
    monkeypatch.setattr(home_module, "of_root", lambda: True)

    home = Home.of_checkout(Path("/root/jalon"))

    assert Path("/root/jalon") not in home.cluster.parents
    assert home == Home.of_checkout(Path("/root/jalon")), "a second terminal finds the same place"


@pytest.mark.parametrize("checkout", ["/home/claire/" + "very-long-name/" * 9, "/home/claire/my café/jalon"])
def test_a_path_no_socket_can_bear_moves_to_a_short_one(as_person, checkout):
    home = Home.of_checkout(Path(checkout))

    assert len(str(home.valkey_socket)) < LONGEST_SOCKET
    assert re.fullmatch(r"[\w./+-]+", str(home.run), re.ASCII)


def test_a_folder_that_somebody_else_put_in_place_is_refused(tmp_path):
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path)

    with pytest.raises(Trouble, match="belongs to somebody else"):
        own_folder(trap)


def test_a_second_owner_is_refused_until_the_first_ends(tmp_path):
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")

    assert first.take(command="run", address="http://localhost:8000")
    assert not second.take(command="run")
    assert second.owner()["address"] == "http://localhost:8000"

    first.release()
    assert second.take(command="run")
    second.release()


LAUNCHER = """
import subprocess, sys
from pathlib import Path
from marketplace.local.processes import spawn
from marketplace.local.supervisor import Child, Supervisor

here = Path.cwd()
supervisor = Supervisor(Path(sys.argv[1]))
script = "import subprocess, sys, time; print('up', flush=True); time.sleep(60)"
for name in ("one", "two"):
    start = lambda: spawn([sys.executable, "-c", script], env={}, cwd=here, output=subprocess.PIPE)
    print(supervisor.add(Child(name, start)).process.pid, flush=True)
supervisor.forever()
supervisor.stop()
print("stopped", flush=True)
"""


def launch(logs):
    """Start a launcher with two children, and return it with their process ids."""
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(logs)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    children = [int(launcher.stdout.readline()) for _ in range(2)]
    for _ in range(2):
        assert "up" in launcher.stdout.readline()
    return launcher, children


def alive(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return status != "Z"


def wait_for(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_killed_launcher_leaves_no_survivor(tmp_path):
    launcher, children = launch(tmp_path)

    launcher.kill()
    launcher.wait()

    assert wait_for(lambda: not any(map(alive, children)))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_launcher_stops_its_children_and_succeeds(tmp_path, sign):
    launcher, children = launch(tmp_path)

    launcher.send_signal(sign)
    rest, _ = launcher.communicate(timeout=10)

    assert launcher.returncode == 0
    assert rest.strip().endswith("stopped")
    assert not any(map(alive, children))


def test_a_crashed_child_is_started_again(tmp_path):
    launcher, (first, _) = launch(tmp_path)
    try:
        os.kill(first, signal.SIGKILL)

        assert "one │ ended (SIGKILL); starting again in 0.5 s" in launcher.stdout.readline()
    finally:
        launcher.terminate()
        launcher.communicate(timeout=10)


def test_a_taken_port_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free("127.0.0.1", taken.getsockname()[1])


def test_each_test_worker_has_its_own_numbered_database():
    assert numbered("unix:///run/valkey.sock?db=0", 2) == "unix:///run/valkey.sock?db=2"
    assert numbered("redis://:secret@cache:6379/0", 3) == "redis://:secret@cache:6379/3"


def test_an_env_file_is_read_as_people_write_it(tmp_path):
    (tmp_path / ".env").write_text("# comment\nA=1\nexport B='two words'\nC=\n\nD = \"x=y\"\nnonsense\n")

    assert read_env_file(tmp_path / ".env") == {"A": "1", "B": "two words", "D": "x=y"}
    assert read_env_file(tmp_path / "absent") == {}


def test_every_variable_that_the_code_reads_is_in_the_example():
    read = re.compile(r"""(?:environ\.get|required|flag|listed|env\.get)\(\s*"([A-Z][A-Z_]+)\"""")
    sources = [*(ROOT / "marketplace").rglob("*.py"), *(ROOT / "payments").rglob("*.py")]
    used = {name for source in sources for name in read.findall(source.read_text())}
    used -= {"PATH", "NO_COLOR", "PYTEST_XDIST_WORKER", "JALON_TEST_FOLDER"}
    listed = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert used <= listed, f"missing from .env.example: {sorted(used - listed)}"


def test_the_lock_files_are_what_the_project_asks_for():
    assert unmet_requirements(ROOT) == []


def test_the_lock_files_pin_by_hash_and_name_no_host():
    for name in ("production", "development"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(pins(text)) > 20


def test_any_python_can_read_the_first_command():
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 5))


def test_help_explains_every_command_and_needs_no_environment(tmp_path):
    shutil.copy(ROOT / "dev", tmp_path)
    said = subprocess.run(
        [sys.executable, "dev", "help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    commands = re.search(r"COMMANDS := (.*)", (ROOT / "Makefile").read_text())[1].split()
    assert [name for name in commands if f"make {name} " not in said.stdout] == []
    assert os.listdir(tmp_path) == ["dev"]


def test_an_unknown_command_is_named():
    said = subprocess.run(
        [sys.executable, "dev", "fly"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert "no command `fly`" in said.stderr


def test_import_contracts_hold():
    tool = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run(
        [sys.executable, tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stdout[-3000:]


def test_the_test_servers_are_our_own(service_addresses):
    folder = os.environ["JALON_TEST_FOLDER"]

    if folder not in json.dumps(service_addresses).replace("%2F", "/"):
        pytest.skip("DATABASE_URL and REDIS_URL name other servers")
    assert Path(folder, "lock").exists()
