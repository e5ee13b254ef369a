"""The sandbox's clock: messages that were to come late, or that nobody answered."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction

from marketplace.kernel import clock
from payments.sandbox.models import SandboxCallback
from payments.sandbox.outbox import TIMEOUT_SECONDS, deliver

BATCH = 100


@shared_task
def sweep_callbacks() -> int:
    """Send what is due. Returns how many were handed on."""
    now = clock.now()
    with transaction.atomic():
        due = SandboxCallback.objects.filter(due_at__lte=now).select_for_update(skip_locked=True)
        claimed = list(due.order_by("due_at").values_list("pk", flat=True)[:BATCH])
        SandboxCallback.objects.filter(pk__in=claimed).update(
            due_at=now + 3 * timedelta(seconds=TIMEOUT_SECONDS)
        )
    for pk in claimed:
        deliver.delay(pk)
    return len(claimed)
