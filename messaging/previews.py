"""Small copies of the pictures people send: drawn after the commit, or by the first page that shows them."""

import io

from django.core.exceptions import ValidationError
from django.db import transaction

from marketplace.kernel import uploads
from messaging.models import Attachment

SIZE = (640, 640)
"""A preview fits in this many pixels."""


@transaction.atomic
def draw(attachment: Attachment) -> Attachment:
    """Draw a small copy of a picture, its pixels alone, in the same private place. Doing it twice changes nothing.

    A picture that cannot be read keeps no preview and is not tried again.
    """
    attachment = attachment.locked()
    if not attachment.may_be_previewed or attachment.preview:
        return attachment
    try:
        with attachment.file.open("rb") as content:
            picture = uploads.reencode_image(io.BytesIO(content.read()), size=SIZE, crop=False)
    except (ValidationError, OSError):
        attachment.preview_failed = True
        attachment.save(update_fields=["preview_failed"])
    else:
        attachment.preview.save("preview.webp", picture, save=False)
        attachment.save(update_fields=["preview"])
    return attachment
