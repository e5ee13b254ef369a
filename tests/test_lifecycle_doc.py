"""The page about an order's life says what the code does."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from marketplace import lifecycle
from orders.models import OrderEvent


def test_the_page_is_up_to_date():
    page = Path(settings.BASE_DIR) / lifecycle.DOCUMENT

    assert page.read_text() == lifecycle.document(), "run `make lifecycle`"
    call_command("lifecycle", "--check")


def test_the_check_fails_on_a_stale_page_and_drawing_mends_it(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="stale"):
        call_command("lifecycle", "--check")
    assert not (tmp_path / lifecycle.DOCUMENT).exists(), "a check writes nothing"

    call_command("lifecycle")

    call_command("lifecycle", "--check")
    assert "stateDiagram-v2" in (tmp_path / lifecycle.DOCUMENT).read_text()


def test_the_page_knows_who_does_what():
    found = {(move.source, move.target): move.askers for move in lifecycle.moves()}

    assert found["pending_payment", "active"] == ("the payment gateway",)
    assert found["delivered", "completed"] == ("the buyer", "the clock")
    assert found["disputed", "resolved"] == ("the buyer", "the expert", "staff")
    assert set(found["active", "disputed"]) == {"the buyer", "the expert"}


def test_every_kind_of_event_is_on_the_page():
    page = lifecycle.document()

    with translation.override("en"):
        for label in OrderEvent.Kind.labels:
            assert str(label) in page


def test_every_arrow_is_made_by_an_action():
    for move in lifecycle.moves():
        assert move.acts, f"{move.name} from {move.source} is made by no action"
