"""The sandbox's clock: messages that were to come late, or that nobody answered."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction

from marketplace.kernel import clock
from payments.sandbox.actions import settle_payout
from payments.sandbox.models import SandboxCallback, SandboxPayout
from payments.sandbox.outbox import TIMEOUT_SECONDS, deliver

BATCH = 100


@shared_task
def sweep_callbacks() -> int:
    """Send what is due. Returns how many were handed on."""
    now = clock.now()
    with transaction.atomic():
        due = SandboxCallback.objects.filter(due_at__lte=now).select_for_update(no_key=True, skip_locked=True)
        claimed = list(due.order_by("due_at").values_list("pk", flat=True)[:BATCH])
        SandboxCallback.objects.filter(pk__in=claimed).update(
            due_at=now + 3 * timedelta(seconds=TIMEOUT_SECONDS)
        )
    for pk in claimed:
        deliver.delay(pk)
    return len(claimed)


@shared_task
def settle_payouts() -> int:
    """Let the bank act on the payouts whose time has come. Returns how many."""
    due = list(SandboxPayout.objects.filter(next_step_at__lte=clock.now()).order_by("next_step_at")[:BATCH])
    for payout in due:
        settle_payout(payout)
    return len(due)
