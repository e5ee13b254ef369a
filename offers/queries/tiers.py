"""An offer beside itself: alone, with one add-on, with all of them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import QueryDict

from offers.models import AddOn, Offer

FEWEST = 2
"""Add-ons there must be for three columns to differ."""


class Tier(NamedTuple):
    """One way to order an offer: what it costs, when it comes, and the add-ons that are ticked."""

    price_cents: int
    days: int
    add_ons: tuple[AddOn, ...]

    @property
    def query(self) -> str:
        """What the address of the checkout ends with."""
        asked = QueryDict(mutable=True)
        asked.setlist("add_on", [str(add_on.pk) for add_on in self.add_ons])
        return f"?{asked.urlencode()}" if asked else ""


def tiers(offer: Offer, add_ons: Sequence[AddOn]) -> list[Tier]:
    """The offer alone, with the add-on its expert names first, and with all; nothing where that says little.

    Nothing is read: prices and days are added up as the checkout does.
    """
    if offer.kind != Offer.Kind.JOB or len(add_ons) < FEWEST:
        return []
    return [
        Tier(
            offer.price_cents + sum(add_on.price_cents for add_on in chosen),
            max(1, offer.delivery_days + sum(add_on.days for add_on in chosen)),
            tuple(chosen),
        )
        for chosen in ((), add_ons[:1], add_ons)
    ]
