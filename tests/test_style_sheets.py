"""Style sheets and scripts: colours that can be read, values that exist, pages that stay light."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CSS = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

PAIRS = [
    *(
        (text, ground, 4.5)
        for text in ("text", "text-2", "text-3", "link")
        for ground in ("canvas", "surface", "sunken", "raised", "bubble")
    ),
    *((tone, f"{tone}-tint", 4.5) for tone in ("ok", "warn", "bad", "info", "viol")),
    *(
        (text, f"{tone}-tint", 4.5)
        for text in ("text", "text-2")
        for tone in ("ok", "warn", "bad", "info", "viol", "brand")
    ),
    ("accent-text", "accent-tint", 4.5),
    ("link", "brand-tint", 4.5),
    ("link", "brand-tint-2", 4.5),
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-hover", 4.5),
    ("surface", "accent-text", 4.5),
    ("on-ink", "ink", 4.5),
    ("line-strong", "surface", 3.0),
    ("focus", "canvas", 3.0),
    ("star", "surface", 3.0),
    ("chart", "surface", 3.0),
]


def tokens(theme: str) -> dict[str, str]:
    """Every colour of the token sheet that differs between themes, as #RRGGBB."""
    sheet = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", sheet)
    return {name: light if theme == "light" else dark for name, light, dark in pairs}


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    colours = tokens(theme)

    weak = [
        (a, b, round(contrast(colours[a], colours[b]), 2))
        for a, b, least in PAIRS
        if contrast(colours[a], colours[b]) < least
    ]

    assert not weak


def test_browsers_without_light_dark_get_the_same_light_colours() -> None:
    sheet = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    fallback = dict(re.findall(r"--([\w-]+): (#\w+);", sheet.partition("@supports not")[2]))
    first = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", sheet))

    assert fallback == first


def test_every_colour_and_size_a_sheet_asks_for_exists() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in CSS if path.name != "admin.css"}
    known = {name for sheet in sheets.values() for name in re.findall(r"(--[\w-]+)\s*:", sheet)}
    asked = {
        (name, where) for where, sheet in sheets.items() for name in re.findall(r"var\((--[\w-]+)", sheet)
    }

    assert not {(name, where) for name, where in asked if name not in known}


def test_style_sheets_stay_short_and_modest() -> None:
    for path in CSS:
        sheet = path.read_text(encoding="utf-8")
        assert sheet.count("\n") <= 400, path.name
        assert sheet.count("{") == sheet.count("}"), path.name
        assert "@import" not in sheet, path.name
        if path.name not in {"base.css", "admin.css"}:
            assert "!important" not in sheet, path.name


def weight(*paths: Path) -> int:
    """Bytes sent, compressed file by file as the server does."""
    return sum(len(brotli.compress(path.read_bytes(), quality=11)) for path in paths)


def test_pages_stay_light() -> None:
    frame = [path for path in CSS if not path.name.startswith(("pages", "admin"))]
    heaviest = max(weight(path) for path in CSS if path.name.startswith("pages"))

    assert weight(*frame) + heaviest <= 20_000
    everywhere = [path for path in SCRIPTS if path.stem in ("site", "countdown", "files")]
    others = sorted((path for path in SCRIPTS if path not in everywhere), key=weight)
    assert weight(*everywhere, *others[-3:]) <= 6_000, "no page links more than three scripts of its own"
    assert weight(ROOT / "static" / "icons.svg") <= 6_000
    assert sum(path.stat().st_size for path in (ROOT / "static" / "fonts").glob("*.woff2")) <= 62_000
