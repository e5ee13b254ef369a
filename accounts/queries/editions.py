"""Which edition of the charter and of the mandate is in force, and which one comes.

The words are in the code; the day each applies from is in the database, at least fifteen days after it came with a
release, so that no upgrade changes what people signed overnight.
"""

from types import ModuleType

from accounts import charter, mandate
from accounts.models import Consent, TextEdition
from marketplace.kernel import clock

SOURCES: dict[str, ModuleType] = {Consent.Text.CHARTER: charter, Consent.Text.MANDATE: mandate}


def in_force(text: str) -> str:
    """The version that applies today: the last whose day has come, or the oldest in the code."""
    known = list(SOURCES[text].EDITIONS)
    if len(known) == 1:
        return known[0]
    begun = set(
        TextEdition.objects.filter(text=text, takes_effect_at__lte=clock.now()).values_list(
            "version", flat=True
        )
    )
    return next((version for version in reversed(known) if version in begun), known[0])


def coming(text: str) -> TextEdition | None:
    """The version that is announced and does not apply yet."""
    known = list(SOURCES[text].EDITIONS)
    if len(known) == 1:
        return None
    announced = TextEdition.objects.filter(text=text, version__in=known, takes_effect_at__gt=clock.now())
    return announced.order_by("takes_effect_at").first()


def to_sign(text: str) -> str:
    """The version that a signature is asked for today: the one that comes, else the one in force."""
    edition = coming(text)
    return edition.version if edition else in_force(text)
