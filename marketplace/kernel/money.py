"""Whole cents, split and shown without ever losing one. No float comes near."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language

NBSP = "\u00a0"
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*")


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest whole, ties away from zero."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((abs(numerator) * 2 + denominator) // (denominator * 2))


def share(amount_cents: int, rate_bp: int) -> int:
    """The part of an amount that a rate in basis points (1 000 = 10 %) stands for, in cents."""
    return half_up(amount_cents * rate_bp, 10_000)


@dataclass(frozen=True)
class Taxed:
    """An amount and the tax inside it: ``ht + vat == ttc``, all in cents."""

    ht: int
    vat: int

    @property
    def ttc(self) -> int:
        return self.ht + self.vat


def from_ttc(ttc_cents: int, vat_bp: int) -> Taxed:
    """Split a price that includes tax; the two parts always add up to it."""
    ht = half_up(ttc_cents * 10_000, 10_000 + vat_bp)
    return Taxed(ht=ht, vat=ttc_cents - ht)


def from_ht(ht_cents: int, vat_bp: int) -> Taxed:
    """Add tax to a price that excludes it."""
    return Taxed(ht=ht_cents, vat=share(ht_cents, vat_bp))


def split(amount_cents: int, weights: list[int]) -> list[int]:
    """Cut an amount by weights; every part but the last is rounded half up, the last takes the rest."""
    total = sum(weights)
    parts = [half_up(amount_cents * weight, total) for weight in weights[:-1]]
    return [*parts, amount_cents - sum(parts)]


def format_money(cents: int, language: str | None = None, *, full: bool = False) -> str:
    """Write an amount as people read it: ``1 250,50 €`` or ``€1,250.50``; whole euros drop their decimals.

    ``full`` keeps two decimals always, for columns that must align.
    """
    language = (language or get_language() or "fr")[:2]
    sign = "\u2212" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    decimals = full or rest
    if language == "fr":
        figure = f"{euros:,}".replace(",", NBSP) + (f",{rest:02d}" if decimals else "")
        return f"{sign}{figure}{NBSP}€"
    figure = f"{euros:,}" + (f".{rest:02d}" if decimals else "")
    return f"{sign}€{figure}"


def parse_euros(text: str) -> int:
    """Read an amount as people type it, in cents: ``1 250,50``, ``1250.50``, ``1.250,50 €``, ``€1,250.50``.

    Raises ``ValueError`` for anything else, and for ``1.250`` or ``1,250``, which mean two different amounts.
    """
    typed = _SPACES.sub(" ", text.replace("\u2212", "-")).strip().removeprefix("€").removesuffix("€").strip()
    sign = -1 if typed.startswith("-") else 1
    typed = typed.removeprefix("-").strip().removeprefix("€").strip()
    if len(typed) > 20:
        raise ValueError(text)
    euros, mark, cents = _cut_decimals(typed)
    if mark and mark in euros:
        raise ValueError(text)
    if not re.fullmatch(r"[0-9]+", euros):
        if not _GROUPED.fullmatch(euros):
            raise ValueError(text)
        lone_mark = not mark and " " not in euros and sum(euros.count(other) for other in ".,") == 1
        if lone_mark:
            raise ValueError(text)
        euros = re.sub(r"[ .,]", "", euros)
    return sign * (int(euros) * 100 + int(cents.ljust(2, "0") or 0))


def _cut_decimals(typed: str) -> tuple[str, str, str]:
    """An amount as its euros, the mark before its one or two decimals, and those decimals."""
    found = re.fullmatch(r"(.*[0-9])([.,])([0-9]{1,2})", typed)
    return (found[1], found[2], found[3]) if found else (typed, "", "")


def euros_to_type(cents: int, language: str | None = None) -> str:
    """An amount as it stands in a text box: ``1250,50`` in French, ``1250.50`` in English; no sign, no grouping."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    mark = "," if (language or get_language() or "fr")[:2] == "fr" else "."
    return f"{sign}{euros}{mark}{rest:02d}" if rest else f"{sign}{euros}"
