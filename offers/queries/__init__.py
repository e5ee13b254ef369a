"""Reads across this app's models, as pages need them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import connections
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Count,
    Q,
)
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import ExpertProfile
from marketplace.kernel import near, replica, rules
from marketplace.kernel.compiled import Compiled
from marketplace.kernel.money import from_ttc
from offers.models import (
    Offer,
    OfferQuerySet,
    SearchEntry,
    Term,
    delivery_words,
)
from offers.queries import finding

SHELVES_KEY = "offers:shelves:named"
POPULAR_KEY = "offers:popular"
PICKED_KEY = "offers:picked"
SIMILAR_KEY = "offers:similar"
MOST_PICKED = 400
"""How many of the best rated offers the home page looks through for some with a picture."""
ENOUGH_TO_COMPARE = 5
"""Offers needed before a usual price means something."""


# --- Categories and what stands in them --------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """A category as navigation shows it, with how many offers of each kind the public finds in it.

    ``lowest`` is the smallest price of each kind, in cents.
    """

    pk: int
    slug: str
    name_fr: str
    name_en: str
    description_fr: str
    description_en: str
    icon: str
    counts: dict[str, int] = field(default_factory=dict)
    lowest: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.name_en if _in_english() else self.name_fr

    @property
    def description(self) -> str:
        return self.description_en if _in_english() else self.description_fr

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


class Shelves(list[Shelf]):
    """All of them, in their order. ``names`` tells one list from another wherever categories are only named."""

    names: str = ""


def categories() -> Shelves:
    """All categories in their order, with their counts. They change slowly, so they are kept for a minute."""
    return near.kept(SHELVES_KEY, _shelves, seconds=60)


def _shelves() -> Shelves:
    found: dict[int, Shelf] = {}
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute(_SHELVES)
        for *columns, kind, count, lowest in cursor.fetchall():
            shelf = found.setdefault(columns[0], Shelf(*columns))
            if kind:
                shelf.counts[kind] = count
                shelf.lowest[kind] = lowest
    shelves = Shelves(found.values())
    shelves.names = repr([(shelf.slug, shelf.name_fr, shelf.name_en) for shelf in shelves])
    return shelves


_SHELVES = """
    SELECT c.id, c.slug, c.name_fr, c.name_en, c.description_fr, c.description_en, c.icon, e.kind, e.n, e.lowest
    FROM offers_category c LEFT JOIN (
        SELECT category_id, kind, count(*) AS n, min(price_cents) AS lowest FROM offers_searchentry GROUP BY 1, 2
    ) AS e ON e.category_id = c.id
    ORDER BY c.position, c.id
"""


def lowest_price(shelves: Iterable[Shelf], kind: str) -> int | None:
    """The smallest price of a kind over all categories, in cents."""
    return min((shelf.lowest[kind] for shelf in shelves if kind in shelf.lowest), default=None)


def forget() -> None:
    """Let the next page count again: offers went on or off sale."""
    near.forget(SHELVES_KEY, POPULAR_KEY, PICKED_KEY)
    finding.forget()


# --- Cards --------------------------------------------------------------------------------------------------------


class Card(NamedTuple):
    """An offer as a list shows it: plain values, so that equal cards are drawn once (see ``offer_cards``)."""

    pk: int
    slug: str
    kind: str
    title: str
    cover: str
    price_cents: int
    delivery_days: int
    call_minutes: int | None
    rating_sum: int
    rating_count: int
    expert_id: int
    first_name: str
    last_name: str
    avatar: str
    expert_verified: bool = True

    def get_absolute_url(self) -> str:
        return reverse("offer", args=[self.pk, self.slug])

    @property
    def cover_url(self) -> str:
        return default_storage.url(self.cover) if self.cover else ""

    @property
    def expert_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def expert_initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def expert_avatar_url(self) -> str:
        return default_storage.url(self.avatar) if self.avatar else ""

    @property
    def rating_avg(self) -> float | None:
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    @property
    def delivery_label(self) -> str:
        return delivery_words(self.kind, self.delivery_days, self.call_minutes)


_CARD_COLUMNS = (
    "pk",
    "slug",
    "kind",
    "title",
    "cover",
    "price_cents",
    "delivery_days",
    "call_minutes",
    "rating_sum",
    "rating_count",
    "expert_id",
    "expert__first_name",
    "expert__last_name",
    "expert__avatar",
)


def cards(offers: OfferQuerySet) -> list[Card]:
    """The cards of some published offers, in one query."""
    return [Card(*row) for row in offers.values_list(*_CARD_COLUMNS)]


def cards_of(ids: list[int]) -> list[Card]:
    """The cards of these offers in this order, without those no longer on sale. One query, or none for nothing."""
    if not ids:
        return []
    found = {row[0]: Card(*row) for row in _CARDS_OF.rows_of(ids)}
    return [found[pk] for pk in ids if pk in found]


def cards_at_hand(ids: list[int]) -> list[Card]:
    """The same for pages many people ask for: up to two seconds old."""
    return near.held(("cards", *ids), lambda: cards_of(ids))


_CARDS_OF = Compiled(
    lambda pk: Offer.objects.published().filter(pk__in=[pk]).order_by().values_list(*_CARD_COLUMNS)
)


def best_rated_first(offers: OfferQuerySet) -> OfferQuerySet:
    """By mean rating, pulled towards four stars while reviews are few; those without any come last."""
    return offers.order_by("-entry__stars", "-entry__rating_count", "-entry")


def picked(number: int = 4) -> list[Card]:
    """The best rated offers with a picture, one an expert, among the first few hundred; kept for a minute."""

    def find() -> list[Card]:
        best = SearchEntry.objects.order_by("-stars", "-rating_count", "-offer")[:MOST_PICKED]
        pictured = Offer.objects.published().filter(pk__in=best.values("offer")).exclude(cover="")
        candidates = cards(best_rated_first(pictured)[: number * 4])
        return list({card.expert_id: card for card in reversed(candidates)}.values())[::-1][:number]

    return near.kept(PICKED_KEY, find, seconds=60)


def popular_words(number: int = 4) -> list[str]:
    """The keywords that most offers carry: words that a search is sure to find. Kept for ten minutes."""

    def find() -> list[str]:
        carried = Term.objects.filter(is_phrase=True, uses__gt=0).order_by("-uses", "folded")
        return list(carried.values_list("text", flat=True)[:number])

    return near.kept(POPULAR_KEY, find, seconds=600)


class Similar(NamedTuple):
    """Offers beside another. Two with the same print show the same cards."""

    cards: list[Card]
    print: str


def similar(offer: Offer, number: int = 4) -> Similar:
    """Other offers of the same category, the most ordered first: four at most. Those of a category are kept for a minute."""

    def read() -> Similar:
        key = f"{SIMILAR_KEY}:{offer.category_id}"
        rows = near.kept(key, lambda: _SIMILAR.rows(offer.category_id), seconds=60)
        cards = [card for card in (Card(*row) for row in rows) if card.pk != offer.pk][:number]
        return Similar(cards, blake2b(repr(cards).encode(), digest_size=16).hexdigest())

    return near.held((SIMILAR_KEY, offer.pk, offer.category_id), read)


_SIMILAR = Compiled(
    lambda category: (
        Offer.objects.published()
        .filter(category_id=category)
        .order_by("-completed_count", "-pk")
        .values_list(*_CARD_COLUMNS)[:5]
    )
)


# --- Reviews ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reviews:
    """How the published reviews of an offer or of an expert spread."""

    counts: dict[int, int]

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def average(self) -> float | None:
        """The mean, for display only."""
        total = sum(stars * n for stars, n in self.counts.items())
        return round(total / self.count, 1) if self.count else None

    @property
    def rows(self) -> list[dict[str, int]]:
        """From five stars to one, each with its share in per cent."""
        return [
            {
                "stars": stars,
                "count": self.counts.get(stars, 0),
                "percent": round(100 * self.counts.get(stars, 0) / self.count) if self.count else 0,
            }
            for stars in (5, 4, 3, 2, 1)
        ]


def spread(reviews: Any) -> Reviews:
    """Count some reviews by number of stars, in one query."""
    return Reviews(dict(_spread(reviews)))


def _spread(reviews: Any) -> Any:
    return reviews.published().of_experts().order_by().values_list("rating").annotate(Count("pk"))


# --- Prices -------------------------------------------------------------------------------------------------------


def price_without_tax(cents: int, expert: ExpertProfile) -> int | None:
    """A price less VAT, in cents, or ``None`` when the expert charges no VAT."""
    return from_ttc(cents, rules.VAT_BP).ht if expert.vat_regime == expert.VatRegime.REGISTERED else None


class _UsualRange(Aggregate):
    """The prices between which eight offers in ten stand. Actual prices, so whole cents."""

    function = "percentile_disc"
    template = "%(function)s(ARRAY[0.1, 0.9]::float8[]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(BigIntegerField())


@dataclass(frozen=True)
class UsualPrices:
    """Between which prices, in cents, most offers of a category stand, and over how many that was seen."""

    low_cents: int
    high_cents: int
    count: int


def usual_prices(category_id: int | None, kind: str, *, without: int | None = None) -> UsualPrices | None:
    """What others ask in a category for this kind of offer, or ``None`` while too few exist to compare."""
    if not category_id:
        return None
    seen = (
        SearchEntry.objects.filter(Q(category_id=category_id), Q(kind=kind))
        .exclude(offer=without or 0)
        .aggregate(count=Count("*"), range=_UsualRange("price_cents"))
    )
    if seen["count"] < ENOUGH_TO_COMPARE:
        return None
    low, high = seen["range"]
    return UsualPrices(low, high, seen["count"])
