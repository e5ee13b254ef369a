"""The pictures of an offer: hung, cut, described, put in order, taken down."""

from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.actions.writing import mark_unread, refuse_deleted
from offers.models import Offer, OfferImage
from offers.outbox import render_picture

RENDER_GRACE = timedelta(minutes=10)
"""How long an errand has to make the sizes of a picture before the sweep does."""


@transaction.atomic
def add_image(
    offer: Offer,
    *,
    image: "ContentFile[bytes]",
    thumbnail: "ContentFile[bytes]",
    original: "ContentFile[bytes] | None" = None,
    alt: str = "",
    rights_confirmed: bool = True,
) -> OfferImage:
    """Hang a picture at the end of the gallery. The files are already re-encoded to WebP: only pixels survive.

    ``original`` is the whole picture, kept so that the cut can be moved. ``rights_confirmed``: the expert stated
    that they may show it.
    """
    offer = offer.locked()
    refuse_deleted(offer)
    count = offer.images.count()
    if count >= rules.MAX_IMAGES:
        raise Refusal(_("A gallery holds %(n)s images at most.") % {"n": rules.MAX_IMAGES})
    picture = OfferImage(offer=offer, alt=alt, position=count)
    image.name, thumbnail.name = "i.webp", "t.webp"  # a file without a name has no size for Django
    picture.rights_confirmed_at = clock.now() if rights_confirmed else None
    picture.render_due_at = clock.now() + RENDER_GRACE
    if original is not None:
        original.name = "o.webp"
        picture.original.save(original.name, original, save=False)
    picture.thumbnail.save(thumbnail.name, thumbnail, save=False)
    picture.image.save(image.name, image, save=True)
    refresh_cover(offer)
    mark_unread(offer)
    render_picture.delay_on_commit(picture.pk)
    return picture


@transaction.atomic
def cut_image(
    picture: OfferImage,
    *,
    image: "ContentFile[bytes]",
    thumbnail: "ContentFile[bytes]",
    focus: tuple[int, int],
    zoom: int,
) -> None:
    """Replace what is shown of a picture by another cut of its original."""
    offer = picture.offer.locked()
    refuse_deleted(offer)
    _let_go(picture, whole=False)
    picture.focus_x, picture.focus_y = focus
    picture.zoom, picture.renditions = zoom, {}
    picture.render_due_at = clock.now() + RENDER_GRACE
    image.name, thumbnail.name = "i.webp", "t.webp"
    picture.thumbnail.save(thumbnail.name, thumbnail, save=False)
    picture.image.save(image.name, image, save=True)
    refresh_cover(offer)
    mark_unread(offer)
    render_picture.delay_on_commit(picture.pk)


@transaction.atomic
def order_images(offer: Offer, pks: list[int]) -> None:
    """Put the pictures in this order; those not named keep theirs, after the others."""
    offer = offer.locked()
    refuse_deleted(offer)
    places = {pk: place for place, pk in reversed(list(enumerate(pks)))}
    pictures = sorted(offer.images.all(), key=lambda each: (places.get(each.pk, len(pks)), each.position))
    _line_up(pictures)
    refresh_cover(offer)


def _let_go(picture: OfferImage, *, whole: bool) -> None:
    """Delete the files of a picture once the transaction is in; all of them, or all but the original."""
    files = [picture.image.name, picture.thumbnail.name, *(picture.original.name for _ in range(whole))]
    files += [name for sizes in picture.renditions.values() for name in sizes.values()]
    for name in filter(None, files):
        transaction.on_commit(partial(picture.image.storage.delete, name))


@transaction.atomic
def remove_image(picture: OfferImage) -> None:
    """Take a picture down; the next one becomes the cover if it was first."""
    offer = picture.offer.locked()
    _let_go(picture, whole=True)
    picture.delete()
    _line_up(list(offer.images.all()))
    refresh_cover(offer)


@transaction.atomic
def move_image(picture: OfferImage, *, step: int) -> None:
    """Move a picture one place up (``step`` −1) or down (+1) in the gallery; at either end nothing moves."""
    offer = picture.offer.locked()
    pictures = list(offer.images.all())
    here = next((place for place, other in enumerate(pictures) if other.pk == picture.pk), None)
    if here is None or not 0 <= here + step < len(pictures):
        return
    pictures[here], pictures[here + step] = pictures[here + step], pictures[here]
    _line_up(pictures)
    refresh_cover(offer)


def describe_image(picture: OfferImage, alt: str) -> None:
    """Say in words what a picture shows, for those who do not see it."""
    picture.alt = alt
    picture.save(update_fields=["alt"])


def _line_up(pictures: list[OfferImage]) -> None:
    for position, picture in enumerate(pictures):
        picture.position = position
    OfferImage.objects.bulk_update(pictures, ["position"])


def refresh_cover(offer: Offer) -> None:
    """Let the first picture of the gallery be the one on cards."""
    first = offer.images.first()
    offer.cover = first.thumbnail.name if first else ""
    offer.save(update_fields=["cover"])
