"""Two acceptances at the same instant, and an acceptance beside a new version: one wins, nothing happens twice."""

import pytest

from marketplace.kernel.errors import Refusal
from missions import actions
from missions.models import Instalment, Mission, Quote
from tests.missions.conftest import LINES, terms
from tests.payments.test_races import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_quote_accepted_by_two_hands_and_replaced_at_once_has_one_fate(talk, quote, buyer, expert):
    def accept():
        return actions.accept(quote, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")

    def replace():
        return actions.write(talk, expert=expert, terms=terms(), lines=LINES[:1], replaces=quote)

    results = at_once(accept, accept, replace)

    assert all(isinstance(error, Refusal) for error in errors(results))
    accepted = Mission.objects.count()
    assert accepted + Quote.objects.filter(version=2).count() == 1, "accepted or replaced, never both"
    assert Instalment.objects.count() == 3 * accepted
