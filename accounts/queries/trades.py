"""The curated words of the trade: what is known, how it is spelled, what a mistyped word may have meant."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Func, QuerySet
from django.db.models.expressions import F
from django.utils.translation import get_language

from accounts.models import ExpertProfile, Sector, Skill

KEY = "accounts:trades"
USED_KEY = "accounts:used-words"
KEPT_FOR = 600


class Word(NamedTuple):
    """A curated skill or sector, as lists and filters need it."""

    pk: int
    slug: str
    name_fr: str
    name_en: str
    synonyms: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_fr

    @property
    def all_words(self) -> tuple[str, ...]:
        return (self.name_fr, self.name_en, *self.synonyms)


def folded(text: str) -> str:
    """A word as it is compared: no accents, no capitals, single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def skills() -> list[Word]:
    return _words()[0]


def sectors() -> list[Word]:
    return _words()[1]


def _words() -> tuple[list[Word], list[Word]]:
    """Both lists in the order of their names; they change slowly, so they are kept for ten minutes."""
    kept: tuple[list[Word], list[Word]] | None = cache.get(KEY)
    if kept is None:
        kept = (_read(Skill.objects.all()), _read(Sector.objects.all()))
        cache.set(KEY, kept, KEPT_FOR)
    return kept


def _read(words: QuerySet[Any]) -> list[Word]:
    return [
        Word(pk, slug, name_fr, name_en, tuple(synonyms))
        for pk, slug, name_fr, name_en, synonyms in words.values_list(
            "pk", "slug", "name_fr", "name_en", "synonyms"
        )
    ]


def forget() -> None:
    """Let the next page read the lists again: staff changed them."""
    cache.delete_many([KEY, USED_KEY])


def known_skill(text: str) -> Word | None:
    """The curated skill that a word means, under whichever of its names."""
    asked = folded(text)
    return next((word for word in skills() if asked in map(folded, word.all_words)), None)


def spelled(typed: Iterable[str]) -> list[str]:
    """Skills as typed, the known ones under their curated French name, each once."""
    kept: dict[str, str] = {}
    for text in typed:
        word = known_skill(text)
        name = word.name_fr if word else text
        kept.setdefault(folded(name), name)
    return list(kept.values())


def shown(names: Iterable[str]) -> list[str]:
    """Stored skills in the language of the page, where the curated list knows them."""
    if not (get_language() or "").startswith("en"):
        return list(names)
    english = {word.name_fr: word.name_en for word in skills()}
    return [english.get(name, name) for name in names]


def meant(text: str) -> str:
    """What a mistyped search may have meant, its words set right from the curated lists; empty when nothing is near."""
    vocabulary = {
        folded(part): part
        for word in (*skills(), *sectors())
        for whole in word.all_words
        for part in (whole, *whole.replace("'", " ").replace("’", " ").split())
        if len(part) > 3
    }
    asked = folded(text)
    if whole := get_close_matches(asked, vocabulary, n=1, cutoff=0.8):
        return vocabulary[whole[0]] if whole[0] != asked else ""
    parts = [
        vocabulary[near[0]]
        if len(part) > 3
        and part not in vocabulary
        and (near := get_close_matches(part, vocabulary, n=1, cutoff=0.75))
        else part
        for part in asked.split()
    ]
    return " ".join(parts) if [folded(part) for part in parts] != asked.split() else ""


def used() -> tuple[list[str], list[str]]:
    """Skills and languages of the listed experts, the most frequent first. Kept for ten minutes."""
    kept: tuple[list[str], list[str]] | None = cache.get(USED_KEY)
    if kept is None:
        kept = (_frequent("skills", 40), _frequent("languages", 20))
        cache.set(USED_KEY, kept, KEPT_FOR)
    return kept


def _frequent(column: str, number: int) -> list[str]:
    rows = (
        ExpertProfile.objects.listed()
        .order_by()
        .annotate(word=Func(F(column), function="unnest"))
        .values_list("word")
        .annotate(n=Count("pk"))
        .order_by("-n", "word")[:number]
    )
    return [word for word, _n in rows]
