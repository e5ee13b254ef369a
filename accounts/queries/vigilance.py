"""The certificates that a client must hold on a contractor (articles L8222-1 and D8222-5 of the Code du travail)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class Contract:
    """Work under way between a buyer and an expert: all of its price, instalments and add-ons included, without VAT.

    ``url_name`` and ``url_args`` are where its buyer takes the file of certificates.
    """

    buyer: User
    expert: User
    ht_cents: int
    signed_on: date
    title: str
    reference: str
    url_name: str
    url_args: tuple[Any, ...]
    company_id: int | None = None
    """The company account the buyer signed for: its owners read in the place of who has left it."""


Source = Callable[[User | None, User | None], Iterable[Contract]]
Sum = Callable[[int, int], int]
_sources: list[Source] = []
_sums: list[Sum] = []


def register(source: Source, total: Sum) -> None:
    """Let an app say which of its contracts run: ``source(buyer, expert)``, where ``None`` stands for everybody.

    ``total(buyer_pk, expert_pk)`` is what those of one pair come to, in cents without VAT, in one small query.
    """
    _sources.append(source)
    _sums.append(total)


def running(buyer: User | None = None, expert: User | None = None) -> list[Contract]:
    """Every contract under way, or those of one pair."""
    return [contract for source in _sources for contract in source(buyer, expert)]


def is_large(ht_cents: int) -> bool:
    """Whether a sum without VAT makes the law ask for certificates."""
    return ht_cents >= VIGILANCE_FROM_CENTS


def is_owed(buyer: User, expert: User) -> bool:
    """Whether what runs between two people, taken together, makes the law ask for certificates."""
    return is_large(sum(total(buyer.pk, expert.pk) for total in _sums))


def large_pairs() -> list[list[Contract]]:
    """The contracts under way of each pair that reaches the sum, its oldest first."""
    pairs: dict[tuple[int, int], list[Contract]] = {}
    for contract in running():
        pairs.setdefault((contract.buyer.pk, contract.expert.pk), []).append(contract)
    return [
        sorted(contracts, key=lambda contract: contract.signed_on)
        for contracts in pairs.values()
        if is_large(sum(contract.ht_cents for contract in contracts))
    ]


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
