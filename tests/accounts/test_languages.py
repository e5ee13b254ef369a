"""The languages of experts bear the names that the CLDR gives them."""

import pytest
from babel import Locale
from django.utils import translation

from accounts import languages


@pytest.mark.parametrize(("code", "names"), [("fr", languages.FRENCH), ("en", languages.ENGLISH)])
def test_names_are_those_of_the_cldr(code, names):
    known = Locale.parse(code).languages

    assert {each: name.casefold() for each, name in names.items()} == {
        each: known[each].casefold() for each in names
    }
    assert all(name[0].isupper() for name in names.values())


def test_a_language_is_stored_in_french_and_shown_in_the_language_of_the_page():
    assert languages.stored(" german ") == languages.stored("Allemand") == "Allemand"
    assert languages.stored("Klingon") == "Klingon"
    with translation.override("en"):
        assert languages.shown("Allemand") == "German"
        assert languages.shown("Klingon") == "Klingon"
    assert languages.shown("Allemand") == "Allemand"
