"""Offers in lists, drawn once.

A card says the same thing to everybody in one language, so its HTML depends on nothing but its values: it is
remembered under them, and a page of twenty-four costs twenty-four look-ups. Nothing has to be forgotten: an offer
that changes has other values.
"""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from offers.queries import Card

register = template.Library()


@lru_cache(maxsize=4096)
def _drawn(card: Card, language: str | None, level: int, eager: bool) -> str:
    return get_template("components/offer_card.html").render({"offer": card, "level": level, "eager": eager})


@register.simple_tag
def offer_cards(cards: Iterable[Card], level: int = 3, eager: int = 0) -> SafeString:
    """A grid of cards: ``level`` of their titles, ``eager`` pictures of the first row loaded at once."""
    language = get_language()
    drawn = [_drawn(card, language, level, place < eager) for place, card in enumerate(cards)]
    return format_html('<div class="grid-cards">{}</div>', mark_safe("".join(drawn)))
