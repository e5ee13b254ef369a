"""Compositions pinned on a wall: charts of people, maps of ideas, matrices, slides, brand boards."""

from __future__ import annotations

import math
from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas, mix
from marketplace.demo.drawing.geometry import bezier
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.drawing.registry import figure, item, style
from marketplace.demo.model import Cover

AMBER, HOT = "#F5C878", "#D9432A"


@style
def orgchart(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Boxes joined from a direction down to its teams; one box is marked."""
    parts.backdrop(c, p, r)
    line = mix(p.main, p.bg, 0.35)

    def box(x: float, y: float, text: str, note: str, fill: str, ink: str, width: float = 250) -> None:
        parts.card(c, x - width / 2, y, width, 118, fill)
        c.text(x, y + 44, text, c.fit(text, 28, "semibold", width - 36), ink, "semibold", "mm")
        c.text(x, y + 82, note, c.fit(note, 21, "regular", width - 36), ink, "regular", "mm")

    names = [(text, note) for text, _, note in (entry.partition("|") for entry in s.items)]
    c.rect(598, 198, 4, 96, line)
    c.rect(215, 290, 770, 4, line)
    for x in (215, 472, 728, 985):
        c.rect(x - 2, 290, 4, 60, line)
    for x in (215, 472):
        c.rect(x - 2, 460, 4, 120, line)
    c.rect(983, 460, 4, 120, line)
    box(600, 84, *names[0], p.main, "#FFFFFF", 330)
    for i, x in enumerate((215, 472, 728, 985)):
        marked = i == 2
        fill, ink = (p.accent, p.on_accent) if marked else (p.paper, p.ink)
        box(x, 346, *names[1 + i], fill, ink, 234)
    for i, x in enumerate((215, 472, 985)):
        if 5 + i < len(names):
            box(x, 576, *names[5 + i], p.paper, p.ink, 234)
    value, label = figure(s, 0, ("Poste clé", "à pourvoir"))
    c.dashes((728, 470), (728, 560), p.accent, 4, 9)
    c.text(728, 592, value, c.fit(value, 30, "title", 230), p.on_bg, "title", "mm")
    c.text(728, 630, label, c.fit(label, 22, "regular", 230), p.on_bg, "regular", "mm")


@style
def mindmap(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A central idea and six branches with soft curves."""
    parts.backdrop(c, p, r)
    spots = ((240, 176), (960, 176), (196, 400), (1004, 400), (240, 624), (960, 624))
    tones = (p.main, p.accent, p.third, p.main, p.accent, p.third)
    for (x, y), tone in zip(spots, tones, strict=True):
        bend = 600 + (x - 600) * 0.42
        curve = bezier(((600, 400), (bend, 400), (bend, y), (x, y)), steps=30)
        c.line(curve, tone, 6)
    for i, (x, y) in enumerate(spots):
        name, _, note = item(s, i).partition("|")
        if not name:
            continue
        parts.card(c, x - 168, y - 58, 336, 116, p.paper, 22)
        c.rect(x - 168, y - 30, 8, 60, tones[i], 4)
        c.text(
            x - 136, y - (18 if note else 0), name, c.fit(name, 28, "semibold", 290), p.ink, "semibold", "lm"
        )
        if note:
            c.text(x - 136, y + 20, note, c.fit(note, 21, "regular", 290), p.muted, "regular", "lm")
    c.shadow(434, 234, 332, 332, 166, blur=22, drop=14, strength=0.26)
    c.circle(600, 400, 166, p.main)
    c.ring(600, 400, 154, 4, 0, 360, mix(p.main, "#FFFFFF", 0.5))
    rows = c.wrap(s.title, 44, "title", 270)[:3]
    for i, row in enumerate(rows):
        size = min(c.fit(line, 44, "title", 268) for line in rows)
        c.text(600, 400 + (i - (len(rows) - 1) / 2) * size * 1.15, row, size, "#FFFFFF", "title", "mm")


@style
def collage(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Three cards laid together: shares, a curve, a plan in time."""
    parts.backdrop(c, p, r)
    with c.at(92, 72, -1.5):
        parts.sheet(c, 500, 350, p.paper, 14)
        title = s.title.replace("\n", " ")
        c.text(36, 30, title, c.fit(title, 32, "title", 430), p.ink, "title")
        parts.donut(c, 134, 208, 100, 40, [r.uniform(40, 50), r.uniform(20, 30), r.uniform(15, 22)], p.series)
        for i in range(3):
            value, label = figure(
                s, i, (("45\u00a0%", "Banque"), ("35\u00a0%", "Apport"), ("20\u00a0%", "Bpifrance"))[i]
            )
            c.circle(276, 136 + i * 72, 10, p.series[i])
            c.text(298, 124 + i * 72, value, c.fit(value, 29, "title", 180), p.ink, "title", "lm")
            c.text(298, 154 + i * 72, label, c.fit(label, 20, "regular", 180), p.muted, "regular", "lm")
    with c.at(636, 92, 2):
        parts.sheet(c, 470, 330, p.paper, 14)
        name = item(s, 0, "Trésorerie")
        c.text(36, 30, name, c.fit(name, 32, "title", 400), p.ink, "title")
        values = [0.5, 0.42, 0.3, 0.26, 0.4, 0.62, 0.8]
        parts.area(
            c,
            36,
            94,
            398,
            196,
            [v + r.uniform(-0.05, 0.05) for v in values],
            p.main,
            p.tint,
            5,
            p.paper,
            p.rule,
            True,
        )
    with c.at(150, 452, 0.6):
        parts.sheet(c, 900, 400, p.paper, 14)
        name = item(s, 1, "Feuille de route")
        c.text(40, 30, name, c.fit(name, 32, "title", 800), p.ink, "title")
        starts = (0.02, 0.2, 0.45, 0.7)
        rows = [
            (label, starts[i], min(0.99, starts[i] + r.uniform(0.22, 0.32)))
            for i, label in enumerate(s.items[2:6])
        ]
        parts.gantt(c, 40, 96, 820, rows, (p.main, p.third, p.accent, p.ink), p, 24, 60, 230)


@style
def slides(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Three slides fanned out: a statement, levers, a calendar."""
    parts.backdrop(c, p, r)
    with c.at(70, 186, -5):
        parts.sheet(c, 640, 370, p.paper, 12)
        tall = parts.titled(c, 44, 44, s.title, 48, p.ink, 420)
        c.rect(44, 66 + tall, 260, 12, p.accent, 6)
        c.text(44, 100 + tall, s.subtitle, c.fit(s.subtitle, 24, "regular", 370), p.muted)
    with c.at(540, 66, 3):
        parts.sheet(c, 590, 350, p.paper, 12)
        name = item(s, 0, "Trois leviers")
        parts.titled(c, 40, 38, name, 40, p.ink, 250)
        for i in range(3):
            value, label = figure(s, i, (("1", "Prix"), ("2", "Canal"), ("3", "Offre"))[i])
            c.text(40, 176 + i * 48, value, c.fit(value, 26, "title", 120), p.accent, "title", "lm")
            c.text(
                40 + max(70, c.width(value, 26, "title") + 14),
                176 + i * 48,
                label,
                c.fit(label, 22, "regular", 150),
                p.muted,
                "regular",
                "lm",
            )
        parts.bars(
            c, 316, 90, 236, 216, parts.rising(r, 5, 0.3, 1), p.main if p.main != p.ink else p.third, p.accent
        )
    with c.at(478, 424, -1.5):
        parts.sheet(c, 620, 350, "#13201F", 12)
        name = item(s, 1, "Calendrier 2027")
        c.text(40, 34, name, c.fit(name, 36, "title", 540), "#FFFFFF", "title")
        tones = (p.bg if p.bg not in ("#16232A", "#07323B") else p.third, p.accent, "#FFFFFF", p.third)
        for i in range(4):
            c.rect(40 + i * 138, 108, 124, 150, tones[i], 12)
            label = item(s, 2 + i, ("T1", "T2", "T3", "T4")[i])
            c.text(
                40 + i * 138 + 62, 290, label, c.fit(label, 23, "regular", 126), "#DCE6E8", "regular", "mm"
            )
            ink = "#13201F" if tones[i] != p.accent else p.on_accent
            c.text(40 + i * 138 + 62, 183, str(i + 1), 54, ink, "title", "mm")


@style
def matrix(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Points placed on a grid of five by five, from quiet to hot."""
    parts.backdrop(c, p, r)
    with c.at(84, 66):
        parts.sheet(c, 700, 800, p.paper, 18)
        title = s.title.replace("\n", " ")
        c.text(48, 40, title, c.fit(title, 42, "title", 600), p.ink, "title")
        c.text(48, 98, s.subtitle, c.fit(s.subtitle, 23, "regular", 600), p.muted)
        for row in range(5):
            for column in range(5):
                heat = (column + 4 - row) / 8
                tone = mix(p.tint, AMBER, heat * 2) if heat < 0.5 else mix(AMBER, HOT, heat * 2 - 1)
                c.rect(88 + column * 114, 152 + row * 108, 106, 100, tone, 12)
        spots = [(0, 3), (1, 1), (3, 1), (4, 0), (2, 3)]
        for i, (column, row) in enumerate(spots):
            x, y = 88 + column * 114 + 53, 152 + row * 108 + 50
            c.circle(x, y, 31, p.paper)
            c.text(x, y, str(i + 1), 30, p.ink, "title", "mm")
    for i, name in enumerate(s.items[:5]):
        y = 96 + i * 126
        parts.card(c, 824, y, 310, 104, p.paper, 16)
        c.circle(870, y + 52, 26, p.accent if i in (2, 3) else p.main)
        c.text(870, y + 52, str(i + 1), 27, "#FFFFFF", "title", "mm")
        label, _, note = name.partition("|")
        c.text(
            912, y + (36 if note else 52), label, c.fit(label, 25, "semibold", 206), p.ink, "semibold", "lm"
        )
        c.text(912, y + 70, note, c.fit(note, 20, "regular", 206), p.muted, "regular", "lm")


@style
def brand(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A brand board: mark, name, colours, letters, pattern, card."""
    parts.backdrop(c, p, r)
    name = s.title.replace("\n", " ")
    parts.card(c, 70, 70, 520, 400, p.main, 20)
    c.circle(330, 222, 84, p.accent)
    c.polygon([(330 - 84, 222), (330, 138), (330, 306)], "#FFFFFF")
    c.circle(356, 222, 30, p.main)
    c.text(330, 372, name, c.fit(name, 62, "title", 440), "#FFFFFF", "title", "mm")
    c.text(
        330, 424, s.subtitle, c.fit(s.subtitle, 22, "regular", 440), parts.wash(p.main, 0.8), "regular", "mm"
    )
    tones = (p.main, p.accent, p.third, p.tint, p.ink)
    parts.card(c, 614, 70, 516, 190, p.paper, 20)
    for i, tone in enumerate(tones):
        c.circle(678 + i * 97, 146, 42, tone)
        c.text(678 + i * 97, 216, str(tone).upper(), 15, p.muted, "regular", "mm")
    parts.card(c, 614, 284, 246, 186, p.paper, 20)
    c.text(640, 300, "Aa", 104, p.ink, "title")
    c.text(640, 436, "Bricolage Grotesque", 19, p.muted, "regular", "lm")
    parts.card(c, 884, 284, 246, 186, p.accent, 20)
    for row in range(3):
        for column in range(4):
            x, y = 918 + column * 59, 322 + row * 55
            if (row + column) % 2:
                c.circle(x, y, 20, "#FFFFFF")
            else:
                c.polygon([(x - 20, y + 20), (x, y - 20), (x + 20, y + 20)], p.main)
    parts.card(c, 70, 494, 330, 236, p.third, 20)
    with c.at(112, 536, -5):
        parts.card(c, 0, 0, 250, 146, p.paper, 10)
        c.circle(44, 46, 20, p.accent)
        c.text(76, 46, name, c.fit(name, 25, "title", 150), p.ink, "title", "lm")
        parts.strokes(c, 26, 92, 150, 2, p.rule, 20)
    parts.card(c, 424, 494, 706, 236, p.paper, 20)
    value = item(s, 0, "Simple, franc, durable.")
    c.text(460, 530, value, c.fit(value, 46, "title", 630), p.ink, "title")
    for i in range(3):
        label = item(s, 1 + i, ("Logo", "Charte", "Modèles")[i])
        c.rect(460 + i * 214, 622, 198, 64, p.tint, 32)
        c.text(460 + i * 214 + 99, 654, label, c.fit(label, 23, "semibold", 170), p.main, "semibold", "mm")


@style
def schema(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Systems around a hub, joined by lines with travelling dots."""
    parts.backdrop(c, p, r)
    link = mix(p.on_bg, p.bg, 0.45)
    spots = ((190, 200), (600, 130), (1010, 200), (190, 600), (600, 670), (1010, 600))
    for x, y in spots:
        c.line([(600, 400), (x, y)], link, 4)
        share = r.uniform(0.42, 0.6)
        c.circle(600 + (x - 600) * share, 400 + (y - 400) * share, 10, p.accent)
    for i, (x, y) in enumerate(spots):
        name, _, note = item(s, i).partition("|")
        parts.card(c, x - 130, y - 66, 260, 132, p.paper, 18)
        c.rect(x - 108, y - 34, 68, 68, p.tint, 16)
        tone = p.main if i % 2 else p.accent
        if i % 3 == 0:
            for n in range(3):
                c.ellipse(x - 74, y - 15 + n * 15, 21, 8, tone if n % 2 == 0 else mix(tone, "#FFFFFF", 0.4))
        elif i % 3 == 1:
            c.rect(x - 96, y - 22, 44, 32, tone, 6)
            c.rect(x - 84, y + 14, 20, 6, tone, 3)
        else:
            c.circle(x - 74, y - 9, 12, tone)
            c.ring(x - 74, y + 24, 24, 24, -90, 90, tone)
        c.text(x - 26, y - 14, name, c.fit(name, 25, "semibold", 146), p.ink, "semibold", "lm")
        c.text(x - 26, y + 18, note, c.fit(note, 19, "regular", 146), p.muted, "regular", "lm")
    c.shadow(444, 308, 312, 184, 26, blur=22, drop=14, strength=0.28)
    c.rect(444, 308, 312, 184, p.main, 26)
    rows = c.wrap(s.title, 40, "title", 264)[:2]
    for i, row in enumerate(rows):
        c.text(
            600,
            400 + (i - (len(rows) - 1) / 2) * 46,
            row,
            c.fit(row, 40, "title", 270),
            "#FFFFFF",
            "title",
            "mm",
        )


@style
def radar(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A web of six measures, today against the goal, with three findings."""
    parts.backdrop(c, p, r)
    with c.at(72, 68):
        parts.sheet(c, 660, 780, p.paper, 20)
        title = s.title.replace("\n", " ")
        c.text(44, 38, title, c.fit(title, 40, "title", 570), p.ink, "title")
        c.text(44, 94, s.subtitle, c.fit(s.subtitle, 23, "regular", 570), p.muted)
        cx, cy, reach = 330, 412, 214
        names = s.items[:6]
        count = len(names)

        def point(i: int, share: float) -> tuple[float, float]:
            a = math.radians(-90 + 360 * i / count)
            return cx + reach * share * math.cos(a), cy + reach * share * math.sin(a)

        for level in (1.0, 0.75, 0.5, 0.25):
            c.polygon([point(i, level) for i in range(count)], p.rule)
            c.polygon([point(i, level - 0.012) for i in range(count)], p.paper)
        for i in range(count):
            c.line([(cx, cy), point(i, 1)], p.rule, 2)
        goal = [point(i, r.uniform(0.78, 0.96)) for i in range(count)]
        now = [point(i, r.uniform(0.38, 0.74)) for i in range(count)]
        c.polygon(goal, p.tint)
        c.line(goal, p.main, 4, closed=True)
        c.polygon(now, parts.wash(p.accent, 0.7))
        c.line(now, p.accent, 5, closed=True)
        for x, y in now:
            c.circle(x, y, 9, p.accent)
        for i, name in enumerate(names):
            x, y = point(i, 1.13)
            anchor = "mm" if abs(x - cx) < 20 else ("lm" if x > cx else "rm")
            room = 104 if anchor != "mm" else 240
            c.text(x, y, name, c.fit(name, 23, "semibold", room), p.ink, "semibold", anchor)
    for i in range(3):
        value, label = figure(
            s, i, (("3,2", "Maturité sur 5"), ("6", "Chantiers"), ("90\u00a0j", "Horizon"))[i]
        )
        y = 106 + i * 200
        parts.card(c, 778, y, 350, 172, p.main if i == 0 else p.paper, 18)
        ink, soft = ("#FFFFFF", parts.wash(p.main, 0.82)) if i == 0 else (p.ink, p.muted)
        c.text(812, y + 28, value, c.fit(value, 56, "title", 290), ink, "title")
        c.text(812, y + 112, label, c.fit(label, 25, "regular", 290), soft)


@style
def pricing(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Three priced levels side by side, the middle one put forward."""
    parts.backdrop(c, p, r)
    title = s.title.replace("\n", " ")
    c.text(600, 92, title, c.fit(title, 52, "title", 1040), p.on_bg, "title", "mm")
    c.text(600, 148, s.subtitle, c.fit(s.subtitle, 25, "regular", 1000), p.on_bg, "regular", "mm")
    for i, x in ((0, 80), (2, 800), (1, 424)):
        value, label = figure(
            s, i, (("29\u00a0€", "Essentiel"), ("59\u00a0€", "Confort"), ("99\u00a0€", "Complet"))[i]
        )
        marked = i == 1
        top, height, width = (190, 640, 352) if marked else (230, 600, 320)
        with c.at(x, top):
            parts.sheet(c, width, height, p.main if marked else p.paper, 20)
            ink, soft = ("#FFFFFF", parts.wash(p.main, 0.82)) if marked else (p.ink, p.muted)
            c.text(36, 40, label, c.fit(label, 30, "semibold", width - 72), soft, "semibold")
            c.text(36, 88, value, c.fit(value, 70, "title", width - 72), ink, "title")
            c.rect(36, 190, width - 72, 56, p.accent if marked else p.tint, 28)
            c.text(
                width / 2,
                218,
                ("Option A", "Conseillé", "Option C")[i],
                23,
                "#FFFFFF" if marked else p.main,
                "semibold",
                "mm",
            )
            for n, name in enumerate(s.items[: 3 + i]):
                y = 296 + n * 58
                c.circle(52, y, 16, mix(p.main, "#FFFFFF", 0.2) if marked else p.tint)
                parts.tick(c, 52, y, 14, "#FFFFFF" if marked else p.main, 3.5)
                c.text(82, y, name, c.fit(name, 24, "regular", width - 112), ink, "regular", "lm")
