"""The clock of this app."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Q

from marketplace.kernel import clock
from messaging import mail
from messaging.models import Mail


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
