"""Public pages are read from a copy of the database when there is one; nothing else is."""

import contextlib
import socket
import threading
import time

import pytest
from django.db import OperationalError, ProgrammingError, connections
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import metrics
from marketplace.kernel import hurried, near, replica
from marketplace.kernel.hurried.base import DatabaseWrapper
from offers.queries import page
from tests.test_guard import under_production

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
PAGES = ("catalogue", "experts", "search_suggestions")


@pytest.fixture
def copy(transactional_db, settings):
    """A second door to the same database stands for a copy that is never behind."""
    settings.DATABASES = {**settings.DATABASES, "replica": {}}
    settings.DATABASE_ROUTERS = ["marketplace.kernel.replica.Router"]
    connections["replica"] = connections["default"].copy()
    replica.seen.forget()
    yield connections["replica"]
    replica.seen.forget()
    connections["replica"].close()
    del connections["replica"]


def read_from(copy, client, path):
    with CaptureQueriesContext(copy) as there, CaptureQueriesContext(connections["default"]) as here:
        assert client.get(path).status_code == 200
    return len(there), len(here)


def test_who_is_not_signed_in_reads_the_copy_and_others_do_not(copy, client, expert, offer, buyer):
    pages = [
        *map(reverse, PAGES),
        offer.get_absolute_url(),
        reverse("expert_profile", args=[expert.expert_profile.slug]),
    ]
    for path in pages:
        there, here = read_from(
            copy, client, f"{path}?q=plan" if path == reverse("search_suggestions") else path
        )
        assert there, path
        assert not here, f"{path} asked the first database"

    client.force_login(buyer)
    for path in pages:
        there, here = read_from(copy, client, path)
        assert (bool(here), there) == (True, 0), path


def test_a_copy_that_is_away_is_done_without_and_not_asked_for_each_page(copy, client, offer, monkeypatch):
    execute = CursorWrapper.execute
    asked = []

    def away(cursor, *args, **kwargs):
        if cursor.db is copy:
            asked.append(args)
            raise OperationalError("the copy is away")
        return execute(cursor, *args, **kwargs)

    monkeypatch.setattr(CursorWrapper, "execute", away)
    for _page in range(3):
        assert offer.title in client.get(offer.get_absolute_url()).content.decode()
    assert len(asked) == 1

    monkeypatch.setattr(replica.seen, "until", 0.0)
    client.get(offer.get_absolute_url())
    assert len(asked) == 2, "it is looked at again"


def test_a_page_on_which_the_copy_fails_is_made_again_from_the_first(copy, client, offer, monkeypatch):
    assert replica.seen.usable()
    execute = CursorWrapper.execute

    def behind_a_migration(cursor, *args, **kwargs):
        if cursor.db is copy:
            raise ProgrammingError("no such column yet")
        return execute(cursor, *args, **kwargs)

    monkeypatch.setattr(CursorWrapper, "execute", behind_a_migration)

    assert offer.title in client.get(offer.get_absolute_url()).content.decode()
    assert not replica.seen.usable()


@pytest.mark.parametrize(("behind", "read"), [(0.0, True), (119.0, True), (121.0, False), (None, False)])
def test_a_copy_too_far_behind_is_not_read(copy, client, offer, monkeypatch, behind, read):
    monkeypatch.setattr(replica, "seconds_behind", lambda: behind)

    there, here = read_from(copy, client, offer.get_absolute_url())

    assert (bool(there), bool(here)) == (read, not read)


def test_what_the_copy_does_not_know_yet_is_asked_of_the_first(copy, client, offer, monkeypatch):
    def not_there_yet(pk, user):
        return None if replica.alias() == replica.REPLICA else read(pk, user)

    read = page.read
    monkeypatch.setattr(page, "read", not_there_yet)

    assert client.get(offer.get_absolute_url()).status_code == 200
    assert client.get("/offers/999999/nothing/").status_code == 404


def test_what_was_read_from_the_copy_is_never_kept_for_who_reads_the_first(copy):
    """An expert who just published must not be shown what a visitor read from a late copy."""

    def here():
        return near.kept("replica:test", lambda: replica.alias(), seconds=60)

    mark = replica._reading.set(True)
    try:
        assert here() == "replica"
    finally:
        replica._reading.reset(mark)
    assert here() == "default"

    near.forget("replica:test")
    mark = replica._reading.set(True)
    try:
        assert near.kept("replica:test", lambda: "anew", seconds=60) == "anew"
    finally:
        replica._reading.reset(mark)
        near.forget("replica:test")


def test_a_monitor_sees_how_far_it_is_behind(copy, monkeypatch):
    assert metrics._replica() == 0

    def away():
        raise OperationalError("away")

    monkeypatch.setattr(replica, "seconds_behind", lambda: 7.5)
    assert metrics._replica() == 7.5
    monkeypatch.setattr(replica, "seconds_behind", lambda: None)
    assert metrics._replica() == -1
    monkeypatch.setattr(replica, "seconds_behind", away)
    assert metrics._replica() == -1


# A copy that hangs


class Wire:
    """What lies between the site and its copy. Cut, it takes in everything and gives nothing back, as a hung machine does."""

    def __init__(self, target):
        self.target, self.is_cut, self.calls = target, False, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                near_end, _ = self.door.accept()
                self.calls += 1
                far_end = socket.socket(socket.AF_UNIX if isinstance(self.target, str) else socket.AF_INET)
                far_end.connect(self.target)
                for pair in ((near_end, far_end), (far_end, near_end)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source, goal):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.is_cut:
                    goal.sendall(data)
            goal.close()


@pytest.fixture
def wire(copy, monkeypatch):
    """The copy stands behind a wire, and is waited for half a second."""
    monkeypatch.setattr(hurried, "PATIENCE", 0.5)
    said = copy.get_connection_params()
    folder, port = said.get("host", ""), said.get("port") or 5432
    wire = Wire(f"{folder}/.s.PGSQL.{port}" if folder.startswith("/") else (folder or "127.0.0.1", int(port)))
    settings = {**copy.settings_dict, "HOST": "127.0.0.1", "PORT": wire.port}
    settings["OPTIONS"] = {**settings["OPTIONS"], "connect_timeout": 2}
    connections["replica"] = DatabaseWrapper(settings, "replica")
    yield wire
    connections["replica"].close()
    wire.door.close()


def timed(client, path):
    began = time.monotonic()
    assert client.get(path).status_code == 200
    return time.monotonic() - began


def test_a_copy_that_hangs_costs_one_short_wait_and_is_left_alone(client, offer, wire):
    path = f"{reverse('search_suggestions')}?q=plan"
    timed(client, path)
    assert wire.calls == 1

    wire.is_cut = True

    assert 0.5 <= timed(client, path) < 2, "one wait, then the first"
    assert not replica.seen.usable()
    assert replica.seen.until - time.monotonic() > 4
    assert timed(client, path) < 0.5, "it is not waited for again"
    assert wire.calls == 1


def test_what_was_asked_in_time_does_not_hang_the_line_up(client, offer, wire):
    path = f"{reverse('search_suggestions')}?q=plan"
    timed(client, path)
    connection = connections["replica"].connection

    timed(client, path)

    assert connections["replica"].connection is connection
    assert not connection.closed


def test_a_copy_that_hangs_is_looked_at_again_and_read_once_it_is_back(client, offer, wire, monkeypatch):
    path = f"{reverse('search_suggestions')}?q=plan"
    wire.is_cut = True
    took = timed(client, path)
    assert 1.9 < took < 4, "a line is waited for two seconds"
    assert replica.seen.until - time.monotonic() > replica.TIMES_WAITED * 1.5

    wire.is_cut = False
    monkeypatch.setattr(replica.seen, "until", 0.0)

    with CaptureQueriesContext(connections["replica"]) as there:
        timed(client, path)
    assert len(there)


def test_a_page_shares_its_patience_among_its_queries(wire):
    """A copy that answers, slowly, each of many queries does not make a page wait for their sum."""

    def many():
        with hurried.patience(), connections["replica"].cursor() as cursor:
            for _query in range(20):
                cursor.execute("SELECT pg_sleep(0.2)")

    began = time.monotonic()
    with pytest.raises(OperationalError):
        many()

    assert time.monotonic() - began < 1
    assert connections["replica"].connection.closed


def test_a_machine_that_vanished_is_called_for_two_seconds(client, offer, wire):
    """Nothing answers at its address, not even to refuse: a door whose queue is full lets calls ring."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf, contextlib.ExitStack() as callers:
        for _call in range(3):
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        connections["replica"].settings_dict["PORT"] = deaf.getsockname()[1]

        took = timed(client, offer.get_absolute_url())

    assert 1.9 < took < 4
    assert not replica.seen.usable()


def test_the_copy_of_production_is_reached_in_a_hurry():
    done = under_production(
        "-c",
        "import django; django.setup();"
        "from django.db import connections as c; from marketplace.kernel.hurried.base import DatabaseWrapper as D;"
        "assert isinstance(c['replica'], D) and not isinstance(c['default'], D);"
        "assert c['replica'].get_connection_params()['connect_timeout'] == 2",
        REPLICA_URL="postgresql://copy/jalon",
    )

    assert done.returncode == 0, done.stderr


def test_a_monitor_waits_no_longer_than_a_page(wire):
    wire.is_cut = True

    began = time.monotonic()
    assert metrics._replica() == -1
    assert time.monotonic() - began < 4
