"""The demo world shows a custom request in each state, and a first contact."""

from marketplace.seed import requests
from messaging.models import Contact
from orders.models import CustomRequest, Invitation
from tests import factories


def test_requests_are_seen_in_each_state_and_loaded_once(buyer, category, staff):
    offers = {
        name: factories.make_offer(factories.make_expert(name, "X"), category=category)
        for name in ("A", "B", "C")
    }
    buyers = {"b": buyer}

    assert requests.load(offers, buyers, staff) == 4
    assert requests.load(offers, buyers, staff) == 0

    assert set(CustomRequest.objects.values_list("state", flat=True)) == {"submitted", "open", "withdrawn"}
    assert Invitation.objects.filter(versions__number=3).count() == 1
    assert Contact.objects.get().conversation.messages.count() == 3
