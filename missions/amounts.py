"""What a quote, its instalments and its commission come to, in whole cents. Pure: numbers in, numbers out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.kernel.money import from_ht, from_ttc, half_up, share, split


@dataclass(frozen=True)
class Part:
    """One instalment: without VAT, its VAT at a rate in basis points, and the commission without VAT taken from it."""

    ht_cents: int
    vat_cents: int
    commission_ht_cents: int
    vat_bp: int = 0

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
        Part(part, from_ht(part, vat_bp).vat, commission if number == 0 else 0, vat_bp)
        for number, part in enumerate(parts)
    ]


def total_ttc(parts: Iterable[Part]) -> int:
    return sum(part.ttc_cents for part in parts)


def amended(
    ht_cents: int, *, past: Sequence[Part], weights: Sequence[int], vat_bp: int, commission_bp: int
) -> list[Part]:
    """Cut what remains of a new total without VAT over the instalments to come; those past stay as they are.

    The next one bears the commission on the difference; where the total falls it bears none, and what was taken too
    much is given back apart. Raises ``ValueError`` when nothing is to come or it would not leave a euro for each.
    """
    left = ht_cents - sum(part.ht_cents for part in past)
    if not weights or left < 100 * len(weights):
        raise ValueError("an amendment leaves something to pay in each instalment to come")
    due = max(0, share(ht_cents, commission_bp) - sum(part.commission_ht_cents for part in past))
    return [
        Part(part, from_ht(part, vat_bp).vat, due if number == 0 else 0, vat_bp)
        for number, part in enumerate(split(left, list(weights)))
    ]


def under_regime(part: Part, vat_bp: int) -> Part:
    """An instalment to come once the seller's VAT regime has changed: what the client pays never rises.

    VAT that appears lies inside the price agreed; VAT that disappears is no longer asked.
    """
    if vat_bp == part.vat_bp:
        return part
    taxed = from_ttc(part.ttc_cents, vat_bp) if vat_bp > part.vat_bp else from_ht(part.ht_cents, vat_bp)
    return Part(taxed.ht, taxed.vat, part.commission_ht_cents, vat_bp)


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


def ending(ht_cents: int, *, percent_done: int, paid: Sequence[Part], commission_bp: int) -> Ending:
    """Work out an early end at so many percent done, after these parts were paid. The newest give back first.

    Raises ``ValueError`` for less than nothing or more than everything.
    """
    if not 0 <= percent_done <= 100:
        raise ValueError("a mission is done between nothing and wholly")
    due = half_up(ht_cents * percent_done, 100)
    paid_ht = sum(part.ht_cents for part in paid)
    refund, left = 0, max(0, paid_ht - due)
    for part in reversed(paid):
        taken = min(left, part.ht_cents)
        left -= taken
        kept = from_ht(part.ht_cents - taken, part.vat_bp).ttc if taken < part.ht_cents else 0
        refund += max(0, part.ttc_cents - kept) if taken else 0
    return Ending(
        due_ht=due,
        commission_ht=share(due, commission_bp),
        refund_cents=refund,
        balance_ht=max(0, due - paid_ht),
    )
