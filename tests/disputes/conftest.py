"""What the tests of disputes share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(_in_french: None) -> Iterator[None]:
    """Refusals are read here in the language of the source."""
    with translation.override("en"):
        yield
