"""What the site writes about itself: one line an event, as JSON in production, and nobody's personal data in it.

Every line of a request carries ``request_id``, every line of a task ``task_id``; what either works on is bound too
(``order``, ``order_id``, ``mail_id``…), so that one life can be read across web and workers. Addresses are written as
routes: a path may hold the token of a link that was mailed, a query what somebody searched for.
"""

import inspect
import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

Event = MutableMapping[str, Any]

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What we take over from a proxy; anything else is replaced by an identifier of ours."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,4})?\b")
SECRET = re.compile(r"\b(?:sk|rk|whsec|pi|cs)_[A-Za-z0-9_]{12,}(?:_secret_[A-Za-z0-9]+)?")
SCRUBBED = ("event", "exception", "error", "reason")


def without_personal_data(logger: object, method: str, event: Event) -> Event:
    """Take mail addresses, bank accounts and keys out of texts: an exception quotes what it choked on."""
    for key in SCRUBBED:
        text = event.get(key)
        if isinstance(text, str):
            text = EMAIL.sub("[e-mail]", text)
            text = SECRET.sub("[key]", text)
            event[key] = IBAN.sub("[bank account]", text)
    if isinstance(event.get("exception"), BaseException):
        event.pop("exception")
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
    structlog.stdlib.ExtraAdder(allow=()),
]


def configured(style: str, level: str) -> dict[str, Any]:
    """The ``LOGGING`` of the site. ``style`` is ``json`` or ``plain``."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if style == "plain":
        last = structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "logger", "event"], drop_missing=True
        )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routes": {"()": "marketplace.kernel.logs.RoutesOnly"}},
        "formatters": {
            "lines": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_personal_data,
                    last,
                ],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["routes"]}
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }


class RoutesOnly(logging.Filter):
    """Django's own lines about requests name the path: they get the route in its place."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = route(request)
            record.args = tuple(
                shown if argument in (request.path, request.get_full_path()) else argument
                for argument in record.args
            )
        return True


def route(request: HttpRequest) -> str:
    """The pattern of the page that was asked for, without what was in it."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else "(no such address)"


class RequestLog(RequestMiddleware):
    """One line a request, and its identifier on every line in between and in the answer (``X-Request-ID``)."""

    def prepare(self, request: HttpRequest) -> None:
        if not REQUEST_ID.fullmatch(request.META.get("HTTP_X_REQUEST_ID", "")):
            request.META.pop("HTTP_X_REQUEST_ID", None)
            request.__dict__.pop("headers", None)
        super().prepare(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> None:
        if (public_id := kwargs.get("public_id")) is not None:
            name = "order" if "orders/<uuid:public_id>" in route(request) else "object"
            structlog.contextvars.bind_contextvars(**{name: str(public_id)})

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        response["X-Request-ID"] = structlog.contextvars.get_contextvars().get("request_id", "")
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {route(request)}"


def bind_task(sender: object = None, task: Any = None, **_: object) -> None:
    """Bind what a task works on: its arguments that name a row (``order_id``, ``mail_id``…)."""
    names = list(inspect.signature(task.run).parameters)
    given = dict(zip(names, task.request.args or (), strict=False)) | dict(task.request.kwargs or {})
    rows = {name: value for name, value in given.items() if name.endswith(("_id", "_pk"))}
    structlog.contextvars.bind_contextvars(task=task.name, **rows)
