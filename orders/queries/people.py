"""What is known of how a person carried orders through, apart from the reviews of their work."""

from dataclasses import dataclass

from accounts.models import BuyerProfile, User
from orders.models import CancellationRecord, Review, TrackRecord

SHOWN = 20
"""Records and reviews a profile shows."""


@dataclass(frozen=True)
class BuyerPage:
    """A buyer as experts read them: no name of company, no address, nothing to reach them by."""

    buyer: User
    profile: BuyerProfile | None
    track: TrackRecord | None
    reviews: list[Review]
    records: list[CancellationRecord]


def buyer_page(buyer: User) -> BuyerPage:
    """A buyer's page, in four queries."""
    return BuyerPage(
        buyer=buyer,
        profile=BuyerProfile.objects.filter(user=buyer).first(),
        track=TrackRecord.objects.filter(user=buyer, side="buyer").first(),
        reviews=list(
            Review.objects.published()
            .filter(about=Review.About.BUYER, subject=buyer)
            .select_related("author", "subject")
            .order_by("-published_at", "-pk")[:SHOWN]
        ),
        records=list(CancellationRecord.objects.about(buyer, "buyer")[:SHOWN]),
    )
