"""Finding experts: what may be asked, who answers, and an expert as a list shows them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.files.storage import default_storage
from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from accounts import languages
from accounts.models import ExpertProfile, ExpertProfileQuerySet, TimeOff
from accounts.queries import trades
from marketplace.kernel import clock

SEARCH_CONFIG = "french_unaccent"
"""The dictionary of experts' texts, which `offers` creates."""
SENIORITIES = {"5": 5, "10": 10, "20": 20, "30": 30}
"""Years of experience at least."""


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; an empty value asks nothing. Rates in cents a day, excluding tax."""

    text: str = ""
    skill: str = ""
    sector_id: int | None = None
    min_years: int = 0
    max_rate_cents: int | None = None
    language: str = ""
    is_available: bool = False
    sort: str = ""


SORTS: dict[str, tuple[Any, ...]] = {
    "rating": ("-standing", "-completed_count", "-pk"),
    "orders": ("-completed_count", "-standing", "-pk"),
    "years": ("-years_of_experience", "-standing", "-pk"),
    "rate": (F("daily_rate_cents").asc(nulls_last=True), "-standing", "-pk"),
    "new": ("-approved_at", "-pk"),
}


def away() -> Exists:
    """Whether an expert is off today, for queries over profiles."""
    return Exists(TimeOff.objects.on(clock.today()).filter(expert=OuterRef("user")))


def found(wanted: Wanted) -> ExpertProfileQuerySet:
    """The listed experts who answer, in the order asked: by default the best match, else the best standing."""
    experts = ExpertProfile.objects.listed()
    if wanted.text:
        query = SearchQuery(wanted.text, config=SEARCH_CONFIG, search_type="websearch")
        experts = experts.filter(search=query)
    if wanted.skill:
        experts = experts.filter(skills__contains=[wanted.skill])
    if wanted.sector_id:
        experts = experts.filter(sectors=wanted.sector_id)
    if wanted.min_years:
        experts = experts.filter(years_of_experience__gte=wanted.min_years)
    if wanted.max_rate_cents is not None:
        experts = experts.filter(daily_rate_cents__lte=wanted.max_rate_cents)
    if wanted.language:
        experts = experts.filter(languages__contains=[wanted.language])
    if wanted.is_available:
        experts = experts.exclude(availability=ExpertProfile.Availability.CLOSED).exclude(away())
    if wanted.text and not wanted.sort:
        query = SearchQuery(wanted.text, config=SEARCH_CONFIG, search_type="websearch")
        return experts.order_by(SearchRank(F("search"), query).desc(), "-standing", "-pk")
    return experts.order_by(*SORTS.get(wanted.sort, SORTS["rating"]))


@dataclass(frozen=True)
class Counts:
    """How many experts would answer with another value of one filter, all else as asked."""

    by: dict[str, Counter[str]]

    def count(self, facet: str, value: str = "") -> int:
        """``skill``, ``sector`` (its key), ``language``, ``years`` (at least) or ``available``; empty values ask nothing."""
        if facet == "years":
            return sum(n for years, n in self.by["years"].items() if int(years) >= int(value or 0))
        if facet == "available":
            return self.by["available"]["1"]
        return self.by[facet][value]


def counts(wanted: Wanted) -> Counts:
    """What each filter would leave. One query."""
    free = Case(
        When(away() | Q(availability=ExpertProfile.Availability.CLOSED), then=Value("")), default=Value("1")
    )
    facets = {
        "skill": (replace(wanted, skill=""), Func(F("skills"), function="unnest", output_field=TextField())),
        "language": (
            replace(wanted, language=""),
            Func(F("languages"), function="unnest", output_field=TextField()),
        ),
        "sector": (replace(wanted, sector_id=None), Cast("sectors", TextField())),
        "years": (replace(wanted, min_years=0), Cast("years_of_experience", TextField())),
        "available": (replace(wanted, is_available=False), Cast(free, TextField())),
    }
    first, *others = (
        found(asked)
        .order_by()
        .annotate(facet=Value(name, CharField()), value=value)
        .values_list("facet", "value")
        .annotate(n=Count("pk"))
        for name, (asked, value) in facets.items()
    )
    by: dict[str, Counter[str]] = {name: Counter() for name in facets}
    for facet, value, n in first.union(*others, all=True):
        by[facet][value or ("0" if facet == "years" else "")] += n
    return Counts(by)


@dataclass(frozen=True)
class ExpertCard:
    """An expert as a list shows them: plain values."""

    pk: int
    user_id: int
    slug: str
    first_name: str
    last_name: str
    avatar: str
    headline: str
    city: str
    skills: list[str]
    languages: list[str]
    years: int
    daily_rate_cents: int | None
    availability: str
    rating_sum: int
    rating_count: int
    completed_count: int
    recommendation_count: int
    barred_since: datetime | None
    is_away: bool

    def get_absolute_url(self) -> str:
        return reverse("expert_profile", args=[self.slug])

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def avatar_url(self) -> str:
        return default_storage.url(self.avatar) if self.avatar else ""

    @property
    def rating_avg(self) -> float | None:
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    @property
    def skill_words(self) -> list[str]:
        """The first four skills, in the language of the page."""
        return trades.shown(self.skills[:4])

    @property
    def more_skills(self) -> int:
        return max(0, len(self.skills) - 4)

    @property
    def language_words(self) -> list[str]:
        return [languages.shown(name) for name in self.languages]

    @property
    def is_verified(self) -> bool:
        """Whether they may sell today, as ``ExpertProfile.may_sell`` says of those who are listed."""
        return self.barred_since is None

    @property
    def presence(self) -> str:
        """``away``, or what the expert says: ``open``, ``busy``, ``closed``."""
        return "away" if self.is_away else self.availability


_COLUMNS = (
    "pk",
    "user_id",
    "slug",
    "user__first_name",
    "user__last_name",
    "user__avatar",
    "headline",
    "city",
    "skills",
    "languages",
    "years_of_experience",
    "daily_rate_cents",
    "availability",
    "rating_sum",
    "rating_count",
    "completed_count",
    "recommendation_count",
    "barred_since",
    "is_away",
)


def cards(experts: ExpertProfileQuerySet) -> list[ExpertCard]:
    """The cards of some experts, in one query."""
    return [ExpertCard(*row) for row in experts.annotate(is_away=away()).values_list(*_COLUMNS)]


def cards_of(pks: Iterable[int]) -> list[ExpertCard]:
    """The cards of the accounts that are still listed, in the order given."""
    order = {pk: place for place, pk in enumerate(pks)}
    if not order:
        return []
    return sorted(
        cards(ExpertProfile.objects.listed().filter(user__in=order)), key=lambda card: order[card.user_id]
    )
