"""People: a bust drawn in flat shapes, from a skin, a haircut, clothes and a few features."""

from __future__ import annotations

from random import Random

from marketplace.demo.drawing.canvas import Canvas, Colour, mix
from marketplace.demo.drawing.clothes import bust
from marketplace.demo.drawing.geometry import Point, arc_points, bezier, smooth
from marketplace.demo.drawing.hair import hair_behind, hair_front
from marketplace.demo.drawing.looks import BACKGROUNDS, HAIR_COLOURS, SKINS, Look

SIZE = 512
ZOOM = 1.2
EYE = "#2B1F1B"
DARK = ("brown", "deep", "ebony")


def draw(look: Look, seed: str) -> Canvas:
    """The portrait of a look; the seed only decides tiny things, such as the tilt of the head."""
    r = Random(seed)
    ground = BACKGROUNDS[look.background]
    c = Canvas((SIZE, SIZE), ground, oversample=3)
    c.circle(256 + r.choice((-150, 150)), 150, 240, mix(ground, "#FFFFFF", 0.22))
    skin = SKINS[look.skin]
    hair = HAIR_COLOURS[look.hair_colour]
    tilt = r.choice((-3.0, -2.0, 2.0, 3.0))
    with c.at(256 - 256 * ZOOM, 306 - 280 * ZOOM, 0, ZOOM):
        with c.at(256, 240, tilt):
            hair_behind(c, look, hair)
        bust(c, look, skin)
        with c.at(256, 240, tilt):
            head(c, look, skin, hair)
    return c


def face_shape(look: Look, grow: float = 0.0) -> list[Point]:
    """The outline of the face around the origin."""
    w = (80 if look.man else 75) * look.width + grow
    jaw = w * (0.83 if look.man else 0.72)
    chin = (112 if look.man else 106) + grow
    top = -112 - grow
    return bezier(
        ((-w, -18), (-w, -92), (-w * 0.62, top), (0, top)),
        ((w * 0.62, top), (w, -92), (w, -18)),
        ((w, 26), (jaw + 4, 66), (jaw * 0.62, 92 + grow)),
        ((jaw * 0.36, chin), (-jaw * 0.36, chin), (-jaw * 0.62, 92 + grow)),
        ((-jaw - 4, 66), (-w, 26), (-w, -18)),
        steps=18,
    )


def head(c: Canvas, look: Look, skin: Colour, hair: Colour) -> None:
    """Ears, face, features, beard, hair and glasses, in that order."""
    shade = mix(skin, "#6A3020", 0.22)
    w = (80 if look.man else 75) * look.width
    if look.ears:
        for side in (-1, 1):
            c.ellipse(side * (w + 3), 8, 15, 23, skin)
            c.ellipse(side * (w + 4), 8, 7, 13, shade)
            if look.earrings:
                c.circle(side * (w + 5), 36, 7, look.accent)
    c.polygon(face_shape(look), skin)
    for side in (-1, 1):
        c.ellipse(side * 43, 37, 15, 10.5, mix(skin, "#E2513F", 0.09 if look.skin in DARK else 0.15))
    if look.beard:
        beard(c, look, skin, hair)
    features(c, look, skin, hair)
    hair_front(c, look, hair)
    if look.glasses:
        glasses(c, look)


def features(c: Canvas, look: Look, skin: Colour, hair: Colour) -> None:
    """Eyes, brows, nose and mouth."""
    brow = (
        mix(hair, "#2A1A12", 0.35)
        if look.hair_colour not in ("grey", "white", "silver")
        else mix(hair, "#3A3A3A", 0.4)
    )
    line = mix(skin, "#5A2014", 0.42)
    for side in (-1, 1):
        c.ellipse(side * 31, 0, 6.4, 7.8, EYE)
        c.circle(side * 31 + 2, -2.6, 2, "#FFFFFF")
        if not look.man:
            lash = bezier(((side * 21, -5), (side * 25, -12), (side * 36, -12), (side * 42, -4)), steps=10)
            c.line(lash, EYE, 3)
        height = -27 if look.man else -25
        thick = 7 if look.man else 4.6
        arch = bezier(
            (
                (side * 17, height + 3),
                (side * 25, height - 5),
                (side * 38, height - 6),
                (side * 48, height + 3),
            ),
            steps=12,
        )
        c.line(arch, brow, thick)
    nose = bezier(((1, 6), (4, 18), (12, 28), (7, 33)), ((3, 36), (-3, 36), (-7, 33)), steps=8)
    c.line(nose, mix(skin, "#6A2A1C", 0.3), 4)
    if look.mouth == "open":
        top = bezier(((-25, 54), (-12, 58), (12, 58), (25, 54)), steps=12)
        bottom = bezier(((25, 54), (20, 80), (-20, 80), (-25, 54)), steps=14)
        c.polygon(top + bottom, "#8C2F2B" if look.man else mix(look.lips, "#5A0F14", 0.25))
        c.polygon(top + bezier(((25, 54), (18, 67), (-18, 67), (-25, 54)), steps=12), "#FFFFFF")
    elif look.man:
        c.line(bezier(((-22, 58), (-12, 68), (12, 68), (23, 56)), steps=14), line, 5)
    else:
        upper = bezier(((-21, 58), (-12, 52), (-5, 51), (0, 54)), ((5, 51), (12, 52), (21, 58)), steps=8)
        lower = bezier(((21, 58), (13, 72), (-13, 72), (-21, 58)), steps=12)
        c.polygon(upper + lower, look.lips)
        c.line(
            bezier(((-22, 57), (-10, 62), (10, 62), (22, 57)), steps=12), mix(look.lips, "#3A0A10", 0.4), 2.4
        )
    if look.older:
        soft = mix(skin, "#6A2A1C", 0.16)
        for side in (-1, 1):
            c.line(
                bezier(((side * 26, 36), (side * 34, 42), (side * 36, 50), (side * 35, 56)), steps=8),
                soft,
                2.6,
            )
            if not look.glasses:
                c.line([(side * 48, 2), (side * 56, -1)], soft, 2.2)
                c.line([(side * 48, 8), (side * 55, 10)], soft, 2.2)


def beard(c: Canvas, look: Look, skin: Colour, hair: Colour) -> None:
    """Stubble, a short or full beard, a goatee or a moustache."""
    tone = mix(skin, hair, 0.22) if look.beard == "stubble" else mix(hair, skin, 0.06)
    w = 80 * look.width
    jaw = w * 0.83
    deep = 128 if look.beard == "full" else 114
    if look.beard in ("stubble", "short", "full"):
        outline = bezier(
            ((-w + 1, 4), (-w + 1, 40), (-jaw - 2, 72), (-jaw * 0.62, 95)),
            ((-jaw * 0.34, deep), (jaw * 0.34, deep), (jaw * 0.62, 95)),
            ((jaw + 2, 72), (w - 1, 40), (w - 1, 4)),
            ((w - 8, 34), (58, 44), (34, 43)),
            ((20, 40), (8, 42), (0, 44)),
            ((-8, 42), (-20, 40), (-34, 43)),
            ((-58, 44), (-w + 8, 34), (-w + 1, 4)),
            steps=12,
        )
        c.polygon(outline, tone)
        if look.beard != "stubble" and look.mouth != "open":
            c.ellipse(0, 62, 25, 11.5, mix(skin, "#C2564A", 0.22))
    elif look.beard == "goatee":
        c.polygon(
            smooth(
                [(-30, 48), (0, 42), (30, 48), (32, 74), (22, 106), (0, 116), (-22, 106), (-32, 74)],
                closed=True,
            ),
            tone,
        )
        c.ellipse(0, 63, 24, 13, skin)
    if look.beard in ("moustache",):
        c.polygon(
            smooth(
                [(-32, 54), (-16, 42), (0, 45), (16, 42), (32, 54), (14, 53), (0, 51), (-14, 53)], closed=True
            ),
            tone,
        )


def glasses(c: Canvas, look: Look) -> None:
    """Two lenses, a bridge and the beginning of the arms."""
    tone = look.frame
    for side in (-1, 1):
        x = side * 32
        if look.glasses == "round":
            c.line(arc_points(x, 1, 24, 24, 0, 360), tone, 4.6, closed=True)
        else:
            shape = smooth(
                [
                    (x - 25, -14),
                    (x, -17),
                    (x + 25, -14),
                    (x + 24, 10),
                    (x + 10, 19),
                    (x - 10, 19),
                    (x - 24, 10),
                ],
                closed=True,
                steps=6,
            )
            c.line(shape, tone, 5, closed=True)
        c.line([(side * 57, -4), (side * 78, -8)], tone, 4.6)
    c.line(bezier(((-8, -3), (-4, -8), (4, -8), (8, -3)), steps=8), tone, 4.6)
