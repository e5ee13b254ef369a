"""What waits unread and what is kept are read together for a public page, and are true at once after each act."""

import pytest
from django.urls import reverse

from messaging.models import Notification
from orders import actions as orders

PAGES = ("catalogue", "offer")


@pytest.fixture(params=PAGES)
def page(request, address, offer):
    return address("offer", offer.pk, offer.slug) if request.param == "offer" else address("catalogue")


def unread(client, page):
    context = client.get(page).context
    return int(str(context["unread_messages"])), int(str(context["unread_notifications"]))


def kept(client, page, offer):
    """Whether the heart of an offer, on its page or its card, is pressed."""
    before, _form, after = (
        client.get(page).content.decode().partition(reverse("favourite_offer", args=[offer.pk]))
    )
    assert after
    return 'aria-pressed="true"' in before.rpartition("<")[2] + after.partition("</button>")[0]


def test_a_heart_is_drawn_as_it_was_left_by_oneself_alone(client_of, buyer, stranger, offer, page):  # B31
    client, other = client_of(stranger), client_of(buyer)
    path = reverse("favourite_offer", args=[offer.pk])
    for expected in (True, False, True):
        client.post(path)
        assert kept(client, page, offer) is expected
        assert not kept(other, page, offer)


def test_an_expert_kept_is_not_taken_for_an_offer(client_of, stranger, offer, page):
    client = client_of(stranger)
    client.post(reverse("favourite_expert", args=[offer.expert_id]))
    response = client.get(page)
    assert response.wsgi_request.favourite_ids == (frozenset(), frozenset([offer.expert_id]))


def test_what_is_told_counts_at_once_until_it_is_read_and_only_for_its_reader(
    client_of, buyer, stranger, page
):
    client = client_of(stranger)
    client.get(page)
    for number in (1, 2):
        Notification.objects.create(user=stranger, key=f"test:{number}", kind="message_received", params={})
        assert unread(client, page) == (0, number)
    assert unread(client_of(buyer), page) == (0, 0)

    client.post(reverse("notifications_read"))

    assert unread(client, page) == (0, 0)


def test_a_message_counts_at_once_until_its_thread_is_opened(client_of, active_order, page):
    client = client_of(active_order.buyer)
    client.get(active_order.get_absolute_url())
    assert unread(client, page)[0] == 0
    orders.say(active_order, author=active_order.expert, body="Bonjour, où en est la liste ?")
    assert unread(client, page)[0] == 1

    client.get(active_order.get_absolute_url())

    assert unread(client, page)[0] == 0


def test_an_account_closed_by_the_team_is_signed_out_at_the_next_page(client_of, stranger, page):
    client = client_of(stranger)
    assert client.get(page).context["user"].is_authenticated
    type(stranger).objects.filter(pk=stranger.pk).update(is_active=False)
    assert not client.get(page).context["user"].is_authenticated
