"""Public pages are read from a copy of the database when there is one; nothing else is."""

import pytest
from django.db import OperationalError, connections
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

PAGES = ("catalogue", "experts", "search_suggestions")


@pytest.fixture
def copy(transactional_db, settings):
    """A second door to the same database stands for a copy that is never behind."""
    settings.DATABASES = {**settings.DATABASES, "replica": {}}
    settings.DATABASE_ROUTERS = ["marketplace.kernel.replica.Router"]
    connections["replica"] = connections["default"].copy()
    yield connections["replica"]
    connections["replica"].close()
    del connections["replica"]


def read_from(copy, client, path):
    with CaptureQueriesContext(copy) as there, CaptureQueriesContext(connections["default"]) as here:
        assert client.get(path).status_code == 200
    return len(there), len(here)


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_who_is_not_signed_in_reads_the_copy_and_others_do_not(
    copy, client, expert, offer, buyer, monkeypatch
):
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

    # and a copy that is away is done without
    client.logout()
    execute = CursorWrapper.execute

    def away(cursor, *args, **kwargs):
        if cursor.db is copy:
            raise OperationalError("the copy is away")
        return execute(cursor, *args, **kwargs)

    monkeypatch.setattr(CursorWrapper, "execute", away)
    assert offer.title in client.get(offer.get_absolute_url()).content.decode()
