"""An offer in the vocabulary of schema.org, as search engines read it. Prices in euros, tax included."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from offers.models import Offer, OfferFilm, OfferImage


def product(offer: Offer, pictures: Iterable[OfferImage], film: OfferFilm | None = None) -> dict[str, Any]:
    """A product sold at one price by one person, with its rating where buyers gave one."""
    page = settings.SITE_URL + offer.get_absolute_url()
    seller = {
        "@type": "Person",
        "name": offer.expert_name,
        "url": settings.SITE_URL + offer.expert.expert_profile.get_absolute_url(),
    }
    said: dict[str, Any] = {
        "@type": ["Product", "Service"],
        "@id": page,
        "name": offer.title,
        "description": offer.description[:5_000],
        "category": offer.category.name,
        "provider": seller,
        "brand": {"@type": "Brand", "name": settings.SITE_NAME},
        "offers": {
            "@type": "Offer",
            "url": page,
            "price": f"{offer.price_cents // 100}.{offer.price_cents % 100:02d}",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock"
            if offer.is_orderable
            else "https://schema.org/OutOfStock",
            "seller": seller,
        },
    }
    images = [absolute(picture.image.url) for picture in pictures]
    if images:
        said["image"] = images
    still = absolute(film.poster.url) if film and film.poster else next(iter(images), "")
    if film and still:
        said["subjectOf"] = {
            "@type": "VideoObject",
            "name": offer.title,
            "description": offer.description[:500],
            "contentUrl": absolute(film.file.url),
            "thumbnailUrl": still,
            "uploadDate": film.created_at.isoformat(),
            "duration": f"PT{film.seconds}S",
        }
    if offer.rating_count:
        said["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": offer.rating_avg,
            "reviewCount": offer.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return said


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
    return url if url.startswith("http") else settings.SITE_URL + url
