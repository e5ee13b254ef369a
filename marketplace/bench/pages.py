"""How much more than the bare minimum the public and the private pages cost."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import reverse

from accounts.models import User
from marketplace.bench.measure import Row, paired, rows_of
from offers.models import Offer
from orders.models import Order

BARE_LISTING = engines["django"].from_string(
    "<ul>{% for title, price, name in rows %}<li><b>{{ title }}</b> {{ name }} {{ price }}</li>{% endfor %}</ul>"
)
BARE_PAGE = engines["django"].from_string("<h1>{{ title }}</h1><p>{{ name }}</p><div>{{ description }}</div>")
PLAIN_LISTING = engines["django"].from_string(
    "{% load i18n humanize %}{% for offer in offers %}<article><a href=\"{% url 'offer' offer.pk offer.slug %}\">"
    "{{ offer.title|truncatechars:60 }}</a> {{ offer.expert.first_name }} {{ offer.price_cents|intcomma }} "
    "{{ offer.published_at|date }} {% blocktranslate count n=offer.delivery_days %}{{ n }} day{% plural %}"
    "{{ n }} days{% endblocktranslate %}</article>{% endfor %}"
)


def measure(runs: int) -> list[Row]:
    """Anonymous and signed-in pages against one query and one small template, in the same process."""
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
        _pair("listing, signed in / anonymous", signed_in, anonymous, listing, runs),
        _pair("offer page, signed in / anonymous", signed_in, anonymous, page, runs),
        _against(
            "order room",
            signed_in,
            order.get_absolute_url(),
            _plain_listing,
            runs,
            2.0,
            "plain Django listing",
        ),
        _against(
            "expert dashboard",
            expert,
            reverse("dashboard"),
            _plain_listing,
            runs,
            2.0,
            "plain Django listing",
        ),
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
    reference: Callable[[], object],
    runs: int,
    goal: float,
    name: str = "bare minimum",
) -> Row:
    ours, theirs = paired(_get(client, path), reference, runs=runs)
    return Row(what, f"{ours:.1f} ms", f"{name} {theirs:.1f} ms", ours / theirs, goal)


def _pair(what: str, ours: Client, theirs: Client, path: str, runs: int) -> Row:
    a, b = paired(_get(ours, path), _get(theirs, path), runs=runs)
    return Row(what, f"{a:.1f} ms", f"{b:.1f} ms", a / b, 1.3)


def _bare_listing() -> HttpResponse:
    rows = rows_of(
        "SELECT o.title, o.price_cents, u.first_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
        "WHERE o.status = 'published' ORDER BY o.completed_count DESC, o.id DESC LIMIT 24"
    )
    return HttpResponse(BARE_LISTING.render({"rows": rows}))


def _bare_page(pk: int) -> HttpResponse:
    title, description, name = rows_of(
        "SELECT o.title, o.description, u.first_name FROM offers_offer o JOIN accounts_user u ON u.id = o.expert_id "
        "WHERE o.id = %s",
        pk,
    )[0]
    return HttpResponse(BARE_PAGE.render({"title": title, "description": description, "name": name}))


def _plain_listing() -> HttpResponse:
    offers = Offer.objects.published().select_related("expert").order_by("-completed_count", "-pk")[:24]
    return HttpResponse(PLAIN_LISTING.render({"offers": offers}))
