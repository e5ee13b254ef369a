"""The pieces that sentences about an order are made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from accounts.models import User
from orders.models import Order

PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, then perhaps a moment or a length of time to be written as the page writes them."""

    words: str
    moment: datetime | None = None
    span: timedelta | None = None


@dataclass(frozen=True)
class Words:
    """A sentence with places for dates: ``Due on {due}.``, and the values that go there."""

    text: str
    values: Mapping[str, datetime | timedelta | None] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        """The sentence cut at its places. A place without a value is left out."""
        pieces = PLACE.split(self.text)
        parts = []
        for index in range(0, len(pieces), 2):
            value = self.values.get(pieces[index + 1]) if index + 1 < len(pieces) else None
            parts.append(
                Part(
                    pieces[index],
                    moment=value if isinstance(value, datetime) else None,
                    span=value if isinstance(value, timedelta) else None,
                )
            )
        return parts


@dataclass(frozen=True)
class NextStep:
    """What an order waits for. ``yours``: the person who looks is the one to act. ``act``: the first thing to do."""

    title: str
    words: Words
    tone: str = "neutral"
    icon: str = "package"
    due_at: datetime | None = None
    """When it has to be done, for lists."""
    clock: datetime | None = None
    """A moment to count down to."""
    yours: bool = False
    act: str = ""


def first_name(user: User) -> str:
    """How a person is called in a sentence."""
    return user.first_name or user.display_name


def days(order: Order) -> str:
    """The delivery time as people say it."""
    count = max(1, round(order.delivery_seconds / 86_400))
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def delay(days: int) -> str:
    """What an extra does to the delivery time; empty when it changes nothing."""
    if days > 0:
        return ngettext("%(n)s day more", "%(n)s days more", days) % {"n": days}
    if days < 0:
        return ngettext("%(n)s day sooner", "%(n)s days sooner", -days) % {"n": -days}
    return ""


def version(order: Order) -> int:
    """The number of the deliverable that is expected or was just handed over: each revision asks for one more."""
    return max(1, order.delivered_count + order.is_being_revised)
