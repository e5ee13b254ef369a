"""Calls of the demo world begin by themselves, with what their expert needs."""

from datetime import timedelta

import pytest

from marketplace.seed import calls
from orders.models import Order
from tests import factories

pytestmark = pytest.mark.django_db


def test_calls_of_the_moment_have_what_they_need(buyer, expert, monkeypatch):
    offer = factories.make_call(expert)
    offer.requirements.create(label="Votre prévisionnel", kind="file", position=9)
    monkeypatch.setattr(calls, "BOOKED", (("un-appel", "camille", 0, timedelta(days=3), "Mon projet."),))

    assert calls.load({"appel": offer}, {"camille": buyer}) == 1

    order = Order.objects.get()
    assert order.booking.is_live
    assert order.items_missing == 0
    assert {item.kind for item in order.checklist.all()} == {"file", "text"}
    assert calls.load({"appel": offer}, {"camille": buyer}) == 0
