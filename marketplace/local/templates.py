"""Two promises about templates: every one parses, and every word a visitor reads can be translated."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

FOLDERS = ("templates", "*/templates")
SUFFIXES = {".html", ".txt", ".xml", ".svg"}
UNSPOKEN = {"code", "kbd", "pre", "script", "style"}
READ_ALOUD = {"alt", "aria-description", "aria-label", "aria-placeholder", "label", "placeholder", "title"}
"""Attributes whose value people see or hear."""
NAMES = re.compile(r"\b(?:Jalon|HTML|PDF|SIRET|SIREN|IBAN|BIC|TVA|EUR|URL|CSV|ZIP|Claire Fontaine)\b")
"""Words that are the same in every language, and the person in the home page's drawing."""
WORD = re.compile(r"[^\W\d_]{2,}")


def templates(root: Path) -> Iterator[Path]:
    """Every template of the product, in a stable order."""
    for pattern in FOLDERS:
        for folder in sorted(root.glob(pattern)):
            yield from sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def broken(root: Path) -> list[str]:
    """A sentence for each template that does not parse. Django must be set up."""
    from django.template import TemplateSyntaxError, engines

    problems = []
    for path in templates(root):
        try:
            engines["django"].from_string(path.read_text(encoding="utf-8"))
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            problems.append(f"{path.relative_to(root)}: {error}")
    return problems


def bare_words(source: str, *, html: bool = True) -> list[str]:
    """The texts of a template that stand outside any translation tag, each with its line."""
    text = _without_tags(source)
    if html:
        reader = _Reader()
        reader.feed(text)
        reader.close()
        found = reader.found
    else:
        found = list(enumerate(text.split("\n"), start=1))
    return [
        f"line {line}: {' '.join(words.split())}"
        for line, words in found
        if WORD.search(NAMES.sub("", words))
    ]


def _without_tags(source: str) -> str:
    """The template's own text, line for line: its tags, variables and translated blocks are blanked."""
    from django.template.base import Lexer, TokenType

    kept = []
    closing = ""
    for token in Lexer(source).tokenize():
        text = token.contents if token.token_type == TokenType.TEXT else "\n" * token.contents.count("\n")
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split(maxsplit=1)[0]
            if closing and name == closing:
                closing = ""
            elif not closing and name in {"blocktranslate", "blocktrans", "comment"}:
                closing = f"end{name}"
            elif not closing and name == "block" and "class" in token.contents:  # it fills an attribute
                closing = "endblock"
        kept.append("\n" * text.count("\n") if closing else text)
    return "".join(kept)


class _Reader(HTMLParser):
    """Collects what a visitor reads, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in UNSPOKEN
        for name, value in attrs:
            if name in READ_ALOUD and value:
                self.found.append((self.getpos()[0], value))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNSPOKEN and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append((self.getpos()[0], data))


EXEMPT = ("templates/ui/", "templates/_ui/", "templates/500.html", "templates/maintenance.html")
"""Pages that only developers see, and the two that must stand when translation itself is down."""


def untranslatable(root: Path, *, exempt: tuple[str, ...] = EXEMPT) -> list[str]:
    """A sentence for each bare text."""
    problems = []
    for path in templates(root):
        name = path.relative_to(root).as_posix()
        if name.startswith(exempt):
            continue
        html = path.suffix in {".html", ".svg"}
        problems += [f"{name}, {words}" for words in bare_words(path.read_text(encoding="utf-8"), html=html)]
    return problems


if __name__ == "__main__":
    import django

    django.setup()
    here = Path.cwd()
    found = [*broken(here), *(f"untranslatable: {problem}" for problem in untranslatable(here))]
    print("\n".join(found))
    sys.exit(bool(found))
