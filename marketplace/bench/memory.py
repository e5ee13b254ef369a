"""How much memory a web process holds after pages of all kinds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.urls import reverse
from django.utils import translation

from marketplace.bench.measure import Row
from marketplace.bench.pages import member, visitor
from marketplace.bench.served import CONNECTIONS, Page, servers
from offers.models import Offer
from orders.models import Order

GOAL = 150
"""Megabytes."""
OFFERS = 2_000
OPEN = ("home", "catalogue", "experts", "how_it_works", "faq")
OWN = (
    "dashboard",
    "dashboard_offers",
    "dashboard_orders",
    "dashboard_earnings",
    "notifications",
    "conversations",
)


def measure() -> Row:
    """One process of four threads, as the image starts it, after the pages of visitors and members in both languages."""
    pages = list(_pages())
    with servers("--worker-class", "gthread", "--threads", "4", processes=1) as web:
        started = web.resident()
        with ThreadPoolExecutor(CONNECTIONS) as people:
            for _ in people.map(web.get, pages):
                pass
        held = web.resident()
    return Row(
        f"memory of a web process, {len(pages)} pages",
        f"{held:.0f} MB, {started:.0f} once started",
        f"{GOAL} MB",
        held / GOAL,
        1,
    )


def _pages() -> Iterator[Page]:
    order = Order.objects.select_related("buyer", "expert").order_by("pk").first()
    if order is None:
        raise SystemExit("Load the demo world first: make seed")
    buyer, expert = member(order.buyer), member(order.expert)
    for language in ("fr", "en"):
        with translation.override(language):
            for who in (visitor(), buyer, expert):
                for name in OPEN:
                    yield Page(reverse(name), who)
            for name in OWN:
                yield Page(reverse(name), expert)
            yield Page(order.get_absolute_url(), expert)
    for number, offer in enumerate(Offer.objects.published().order_by("-completed_count", "pk")[:OFFERS]):
        yield Page(offer.get_absolute_url(), visitor() if number % 5 else buyer)
