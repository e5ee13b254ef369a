"""Documents to keep: typst turns a template and its data into a PDF/A with the product's own look.

A template is a ``.typ`` file under ``templates/pdf/``; it begins with ``#import "brand.typ": *`` and finds its data in
``data``. Everything written in it is data, never markup: what people typed cannot become an instruction. Dates and
amounts come as words, written by the caller in the reader's language. Takes some 30 ms of CPU and no network; still,
a worker makes documents, no page does.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from marketplace.kernel import clock

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"
ARCHIVE = "a-2a"
"""PDF/A-2a: to be read unchanged in decades, with its structure tagged for those who listen to it."""
ARCHIVE_WITH_FILES = "a-3a"
"""PDF/A-3a: the same, and may carry a file inside, such as an invoice for machines."""

_UNKNOWN = re.compile(
    r"[^\n\t\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u202f\u2030-\u203a\u20ac\u2116\u2122\u2212\ufb00-\ufb04]"
)


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str = "fr",
    standard: str = ARCHIVE,
    at: datetime | None = None,
) -> bytes:
    """Make a PDF of ``templates/pdf/<template>.typ`` and data fit for JSON. The same data give the same bytes.

    ``at`` is the moment the document says it was made, now unless told. Raises ``typst.TypstError`` for a template that
    is wrong, never for what people wrote: characters that the fonts lack become a question mark.
    """
    import typst  # loaded by who needs it: web processes do not

    made: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_printable(dict(data)), ensure_ascii=False), "language": language},
        pdf_standards=[standard],  # type: ignore[list-item]  # the stubs name each standard
        timestamp=int((at or clock.now()).timestamp()),
    )
    return made


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    """Ours, and those typst carries for the letters ours lack; never those of the machine, which differ."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _printable(value: Any) -> Any:
    """The same data with every character that no font of ours draws replaced."""
    if isinstance(value, str):
        return _UNKNOWN.sub("?", unicodedata.normalize("NFC", value).replace("\r\n", "\n"))
    if isinstance(value, Mapping):
        return {name: _printable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value
