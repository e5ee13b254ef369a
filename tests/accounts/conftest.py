"""Mails of the account pages are rows, as in production."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Settings) -> None:
    """The test runner replaces the mail backend; these tests read what was written down."""
    settings.EMAIL_BACKEND = "messaging.mail.OutboxBackend"
