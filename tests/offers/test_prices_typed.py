"""Prices as people type them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.fields import EurosField, LinesField, WordsField
from marketplace.kernel.money import euros_to_type, format_money, parse_euros


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1250", 1250_00),
        ("1250,5", 1250_50),
        ("1250.50", 1250_50),
        ("1 250,50", 1250_50),
        ("1\u00a0250,50\u00a0€", 1250_50),
        ("1\u202f250,50", 1250_50),
        ("€1,250.50", 1250_50),
        ("1.250,50", 1250_50),
        ("1'250.50", 1250_50),
        ("12 500", 12_500_00),
        ("1.250.000", 1_250_000_00),
        ("0", 0),
        ("-5", -5_00),
        ("\u22125,10 €", -5_10),
    ],
)
def test_an_amount_is_understood_the_french_and_the_english_way(typed, cents):
    assert parse_euros(typed) == cents


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "€",
        "abc",
        "1e5",
        "NaN",
        "inf",
        "12,345",
        "1,250",
        "1.250",
        "12 50",
        "1,2,3",
        "12.",
        ",50",
        "٣",
        "5 €€",
        "9" * 30,
    ],
)
def test_anything_else_is_refused_rather_than_guessed(typed):
    with pytest.raises(ValueError):
        parse_euros(typed)


@given(cents=st.integers(min_value=0, max_value=10**12), language=st.sampled_from(["fr", "en"]))
def test_what_we_write_we_read_back_to_the_cent(cents, language):
    assert parse_euros(euros_to_type(cents, language)) == cents
    if not (
        language == "en" and cents % 100 == 0 and 1_000_00 <= cents < 1_000_000_00
    ):  # €1,250 may mean two amounts
        assert parse_euros(format_money(cents, language)) == cents


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "Enter an amount of at least €5."),
        ("-20", "Enter an amount of at least €5."),
        ("50 000,01", "Enter an amount of at most €50,000."),
        ("9999999999", "Enter an amount of at most €50,000."),
        ("dix euros", "Write the amount in figures with two decimals at most, for example 1250.50."),
        ("1,250", "Write the amount in figures with two decimals at most, for example 1250.50."),
        ("", "Enter an amount in euros."),
    ],
)
def test_a_price_that_cannot_be_is_explained(typed, said):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        EurosField(min_cents=5_00, max_cents=50_000_00).clean(typed)

    with translation.override("en"):
        assert refused.value.messages == [said]


def test_a_price_is_shown_for_typing_in_the_language_of_the_page():
    with translation.override("fr"):
        assert EurosField().prepare_value(1250_50) == "1250,50"
    with translation.override("en"):
        assert EurosField().prepare_value(1250_50) == "1250.50"
    assert EurosField().prepare_value("12,,5") == "12,,5", "what was typed stays"


def test_lines_lose_their_bullets_blanks_and_repeats():
    field = LinesField(max_items=4, max_item_length=20)

    assert field.clean("- un plan\n\n  • un tableau \nUn plan\n\u2013 une note") == [
        "un plan",
        "un tableau",
        "une note",
    ]


def test_lists_are_bounded_in_number_and_length():
    words = WordsField(max_items=2, max_item_length=5)

    with pytest.raises(ValidationError):
        words.clean("un, deux, trois")
    with pytest.raises(ValidationError):
        words.clean("beaucoup")
    with pytest.raises(ValidationError):
        words.clean("a\x00b")
    assert words.clean("Un; deux,,un") == ["Un", "deux"]
