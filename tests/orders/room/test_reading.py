"""Who enters the order room, and what each side reads there."""

import pytest
from django.urls import reverse

from accounts.models import Company, User
from marketplace.kernel import clock
from messaging.models import Notification
from orders import actions, notifications, queries
from orders.models import Order
from tests import factories
from tests.orders.room.kit import ACTS, STATES, act, footprint, read

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


@pytest.mark.parametrize("role", ["owner", "buyer", "accountant"])
def test_members_of_a_company_find_what_their_role_holds(placed_order, stranger, role):
    company = Company.objects.create(name="Perrin & Fils")
    User.objects.filter(pk=stranger.pk).update(company=company, company_role=role, company_since=clock.now())
    member = User.objects.get(pk=stranger.pk)
    assert queries.find(member, placed_order.public_id) is None

    Order.objects.filter(pk=placed_order.pk).update(for_company=company)

    found = queries.find(member, placed_order.public_id)
    assert found == queries.room_orders(member).filter(pk=placed_order.pk).first()
    assert (found is None) == (role == "accountant")


def test_looking_marks_what_was_told_of_the_order_and_of_no_other(client_of, buyer, active_order, offer):
    other = factories.pay(factories.place(buyer, offer))
    for order in (active_order, other):
        for event in order.events.all():
            notifications.announce(event.pk)
    told = Notification.objects.filter(user=buyer, url_name="order")
    assert {str(active_order.public_id), str(other.public_id)} == {row.url_args[0] for row in told.unread()}

    read(client_of(buyer), active_order.get_absolute_url())

    assert {row.url_args[0] for row in told.unread()} == {str(other.public_id)}
    assert not queries.find(buyer, active_order.public_id).was_told
    assert queries.find(buyer, other.public_id).was_told


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

    assert "Deliverable no.\u00a01: yours to check" in page
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


# A64
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
