"""Compositions made of screens: dashboards, code, boards, sites, messages, telephones."""

from __future__ import annotations

from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas, mix
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.drawing.registry import figure, item, style
from marketplace.demo.model import Cover

MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")


@style
def dashboard(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A full-bleed dashboard on dark ground: three figures, columns by month, a ring."""
    ground = (
        mix(p.bg, "#0C1417", 0.55) if p.on_bg.startswith(("#E", "#D", "#F")) else mix(p.main, "#0C1417", 0.7)
    )
    panel = mix(ground, "#FFFFFF", 0.08)
    soft = mix(ground, "#FFFFFF", 0.62)
    c.rect(0, 0, 1200, 800, ground)
    title = s.title.replace("\n", " ")
    c.text(64, 52, title, c.fit(title, 42, "title", 800), "#FFFFFF", "title")
    c.text(64, 108, s.subtitle, 23, soft)
    for i in range(3):
        left = 64 + i * 364
        c.rect(left, 160, 344, 146, panel, 16)
        value, label = figure(
            s, i, (("46,2\u00a0%", "Marge brute"), ("41\u00a0j", "Encaissement"), ("12", "Alertes"))[i]
        )
        c.text(left + 28, 182, label, c.fit(label, 22, "regular", 290), soft)
        c.text(left + 28, 218, value, c.fit(value, 54, "title", 220), "#FFFFFF", "title")
        parts.area(c, left + 236, 226, 84, 48, parts.rising(r, 6), p.third, mix(panel, p.third, 0.25), 4)
    c.rect(64, 328, 708, 410, panel, 16)
    heading = item(s, 0, "Chiffre d\u2019affaires par mois")
    c.text(92, 352, heading, 24, "#FFFFFF", "semibold")
    colour = mix(p.main, "#FFFFFF", 0.22)
    parts.bars(c, 92, 410, 652, 270, parts.rising(r, 12, 0.35, 1), colour, p.accent, 11, 0.34, MONTHS, soft)
    c.rect(792, 328, 344, 410, panel, 16)
    heading = item(s, 1, "Répartition")
    c.text(820, 352, heading, c.fit(heading, 24, "semibold", 290), "#FFFFFF", "semibold")
    shares = [r.uniform(34, 44), r.uniform(22, 30), r.uniform(14, 20)]
    colours = (colour, p.accent, p.third)
    parts.donut(c, 964, 494, 92, 36, shares, colours)
    for i in range(3):
        label = item(s, 2 + i, ("Conseil", "Produits", "Services")[i])
        c.circle(832, 622 + i * 36, 9, colours[i])
        c.text(854, 622 + i * 36, label, c.fit(label, 22, "regular", 180), soft, "regular", "lm")
        share = f"{round(100 * shares[i] / sum(shares))}\u00a0%"
        c.text(1108, 622 + i * 36, share, 22, "#FFFFFF", "semibold", "rm")


@style
def cashflow(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """An application window: a curve over twelve months and the table beneath."""
    parts.backdrop(c, p, r)
    with c.at(110, 66):
        parts.window(c, 980, 800, p)
        title = s.title.replace("\n", " ")
        c.text(48, 88, title, c.fit(title, 42, "title", 600), p.ink, "title")
        c.text(48, 146, s.subtitle, c.fit(s.subtitle, 23, "regular", 600), p.muted)
        value, label = figure(s, 0, ("52\u00a0400\u00a0€", "Point bas en août"))
        c.rect(676, 84, 256, 96, p.tint, 14)
        c.text(700, 96, value, c.fit(value, 36, "title", 210), p.main, "title")
        c.text(700, 144, label, c.fit(label, 20, "regular", 210), p.muted)
        values = [0.5, 0.56, 0.48, 0.62, 0.58, 0.4, 0.3, 0.22, 0.36, 0.55, 0.7, 0.82]
        values = [min(1, max(0.1, v + r.uniform(-0.07, 0.07))) for v in values]
        parts.area(c, 48, 206, 884, 220, values, p.main, p.tint, 5, p.paper, p.rule, soft=True)
        for i, month in enumerate(("janv.", "mars", "mai", "juil.", "sept.", "nov.")):
            c.text(48 + i * 160, 438, month, 19, p.muted)
        heads = (
            ("", *(label or value for value, label in s.figures[1:4]))
            if len(s.figures) > 3
            else ("", "T1", "T2", "T3")
        )
        rows = [heads, *(tuple(line.split("|")) for line in s.items[:5])]
        wide = max(len(row) for row in rows)
        rows = [row + ("",) * (wide - len(row)) for row in rows]
        parts.table(c, 48, 480, [404, *[480 / (wide - 1)] * (wide - 1)], rows, p, 23, 48)


@style
def code(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """An editor with coloured code and the result as a small table."""
    parts.backdrop(c, p, r)
    colours = ("#8BD3C7", "#F2A07B", "#E9C46A", "#B7A2EE", "#DCE6E8")
    with c.at(76, 74, -0.8):
        parts.window(c, 760, 640, p, s.subtitle, dark=True)
        y, indent = 98, 0
        for i, line in enumerate(s.items[:9]):
            indent = len(line) - len(line.lstrip("> "))
            words = line.lstrip("> ").split(" ")
            c.text(36, y, str(i + 1), 20, "#5D707A", "regular")
            x = 84.0 + indent * 20
            for n, word in enumerate(words):
                tone = (
                    colours[0]
                    if word.isupper() or word in ("def", "return", "from", "import", "for", "in", "si")
                    else colours[4]
                )
                if word.startswith(("'", "\u2019", '"', "«")):
                    tone = colours[2]
                elif word[:1].isdigit():
                    tone = colours[1]
                elif "(" in word or word.endswith(":"):
                    tone = colours[3]
                c.text(x, y - 2, word, 25, tone, "semibold" if n == 0 else "regular")
                x += c.width(word + " ", 25, "semibold" if n == 0 else "regular")
            y += 57
    with c.at(640, 452, 1.6):
        parts.card(c, 0, 0, 480, 290, p.paper, 16)
        title = s.title.replace("\n", " ")
        c.text(32, 26, title, c.fit(title, 32, "title", 416), p.ink, "title")
        for i in range(3):
            value, label = figure(s, i, (("1 284", "lignes"), ("0", "doublon"), ("3", "écarts"))[i])
            y = 92 + i * 62
            c.rect(24, y, 432, 50, p.tint if i != 1 else p.accent_tint, 10)
            c.text(44, y + 25, label, c.fit(label, 24, "regular", 260), p.ink, "regular", "lm")
            c.text(436, y + 25, value, 26, p.main if i != 1 else p.accent, "title", "rm")


@style
def funnel(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Stages narrowing from top to bottom, each with its count, and a conversion disc."""
    parts.backdrop(c, p, r)
    with c.at(84, 76):
        parts.sheet(c, 770, 760, p.paper, 20)
        title = s.title.replace("\n", " ")
        c.text(48, 40, title, c.fit(title, 42, "title", 670), p.ink, "title")
        c.text(48, 98, s.subtitle, c.fit(s.subtitle, 23, "regular", 670), p.muted)
        names = s.items[:5]
        count = 1200 + r.randrange(900)
        for i, line in enumerate(names):
            name, _, amount = line.partition("|")
            top, height = 158 + i * 108, 94
            half, below = 336 - i * 50, 336 - (i + 1) * 50
            tone = mix(p.main, "#FFFFFF", 0.13 * i) if i < len(names) - 1 else p.accent
            c.polygon(
                [
                    (385 - half, top),
                    (385 + half, top),
                    (385 + below + 6, top + height),
                    (385 - below - 6, top + height),
                ],
                tone,
            )
            ink = "#FFFFFF" if i < len(names) - 1 else p.on_accent
            c.text(385, top + 32, name, c.fit(name, 28, "semibold", below * 2 - 20), ink, "semibold", "mm")
            c.text(385, top + 66, amount or parts.number(count), 25, ink, "regular", "mm")
            count = int(count * r.uniform(0.32, 0.55))
    for i in range(2):
        value, label = figure(
            s, i, (("4,8\u00a0%", "Taux de conversion"), ("62\u00a0€", "Coût par contact"))[i]
        )
        y = 210 + i * 220
        parts.card(c, 890, y, 250, 180, p.paper, 18)
        c.text(918, y + 26, value, c.fit(value, 50, "title", 194), p.accent if i == 0 else p.main, "title")
        c.paragraph(918, y + 100, label, 23, p.muted, 200, "regular", 1.2, 2)


@style
def kanban(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A board of three columns with cards, labels and people."""
    parts.backdrop(c, p, r)
    with c.at(60, 80):
        parts.sheet(c, 1080, 760, mix(p.paper, p.tint, 0.45), 20)
        title = s.title.replace("\n", " ")
        c.text(44, 34, title, c.fit(title, 38, "title", 700), p.ink, "title")
        for i in range(3):
            parts.avatar(
                c,
                1010 - i * 46,
                58,
                27,
                parts.NAMES[(i * 3 + len(title)) % 8],
                (p.main, p.accent, p.third)[i],
                "#FFFFFF",
            )
        columns = [label or value for value, label in s.figures[:3]] or ["À faire", "En cours", "Validé"]
        cards = iter(s.items[:8])
        for i, name in enumerate(columns):
            left = 44 + i * 338
            c.circle(left + 10, 124, 8, (p.muted, p.accent, p.main)[i])
            c.text(left + 28, 124, name, 25, p.ink, "semibold", "lm")
            for n in range((3, 2, 3)[i]):
                label = next(cards, "")
                if not label:
                    break
                y = 154 + n * 176
                parts.card(c, left, y, 316, 158, p.paper)
                tone = (p.main, p.accent, p.third)[(i + n) % 3]
                c.rect(left + 24, y + 24, 66, 9, tone, 4)
                c.paragraph(left + 24, y + 46, label, 25, p.ink, 270, "semibold", 1.2, 2)
                parts.avatar(
                    c, left + 276, y + 126, 18, parts.NAMES[(i * 3 + n) % 8], parts.wash(tone, 0.75), tone
                )
                c.rect(left + 24, y + 120, 150, 10, p.rule, 5)
                c.rect(left + 24, y + 120, 150 * (0.25, 0.6, 1)[i], 10, tone, 5)


@style
def browser(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A web page in its window: headline, button, picture, three arguments."""
    parts.backdrop(c, p, r)
    with c.at(104, 78):
        parts.window(c, 992, 780, p)
        c.rect(250, 12, 492, 32, "#FFFFFF", 16)
        address = item(s, 3, "atelier-lumen.fr")
        c.text(496, 28, address, 18, p.muted, "regular", "mm")
        c.rect(0, 56, 992, 396, p.tint)
        tall = parts.titled(c, 56, 112, s.title, 54, p.ink, 480)
        c.paragraph(56, 126 + tall, s.subtitle, 25, p.muted, 460, "regular", 1.3, 2)
        c.rect(56, 356, 230, 62, p.accent, 31)
        c.text(
            171,
            387,
            item(s, 4, "Demander un devis"),
            c.fit(item(s, 4, "Demander un devis"), 23, "semibold", 200),
            p.on_accent,
            "semibold",
            "mm",
        )
        c.rect(576, 104, 360, 300, p.main, 18)
        c.circle(822, 208, 64, p.accent)
        c.polygon([(576, 386), (700, 226), (812, 386)], p.third)
        c.polygon([(720, 386), (834, 276), (936, 372), (936, 386)], mix(p.main, "#000000", 0.25))
        c.rect(576, 370, 360, 34, mix(p.main, "#000000", 0.25), 17)
        for i in range(3):
            left = 56 + i * 302
            value, label = figure(s, i, (("1", "Audit"), ("2", "Priorités"), ("3", "Résultats"))[i])
            c.circle(left + 26, 518, 26, p.tint)
            parts.tick(c, left + 26, 518, 22, p.main, 5)
            c.text(left + 66, 500, value, c.fit(value, 28, "title", 210), p.ink, "title", "lm")
            c.text(left + 66, 536, label, c.fit(label, 21, "regular", 214), p.muted, "regular", "lm")
            c.rect(left, 582, 278, 160, mix(p.tint, "#FFFFFF", 0.35), 14)
            parts.area(
                c, left + 24, 610, 230, 100, parts.rising(r, 7), (p.main, p.accent, p.third)[i], p.paper, 5
            )


@style
def inbox(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A sequence of messages joined by a line, with the waiting time between them."""
    parts.backdrop(c, p, r)
    parts.card(c, 80, 92, 384, 616, p.main, 22)
    tall = parts.titled(c, 120, 136, s.title, 52, "#FFFFFF", 316)
    c.paragraph(120, 152 + tall, s.subtitle, 26, parts.wash(p.main, 0.82), 316, "regular", 1.35, 4)
    value, label = figure(s, 0, ("31\u00a0%", "de réponses"))
    c.text(120, 560, value, c.fit(value, 76, "title", 310), "#FFFFFF", "title")
    c.text(120, 650, label, c.fit(label, 26, "regular", 310), parts.wash(p.main, 0.82))
    c.rect(550, 130, 5, 560, mix(p.main, p.bg, 0.4), 2)
    waits = [label or value for value, label in s.figures[1:]] or ["Jour 1", "Jour 4", "Jour 9"]
    for i, name in enumerate(s.items[:3]):
        y = 96 + i * 212
        c.circle(552, y + 92, 22, p.accent if i == 0 else p.main)
        c.text(552, y + 92, str(i + 1), 24, "#FFFFFF", "bold", "mm")
        parts.card(c, 604, y, 516, 184, p.paper, 18)
        c.polygon([(606, y + 78), (590, y + 92), (606, y + 106)], p.paper)
        parts.avatar(c, 656, y + 54, 28, parts.NAMES[(i + r.randrange(7)) % 8], p.tint, p.main)
        c.text(700, y + 54, name, c.fit(name, 27, "semibold", 290), p.ink, "semibold", "lm")
        wait = waits[i % len(waits)]
        width = c.width(wait, 19, "semibold")
        c.rect(1092 - width - 28, y + 36, width + 28, 36, p.accent_tint if i == 0 else p.tint, 18)
        c.text(1092 - 14, y + 54, wait, 19, p.accent if i == 0 else p.main, "semibold", "rm")
        parts.strokes(c, 632, y + 106, 450, 3, p.rule, 22)


@style
def phones(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Three telephones showing publications of one visual family."""
    parts.backdrop(c, p, r)
    for i, (x, y, angle) in enumerate(((120, 130, -5), (820, 130, 5), (440, 62, 0))):
        with c.at(x, y, angle):
            c.shadow(0, 0, 300, 620, 44, blur=26, drop=18, strength=0.3)
            c.rect(0, 0, 300, 720, "#10191B", 44)
            c.rect(12, 12, 276, 696, p.paper, 34)
            c.rect(110, 24, 80, 16, "#10191B", 8)
            parts.avatar(c, 50, 82, 22, item(s, 0, "Lumen")[:1], p.main, "#FFFFFF")
            c.text(
                82,
                72,
                item(s, 0, "Atelier Lumen"),
                c.fit(item(s, 0, "Atelier Lumen"), 20, "semibold", 180),
                p.ink,
                "semibold",
                "lm",
            )
            c.text(82, 96, "Publication", 15, p.muted, "regular", "lm")
            tone = (p.third, p.accent, p.main)[i]
            c.rect(12, 122, 276, 330, tone)
            value, label = figure(
                s, i, (("3", "erreurs à éviter"), ("+ 40\u00a0%", "de visites"), ("Avant", "Après"))[i]
            )
            c.circle(236, 174, 44, mix(tone, "#FFFFFF", 0.16))
            ink = p.on_accent if i == 1 else "#FFFFFF" if i == 2 else p.ink
            c.text(40, 210, value, c.fit(value, 76, "title", 220), ink, "title")
            c.paragraph(40, 306, label, 30, ink, 220, "semibold", 1.2, 3)
            c.rect(40, 416, 70, 8, parts.wash(tone, 0.6), 4)
            for n in range(3):
                c.circle(46 + n * 44, 486, 14, parts.wash(p.main, 0.8) if n else p.accent)
            parts.strokes(c, 34, 520, 226, 4, p.rule, 22)


@style
def candidates(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """People compared on the same grid: name, role, three measures, a verdict."""
    parts.backdrop(c, p, r)
    with c.at(96, 66):
        parts.sheet(c, 1008, 800, p.paper, 20)
        title = s.title.replace("\n", " ")
        c.text(48, 40, title, c.fit(title, 42, "title", 900), p.ink, "title")
        c.text(48, 98, s.subtitle, c.fit(s.subtitle, 23, "regular", 900), p.muted)
        heads = [label or value for value, label in s.figures[:3]] or ["Technique", "Posture", "Motivation"]
        for i, head in enumerate(heads):
            c.text(424 + i * 154, 166, head, c.fit(head, 21, "regular", 140), p.muted, "regular", "lm")
        rows = s.items[:5]
        pitch = min(150.0, 570 / len(rows))
        for i, line in enumerate(rows):
            name, _, role = line.partition("|")
            y = 194 + i * pitch
            middle = y + (pitch - 14) / 2
            c.rect(32, y, 944, pitch - 14, p.tint if i == 0 else parts.wash(p.rule, 0.45), 16)
            initials = "".join(part[0] for part in name.split()[:2]).upper()
            disc = p.main if i == 0 else parts.wash(p.main, 0.7)
            parts.avatar(c, 90, middle, 32, initials, disc, "#FFFFFF" if i == 0 else p.main)
            c.text(140, middle - 15, name, c.fit(name, 27, "semibold", 264), p.ink, "semibold", "lm")
            c.text(140, middle + 19, role, c.fit(role, 21, "regular", 264), p.muted, "regular", "lm")
            for n in range(3):
                score = r.uniform(0.75, 0.98) if i == 0 else r.uniform(0.3, 0.85)
                tone = p.main if i == 0 else (p.main, p.third, p.main)[n]
                c.rect(424 + n * 154, middle - 7, 124, 14, "#FFFFFF" if i == 0 else p.rule, 7)
                c.rect(424 + n * 154, middle - 7, 124 * score, 14, tone, 7)
            if i == 0:
                c.circle(926, middle, 26, p.accent)
                parts.tick(c, 926, middle, 22, p.on_accent, 5)
            else:
                c.text(926, middle, f"{r.randrange(52, 82)}", 28, p.ink, "title", "mm")


@style
def spreadsheet(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A workbook with its grid, one cell selected, and a chart floating over it."""
    parts.backdrop(c, p, r)
    with c.at(80, 84, -0.8):
        parts.sheet(c, 900, 760, p.paper, 14)
        c.rect(0, 0, 900, 70, p.main, 14)
        c.rect(0, 40, 900, 30, p.main)
        title = s.title.replace("\n", " ")
        c.text(36, 35, title, c.fit(title, 32, "title", 700), "#FFFFFF", "title", "lm")
        c.rect(0, 70, 900, 44, "#F3F6F7")
        for i, letter in enumerate("ABCDEF"):
            c.text((180 if i == 0 else 390 + (i - 1) * 118), 92, letter, 20, p.muted, "semibold", "mm")
        heads = [label or value for value, label in s.figures[1:5]] or ["T1", "T2", "T3", "T4"]
        for i, line in enumerate(("|".join(("", *heads)), *s.items[:8])):
            cells = line.split("|")
            y = 114 + i * 62
            c.rect(0, y + 61, 900, 1.6, p.rule)
            c.text(26, y + 31, str(i + 1), 19, p.muted, "regular", "mm")
            if i == 0:
                c.rect(52, y, 848, 61, p.tint)
            for n, cell in enumerate(cells[:5]):
                face = "semibold" if i == 0 or n == 0 else "regular"
                if n == 0:
                    c.text(72, y + 31, cell, c.fit(cell, 24, face, 250), p.ink, face, "lm")
                else:
                    tone = parts.NEGATIVE if cell.startswith("\u2212") else p.ink
                    c.text(440 + (n - 1) * 118, y + 31, cell, 23, tone, face, "rm")
        for n in range(6):
            c.rect(52 if n == 0 else 332 + (n - 1) * 118, 70, 1.6, 690, p.rule)
        c.line([(450, 300), (568, 300), (568, 361), (450, 361)], p.main, 4, closed=True)
    value, label = figure(s, 0, ("+ 12\u00a0%", "Écart au budget"))
    with c.at(752, 396, 2.5):
        parts.card(c, 0, 0, 372, 320, p.paper, 18)
        c.text(32, 26, value, c.fit(value, 52, "title", 300), p.accent, "title")
        c.text(32, 92, label, c.fit(label, 23, "regular", 308), p.muted)
        parts.bars(c, 32, 136, 308, 150, parts.rising(r, 6, 0.4, 1), p.tint, p.main)
