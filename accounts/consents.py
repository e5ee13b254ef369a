"""The words people agree to, their versions, and the digests that the log of consents keeps.

Changing words asks for a new version: what was agreed to before stays what it was.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from accounts.queries.editions import SOURCES, in_force

Text = Consent.Text
VERSION = "2026-11"
WORDS: dict[str, Any] = {
    Text.PHOTO: _(
        "I agree that my photo is shown with my name on my public profile, with my offers and in the lists of the "
        "site. I withdraw this at any time by removing it."
    ),
    Text.PORTFOLIO: _(
        "I agree that this work, done for me, is shown with the name given for the client on the public profile of "
        "its expert, until I say otherwise."
    ),
    Text.MAILS: _(
        "I agree to one e-mail a week when my saved searches find something new, until I say otherwise."
    ),
}


def wording(text: str, language: str, version: str = "") -> tuple[str, str]:
    """The version of a text and the SHA-256 of its words in a language: the one in force unless another is named."""
    if text in SOURCES:
        version = version or in_force(text)
        return version, SOURCES[text].digest(language, version)
    if text in WORDS:
        with translation.override(language):
            said = str(WORDS[text])
        return VERSION, hashlib.sha256(f"{VERSION}\n{said}".encode()).hexdigest()
    number, said = import_string(settings.TEXTS_IN_FORCE)(text, language, int(version) if version else None)
    return str(number), hashlib.sha256(said.encode()).hexdigest()
