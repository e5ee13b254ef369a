"""All that the page of an offer says, read in one query.

What was read is also what tells one drawing of the page from another: a part that is kept under ``Reading.print`` is
drawn again as soon as another word of it is read, and nothing has to be forgotten.
"""

import json
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from accounts.models import User
from marketplace.kernel import clock, near
from marketplace.kernel.compiled import DAY, SECOND, STAND_IN, Compiled
from marketplace.kernel.whole_rows import WholeRow, made
from offers.models import AddOn, Offer, OfferFilm, OfferImage, OfferQuerySet, Requirement
from offers.queries import Reviews, parts

NEWEST_REVIEWS = 3
"""Reviews that stand on the page of an offer before all of them are asked for."""
_WRITER = ("first_name", "last_name", "avatar", "closed_at", "buyer_profile__company")


class Reading(NamedTuple):
    """An offer with its expert, profile, category and film, its parts in their order, and how its reviews spread."""

    offer: Offer
    film: OfferFilm | None
    pictures: list[OfferImage]
    add_ons: list[AddOn]
    requirements: list[Requirement]
    reviews: Reviews
    writers: frozenset[int]
    """Who wrote the newest reviews, by key."""
    print: str
    """Two readings with the same print draw the same page for the same kind of visitor on the same day."""


def read(pk: int, user: Any) -> Reading | None:
    """The page of an offer for a person, or nothing when they may not open it. One query.

    What everybody may read is held for ``settings.NEAR_SECONDS``; its expert and the team always read it anew.
    """
    if user.is_authenticated and user.is_staff:
        return _read(_OF_STAFF, pk)
    try:
        reading = near.held(("page of an offer", pk), lambda: _read_shown(pk))
    except Offer.DoesNotExist:  # never held: it may be published any moment
        reading = None
    if user.is_authenticated and (reading is None or reading.offer.expert_id == user.pk):
        return _read(_OF_PEOPLE, pk, user.pk)
    return reading


def _read_shown(pk: int) -> Reading:
    reading = _read(_OF_ALL, pk)
    if reading is None:
        raise Offer.DoesNotExist(f"offer {pk} is not shown")
    return reading


def _read(query: Compiled, pk: int, *of: int) -> Reading | None:
    today = clock.today()
    rows = query.rows(pk, today, *of)
    if not rows:
        return None
    offer = query.objects(rows)[0]
    offer.expert.expert_profile.back_on = offer.expert_back_on
    films = made(OfferFilm, offer.film_rows)
    newest = [json.loads(review) for review in offer.newest_reviews]
    return Reading(
        offer,
        films[0] if films else None,
        made(OfferImage, offer.picture_rows),
        made(AddOn, offer.add_on_rows),
        made(Requirement, offer.requirement_rows),
        Reviews({each["rating"]: each["n"] for each in map(json.loads, offer.spread)}),
        frozenset(review["author"] for review in newest),
        blake2b(repr((today, rows[0])).encode(), digest_size=16).hexdigest(),
    )


def _all(offers: OfferQuerySet, pk: int, today: date) -> OfferQuerySet:
    """An offer, all that belongs to it and what its page says of its reviews."""
    reviews: Any = Offer._meta.get_field("reviews").related_model
    published = reviews.objects.filter(offer=OuterRef("pk")).published().of_experts()
    newest = {"review": WholeRow(), "author": "author_id"} | {name: f"author__{name}" for name in _WRITER}
    return (
        offers.filter(pk=pk)
        .for_page(today)
        .order_by()
        .annotate(
            film_rows=parts.rows_of(OfferFilm),
            picture_rows=parts.rows_of(OfferImage),
            add_on_rows=parts.rows_of(AddOn),
            requirement_rows=parts.rows_of(Requirement),
            spread=ArraySubquery(
                published.order_by()
                .values("rating")
                .annotate(n=Count("pk"))
                .values(row=_text(rating="rating", n="n"))
            ),
            newest_reviews=ArraySubquery(
                published.order_by("-published_at", "-pk").values(row=_text(**newest))[:NEWEST_REVIEWS]
            ),
        )
    )


def _text(**columns: Any) -> Cast:
    return Cast(JSONObject(**columns), TextField())


_OF_ALL = Compiled(lambda pk, today: _all(Offer.objects.shown(), pk, today), STAND_IN, DAY)
_OF_STAFF = Compiled(lambda pk, today: _all(Offer.objects.kept(), pk, today), STAND_IN, DAY)
_OF_PEOPLE = Compiled(
    lambda pk, today, user: _all(Offer.objects.shown() | Offer.objects.kept().of(User(pk=user)), pk, today),
    *(STAND_IN, DAY, SECOND),
)
