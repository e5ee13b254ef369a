"""A connection kept for the next request is looked at without asking PostgreSQL, and let go once its server is gone."""

import select

import pytest
from django.db import connections
from django.db.backends.postgresql import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh():
    opened = []

    def connect():
        wrapper = connections.create_connection("default")
        wrapper.connect()
        opened.append(wrapper)
        return wrapper

    yield connect
    for wrapper in opened:
        wrapper.close()


def hears_something(wrapper) -> bool:
    waiting = select.poll()
    waiting.register(wrapper.connection.fileno(), select.POLLIN)
    return bool(waiting.poll(5_000))


def test_a_silent_connection_is_used_without_a_query(fresh, monkeypatch):
    kept = fresh()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: pytest.fail("the server was asked"))

    assert kept.is_usable()


def test_a_connection_whose_server_was_ended_is_not_used_again(fresh):
    kept, other = fresh(), fresh()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [kept.connection.info.backend_pid])
    assert hears_something(kept)

    assert not kept.is_usable()
    kept.close()
    assert not kept.is_usable()


def test_a_connection_on_which_something_else_waits_is_asked_and_used(fresh, monkeypatch):
    kept, other = fresh(), fresh()
    asked, ask = [], base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: asked.append(self) or ask(self))
    with kept.cursor() as cursor:
        cursor.execute("LISTEN somebody")
    with other.cursor() as cursor:
        cursor.execute("NOTIFY somebody")
    assert hears_something(kept)

    assert kept.is_usable()
    assert asked == [kept]
