"""Every sentence is collected, translated and filled with the right values, without the system's gettext."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from marketplace.local import messages, templates
from marketplace.local.messages import HEADER

SAYS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
NASTY_TEMPLATE = """
{# Translators: greeting on the first page #}
<h1 title="{% translate "Say (hello), or don't" %}">{{ name|default:_("Nobody (yet)") }}</h1>
{% blocktranslate trimmed count n=items|length with who=user.name %}
  {{ who }} has {{ n }} item, 50 % done
{% plural %}
  {{ who }} has {{ n }} items, 50 % done
{% endblocktranslate %}
{% translate "May" context "the month" %} {% include "x.html" with label=_("Inside a tag") only %}
{% comment %}{% translate "Never shown" %}{% endcomment %}
"""


@pytest.fixture
def project(tmp_path):
    """A small product with one template and one module."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(NASTY_TEMPLATE)
    (tmp_path / "orders" / "migrations").mkdir(parents=True)
    (tmp_path / "orders" / "migrations" / "0001.py").write_text("gettext_lazy('frozen')")
    (tmp_path / "orders" / "models.py").write_text(
        "a = _('Order')\nb = ngettext_lazy('%(n)s day', '%(n)s days', 'n')\nc = pgettext_lazy('verb', 'Order')\n"
    )
    return tmp_path


def ids(catalogue):
    return {(message.context, message.id) for message in catalogue if message.id}


def test_sentences_of_templates_and_code_are_collected(project):
    collected = messages.collect(project)

    assert ids(collected) == {
        (None, "Say (hello), or don't"),
        (None, "Nobody (yet)"),
        (
            None,
            ("%(who)s has %(n)s item, 50 %% done", "%(who)s has %(n)s items, 50 %% done"),
        ),
        ("the month", "May"),
        (None, "Inside a tag"),
        (None, "Order"),
        (None, ("%(n)s day", "%(n)s days")),
        ("verb", "Order"),
    }
    assert collected.get("Say (hello), or don't").auto_comments == ["Translators: greeting on the first page"]


def test_a_new_collection_keeps_translations_and_forgets_what_is_gone(project, tmp_path):
    catalogue = tmp_path / "django.po"
    messages.update(catalogue, messages.collect(project))
    text = catalogue.read_text().replace(
        'msgid "Inside a tag"\nmsgstr ""', 'msgid "Inside a tag"\nmsgstr "Dedans"'
    )
    catalogue.write_text(text + '\nmsgid "No longer used"\nmsgstr "Plus rien"\n')

    total, waiting = messages.update(catalogue, messages.collect(project))
    again = catalogue.read_text()
    messages.update(catalogue, messages.collect(project))

    assert 'msgstr "Dedans"' in again
    assert "Plus rien" not in again
    assert (total, waiting) == (8, 7)
    assert catalogue.read_text() == again, "collecting twice changes nothing"
    assert "orders/models.py:" not in again, "line numbers would drown the words of a diff"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "Order"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Order"\nmsgstr "Commande"', "fuzzy"),
        (
            'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s jour"\nmsgstr[1] ""',
            "not translated",
        ),
        ('#, python-format\nmsgid "Pay %(sum)s"\nmsgstr "Payer %(somme)s"', "placeholders"),
        ('#, python-format\nmsgid "Pay %(sum)s"\nmsgstr "Payer"', "placeholders left out"),
        ('msgid "Gone"\nmsgstr "Parti"', "no longer used"),
    ],
)
def test_an_incomplete_catalogue_is_refused(tmp_path, entry, problem):
    (tmp_path / "orders").mkdir()
    sentences = '_("Order")\nngettext("%(n)s day", "%(n)s days", n)\n_("Pay %(sum)s")\n'
    (tmp_path / "orders" / "views.py").write_text(sentences)
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEADER + entry + "\n")

    problems = messages.check(catalogue, messages.collect(tmp_path))

    assert any(problem in line for line in problems), problems


def test_a_sentence_that_is_not_in_the_catalogue_is_named(tmp_path):
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "views.py").write_text('_("Order")')

    problems = messages.check(tmp_path / "absent.po", messages.collect(tmp_path))

    assert problems == ["not in the catalogue, run `make messages`: “Order”"]


def test_the_french_catalogue_is_complete():
    problems = messages.check(messages.catalogue_path(), messages.collect())

    assert not problems, "\n".join(problems[:20])


def test_no_sentence_hides_in_braces_where_nothing_collects_it():
    hidden = []
    for path in sorted(settings.BASE_DIR.glob("*/**/*.py")):
        if path.relative_to(settings.BASE_DIR).parts[0] in {".venv", ".local", "tests"}:
            continue
        for braces in ast.walk(ast.parse(path.read_text())):
            for call in ast.walk(braces) if isinstance(braces, ast.JoinedStr) else ():
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in SAYS:
                    hidden.append(f"{path.relative_to(settings.BASE_DIR)}:{call.lineno}")
    assert hidden == []


def test_no_french_sentence_takes_someone_for_a_man():
    named = re.compile(
        r"%\((?:expert|buyer|name|other)\)s (?:est|sera|n’est|a été) (?:payé|prévenu|remboursé)\b"
    )
    with messages.catalogue_path().open("rb") as file:
        catalogue = read_po(file, locale="fr")

    said = [
        str(text) for entry in catalogue for text in (entry.string if entry.pluralizable else [entry.string])
    ]

    assert [text for text in said if named.search(text)] == []


def test_no_french_quotation_mark_stands_alone_at_the_end_of_a_line():
    with (settings.BASE_DIR / "locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        said = [text for message in read_po(file) for text in _texts(message.string)]
    assert [text for text in said if "« " in text or " »" in text] == []


def _texts(said):
    return [said] if isinstance(said, str) else list(said or ())


def test_french_puts_no_name_after_a_word_that_would_be_elided():
    """A name may begin with a vowel: « l’avis de Élodie » is not French, whoever writes it."""
    people = "author|buyer|expert|name|other|person|sender|who"
    elided = re.compile(rf"\b(?:[Dd]e|\w*[Qq]ue) (?:<\w+>)?%\((?:{people})\)s")
    catalogue = messages.read_catalogue(messages.catalogue_path())
    texts = [text for message in catalogue for text in messages._forms(message.string)]

    assert [text for text in texts if elided.search(text)] == []


def test_django_shows_what_the_catalogue_says():
    catalogue = messages.read_catalogue(messages.catalogue_path())
    plain = [m for m in catalogue if m.id and not m.pluralizable and not m.context and m.string][:50]
    plural = [m for m in catalogue if m.id and m.pluralizable and not m.context and all(m.string)][:20]

    with translation.override("fr"):
        assert [translation.gettext(m.id) for m in plain] == [m.string for m in plain]
        for message in plural:
            one, many = message.id
            assert translation.ngettext(one, many, 0) == message.string[0], "zero is singular in French"
            assert translation.ngettext(one, many, 2) == message.string[1]
    with translation.override("en"):
        assert [translation.gettext(m.id) for m in plain] == [m.id for m in plain]


def test_a_word_outside_translation_tags_is_found():
    source = (
        '<p class="lead">{{ a }} &nbsp; <b>Hello</b></p>\n<img alt="A photo">\n{% translate "Fine" %} Jalon 12 €\n'
        "{% blocktranslate %}Fine too{% endblocktranslate %}<code>as it is</code>{# Note #}"
    )

    assert templates.bare_words(source) == ["line 1: Hello", "line 2: A photo"]


def test_every_word_of_every_template_can_be_translated():
    problems = templates.untranslatable(Path(__file__).parents[1])

    assert not problems, "\n".join(problems)
