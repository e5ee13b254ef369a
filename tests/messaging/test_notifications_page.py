"""The list of notifications, in the reader's language, and reading them all."""

import pytest

from messaging import actions, words
from messaging.models import Notification
from orders import notifications

ADDRESS = "/notifications/"
READ = "/notifications/read/"


@pytest.fixture
def told(delivered_order):
    """Everyone has been told of everything."""
    for event in delivered_order.events.all():
        notifications.announce(event.pk)
    return delivered_order


def test_each_says_what_happened_and_leads_to_the_order(client_of, buyer, told):
    room = told.get_absolute_url()

    page = client_of(buyer).get(f"/en{ADDRESS}").content.decode()

    assert "Deliverable received" in page
    assert f'href="/en{room}"' in page
    assert page.count("notification-unread") == Notification.objects.filter(user=buyer).count()


def test_reading_them_all_changes_ones_own_alone(client_of, buyer, expert, told):
    client = client_of(buyer)

    response = client.post(READ, follow=True)

    assert response.redirect_chain == [(ADDRESS, 302)]
    assert "notification-unread" not in response.content.decode()
    assert not Notification.objects.filter(user=buyer).unread().exists()
    assert Notification.objects.filter(user=expert).unread().exists()


def test_reading_the_address_marks_nothing(client_of, buyer, told):
    assert client_of(buyer).get(READ)["Location"] == ADDRESS
    assert Notification.objects.filter(user=buyer).unread().exists()


def test_nobody_sees_what_others_are_told(client_of, stranger, told):
    assert client_of(stranger).get(ADDRESS).context["rows"] == []


def test_an_empty_list_says_what_will_come(client_of, stranger):
    assert "empty-state" in client_of(stranger).get(ADDRESS).content.decode()


def test_pages_of_twenty_in_a_constant_number_of_queries(client_of, buyer, django_assert_max_num_queries):
    for number in range(23):
        actions.notify(
            buyer,
            key=f"test:{number}",
            kind="message_received",
            params={"author": "Claire", "excerpt": f"Mot {number}", "title": "Offre"},
            url_name="buyer_orders",
            by_mail=False,
        )
    client = client_of(buyer)

    with django_assert_max_num_queries(8):
        first = client.get(ADDRESS)

    assert len(first.context["rows"]) == 20
    assert "Mot 22" in first.content.decode()
    assert len(client.get(ADDRESS, {"page": 2}).context["rows"]) == 3


def test_every_kind_has_an_icon_of_its_family():
    from messaging.queries import icon_of

    for kind in words.kinds():
        assert icon_of(kind)
    assert icon_of("order_delivered") == "package-check"
    assert icon_of("delivery_question") == "message-circle-question", "the longest beginning decides"
    assert icon_of("dispute_answer_due") == "clock"
    assert icon_of("something_new") == "bell"


@pytest.mark.parametrize("side", ["buyer", "expert"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_speaks_both_languages(request, client_of, told, side, prefix):
    page = client_of(request.getfixturevalue(side)).get(prefix + ADDRESS).content.decode()

    assert f'<html lang="{prefix.strip("/") or "fr"}"' in page


def test_visitors_sign_in_first(client, db):
    assert client.get(ADDRESS).status_code == 302
    assert client.post(READ).status_code == 302
