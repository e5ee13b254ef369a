"""Offers that people report: those on sale, which everybody reads."""

from accounts.models import User
from messaging import reportable
from offers.models import Offer


def _offer(ref: str, reader: User) -> reportable.Reportable | None:
    offer = Offer.objects.published().select_related("expert").filter(pk=int(ref)).first()
    if offer is None:
        return None
    return reportable.Reportable(offer.expert, offer.title, offer.description, offer.get_absolute_url())


reportable.register("offer", _offer)
