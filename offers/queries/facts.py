"""An offer in the vocabulary of schema.org, as search engines read it. Prices in euros, tax included."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from marketplace.kernel.linked_data import absolute
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
