"""The door of a production web server."""

import gc
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.base")

_site = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The whole site. Its frame is large: see docs/decisions/0019-one-roomy-frame.md."""
    return _site(environ, start_response)


application.__code__ = application.__code__.replace(co_stacksize=70_000)


def unhurried() -> None:
    """What was loaded stays to the end, so the collector need not walk through it again and again for each few pages.

    Old rubbish is still looked for every so often: left until much later, it was worth some megabytes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 5, 5)


unhurried()
