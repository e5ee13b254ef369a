"""The heart that keeps an offer or an expert."""

from typing import Any

from django import template
from django.urls import reverse

from offers import keeping

register = template.Library()


@register.inclusion_tag("offers/heart.html", takes_context=True)
def heart(context: Any, kind: str, pk: int, name: str, back: str, labelled: bool = False) -> dict[str, Any]:
    """``{% heart "offer" offer.pk offer.title offer.get_absolute_url %}``; ``kind`` is ``offer`` or ``expert``.

    All the hearts of a page cost one query, and none for visitors, who are led to sign in and back.
    """
    request = context["request"]
    user = request.user
    kept: frozenset[int] = frozenset()
    if user.is_authenticated:
        kept = keeping.kept_on(request)[0 if kind == "offer" else 1]
    return {
        "url": reverse(f"favourite_{kind}", args=[pk]),
        "is_kept": pk in kept,
        "name": name,
        "back": back,
        "labelled": labelled,
        "signed_in": user.is_authenticated,
        "csrf_token": context.get("csrf_token"),
    }
