"""Searching: title, keywords, description; French endings and accents do not count."""

import pytest

from offers.models import Offer
from tests import factories


@pytest.fixture(scope="module")
def written(once):
    """Three offers told apart by a word of the title, a keyword and a word of the description."""
    make = factories.make_offer
    return {
        "title": make(factories.make_expert("Ana", "A"), title="Dossier de prévisionnel financier"),
        "keyword": make(
            factories.make_expert("Bea", "B"),
            title="Rédaction de vos écrits",
            keywords=["Étude de marché", "création"],
        ),
        "description": make(
            factories.make_expert("Cléo", "C"),
            title="Accompagnement mensuel",
            description="Nous parlons aussi de trésorerie et de relances.",
        ),
    }


@pytest.fixture
def shop(written, db):
    return written


# A11, A99
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("prévisionnel", "title"),
        ("previsionnel", "title"),
        ("PREVISIONNELS", "title"),
        ("étude de marché", "keyword"),
        ("etude marche", "keyword"),
        ("création", "keyword"),
        ("tresorerie", "description"),
        ("l’accompagnement", "description"),
    ],
)
def test_words_are_found_with_or_without_accents(shop, words, found):
    assert list(Offer.objects.published().matching(words)) == [shop[found]]


def test_a_word_of_the_title_comes_before_one_of_the_description(shop):
    other = factories.make_offer(factories.make_expert("Dan", "D"), title="Trésorerie prévisionnelle")

    assert list(Offer.objects.published().matching("trésorerie")) == [other, shop["description"]]


def test_words_combine_and_can_be_excluded(shop):
    offers = Offer.objects.published()

    assert not offers.matching("prévisionnel trésorerie").exists()
    assert offers.matching("prévisionnel or trésorerie").count() == 2
    assert not offers.matching("dossier -financier").exists()


def test_words_without_meaning_find_nothing_and_break_nothing(shop):
    for words in ("de la", "!!", "'", "-", "a:*", "\\"):
        assert list(Offer.objects.published().matching(words)) == []


def test_an_edited_offer_is_found_under_its_new_words(shop):
    from offers import actions

    actions.edit_offer(shop["title"], terms={"title": "Plan de recrutement", "keywords": ["embauche"]})

    assert list(Offer.objects.published().matching("embauches")) == [shop["title"]]
    assert not Offer.objects.published().matching("prévisionnel").exists()
