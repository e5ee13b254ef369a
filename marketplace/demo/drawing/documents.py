"""Compositions made of paper: reports, accounts, contracts, checklists, forms, press pages."""

from __future__ import annotations

from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.drawing.registry import figure, item, style
from marketplace.demo.model import Cover


@style
def report(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The cover page of a report with its curve, over an inner page with columns."""
    parts.backdrop(c, p, r)
    lean = r.choice((3.0, 4.0))
    with c.at(624, 92, lean + 1):
        parts.sheet(c, 520, 740, p.paper)
        name = item(s, 0, "Étude de marché")
        c.text(92, 44, name, c.fit(name, 32, "title", 370), p.main, "title")
        parts.strokes(c, 92, 108, 372, 4, p.rule)
        values = parts.rising(r, 6, 0.3, 1.0, 0.1)
        parts.bars(c, 92, 222, 372, 260, values, p.tint, p.accent)
        parts.strokes(c, 92, 520, 372, 5, p.rule)
    with c.at(118, 62, -lean):
        parts.sheet(c, 560, 780, p.paper)
        c.rect(56, 60, 70, 9, p.accent, 4)
        tall = parts.titled(c, 56, 92, s.title, 56, p.ink, 450)
        c.text(56, 104 + tall, s.subtitle, c.fit(s.subtitle, 24, "regular", 450), p.muted)
        top = 160 + tall
        parts.area(c, 56, top, 448, 500 - top + 40, parts.rising(r, 7), p.main, p.tint, 5, p.paper)
        for i in range(3):
            value, label = figure(s, i, (("3 ans", "Horizon"), ("+ 18 %", "Par an"), ("12", "Fiches"))[i])
            left = 56 + i * 152
            c.text(left, 580, value, c.fit(value, 36, "title", 140), p.ink, "title")
            c.text(left, 630, label, c.fit(label, 20, "regular", 142), p.muted)


@style
def statement(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A page of accounts, with the years in columns, over a second page."""
    parts.backdrop(c, p, r)
    with c.at(250, 62, 2.4):
        parts.sheet(c, 860, 700, parts.wash(p.tint, 0.4))
    with c.at(120, 84, -1.2):
        parts.sheet(c, 900, 760, p.paper)
        c.text(
            56,
            48,
            s.title.replace("\n", " "),
            c.fit(s.title.replace("\n", " "), 44, "title", 780),
            p.ink,
            "title",
        )
        c.text(56, 106, s.subtitle, 23, p.muted)
        heads = ("", *(value for value, _ in s.figures[:3])) if s.figures else ("", "2026", "2027", "2028")
        rows = [heads, *(tuple(name.split("|")) for name in s.items[:8])]
        share = 440 / (len(heads) - 1)
        strong = [
            i for i, row in enumerate(rows) if row[0].startswith(("EBE", "Résultat net", "Total", "Solde"))
        ]
        parts.table(c, 56, 160, [348, *[share] * (len(heads) - 1)], rows, p, 25, 62, strong_rows=strong)


@style
def contract(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A contract page: numbered articles, one clause highlighted, a note stuck on it."""
    parts.backdrop(c, p, r)
    with c.at(420, 70, 5):
        parts.sheet(c, 540, 760, parts.wash(p.tint, 0.5))
    with c.at(258, 40, -2):
        parts.sheet(c, 600, 820, p.paper)
        tall = parts.titled(c, 60, 56, s.title, 46, p.ink, 480)
        c.text(60, 66 + tall, s.subtitle, c.fit(s.subtitle, 22, "regular", 480), p.muted)
        top = 122 + tall
        for i, name in enumerate(s.items[:4]):
            label = name if name[:3].lower() == "art" else f"Article {i + 1} \u2013 {name}"
            c.text(60, top, label, c.fit(label, 25, "semibold", 470), p.main, "semibold")
            if i == 1:
                c.rect(52, top + 38, 496, 62, "#FFF0BF", 6)
                parts.strokes(c, 60, top + 50, 478, 2, "#E3C766", 24)
                top += 124
            else:
                parts.strokes(c, 60, top + 44, 478, 3, p.rule, 20)
                top += 124
    value, label = figure(s, 0, ("À revoir", "Délai de paiement"))
    with c.at(772, 372, 5):
        c.shadow(0, 0, 270, 200, 4, blur=14, drop=9, strength=0.22)
        c.rect(0, 0, 270, 200, "#FFE08A", 4)
        c.text(26, 26, value, c.fit(value, 36, "title", 220), p.accent, "title")
        c.paragraph(26, 84, label, 25, "#4B3A08", 224, "regular", 1.25, 3)


@style
def checklist(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A review sheet: each point checked, marked or crossed, and a mark in a disc."""
    parts.backdrop(c, p, r)
    with c.at(206, 56, -2.5):
        parts.sheet(c, 640, 800, p.paper)
        tall = parts.titled(c, 60, 54, s.title, 48, p.ink, 520)
        c.text(60, 64 + tall, s.subtitle, c.fit(s.subtitle, 23, "regular", 520), p.muted)
        top = 134 + tall
        for i, name in enumerate(s.items[:6]):
            y = top + i * 84
            late = i in (2, 4)
            colour, wash = (p.accent, p.accent_tint) if late else (p.main, p.tint)
            c.rect(56, y, 528, 66, wash, 12)
            c.circle(94, y + 33, 19, colour)
            if late:
                c.rect(91.5, y + 22, 5, 13, "#FFFFFF", 2)
                c.circle(94, y + 43, 3, "#FFFFFF")
            else:
                parts.tick(c, 94, y + 33, 17, "#FFFFFF", 4)
            c.text(130, y + 33, name, c.fit(name, 26, "semibold", 430), p.ink, "semibold", "lm")
    value, label = figure(s, 0, ("82", "sur 100"))
    c.shadow(812, 250, 272, 272, 136, blur=22, drop=14, strength=0.24)
    c.circle(948, 386, 136, p.paper)
    share = r.uniform(0.66, 0.86)
    c.ring(948, 386, 116, 20, 0, 360, p.tint)
    c.ring(948, 386, 116, 20, 0, 360 * share, p.accent)
    c.text(948, 378, value, c.fit(value, 68, "title", 164), p.ink, "title", "mm")
    c.text(948, 432, label, c.fit(label, 22, "regular", 150), p.muted, "regular", "mm")


@style
def form(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A filled form (pay slip, declaration) with numbered marks explained at the side."""
    parts.backdrop(c, p, r)
    with c.at(96, 60, -1.5):
        parts.sheet(c, 660, 800, p.paper)
        c.rect(0, 0, 660, 116, p.main, 10)
        c.rect(0, 60, 660, 56, p.main)
        title = s.title.replace("\n", " ")
        c.text(48, 44, title, c.fit(title, 40, "title", 560), "#FFFFFF", "title", "lm")
        c.text(48, 86, s.subtitle, 20, parts.wash(p.main, 0.8), "regular", "lm")
        for i, line in enumerate(s.items[:7]):
            name, _, amount = line.partition("|")
            y = 150 + i * 76
            c.rect(48, y + 58, 564, 2, p.rule)
            c.text(48, y + 28, name, c.fit(name, 24, "regular", 370), p.ink, "regular", "lm")
            c.text(560, y + 28, amount, 24, p.ink, "semibold", "rm")
            if i in (0, 2, 5):
                mark = {0: 1, 2: 2, 5: 3}[i]
                c.circle(590, y + 28, 20, p.accent)
                c.text(590, y + 28, str(mark), 22, "#FFFFFF", "bold", "mm")
    for i in range(3):
        value, label = figure(s, i, (("Exact", "Contrôlé"), ("À jour", "Barèmes"), ("Clair", "Commenté"))[i])
        y = 176 + i * 158
        parts.card(c, 796, y, 318, 130, p.paper)
        c.circle(844, y + 65, 24, p.accent)
        c.text(844, y + 65, str(i + 1), 26, "#FFFFFF", "bold", "mm")
        c.text(884, y + 48, value, c.fit(value, 31, "title", 212), p.ink, "title", "lm")
        c.text(884, y + 87, label, c.fit(label, 21, "regular", 212), p.muted, "regular", "lm")


@style
def press(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A newspaper page with its headline, a picture drawn in flat shapes and two columns."""
    parts.backdrop(c, p, r)
    with c.at(330, 40, 3.5):
        parts.sheet(c, 640, 820, parts.wash(p.tint, 0.3))
    with c.at(200, 64, -2):
        parts.sheet(c, 720, 820, p.paper)
        name = item(s, 0, "Le Journal des territoires")
        c.text(360, 62, name, c.fit(name, 30, "heading", 600), p.muted, "heading", "mm")
        c.rect(48, 94, 624, 3, p.ink)
        tall = parts.titled(c, 48, 120, s.title, 60, p.ink, 624)
        c.text(48, 128 + tall, s.subtitle, c.fit(s.subtitle, 25, "regular", 624), p.main)
        top = 184 + tall
        c.rect(48, top, 300, 230, p.tint, 8)
        c.circle(266, top + 66, 34, p.accent)
        c.polygon([(48, top + 222), (140, top + 92), (226, top + 222)], p.main)
        c.polygon([(150, top + 222), (250, top + 128), (348, top + 212), (348, top + 222)], p.third)
        c.rect(48, top + 214, 300, 16, p.main, 8)
        parts.strokes(c, 376, top + 8, 296, 8, p.rule, 27)
        parts.strokes(c, 48, top + 258, 300, 6, p.rule, 25)
        parts.strokes(c, 376, top + 258, 296, 6, p.rule, 25)
    value, label = figure(s, 0, ("14", "reprises en 10 jours"))
    with c.at(836, 452, 4):
        parts.card(c, 0, 0, 270, 156, p.accent)
        c.text(28, 24, value, 58, p.on_accent, "title")
        c.text(28, 100, label, c.fit(label, 24, "regular", 214), p.on_accent)


@style
def notebook(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A bound guide lying open: contents to the left, a page with a figure to the right."""
    parts.backdrop(c, p, r)
    with c.at(90, 120, -1.2):
        c.shadow(0, 0, 1030, 620, 12, blur=24, drop=16, strength=0.26)
        c.rect(0, 0, 515, 620, p.paper, 12)
        c.rect(515, 0, 515, 620, p.paper, 12)
        c.rect(440, 0, 150, 620, p.paper)
        for step in range(8):
            c.rect(490 + step * 3.2, 0, 3.4, 620, parts.wash("#9FB0B3", 0.97 - step * 0.03))
            c.rect(537 - step * 3.2, 0, 3.4, 620, parts.wash("#9FB0B3", 0.97 - step * 0.03))
        tall = parts.titled(c, 52, 56, s.title, 46, p.ink, 400)
        c.text(52, 66 + tall, s.subtitle, c.fit(s.subtitle, 22, "regular", 400), p.muted)
        for i, name in enumerate(s.items[:5]):
            y = 146 + tall + i * 62
            c.text(52, y, str(i + 1), 30, p.accent, "title", "lm")
            c.text(92, y, name, c.fit(name, 25, "semibold", 330), p.ink, "semibold", "lm")
            c.rect(52, y + 29, 384, 1.6, p.rule)
        value, label = figure(s, 0, ("3", "outils à reprendre"))
        c.rect(590, 58, 384, 190, p.main, 12)
        c.text(622, 84, value, c.fit(value, 76, "title", 320), "#FFFFFF", "title")
        c.text(622, 186, label, c.fit(label, 25, "regular", 320), parts.wash(p.main, 0.82))
        parts.strokes(c, 590, 284, 384, 4, p.rule, 24)
        parts.bars(c, 590, 396, 384, 160, parts.rising(r, 7, 0.35, 0.95), p.tint, p.accent, gap=0.34)


@style
def invoice(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Commercial paper: a quotation with its lines and total, and a seal of approval."""
    parts.backdrop(c, p, r)
    with c.at(500, 90, 4):
        parts.sheet(c, 500, 720, parts.wash(p.tint, 0.45))
    with c.at(150, 50, -2.2):
        parts.sheet(c, 640, 820, p.paper)
        c.rect(52, 56, 64, 64, p.main, 14)
        c.polygon([(68, 104), (84, 72), (100, 104)], p.paper)
        title = s.title.replace("\n", " ")
        c.text(140, 60, title, c.fit(title, 42, "title", 450), p.ink, "title")
        c.text(140, 108, s.subtitle, c.fit(s.subtitle, 21, "regular", 450), p.muted)
        c.rect(52, 158, 536, 48, p.tint, 8)
        c.text(70, 182, "Désignation", 20, p.main, "semibold", "lm")
        c.text(570, 182, "Total HT", 20, p.main, "semibold", "rm")
        total = 0
        for i, line in enumerate(s.items[:5]):
            name, _, price = line.partition("|")
            y = 228 + i * 72
            amount = int(price) if price else r.randrange(4, 40) * 50
            total += amount
            c.text(70, y + 22, name, c.fit(name, 24, "regular", 360), p.ink, "regular", "lm")
            c.text(570, y + 22, parts.number(amount) + "\u00a0€", 24, p.ink, "semibold", "rm")
            c.rect(52, y + 58, 536, 1.6, p.rule)
        c.rect(300, 604, 288, 70, p.main, 10)
        c.text(322, 639, "Total", 25, "#FFFFFF", "semibold", "lm")
        c.text(568, 639, parts.number(total) + "\u00a0€", 30, "#FFFFFF", "title", "rm")
    value, label = figure(s, 0, ("Accepté", "Bon pour accord"))
    with c.at(938, 470, -8):
        c.circle(0, 0, 132, p.accent)
        c.ring(0, 0, 118, 4, 0, 360, "#FFFFFF")
        c.text(0, -12, value, c.fit(value, 46, "title", 190), p.on_accent, "title", "mm")
        c.text(0, 34, label, c.fit(label, 22, "regular", 180), p.on_accent, "regular", "mm")
