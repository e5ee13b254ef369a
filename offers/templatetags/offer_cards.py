"""Offers in lists, drawn once.

A card says the same thing to everybody in one language, but for its heart, so its HTML depends on nothing but its
values and the state of the heart: it is remembered under them, and a page of twenty-four costs twenty-four look-ups.
Nothing has to be forgotten: an offer that changes has other values.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from offers import keeping
from offers.queries import Card

register = template.Library()

BACK = "--back--"
"""Stands in kept cards for the page a visitor comes back to after signing in."""


@lru_cache(maxsize=8192)
def _drawn(card: Card, language: str | None, level: int, eager: bool, heart: str) -> str:
    return get_template("components/offer_card.html").render(
        {"offer": card, "level": level, "eager": eager, "heart": heart, "back": BACK}
    )


@register.simple_tag(takes_context=True)
def offer_cards(context: Any, cards: Iterable[Card], level: int = 3, eager: int = 0) -> SafeString:
    """A grid of cards: ``level`` of their titles, ``eager`` pictures of the first row loaded at once.

    Each has its heart, but one's own offers. All the hearts of a page share one form and cost one query.
    """
    language, request = get_language(), context["request"]
    signed_in = request.user.is_authenticated
    kept = keeping.kept_on(request)[0] if signed_in else frozenset()

    def heart(card: Card) -> str:
        if not signed_in:
            return "out"
        if card.expert_id == request.user.pk:
            return ""
        return "kept" if card.pk in kept else "free"

    html = "".join(
        _drawn(card, language, level, place < eager, heart(card)) for place, card in enumerate(cards)
    )
    if not signed_in:
        return format_html(
            '<div class="grid-cards">{}</div>',
            mark_safe(html.replace(BACK, quote(request.get_full_path(), safe=""))),
        )
    form = get_template("offers/hearts.html").render(
        {"csrf_token": context.get("csrf_token"), "back": request.get_full_path()}
    )
    is_first = not hasattr(request, "hearts_drawn")
    request.hearts_drawn = True
    return format_html(
        '{}<div class="grid-cards" hx-include="#hearts" hx-swap="outerHTML">{}</div>',
        mark_safe(form) if is_first else "",
        mark_safe(html),
    )
