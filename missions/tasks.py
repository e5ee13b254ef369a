"""The clock of quotes and missions: each sweep may run twice, or late."""

from celery import shared_task

from missions import actions


@shared_task
def expire_quotes() -> None:
    actions.expire_quotes()


@shared_task
def sweep_missions() -> None:
    """First instalments that never came, instalments to remind of, reviews and proposals left unanswered."""
    actions.cancel_unpaid()
    actions.remind_unpaid()
    actions.validate_unanswered()
    actions.lapse_endings()
