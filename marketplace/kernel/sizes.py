"""Sizes of files as people say them, the same on pages and in documents."""

from django.utils import formats
from django.utils.translation import get_language

UNITS = {"fr": ("ko", "Mo", "Go"), "en": ("kB", "MB", "GB")}


def in_words(size: int | None) -> str:
    """Bytes in thousands, in the language in force: ``1.1 MB``; never under one kB."""
    kilo, mega, giga = UNITS.get((get_language() or "fr")[:2], UNITS["en"])
    size = max(size or 0, 1000)
    for unit, name in ((10**9, giga), (10**6, mega)):
        if size >= unit:
            return f"{formats.number_format(round(size / unit, 1), decimal_pos=1)}\u00a0{name}"
    return f"{formats.number_format(round(size / 1000))}\u00a0{kilo}"
