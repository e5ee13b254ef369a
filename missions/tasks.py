"""The clock of quotes and missions: each sweep may run twice, or late."""

from celery import shared_task

from missions import actions, leaving


@shared_task
def expire_quotes() -> None:
    actions.expire_quotes()


@shared_task
def sweep_missions() -> None:
    """First instalments that never came, instalments to remind of or late, and whatever was left unanswered."""
    actions.cancel_unpaid()
    actions.remind_unpaid()
    actions.tell_late()
    actions.validate_unanswered()
    actions.validate_silent_reports()
    actions.lapse_endings()
    actions.lapse_amendments()


@shared_task
def watch_missions() -> None:
    """Missions nobody speaks of, those that have waited for our team too long, experts who leave one after the other."""
    actions.watch_silence()
    actions.alarm_team()
    leaving.watch_leaving()
