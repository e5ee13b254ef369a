"""New versions of what people agreed to: whom each concerns, and who has not agreed yet."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Consent, TextEdition, User
from accounts.queries import editions
from marketplace.kernel import clock
from messaging import pages
from messaging.models import Page, PageVersion

Text = Consent.Text
SIGNED = {Text.CHARTER: "experts_charter", Text.MANDATE: "invoicing_mandate"}
"""Texts under which one types one's name, and the page where one does."""

KEY = "texts:announced:%s"
KEPT_FOR = 300
"""Seconds."""


@dataclass(frozen=True)
class Change:
    """A version that was announced, and from when it applies."""

    text: Consent.Text
    version: str
    takes_effect_at: datetime

    @property
    def url(self) -> str:
        """Where it is read, and signed where one signs."""
        if self.is_signed:
            return reverse(SIGNED[self.text])
        return reverse("page_version", args=[Page.TERMS.value, self.version])

    @property
    def is_coming(self) -> bool:
        return self.takes_effect_at > clock.now()

    @property
    def is_signed(self) -> bool:
        """Whether agreeing to it is typing one's name."""
        return self.text in SIGNED


def announced(language: str) -> list[Change]:
    """The last version of each text, where it was announced: still to come, or in force since."""
    found = []
    version = _terms(language) or _terms(pages.PREVAILS)
    if version is not None and version.takes_effect_at is not None:
        found.append(Change(Text.TERMS, str(version.number), version.takes_effect_at))
    for text in SIGNED:
        known = editions.SOURCES[text].EDITIONS
        if len(known) < 2:
            continue
        last = (
            TextEdition.objects.filter(text=text, version__in=list(known))
            .order_by("-takes_effect_at")
            .first()
        )
        if last is not None:
            found.append(Change(text, last.version, last.takes_effect_at))
    return found


def seldom_read(language: str) -> list[Change]:
    """The same, read from the database once in five minutes at most: every page of one's own asks."""
    key = KEY % language
    kept: list[Change] | None = cache.get(key)
    if kept is None:
        kept = announced(language)
        cache.set(key, kept, KEPT_FOR)
    return kept


def read_again() -> None:
    """Forget what was kept, now and once the transaction is over: something is announced."""
    keys = [KEY % language for language in User.Language.values]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


def _terms(language: str) -> PageVersion | None:
    """The last terms of a language, if they were announced."""
    last = PageVersion.objects.filter(page=Page.TERMS, language=language).order_by("-number").first()
    return last if last is not None and last.takes_effect_at is not None else None


def concerned(change: Change) -> QuerySet[User]:
    """Those who are to be told: everybody for the terms, whoever signed for the charter and the mandate."""
    people = User.objects.filter(is_active=True, is_staff=False, closed_at=None)
    if change.is_signed:
        signed = Consent.objects.live().filter(text=change.text)
        people = people.filter(pk__in=signed.values("user_id"))
    return people


def pending(user: User) -> list[Change]:
    """The announced versions that concern somebody and that they have not agreed to."""
    changes = seldom_read(user.language)
    if not changes or user.is_staff:
        return []
    rows = Consent.objects.live().filter(user=user, text__in=[change.text for change in changes])
    given = set(rows.values_list("text", "version"))
    signed = {text for text, _version in given}
    return [
        change
        for change in changes
        if (change.text, change.version) not in given
        and (change.text in signed if change.is_signed else user.date_joined < change.takes_effect_at)
    ]
