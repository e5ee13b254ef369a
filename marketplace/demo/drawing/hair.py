"""The haircuts of the portraits, behind the neck and in front of the forehead."""

from __future__ import annotations

from marketplace.demo.drawing.canvas import Canvas, Colour, mix
from marketplace.demo.drawing.geometry import Point, arc_points, bezier, smooth
from marketplace.demo.drawing.looks import SKINS, Look


def hair_behind(c: Canvas, look: Look, hair: Colour) -> None:
    """The part of the hair behind the neck and shoulders."""
    dark = mix(hair, "#000000", 0.18)
    kind = look.hair
    if kind == "long":
        c.polygon(
            smooth(
                [
                    (-96, -40),
                    (-60, -128),
                    (0, -142),
                    (60, -128),
                    (96, -40),
                    (104, 80),
                    (112, 190),
                    (60, 214),
                    (-60, 214),
                    (-112, 190),
                    (-104, 80),
                ],
                closed=True,
            ),
            dark,
        )
    elif kind == "wavy":
        c.polygon(
            smooth(
                [
                    (-98, -40),
                    (-64, -130),
                    (0, -146),
                    (64, -130),
                    (98, -40),
                    (118, 20),
                    (104, 70),
                    (126, 120),
                    (112, 178),
                    (60, 200),
                    (-60, 200),
                    (-112, 178),
                    (-126, 120),
                    (-104, 70),
                    (-118, 20),
                ],
                closed=True,
            ),
            dark,
        )
    elif kind in ("bob", "fringe"):
        c.polygon(
            smooth(
                [
                    (-94, -40),
                    (-62, -126),
                    (0, -142),
                    (62, -126),
                    (94, -40),
                    (104, 30),
                    (102, 96),
                    (70, 118),
                    (-70, 118),
                    (-102, 96),
                    (-104, 30),
                ],
                closed=True,
            ),
            dark,
        )
    elif kind == "lob":
        c.polygon(
            smooth(
                [
                    (-94, -40),
                    (-62, -128),
                    (0, -144),
                    (62, -128),
                    (94, -40),
                    (102, 50),
                    (108, 140),
                    (64, 158),
                    (-64, 158),
                    (-108, 140),
                    (-102, 50),
                ],
                closed=True,
            ),
            dark,
        )
    elif kind == "afro":
        for x, y, radius in ((0, -76, 106), (-78, -30, 72), (78, -30, 72), (-62, -96, 70), (62, -96, 70)):
            c.circle(x, y, radius, hair)
    elif kind == "curly":
        for x, y, radius in (
            (-86, -50, 46),
            (86, -50, 46),
            (-100, 10, 42),
            (100, 10, 42),
            (-98, 66, 40),
            (98, 66, 40),
            (-76, 108, 34),
            (76, 108, 34),
            (0, -100, 74),
        ):
            c.circle(x, y, radius, dark)
    elif kind == "bun":
        c.circle(0, -150, 44, hair)
        c.ring(0, -150, 44, 5, 120, 240, mix(hair, "#000000", 0.25))
    elif kind == "lowbun":
        c.ellipse(64, 74, 46, 42, dark)
    elif kind == "ponytail":
        c.polygon(
            smooth(
                [(40, -120), (104, -96), (124, -20), (118, 80), (132, 160), (96, 178), (76, 110), (80, 20)],
                closed=True,
            ),
            dark,
        )
    elif kind == "braids":
        for side in (-1, 1):
            for n in range(3):
                x = side * (66 + n * 16)
                c.line([(x, -20), (x + side * 7, 178)], dark, 16)
                for step in range(11):
                    c.ellipse(
                        x + side * step * 0.6, -14 + step * 19, 10, 13, dark if (n + step) % 2 else hair
                    )
    elif kind == "locs":
        for side in (-1, 1):
            for n in range(4):
                x = side * (64 + n * 14)
                c.line([(x * 0.8, -70), (x, 20), (x + side * 4, 112 - n * 6)], dark if n % 2 else hair, 16)


def hair_front(c: Canvas, look: Look, hair: Colour) -> None:
    """The part of the hair on the forehead and temples."""
    kind = look.hair
    w = (80 if look.man else 75) * look.width
    light = mix(hair, "#FFFFFF", 0.14)

    def cap(*hairline: Point, rise: float = 138, side: float = 10, low: float = 8) -> None:
        """Hair from ear to ear over the skull; the hairline is read from right to left."""
        outer = bezier(
            ((-w - side + 4, low), (-w - side - 4, -92), (-w * 0.74, -rise), (0, -rise)),
            ((w * 0.74, -rise), (w + side + 4, -92), (w + side - 4, low)),
            steps=18,
        )
        inner = w - 2 if low < 40 else w + side - 10
        temples = [] if low < 40 else [(w - 3, 30)]
        mirrored = [(-x, y) for x, y in temples]
        c.polygon(outer + smooth([(inner, low), *temples, *hairline, *mirrored, (-inner, low)]), hair)

    def shine(*points: Point, width: float = 6) -> None:
        c.line(smooth(points), light, width)

    if kind == "side":
        cap((w - 6, -44), (44, -70), (4, -64), (-34, -82), (-58, -66), (-w + 5, -36), rise=140)
        shine((-30, -112), (14, -122), (52, -106))
    elif kind == "quiff":
        cap((w - 6, -40), (54, -70), (20, -84), (-20, -84), (-54, -70), (-w + 6, -40), rise=132)
        c.polygon(
            smooth(
                [
                    (-64, -84),
                    (-62, -124),
                    (-20, -152),
                    (36, -156),
                    (74, -128),
                    (72, -92),
                    (40, -78),
                    (0, -80),
                    (-36, -76),
                ],
                closed=True,
            ),
            hair,
        )
        shine((-34, -112), (4, -134), (48, -126))
    elif kind == "crop":
        cap((w - 5, -42), (52, -78), (0, -84), (-52, -78), (-w + 5, -42), rise=126, side=5)
    elif kind == "buzz":
        cap((w - 4, -48), (54, -82), (0, -92), (-54, -82), (-w + 4, -48), rise=118, side=2, low=-4)
    elif kind == "back":
        cap((w - 6, -34), (60, -78), (22, -98), (-22, -98), (-60, -78), (-w + 6, -34), rise=138, side=8)
        shine((-30, -108), (-22, -122), (-12, -130), width=4)
        shine((0, -106), (2, -122), (6, -132), width=4)
        shine((28, -108), (26, -122), (24, -130), width=4)
    elif kind == "receding":
        cap(
            (w - 6, -34), (60, -72), (46, -100), (22, -96), (0, -86), (-22, -96), (-46, -100), (-60, -72), (-w + 6, -34),
            rise=124, side=5, low=2,
        )  # fmt: skip
    elif kind == "bald":
        for sign in (-1, 1):
            c.polygon(
                smooth(
                    [
                        (sign * (w - 2), 12),
                        (sign * (w + 8), -10),
                        (sign * (w + 4), -46),
                        (sign * (w - 4), -62),
                        (sign * (w - 8), -34),
                    ],
                    closed=True,
                ),
                hair,
            )
        c.line(smooth([(-26, -94), (-6, -102), (14, -100)]), mix(SKINS[look.skin], "#FFFFFF", 0.35), 6)
    elif kind == "curlytop":
        cap((w - 5, -40), (50, -74), (0, -80), (-50, -74), (-w + 5, -40), rise=124, side=5)
        for x, y, radius in (
            (-62, -92, 28),
            (-34, -116, 32),
            (0, -124, 34),
            (36, -116, 32),
            (64, -92, 28),
            (-20, -92, 24),
            (22, -92, 24),
        ):
            c.circle(x, y, radius, hair)
        for x, y in ((-40, -122), (2, -132), (40, -120), (-14, -100), (28, -98)):
            c.line(arc_points(x, y, 11, 11, 200, 330), light, 4)
    elif kind == "shortafro":
        cap((w - 5, -44), (50, -80), (0, -86), (-50, -80), (-w + 5, -44), rise=142, side=12)
    elif kind == "mediumwave":
        cap(
            (w - 6, -30),
            (60, -62),
            (30, -80),
            (-8, -74),
            (-40, -60),
            (-62, -36),
            (-w + 4, -10),
            rise=146,
            side=16,
            low=22,
        )
        shine((-44, -104), (-6, -126), (40, -118))
    elif kind in ("long", "lob"):
        cap(
            (w - 6, -18),
            (52, -58),
            (8, -92),
            (-6, -96),
            (-30, -82),
            (-58, -48),
            (-w + 6, -14),
            rise=144,
            side=17,
            low=112,
        )
        shine((22, -116), (56, -96), (74, -60))
    elif kind == "wavy":
        cap(
            (w - 8, 6),
            (60, -44),
            (22, -88),
            (0, -100),
            (-34, -78),
            (-58, -50),
            (-w + 8, 0),
            rise=148,
            side=20,
            low=104,
        )
        shine((20, -122), (58, -100), (78, -56))
    elif kind == "bob":
        cap(
            (w - 6, 0),
            (60, -44),
            (40, -70),
            (-10, -86),
            (-44, -94),
            (-62, -54),
            (-w + 6, -6),
            rise=144,
            side=16,
            low=84,
        )
        shine((-20, -118), (30, -114), (66, -82))
    elif kind == "fringe":
        cap(
            (w - 6, 0),
            (w - 14, -34),
            (40, -40),
            (0, -42),
            (-40, -40),
            (-w + 14, -34),
            (-w + 6, 0),
            rise=144,
            side=16,
            low=84,
        )
        shine((-44, -92), (0, -104), (46, -90))
    elif kind == "pixie":
        cap(
            (w - 4, -20),
            (62, -48),
            (30, -58),
            (-10, -74),
            (-46, -88),
            (-62, -54),
            (-w + 4, -18),
            rise=140,
            side=10,
            low=16,
        )
        shine((-10, -112), (30, -108), (60, -82))
    elif kind in ("bun", "lowbun", "ponytail"):
        cap((w - 5, -26), (52, -72), (20, -94), (-8, -98), (-40, -80), (-w + 6, -28), rise=136, side=9, low=4)
        shine((-14, -118), (26, -114), (58, -86), width=5)
    elif kind == "afro":
        cap((w - 6, -34), (52, -70), (0, -80), (-52, -70), (-w + 6, -34), rise=134, side=14, low=10)
    elif kind == "curly":
        cap((w - 8, -20), (52, -66), (0, -78), (-52, -66), (-w + 8, -20), rise=140, side=16, low=30)
        for x, y, radius in (
            (-70, -84, 34),
            (-34, -114, 36),
            (8, -122, 38),
            (48, -108, 36),
            (76, -76, 32),
            (-84, -36, 28),
            (88, -34, 28),
            (-28, -86, 26),
            (24, -90, 28),
        ):
            c.circle(x, y, radius, hair)
        for x, y in ((-46, -118), (6, -132), (54, -114), (-76, -84), (80, -78)):
            c.line(arc_points(x, y, 13, 13, 190, 320), light, 4)
    elif kind == "braids":
        cap(
            (w - 6, -14),
            (50, -66),
            (4, -100),
            (-4, -100),
            (-50, -66),
            (-w + 6, -14),
            rise=138,
            side=14,
            low=40,
        )
        for n in range(-3, 4):
            c.line(smooth([(n * 7, -100), (n * 12, -108), (n * 16, -116)]), light, 3)
    elif kind == "locs":
        cap((w - 6, -30), (50, -76), (0, -88), (-50, -76), (-w + 6, -30), rise=142, side=14, low=24)
        for n in range(-2, 3):
            c.line(smooth([(n * 18, -90), (n * 24, -112), (n * 24, -134)]), light, 4)
