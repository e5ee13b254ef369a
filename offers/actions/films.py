"""The film of an offer: shown, given captions, taken away."""

from functools import partial

from django.core.files.storage import Storage
from django.db import transaction

from marketplace.kernel import clock
from marketplace.kernel.films import Film
from offers.actions.writing import mark_unread, refuse_deleted
from offers.models import Offer, OfferFilm


@transaction.atomic
def show_film(
    offer: Offer,
    *,
    name: str,
    size: int,
    film: Film,
    poster: str = "",
    captions: str = "",
    captions_language: str = "",
) -> OfferFilm:
    """Show a film that was checked and stored under ``name``, in place of the former one, whose files go.

    The expert stated that they may show it. ``captions`` are WebVTT, in ``captions_language``.
    """
    offer = offer.locked()
    refuse_deleted(offer)
    _let_go(offer)
    now = clock.now()
    shown = OfferFilm.objects.create(
        offer=offer,
        file=name,
        size=size,
        seconds=film.seconds,
        width=film.width,
        height=film.height,
        poster=poster,
        captions=captions,
        captions_language=captions_language if captions else "",
        rights_confirmed_at=now,
        created_at=now,
    )
    mark_unread(offer)
    return shown


@transaction.atomic
def remove_film(offer: Offer) -> None:
    """Take the film of an offer away, with its files; without one, nothing happens."""
    offer = offer.locked()
    _let_go(offer)
    offer.save(update_fields=["status"])  # its place in lists follows what it shows


def _let_go(offer: Offer) -> None:
    former = OfferFilm.objects.filter(offer=offer).first()
    if former is None:
        return
    storage: Storage = former.file.storage
    for name in former.files:
        transaction.on_commit(partial(storage.delete, name))
    former.delete()
