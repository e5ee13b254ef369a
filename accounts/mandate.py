"""The invoicing mandate: its clauses, their version, and the digest that a signature keeps.

Written, prior and explicit, as the tax code asks (CGI art. 289 I-2, ann. II art. 242 nonies). Changing a clause asks
for a new version, added to ``EDITIONS`` beside the one in force: whoever signed is told fifteen days before it applies
(`accounts.queries.editions`), and asked to sign again.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
CONTEST_DAYS = 8

ARTICLES: tuple[tuple[Any, Any], ...] = (
    (
        _("What the mandate covers"),
        _(
            "I give %(operator)s the mandate to draw up and issue, in my name and on my behalf, the invoices, deposit "
            "invoices and credit notes of everything I sell on %(site)s."
        ),
    ),
    (
        _("How each invoice is issued"),
        _(
            "Each invoice is issued at once, without my approving it one by one, under a series of numbers reserved "
            "for %(site)s. It says that it was drawn up in my name and on my behalf. It is kept in my account, where "
            "I download it at any time."
        ),
    ),
    (
        _("The time to contest"),
        _(
            "I have %(days)s days from the issue of an invoice to contest what it says. What has to be corrected is "
            "corrected by a credit note or a corrective invoice."
        ),
    ),
    (
        _("What remains mine"),
        _(
            "I remain liable for the VAT that my invoices show, for paying it and for what they say. I report at once "
            "any change of my identity, my legal status or my VAT regime, and I claim any invoice that I miss."
        ),
    ),
    (
        _("Electronic invoicing"),
        _(
            "%(operator)s may hand my invoices over to an approved platform, as the law on electronic invoicing asks."
        ),
    ),
    (
        _("Duration and end"),
        _(
            "The mandate holds from my signature for as long as I sell on %(site)s. I may end it by writing to the "
            "team; it then holds for the orders under way, and I take no new one."
        ),
    ),
)

EDITIONS: dict[str, tuple[tuple[Any, Any], ...]] = {VERSION: ARTICLES}
"""Oldest first. One leaves the code when the next is in force."""


def articles(version: str = VERSION) -> list[tuple[str, str]]:
    """The clauses of a version in the language of the moment, with the names they speak of."""
    names = {"operator": settings.OPERATOR["name"], "site": settings.SITE_NAME, "days": CONTEST_DAYS}
    return [(str(title), str(words) % names) for title, words in EDITIONS[version]]


def text(language: str, version: str = VERSION) -> str:
    """The whole mandate as one text, in a language: what the digest is taken of."""
    with translation.override(language):
        return "\n\n".join(f"{title}\n{words}" for title, words in articles(version))


def digest(language: str, version: str = VERSION) -> str:
    """SHA-256 of the words that were on the page."""
    return hashlib.sha256(f"{version}\n{text(language, version)}".encode()).hexdigest()
