"""The door of a production web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.base")

application = get_wsgi_application()


def unhurried() -> None:
    """What was loaded stays to the end, so the collector need not walk through it again and again for each few pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


unhurried()
