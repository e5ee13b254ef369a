"""The certificates that a client must hold on a contractor (articles L8222-1 and D8222-5 of the Code du travail)."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Document, User
from accounts.models.matrix import PROOFS_FOR_BUYERS, Kind, add_months, requirement_of
from accounts.queries.standing import Item, checklist, entity_of
from accounts.rules import VIGILANCE_EVERY_MONTHS, VIGILANCE_FROM_CENTS
from marketplace.kernel import clock


@dataclass(frozen=True)
class Pack:
    """The certificates of an expert that count on a day, and what is missing from the set."""

    expert: User
    on: date
    documents: tuple[Document, ...]
    missing: tuple[Item, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


OBLIGATORY = (Kind.VIGILANCE, Kind.KBIS)
"""What the law names: the certificate of vigilance and the proof of registration. The others come along."""


def is_owed(total_ht_cents: int) -> bool:
    """Whether a contract is large enough, excluding VAT and over its whole length."""
    return total_ht_cents >= VIGILANCE_FROM_CENTS


def pack_of(expert: User, on: date | None = None) -> Pack:
    """What a client may show an inspector about an expert on a day."""
    on = on or clock.today()
    items = [
        item
        for item in checklist(expert, on, entity_of(expert))
        if any(kind in PROOFS_FOR_BUYERS for kind in item.requirement.kinds)
    ]
    documents = tuple(item.accepted for item in items if item.counts and item.accepted is not None)
    obligatory = {requirement_of(kind).key for kind in OBLIGATORY}
    missing = [item for item in items if not item.counts and item.requirement.key in obligatory]
    if entity_of(expert) is None:
        missing = [item for item in checklist(expert, on) if not item.counts] or list(items)
    return Pack(expert, on, documents, tuple(missing))


def period(signed_on: date, on: date) -> int:
    """Which six months of a contract a day falls in: 0 from the signature, 1 after six months, and so on."""
    number = 0
    while add_months(signed_on, VIGILANCE_EVERY_MONTHS * (number + 1)) <= on:
        number += 1
    return number
