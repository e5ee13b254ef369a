"""An offer of calls, one booked, and time that passes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from marketplace.kernel import clock
from offers import openings
from orders.models import Order
from tests import factories


@pytest.fixture
def call_offer(expert, category):
    return factories.make_call(expert, category=category)


@pytest.fixture
def booked(buyer, call_offer) -> Order:
    """A call paid, at ten in the morning in Paris, in a few days."""
    slot = next(
        at
        for at in openings.free(call_offer.expert, minutes=30)
        if at > clock.now() + timedelta(days=3) and at.astimezone(UTC).minute == 0
    )
    return factories.pay(factories.place(buyer, call_offer, slot=slot))


@pytest.fixture
def travel():
    """Let time pass, for this test alone."""
    travellers = []

    def to(moment: datetime) -> None:
        while travellers:
            travellers.pop().stop()
        traveller = time_machine.travel(moment, tick=True)
        traveller.start()
        travellers.append(traveller)

    yield to
    while travellers:
        travellers.pop().stop()
