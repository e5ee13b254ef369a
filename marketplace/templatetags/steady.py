"""Parts of pages that are the same for everybody are drawn once for each language, and kept."""

import re
from contextvars import ContextVar
from itertools import count
from threading import Lock
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 256
"""Versions of one part that are kept; the oldest goes when another comes."""
MOST_WRITTEN = 750_000
"""Characters of one part that are kept, 1.5 MB for most: some fifteen pages of offers."""

_MARK = re.compile("\ue000([0-9]+)\ue001")
_drawing: ContextVar[bool] = ContextVar("a steady part is being drawn", default=False)
_live: dict[str, "LiveNode"] = {}
_numbers = count()


class SteadyNode(template.Node):
    """Keeps what it drew, as text and live parts in turn. The store belongs to the node, so a template read again starts empty."""

    def __init__(self, nodelist: NodeList, varying: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.varying = varying
        self.kept: dict[tuple[Any, ...], list[str]] = {}
        self.written = 0
        self.lock = Lock()

    def render(self, context: Context) -> SafeString:
        if _drawing.get():
            return self.nodelist.render(context)
        values = [part.resolve(context, ignore_failures=True) for part in self.varying]
        if None in values:
            return self.nodelist.render(context)
        key = (get_language(), *map(str, values))
        drawn = self.kept.get(key)
        if drawn is None:
            drawn = self._drawn(context)
            self._keep(key, drawn)
        if len(drawn) == 1:
            return mark_safe(drawn[0])
        return mark_safe(
            "".join(
                _live[piece].nodelist.render(context) if place % 2 else piece
                for place, piece in enumerate(drawn)
            )
        )

    def _keep(self, key: tuple[Any, ...], drawn: list[str]) -> None:
        with self.lock:
            self.written += _length(drawn) - _length(self.kept.pop(key, []))
            self.kept[key] = drawn
            while len(self.kept) > 1 and (len(self.kept) > MOST_KEPT or self.written > MOST_WRITTEN):
                self.written -= _length(self.kept.pop(next(iter(self.kept))))

    def _drawn(self, context: Context) -> list[str]:
        before = _drawing.set(True)
        try:
            return _MARK.split(self.nodelist.render(context))
        finally:
            _drawing.reset(before)


def _length(drawn: list[str]) -> int:
    return sum(map(len, drawn))


class LiveNode(template.Node):
    """Leaves its place empty in a part that is kept, to be filled each time the part is shown."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.number = str(next(_numbers))
        _live[self.number] = self

    def render(self, context: Context) -> SafeString:
        return mark_safe(f"\ue000{self.number}\ue001") if _drawing.get() else self.nodelist.render(context)


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """``{% steady site_name user.is_expert %}…{% endsteady %}``: drawn once for each language and these values.

    Nothing personal may stand inside, and nothing that the values do not tell: no name, no token, no count. A value
    that is ``None`` says that this time nothing may be kept.
    """
    varying = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist, varying)


@register.tag
def live(parser: Parser, token: Token) -> LiveNode:
    """``{% live %}{% csrf_token %}{% endlive %}`` inside a steady part: drawn anew for whoever reads the page.

    It reads what the page gives, not what the steady part sets on the way (``with``, ``for``, ``include … with``).
    """
    nodelist = parser.parse(("endlive",))
    parser.delete_first_token()
    return LiveNode(nodelist)
