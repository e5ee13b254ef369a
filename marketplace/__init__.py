"""The composition root: settings, URLs and the pages that need several apps at once."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
