"""From the Markdown that staff write to what people read: figures filled in, cut into sections, cleaned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "blockquote",
    "table",
    "thead",
    "tbody",
} | {
    "tr",
    "th",
    "td",
    "hr",
    "code",
}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_FIGURE = re.compile(r"\{([a-z_]+)\}")


class UnknownFigure(ValueError):
    """The text names a figure we do not have."""


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it; ``parts`` are its own headings, one level down."""

    anchor: str
    title: str
    html: SafeString
    parts: "list[Part]" = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """A page ready to draw: what comes before the first heading, then its parts."""

    intro: SafeString
    parts: list[Part]


def fill(source: str, figures: Mapping[str, str]) -> str:
    """Write the figures into a text. Raises ``UnknownFigure`` with the name of one there is not."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in figures:
            raise UnknownFigure(match[1])
        return figures[match[1]]

    return _FIGURE.sub(value, source)


def read(body: str, *, nested: bool = False) -> Text:
    """Cut a text at its second-level headings, and each part at its third-level ones when ``nested``."""
    tokens = _markdown.parse(body)
    taken: set[str] = set()
    intro, parts = _cut(tokens, "h2", taken)
    return Text(
        _html(intro),
        [
            _nested(anchor, title, inside, taken) if nested else Part(anchor, title, _html(inside))
            for anchor, title, inside in parts
        ],
    )


def _nested(anchor: str, title: str, tokens: list[Token], taken: set[str]) -> Part:
    own, parts = _cut(tokens, "h3", taken)
    return Part(anchor, title, _html(own), [Part(a, t, _html(inside)) for a, t, inside in parts])


def _cut(
    tokens: list[Token], tag: str, taken: set[str]
) -> tuple[list[Token], list[tuple[str, str, list[Token]]]]:
    before: list[Token] = []
    parts: list[tuple[str, str, list[Token]]] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.tag == tag:
            title = tokens[position + 1].content
            parts.append((_anchor(title, taken), title, []))
            position += 3
            continue
        (parts[-1][2] if parts else before).append(token)
        position += 1
    return before, parts


def _anchor(title: str, taken: set[str]) -> str:
    base = slugify(title)[:60] or "part"
    base = f"s-{base}" if base[0].isdigit() else base
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _html(tokens: list[Token]) -> SafeString:
    """Draw and clean: whatever was typed, only these tags and safe links come out."""
    drawn = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        drawn, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}
    )
    return SafeString(clean.replace("<table>", '<table tabindex="0">'))  # wide ones scroll: by keyboard too


def line(text: str) -> SafeString:
    """One sentence with its links and emphasis, without a paragraph around it."""
    return SafeString(
        nh3.clean(_markdown.renderInline(text), tags={"a", "strong", "em"}, attributes={"a": {"href"}})
    )


def plain(text: str) -> str:
    """The same sentence without markup, not marked safe: templates escape it."""
    return unescape(strip_tags(str(line(text))))
