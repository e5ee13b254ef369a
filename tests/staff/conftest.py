"""A row of nearly everything, and a colleague without rights."""

from typing import Any

import pytest

from accounts.models import User
from disputes import actions as disputes
from disputes.models import Dispute
from messaging import mail
from offers.models import Offer
from orders import actions as orders
from orders.models import Order
from tests import factories


@pytest.fixture
def world(completed_order: Order, buyer: User, expert: User, offer: Offer, client_of: Any) -> Dispute:
    """A row of nearly everything: an order completed, one disputed, a mail, messages, reviews, a payment event."""
    orders.leave_review(completed_order, author=buyer, rating=5, comment="Parfait.")
    orders.leave_review(completed_order, author=expert, rating=5, comment="Des consignes nettes.")
    other = factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))
    orders.say(other, author=buyer, body="Bonjour, il manque une page.", files=[factories.a_file()])
    mail.owe(key="order_event:1:1", recipient=buyer.email, subject="Une commande", text="Bonjour.")
    return disputes.open_dispute(
        other, actor=buyer, ground="unsuitable", statement="La moitié des pages manque au plan livré."
    )


@pytest.fixture
def colleague(db: None) -> User:
    """Staff without any permission yet."""
    return factories.make_user("Nadia", "Roux", is_staff=True)
