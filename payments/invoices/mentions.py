"""The sentences that the law wants on invoices, each with the days on which it is the right one.

They stand in ``mentions.json``: what changes in law is a new row there and a last day on the former one. Sources:
CGI ann. II art. 242 nonies A, C. com. L441-9 and L441-10 (40 € and penalties, between professionals), CGI 293 B and,
from 1 September 2026, CIBS L223-3 (franchise).
"""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "mentions.json"


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, date, date, str], ...]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        (
            row["code"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if "valid_to" in row else date.max,
            row["text"],
        )
        for row in rows
    )


def on(day: date, *codes: str, **names: str) -> list[dict[str, str]]:
    """The mentions of a day, in the order asked for. Raises ``LookupError`` for one that has no wording that day."""
    found = []
    for code in codes:
        texts = [text for known, first, last, text in _rows() if known == code and first <= day <= last]
        if not texts:
            raise LookupError(f"no wording of {code!r} on {day}")
        found.append({"code": code, "text": texts[0].format(**names) if names else texts[0]})
    return found
