"""Compositions that unfold in time: calendars, roadmaps, processes, films, journeys."""

from __future__ import annotations

from calendar import monthrange
from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas, mix
from marketplace.demo.drawing.geometry import smooth
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.drawing.registry import figure, item, style
from marketplace.demo.model import Cover

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@style
def calendar(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A month with its publications or meetings and a legend."""
    parts.backdrop(c, p, r)
    with c.at(84, 74):
        parts.sheet(c, 760, 760, p.paper, 18)
        title = s.title.replace("\n", " ")
        c.rect(0, 0, 760, 112, p.main, 18)
        c.rect(0, 60, 760, 52, p.main)
        c.text(40, 56, title, c.fit(title, 42, "title", 500), "#FFFFFF", "title", "lm")
        c.text(
            720,
            58,
            s.subtitle,
            c.fit(s.subtitle, 23, "regular", 220),
            parts.wash(p.main, 0.8),
            "regular",
            "rm",
        )
        for i, name in enumerate(("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")):
            c.text(40 + 97 * i + 48, 142, name, 19, p.muted, "regular", "mm")
        name, _, year = title.lower().partition(" ")
        month = MONTHS.index(name) + 1 if name in MONTHS else 3
        first, days = monthrange(int(year) if year.isdigit() else 2027, month)
        marked = r.sample([d for d in range(1, days + 1) if (d + first - 1) % 7 < 5], 9)
        for day in range(1, days + 1):
            column, row = (day + first - 1) % 7, (day + first - 1) // 7
            x, y = 40 + column * 97, 166 + row * 114
            c.rect(x + 4, y, 89, 104, p.tint if day not in marked else parts.wash(p.accent, 0.86), 10)
            c.text(x + 18, y + 14, str(day), 21, p.ink, "semibold")
            if day in marked:
                tone = p.series[marked.index(day) % 3]
                c.rect(x + 14, y + 54, 69, 14, tone, 7)
                if marked.index(day) % 2:
                    c.rect(x + 14, y + 76, 46, 14, p.series[(marked.index(day) + 1) % 3], 7)
    for i, name in enumerate(s.items[:4]):
        y = 118 + i * 150
        parts.card(c, 884, y, 250, 124, p.paper, 16)
        c.rect(910, y + 30, 54, 12, p.series[i % 4], 6)
        label, _, note = name.partition("|")
        c.text(910, y + 66, label, c.fit(label, 25, "semibold", 204), p.ink, "semibold", "lm")
        c.text(910, y + 96, note, c.fit(note, 19, "regular", 204), p.muted, "regular", "lm")


@style
def roadmap(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A plan in time with its milestones and a vertical line for today."""
    parts.backdrop(c, p, r)
    with c.at(72, 82):
        parts.sheet(c, 1056, 760, p.paper, 18)
        title = s.title.replace("\n", " ")
        c.text(48, 40, title, c.fit(title, 44, "title", 900), p.ink, "title")
        c.text(48, 100, s.subtitle, c.fit(s.subtitle, 23, "regular", 900), p.muted)
        heads = [label or value for value, label in s.figures[:4]] or [
            "Semaine 1",
            "Semaine 2",
            "Semaine 3",
            "Semaine 4",
        ]
        for i, head in enumerate(heads):
            left = 320 + i * 174
            c.rect(left, 152, 166, 46, p.tint, 8)
            c.text(left + 83, 175, head, c.fit(head, 21, "semibold", 150), p.main, "semibold", "mm")
        starts = (0, 0.16, 0.3, 0.48, 0.62, 0.8)
        tones = (p.main, p.third, p.main, p.accent, p.third, p.ink)
        for i, name in enumerate(s.items[:6]):
            y = 226 + i * 84
            c.text(48, y + 24, name, c.fit(name, 25, "semibold", 250), p.ink, "semibold", "lm")
            c.rect(320, y + 66, 688, 1.6, p.rule)
            start = starts[i] * 688
            width = min(688 - start, r.uniform(0.22, 0.34) * 688)
            c.rect(320 + start, y, width, 48, tones[i], 12)
            x, yy = 320 + start + width, y + 24
            c.polygon(
                [(x, yy - 17), (x + 17, yy), (x, yy + 17), (x - 17, yy)],
                p.accent if tones[i] != p.accent else p.ink,
            )
        c.dashes((680, 204), (680, 718), p.accent, 3, 8)


@style
def process(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Steps on two rows, linked by arrows, with a decision in the middle."""
    parts.backdrop(c, p, r)
    title = s.title.replace("\n", " ")
    c.text(84, 74, title, c.fit(title, 50, "title", 1030), p.on_bg, "title")
    c.text(84, 142, s.subtitle, c.fit(s.subtitle, 26, "regular", 1030), p.on_bg)
    spots = ((84, 236), (454, 236), (824, 236), (824, 516), (454, 516), (84, 516))
    link = mix(p.on_bg, p.bg, 0.25)
    for i in range(5):
        (x, y), (nx, ny) = spots[i], spots[i + 1]
        if i == 2:
            parts.arrow(c, (x + 146, y + 190), (nx + 146, ny - 10), link, 5, 18)
        elif nx > x:
            parts.arrow(c, (x + 296, y + 92), (nx - 12, ny + 92), link, 5, 18)
        else:
            parts.arrow(c, (x - 6, y + 92), (nx + 306, ny + 92), link, 5, 18)
    for i, (x, y) in enumerate(spots):
        name, _, note = item(s, i).partition("|")
        marked = i == 3
        parts.card(c, x, y, 292, 184, p.accent if marked else p.paper, 18)
        ink, soft = (p.on_accent, p.on_accent) if marked else (p.ink, p.muted)
        c.circle(x + 46, y + 48, 26, "#FFFFFF" if marked else p.main)
        c.text(x + 46, y + 48, str(i + 1), 27, p.ink if marked else "#FFFFFF", "title", "mm")
        c.text(x + 86, y + 48, name, c.fit(name, 27, "semibold", 190), ink, "semibold", "lm")
        c.paragraph(x + 26, y + 94, note, 23, soft, 246, "regular", 1.25, 3)


@style
def storyboard(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Six frames of a film with their captions and a timeline."""
    parts.backdrop(c, p, r)
    with c.at(70, 66):
        parts.sheet(c, 1060, 780, p.paper, 18)
        title = s.title.replace("\n", " ")
        c.text(44, 34, title, c.fit(title, 40, "title", 800), p.ink, "title")
        c.text(1016, 58, s.subtitle, c.fit(s.subtitle, 23, "regular", 260), p.muted, "regular", "rm")
        for i in range(6):
            x, y = 44 + (i % 3) * 332, 106 + (i // 3) * 288
            tone = (p.main, p.third, p.accent, p.ink, p.main, p.accent)[i]
            c.rect(x, y, 308, 190, tone, 12)
            light = mix(tone, "#FFFFFF", 0.22)
            if i % 3 == 0:
                c.polygon([(x, y + 190), (x + 110, y + 80), (x + 210, y + 190)], light)
                c.circle(x + 236, y + 56, 28, "#FFFFFF")
            elif i % 3 == 1:
                c.circle(x + 154, y + 78, 38, "#FFFFFF")
                c.ring(x + 154, y + 190, 74, 74, -90, 90, light)
            else:
                for n in range(3):
                    c.rect(
                        x + 44 + n * 80, y + 130 - n * 36, 56, 60 + n * 36, light if n < 2 else "#FFFFFF", 6
                    )
            c.circle(x + 30, y + 30, 18, "#FFFFFF")
            c.text(x + 30, y + 30, str(i + 1), 20, p.ink, "bold", "mm")
            name = item(s, i)
            c.text(x + 4, y + 220, name, c.fit(name, 24, "semibold", 300), p.ink, "semibold", "lm")
            c.text(
                x + 4,
                y + 250,
                f"{i * 12 // 60}:{i * 12 % 60:02d} \u2013 {(i + 1) * 12 // 60}:{(i + 1) * 12 % 60:02d}",
                20,
                p.muted,
                "regular",
                "lm",
            )


@style
def journey(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A person at the left and the steps they go through, with the mood as a curve."""
    parts.backdrop(c, p, r)
    parts.card(c, 70, 84, 300, 632, p.main, 22)
    c.circle(220, 220, 84, parts.wash(p.main, 0.75))
    c.circle(220, 194, 34, p.main)
    c.ring(220, 276, 58, 58, -90, 90, p.main)
    name = item(s, 0, "Sophie, 38 ans")
    c.text(220, 344, name, c.fit(name, 32, "title", 250), "#FFFFFF", "title", "mm")
    c.text(
        220, 384, s.subtitle, c.fit(s.subtitle, 21, "regular", 260), parts.wash(p.main, 0.82), "regular", "mm"
    )
    for i in range(3):
        value, label = figure(
            s, i, (("Cherche", "un prix clair"), ("Craint", "les délais"), ("Attend", "un seul contact"))[i]
        )
        y = 426 + i * 92
        c.rect(96, y, 248, 78, mix(p.main, "#FFFFFF", 0.14), 12)
        c.text(116, y + 26, value, c.fit(value, 23, "semibold", 210), "#FFFFFF", "semibold", "lm")
        c.text(
            116, y + 54, label, c.fit(label, 20, "regular", 210), parts.wash(p.main, 0.82), "regular", "lm"
        )
    with c.at(404, 84):
        parts.sheet(c, 730, 632, p.paper, 22)
        title = s.title.replace("\n", " ")
        c.text(40, 36, title, c.fit(title, 40, "title", 650), p.ink, "title")
        names = s.items[1:6]
        step = 650 / len(names)
        moods = [0.6, 0.8, 0.35, 0.22, 0.86]
        points = []
        for i, label in enumerate(names):
            left = 40.0 + i * step
            c.rect(left, 116, step - 12, 70, p.tint if i != 3 else p.accent_tint, 12)
            c.text(
                left + (step - 12) / 2,
                151,
                label,
                c.fit(label, 22, "semibold", step - 30),
                p.ink if i != 3 else p.accent,
                "semibold",
                "mm",
            )
            points.append((left + (step - 12) / 2, 500 - 260 * (moods[i] + r.uniform(-0.06, 0.06))))
        for row in range(4):
            c.rect(40, 230 + row * 90, 638, 1.6, p.rule)
        c.line(smooth(points), p.main, 6)
        for i, (px, py) in enumerate(points):
            c.circle(px, py, 19, p.accent if i == 3 else p.main)
            c.circle(px, py, 10, "#FFFFFF")
        for i in range(len(names)):
            parts.strokes(c, 40 + i * step, 540, step - 24, 3, p.rule, 18)
