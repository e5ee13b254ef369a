"""Official papers as uploads: a PDF one can read to its last page, or a picture, and nothing that runs."""

import os
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from marketplace.kernel import uploads

PICTURE_SIZE = (2_400, 2_400)
ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,image/avif"


@dataclass(frozen=True)
class Paper:
    """A paper fit to be kept: what to store, the name to show, its type and size in bytes."""

    content: "ContentFile[bytes]"
    name: str
    content_type: str
    size: int


def read(upload: UploadedFile, *, max_bytes: int, max_pages: int) -> Paper:
    """Look into a paper and give what to keep of it: a PDF as it came, a picture written anew without its metadata.

    Raises ``ValidationError`` with a sentence for the person who sent it.
    """
    name = uploads.clean_name(upload.name or "")
    stem, extension = os.path.splitext(name)
    extension = extension.lstrip(".").lower()
    if extension not in uploads.IMAGES | {"pdf"}:
        raise ValidationError(_("Send a PDF or a picture: JPEG, PNG, WebP or AVIF."), code="forbidden_type")
    if upload.size is not None and upload.size > max_bytes:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s. Reduce it or split it.")
            % {"name": name, "limit": uploads.megabytes(max_bytes)},
            code="too_large",
        )
    seen = uploads.inspect(upload)
    if extension == "pdf":
        from marketplace.kernel import pdf_files  # loaded by who needs it: it holds 10 MB

        upload.seek(0)
        data = upload.read()
        pdf_files.look_into(data, max_pages)
        return Paper(ContentFile(data), seen.name, seen.content_type, len(data))
    picture = uploads.reencode_image(upload, size=PICTURE_SIZE, crop=False, minimum=(300, 200))
    size = picture.size or 0
    return Paper(picture, f"{stem}.webp", "image/webp", size)
