"""What a process holds for a moment of what the cache holds."""

import pytest
from django.core.cache import cache

from marketplace.kernel import near


@pytest.fixture(autouse=True)
def nothing_held():
    near.forget()
    yield
    near.forget()


def test_a_value_is_made_once_and_asked_of_nobody_for_a_moment(settings, monkeypatch):
    settings.NEAR_SECONDS = 2
    made = []
    monkeypatch.setattr(near.time, "monotonic", lambda: 100.0)
    assert near.kept("near:a", lambda: made.append(1) or "first", seconds=60) == "first"
    cache.set("near:a", "second")

    assert near.kept("near:a", lambda: "third", seconds=60) == "first"
    monkeypatch.setattr(near.time, "monotonic", lambda: 102.5)
    assert near.kept("near:a", lambda: "third", seconds=60) == "second"
    assert made == [1]
    near.forget("near:a")


def test_what_is_forgotten_is_made_again_at_once(settings):
    settings.NEAR_SECONDS = 60
    near.kept("near:b", lambda: "old", seconds=60)

    near.forget("near:b")

    assert near.kept("near:b", lambda: "new", seconds=60) == "new"
    near.forget("near:b")


def test_what_a_process_holds_alone_is_made_again_after_two_seconds(settings, monkeypatch):
    settings.NEAR_SECONDS = 2
    monkeypatch.setattr(near.time, "monotonic", lambda: 10.0)
    assert near.held(("x", 1), lambda: "old") == "old"
    assert near.held(("x", 1), lambda: "new") == "old"
    monkeypatch.setattr(near.time, "monotonic", lambda: 12.1)
    assert near.held(("x", 1), lambda: "new") == "new"


def test_only_so_much_is_held(settings, monkeypatch):
    settings.NEAR_SECONDS = 60
    monkeypatch.setattr(near, "MOST_HELD", 3)
    for number in range(10):
        near.kept(f"near:{number}", lambda: "x", seconds=1)
    assert len(near._held) <= 3


def test_what_is_over_is_let_go_when_many_are_held(settings, monkeypatch):
    settings.NEAR_SECONDS = 2
    monkeypatch.setattr(near, "FEW", 3)
    monkeypatch.setattr(near.time, "monotonic", lambda: 10.0)
    for number in range(5):
        near.held(("old", number), lambda: "x")
    assert len(near._held) == 5
    monkeypatch.setattr(near.time, "monotonic", lambda: 12.5)
    near.held(("new", 1), lambda: "y")

    assert len(near._held) == 1
    assert near.held(("new", 1), lambda: "z") == "y"
