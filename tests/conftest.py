"""A few named people and an order in each state, for every test."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User
from offers.models import Category, Offer
from orders.models import Order
from tests import factories


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Rate limits and cached reads must not leak from one test to the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Each test begins in the default language: a request leaves its own behind."""
    with translation.override("fr"):
        yield


@pytest.fixture
def buyer(db: None) -> User:
    return factories.make_user("Thomas", "Girard")


@pytest.fixture
def expert(db: None) -> User:
    return factories.make_expert("Claire", "Fontaine")


@pytest.fixture
def stranger(db: None) -> User:
    return factories.make_user("Inès", "Carpentier")


@pytest.fixture
def staff(db: None) -> User:
    return factories.make_user("Sophie", "Arnaud", is_staff=True, is_superuser=True)


@pytest.fixture
def category(db: None) -> Category:
    return factories.make_category()


@pytest.fixture
def offer(expert: User, category: Category) -> Offer:
    """120 €, five days, one revision; add-ons: express (35 €, two days saved), slides (50 €, a day more)."""
    return factories.make_offer(
        expert, category=category, add_ons=(("Livraison express", 35_00, -2), ("Diaporama", 50_00, 1))
    )


@pytest.fixture
def placed_order(buyer: User, offer: Offer) -> Order:
    return factories.place(buyer, offer)


@pytest.fixture
def active_order(placed_order: Order) -> Order:
    return factories.pay(placed_order)


@pytest.fixture
def started_order(active_order: Order) -> Order:
    return factories.start(active_order)


@pytest.fixture
def delivered_order(started_order: Order) -> Order:
    return factories.deliver(started_order)


@pytest.fixture
def completed_order(delivered_order: Order) -> Order:
    from orders import actions

    return actions.accept_delivery(delivered_order, actor=delivered_order.buyer)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser signed in as someone."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
