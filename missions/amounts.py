"""What a quote, its instalments and its commission come to, in whole cents. Pure: numbers in, numbers out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.kernel.money import from_ht, half_up, share, split


@dataclass(frozen=True)
class Part:
    """One instalment: without VAT, its VAT, and the commission without VAT that is taken from it."""

    ht_cents: int
    vat_cents: int
    commission_ht_cents: int

    @property
    def ttc_cents(self) -> int:
        return self.ht_cents + self.vat_cents


def line_total(quantity_hundredths: int, unit_price_cents: int) -> int:
    """The price of a line, rounded once: hundredths of a unit times the price of one."""
    return half_up(quantity_hundredths * unit_price_cents, 100)


def instalments(ht_cents: int, *, percents: Sequence[int], vat_bp: int, commission_bp: int) -> list[Part]:
    """Cut a total without VAT: each part bears its own VAT, the last takes the rest, the first the whole commission.

    The total with VAT is by definition the sum of the parts, so that each of their invoices is right by itself.
    """
    parts = split(ht_cents, list(percents))
    commission = share(ht_cents, commission_bp)
    return [
        Part(part, from_ht(part, vat_bp).vat, commission if number == 0 else 0)
        for number, part in enumerate(parts)
    ]


def total_ttc(parts: Iterable[Part]) -> int:
    return sum(part.ttc_cents for part in parts)


@dataclass(frozen=True)
class Ending:
    """What an early end comes to. Exactly one of ``refund`` and ``balance`` may be more than zero.

    ``due_ht``: the work done, without VAT. ``refund_cents``: what goes back to the client, VAT included.
    ``balance_ht``: what the client still owes, without VAT. ``commission_ht``: the commission that stays.
    """

    due_ht: int
    commission_ht: int
    refund_cents: int
    balance_ht: int


def ending(
    ht_cents: int, *, percent_done: int, paid: Sequence[Part], vat_bp: int, commission_bp: int
) -> Ending:
    """Work out an early end at so many percent done, after these parts were paid.

    Raises ``ValueError`` for less than nothing or more than everything.
    """
    if not 0 <= percent_done <= 100:
        raise ValueError("a mission is done between nothing and wholly")
    due = half_up(ht_cents * percent_done, 100)
    paid_ht = sum(part.ht_cents for part in paid)
    paid_ttc = total_ttc(paid)
    refund = max(0, paid_ttc - from_ht(due, vat_bp).ttc) if due < paid_ht else 0
    return Ending(
        due_ht=due,
        commission_ht=share(due, commission_bp),
        refund_cents=refund,
        balance_ht=max(0, due - paid_ht),
    )
