"""Searching among any number of offers: what answers, in which order, and how many answers each filter would leave.

One reading takes the offers that match the words, up to ``PROBE``. Fewer than that (nearly always), and all are
ranked and every count is exact. More, and a second reading walks down the best offers until enough of them match, as
far as ``LONGEST_WALK``; counts are then said to be "at least". Where filters leave few of many, those are taken
together instead, up to ``NARROWED``, and the best of them ranked. Full descriptions are looked at only when titles and keywords find too few,
and words are corrected, or one of them is enough, only when nothing answers at all.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import cache
from django.db import connections

from marketplace.kernel import near, replica
from offers.queries import vocabulary

PROBE = 2_000
NEAR_PROBE = 500
"""The same where no offer holds all the words: what some of them find is a suggestion, and its counts too."""
NARROWED = 8_000
"""How many of those that hold the words and pass the filters are read where the words alone find too many."""
LONGEST_WALK = 10_000
"""How many offers are passed on the way down a list in search of some with the words."""
CANDIDATES = 120
"""How many of the best offers are ranked by the words when too many match."""
DEEPEST = 1_200
"""How far down one may turn the pages of a list too long to be counted."""
FEW = 5
"""Fewer answers than this, and descriptions are looked into as well."""
MATCH_WEIGHT = 4_000
"""How much the words weigh beside the score of an offer, which goes to 1,000."""
GENERATION_KEY = "offers:generation"
BANDS = (
    (None, 50_00),
    (50_00, 150_00),
    (150_00, 500_00),
    (500_00, 1_500_00),
    (1_500_00, None),
)
"""Budgets offered at one click, in cents, both ends included."""
DELAYS = (1, 3, 7, 14)
STARS = (450, 400, 300)
ORDERS = {
    "": "score DESC, offer_id DESC",
    "rating": "stars DESC, rating_count DESC, offer_id DESC",
    "price": "price_cents, offer_id DESC",
    "-price": "price_cents DESC, offer_id",
    "delivery": "delivery_days, price_cents, offer_id DESC",
    "new": "published_at DESC, offer_id DESC",
}
LISTED_BY = {"price": "price", "-price": "price", "delivery": "delivery", "rating": "", "new": ""}
"""The filter that the index of an order knows as well; the order by score knows the category."""


@dataclass(frozen=True)
class Criteria:
    """What a visitor looks for; an empty value asks nothing. Prices in cents, delivery in days, stars in hundredths."""

    text: str = ""
    category_id: int | None = None
    kind: str = ""
    min_cents: int | None = None
    max_cents: int | None = None
    days: int | None = None
    stars: int | None = None
    language: str = ""
    available: bool = False
    sort: str = ""


@dataclass(frozen=True)
class Found:
    """One page of answers. ``counts`` says, by facet and value, how many there would be with that value instead.

    ``corrected`` are the words that were searched instead of those typed; ``is_near`` says that the answers hold
    only some of the words.
    """

    ids: list[int]
    total: int
    is_exact: bool = True
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    corrected: str = ""
    is_near: bool = False

    @property
    def reachable(self) -> int:
        """How many answers one may turn pages through."""
        return self.total if self.is_exact else min(self.total, DEEPEST)

    def count(self, facet: str, value: object = "") -> int:
        """How many answers with this value of a facet; an empty value means any."""
        return self.counts.get(facet, {}).get(str(value), 0)


def find(criteria: Criteria, *, page: int, size: int) -> Found:
    """The answers of one page, numbered from 1; a page beyond the last gives the last."""
    if criteria.text:
        return _find_words(criteria, page, size)
    asked = hashlib.sha256(repr((criteria, min(page, DEEPEST), size)).encode()).hexdigest()
    # without words, the same lists are asked for again and again: each is kept for a minute
    generation = near.kept(GENERATION_KEY, lambda: 0, seconds=86_400, everywhere=True)
    return near.kept(f"offers:found:{generation}:{asked}", _Reading(criteria, page, size).run, seconds=60)


def forget() -> None:
    """Let lists be read again: an offer went on or off sale, or changed."""
    try:
        cache.incr(GENERATION_KEY)
    except ValueError:
        cache.set(GENERATION_KEY, 1, None)
    near.forget()


def _find_words(criteria: Criteria, page: int, size: int) -> Found:
    reading = _Reading(criteria, page, size)
    found = reading.run()
    if reading.probed:
        return found
    typed = vocabulary.tokens(criteria.text)
    corrected = " ".join(reading.corrections)
    if corrected and corrected != " ".join(typed):
        again = _Reading(replace(criteria, text=corrected), page, size)
        fixed = replace(again.run(), corrected=corrected)
        return fixed if again.probed else found
    if len(typed) > 1:
        return replace(
            _Reading(replace(criteria, text=" or ".join(typed)), page, size, NEAR_PROBE).run(), is_near=True
        )
    return found


# --- One reading --------------------------------------------------------------------------------------------------


def _rated(least: str, of: str = "") -> str:
    """Whether the mean a card shows, to a tenth, reaches so many hundredths.

    ``stars`` are (sum + 20) × 100 / (count + 5), rounded down: up to 94 reviews that gives the sum back exactly, and the
    mean to a hundredth beyond.
    """
    return (
        f"({of}rating_count > 0 AND 100 * (({of}stars * ({of}rating_count + 5) + 99) / 100 - 20) "
        f">= ({least} - 5) * {of}rating_count)"
    )


TESTS = {
    "category": "e.category_id = %(category_id)s",
    "kind": "e.kind = %(kind)s",
    "price": "e.price_cents BETWEEN %(min_cents)s AND %(max_cents)s",
    "delivery": "e.delivery_days <= %(days)s",
    "rating": _rated("%(stars)s", "e."),
    "language": "%(language)s = ANY (e.languages)",
    "available": "e.available",
}


class _Reading:
    """A search as SQL, run once. ``probed`` is then how many offers match the words, filters aside.

    ``probe`` is how many are read before one stops counting.
    """

    def __init__(self, criteria: Criteria, page: int, size: int, probe: int | None = None) -> None:
        self.criteria = criteria
        self.probe = probe or PROBE
        self.probed = 0
        self.corrections: list[str] = []
        self.params: dict[str, Any] = {
            "category_id": criteria.category_id,
            "kind": criteria.kind,
            "min_cents": criteria.min_cents or 0,
            "max_cents": 2**62 if criteria.max_cents is None else criteria.max_cents,
            "days": criteria.days,
            "stars": criteria.stars,
            "language": criteria.language,
            "size": size,
            "start": (min(max(page, 1), 10**9) - 1) * size,
            "tokens": vocabulary.tokens(criteria.text),
        }
        asked = {
            "category": criteria.category_id is not None,
            "kind": bool(criteria.kind),
            "price": criteria.min_cents is not None or criteria.max_cents is not None,
            "delivery": criteria.days is not None,
            "rating": criteria.stars is not None,
            "language": bool(criteria.language),
            "available": criteria.available,
        }
        self.filters = [name for name, wanted in asked.items() if wanted]
        self.query = self._query() if criteria.text else ""

    def run(self) -> Found:
        with connections[replica.alias()].cursor() as cursor:
            cursor.execute(self._counted(), self.params)
            self.probed, total, counts, ids, corrections = cursor.fetchone()
            self.corrections = corrections or []
            if self.probed < self.probe:
                return Found(ids or [], total, counts=counts)
            if self.filters:  # few may be left of many: then they are ranked as if there had never been more
                total, ids = self._first(cursor, self._narrowed())
                if total < self.probe:
                    return Found(ids, total, counts=counts)
                if total < self.narrowed:
                    return Found(ids, self.probe, is_exact=False, counts=counts)
            reached, walked = self._first(cursor, self._walked())
            if (
                self.query and reached < self._wanted
            ):  # too far from one to the next: the best of those taken together
                if not self.filters:
                    total, ids = self._first(cursor, self._narrowed())
                walked = ids
            return Found(walked, self.probe, is_exact=False, counts=counts)

    def _first(self, cursor: Any, sql: str) -> tuple[int, list[int]]:
        cursor.execute(sql, self.params)
        number, ids = cursor.fetchone()
        return number, ids or []

    def _query(self) -> str:
        """The words in both languages and all their synonyms; nothing when they are all too common to mean anything."""
        both = []
        for number, text in enumerate(vocabulary.variants(self.criteria.text)):
            self.params[f"text_{number}"] = text
            french = f"websearch_to_tsquery('french_unaccent', %(text_{number})s)"
            english = f"websearch_to_tsquery('english_unaccent', %(text_{number})s)"
            # what both languages cut alike is asked once: asked twice, PostgreSQL expects twice the offers
            both.append(
                f"CASE WHEN numnode({french}) = 0 THEN ''::tsquery WHEN {french} = {english} THEN {french} "
                f"ELSE {french} || {english} END"
            )
        return f"({' || '.join(both)})"

    @property
    def _matching(self) -> str:
        tests = f"e.vector @@ {self.query}" if self.query else "true"
        return f"offers_searchentry e WHERE {tests}"

    def _rank(self, of: str = "e") -> str:
        if not self.query:
            return "0"
        return f"(ts_rank('{{0.05,0.2,0.6,1.0}}', {of}.vector, {self.query}, 32) * {MATCH_WEIGHT})::int"

    @property
    def _order(self) -> str:
        if (self.query and self.criteria.sort not in ORDERS) or (self.query and not self.criteria.sort):
            return "match + score DESC, offer_id DESC"
        return ORDERS.get(self.criteria.sort, ORDERS[""])

    def _but(self, facet: str = "") -> str:
        """That all filters pass, but the one of this facet."""
        return " AND ".join(f"ok_{name}" for name in self.filters if name != facet) or "true"

    def _counted(self) -> str:
        flags = "".join(f", ({TESTS[name]}) AS ok_{name}" for name in self.filters)
        bands = ", ".join(
            f"'{place}', count(*) FILTER (WHERE price_cents BETWEEN {low or 0} AND {2**62 if high is None else high})"
            for place, (low, high) in enumerate(BANDS)
        )
        days = ", ".join(f"'{n}', count(*) FILTER (WHERE delivery_days <= {n})" for n in DELAYS)
        stars = ", ".join(f"'{n}', count(*) FILTER (WHERE {_rated(str(n))})" for n in STARS)
        grouped = (
            "(SELECT json_object_agg(coalesce({value}::text, ''), n) FROM (SELECT {value}, count(*) AS n FROM matched "
            "WHERE {but} GROUP BY GROUPING SETS (({value}), ())) AS each)"
        )
        single = "(SELECT json_build_object('', count(*), {values}) FROM matched WHERE {but})"
        columns = f"""e.offer_id, e.category_id, e.kind, e.price_cents, e.delivery_days, e.stars, e.rating_count,
                    e.available, e.languages, e.score, e.published_at{", e.vector" if self.query else ""}{flags}"""
        described = f"""
                UNION ALL SELECT {columns} FROM offers_offer o JOIN offers_searchentry e ON e.offer_id = o.id
                WHERE (SELECT count(*) FROM near) < {FEW} AND o.search @@ {self.query} AND NOT e.vector @@ {self.query}
                LIMIT {self.probe}"""
        near = f"near AS MATERIALIZED (SELECT {columns} FROM offers_holding({self.query}, {self.probe}) e), "
        return f"""
            WITH {near if self.query else ""}matched AS MATERIALIZED (
                {f"SELECT * FROM near{described}" if self.query else f"SELECT {columns} FROM {self._matching} LIMIT {self.probe}"}
            ), probed AS (SELECT count(*) AS n FROM matched), answers AS MATERIALIZED (
                SELECT m.*, {self._rank("m")} AS match FROM matched m
                WHERE {self._but()} AND (SELECT n FROM probed) < {self.probe}
            ), sized AS (SELECT count(*) AS n FROM answers)
            SELECT (SELECT n FROM probed), (SELECT n FROM sized),
                json_build_object(
                    'category', {grouped.format(value="category_id", but=self._but("category"))},
                    'kind', {grouped.format(value="kind", but=self._but("kind"))},
                    'price', {single.format(values=bands, but=self._but("price"))},
                    'delivery', {single.format(values=days, but=self._but("delivery"))},
                    'rating', {single.format(values=stars, but=self._but("rating"))},
                    'language', (SELECT coalesce(json_object_agg(language, n), '{{}}') FROM (
                        SELECT language, count(*) AS n FROM matched, unnest(languages) AS language
                        WHERE {self._but("language")} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12) AS spoken),
                    'available', (SELECT json_build_object('', count(*), '1', count(*) FILTER (WHERE available))
                        FROM matched WHERE {self._but("available")})
                ),
                {self._page()},
                {f"CASE WHEN NOT EXISTS (SELECT FROM matched) THEN {self._corrected()} END" if self.query else "NULL"}
        """

    def _corrected(self) -> str:
        """The words, each in place of the nearest one that some offer holds when none holds it as it is."""
        return """(SELECT array_agg(coalesce(near.text, typed.word) ORDER BY typed.place)
            FROM unnest(%(tokens)s::text[]) WITH ORDINALITY AS typed (word, place)
            LEFT JOIN LATERAL (
                SELECT text FROM offers_term WHERE folded %% offers_folded(typed.word) AND strpos(folded, ' ') = 0
                ORDER BY similarity(folded, offers_folded(typed.word)) DESC, uses DESC, folded LIMIT 1
            ) AS near ON char_length(typed.word) > 3
                AND NOT EXISTS (SELECT 1 FROM offers_term WHERE folded = offers_folded(typed.word)))"""

    def _page(self) -> str:
        """The wanted page of ``answers``, of which ``sized`` knows the number; the last when it lies beyond."""
        return f"""(SELECT array_agg(offer_id ORDER BY place) FROM (
                    SELECT offer_id, row_number() OVER (ORDER BY {self._order}) AS place FROM answers ORDER BY place
                    LIMIT %(size)s OFFSET greatest(0, least(%(start)s,
                        ((SELECT n FROM sized) - 1) / %(size)s * %(size)s))) AS page)"""

    @property
    def _tests(self) -> str:
        return "".join(f" AND {TESTS[name]}" for name in self.filters)

    @property
    def narrowed(self) -> int:
        """Offers that hold words cost little more once the index found them; lists without words are walked anyway."""
        return max(NARROWED, self.probe) if self.query else self.probe

    @property
    def _by_words(self) -> bool:
        return bool(self.query) and not self.criteria.sort and self._start < CANDIDATES

    @property
    def _start(self) -> int:
        return min(self.params["start"], DEEPEST - self.params["size"])

    @property
    def _wanted(self) -> int:
        """How many of the best are needed to make the page."""
        return CANDIDATES if self._by_words else self._start + self.params["size"]

    def _narrowed(self) -> str:
        """Too many match the words, but the filters may leave few. Up to ``probe`` are all ranked, then the best are."""
        column = ORDERS.get(self.criteria.sort, ORDERS[""])
        return f"""
            WITH taken AS MATERIALIZED (SELECT e.* FROM {self._matching}{self._tests} LIMIT {self.narrowed}),
            held AS (SELECT count(*) AS n, count(*) >= {self.probe} AS many FROM taken),
            sized AS (SELECT CASE WHEN many THEN {DEEPEST} ELSE n END AS n FROM held), answers AS MATERIALIZED (
                SELECT e.*, CASE WHEN {self._by_words} OR NOT (SELECT many FROM held) THEN {self._rank()} ELSE 0 END AS match
                FROM (SELECT * FROM taken ORDER BY {column}
                    LIMIT CASE WHEN (SELECT many FROM held) THEN {self._wanted} END) AS e
            )
            SELECT (SELECT n FROM held), {self._page()}
        """

    def _walked(self) -> str:
        """Too many to rank: down the list as it is kept, until enough offers match; the first are ranked by words."""
        column = ORDERS.get(self.criteria.sort, ORDERS[""])
        self.params["start"] = self._start
        order = "match + score DESC, offer_id DESC" if self._by_words else column
        source = self._matching
        if self.query:
            begun = [
                TESTS[name] for name in self.filters if name == LISTED_BY.get(self.criteria.sort, "category")
            ]
            source = f"""(
                    SELECT * FROM offers_searchentry e WHERE {" AND ".join(begun) or "true"}
                    ORDER BY {_of_entry(column)} LIMIT {LONGEST_WALK}) AS e WHERE e.vector @@ {self.query}"""
        return f"""
            WITH walked AS MATERIALIZED (
                SELECT e.*, {self._rank() if self._by_words else "0"} AS match FROM {source}{self._tests}
                ORDER BY {_of_entry(column)} LIMIT {self._wanted}
            )
            SELECT (SELECT count(*) FROM walked), (SELECT array_agg(offer_id ORDER BY place) FROM (
                    SELECT offer_id, row_number() OVER (ORDER BY {order}) AS place FROM walked ORDER BY place
                    LIMIT %(size)s OFFSET %(start)s) AS page)
        """


def _of_entry(order: str) -> str:
    return ", ".join(f"e.{part.strip()}" for part in order.split(","))
