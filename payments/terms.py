"""What the platform keeps of a payment: the terms an order froze, and the sum they give."""

from dataclasses import dataclass

from marketplace.kernel import rules
from marketplace.kernel.money import Taxed, from_ht, from_ttc, share

TTC = "ttc"
HT = "ht"


@dataclass(frozen=True)
class CommissionTerms:
    """A commission as an order froze it. Rates are in basis points.

    ``base`` says what the rate applies to: ``ttc``, the price with tax, which gives a commission that includes
    its own VAT; ``ht``, the price without tax, to which the VAT of the commission is added.
    ``vat_bp`` is the VAT on the commission; ``seller_vat_bp`` the VAT inside the price, 0 for an expert in
    franchise, and matters to the ``ht`` base alone.
    """

    rate_bp: int
    base: str = TTC
    vat_bp: int = rules.VAT_BP
    seller_vat_bp: int = rules.VAT_BP
    fixed_ht_cents: int | None = None
    """Without VAT, when the commission was agreed as a sum: that of a whole mission lies on one instalment."""

    def __post_init__(self) -> None:
        if self.base not in (TTC, HT):
            raise ValueError(f"unknown commission base {self.base!r}")
        if not 0 <= self.rate_bp <= 5_000 or self.vat_bp < 0 or self.seller_vat_bp < 0:
            raise ValueError(
                "a commission rate lies between 0 and 5,000 basis points, a VAT rate is never negative"
            )

    def commission_on(self, gross_cents: int) -> Taxed:
        """The commission on what is released, in cents. ``gross_cents`` is what the buyer paid for it, tax included.

        Never more than ``gross_cents``, so that an expert never owes for being paid.
        """
        if self.fixed_ht_cents is not None:
            fixed = from_ht(self.fixed_ht_cents, self.vat_bp)
            return fixed if fixed.ttc <= gross_cents else from_ttc(gross_cents, self.vat_bp)
        if self.base == TTC:
            return from_ttc(share(gross_cents, self.rate_bp), self.vat_bp)
        price = from_ttc(gross_cents, self.seller_vat_bp)
        return from_ht(share(price.ht, self.rate_bp), self.vat_bp)
