"""Public pages are read from a copy of the database when there is one; nothing else is."""

import pytest
from django.db import OperationalError, ProgrammingError, connections
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import metrics
from marketplace.kernel import near, replica
from offers.queries import page

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


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
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


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
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


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
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


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(("behind", "read"), [(0.0, True), (119.0, True), (121.0, False), (None, False)])
def test_a_copy_too_far_behind_is_not_read(copy, client, offer, monkeypatch, behind, read):
    monkeypatch.setattr(replica, "seconds_behind", lambda: behind)

    there, here = read_from(copy, client, offer.get_absolute_url())

    assert (bool(there), bool(here)) == (read, not read)


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_what_the_copy_does_not_know_yet_is_asked_of_the_first(copy, client, offer, monkeypatch):
    def not_there_yet(pk, user):
        return None if replica.alias() == replica.REPLICA else read(pk, user)

    read = page.read
    monkeypatch.setattr(page, "read", not_there_yet)

    assert client.get(offer.get_absolute_url()).status_code == 200
    assert client.get("/offers/999999/nothing/").status_code == 404


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
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


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
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
