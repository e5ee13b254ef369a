"""Give every edition that comes with a release the day it applies from."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Consent, TextEdition
from accounts.queries.editions import SOURCES
from accounts.rules import TEXT_NOTICE
from marketplace.kernel import clock


def earliest_effect() -> datetime:
    """The first midnight of Paris that leaves everybody fifteen whole days after today's mails."""
    day = clock.today() + TEXT_NOTICE + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time()))


def announce_editions() -> int:
    """Date the editions not yet seen: after the notice, or at once where nobody signed another. Safe to repeat."""
    new = 0
    for text, source in SOURCES.items():
        for version in list(source.EDITIONS)[1:]:
            signed = Consent.objects.live().filter(text=text).exclude(version=version).exists()
            _edition, created = TextEdition.objects.get_or_create(
                text=text,
                version=version,
                defaults={
                    "announced_at": clock.now(),
                    "takes_effect_at": earliest_effect() if signed else clock.now(),
                },
            )
            new += created
    return new
