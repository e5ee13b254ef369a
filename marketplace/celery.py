"""Celery: the muscle behind deadlines and errands; the database remembers what is owed and due."""

import os

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

from marketplace.kernel.logs import bind_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.base")

app = Celery("marketplace", task_cls="marketplace.kernel.errands:Errand")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="outbox")
app.steps["worker"].add(DjangoStructLogInitStep)
bind_extra_task_metadata.connect(bind_task)


@setup_logging.connect
def keep_the_settings_of_the_site(**_: object) -> None:
    """Workers log as LOGGING says, with their ids, and not in a way of their own."""
