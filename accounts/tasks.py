"""The clock of this app."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task
def forget_old_sessions() -> None:
    """Delete the sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
