"""What `make bench` measures pages against reads the same rows, and little else."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from marketplace.bench import door

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection():
    """A web server may close its connection between requests; the test's transaction lives on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def text_of(path: str) -> str:
    said = []
    environ = RequestFactory().get(path).environ
    parts = door.application(environ, lambda status, headers, *rest: said.append(status))
    assert said == ["200 OK"]
    return b"".join(parts).decode()


def test_bare_pages_show_the_offer_with_one_query(offer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert offer.title in text_of("/bare/listing")
    with django_assert_num_queries(1):
        assert offer.title in text_of(f"/bare/offer/{offer.pk}")


def test_the_plain_site_and_ours_list_the_offer(offer):
    assert offer.title in text_of("/plain/listing")
    assert offer.title in text_of("/offers/")
