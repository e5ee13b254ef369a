"""Compositions for conversations: calls with an expert, written answers to a question."""

from __future__ import annotations

from random import Random

from marketplace.demo.drawing import parts
from marketplace.demo.drawing.canvas import Canvas, mix
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.drawing.registry import figure, style
from marketplace.demo.model import Cover


def _disc(c: Canvas, x: float, y: float, radius: float, p: Palette, mark: str) -> None:
    """The white disc with the sign of the kind of offer."""
    c.shadow(x - radius, y - radius, radius * 2, radius * 2, radius, blur=20, drop=12, strength=0.2)
    c.circle(x, y, radius, p.paper)
    if mark == "phone":
        parts.phone(c, x, y, radius * 0.92, p.main, radius * 0.075)
    else:
        parts.question_mark(c, x, y - radius * 0.04, radius * 1.05, p.accent, radius * 0.075)


@style
def call_card(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A disc with the handset and the card of the conversation: length and points to discuss."""
    parts.bands(c, p)
    with c.at(452, 128, 1.5):
        parts.sheet(c, 640, 560, p.paper, 22)
        value, label = figure(s, 0, ("30 min", "En visio ou par téléphone"))
        parts.pill(c, 196, 48, value, 26, p.tint, p.main)
        tall = parts.titled(c, 196, 124, s.title, 46, p.ink, 396)
        top = 156 + tall
        for i, name in enumerate(s.items[:3]):
            y = top + i * 72
            c.circle(216, y + 20, 19, p.main)
            parts.tick(c, 216, y + 20, 17, "#FFFFFF", 4)
            c.text(252, y + 20, name, c.fit(name, 27, "regular", 350), p.ink, "regular", "lm")
        c.text(196, 508, label, c.fit(label, 23, "regular", 400), p.muted, "regular", "lm")
    _disc(c, 400, 400, 168, p, "phone")


@style
def call_agenda(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The conversation cut in minutes, as a column of blocks."""
    parts.bands(c, p)
    with c.at(96, 90, -1.5):
        parts.sheet(c, 640, 640, p.paper, 22)
        tall = parts.titled(c, 48, 48, s.title, 46, p.ink, 544)
        top, room = 84 + tall, 540 - tall
        count = max(1, len(s.items[:4]))
        for i, name in enumerate(s.items[:4]):
            label, _, time = name.partition("|")
            y = top + i * (room / count)
            height = room / count - 14
            tone = (p.tint, p.accent_tint, parts.wash(p.third, 0.75), p.tint)[i]
            c.rect(150, y, 442, height, tone, 12)
            c.rect(150, y, 8, height, (p.main, p.accent, p.third, p.main)[i], 4)
            c.text(48, y + height / 2, time or f"{i * 10}\u00a0min", 25, p.muted, "semibold", "lm")
            c.text(182, y + height / 2, label, c.fit(label, 28, "semibold", 390), p.ink, "semibold", "lm")
    _disc(c, 920, 330, 158, p, "phone")
    value, label = figure(s, 0, ("45 min", "Au créneau de votre choix"))
    c.text(920, 560, value, c.fit(value, 62, "title", 330), p.on_bg, "title", "mm")
    c.text(920, 622, label, c.fit(label, 25, "regular", 350), p.on_bg, "regular", "mm")


@style
def call_voices(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """Two people in a video window, with the voice as a wave."""
    parts.bands(c, p)
    with c.at(84, 84):
        parts.sheet(c, 1032, 640, p.ink, 26)
        for i, (x, tone) in enumerate(((28, p.main), (526, p.third))):
            c.rect(x, 28, 478, 400, tone, 18)
            light = mix(tone, "#FFFFFF", 0.3)
            c.circle(x + 239, 198, 74, light)
            c.ring(x + 239, 428, 152, 152, -90, 90, light)
            c.rect(x + 22, 372, 178, 40, p.ink, 20)
            c.text(x + 111, 392, ("Vous", "L\u2019expert")[i], 22, "#FFFFFF", "semibold", "mm")
        c.text(
            36,
            486,
            s.title.replace("\n", " "),
            c.fit(s.title.replace("\n", " "), 44, "title", 720),
            "#FFFFFF",
            "title",
            "lm",
        )
        value, label = figure(s, 0, ("60 min", "Compte rendu écrit"))
        c.text(
            36,
            540,
            f"{value} \u2013 {label}",
            c.fit(f"{value} \u2013 {label}", 25, "regular", 700),
            "#C9D6D9",
            "regular",
            "lm",
        )
        for n in range(46):
            height = 8 + 30 * abs(r.gauss(0, 0.6)) * (1.2 - abs(n - 23) / 30)
            c.rect(36 + n * 14, 592 - height / 2, 7, min(height, 46), p.accent if n < 20 else "#45565C", 3.5)
        c.circle(938, 532, 62, p.accent)
        parts.phone(c, 938, 532, 60, p.on_accent, 5.5)


@style
def call_time(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A dial cut to the length of the call, and the slots of the week."""
    parts.bands(c, p)
    c.shadow(96, 130, 520, 520, 260, blur=24, drop=16, strength=0.2)
    c.circle(356, 390, 260, p.paper)
    value, label = figure(s, 0, ("30 min", "pour décider"))
    minutes = int("".join(ch for ch in value if ch.isdigit()) or 30)
    c.ring(356, 390, 226, 44, 0, 360, p.tint)
    c.ring(356, 390, 226, 44, 0, 6 * min(60, minutes) - 0.1, p.accent)
    parts.phone(c, 356, 310, 84, p.main, 7)
    c.text(356, 416, value, c.fit(value, 76, "title", 320), p.ink, "title", "mm")
    c.text(356, 482, label, c.fit(label, 25, "regular", 290), p.muted, "regular", "mm")
    with c.at(672, 128, 1.5):
        parts.sheet(c, 440, 540, p.paper, 20)
        tall = parts.titled(c, 40, 42, s.title, 42, p.ink, 360)
        for i, name in enumerate(s.items[:4]):
            y = 84 + tall + i * 86
            c.rect(36, y, 368, 70, p.main if i == 1 else p.tint, 12)
            ink = "#FFFFFF" if i == 1 else p.ink
            c.text(60, y + 35, name, c.fit(name, 26, "semibold", 320), ink, "semibold", "lm")


@style
def question_sheet(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """A question at the top, its answer as numbered points below, the mark in a disc."""
    parts.bands(c, p)
    with c.at(104, 92, -1.5):
        parts.sheet(c, 660, 640, p.paper, 22)
        c.rect(40, 40, 580, 150, p.accent_tint, 16)
        rows = c.wrap(s.title.replace("\n", " "), 36, "title", 520)[:2]
        for i, row in enumerate(rows):
            c.text(
                68,
                115 + (i - (len(rows) - 1) / 2) * 44,
                row,
                c.fit(row, 36, "title", 524),
                p.ink,
                "title",
                "lm",
            )
        for i, name in enumerate(s.items[:4]):
            y = 236 + i * 98
            c.text(56, y + 22, str(i + 1), 36, p.accent, "title", "lm")
            c.text(100, y + 10, name, c.fit(name, 27, "semibold", 500), p.ink, "semibold", "lm")
            parts.strokes(c, 100, y + 34, 500, 2, p.rule, 18)
    _disc(c, 930, 330, 160, p, "question")
    value, label = figure(s, 0, ("48 h", "Réponse écrite et sourcée"))
    c.text(930, 560, value, c.fit(value, 66, "title", 320), p.on_bg, "title", "mm")
    c.text(930, 622, label, c.fit(label, 25, "regular", 340), p.on_bg, "regular", "mm")


@style
def question_bubbles(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """The question in one bubble, the answer in another."""
    parts.bands(c, p)
    c.shadow(84, 96, 720, 220, 34, blur=20, drop=12, strength=0.18)
    c.polygon([(130, 300), (130, 372), (216, 300)], p.paper)
    c.rect(84, 96, 720, 220, p.paper, 34)
    rows = c.wrap(s.title.replace("\n", " "), 46, "title", 620)[:3]
    for i, row in enumerate(rows):
        c.text(
            132, 206 + (i - (len(rows) - 1) / 2) * 54, row, c.fit(row, 46, "title", 624), p.ink, "title", "lm"
        )
    c.shadow(330, 392, 780, 320, 34, blur=20, drop=12, strength=0.22)
    c.polygon([(1060, 690), (1060, 766), (970, 690)], p.main)
    c.rect(330, 392, 780, 320, p.main, 34)
    for i, name in enumerate(s.items[:3]):
        y = 456 + i * 66
        c.circle(396, y, 20, mix(p.main, "#FFFFFF", 0.2))
        parts.tick(c, 396, y, 18, "#FFFFFF", 4)
        c.text(436, y, name, c.fit(name, 29, "semibold", 620), "#FFFFFF", "semibold", "lm")
    value, label = figure(s, 0, ("24 h", "réponse écrite"))
    text = f"{value} \u2013 {label}"
    c.text(378, 664, text, c.fit(text, 24, "regular", 620), parts.wash(p.main, 0.8), "regular", "lm")
    _disc(c, 964, 206, 118, p, "question")


@style
def question_letter(c: Canvas, s: Cover, p: Palette, r: Random) -> None:
    """An answer coming out of its envelope."""
    parts.bands(c, p)
    c.shadow(250, 330, 700, 400, 18, blur=24, drop=16, strength=0.24)
    c.rect(250, 330, 700, 400, p.main, 18)
    with c.at(306, 92, -1):
        parts.sheet(c, 588, 480, p.paper, 12)
        parts.titled(c, 48, 44, s.title, 42, p.ink, 490)
        for i, name in enumerate(s.items[:3]):
            y = 186 + i * 62
            c.circle(62, y, 9, p.accent)
            c.text(88, y, name, c.fit(name, 27, "regular", 450), p.ink, "regular", "lm")
    side = mix(p.main, "#FFFFFF", 0.12)
    c.polygon([(250, 348), (600, 590), (250, 730)], side)
    c.polygon([(950, 348), (600, 590), (950, 730)], side)
    front = mix(p.main, "#FFFFFF", 0.2)
    c.polygon([(250, 716), (600, 500), (950, 716), (936, 730), (264, 730)], front)
    _disc(c, 940, 250, 112, p, "question")
    value, label = figure(s, 0, ("48 h", ""))
    c.text(
        600,
        676,
        f"{value} {label}".strip(),
        c.fit(f"{value} {label}", 34, "title", 420),
        "#FFFFFF",
        "title",
        "mm",
    )
