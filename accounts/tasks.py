"""The clock of this app."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from accounts.actions import recommendations


@shared_task
def forget_old_sessions() -> None:
    """Delete the sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@shared_task
def remind_of_recommendations() -> int:
    """Write again to those who were asked for a recommendation, then give up. Returns how many were touched."""
    return recommendations.remind_or_give_up()
