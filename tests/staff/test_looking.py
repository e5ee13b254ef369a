"""Who may look at the administration, and how its pages are found."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ExpertProfile, User
from disputes import actions as disputes
from disputes.models import Dispute
from messaging import mail
from offers.models import Category
from orders import actions as orders
from orders.models import Order
from tests import factories
from tests.staff.pages import allow, list_of, registered, url_of


def test_every_list_and_every_page_opens_for_a_superuser(world, staff, client_of):
    client = client_of(staff)

    for model in registered():
        answer = client.get(list_of(model))
        assert answer.status_code == 200, model._meta.label
        row = model._default_manager.first()
        if row is not None:
            answer = client.get(url_of(row))
            assert answer.status_code == 200, model._meta.label
            assert client.get(url_of(row, "history")).status_code == 200, model._meta.label


def test_every_list_can_be_searched(world, staff, rf):
    """The list is read as its page reads it; drawing it is the business of the test above."""
    for model, model_admin in admin.site._registry.items():
        if model_admin.get_search_fields(None):
            for words in ("J-24817", "12 «é'\"%_"):
                request = rf.get(list_of(model), {"q": words})
                request.user = staff
                found = model_admin.get_changelist_instance(request)
                assert found.query == words, model._meta.label
                assert len(found.result_list) == found.result_count, (model._meta.label, words)


def test_nothing_opens_for_visitors_and_members(world, buyer, client, client_of):
    for visitor, statuses in ((client, {302}), (client_of(buyer), {302, 403})):
        for url in [reverse("admin:index"), *(list_of(model) for model in registered()), url_of(world)]:
            answer = visitor.get(url)
            assert answer.status_code in statuses, url
            if answer.status_code == 302:
                assert "/admin/" in answer["Location"] or "/login/" in answer["Location"]


def test_a_member_who_asks_to_sign_in_as_staff_is_turned_away(buyer, client_of):
    assert client_of(buyer).get(reverse("admin:login")).status_code == 403


def test_staff_sign_in_by_the_door_of_the_site(client, db):
    answer = client.get(reverse("admin:login") + "?next=/admin/")

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_staff_without_permission_see_no_row(world, colleague, client_of):
    client = client_of(colleague)

    assert client.get(reverse("admin:index")).status_code == 200
    for model in registered():
        assert client.get(list_of(model)).status_code == 403, model._meta.label


def test_the_first_page_says_what_waits(world, staff, client_of):
    factories.make_expert("Paul", "Mercier", approved=False)

    page = client_of(staff).get(reverse("admin:index"))

    waiting = {row.url: row.count for row in page.context["waiting"]}
    assert waiting[f"{list_of(Dispute)}?ruling=waiting&o=5"] == 1
    assert waiting[f"{list_of(ExpertProfile)}?status__exact=pending"] == 1
    for row in page.context["waiting"]:
        assert "?" in row.url, f"{row.label} leads to everything rather than to what waits"
        listed = client_of(staff).get(row.url)
        assert listed.status_code == 200, row.url
        assert listed.context["cl"].result_count >= row.count, row.url


def test_the_first_page_hides_what_one_may_not_see(world, colleague, client_of):
    allow(colleague, "disputes.view_dispute")

    page = client_of(colleague).get(reverse("admin:index"))

    assert {row.url.split("?")[0] for row in page.context["waiting"]} == {list_of(Dispute)}


def test_pages_carry_nothing_inline(world, staff, client_of):
    client = client_of(staff)
    pages = [
        reverse("admin:index"),
        list_of(Order),
        url_of(world.order),
        url_of(world),
        url_of(world, "rule"),
    ]

    for url in pages:
        html = client.get(url).content.decode()
        assert " style=" not in html, url
        assert " onclick=" not in html, url
        assert "<style" not in html, url
        assert "<script>" not in html, url


def test_codes_sent_to_people_are_not_shown_to_staff(staff, client_of):
    secret = mail.owe(key="direct:1", recipient="a@example.test", subject="Votre code", text="VXNH-XGDQ")

    assert "VXNH-XGDQ" not in client_of(staff).get(url_of(secret)).content.decode()


@pytest.mark.parametrize("typed", ["J-{n}", "j{n}", "{n}", "{buyer}", "{expert}", "business plan"])
def test_an_order_is_found_by_number_address_and_title(placed_order, staff, client_of, typed):
    words = typed.format(
        n=placed_order.number, buyer=placed_order.buyer.email, expert=placed_order.expert.email
    )

    page = client_of(staff).get(list_of(Order), {"q": words})

    assert [row.pk for row in page.context["cl"].result_list] == [placed_order.pk]


@pytest.mark.parametrize("due", ["late", "today", "start", "acceptance", "payment"])
def test_orders_are_filtered_by_what_is_due(placed_order, staff, client_of, due):
    page = client_of(staff).get(list_of(Order), {"due": due})

    found = [row.pk for row in page.context["cl"].result_list]
    assert found == ([placed_order.pk] if due == "payment" else [])


def more_rows(buyer: User, expert: User) -> None:
    for _ in range(3):
        offer = factories.make_offer(expert, category=Category.objects.first())
        order = factories.deliver(
            factories.start(factories.pay(factories.place(factories.make_user(), offer)))
        )
        orders.say(order, author=order.buyer, body="Une question.")
        disputes.open_dispute(
            order, actor=order.buyer, ground="too_slow", statement="Une semaine de retard sur le plan."
        )
        factories.make_expert("Paul", "Mercier", approved=False)


GROWING = [
    "accounts.user",
    "accounts.expertprofile",
    "offers.offer",
    "orders.order",
    "orders.orderevent",
    "disputes.dispute",
    "messaging.conversation",
    "messaging.message",
    "messaging.mail",
]


def test_a_longer_list_asks_no_more_queries(world, staff, buyer, expert, client_of):
    client: Client = client_of(staff)
    models = [apps.get_model(label) for label in GROWING]
    client.get(list_of(models[0]))
    few = {}
    for model in models:
        queries_of(client, list_of(model), connection)
        few[model] = (
            len(queries_of(client, list_of(model), connection)),
            model._default_manager.count(),
        )
    more_rows(buyer, expert)
    mail.owe(key="order_event:1:2", recipient=buyer.email, subject="Une autre", text="Bonjour.")

    for model, (asked, rows) in few.items():
        assert model._default_manager.count() > rows, model._meta.label
        queries = queries_of(client, list_of(model), connection)
        assert len(queries) <= asked, (model._meta.label, [query["sql"] for query in queries])


def queries_of(client: Client, url: str, connection: Any) -> list[Any]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return list(captured)
