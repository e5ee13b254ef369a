"""The shape of an expert and the reader of its hand-written notes."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.model import french, pieces, prose


@dataclass(frozen=True)
class Expert:
    """One expert.

    key: stable identifier; woman: for agreement in generated sentences; languages: codes, the mother
    tongue first; headline: one line under the name; bio: two paragraphs; years: of experience; vat:
    "registered" or "franchise" (no VAT charged, article 293 B); reply_hours: usual time to answer;
    status: "interim", "freelance" or "employee"; since: year of arrival on the site; category: slug of
    the main category.
    """

    key: str
    first_name: str
    last_name: str
    woman: bool
    category: str
    city: str
    languages: tuple[str, ...]
    headline: str
    bio: str
    years: int
    skills: tuple[str, ...]
    vat: str
    reply_hours: int
    status: str
    since: int

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def expert(key: str, facts: str, headline: str, skills: str, bio: str) -> Expert:
    """An expert from notes; facts: name; f or m; category; city; languages; years; VAT regime; hours
    to reply; status; year of arrival."""
    name, who, category, city, languages, years, vat, reply, status, since = facts.split("; ")
    first, _, last = name.partition(" ")
    return Expert(
        key=key,
        first_name=first,
        last_name=last,
        woman=who == "f",
        category=category,
        city=city,
        languages=tuple(languages.split()),
        headline=french(headline),
        bio=prose(bio),
        years=int(years),
        skills=pieces(skills),
        vat=vat,
        reply_hours=int(reply),
        status=status,
        since=int(since),
    )
