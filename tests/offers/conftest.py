"""Addresses in English, so that tests speak the words of the templates."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation


@pytest.fixture
def address() -> Callable[..., str]:
    """The address of a page in English: ``address("offer", pk, slug)``."""

    def english(name: str, *args: Any) -> str:
        with translation.override("en"):
            return reverse(name, args=args)

    return english


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a module writes before its first test: each test begins from it, and the last one leaves nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
