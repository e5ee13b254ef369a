"""Agree to a text, and take back what may be taken back. Both are written down."""

from django.db import IntegrityError, transaction

from accounts.consents import wording
from accounts.models import Consent, User
from marketplace.kernel import clock
from marketplace.kernel.compiled import STAND_IN, WORD, Compiled
from marketplace.kernel.writing import write

_live = Compiled(
    lambda user, text, version, about: Consent.objects.live().filter(
        user=user, text=text, version=version, about=about
    ),
    STAND_IN,
    *(f"{WORD} {place}" for place in ("text", "version", "about")),
)


def agree(
    user: User,
    text: str,
    *,
    language: str = "",
    about: str = "",
    label: str = "",
    name: str = "",
    source: str = Consent.Source.PAGE,
    ip: str | None = None,
    version: str = "",
) -> Consent:
    """Write down that somebody agreed to the version in force, or to the one named. The same one is agreed to once.

    ``language`` is the one it was read in; by default that of the account.
    """
    spoken = language or user.language
    version, digest = wording(text, spoken, version)
    known: Consent | None = _live.first(user.pk, str(text), version, about)
    if known:
        return known
    given = Consent(
        user=user,
        text=text,
        version=version,
        about=about,
        label=label[:200],
        language=spoken,
        digest=digest,
        name=name,
        source=source,
        ip=ip,
        given_at=clock.now(),
    )
    try:
        with transaction.atomic():
            write([given])
    except IntegrityError:  # the same click twice
        return Consent.objects.live().get(user=user, text=text, version=version, about=about)
    return given


def take_back(user: User, text: str, *, about: str = "") -> int:
    """Write down that a consent is withdrawn; what it allowed is stopped by the caller. Twice changes nothing."""
    given = Consent.objects.live().filter(user=user, text=text, about=about)
    return given.update(withdrawn_at=clock.now())
