"""Offers that say nearly the same thing (trigram similarity of PostgreSQL, pg_trgm)."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

SAME_TITLE = 0.75
SAME_TEXT = 0.85
LONG_ENOUGH = 200
"""Characters below which two descriptions may be alike by chance."""


@dataclass(frozen=True)
class Twin:
    """Another offer, and how much it is alike in per cent: the title, and the beginning of the description."""

    pk: int
    title: str
    expert: str
    title_percent: int
    text_percent: int

    @property
    def percent(self) -> int:
        return max(self.title_percent, self.text_percent)


_COLUMNS = """o.id, o.title, u.first_name || ' ' || u.last_name,
    round(100 * similarity(offers_folded(o.title), offers_folded(%(title)s)))::int,
    round(100 * similarity(left(o.description, 3000), left(%(text)s, 3000)))::int"""


def of_same_expert(expert_id: int, *, title: str, text: str, without: int | None = None) -> Twin | None:
    """The offer of this expert that is nearly the same as this one, if any; deleted ones do not count."""
    rows = _rows(
        f"""SELECT {_COLUMNS} FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id
            WHERE o.expert_id = %(expert)s AND o.status <> 'deleted' AND o.id <> %(without)s""",  # noqa: S608
        {"expert": expert_id, "without": without or 0, "title": title, "text": text},
    )
    is_long = len(text) >= LONG_ENOUGH
    close = [
        twin
        for twin in rows
        if twin.title_percent >= 100 * SAME_TITLE or (is_long and twin.text_percent >= 100 * SAME_TEXT)
    ]
    return max(close, key=lambda twin: twin.percent, default=None)


def of_others(expert_id: int, *, title: str, text: str, number: int = 3) -> list[Twin]:
    """Offers of other experts that look most like this one, for staff: by title first, then by description."""
    rows = _rows(
        f"""SELECT {_COLUMNS} FROM (
                SELECT * FROM offers_offer WHERE title %% %(title)s AND expert_id <> %(expert)s
                AND status <> 'deleted' ORDER BY similarity(title, %(title)s) DESC LIMIT 30
            ) AS o JOIN accounts_user u ON u.id = o.expert_id""",  # noqa: S608
        {"expert": expert_id, "title": title, "text": text},
    )
    return sorted(rows, key=lambda twin: -twin.percent)[:number]


def _rows(sql: str, params: dict[str, Any]) -> list[Twin]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Twin(*row) for row in cursor.fetchall()]
