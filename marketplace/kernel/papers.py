"""Official papers as uploads: a PDF one can read to its last page, or a picture, and nothing that runs."""

import io
import logging
import os
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from marketplace.kernel import uploads

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
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
        upload.seek(0)
        data = upload.read()
        _look_into(data, max_pages)
        return Paper(ContentFile(data), seen.name, seen.content_type, len(data))
    picture = uploads.reencode_image(upload, size=PICTURE_SIZE, crop=False, minimum=(300, 200))
    size = picture.size or 0
    return Paper(picture, f"{stem}.webp", "image/webp", size)


def _look_into(data: bytes, max_pages: int) -> None:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise ValidationError(
                _("This PDF is protected by a password: we cannot read it. Save it without protection."),
                code="encrypted",
            )
        pages = len(reader.pages)
        runs = _runs(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValidationError(
            _("This PDF is damaged: we cannot read it. Export it again, then retry."), code="unreadable"
        ) from error
    if not pages:
        raise ValidationError(_("This PDF has no page. Choose another file."), code="no_page")
    if pages > max_pages:
        raise ValidationError(
            _("This PDF has %(pages)s pages. Send the pages of the document alone, %(limit)s at most.")
            % {"pages": pages, "limit": max_pages},
            code="too_long",
        )
    if runs:
        raise ValidationError(
            _("This PDF holds a program or other files. Print it to a new PDF, then send that one."),
            code="active_content",
        )


def _runs(reader: PdfReader) -> bool:
    """Whether opening the file could start something: a script, a launch, files inside, a form of programs."""
    root: Any = reader.trailer["/Root"].get_object()
    names: Any = root.get("/Names", DictionaryObject()).get_object()
    if "/JavaScript" in names or "/EmbeddedFiles" in names:
        return True
    for action in ("/OpenAction", "/AA"):
        if action in root and _acts(root[action].get_object()):
            return True
    form: Any = root.get("/AcroForm", DictionaryObject()).get_object()
    if "/XFA" in form:
        return True
    return any(_acts(page.get("/AA", DictionaryObject()).get_object()) for page in reader.pages)


def _acts(action: Any) -> bool:
    if not isinstance(action, DictionaryObject):
        return False
    if action.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
        return True
    return any(
        _acts(value.get_object()) for key, value in action.items() if key != "/Parent" and key in _TRIGGERS
    )


_TRIGGERS = {"/O", "/C", "/WC", "/WS", "/DS", "/WP", "/DP", "/Next"}
