"""The words of notifications: each kind is registered once, by the app that knows what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel import clock
from marketplace.kernel.money import format_money


@dataclass(frozen=True)
class Words:
    """A notification's sentences, lazily translated. ``%(name)s`` takes the event's parameters.

    ``title`` is the fact, ``body`` what to do and by when, ``action`` the button's label.
    """

    title: Any
    body: Any
    action: Any


_registry: dict[str, Words] = {}


def register(kind: str, words: Words) -> None:
    """Give a kind of notification its words. Saying it twice is a mistake."""
    if kind in _registry:
        raise ValueError(f"{kind} already has its words")
    _registry[kind] = words


def of(kind: str) -> Words:
    """The sentences of a kind, before its parameters are filled in."""
    return _registry[kind]


def kinds() -> list[str]:
    return sorted(_registry)


@dataclass(frozen=True)
class Rendered:
    title: str
    body: str
    action: str


def render(kind: str, params: Mapping[str, Any]) -> Rendered:
    """Write a notification in the active language.

    Parameters ending in ``_cents`` are shown as money and those ending in ``_at`` (ISO 8601) as a date and
    time of Paris, under the name without that ending.
    """
    words = _registry[kind]
    spoken = dict(params)
    for name, value in params.items():
        if name.endswith("_cents"):
            spoken[name.removesuffix("_cents")] = format_money(int(value))
        elif name.endswith("_at"):
            spoken[name.removesuffix("_at")] = clock.in_words(datetime.fromisoformat(value)) if value else "–"
    return Rendered(
        title=str(words.title) % spoken, body=str(words.body) % spoken, action=str(words.action) % spoken
    )
