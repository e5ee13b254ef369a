"""The figures of offers that a page written by staff may quote."""

from messaging import pages
from offers.queries.standings import Standing


@pages.quote
def scores() -> dict[str, str]:
    """The most points each part of the score of an offer gives, and their sum."""
    most = {f"score_{part}": str(points) for part, points in Standing.MOST.items()}
    return {**most, "score_total": str(sum(Standing.MOST.values()))}
