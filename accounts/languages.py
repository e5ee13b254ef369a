"""The languages people work in: stored under their French names, read in the language of the page."""

from babel import Locale
from django.utils.translation import get_language

CODES = [
    "fr",
    "en",
    "es",
    "de",
    "it",
    "pt",
    "nl",
    "ar",
    "zh",
    "ja",
    "ru",
    "pl",
    "tr",
    "vi",
    "he",
    "ro",
    "el",
    "cs",
    "hu",
    "sv",
    "da",
    "nb",
    "fi",
    "uk",
    "ko",
    "hi",
    "ta",
    "wo",
    "br",
    "eu",
    "ca",
    "co",
    "bg",
    "hr",
    "sk",
]


def _names(code: str) -> dict[str, str]:
    languages = Locale.parse(code).languages
    return {each: languages[each][0].upper() + languages[each][1:] for each in CODES if each in languages}


FRENCH, ENGLISH = _names("fr"), _names("en")
_CODE_OF = {name.casefold(): code for names in (ENGLISH, FRENCH) for code, name in names.items()}


def stored(typed: str) -> str:
    """The name to keep for a language as somebody typed it; an unknown one is kept as typed."""
    code = _CODE_OF.get(typed.strip().casefold())
    return FRENCH[code] if code else typed.strip()


def shown(name: str) -> str:
    """A stored name in the language of the page."""
    code = _CODE_OF.get(name.casefold())
    names = ENGLISH if (get_language() or "").startswith("en") else FRENCH
    return names[code] if code else name
