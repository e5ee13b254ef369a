"""What searches and suggestions cost the database, at whatever size the catalogue has."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from marketplace.bench.measure import Row, database_spent
from offers.models import SearchEntry
from offers.queries import finding, vocabulary
from offers.queries.finding import Criteria, find

SEARCHES = {
    "common word": Criteria(text="plan"),
    "two words": Criteria(text="plan trésorerie"),
    "rare words": Criteria(text="non-concurrence notaires Limoges"),
    "misspelt word": Criteria(text="trésoreire"),
    "common word, filtered": Criteria(text="plan", max_cents=300_00, days=7, stars=400),
    "filters alone": Criteria(max_cents=300_00, days=7, sort="price"),
}
TYPED = ("pl", "tre", "aud", "recrut", "contra", "bus")


def measure(runs: int) -> list[Row]:
    """The 95th percentile of each search, facets and ranking included, and of suggestions."""
    number = SearchEntry.objects.count()
    bound = 30.0 if number <= 200_000 else 50.0
    rows = [
        _row(f"search in {number} offers: {name}", partial(_search, criteria), runs, bound)
        for name, criteria in SEARCHES.items()
    ]
    rows.append(
        _row(
            "suggestions while typing",
            lambda: [vocabulary.suggestions(typed) for typed in TYPED],
            runs,
            10.0,
            len(TYPED),
        )
    )
    return rows


def _search(criteria: Criteria) -> object:
    finding.forget()
    return find(criteria, page=1, size=24)


def _row(what: str, act: Callable[[], object], runs: int, bound: float, times: int = 1) -> Row:
    """``times`` is how many searches an act makes. Time of the database: its processor's, else the clock's."""
    for _ in range(12):
        act()
    taken = []
    for _ in range(max(runs, 20)):
        begun, since = database_spent(), time.perf_counter()
        act()
        spent, by_clock = database_spent(), (time.perf_counter() - since) * 1_000
        taken.append((by_clock if begun is None or spent is None else spent - begun) / times)
    high = statistics.quantiles(taken, n=20)[-1]
    return Row(what, f"{high:.1f} ms p95", f"{bound:g} ms", high / bound, 1.0)
