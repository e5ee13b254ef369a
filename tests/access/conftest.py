"""A delivered order with all its people, for every address of the site."""

import pytest

from messaging import actions as messaging
from tests import factories


@pytest.fixture
def world(delivered_order, buyer, expert, stranger, staff):
    """A delivered order with a file on each side, and its people."""
    from orders import actions

    actions.say(delivered_order, author=buyer, body="Voici le dossier.", files=[factories.a_file()])
    contact = messaging.make_contact(company=buyer, expert=expert, subject="Devis", body="Bonjour.")
    return {
        "contact": contact,
        "order": delivered_order,
        "visitors": {"stranger": stranger, "buyer": buyer, "expert": expert, "staff": staff},
    }
