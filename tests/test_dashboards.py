"""The expert's pages: who opens them, what they show, and that they cost the same whatever there is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts import actions as accounts
from accounts.models import ExpertProfile, User
from marketplace import dashboard_queries as queries
from marketplace.kernel.money import format_money
from offers.models import Offer
from orders import actions, notifications
from orders.models import Order, OrderEvent
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ["dashboard", "dashboard_orders", "dashboard_earnings"]
ClientOf = Callable[[User], Client]


def page(client: Client, name: str, query: str = "", language: str = "en") -> str:
    with translation.override(language):
        address = reverse(name)
    response = client.get(address + query)
    assert response.status_code == 200
    return response.content.decode()


def told(order: Order) -> None:
    for event in order.events.all():
        notifications.announce(event.pk)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_open_to_experts_alone(
    client: Client, client_of: ClientOf, name: str, expert: User, buyer: User, staff: User
) -> None:
    assert client_of(expert).get(reverse(name)).status_code == 200
    assert client_of(buyer).get(reverse(name)).status_code == 404
    assert client_of(staff).get(reverse(name)).status_code == 404
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
    assert client_of(expert).post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_expert_is_told_what_will_be_here(
    client_of: ClientOf, name: str, language: str, expert: User
) -> None:
    html = page(client_of(expert), name, language=language)

    assert "<h1" in html
    assert "empty-state" in html


@pytest.mark.parametrize("name", PAGES)
def test_an_expert_never_sees_anothers_orders(
    client_of: ClientOf, name: str, completed_order: Order, active_order: Order
) -> None:
    other = factories.make_expert("Marc", "Olivier")

    html = page(client_of(other), name)

    assert completed_order.reference not in html
    assert completed_order.title not in html


def test_unpaid_orders_stay_hidden_from_the_expert(client_of: ClientOf, placed_order: Order) -> None:
    client = client_of(placed_order.expert)

    for name in PAGES:
        assert placed_order.reference not in page(client, name)


def test_the_first_page_lists_what_to_deliver_the_shortest_time_first(
    client_of: ClientOf, offer: Offer, buyer: User
) -> None:
    late = factories.start(factories.pay(factories.place(buyer, offer)))
    waiting = factories.pay(factories.place(buyer, offer))
    Order.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=3, minutes=5))

    orders = queries.to_deliver(offer.expert)
    html = page(client_of(offer.expert), "dashboard")

    assert [order.pk for order in orders] == [late.pk, waiting.pk]
    assert html.index(late.reference) < html.index(waiting.reference)
    assert "is late." in html, "the most urgent notice says so"
    assert reverse("order", args=[late.public_id]) in html


def test_a_delivered_order_is_no_longer_to_deliver(client_of: ClientOf, delivered_order: Order) -> None:
    assert queries.to_deliver(delivered_order.expert) == []


def test_a_revision_shows_the_time_to_its_target(client_of: ClientOf, delivered_order: Order) -> None:
    actions.request_revision(
        delivered_order,
        actor=delivered_order.buyer,
        wrong="Le ton est trop froid",
        expected="Plus chaleureux",
    )

    html = page(client_of(delivered_order.expert), "dashboard")

    assert "to revise" in html
    assert delivered_order.reference in html


@pytest.mark.parametrize(
    ("hours", "tone"), [(-1, "bad"), (5, "warn"), (30, None)], ids=["late", "due within a day", "due later"]
)
def test_the_notice_on_top_is_the_most_urgent_one(started_order: Order, hours: int, tone: str | None) -> None:
    Order.objects.filter(pk=started_order.pk).update(due_at=timezone.now() + timedelta(hours=hours))
    profile = started_order.expert.expert_profile
    ExpertProfile.objects.filter(pk=profile.pk).update(bio="Vingt ans.", headline="Directrice")
    User.objects.filter(pk=started_order.expert_id).update(avatar="avatars/x.webp")
    profile = ExpertProfile.objects.select_related("user").get(pk=profile.pk)

    urgent = queries.most_urgent(profile, queries.to_deliver(started_order.expert), offers=1)

    assert (urgent.tone if urgent else None) == tone


def test_an_expert_is_told_what_keeps_them_from_selling(client_of: ClientOf) -> None:
    expert = factories.make_expert(approved=False)
    assert "Your profile is not complete." in page(client_of(expert), "dashboard")

    ExpertProfile.objects.filter(user=expert).update(bio="Vingt ans.")
    User.objects.filter(pk=expert.pk).update(avatar="avatars/x.webp")
    assert "Our team is reading your profile." in page(client_of(expert), "dashboard")

    ExpertProfile.objects.filter(user=expert).update(status=ExpertProfile.Status.APPROVED)
    assert "You have no offer yet." in page(client_of(expert), "dashboard")

    staff = factories.make_user("Agathe", "Noël", is_staff=True, is_superuser=True)
    accounts.suspend_expert(expert.expert_profile, actor=staff, ground="fraud", reason="Faux.", at_once=True)
    assert "Your profile is suspended" in page(client_of(expert), "dashboard")


def test_the_figures_follow_the_money(client_of: ClientOf, delivered_order: Order) -> None:
    client, net = client_of(delivered_order.expert), format_money(delivered_order.net_cents, "en")
    overview = page(client, "dashboard")
    assert net in overview, "held"

    actions.accept_delivery(delivered_order, actor=delivered_order.buyer)
    seen = queries.overview(delivered_order.expert)
    assert (seen.balance.held_cents, seen.balance.clearing_cents, seen.balance.available_cents) == (
        0,
        delivered_order.net_cents,
        0,
    )
    assert seen.month_cents == delivered_order.net_cents
    assert [bar.current for bar in seen.bars] == [False] * 11 + [True]
    assert seen.bars[-1].percent == 100

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        seen = queries.overview(delivered_order.expert)
    assert (seen.balance.clearing_cents, seen.balance.available_cents) == (0, delivered_order.net_cents)


def test_earnings_are_traced_to_their_orders(client_of: ClientOf, completed_order: Order) -> None:
    html = page(client_of(completed_order.expert), "dashboard_earnings")

    assert completed_order.reference in html
    assert reverse("order", args=[completed_order.public_id]) in html
    assert format_money(completed_order.total_cents, "en", full=True) in html
    assert format_money(completed_order.net_cents, "en", full=True) in html
    assert format_money(completed_order.total_cents - completed_order.net_cents, "en", full=True) in html
    assert "available 3 days later" in html


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("", True),
        ("to_start", True),
        ("in_progress", False),
        ("delivered", False),
        ("completed", False),
        ("disputed", False),
        ("cancelled", False),
        ("nonsense", True),
    ],
)
def test_orders_are_filtered_by_status(
    client_of: ClientOf, active_order: Order, status: str, shown: bool
) -> None:
    html = page(client_of(active_order.expert), "dashboard_orders", f"?status={status}")

    assert (active_order.reference in html) is shown
    assert ("No order with this status" in html) is not shown


def test_each_filter_counts_its_orders(offer: Offer, buyer: User) -> None:
    factories.pay(factories.place(buyer, offer))
    factories.start(factories.pay(factories.place(buyer, offer)))
    factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))
    factories.place(buyer, offer)

    assert queries.order_counts(offer.expert) == {
        "all": 3,
        "asked": 0,
        "to_start": 1,
        "in_progress": 1,
        "delivered": 1,
        "completed": 0,
        "disputed": 0,
        "cancelled": 0,
    }


@pytest.mark.parametrize("query", ["?page=0", "?page=-3", "?page=999", "?page=abc", "?page="])
@pytest.mark.parametrize("name", ["dashboard_orders", "dashboard_earnings"])
def test_an_odd_page_number_shows_a_page(
    client_of: ClientOf, completed_order: Order, name: str, query: str
) -> None:
    assert completed_order.reference in page(client_of(completed_order.expert), name, query)


def test_long_lists_are_cut_into_pages(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, offer: Offer, buyer: User
) -> None:
    monkeypatch.setattr("marketplace.dashboards.PER_PAGE", 2)
    for _each in range(5):
        factories.pay(factories.place(buyer, offer))

    html = page(client_of(offer.expert), "dashboard_orders", "?status=to_start&page=2")

    assert html.count('class="row-title"') == 2
    assert "status=to_start" in html.split('class="pagination"')[1]


def test_the_latest_news_are_in_the_readers_language(client_of: ClientOf, active_order: Order) -> None:
    told(active_order)
    client = client_of(active_order.expert)

    english = page(client, "dashboard", language="en")

    assert "New order from Thomas Girard" in english


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_whatever_there_is(
    client_of: ClientOf, name: str, offer: Offer, buyer: User, completed_order: Order
) -> None:
    client = client_of(offer.expert)
    told(completed_order)
    page(client, name)
    with CaptureQueriesContext(connection) as few:
        page(client, name)

    for _each in range(4):
        factories.pay(factories.place(factories.make_user("Louis", "Martin"), offer))
        order = factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))
        told(actions.accept_delivery(order, actor=buyer))
    with CaptureQueriesContext(connection) as many:
        page(client, name)

    assert len(many) == len(few)
    spent = [
        q["sql"]
        for q in many
        if "django_session" not in q["sql"] and '"accounts_user"."password"' not in q["sql"]
    ]
    assert len(spent) <= 11, "\n".join(spent)


def test_figures_are_never_cut_by_the_language(client_of: ClientOf, completed_order: Order) -> None:
    """Ids inside addresses carry no thousands separator."""
    for name in PAGES:
        for language in ("fr", "en"):
            html = page(client_of(completed_order.expert), name, language=language)
            assert "\u202f" not in html
    assert OrderEvent.objects.filter(order=completed_order).exists()
