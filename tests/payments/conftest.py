"""Thomas pays Claire 120 €; nobody listens but the tests, and the books add up after each of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from marketplace.celery import app as celery
from payments import ledger
from payments.models import EscrowHold, Payment
from tests import factories
from tests.payments import cash
from tests.payments.doubles import Listener, MoodyGateway
from tests.payments.stripe_stand_in.server import SECRETS, Server, StandIn


@pytest.fixture(autouse=True)
def _in_english(_in_french: None) -> Iterator[None]:
    """Refusals are read here in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def listener(settings: Any) -> Iterator[type[Listener]]:
    """What was told upwards, as (fact, primary key)."""
    settings.PAYMENT_OBSERVER = "tests.payments.doubles.Listener"
    Listener.heard.clear()
    Listener.deaf = False
    yield Listener
    Listener.deaf = False


@pytest.fixture
def moody_gateway(settings: Any) -> Iterator[type[MoodyGateway]]:
    """A provider that may be down."""
    settings.PAYMENT_GATEWAY = "tests.payments.doubles.MoodyGateway"
    MoodyGateway.down = 0
    MoodyGateway.answered.clear()
    yield MoodyGateway
    MoodyGateway.down = 0


@pytest.fixture
def errands() -> Iterator[None]:
    """Errands run at once, as if a worker stood by."""
    celery.conf.task_always_eager = True
    yield
    celery.conf.task_always_eager = False


@pytest.fixture
def spoiled_books() -> None:
    """For the test that leaves the books in a state the audit must not like."""


@pytest.fixture(autouse=True)
def books_add_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, the ledger is clean afterwards."""
    uses_database = request.node.get_closest_marker("django_db") is not None
    if uses_database:
        request.getfixturevalue("_django_db_helper")
    yield
    if uses_database and "spoiled_books" not in request.fixturenames:
        assert ledger.audit() == []


@pytest.fixture
def payment(buyer: User, expert: User) -> Payment:
    """120 €, commission 10 %, to be paid by card."""
    return cash.ask(buyer, expert)


@pytest.fixture
def hold(payment: Payment) -> EscrowHold:
    """The 120 € are held."""
    return cash.receive(payment)


@pytest.fixture(scope="session")
def stripe_server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def stand_in(stripe_server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Stripe is the gateway, and answers from this machine."""
    settings.PAYMENT_GATEWAY = "payments.stripe.gateway.StripeGateway"
    settings.STRIPE_SECRET_KEY = "rk_test_nothing"
    settings.STRIPE_API_BASE = stripe_server.address
    settings.STRIPE_PAYPAL = True
    settings.STRIPE_WEBHOOK_SECRET = SECRETS["platform"]
    settings.STRIPE_CONNECT_WEBHOOK_SECRET = SECRETS["connect"]
    settings.STRIPE_ACCOUNTS_WEBHOOK_SECRET = SECRETS["accounts"]
    monkeypatch.setattr("payments.stripe.client.NETWORK_RETRIES", 0)
    return stripe_server.reset()


@pytest.fixture
def prepared(client_of: Any) -> Any:
    """A browser whose owner has just typed their password again."""

    def sign_in(user: User) -> Any:
        client = client_of(user)
        client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
        return client

    return sign_in
