"""What an expert may see of the place of an offer in lists."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import connections

from marketplace.kernel import replica


@dataclass(frozen=True)
class Standing:
    """The parts of an offer's place in lists: see ``offers_ranking`` for what earns them."""

    orders: int
    reviews: int
    completeness: int
    replies: int
    freshness: int

    MOST: ClassVar[dict[str, int]] = {
        "orders": 350,
        "reviews": 350,
        "completeness": 100,
        "replies": 100,
        "freshness": 100,
    }

    @property
    def total(self) -> int:
        return self.orders + self.reviews + self.completeness + self.replies + self.freshness


def standings(offer_ids: list[int]) -> dict[int, Standing]:
    """Each part of the place of these offers, by offer, as PostgreSQL works it out for lists."""
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute("SELECT * FROM offers_ranking(%s)", [offer_ids])
        return {row[0]: Standing(*row[1:]) for row in cursor.fetchall()}
