"""What is inside the PDFs that people send."""

import io
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def look_into(data: bytes, max_pages: int) -> None:
    """Read a PDF to its last page. Raises ``ValidationError`` with a sentence for the person who sent it."""
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
