"""The cache, the queue or the disk is away: people go on, and nothing is half done."""

import errno
from unittest.mock import Mock

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import reverse
from kombu.exceptions import OperationalError

from marketplace.beat import Leadership
from marketplace.kernel.errands import Errand
from marketplace.kernel.storage import PrivateStorage
from messaging.models import Mail
from orders.models import OrderEvent
from tests import factories

AWAY = {
    "default": {
        "BACKEND": "marketplace.kernel.steady_cache.SteadyCache",
        "LOCATION": "unix:///no/such/valkey.sock",
    }
}


@pytest.fixture
def no_cache(settings):
    with override_settings(CACHES=AWAY):
        yield caches["default"]


def test_a_cache_that_is_away_is_an_empty_one(no_cache):
    no_cache.set("a", 1)

    assert no_cache.get("a", "nothing") == "nothing"
    assert no_cache.get_many(["a"]) == {}
    assert no_cache.set_many({"a": 1}) == ["a"]
    assert no_cache.add("lock", 1), "nobody waits for a lock that nobody holds"
    assert not no_cache.delete("a")
    with pytest.raises(ValueError, match="not found"):
        no_cache.incr("a")


def test_people_stay_signed_in_and_go_on_without_the_cache(active_order, no_cache):
    buyer = active_order.buyer
    browser = Client()
    browser.force_login(buyer)

    assert browser.get("/").status_code == 200
    assert browser.get(reverse("order", args=[active_order.public_id])).status_code == 200
    said = browser.post(reverse("order_message", args=[active_order.public_id]), {"body": "Bonjour"})
    assert said.status_code == 302
    assert active_order.conversation.messages.filter(body="Bonjour").exists()
    assert SessionStore(browser.session.session_key).exists(browser.session.session_key)


def test_an_act_succeeds_while_the_queue_is_down_and_a_sweep_finds_what_it_owes(
    active_order, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(Errand, "delay", Mock(side_effect=OperationalError("no queue")))

    with django_capture_on_commit_callbacks(execute=True):
        factories.start(active_order)

    assert factories.fresh(active_order).is_started
    assert OrderEvent.objects.get(order=active_order, kind="started").announced_at is None
    assert not Mail.objects.filter(sent_at=None, key__contains="started").exists()


def test_a_full_disk_is_told_and_nothing_is_delivered(active_order, client_of, monkeypatch):
    order = factories.start(active_order)
    full = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr(PrivateStorage.__base__, "_save", full)

    answer = client_of(order.expert).post(
        reverse("order_deliver", args=[order.public_id]),
        {"note": "Voici le plan.", "files": factories.a_file()},
        follow=True,
    )

    assert "Nous ne pouvons pas recevoir de fichiers" in answer.content.decode()
    order = factories.fresh(order)
    assert (order.state, order.delivered_count) == ("active", 0)


# Beat


def test_of_two_beats_one_leads_and_the_other_takes_its_place(db):
    first, second = Leadership(), Leadership()

    assert first.held()
    assert not second.held()
    assert first.held(), "asked again it still leads"

    first._session.close()  # its process died, or lost the database
    assert second.held()
    assert not first.held()
    second.give_up()


def test_without_a_database_nobody_leads(monkeypatch):
    import psycopg

    monkeypatch.setattr("marketplace.beat.psycopg.connect", Mock(side_effect=psycopg.OperationalError))
    monkeypatch.setattr("marketplace.beat.connection", Mock(get_connection_params=dict))

    assert not Leadership().held()
