"""The clock of this app."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from marketplace.kernel import clock
from messaging import actions, mail, replies
from messaging.models import Mail, Notification


@shared_task
def sweep_mail(limit: int = 200) -> int:
    """Send what a lost queue or a dead worker left unsent. Returns how many went out."""
    now = clock.now()
    owed = (
        Mail.objects.filter(
            sent_at=None, attempts__lt=mail.MAX_ATTEMPTS, created_at__lt=now - timedelta(seconds=30)
        )
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - mail.CLAIM_LASTS))
        .order_by("created_at")
        .values_list("pk", flat=True)[:limit]
    )
    return sum(mail.send(pk) for pk in list(owed))


@shared_task
def send_digests(limit: int = 2_000) -> int:
    """Write the daily mails once it is time: after the hour of ``DIGEST_HOUR`` in Paris, what waited until then."""
    now = timezone.localtime(clock.now())
    due = now.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if now < due:
        due -= timedelta(days=1)
    waiting = Notification.objects.filter(by_mail=Notification.ByMail.DIGEST_DUE, created_at__lt=due)
    people = User.objects.filter(pk__in=waiting.values("user"))[:limit]
    return sum(actions.send_digest(user, before=due) for user in people)


@shared_task
def announce_changes() -> int:
    """Tell people of new terms, charter and mandate, fifteen days before they apply. Returns how many were told."""
    return actions.announce_changes()


@shared_task
def measure_replies() -> int:
    """Write how fast each expert usually answers. Returns how many figures changed."""
    return replies.measure()
