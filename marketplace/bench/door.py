"""What the web servers of ``make bench`` serve: our site, and in the same processes what it is measured against.

``/bare/`` holds pages of one view, one query with a join and one cached template, without middleware; ``/plain/`` the
listing of a full Django site written in the ordinary way.
"""

from marketplace.wsgi import application as site  # it loads the apps, which the rest needs

# isort: split

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines

from marketplace.bench.plain import PlainSite
from marketplace.kernel import near

LISTING = engines["django"].from_string(
    "<!doctype html><title>Offers</title>{% for each in rows %}<article><img src='/media/{{ each.cover }}' alt=''>"
    "<p>{{ each.first_name }} {{ each.last_name }} {{ each.rating_sum }} ({{ each.rating_count }})</p>"
    "<h3><a href='/offers/{{ each.id }}/{{ each.slug }}/'>{{ each.title }}</a></h3>"
    "<p>{{ each.delivery_days }} {{ each.price_cents }}</p></article>{% endfor %}"
)
OFFER = engines["django"].from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ first_name }}</p><div>{{ description }}</div>"
)
NOTHING_HELD = "HTTP_X_NOTHING_HELD"
"""The header of whoever asks as the first visitor in two seconds does: this process holds no list and no offer."""


def _listing(request: HttpRequest) -> HttpResponse:
    rows = _rows(
        "SELECT o.id, o.slug, o.title, o.cover, o.price_cents, o.delivery_days, o.rating_sum, o.rating_count, "
        "u.first_name, u.last_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
        "WHERE o.status = 'published' ORDER BY o.completed_count DESC, o.id DESC LIMIT 24"
    )
    return HttpResponse(LISTING.render({"rows": rows}))


def _offer(request: HttpRequest) -> HttpResponse:
    rows = _rows(
        "SELECT o.title, o.description, u.first_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
        "WHERE o.id = %s",
        int(request.path_info.rsplit("/", 1)[-1]),
    )
    return HttpResponse(OFFER.render(rows[0]))


def _rows(sql: str, *values: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Bare(WSGIHandler):
    """A view behind Django's handler, and no middleware."""

    def __init__(self, view: Callable[[HttpRequest], HttpResponse]) -> None:
        self.view = view
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        self._middleware_chain = self.view


beside: dict[str, WSGIHandler] = {
    "/bare/listing": Bare(_listing),
    "/bare/offer": Bare(_offer),
    "/plain/listing": PlainSite(),
}


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if NOTHING_HELD in environ:
        near.forget()
    settings.NEAR_SECONDS = 0.0 if NOTHING_HELD in environ else _NEAR_SECONDS
    path = environ["PATH_INFO"]
    for prefix, handler in beside.items():
        if path.startswith(prefix):
            return handler(environ, start_response)
    return site(environ, start_response)


_NEAR_SECONDS = settings.NEAR_SECONDS
