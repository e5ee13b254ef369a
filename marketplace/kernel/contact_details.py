"""Contact details inside a text: an e-mail address, a telephone number, a bank account, a link elsewhere.

What people write is never changed nor held back for it: the writer is told, kindly, what the protection of the
order depends on, and our team may look. So a miss costs little and a false alarm is only a sentence too many;
the patterns stay simple, and the same ones run in the browser before the message leaves.
"""

import re
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Found(models.TextChoices):
    """What kind of contact detail a text holds."""

    EMAIL = "email", _("an e-mail address")
    PHONE = "phone", _("a phone number")
    PLATFORM = "platform", _("a link to another service")
    IBAN = "iban", _("bank details")


EMAIL: Final = r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(arobase\)|\[arobase\])\s?[\w-]+(?:\s?\.\s?|\s?\((?:dot|point)\)\s?)[a-z]{2,}"
PHONE: Final = r"(?:^|[^\w+.,\-])(?:(?:\+|00)[1-9]\d{0,2}[ .\-]?(?:\(0\)[ .\-]?)?\d(?:[ .\-]?\d){7,10}|0[1-9](?:[ .\-]?\d{2}){4})(?![\d])"
PLATFORM: Final = (
    r"(?:wa\.me|whatsapp|telegram|t\.me/|signal\.me|skype|messenger|linkedin\.com|facebook\.com|instagram\.com|"
    r"malt\.fr|malt\.com|upwork\.com|fiverr\.com|comeup\.com|5euros\.com|freelancer\.com|codeur\.com|crème de la crème|"
    r"paypal\.me|lydia-app|calendly\.com|discord\.gg)"
)
IBAN: Final = r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b"

PATTERNS: Final[dict[str, str]] = {
    Found.EMAIL.value: EMAIL,
    Found.PHONE.value: PHONE,
    Found.PLATFORM.value: PLATFORM,
    Found.IBAN.value: IBAN,
}
"""One pattern a kind, in the syntax Python and browsers share; case never matters."""

_compiled = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in PATTERNS.items()}


def find(text: str) -> list[str]:
    """The kinds of contact details a text holds, in the order of ``Found``. Bank accounts are checked (ISO 7064)."""
    found = []
    for kind in Found:
        matches = _compiled[kind.value].finditer(text)
        if any(kind != Found.IBAN or _is_account(match[0]) for match in matches):
            found.append(kind.value)
    return found


LENGTHS: Final = {
    "FR": 27, "MC": 27, "BE": 16, "CH": 21, "LU": 20, "DE": 22, "ES": 24, "IT": 27, "PT": 25, "NL": 18, "GB": 22,
    "IE": 22, "AT": 20, "PL": 28, "RO": 24, "LT": 20, "EE": 20, "MT": 31, "TN": 24, "MA": 28,
}  # fmt: skip
"""Characters of an account number in the countries our members bank in; words may follow it without a break."""


def _is_account(candidate: str) -> bool:
    """Whether the check digits of an IBAN hold."""
    joined = re.sub(r"\s", "", candidate).upper()
    number = joined[: LENGTHS.get(joined[:2], len(joined))]
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
