"""The inbox: who wrote what, what was not read, and the way to the room."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from messaging import actions as messaging
from messaging import queries
from orders import actions
from tests import factories

ADDRESS = "/messages/"


def subjects(response) -> list[str]:
    return [row.conversation.subject for row in response.context["rows"]]


@pytest.fixture
def conversations(buyer, expert, category):
    """Three paid orders of one buyer with two experts; something was said in the second last."""
    other = factories.make_expert("Bruno", "Salvi")
    orders = [
        factories.pay(factories.place(buyer, factories.make_offer(who, category=category, title=title)))
        for who, title in ((expert, "Offre A"), (other, "Offre B"), (expert, "Offre C"))
    ]
    actions.say(orders[1], author=other, body="Une question sur le bail.")
    return orders


def test_conversations_come_latest_first_with_their_last_word(client_of, buyer, conversations):
    response = client_of(buyer).get(ADDRESS)

    page = response.content.decode()
    assert subjects(response) == ["Offre B", "Offre C", "Offre A"]
    assert "Une question sur le bail." in page
    assert "Bruno Salvi" in page
    assert f"{conversations[1].get_absolute_url()}#exchanges" in page


def test_unread_ones_are_marked_and_can_be_asked_for(client_of, buyer, conversations):
    messaging.mark_read(conversations[0].conversation, buyer)
    client = client_of(buyer)

    everything = client.get(ADDRESS)
    unread = client.get(ADDRESS, {"show": "unread"})

    assert everything.content.decode().count("inbox-unread") == 2
    assert [row.unread for row in everything.context["rows"]] == [2, 1, 0]
    assert subjects(unread) == ["Offre B", "Offre C"]
    assert unread.context["unread_count"] == 2


def test_ones_own_words_are_never_unread(client_of, expert, active_order):
    assert [row.unread for row in client_of(expert).get(ADDRESS).context["rows"]] == [0]
    assert queries.unread_messages(expert) == 0


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("bail", ["Offre B"]),
        ("bruno", ["Offre B"]),
        ("bruno salvi", ["Offre B"]),
        ("offre c", ["Offre C"]),
        ("girard", []),
        ("%", []),
        ("x" * 90, ["Offre B", "Offre C", "Offre A"]),
    ],
)
def test_search_finds_names_titles_and_words(client_of, buyer, conversations, q, found):
    response = client_of(buyer).get(ADDRESS, {"q": q})

    assert response.status_code == 200
    assert subjects(response) == found


def test_an_order_is_found_by_its_number(client_of, buyer, conversations):
    assert subjects(client_of(buyer).get(ADDRESS, {"q": conversations[0].reference})) == ["Offre A"]


def test_an_unpaid_order_has_no_conversation_yet(client_of, buyer, expert, placed_order):
    assert subjects(client_of(buyer).get(ADDRESS)) == []
    assert subjects(client_of(expert).get(ADDRESS)) == []


def test_nobody_sees_the_conversations_of_others(client_of, stranger, staff, conversations):
    for someone in (stranger, staff):
        assert subjects(client_of(someone).get(ADDRESS)) == []
        assert subjects(client_of(someone).get(ADDRESS, {"q": "bail"})) == []


def test_a_message_of_files_alone_is_named(client_of, buyer, expert, active_order):
    actions.say(active_order, author=expert, body="", files=[factories.a_file()])

    assert client_of(buyer).get("/en/messages/").content.decode().count("File sent") == 1


def test_the_list_takes_as_many_queries_for_many_as_for_one(client_of, buyer, expert, offer):
    client = client_of(buyer)
    counts = []
    for _n in range(2):
        factories.pay(factories.place(buyer, offer))
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        counts.append(len(captured))
        for _m in range(6):
            factories.pay(factories.place(buyer, offer))

    assert counts[0] == counts[1]
    assert counts[1] <= 9


def test_pages(client_of, buyer, offer):
    for _n in range(17):
        factories.pay(factories.place(buyer, offer))

    client = client_of(buyer)
    assert len(subjects(client.get(ADDRESS))) == 15
    assert len(subjects(client.get(ADDRESS, {"page": 2}))) == 2


@pytest.mark.parametrize("side", ["buyer", "expert", "stranger"])
@pytest.mark.parametrize(
    "path", ["/messages/", "/en/messages/", "/messages/?show=unread", "/messages/?q=zzz"]
)
def test_every_reader_gets_the_page_in_their_frame(request, client_of, side, path, active_order):
    response = client_of(request.getfixturevalue(side)).get(path)

    assert response.status_code == 200
    assert ("dash-nav" in response.content.decode()) == (side == "expert")


def test_visitors_sign_in_first(client):
    assert client.get(ADDRESS)["Location"].startswith(reverse("account_login"))
