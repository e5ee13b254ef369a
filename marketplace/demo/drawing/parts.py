"""Pieces shared by the compositions: sheets, charts, tables, marks and discs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from marketplace.demo.drawing.canvas import Canvas, Colour, mix
from marketplace.demo.drawing.geometry import Point, arc_points, smooth
from marketplace.demo.drawing.palettes import Palette

NEGATIVE = "#C2361D"
NAMES = ("CM", "JB", "AL", "SD", "PN", "LT", "RV", "EK")


def backdrop(c: Canvas, p: Palette, r: Random) -> None:
    """One large, quiet shape behind the scene."""
    width, height = c.size
    kind = r.randrange(4)
    if kind == 0:
        c.circle(width * r.choice((0.04, 0.96)), height * r.choice((0.2, 0.8)), height * 0.66, p.deco)
    elif kind == 1:
        lean = r.choice((-1, 1))
        for step in (0, 1):
            x = width * (0.12 + 0.46 * step)
            c.polygon(
                [(x, 0), (x + 170, 0), (x + 170 - 420 * lean, height), (x - 420 * lean, height)], p.deco
            )
    elif kind == 2:
        c.circle(width * 0.5, height * 0.52, height * 0.58, p.deco)
    else:
        top = height * r.choice((0.62, 0.7))
        c.polygon([(0, top), (width, top - 130), (width, height), (0, height)], p.deco)


def bands(c: Canvas, p: Palette) -> None:
    """Faint diagonal bands over the whole picture."""
    width, height = c.size
    for x in range(-height, width + height, 190):
        c.polygon([(x, 0), (x + 95, 0), (x + 95 - height, height), (x - height, height)], p.deco)


def sheet(
    c: Canvas, width: float, height: float, fill: Colour, radius: float = 10, strength: float = 0.24
) -> None:
    """A sheet of paper and its shadow, from the origin of the frame."""
    c.shadow(0, 0, width, height, radius, blur=24, drop=16, strength=strength)
    c.rect(0, 0, width, height, fill, radius)


def card(c: Canvas, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 14) -> None:
    """A small card with a light shadow."""
    c.shadow(x, y, w, h, radius, blur=10, drop=5, strength=0.16)
    c.rect(x, y, w, h, fill, radius)


def strokes(c: Canvas, x: float, y: float, width: float, count: int, colour: Colour, gap: float = 20) -> None:
    """Lines standing for running text; the last one is shorter."""
    for row in range(count):
        share = 0.62 if row == count - 1 and count > 1 else 1 - 0.05 * ((row * 7) % 3)
        c.rect(x, y + row * gap, width * share, 7, colour, 3.5)


def pill(
    c: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    fill: Colour,
    colour: Colour,
    face: str = "semibold",
) -> float:
    """A rounded label; answers its width."""
    width = c.width(text, size, face) + size * 1.3
    c.rect(x, y, width, size * 1.9, fill, size)
    c.text(x + width / 2, y + size * 0.95, text, size, colour, face, "mm")
    return width


def avatar(c: Canvas, x: float, y: float, radius: float, initials: str, fill: Colour, colour: Colour) -> None:
    """A disc with initials."""
    c.circle(x, y, radius, fill)
    c.text(x, y, initials, radius * 0.8, colour, "semibold", "mm")


def tick(c: Canvas, x: float, y: float, size: float, colour: Colour, width: float | None = None) -> None:
    """A check mark centred on (x, y)."""
    points = [
        (x - size * 0.5, y + size * 0.02),
        (x - size * 0.13, y + size * 0.38),
        (x + size * 0.5, y - size * 0.38),
    ]
    c.line(points, colour, width or size * 0.2)


def cross(c: Canvas, x: float, y: float, size: float, colour: Colour, width: float) -> None:
    """A small cross centred on (x, y)."""
    half = size / 2
    c.line([(x - half, y - half), (x + half, y + half)], colour, width)
    c.line([(x - half, y + half), (x + half, y - half)], colour, width)


def arrow(c: Canvas, start: Point, end: Point, colour: Colour, width: float = 3, head: float = 12) -> None:
    """A straight arrow."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    c.line([start, end], colour, width)
    wings = [
        (end[0] - head * math.cos(angle + s * 0.6), end[1] - head * math.sin(angle + s * 0.6))
        for s in (-1, 1)
    ]
    c.line([wings[0], end, wings[1]], colour, width)


def star(c: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """A five-pointed star."""
    points = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.45
        angle = math.radians(step * 36 - 90)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    c.polygon(points, colour)


def phone(c: Canvas, x: float, y: float, size: float, colour: Colour, width: float) -> None:
    """An outlined telephone handset centred on (x, y)."""
    k = size / 24
    outline = [
        (22, 16.92), (22, 19.92), (19.82, 21.92), (11.19, 18.85), (5.19, 12.85), (2.12, 4.18), (4.11, 2),
        (7.11, 2), (9.11, 3.72), (9.81, 6.53), (9.36, 8.64), (8.09, 9.91), (14.09, 15.91), (15.36, 14.64),
        (17.47, 14.19), (20.28, 14.89),
    ]  # fmt: skip
    points = [(x + (px - 12) * k, y + (py - 12) * k) for px, py in outline]
    c.line(smooth(points, closed=True, steps=6), colour, width, closed=True)


def question_mark(c: Canvas, x: float, y: float, size: float, colour: Colour, width: float) -> None:
    """An outlined speech bubble holding a question mark."""
    radius = size * 0.42
    bubble = arc_points(x, y, radius, radius, 138, 138 + 318)
    tail = (x - radius * 1.12, y + radius * 1.12)
    c.line([*bubble, tail], colour, width, closed=True)
    hook = [
        (x - size * 0.12, y - size * 0.11),
        (x - size * 0.02, y - size * 0.2),
        (x + size * 0.11, y - size * 0.13),
    ]
    hook += [(x + size * 0.1, y - size * 0.02), (x, y + size * 0.06)]
    c.line(smooth(hook, steps=6), colour, width)
    c.circle(x, y + size * 0.18, width * 0.62, colour)


def window(c: Canvas, width: float, height: float, p: Palette, title: str = "", dark: bool = False) -> None:
    """An application window: shadow, body and title bar of 56."""
    body, bar, text = ("#1B2730", "#22313B", "#DCE6E8") if dark else (p.paper, "#F3F6F7", p.muted)
    sheet(c, width, height, body, 16)
    c.rect(0, 0, width, 56, bar, 16)
    c.rect(0, 36, width, 20, bar)
    for number, colour in enumerate(("#E0705C", "#E9B84F", "#5FB58A")):
        c.circle(32 + number * 24, 28, 7, colour)
    if title:
        c.text(width / 2, 28, title, 19, text, "semibold", "mm")


# -- data -----------------------------------------------------------------------------------------


def rising(r: Random, count: int, low: float = 0.2, high: float = 0.95, noise: float = 0.1) -> list[float]:
    """A series from low to high with some life in it, between 0 and 1."""
    out = []
    for step in range(count):
        share = step / (count - 1)
        value = low + (high - low) * share**1.15 + r.uniform(-noise, noise) * (0.4 + share * 0.6)
        out.append(min(1.0, max(0.06, value)))
    out[-1] = high
    return out


def number(value: float) -> str:
    """An integer with French thousands."""
    return f"{round(value):,}".replace(",", "\u00a0")


# -- charts ---------------------------------------------------------------------------------------


def area(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    values: Sequence[float],
    line: Colour,
    fill: Colour,
    width: float = 5,
    dot: Colour | None = None,
    grid: Colour | None = None,
    soft: bool = False,
) -> None:
    """A line with the surface under it; the last point is marked."""
    if grid is not None:
        for row in range(4):
            c.rect(x, y + h * row / 4, w, 1.6, grid)
    points = [(x + w * i / (len(values) - 1), y + h * (1 - v)) for i, v in enumerate(values)]
    if soft:
        points = smooth(points)
    c.polygon([(x, y + h), *points, (x + w, y + h)], fill)
    c.line(points, line, width)
    if dot is not None:
        c.circle(*points[-1], width * 1.9, line)
        c.circle(*points[-1], width * 1.0, dot)


def bars(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    values: Sequence[float],
    colour: Colour,
    strong: Colour | None = None,
    at: int = -1,
    gap: float = 0.28,
    labels: Sequence[str] = (),
    ink: Colour = "#5B6A6E",
) -> None:
    """Columns, one of them in the strong colour."""
    step = w / len(values)
    marked = at % len(values)
    for i, value in enumerate(values):
        width = step * (1 - gap)
        left = x + i * step + (step - width) / 2
        fill = strong if strong is not None and i == marked else colour
        c.rect(left, y + h * (1 - value), width, h * value, fill, min(6, width / 5))
        if i < len(labels):
            c.text(left + width / 2, y + h + 10, labels[i], 16, ink, "regular", "ma")


def donut(
    c: Canvas,
    x: float,
    y: float,
    radius: float,
    thickness: float,
    shares: Sequence[float],
    colours: Sequence[Colour],
) -> None:
    """A ring cut in shares, with a hair of air between them."""
    total, start = sum(shares), 0.0
    for i, share in enumerate(shares):
        end = start + 360 * share / total
        c.ring(x, y, radius, thickness, start + 1.2, end - 1.2, colours[i % len(colours)])
        start = end


def gauge(
    c: Canvas,
    x: float,
    y: float,
    radius: float,
    share: float,
    colour: Colour,
    track: Colour,
    thick: float = 26,
) -> None:
    """A half-turn dial filled up to `share`."""
    c.ring(x, y, radius, thick, -105, 105, track)
    c.ring(x, y, radius, thick, -105, -105 + 210 * share, colour)
    for angle, fill in ((-105, colour), (105, track), (-105 + 210 * share, colour)):
        a = math.radians(angle - 90)
        reach = radius - thick / 2
        c.circle(x + reach * math.cos(a), y + reach * math.sin(a), thick / 2, fill)


def table(
    c: Canvas,
    x: float,
    y: float,
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    p: Palette,
    size: float = 20,
    row_height: float = 48,
    strong_rows: Sequence[int] = (),
    head: bool = True,
) -> None:
    """Rows of text: first column to the left, the others to the right; the first row is the heading."""
    total = sum(widths)
    for number_, row in enumerate(rows):
        top = y + number_ * row_height
        heading = head and number_ == 0
        strong = number_ in strong_rows
        if heading:
            c.rect(x, top, total, row_height, p.main, 6)
        elif strong:
            c.rect(x, top, total, row_height, p.tint, 6)
        else:
            c.rect(x + 8, top + row_height - 1.5, total - 16, 1.5, p.rule)
        left = x
        for column, cell in enumerate(row):
            face = "semibold" if heading or strong or column == 0 else "regular"
            fill = "#FFFFFF" if heading else (p.ink if strong or column == 0 else p.muted)
            if cell.startswith("\u2212"):
                fill = NEGATIVE
            middle = top + row_height / 2
            if column == 0:
                fitted = c.fit(cell, size, face, widths[0] - 24)
                c.text(left + 16, middle, cell, fitted, fill, face, "lm")
            else:
                c.text(left + widths[column] - 16, middle, cell, size, fill, face, "rm")
            left += widths[column]


def gantt(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    rows: Sequence[tuple[str, float, float]],
    colours: Sequence[Colour],
    p: Palette,
    size: float = 20,
    row_height: float = 52,
    label_width: float = 200,
) -> None:
    """Labelled horizontal bars from start to end (0 to 1)."""
    span = w - label_width
    for tick_ in range(5):
        c.rect(x + label_width + span * tick_ / 4, y - 6, 1.5, row_height * len(rows) + 4, p.rule)
    for i, (label, start, end) in enumerate(rows):
        top = y + i * row_height
        fitted = c.fit(label, size, "regular", label_width - 18)
        c.text(x, top + row_height / 2 - 6, label, fitted, p.ink, "regular", "lm")
        c.rect(
            x + label_width + span * start, top + 4, span * (end - start), row_height - 22,
            colours[i % len(colours)], 8,
        )  # fmt: skip


def titled(c: Canvas, x: float, y: float, text: str, size: float, colour: Colour, width: float) -> float:
    """A heading wrapped in `width`, shrunk when a word does not hold; answers its height."""
    for word_line in text.split("\n"):
        for word in word_line.split(" "):
            size = min(size, c.fit(word, size, "title", width, 20))
    while size > 24 and len(c.wrap(text, size, "title", width)) > max(2, text.count("\n") + 1):
        size -= 2
    return c.paragraph(x, y, text, size, colour, width, "title", 1.12, most=3)


def wash(colour: Colour, share: float = 0.85) -> Colour:
    """The colour, much lighter."""
    return mix(colour, "#FFFFFF", share)
