"""How much more than the bare minimum the public and the private pages cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from marketplace.bench.measure import Row
from marketplace.bench.served import Page, Servers, servers
from messaging.models import Message
from offers.models import Offer
from orders.models import Order

MESSAGES = 50
BARE_LISTING, PLAIN_LISTING = "/bare/listing", "/plain/listing"
NOTHING_HELD = {"X-Nothing-Held": "1"}


def measure(runs: int) -> list[Row]:
    """Public pages against one query and one cached template, members' pages against visitors' and a full Django site's."""
    offer = Offer.objects.published().order_by("-completed_count").first()
    order = (
        Order.objects.filter(state=Order.State.ACTIVE).select_related("buyer", "expert").first()
        or Order.objects.select_related("buyer", "expert").first()
    )
    if offer is None or order is None:
        raise SystemExit("Load the demo world first: make seed")
    anybody, buyer, expert = visitor(), member(order.buyer), member(order.expert)
    listing, page, bare_page = reverse("catalogue"), offer.get_absolute_url(), f"/bare/offer/{offer.pk}"
    pairs = [
        ("listing, anonymous", Page(listing, anybody), Page(BARE_LISTING, anybody), 1.2),
        ("offer page, anonymous", Page(page, anybody), Page(bare_page, anybody), 2.5),
        (
            "offer page, anonymous, nothing held",
            Page(page, anybody | NOTHING_HELD),
            Page(bare_page, anybody),
            2.5,
        ),
        ("listing, signed in / anonymous", Page(listing, buyer), Page(listing, anybody), 1.3),
        ("offer page, signed in / anonymous", Page(page, buyer), Page(page, anybody), 1.3),
        (
            f"order room, {MESSAGES} messages",
            Page(order.get_absolute_url(), buyer),
            Page(PLAIN_LISTING, buyer),
            2.0,
        ),
        ("expert dashboard", Page(reverse("dashboard"), expert), Page(PLAIN_LISTING, expert), 2.0),
    ]
    with servers() as web, _long_talk(order):
        return [_row(web, *pair, runs) for pair in pairs]


def _row(web: Servers, what: str, ours: Page, reference: Page, goal: float, runs: int) -> Row:
    a, b = web.paired(ours, reference, runs=runs)
    return Row(what, str(a), f"{reference.path} {b}", a.milliseconds / b.milliseconds, goal)


def visitor() -> dict[str, str]:
    return {"Host": settings.SITE_URL.split("//")[-1]}


def member(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return visitor() | {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"}


@contextmanager
def _long_talk(order: Order) -> Iterator[None]:
    """Fifty messages in the room of an order; they are taken back after."""
    said = Message.objects.bulk_create(
        Message(
            conversation_id=order.conversation_id,
            author_id=(order.buyer_id, order.expert_id)[number % 2],
            body=f"Bonjour, voici le point {number} de la liste ; je reviens vers vous demain.",
            created_at=order.placed_at + timedelta(minutes=number),
        )
        for number in range(MESSAGES)
    )
    try:
        yield
    finally:
        Message.objects.filter(pk__in=[message.pk for message in said]).delete()
