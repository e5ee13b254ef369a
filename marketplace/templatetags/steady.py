"""Parts of pages that are the same for everybody are drawn once for each language, and kept."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 256
"""Versions of one part that are kept; the oldest goes when another comes."""


class SteadyNode(template.Node):
    """Keeps what it drew. The store belongs to the node, so a template read again starts empty."""

    def __init__(self, nodelist: NodeList, varying: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.varying = varying
        self.kept: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [part.resolve(context, ignore_failures=True) for part in self.varying]
        if None in values:
            return self.nodelist.render(context)
        key = (get_language(), *map(str, values))
        drawn = self.kept.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self.kept) >= MOST_KEPT:
                oldest = list(self.kept)[0]  # noqa: RUF015  # in one piece: other threads add and drop meanwhile
                self.kept.pop(oldest, None)
            self.kept[key] = drawn
        return drawn


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
