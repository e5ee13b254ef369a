"""The order room, through the browsers of those who may and may not enter it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from marketplace.kernel import clock
from messaging import actions as messaging
from messaging.models import Attachment, Message, Notification
from orders import actions, queries
from orders.models import Deliverable, Order, OrderEvent, Review, RevisionRequest
from tests import factories

ACTS = [
    "order_start",
    "order_deliver",
    "order_revision",
    "order_acceptance",
    "order_cancel",
    "order_decline",
    "order_review",
    "order_brief",
    "order_message",
]
STATES = [
    "placed_order",
    "active_order",
    "started_order",
    "late_order",
    "delivered_order",
    "revised_order",
    "completed_order",
    "cancelled_order",
    "disputed_order",
    "resolved_order",
]


def act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def footprint(order: Order) -> tuple:
    """All that an act could have changed."""
    order = factories.fresh(order)
    return (
        order.state,
        order.brief,
        order.started_at,
        order.revision_round,
        order.events.count(),
        Deliverable.objects.filter(order=order).count(),
        Message.objects.filter(conversation=order.conversation).count(),
        Review.objects.filter(order=order).count(),
    )


@pytest.fixture
def late_order(started_order):
    with time_machine.travel(started_order.due_at + timedelta(hours=3), tick=False):
        yield started_order


@pytest.fixture
def revised_order(delivered_order):
    return actions.request_revision(
        delivered_order,
        actor=delivered_order.buyer,
        good="Le ton.",
        wrong="La page 12 compte deux fois la pose.",
        expected="Une marge hors pose.",
    )


@pytest.fixture
def cancelled_order(active_order):
    return actions.decline(active_order, actor=active_order.expert, reason="Je suis en congé.")


@pytest.fixture
def disputed_order(delivered_order):
    return actions.open_dispute(delivered_order, actor=delivered_order.buyer)


@pytest.fixture
def resolved_order(disputed_order, staff):
    return actions.settle(disputed_order, actor=staff, refund_cents=40_00, reason="Une part est utilisable.")


# --- Who enters ---


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_looked_at_in_both_languages(request, client_of, state):
    order = request.getfixturevalue(state)
    path = order.get_absolute_url()

    for side in ("buyer", "expert", "staff"):
        client = client_of(request.getfixturevalue(side))
        for address in (path, f"/en{path}?tab=messages", f"{path}?tab=files"):
            hidden = (
                state == "placed_order" and side == "expert"
            )  # an expert hears of an order once it is paid
            assert client.get(address).status_code == (404 if hidden else 200), (side, address)


def test_strangers_find_nothing(client_of, stranger, delivered_order):
    client = client_of(stranger)

    assert client.get(delivered_order.get_absolute_url()).status_code == 404
    assert client.get(act("order_thread", delivered_order), HTTP_HX_REQUEST="true").status_code == 404
    before = footprint(delivered_order)
    for name in ACTS:
        assert client.get(act(name, delivered_order)).status_code == 404
        assert client.post(act(name, delivered_order)).status_code == 404
    assert footprint(delivered_order) == before


def test_staff_read_and_do_not_act(client_of, staff, delivered_order):
    client = client_of(staff)
    before = footprint(delivered_order)

    page = read(client, delivered_order.get_absolute_url())

    for name in ACTS:
        assert client.get(act(name, delivered_order)).status_code == 404
        assert client.post(act(name, delivered_order)).status_code == 404
        assert f'action="{act(name, delivered_order)}' not in page
    assert footprint(delivered_order) == before


def test_visitors_sign_in_first_and_come_back(client, delivered_order):
    response = client.get(delivered_order.get_absolute_url())

    assert response.status_code == 302
    assert str(delivered_order.public_id) in response["Location"]
    for name in ACTS:
        assert client.post(act(name, delivered_order))["Location"].startswith(reverse("account_login"))


def test_each_side_has_its_own_acts(client_of, buyer, expert, delivered_order, active_order):
    for name in ("order_start", "order_deliver", "order_decline"):
        assert client_of(buyer).post(act(name, active_order)).status_code == 404
    for name in ("order_revision", "order_acceptance", "order_cancel", "order_brief"):
        assert client_of(expert).get(act(name, active_order)).status_code == 404
        assert client_of(expert).post(act(name, active_order)).status_code == 404


# --- What each side reads ---


def test_the_buyer_is_told_to_check_and_what_accepting_does(client_of, buyer, delivered_order):
    page = read(client_of(buyer), f"/en{delivered_order.get_absolute_url()}")

    assert "Deliverable no. 1: yours to check" in page
    assert (
        "By accepting, you release Claire&#x27;s payment." in page
        or "By accepting, you release Claire's" in page
    )
    assert "1 revision left." in page
    assert "plan.pdf" in page
    assert "€120 held until approval." in page


def test_the_expert_reads_what_is_left_after_commission(client_of, expert, started_order):
    page = read(client_of(expert), f"/en{started_order.get_absolute_url()}")

    assert "€108" in page
    assert "Commission, 10%" in page
    assert "jalon-countdown" in page


def test_the_buyer_never_sees_the_commission(client_of, buyer, completed_order):
    page = read(client_of(buyer), f"/en{completed_order.get_absolute_url()}")

    assert "€108" not in page
    assert "Commission" not in page


def test_the_countdown_runs_for_the_first_deliverable_only(client_of, buyer, active_order):
    client, path = client_of(buyer), active_order.get_absolute_url()
    assert "jalon-countdown" not in read(client, path)

    started = factories.start(active_order)
    assert "jalon-countdown" in read(client, path)

    delivered = factories.deliver(started)
    assert "jalon-countdown" not in read(client, path)

    actions.request_revision(delivered, actor=buyer, wrong="a", expected="b")
    assert "jalon-countdown" not in read(client, path)


def test_the_thread_mixes_words_and_events_in_order(client_of, buyer, delivered_order):
    page = read(client_of(buyer), f"/en{delivered_order.get_absolute_url()}")

    found = [
        page.index(words)
        for words in (
            "You paid €120.",
            "Bonjour, merci pour votre confiance.",
            "Claire started the order.",
            "Deliverable no. 1 handed over.",
        )
    ]
    assert found == sorted(found)
    assert "Opening message" in page


def test_an_expert_does_not_see_how_a_payment_went(client_of, expert, placed_order):
    actions.note_declined_payment(placed_order)
    order = factories.pay(placed_order)

    page = read(client_of(expert), f"/en{order.get_absolute_url()}")

    assert "Payment declined" not in page
    assert "Thomas paid €120." in page


def test_the_reminder_to_stay_here_stands_by_the_composer(client_of, buyer, active_order):
    page = read(client_of(buyer), f"/en{active_order.get_absolute_url()}")

    assert "Never give an address, a phone number or bank details." in page


def test_the_room_shows_the_terms_of_the_day_it_was_ordered(client_of, buyer, active_order, offer):
    from offers import actions as offers

    offers.edit_offer(
        offer, terms={"title": "Tout autre chose", "description": "Remanié", "price_cents": 900_00}
    )

    page = read(client_of(buyer), active_order.get_absolute_url())

    assert "Un plan clair et chiffré." in page
    assert "Tout autre chose" not in page
    assert "900" not in page


def test_typed_words_are_never_markup(client_of, buyer, expert, active_order):
    actions.say(active_order, author=buyer, body="<script>alert(1)</script>")
    actions.complete_brief(active_order, actor=buyer, brief="<b>gras</b>")

    page = read(client_of(expert), active_order.get_absolute_url())

    assert "<script>alert" not in page
    assert "<b>gras" not in page


def test_looking_reads_the_messages_and_the_notifications(client_of, buyer, expert, active_order):
    from orders import notifications

    actions.say(active_order, author=expert, body="Une question.")
    for event in active_order.events.all():
        notifications.announce(event.pk)
    assert Notification.objects.filter(user=buyer).unread().exists()

    client_of(buyer).get(active_order.get_absolute_url())

    assert not Notification.objects.filter(user=buyer).unread().exists()
    assert Notification.objects.filter(user=expert).unread().exists()
    page = read(client_of(expert), f"/en{active_order.get_absolute_url()}")
    assert page.count('class="message-read"') == 1


def test_looking_at_the_files_alone_reads_no_message(client_of, buyer, active_order):
    client, path = client_of(buyer), active_order.get_absolute_url()

    client.get(f"{path}?tab=files")
    assert active_order.conversation.participants.get(user=buyer).last_read_at is None

    client.get(f"{path}?tab=messages")
    assert active_order.conversation.participants.get(user=buyer).last_read_at is not None


def test_staff_leave_no_trace_of_reading(client_of, staff, active_order):
    client_of(staff).get(active_order.get_absolute_url())

    assert not active_order.conversation.participants.exclude(last_read_at=None).exists()


# --- A thread of any length ---


def chatter(order: Order, count: int) -> None:
    """Words from both sides, each with a file; all but the last are written straight to the tables, to be quick."""
    start = clock.now()
    written = Message.objects.bulk_create(
        Message(
            conversation=order.conversation,
            author=order.buyer if number % 2 else order.expert,
            body=f"Message numéro {number}.",
            created_at=start + timedelta(milliseconds=number),
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
    assert counts[1] <= 12, "header, thread, money and read marks included"


def test_gathering_a_room_takes_at_most_ten_queries(buyer, completed_order, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        found = queries.room_orders(buyer).get(pk=completed_order.pk)
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


# --- Acting ---


def test_the_expert_starts(client_of, expert, active_order):
    response = client_of(expert).post(act("order_start", active_order), follow=True)

    order = factories.fresh(active_order)
    assert order.is_started
    assert response.redirect_chain == [(order.get_absolute_url(), 302)]


def test_reading_never_acts(client_of, buyer, expert, active_order):
    before = footprint(active_order)

    assert client_of(expert).get(act("order_start", active_order)).status_code == 302
    assert client_of(expert).get(act("order_decline", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_cancel", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_brief", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_message", active_order)).status_code == 302

    assert footprint(active_order) == before


def test_the_expert_delivers_files_and_a_note(client_of, expert, started_order):
    client = client_of(expert)
    assert 'type="file"' in read(client, act("order_deliver", started_order))

    response = client.post(
        act("order_deliver", started_order),
        {"note": "Voici.", "files": [factories.a_file("v1.pdf"), factories.a_file("v1.csv", b"a;b\n")]},
    )

    deliverable = Deliverable.objects.get()
    assert response.status_code == 302
    assert factories.fresh(started_order).state == Order.State.DELIVERED
    assert deliverable.note == "Voici."
    assert {file.name for file in deliverable.files.all()} == {"v1.pdf", "v1.csv"}


@pytest.mark.parametrize(
    "sent",
    [
        {"note": " "},
        {"note": "Gardé", "files": ("ruse.pdf", b"GIF89a")},
        {"note": "Gardé", "files": ("script.js", b"alert(1)")},
        {"note": "y" * 5_001},
    ],
)
def test_a_delivery_that_is_none_says_why_and_changes_nothing(client_of, expert, started_order, sent):
    before = footprint(started_order)
    data = {**sent, "files": [factories.a_file(*sent["files"])]} if "files" in sent else sent

    response = client_of(expert).post(act("order_deliver", started_order), data)

    assert response.status_code == 422
    assert response.context["act_form"].errors
    assert sent["note"].strip() in response.content.decode()
    assert footprint(started_order) == before


def test_nothing_is_delivered_before_the_start(client_of, expert, active_order):
    before = footprint(active_order)

    read_it = client_of(expert).get(act("order_deliver", active_order))
    posted = client_of(expert).post(act("order_deliver", active_order), {"note": "Trop tôt"}, follow=True)

    assert read_it["Location"] == active_order.get_absolute_url()
    assert 'role="alert"' in posted.content.decode()
    assert footprint(active_order) == before


def test_the_buyer_asks_for_a_revision(client_of, buyer, expert, delivered_order):
    client = client_of(buyer)
    assert 'name="wrong"' in read(client, act("order_revision", delivered_order))

    response = client.post(
        act("order_revision", delivered_order),
        {"good": "Le ton.", "wrong": "La page 12.", "expected": "Sans double compte."},
    )

    asked = RevisionRequest.objects.get()
    assert response.status_code == 302
    assert (asked.good, asked.wrong, asked.expected) == ("Le ton.", "La page 12.", "Sans double compte.")
    page = read(client_of(expert), delivered_order.get_absolute_url())
    assert page.count("La page 12.") == 2, "in the state card and in the thread"


@pytest.mark.parametrize("missing", ["wrong", "expected"])
def test_a_revision_must_be_precise(client_of, buyer, delivered_order, missing):
    before = footprint(delivered_order)
    typed = {"good": "Le ton", "wrong": "La page 12", "expected": "Sans double", missing: " "}

    response = client_of(buyer).post(act("order_revision", delivered_order), typed)

    assert response.status_code == 422
    assert missing in response.context["act_form"].errors
    assert "Le ton" in response.content.decode()
    assert response.content.decode().count(f'id="id_{missing}_error"') == 1
    assert footprint(delivered_order) == before


def test_once_the_revisions_run_out_one_more_is_the_expert_s_to_grant(
    client_of, buyer, expert, revised_order
):
    again = factories.deliver(revised_order)
    typed = {"wrong": "Encore", "expected": "Mieux"}

    page = read(client_of(buyer), again.get_absolute_url())
    client_of(buyer).post(act("order_revision", again), typed, follow=True)

    assert gettext("Ask for one more revision") in page
    order = factories.fresh(again)
    assert (order.state, order.revision_round) == (Order.State.DELIVERED, again.revision_round)
    room = read(client_of(expert), order.get_absolute_url())
    assert act("order_revision_accept", order) in room
    assert act("order_revision_refuse", order) in room
    assert act("order_revision", order) not in read(client_of(buyer), order.get_absolute_url())
    client_of(expert).post(act("order_revision_accept", order))
    assert factories.fresh(order).state == Order.State.ACTIVE


def test_accepting_is_asked_twice_and_done_once(client_of, buyer, delivered_order):
    client = client_of(buyer)
    room = read(client, delivered_order.get_absolute_url())
    assert 'id="accept-dialog"' in room
    assert act("order_acceptance", delivered_order) in read(client, act("order_acceptance", delivered_order))

    client.post(act("order_acceptance", delivered_order))
    after = footprint(delivered_order)
    second = client.post(act("order_acceptance", delivered_order), follow=True)

    assert factories.fresh(delivered_order).state == Order.State.COMPLETED
    assert 'role="alert"' in second.content.decode()
    assert footprint(delivered_order) == after


def test_the_buyer_cancels_before_the_start(client_of, buyer, active_order):
    assert "form-actions" in read(client_of(buyer), act("order_cancel", active_order))

    client_of(buyer).post(act("order_cancel", active_order))

    order = factories.fresh(active_order)
    assert order.state == Order.State.CANCELLED
    assert order.hold.refunded_cents == order.total_cents


def test_the_buyer_cancels_an_unpaid_order(client_of, buyer, placed_order):
    client_of(buyer).post(act("order_cancel", placed_order))

    assert factories.fresh(placed_order).state == Order.State.CANCELLED


def test_an_old_page_cancels_nothing_that_has_started(client_of, buyer, started_order):
    before = footprint(started_order)

    read_it = client_of(buyer).get(act("order_cancel", started_order))
    posted = client_of(buyer).post(act("order_cancel", started_order), follow=True)

    assert read_it["Location"] == started_order.get_absolute_url()
    assert 'role="alert"' in posted.content.decode()
    assert footprint(started_order) == before


def test_the_expert_declines_with_a_reason(client_of, buyer, expert, active_order):
    client = client_of(expert)
    refused = client.post(act("order_decline", active_order), {"reason": "  "})
    assert refused.status_code == 422
    assert factories.fresh(active_order).state == Order.State.ACTIVE

    client.post(act("order_decline", active_order), {"reason": "Je suis en congé."})

    assert factories.fresh(active_order).state == Order.State.CANCELLED
    assert "Je suis en congé." in read(client_of(buyer), active_order.get_absolute_url())


def test_the_buyer_completes_the_brief_until_the_first_deliverable(client_of, buyer, active_order):
    client = client_of(buyer)
    empty = client.post(act("order_brief", active_order), {"brief": " "})
    assert empty.status_code == 422

    client.post(act("order_brief", active_order), {"brief": "Deux scénarios."})

    assert factories.fresh(active_order).brief == "Deux scénarios."
    delivered = factories.deliver(factories.start(active_order))
    late = client.post(act("order_brief", delivered), {"brief": "Trop tard."}, follow=True)
    assert 'role="alert"' in late.content.decode()
    assert factories.fresh(active_order).brief == "Deux scénarios."


def test_the_buyer_reviews_once_and_both_read_it_when_both_have_written(
    client_of, buyer, expert, completed_order
):
    client = client_of(buyer)
    assert client.post(act("order_review", completed_order), {"comment": "Sans étoile"}).status_code == 422
    assert (
        client.post(act("order_review", completed_order), {"rating": "6", "comment": "x"}).status_code == 422
    )
    assert not Review.objects.exists()

    client.post(act("order_review", completed_order), {"rating": "4", "comment": "Clair et précis."})
    assert "Clair et précis." not in read(client_of(expert), completed_order.get_absolute_url())
    client_of(expert).post(
        act("order_review", completed_order), {"rating": "5", "comment": "Des consignes nettes."}
    )
    again = client.post(act("order_review", completed_order), {"rating": "1", "comment": "Non"}, follow=True)

    assert Review.objects.get(author=buyer).rating == 4
    assert 'role="alert"' in again.content.decode()
    for person in (buyer, expert):
        assert "Clair et précis." in read(client_of(person), completed_order.get_absolute_url())


def test_the_words_of_a_refused_review_are_kept(client_of, buyer, completed_order):
    page = (
        client_of(buyer).post(act("order_review", completed_order), {"comment": "Mes mots"}).content.decode()
    )

    assert "Mes mots" in page
    assert 'id="id_rating_error"' in page


def test_nothing_is_reviewed_before_the_end(client_of, buyer, delivered_order):
    client = client_of(buyer)

    assert client.get(act("order_review", delivered_order))["Location"] == delivered_order.get_absolute_url()
    client.post(act("order_review", delivered_order), {"rating": "5"})

    assert not Review.objects.exists()


def test_a_closed_order_may_be_ordered_again_while_the_offer_lives(client_of, buyer, completed_order, offer):
    from offers import actions as offers

    client, path = client_of(buyer), completed_order.get_absolute_url()
    assert offer.get_absolute_url() in read(client, path)

    offers.delete(offer)

    assert offer.get_absolute_url() not in read(client, path)


# --- What comes next, in words ---


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_next_step_for_every_side(request, state):
    order = request.getfixturevalue(state)

    for side in ("buyer", "expert", "staff"):
        step = queries.next_step(order, side)
        text = "".join(part.words for part in step.words.parts)
        assert step.title
        assert text
        assert "%(" not in text + step.title
        assert "{" not in text
        assert not step.yours or side != "staff"
        line = queries.milestones(order)
        assert sum(milestone.state == "current" for milestone in line) <= 1


def test_who_must_act_is_said_to_that_person_alone(request):
    turns = {
        "placed_order": "buyer",
        "started_order": "expert",
        "delivered_order": "buyer",
        "revised_order": "expert",
        "disputed_order": None,
    }
    for state, whose in turns.items():
        order = request.getfixturevalue(state)
        said = {side for side in ("buyer", "expert", "staff") if queries.next_step(order, side).yours}
        assert said == ({whose} if whose else set()), state


def test_an_empty_brief_is_the_buyers_turn(buyer, offer):
    order = factories.pay(factories.place(buyer, offer, brief=""))
    item = order.checklist.get()
    actions.supply(order, actor=buyer, answers={item.pk: "Les trois bilans, en ligne."}, files={})
    order = factories.fresh(order)
    assert queries.next_step(order, "buyer").act == "brief"

    order = actions.complete_brief(order, actor=buyer, brief="Voilà.")
    assert not queries.next_step(order, "buyer").yours


def test_an_acceptance_says_when_the_money_can_be_withdrawn(completed_order):
    step = queries.next_step(completed_order, "expert")

    moments = [part.moment for part in step.words.parts if part.moment]
    assert completed_order.completed_at + completed_order.timer("clearing_manual") in moments
    assert clock.now() >= completed_order.completed_at


def test_every_kind_of_event_has_words(buyer, completed_order):
    from orders.queries import threads

    for kind in OrderEvent.Kind:
        data = {"cause": "buyer"} if kind == OrderEvent.Kind.CANCELLED else {}
        event = OrderEvent(order=completed_order, kind=kind, actor=buyer, data=data, created_at=clock.now())
        for side in ("buyer", "expert", "staff"):
            title, text, icon, tone = threads.said(event, completed_order, side, {})
            assert title
            assert "%(" not in f"{title}{text}"
            assert icon
            assert tone
