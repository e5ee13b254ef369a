"""Claire quotes 5 000 € before VAT to Thomas, who wrote to her first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from marketplace.kernel import clock
from messaging.actions import make_contact
from messaging.models import Conversation
from missions import actions
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import Instalment, Mission, Quote
from payments import escrow, ledger

LINES = [LineTerms("Diagnostic", 500, "day", 800_00), LineTerms("Restitution", 100, "flat", 1_000_00)]


@pytest.fixture(autouse=True)
def _books_add_up(db: None) -> Any:
    yield
    assert ledger.audit() == []


@pytest.fixture
def talk(buyer: User, expert: User) -> Conversation:
    contact = make_contact(
        company=buyer, expert=expert, subject="Votre besoin", body="Bonjour, pouvez-vous nous aider ?"
    )
    return contact.conversation


def terms(**changed: Any) -> QuoteTerms:
    today = clock.today()
    fields: dict[str, Any] = {
        "title": "Refonte du contrôle de gestion",
        "deliverables": "Un diagnostic\nUn plan d'action",
        "starts_on": today + timedelta(days=7),
        "ends_on": today + timedelta(days=60),
        **changed,
    }
    return QuoteTerms(**fields)


@pytest.fixture
def quote(talk: Conversation, expert: User) -> Quote:
    return actions.write(talk, expert=expert, terms=terms(), lines=LINES)


@pytest.fixture
def mission(quote: Quote) -> Mission:
    return actions.accept(
        quote, actor=quote.client, name="Thomas Girard", digest=quote.digest, siren="303265045"
    )


def pay(mission: Mission, number: int) -> Instalment:
    """The gateway reports an instalment."""
    instalment = mission.instalments.select_related("payment").get(number=number)
    assert instalment.payment is not None
    escrow.receive(
        instalment.payment,
        amount_cents=instalment.ttc_cents,
        gateway_id=f"gw-{instalment.payment.pk}",
        occurred_at=clock.now(),
    )
    return actions.confirm_payment(instalment)


@pytest.fixture
def running(mission: Mission) -> Mission:
    pay(mission, 1)
    return actions.start(mission, actor=mission.expert)


@pytest.fixture
def balance() -> Callable[[User], int]:
    return lambda user: ledger.balance(ledger.payable(user))
