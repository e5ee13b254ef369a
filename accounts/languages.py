"""The languages people work in: stored under their French names, read in the language of the page."""

from django.utils.translation import get_language

NAMES = {
    "fr": ("Français", "French"),
    "en": ("Anglais", "English"),
    "es": ("Espagnol", "Spanish"),
    "de": ("Allemand", "German"),
    "it": ("Italien", "Italian"),
    "pt": ("Portugais", "Portuguese"),
    "nl": ("Néerlandais", "Dutch"),
    "ar": ("Arabe", "Arabic"),
    "zh": ("Chinois", "Chinese"),
    "ja": ("Japonais", "Japanese"),
    "ru": ("Russe", "Russian"),
    "pl": ("Polonais", "Polish"),
    "tr": ("Turc", "Turkish"),
    "vi": ("Vietnamien", "Vietnamese"),
    "he": ("Hébreu", "Hebrew"),
    "ro": ("Roumain", "Romanian"),
    "el": ("Grec", "Greek"),
    "cs": ("Tchèque", "Czech"),
    "hu": ("Hongrois", "Hungarian"),
    "sv": ("Suédois", "Swedish"),
    "da": ("Danois", "Danish"),
    "nb": ("Norvégien bokmål", "Norwegian Bokmål"),
    "fi": ("Finnois", "Finnish"),
    "uk": ("Ukrainien", "Ukrainian"),
    "ko": ("Coréen", "Korean"),
    "hi": ("Hindi", "Hindi"),
    "ta": ("Tamoul", "Tamil"),
    "wo": ("Wolof", "Wolof"),
    "br": ("Breton", "Breton"),
    "eu": ("Basque", "Basque"),
    "ca": ("Catalan", "Catalan"),
    "co": ("Corse", "Corsican"),
    "bg": ("Bulgare", "Bulgarian"),
    "hr": ("Croate", "Croatian"),
    "sk": ("Slovaque", "Slovak"),
}
"""By their code, in French and in English, as the CLDR writes them."""
FRENCH = {code: french for code, (french, _english) in NAMES.items()}
ENGLISH = {code: english for code, (_french, english) in NAMES.items()}
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
