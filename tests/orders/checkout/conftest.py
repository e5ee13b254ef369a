"""A buyer at the checkout."""

import pytest


@pytest.fixture
def browser(client_of, buyer):
    return client_of(buyer)
