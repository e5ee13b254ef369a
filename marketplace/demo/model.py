"""The shapes of the demo data and the helpers that read hand-written French into them.

Texts are typed with a plain keyboard (straight apostrophe, ordinary spaces); `french` gives them the
typography a French reader expects. Blank lines separate paragraphs; other line breaks are spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NBSP = "\u00a0"
APOSTROPHE = "\u2019"


def french(text: str) -> str:
    """French typography: curly apostrophe, no-break space before : ; ! ? % € and inside « » and numbers."""
    text = text.replace("'", APOSTROPHE)
    text = re.sub(r" ([:;!?%€»])", NBSP + r"\1", text)
    text = text.replace("« ", "«" + NBSP)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NBSP, text)
    text = re.sub(r"(?<=\d) (?=(?:h|k€|M€|min|pt|pts|j|m²)\b)", NBSP, text)
    text = re.sub(r"(?<=\bh) (?=\d\d\b)", NBSP, text)
    return re.sub(r"\bn° ", "n°" + NBSP, text)


def prose(text: str) -> str:
    """Wrapped source text as paragraphs separated by one blank line."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(french(" ".join(paragraph.split())) for paragraph in paragraphs)


def lines(text: str) -> tuple[str, ...]:
    """One item per line. A line indented more than the first one continues the item before it."""
    rows = [row for row in text.splitlines() if row.strip()]
    if not rows:
        return ()
    margin = len(rows[0]) - len(rows[0].lstrip())
    items: list[str] = []
    for row in rows:
        if items and len(row) - len(row.lstrip()) > margin:
            items[-1] += " " + row.strip()
        else:
            items.append(row.strip())
    return tuple(french(item) for item in items)


def pieces(text: str) -> tuple[str, ...]:
    """Short texts separated by semicolons."""
    return tuple(french(piece.strip()) for piece in text.split(";") if piece.strip())


@dataclass(frozen=True)
class Cover:
    """What an image of an offer shows.

    style: name of a composition; palette: name of a palette; title: up to two lines; subtitle: one
    line; items: short labels; figures: (value, label) pairs; seed: makes the drawn data its own.
    """

    style: str
    palette: str
    title: str
    subtitle: str = ""
    items: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    seed: str = ""


def cover(
    style: str, palette: str, title: str, subtitle: str = "", items: str = "", figures: str = ""
) -> Cover:
    """A cover from short notes: items "a; b; c", figures "12 %|Marge; 3|Mois"."""
    pairs = tuple(
        (value.strip(), label.strip())
        for value, _, label in (piece.partition("|") for piece in pieces(figures))
    )
    return Cover(style, palette, french(title), french(subtitle), pieces(items), pairs, title)


@dataclass(frozen=True)
class AddOn:
    """An option of an offer. days_delta is added to the delivery time; below zero it is faster."""

    title: str
    description: str
    price_cents: int
    days_delta: int = 0


@dataclass(frozen=True)
class Faq:
    """A question buyers ask and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Offer:
    """One offer of the catalogue.

    key: stable identifier, unique; expert: key of the expert; category: slug; kind: "job", "call" or
    "question"; includes: what is received; price_cents: what the buyer pays, tax included;
    delivery_days: jobs only; duration_minutes: calls only; answer_hours: questions only; revisions:
    rounds included; requirements: what the expert needs to begin; ip_full: all rights are assigned
    on payment, else ip_text says what is licensed.
    """

    key: str
    expert: str
    category: str
    kind: str
    title: str
    includes: tuple[str, ...]
    description: str
    price_cents: int
    requirements: tuple[str, ...]
    keywords: tuple[str, ...]
    faq: tuple[Faq, ...]
    opening_message: str
    cover: Cover
    delivery_days: int | None = None
    duration_minutes: int | None = None
    answer_hours: int | None = None
    revisions: int = 2
    addons: tuple[AddOn, ...] = field(default=())
    ip_full: bool = True
    ip_text: str = ""


def _offer(
    kind: str,
    key: str,
    expert: str,
    category: str,
    title: str,
    price: int,
    *,
    includes: str,
    description: str,
    needs: str,
    keywords: str,
    faq: str,
    opening: str,
    cover: Cover,
    days: int | None = None,
    minutes: int | None = None,
    hours: int | None = None,
    revisions: int = 2,
    addons: list[tuple[str, str, int, int]] | None = None,
    licence: str = "",
) -> Offer:
    answers = lines(faq)
    return Offer(
        key=key,
        expert=expert,
        category=category,
        kind=kind,
        title=french(title),
        includes=lines(includes),
        description=prose(description),
        price_cents=price * 100,
        requirements=lines(needs),
        keywords=pieces(keywords),
        faq=tuple(
            Faq(question, answer) for question, answer in zip(answers[::2], answers[1::2], strict=True)
        ),
        opening_message=prose(opening),
        cover=cover,
        delivery_days=days,
        duration_minutes=minutes,
        answer_hours=hours,
        revisions=revisions,
        addons=tuple(AddOn(french(t), french(d), euros * 100, delta) for t, d, euros, delta in addons or ()),
        ip_full=not licence,
        ip_text=prose(licence),
    )


def job(key: str, expert: str, category: str, title: str, price: int, days: int, **texts: object) -> Offer:
    """A deliverable made in `days`, at `price` euros tax included. `faq` alternates question and answer lines."""
    return _offer("job", key, expert, category, title, price, days=days, **texts)  # type: ignore[arg-type]


def call(
    key: str, expert: str, category: str, title: str, price: int, minutes: int, **texts: object
) -> Offer:
    """A conversation of `minutes` on a defined subject."""
    return _offer("call", key, expert, category, title, price, minutes=minutes, **texts)  # type: ignore[arg-type]


def question(
    key: str, expert: str, category: str, title: str, price: int, hours: int, **texts: object
) -> Offer:
    """A written answer to one precise question within `hours`."""
    return _offer("question", key, expert, category, title, price, hours=hours, **texts)  # type: ignore[arg-type]
