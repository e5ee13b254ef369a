"""Tell people of new terms, charter and mandate before they apply, and write down that they agree."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.actions.consents import agree
from accounts.actions.editions import announce_editions
from accounts.models import Consent, User
from accounts.outbox import tell
from messaging.changes import Change, announced, concerned, pending, read_again
from messaging.models import Notification


def announce_changes(limit: int = 1_000) -> int:
    """Owe everybody concerned the mail of each change to come, once. Returns how many were told; safe to repeat.

    Article 3 (2) of regulation (EU) 2019/1150: on a durable medium, fifteen days before.
    """
    if announce_editions():
        read_again()
    told = 0
    for language in User.Language.values:
        for change in announced(language):
            if change.is_coming:
                told += _tell(change, language, limit - told)
    return told


def _tell(change: Change, language: str, limit: int) -> int:
    key = f"text:{change.text}:{change.version}:{change.takes_effect_at:%Y%m%d}"
    done = Exists(Notification.objects.filter(user=OuterRef("pk"), key=key))
    people = concerned(change).filter(~done, language=language).order_by("pk")
    day = timezone.localtime(change.takes_effect_at).date()
    return sum(
        tell(user, f"new_{change.text}", key=key, url_name="text_changes", day=day)
        for user in people[: max(limit, 0)]
    )


@transaction.atomic
def agree_to_terms(user: User, *, language: str, ip: str | None = None) -> bool:
    """Write down that somebody agrees to the terms announced. False when nothing is asked of them any more."""
    change = next((change for change in pending(user) if change.text == Consent.Text.TERMS), None)
    if change is not None:
        agree(user, Consent.Text.TERMS, language=language, ip=ip, version=change.version)
    return change is not None
