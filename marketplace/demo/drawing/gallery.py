"""The images that follow the cover: a close view, an inner page, the files, the steps, the figures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas, mix
from marketplace.demo.drawing.palettes import PALETTES, Palette
from marketplace.demo.drawing.registry import STYLES
from marketplace.demo.model import Cover

SIBLINGS = {
    "teal": ("sand", "mist", "blush"),
    "deep": ("mist", "sand", "mint"),
    "mist": ("deep", "blush", "sand"),
    "sand": ("teal", "mist", "blush"),
    "blush": ("teal", "sand", "mist"),
    "vermilion": ("mist", "deep", "sand"),
    "lilac": ("plum", "mist", "sand"),
    "plum": ("lilac", "blush", "mist"),
    "mint": ("forest", "sand", "mist"),
    "forest": ("mint", "sand", "mist"),
    "sky": ("deep", "mist", "sand"),
    "sun": ("ink", "mist", "sand"),
    "ink": ("mist", "sun", "sky"),
}
FILE_TONES = {"pdf": "#AE1531", "xlsx": "#116A43", "pptx": "#B2610B", "docx": "#1C55A6", "png": "#5B3BA8"}
EXTENSIONS = {
    "dashboard": ("xlsx", "pdf"),
    "cashflow": ("xlsx", "pdf"),
    "spreadsheet": ("xlsx", "pdf"),
    "statement": ("xlsx", "pdf"),
    "code": ("xlsx", "docx"),
    "slides": ("pptx", "pdf"),
    "brand": ("png", "pdf"),
    "phones": ("png", "pdf"),
    "storyboard": ("pdf", "docx"),
    "browser": ("pdf", "png"),
    "orgchart": ("pptx", "docx"),
}

STAGED = (
    "process",
    "roadmap",
    "contract",
    "notebook",
    "inbox",
    "storyboard",
    "kanban",
    "journey",
    "mindmap",
    "orgchart",
    "checklist",
    "radar",
)


def labels(s: Cover) -> list[str]:
    """The items without the values some of them carry."""
    names = [name.partition("|")[0].lstrip("> ") for name in s.items]
    if s.style == "journey":
        names = names[1:]
    if s.style in ("code", "browser"):
        names = [label for _, label in s.figures]
    return [name for name in names if len(name) > 2] or [s.title.replace("\n", " ")]


def clear_figures(s: Cover) -> list[tuple[str, str]]:
    """The figures that have both a value and a label."""
    return [(value, label) for value, label in s.figures if value and label]


def close(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The cover seen from near, turned the other way."""
    corner = {"contract": (-390, -40), "checklist": (-220, -40), "dashboard": (-330, -390)}.get(
        s.style, (-150, -110)
    )
    with c.at(*corner, -3.5 if s.style != "dashboard" else -4, 1.5):
        STYLES[s.style](c, s, p, Random(f"{s.style}|{s.seed}"))


def page(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """An inner page read from the front, with a margin note."""
    parts.backdrop(c, p, r)
    names = labels(s)
    with c.at(200, 66):
        parts.sheet(c, 800, 800, p.paper, 12)
        c.rect(0, 0, 16, 800, p.main, 8)
        c.text(
            72,
            56,
            s.title.replace("\n", " "),
            c.fit(s.title.replace("\n", " "), 24, "semibold", 560),
            p.main,
            "semibold",
        )
        c.text(730, 56, f"{r.randrange(4, 19)}", 24, p.muted, "regular", "ra")
        c.rect(72, 98, 660, 2, p.rule)
        y = 128.0
        for i, name in enumerate(names[:3]):
            c.text(72, y, f"{i + 1}. {name}", c.fit(f"{i + 1}. {name}", 38, "title", 650), p.ink, "title")
            if i == 0:
                parts.strokes(c, 72, y + 70, 380, 5, p.rule, 26)
                c.rect(492, y + 62, 240, 132, p.tint, 12)
                if s.figures and s.figures[0][0]:
                    value, label = s.figures[0]
                    c.text(516, y + 80, value, c.fit(value, 44, "title", 196), p.accent, "title")
                    c.paragraph(516, y + 138, label, 20, p.ink, 200, "regular", 1.2, 2)
                else:
                    parts.bars(c, 516, y + 80, 192, 100, parts.rising(r, 6), p.main, p.accent)
                y += 232
            elif i == 1:
                parts.area(
                    c, 72, y + 66, 660, 120, parts.rising(r, 9), p.main, p.tint, 4, p.paper, p.rule, True
                )
                y += 222
            else:
                parts.strokes(c, 72, y + 70, 660, 5, p.rule, 26)


def files(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The delivered files in their folder."""
    parts.backdrop(c, p, r)
    first, second = EXTENSIONS.get(s.style, ("pdf", "docx"))
    title = s.title.replace("\n", " ").rstrip(" ?!")
    title = title if len(title) < 34 else title[:34].rsplit(" ", 1)[0]
    names = labels(s)
    rows = [(f"{title}.{first}", 2400), (f"{title} \u2013 synthèse.{second}", 380)]
    rows += [
        (f"Annexe \u2013 {names[-1]}.pdf", 910),
        (f"Mode d\u2019emploi.{'docx' if first != 'docx' else 'pdf'}", 120),
    ]
    with c.at(150, 86):
        parts.window(c, 900, 640, p, "Livraison")
        for i, (name, size) in enumerate(rows):
            y = 96 + i * 128
            kind = name.rsplit(".", 1)[1]
            c.rect(44, y, 812, 108, p.tint if i == 0 else "#F5F8F8", 16)
            c.rect(68, y + 18, 72, 72, FILE_TONES[kind], 14)
            c.text(104, y + 54, kind.upper(), 21, "#FFFFFF", "bold", "mm")
            c.text(168, y + 40, name, c.fit(name, 29, "semibold", 560), p.ink, "semibold", "lm")
            weight = size + r.randrange(-90, 90)
            label = f"{weight / 1000:.1f}\u00a0Mo".replace(".", ",") if weight > 1000 else f"{weight}\u00a0ko"
            c.text(168, y + 76, f"{kind.upper()} · {label}", 22, p.muted, "regular", "lm")
            c.circle(802, y + 54, 27, p.main if i == 0 else "#DCE6E8")
            ink = "#FFFFFF" if i == 0 else p.ink
            parts.arrow(c, (802, y + 42), (802, y + 64), ink, 4, 10)


def steps(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The stages of the work along an alternating line."""
    names = labels(s)[:4]
    c.text(
        90,
        96,
        s.title.replace("\n", " "),
        c.fit(s.title.replace("\n", " "), 58, "title", 1020),
        p.on_bg,
        "title",
    )
    c.text(90, 174, s.subtitle, c.fit(s.subtitle, 28, "regular", 1020), p.on_bg)
    span = 1020 / len(names)
    bright = p.on_bg
    for i in range(len(names)):
        x = 90 + i * span
        c.rect(x, 356, span + (0 if i == len(names) - 1 else 2), 10, p.accent if i % 2 == 0 else bright, 0)
    for i, name in enumerate(names):
        x = 90 + i * span
        parts.card(c, x - (0 if i == 0 else 6), 436, span - 26, 260, p.paper, 18)
        c.circle(x + 30, 361, 38, p.bg)
        c.circle(x + 30, 361, 32, p.paper)
        c.text(x + 30, 361, str(i + 1), 32, p.ink, "title", "mm")
        tall = c.paragraph(
            x + 22,
            466,
            name,
            min(30, c.fit(max(name.split(), key=len), 30, "semibold", span - 80)),
            p.ink,
            span - 76,
            "semibold",
            1.2,
            3,
        )
        parts.strokes(c, x + 22, 490 + tall, span - 80, 4, p.rule, 24)


def figures(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The main figures, large, above a chart."""
    parts.backdrop(c, p, r)
    pairs = clear_figures(s)[:3]
    with c.at(86, 82):
        parts.sheet(c, 1028, 760, p.paper, 20)
        width = 948 / len(pairs)
        for i, (value, label) in enumerate(pairs):
            x = 40 + i * width
            tone = (p.main, p.accent, p.third)[i]
            c.rect(x, 40, width - 16, 200, parts.wash(tone, 0.86), 16)
            c.text(x + 30, 70, value, c.fit(value, 72, "title", width - 76), p.ink, "title")
            c.text(x + 30, 176, label, c.fit(label, 27, "regular", width - 76), p.muted)
        name = labels(s)[0]
        c.text(40, 284, name, 32, p.ink, "title")
        parts.bars(c, 40, 350, 560, 290, parts.rising(r, 8, 0.3, 1), mix(p.main, "#FFFFFF", 0.6), p.accent)
        parts.donut(c, 810, 488, 148, 58, [r.uniform(36, 46), r.uniform(22, 30), r.uniform(14, 22)], p.series)
        c.text(810, 488, f"{r.randrange(58, 94)}\u00a0%", 54, p.ink, "title", "mm")


def plan(s: Cover) -> list[tuple[Callable[[Canvas, Cover, Palette, Random], None], Palette]]:
    """What the following images show, in order, each in another palette."""
    r = Random(f"gallery|{s.seed}|{s.style}")
    names = labels(s)
    views: list[Callable[[Canvas, Cover, Palette, Random], None]] = [files]
    if len(names) >= 2:
        views.append(page)
    if s.style in STAGED and len(names) >= 3:
        views.append(steps)
    if len(clear_figures(s)) >= 2:
        views.append(figures)
    if s.style not in ("mindmap", "orgchart", "schema", "phones", "pricing"):
        views.append(close)
    r.shuffle(views)
    own = [s.palette] * 4
    palettes = own if s.style == "dashboard" else [*SIBLINGS[s.palette], s.palette, *SIBLINGS[s.palette]]
    return [(view, PALETTES[name]) for view, name in zip(views, palettes, strict=False)]
