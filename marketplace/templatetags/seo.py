"""What search engines and social networks read of a page."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

ENGLISH = "/en"
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def page_addresses(path: str) -> SafeString:
    """The one address of a page, and the same page in each language. ``path`` may carry a page number."""
    plain = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
    french, english = f"{settings.SITE_URL}{plain}", f"{settings.SITE_URL}{ENGLISH}{plain}"
    own = english if path != plain else french
    return format_html(
        '<link rel="canonical" href="{}"><link rel="alternate" hreflang="fr" href="{}">'
        '<link rel="alternate" hreflang="en" href="{}"><link rel="alternate" hreflang="x-default" href="{}">',
        own,
        french,
        english,
        french,
    )


@register.simple_tag
def shared_as(
    title: str, description: str = "", path: str = "", image: str = "", kind: str = "website"
) -> SafeString:
    """How a link to the page looks where it is shared (Open Graph). ``image`` is an address, 1200 by 630 at best."""
    drawn = image or static("img/share.png")
    url = drawn if drawn.startswith("http") else f"{settings.SITE_URL}{drawn}"
    locale = "en_GB" if (get_language() or "").startswith("en") else "fr_FR"
    words = [
        ("og:site_name", settings.SITE_NAME),
        ("og:type", kind),
        ("og:locale", locale),
        ("og:title", title),
        ("og:description", description),
        ("og:url", f"{settings.SITE_URL}{path}" if path else ""),
        ("og:image", url),
    ]
    drawn_words = "".join(
        format_html('<meta property="{}" content="{}">', *pair) for pair in words if pair[1]
    )
    return mark_safe(f'{drawn_words}<meta name="twitter:card" content="summary_large_image">')


@register.simple_tag
def linked_data(*things: dict[str, Any] | None) -> SafeString:
    """Facts in the vocabulary of schema.org, as JSON-LD that cannot end its own element."""
    said = [{"@context": "https://schema.org", **thing} for thing in things if thing]
    return mark_safe(
        "".join(
            f'<script type="application/ld+json">{json.dumps(thing, ensure_ascii=False).translate(_ESCAPED)}</script>'
            for thing in said
        )
    )
