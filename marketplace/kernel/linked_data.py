"""What any page may tell search engines of itself, in the vocabulary of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings


def trail(*places: tuple[str, str]) -> dict[str, Any]:
    """The way down to a page: names and paths, from the top."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": settings.SITE_URL + path}
            for place, (name, path) in enumerate(places, 1)
        ],
    }


def questions(rows: Iterable[tuple[str, str]]) -> dict[str, Any] | None:
    """Questions and their answers, or nothing when there are none."""
    asked = [
        {
            "@type": "Question",
            "name": question,
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        }
        for question, answer in rows
    ]
    return {"@type": "FAQPage", "mainEntity": asked} if asked else None


def absolute(url: str) -> str:
    """An address with our own in front, unless it has one."""
    return url if url.startswith("http") else settings.SITE_URL + url
