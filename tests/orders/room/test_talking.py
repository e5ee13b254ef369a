"""The thread of the order room: of any length, asked again, written to."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.kernel import clock
from messaging import actions as messaging
from messaging.models import Attachment, Message
from orders import actions, queries
from orders.models import Order
from tests import factories
from tests.orders.room.kit import act, footprint, read

# --- A thread of any length ---


def chatter(order: Order, count: int) -> None:
    """Words from both sides, each with a file; all but the last are written straight to the tables, to be quick."""
    start = clock.now()
    written = Message.objects.bulk_create(
        Message(
            conversation=order.conversation,
            author=order.buyer if number % 2 else order.expert,
            body=f"Message numéro {number}.",
            created_at=start + timedelta(microseconds=number),
        )
        for number in range(count - 1)
    )
    Attachment.objects.bulk_create(
        Attachment(message=message, file="none", name="a.pdf", content_type="application/pdf", size=9)
        for message in written
    )
    actions.say(order, author=order.expert, body=f"Message numéro {count - 1}.")


@pytest.mark.parametrize("side", ["buyer", "expert", "staff"])
def test_sixty_messages_cost_no_more_queries_than_five(request, client_of, side, revised_order):
    client = client_of(request.getfixturevalue(side))
    path = revised_order.get_absolute_url()
    counts = []
    for more in (5, 55):
        chatter(revised_order, more)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        ours = [
            q["sql"] for q in captured if "django_session" not in q["sql"] and "SAVEPOINT" not in q["sql"]
        ]
        counts.append(
            len(
                [
                    sql
                    for sql in ours
                    if not re.search(r'FROM "accounts_user" WHERE "accounts_user"."id"', sql)
                ]
            )
        )

    assert counts[0] == counts[1]
    assert counts[1] <= 10, "header, thread, money and read marks included"


def test_gathering_a_room_takes_at_most_seven_queries(buyer, completed_order, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        found = queries.find(buyer, completed_order.public_id)
        queries.room(found, buyer)


def test_the_latest_fifty_are_shown_and_the_earlier_ones_are_a_link_away(client_of, buyer, active_order):
    chatter(active_order, 60)
    client, path = client_of(buyer), active_order.get_absolute_url()

    page = read(client, path)

    assert "Message numéro 59." in page
    assert "Message numéro 10." in page
    assert "Message numéro 9." not in page
    assert "merci pour votre confiance" not in page
    earlier = re.search(r'href="([^"]+before=[^"#]+)', page)
    assert earlier is not None
    before = read(client, earlier[1].replace("&amp;", "&"))
    assert "Message numéro 9." in before
    assert "Message numéro 10." not in before
    assert "merci pour votre confiance" in before
    assert not re.search(r'href="[^"]+before=', before)


@pytest.mark.parametrize(
    "query", ["before=x", "before=00000000-0000-0000-0000-000000000000", "tab=x", "tab=files&page=99"]
)
def test_nonsense_in_the_address_does_no_harm(client_of, buyer, active_order, query):
    assert client_of(buyer).get(f"{active_order.get_absolute_url()}?{query}").status_code == 200


def test_nobody_reads_another_thread_by_its_messages_id(
    client_of, buyer, expert, stranger, offer, active_order
):
    other = factories.pay(factories.place(stranger, offer))
    secret = actions.say(other, author=stranger, body="Le secret.")

    page = read(client_of(buyer), f"{active_order.get_absolute_url()}?before={secret.public_id}")

    assert "Le secret." not in page


def test_the_files_tab_lists_everything_sent(client_of, buyer, delivered_order):
    actions.say(delivered_order, author=buyer, body="", files=[factories.a_file("devis.pdf")])

    page = read(client_of(buyer), f"{delivered_order.get_absolute_url()}?tab=files")

    assert page.count("plan.pdf") >= 1
    assert "devis.pdf" in page


# --- Polling ---


def poll(client, order, **query):
    return client.get(act("order_thread", order), query, HTTP_HX_REQUEST="true")


def tokens(page: str) -> dict[str, str]:
    found = re.search(r"seen=([\d-]+)&amp;standing=(\d+)", page)
    assert found is not None
    return {"seen": found[1], "standing": found[2]}


def test_a_quiet_thread_answers_nothing(client_of, buyer, active_order, django_assert_max_num_queries):
    client = client_of(buyer)
    known = tokens(read(client, active_order.get_absolute_url()))

    with django_assert_max_num_queries(6):
        response = poll(client, active_order, **known)

    assert response.status_code == 204
    assert response.content == b""


def test_a_new_message_brings_the_thread(client_of, buyer, expert, active_order):
    client = client_of(buyer)
    known = tokens(read(client, active_order.get_absolute_url()))
    actions.say(active_order, author=expert, body="Du nouveau.")

    response = poll(client, active_order, **known)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Du nouveau." in page
    assert "<html" not in page
    assert page.count('role="status"') == 0, "only words came, the order did not move"
    assert poll(client, active_order, **tokens(page)).status_code == 204


def test_a_read_mark_is_news(client_of, buyer, expert, active_order):
    client = client_of(buyer)
    actions.say(active_order, author=buyer, body="Vous me lisez ?")
    known = tokens(read(client, active_order.get_absolute_url()))

    messaging.mark_read(active_order.conversation, expert)

    assert "message-read" in poll(client, active_order, **known).content.decode()


def test_an_order_that_moved_says_so_until_the_page_is_loaded_again(client_of, buyer, expert, active_order):
    client = client_of(buyer)
    known = tokens(read(client, active_order.get_absolute_url()))
    actions.start(active_order, actor=expert)

    moved = poll(client, active_order, **known).content.decode()
    actions.say(active_order, author=expert, body="Je commence.")
    still = poll(client, active_order, **tokens(moved)).content.decode()

    assert 'role="status"' in moved
    assert 'role="status"' in still


def test_a_poll_after_the_session_ended_loads_the_page_again(client, active_order):
    assert poll(client, active_order)["HX-Refresh"] == "true"
    assert client.get(act("order_thread", active_order))["Location"].startswith(reverse("account_login"))


def test_the_thread_alone_is_no_page(client_of, buyer, active_order):
    assert (
        client_of(buyer).get(act("order_thread", active_order))["Location"] == active_order.get_absolute_url()
    )


# --- Saying ---


def test_a_message_with_files_is_sent(client_of, buyer, active_order):
    response = client_of(buyer).post(
        act("order_message", active_order),
        {"body": "Voici le dossier.", "files": [factories.a_file("a.pdf"), factories.a_file("b.pdf")]},
    )

    assert response["Location"] == f"{active_order.get_absolute_url()}#composer"
    message = Message.objects.get(kind="text")
    assert message.author == buyer
    assert [file.name for file in message.attachments.order_by("pk")] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("files", "body"),
    [
        ([], "   "),
        ([("virus.exe", b"MZ")], "Mon texte"),
        ([("faux.pdf", b"MZ not a pdf at all")], "Mon texte"),
        ([("vide.pdf", b"")], "Mon texte"),
        ([("page.html", b"<html></html>")], "Mon texte"),
        ([(f"{n}.pdf", factories.PDF) for n in range(9)], "Mon texte"),
        ([], "x" * 5_001),
    ],
)
def test_a_message_that_cannot_be_sent_says_why_and_keeps_the_words(
    client_of, buyer, active_order, files, body
):
    before = footprint(active_order)

    response = client_of(buyer).post(
        act("order_message", active_order),
        {"body": body, "files": [factories.a_file(name, content) for name, content in files]},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["message_form"].errors
    assert "field-errors" in page
    assert body.strip() in page
    assert footprint(active_order) == before
    assert not Attachment.objects.exists()


def test_a_file_too_large_is_refused(client_of, buyer, active_order, monkeypatch):
    monkeypatch.setattr("marketplace.kernel.rules.MAX_FILE_BYTES", 100)

    response = client_of(buyer).post(
        act("order_message", active_order), {"body": "Lourd", "files": [factories.a_file("gros.pdf")]}
    )

    assert response.status_code == 422
    assert "gros.pdf" in response.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("state", ["placed_order", "completed_order", "cancelled_order", "resolved_order"])
def test_nobody_writes_before_the_payment_or_after_the_end(request, client_of, buyer, state):
    order = request.getfixturevalue(state)
    before = footprint(order)

    response = client_of(buyer).post(act("order_message", order), {"body": "Encore un mot"})

    assert response.status_code == 422
    assert "Encore un mot" in response.content.decode(), "what was typed can still be copied"
    assert footprint(order) == before
    assert f'action="{act("order_message", order)}' not in response.content.decode()


def test_one_may_go_on_writing_while_the_team_examines(client_of, expert, disputed_order):
    response = client_of(expert).post(act("order_message", disputed_order), {"body": "Ma version."})

    assert response.status_code == 302


def test_an_expert_cannot_write_before_the_payment(client_of, expert, placed_order):
    assert client_of(expert).post(act("order_message", placed_order), {"body": "Bonjour"}).status_code == 404
