"""Tables for spreadsheets: as those of Europe open them, and no text of people ever becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import formats

BOM = "\ufeff"
"""What tells a spreadsheet that the text is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> str:
    """A text for a spreadsheet, which must not take it for a formula."""
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def amount(cents: int) -> str:
    """Cents as a figure a spreadsheet of the reader's language adds up."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}{formats.get_format('DECIMAL_SEPARATOR')}{rest:02d}"


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows whose texts went through ``cell`` and whose figures through ``amount``, as a file."""
    into = io.StringIO()
    csv.writer(into, delimiter=";", lineterminator="\r\n").writerows(rows)
    return (BOM + into.getvalue()).encode()
