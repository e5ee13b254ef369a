"""The words of notifications: each kind is registered once, by the app that knows what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.money import format_money


class Topic(models.TextChoices):
    """What a notification is about: people choose for each how they hear of it by mail."""

    ESSENTIAL = "essential", _("Money, deadlines and decisions")
    PROGRESS = "progress", _("Progress of orders")
    MESSAGE = "message", _("Messages")
    REMINDER = "reminder", _("Reminders")
    REVIEW = "review", _("Reviews")

    @property
    def about(self) -> Any:
        """What it holds, in a sentence."""
        return ABOUT[self.value]

    @property
    def is_mandatory(self) -> bool:
        """Whether its mails always leave: someone could lose money or a right by not hearing of it."""
        return self == Topic.ESSENTIAL

    @property
    def may_be_stopped(self) -> bool:
        """Whether one may receive none of it. Reminders are promised before anything happens by itself."""
        return self not in (Topic.ESSENTIAL, Topic.REMINDER)


ABOUT = {
    "essential": _(
        "Payments, refunds, deliverables to check, requests with a date to answer, disputes, your account. "
        "Always sent: a right or a sum may depend on it."
    ),
    "progress": _("Work started, brief completed, what the other party answered."),
    "message": _("What others write to you, in an order or a conversation."),
    "reminder": _(
        "An answer, a start or a transfer we are still waiting for. They cannot be stopped: the terms promise "
        "them. A date less than 36 hours away is always told at once."
    ),
    "review": _("Reviews received, published, answered."),
}


@dataclass(frozen=True)
class Words:
    """A notification's sentences, lazily translated. ``%(name)s`` takes the event's parameters.

    ``title`` is the fact, ``body`` what to do and by when, ``action`` the button's label.
    """

    title: Any
    body: Any
    action: Any


_registry: dict[str, Words] = {}
_topics: dict[str, Topic] = {}


def register(kind: str, words: Words, *, topic: Topic | None = None) -> None:
    """Give a kind of notification its words. Saying it twice is a mistake.

    Without a topic its mails always leave: only what nobody loses by not hearing of may be turned off. Kinds named
    ``reminder_…`` are reminders, which may be gathered but not stopped.
    """
    if kind in _registry:
        raise ValueError(f"{kind} already has its words")
    _registry[kind] = words
    _topics[kind] = topic or (Topic.REMINDER if kind.startswith("reminder_") else Topic.ESSENTIAL)


def topic_of(kind: str) -> Topic:
    """What a kind is about."""
    return _topics.get(kind, Topic.ESSENTIAL)


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
    time of Paris, under the name without that ending. Those ending in ``_in`` hold a moment and a zone, which
    is named: ``["2026-11-24T09:00+00:00", "America/New_York"]``.
    """
    words = _registry[kind]
    spoken = dict(params)
    for name, value in params.items():
        if name.endswith("_cents"):
            spoken[name.removesuffix("_cents")] = format_money(int(value))
        elif name.endswith("_at"):
            spoken[name.removesuffix("_at")] = clock.in_words(datetime.fromisoformat(value)) if value else "–"
        elif name.endswith("_in") and value:
            moment, zone = value
            spoken[name.removesuffix("_in")] = clock.in_words(datetime.fromisoformat(moment), zone)
    return Rendered(
        title=str(words.title) % spoken, body=str(words.body) % spoken, action=str(words.action) % spoken
    )
