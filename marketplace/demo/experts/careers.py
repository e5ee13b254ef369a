"""What the forty experts did before, how they are spoken of, and the words of their trades.

`careers.txt` holds a block an expert: `# key; sectors; day rate in euros; strengths parted by slashes`, then lines:
P position, S studies (title; place; years; what), R recommendation (name; role; relation; words),
F piece of work (title; client; year; what).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from marketplace.demo.model import french

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Stage:
    """A position held, or studies; without an end it goes on."""

    kind: str
    title: str
    organisation: str
    started: int
    ended: int | None
    description: str = ""


@dataclass(frozen=True)
class Praise:
    name: str
    role: str
    relation: str
    text: str


@dataclass(frozen=True)
class Piece:
    title: str
    client: str
    year: int
    description: str


@dataclass
class Career:
    sectors: tuple[str, ...]
    rate_cents: int
    strengths: tuple[str, ...]
    stages: list[Stage] = field(default_factory=list)
    praise: list[Praise] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Term:
    """A curated word: French, English, other ways of saying it; a sector also has its slug."""

    french: str
    english: str
    synonyms: tuple[str, ...]
    slug: str = ""


@cache
def careers() -> dict[str, Career]:
    """The careers by key of expert."""
    read: dict[str, Career] = {}
    current = Career((), 0, ())
    for line in (HERE / "careers.txt").read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        match mark:
            case "#":
                key, sectors, rate, strengths = rest.split("; ")
                current = Career(
                    tuple(sectors.split()),
                    int(rate) * 100,
                    tuple(french(each) for each in strengths.split(" / ")),
                )
                read[key] = current
            case "P" | "S":
                title, place, years, *what = rest.split("; ", 3)
                started, dash, ended = years.partition("-")
                current.stages.append(
                    Stage(
                        kind="position" if mark == "P" else "studies",
                        title=french(title),
                        organisation=french(place),
                        started=int(started),
                        ended=int(ended) if ended else (None if dash else int(started)),
                        description=french(what[0]) if what else "",
                    )
                )
            case "R":
                name, role, relation, text = rest.split("; ", 3)
                current.praise.append(Praise(name, french(role), relation, french(text)))
            case "F":
                title, client, year, text = rest.split("; ", 3)
                current.pieces.append(Piece(french(title), french(client), int(year), french(text)))
    return read


@cache
def trades() -> tuple[list[Term], list[Term]]:
    """The curated skills, then the sectors."""
    skills: list[Term] = []
    sectors: list[Term] = []
    among = skills
    for line in (HERE / "trades.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            among = sectors if "sectors" in line else skills
            continue
        parts = [part.strip() for part in line.split(";")]
        slug = parts.pop(0) if among is sectors else ""
        synonyms = tuple(french(each.strip()) for each in parts[2].split(",") if each.strip())
        among.append(Term(french(parts[0]), parts[1], synonyms, slug))
    return skills, sectors
