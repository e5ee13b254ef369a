"""How much more than the bare minimum the public and the private pages cost."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import reverse

from accounts.models import User
from marketplace.bench.measure import Row, paired, rows_of
from marketplace.bench.placing import undone
from marketplace.bench.plain import plain_site
from marketplace.kernel import near
from messaging.models import Message
from offers.models import Offer
from orders.models import Order

MESSAGES = 50
BARE_LISTING = engines["django"].from_string(
    "<!doctype html><title>Offers</title>{% for each in rows %}<article><img src='/media/{{ each.cover }}' alt=''>"
    "<p>{{ each.first_name }} {{ each.last_name }} {{ each.rating_sum }} ({{ each.rating_count }})</p>"
    "<h3><a href='/offers/{{ each.id }}/{{ each.slug }}/'>{{ each.title }}</a></h3>"
    "<p>{{ each.delivery_days }} {{ each.price_cents }}</p></article>{% endfor %}"
)
BARE_PAGE = engines["django"].from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ name }}</p><div>{{ description }}</div>"
)


class Bare(ClientHandler):
    """A site of one page: a view behind Django's handler, and no middleware."""

    def __init__(self, view: Callable[[], HttpResponse]) -> None:
        super().__init__(enforce_csrf_checks=False)
        self._middleware_chain = lambda request: view()


def measure(runs: int) -> list[Row]:
    """Anonymous and signed-in pages against one query and one cached template without middleware, in the same process."""
    offer = Offer.objects.published().order_by("-completed_count").first()
    order = (
        Order.objects.filter(state=Order.State.ACTIVE).select_related("buyer").first()
        or Order.objects.first()
    )
    if offer is None or order is None:
        raise SystemExit("Load the demo world first: make seed")
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    anonymous = Client(headers={"host": host})
    signed_in = _signed_in(order.buyer, host)
    expert = _signed_in(order.expert, host)
    listing, page = reverse("catalogue"), offer.get_absolute_url()
    return [
        _against("listing, anonymous", anonymous, listing, _bare_listing, runs, 1.2),
        _against("offer page, anonymous", anonymous, page, lambda: _bare_page(offer.pk), runs, 2.5),
        _read_anew(anonymous, page, offer.pk, runs),
        _pair("listing, signed in / anonymous", signed_in, anonymous, listing, runs),
        _pair("offer page, signed in / anonymous", signed_in, anonymous, page, runs),
        _long_room(order, signed_in, runs),
        _against_plain("expert dashboard", expert, reverse("dashboard"), runs, 2.0),
    ]


def _signed_in(user: User, host: str) -> Client:
    client = Client(headers={"host": host})
    client.force_login(user)
    return client


def _get(client: Client, path: str) -> Callable[[], object]:
    def act() -> object:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        return response

    return act


def _against(
    what: str,
    client: Client,
    path: str,
    reference: Callable[[], HttpResponse],
    runs: int,
    goal: float,
) -> Row:
    bare = Client()
    bare.handler = Bare(reference)
    ours, theirs = paired(_get(client, path), _get(bare, "/"), runs=runs)
    return Row(what, f"{ours:.1f} ms", f"bare minimum {theirs:.1f} ms", ours / theirs, goal)


def _read_anew(client: Client, page: str, pk: int, runs: int) -> Row:
    """The same page as its first visitor in two seconds is served: no list and no offer is held by the process."""
    with override_settings(NEAR_SECONDS=0):
        near.forget()
        what = "offer page, anonymous, nothing held"
        return _against(what, client, page, lambda: _bare_page(pk), runs, 2.5)


def _against_plain(what: str, client: Client, path: str, runs: int, goal: float) -> Row:
    """Beside the listing of a plain full Django site, read by the same person."""
    plain = plain_site(client)
    ours, theirs = paired(_get(client, path), _get(plain, "/"), runs=runs)
    return Row(what, f"{ours:.1f} ms", f"plain Django listing {theirs:.1f} ms", ours / theirs, goal)


def _long_room(order: Order, reader: Client, runs: int) -> Row:
    """The room of an order in which fifty messages were exchanged; they are taken back after."""
    rows: list[Row] = []

    def measured() -> None:
        said = [
            Message(
                conversation_id=order.conversation_id,
                author_id=(order.buyer_id, order.expert_id)[number % 2],
                body=f"Bonjour, voici le point {number} de la liste ; je reviens vers vous demain.",
                created_at=order.placed_at + timedelta(minutes=number),
            )
            for number in range(MESSAGES)
        ]
        Message.objects.bulk_create(said)
        path = order.get_absolute_url()
        rows.append(_against_plain(f"order room, {MESSAGES} messages", reader, path, runs, 2.0))

    undone(measured)()
    return rows[0]


def _pair(what: str, ours: Client, theirs: Client, path: str, runs: int) -> Row:
    a, b = paired(_get(ours, path), _get(theirs, path), runs=runs)
    return Row(what, f"{a:.1f} ms", f"{b:.1f} ms", a / b, 1.3)


def _bare_listing() -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, o.slug, o.title, o.cover, o.price_cents, o.delivery_days, o.rating_sum, o.rating_count, "
            "u.first_name, u.last_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
            "WHERE o.status = 'published' ORDER BY o.completed_count DESC, o.id DESC LIMIT 24"
        )
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(BARE_LISTING.render({"rows": rows}))


def _bare_page(pk: int) -> HttpResponse:
    title, description, name = rows_of(
        "SELECT o.title, o.description, u.first_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
        "WHERE o.id = %s",
        pk,
    )[0]
    return HttpResponse(BARE_PAGE.render({"title": title, "description": description, "name": name}))
