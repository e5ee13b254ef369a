"""The clock of what concerns every app: copies of personal data, accounts that close."""

import logging
from typing import Any

from celery import Task, shared_task
from django.core.files.storage import storages

from accounts.models import ClosureRequest, DataExport
from accounts.outbox import bring_to_staff
from marketplace.kernel import clock
from marketplace.kernel.storage import FilesAway
from marketplace.privacy import closing, export, records, retention
from orders import actions as orders
from orders.queries.refusals import refusing_often

logger = logging.getLogger(__name__)


@shared_task
def build_copy(export_id: int) -> bool:
    """Make the copy of data that somebody asked for."""
    return export.build(export_id)


@shared_task
def build_copies() -> int:
    """Make the copies that a lost queue forgot."""
    waiting = DataExport.objects.filter(ready_at=None, expires_at=None).order_by("pk")
    return sum(export.build(pk) for pk in list(waiting.values_list("pk", flat=True)[:20]))


@shared_task
def close_accounts() -> int:
    """Close the accounts whose owners asked for it, as soon as nothing stands in the way."""
    done = 0
    for request in list(ClosureRequest.objects.due(clock.now()).order_by("asked_at")[:500]):
        try:
            done += closing.carry_out(request)
        except Exception:
            logger.exception("closure request %s could not be carried out", request.pk)
    return done


@shared_task
def watch_refusals() -> int:
    """Bring experts who refuse order after order to our team."""
    return bring_to_staff(refusing_often(), "refusals_often", key="refusals")


@shared_task(bind=True, max_retries=60)
def delete_file(self: Task, alias: str, name: str) -> None:
    """Delete a file of a bucket that could not be asked when its row was let go; tried anew for two days."""
    storage: Any = storages[alias]
    try:
        storage.delete_now(name)
    except FilesAway as error:
        raise self.retry(exc=error, countdown=min(60 * 2**self.request.retries, 3600)) from error


@shared_task
def forget() -> None:
    """Delete what has been kept for long enough: copies, files, words, logs, accounts nobody uses."""
    closing.forget_copies()
    closing.forget_the_inactive()
    retention.forget_files_of_documents()
    retention.forget_bank_details()
    retention.forget_tax_details()
    retention.forget_signers()
    retention.forget_old_talk()
    retention.forget_old_requests()
    retention.forget_letters()
    records.forget_missions()
    records.forget_quotes()
    records.forget_agreements()
    records.forget_reports()
    records.forget_suspensions()
    records.forget_looks()


@shared_task
def keep_figures() -> int:
    """Add up what yesterday and today brought, for the page of figures."""
    return orders.write_figures()
