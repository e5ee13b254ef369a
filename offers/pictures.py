"""The files of a picture: the cut shown, and the sizes and formats browsers choose from."""

import io
import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from marketplace.kernel import clock, rules, uploads
from offers.models import OfferImage

WHOLE = (2_400, 2_400)
"""The most that is kept of a picture, in pixels."""
SHOWN = (1_200, 800)
THUMBNAIL = (600, 400)
WIDTHS = (400, 600, 900, 1_200)
FORMATS = {"avif": {"quality": 55, "speed": 8}, "webp": {"quality": 78, "method": 4}}
SHARED = (1_200, 630)
"""What social networks show of a link, as JPEG: not all of them read the modern formats."""
MOST_ZOOM = 300
RENDER_AGAIN = timedelta(hours=6)
"""When a picture is tried again whose sizes could not be made."""

logger = logging.getLogger(__name__)


def checked(file: io.BufferedIOBase) -> "ContentFile[bytes]":
    """A picture that was sent, decoded and written again: no metadata, no disguise, no bomb.

    Raises ``ValidationError`` with a sentence for whoever sent it.
    """
    return uploads.reencode_image(file, size=WHOLE, crop=False, minimum=rules.MIN_IMAGE_SIZE)  # type: ignore[arg-type]


def cut(
    whole: "ContentFile[bytes]", *, focus: tuple[int, int] = (50, 50), zoom: int = 100
) -> tuple["ContentFile[bytes]", "ContentFile[bytes]"]:
    """The part of a picture that the gallery shows, and its thumbnail, both three wide by two high, as WebP.

    ``focus`` is the centre of the cut in per cent from the left and the top; ``zoom`` goes from 100, as much as fits
    the shape, to ``MOST_ZOOM``.
    """
    whole.seek(0)
    with Image.open(whole) as opened:
        image = opened.convert("RGB")
    ratio = SHOWN[0] / SHOWN[1]
    width = min(image.width, image.height * ratio) * 100 / min(max(zoom, 100), MOST_ZOOM)
    height = width / ratio
    left = min(max(image.width * focus[0] / 100 - width / 2, 0), image.width - width)
    top = min(max(image.height * focus[1] / 100 - height / 2, 0), image.height - height)
    box = (round(left), round(top), round(left + width), round(top + height))
    shown = image.resize(SHOWN, Image.Resampling.LANCZOS, box=box)
    return _webp(shown), _webp(shown.resize(THUMBNAIL, Image.Resampling.LANCZOS))


def whole_of(picture: OfferImage) -> "ContentFile[bytes]":
    """The picture before it was cut. Raises ``ValidationError`` for one hung before originals were kept."""
    if not picture.original:
        raise ValidationError(_("Only the cut of this image was kept: send it again to choose another."))
    with picture.original.open("rb") as file:
        return ContentFile(file.read())


@transaction.atomic
def keep_renditions(picture_pk: int, image_name: str, renditions: dict[str, dict[str, str]]) -> bool:
    """Let pages use the sizes made of a picture, unless it was cut anew meanwhile. Returns whether they are used."""
    changed = OfferImage.objects.filter(pk=picture_pk, image=image_name).update(
        renditions=renditions, render_due_at=None
    )
    return bool(changed)


def render(picture_pk: int) -> bool:
    """Make every size and format of a picture, and the one that links shared elsewhere show."""
    picture = OfferImage.objects.filter(pk=picture_pk).first()
    if picture is None or not picture.image:
        return False
    with picture.image.open("rb") as file:
        shown = Image.open(io.BytesIO(file.read())).convert("RGB")
    name = str(picture.image.name)
    stem = name.rsplit(".", 1)[0]
    storage = picture.image.storage
    made: dict[str, dict[str, str]] = {kind: {} for kind in FORMATS}
    for width in WIDTHS:
        size = shown.resize((width, round(width * SHOWN[1] / SHOWN[0])), Image.Resampling.LANCZOS)
        for kind, options in FORMATS.items():
            buffer = io.BytesIO()
            size.save(buffer, kind.upper(), **options)
            made[kind][str(width)] = storage.save(f"{stem}-{width}.{kind}", ContentFile(buffer.getvalue()))
    buffer = io.BytesIO()
    ImageOps.fit(shown, SHARED, Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=80, optimize=True)
    made["jpeg"] = {str(SHARED[0]): storage.save(f"{stem}-shared.jpg", ContentFile(buffer.getvalue()))}
    used = keep_renditions(picture.pk, name, made)
    if not used:
        for sizes in made.values():
            for name in sizes.values():
                storage.delete(name)
    return used


def render_forgotten(limit: int = 20) -> int:
    """Make the sizes whose errand was lost, the longest waiting first. Returns how many pictures have theirs now.

    Each is put off before it is tried, so that two runs share the work and a broken file stops nobody.
    """
    now, done = clock.now(), 0
    waiting = OfferImage.objects.to_render(now).order_by("render_due_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        if OfferImage.objects.to_render(now).filter(pk=pk).update(render_due_at=now + RENDER_AGAIN):
            try:
                done += render(pk)
            except Exception:
                logger.exception("the sizes of picture %s could not be made", pk)
    return done


def _webp(image: Image.Image) -> "ContentFile[bytes]":
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=82, method=4)
    return ContentFile(buffer.getvalue())
