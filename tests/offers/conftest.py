"""Addresses in English, so that tests speak the words of the templates."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation


@pytest.fixture
def address() -> Callable[..., str]:
    """The address of a page in English: ``address("offer", pk, slug)``."""

    def english(name: str, *args: Any) -> str:
        with translation.override("en"):
            return reverse(name, args=args)

    return english
