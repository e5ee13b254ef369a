"""The charter of the experts: its words, their version, and the digest that a signature keeps.

Changing an article asks for a new version, added to ``EDITIONS`` beside the one in force: whoever signed is told
fifteen days before it applies (`accounts.queries.editions`), and asked to sign again.

Good standing holds the certification that article 30 (1)(e) of regulation (EU) 2022/2065 asks of traders, and what
clients owe to obtain of foreign workers (Code du travail, D8254-2).
"""

import hashlib
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"

ARTICLES: tuple[tuple[Any, Any], ...] = (
    (
        _("I sell what I master"),
        _(
            "My offers stay in the field in which I was admitted. "
            "My experience, my titles and my references are true."
        ),
    ),
    (
        _("I keep my word"),
        _("I start, deliver and answer within the delays I announced, and I say early when I cannot."),
    ),
    (
        _("I keep secrets"),
        _(
            "What a client entrusts to me stays between us, from my registration and after the end of the work. "
            "I use it for nothing else."
        ),
    ),
    (
        _("I stay independent"),
        _("I refuse work in which I have a conflict of interest, and I say so when one appears."),
    ),
    (
        _("I work in good standing"),
        _(
            "I have a legal status, insurance and up-to-date certificates before I sell, and I send their renewals. "
            "I certify that I offer only services that comply with the law of France and of the European Union. "
            "I employ no foreign worker who needs a work permit; the day I do, I send their list before I go on."
        ),
    ),
    (
        _("I stay on the platform"),
        _("Exchanges and payments with the clients I meet here take place here."),
    ),
    (
        _("I pass on"),
        _("I explain what I do so that the client can carry on alone, and I help newcomers of my field."),
    ),
)

EDITIONS: dict[str, tuple[tuple[Any, Any], ...]] = {VERSION: ARTICLES}
"""Oldest first. One leaves the code when the next is in force."""


def articles(version: str = VERSION) -> list[tuple[str, str]]:
    """The articles of a version, in the language of the moment."""
    return [(str(title), str(words)) for title, words in EDITIONS[version]]


def text(language: str, version: str = VERSION) -> str:
    """The whole charter as one text, in a language: what the digest is taken of."""
    with translation.override(language):
        return "\n\n".join(f"{title}\n{words}" for title, words in articles(version))


def digest(language: str, version: str = VERSION) -> str:
    """SHA-256 of the words that were on the page."""
    return hashlib.sha256(f"{version}\n{text(language, version)}".encode()).hexdigest()
