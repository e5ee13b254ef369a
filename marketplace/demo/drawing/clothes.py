"""Neck, shoulders and clothes of a portrait."""

from __future__ import annotations

from marketplace.demo.drawing.canvas import Canvas, Colour, mix
from marketplace.demo.drawing.geometry import Point, bezier
from marketplace.demo.drawing.looks import Look


def bust(c: Canvas, look: Look, skin: Colour) -> None:
    """Neck, shoulders and clothes."""
    wide = 186 if look.man else 164
    slope = 22 if look.man else 30
    neck = 40 if look.man else 33
    shade = mix(skin, "#5A2A1E", 0.2)

    def shoulders(grow: float = 0.0) -> list[Point]:
        w = wide + grow
        return bezier(
            (
                (256 - neck - 12, 366 - grow),
                (256 - w * 0.55, 366 + slope - grow),
                (256 - w, 380 + slope - grow),
                (256 - w - 8, 520),
            ),
            ((256 - w, 540), (256 + w, 540), (256 + w + 8, 520)),
            (
                (256 + w, 380 + slope - grow),
                (256 + w * 0.55, 366 + slope - grow),
                (256 + neck + 12, 366 - grow),
            ),
            steps=20,
        )

    base = look.colour
    c.polygon(shoulders(), base)
    throat: list[Point] = [(256 - neck, 280), (256 + neck, 280), (256 + neck + 6, 372)]
    throat += bezier(((256 + neck + 6, 372), (290, 420), (222, 420), (256 - neck - 6, 372)))
    collar_dark, collar_light = mix(base, "#000000", 0.22), mix(base, "#FFFFFF", 0.2)
    shirt = look.shirt

    if look.clothes == "turtleneck":
        c.polygon([(256 - neck, 280), (256 + neck, 280), (256 + neck, 350), (256 - neck, 350)], skin)
        c.polygon(
            bezier(
                ((256 - neck, 300), (236, 336), (276, 336), (256 + neck, 300)),
                ((256 + neck, 318), (256 + neck, 322), (256 + neck - 2, 330)),
                steps=10,
            ),
            shade,
        )
        c.rect(256 - neck - 13, 334, 2 * neck + 26, 66, base, 16)
        c.rect(256 - neck - 13, 334, 2 * neck + 26, 22, collar_light, 11)
        return
    if look.clothes in ("blazer", "suit", "shirt"):
        inner = shirt
        if look.clothes != "shirt":
            c.polygon(
                [(256 - neck - 20, 362), (256 + neck + 20, 362), (256 + 74, 520), (256 - 74, 520)], inner
            )
        c.polygon(throat, skin)
        under_chin(c, neck, shade)
        if look.clothes == "shirt":
            c.polygon(shoulders(), base)
            c.polygon([(256 - neck - 4, 352), (256 + neck + 4, 352), (256 + 8, 432), (256 - 8, 432)], skin)
            under_chin(c, neck, shade)
            for side in (-1, 1):
                c.polygon(
                    [
                        (256 + side * (neck + 2), 344),
                        (256 + side * (neck + 24), 378),
                        (256 + side * 30, 424),
                        (256 + side * 4, 428),
                    ],
                    collar_light,
                )
            c.line([(256, 432), (256, 512)], collar_dark, 3)
            for y in (462, 496):
                c.circle(256, y, 4, collar_dark)
            return
        if look.clothes == "suit":
            c.polygon([(256 - neck - 4, 352), (256 + neck + 4, 352), (256, 404)], skin)
            under_chin(c, neck, shade)
            for side in (-1, 1):
                c.polygon(
                    [
                        (256 + side * (neck + 1), 346),
                        (256 + side * (neck + 18), 376),
                        (256 + side * 24, 424),
                        (256, 400),
                    ],
                    mix(inner, "#FFFFFF", 0.5),
                )
            tie = look.accent
            c.polygon(
                [(256 - 15, 400), (256 + 15, 400), (256 + 9, 428), (256 - 9, 428)], mix(tie, "#000000", 0.18)
            )
            c.polygon([(256 - 9, 428), (256 + 9, 428), (256 + 22, 520), (256 - 22, 520)], tie)
        else:
            if look.man:
                c.polygon([(256 - neck - 4, 352), (256 + neck + 4, 352), (256, 430)], skin)
            under_chin(c, neck, shade)
            if look.man:
                for side in (-1, 1):
                    c.polygon(
                        [
                            (256 + side * (neck + 1), 346),
                            (256 + side * (neck + 20), 380),
                            (256 + side * 30, 430),
                            (256 + side * 2, 424),
                        ],
                        mix(inner, "#FFFFFF", 0.4),
                    )
        for side in (-1, 1):
            lapel = [
                (256 + side * (neck + 12), 350),
                (256 + side * (neck + 66), 386),
                (256 + side * (neck + 44), 420),
                (256 + side * (neck + 58), 438),
                (256 + side * 26, 520),
                (256 + side * 20, 520),
            ]
            c.polygon(
                [
                    (256 + side * (neck + 10), 354),
                    (256 + side * (neck + 56), 384),
                    (256 + side * 120, 520),
                    (256 + side * 18, 520),
                ],
                base,
            )
            c.polygon(lapel, collar_light)
            c.line([lapel[0], (256 + side * 20, 520)], collar_dark, 3)
        return
    if look.clothes == "scarf":
        throat = [(256 - neck, 280), (256 + neck, 280), (256 + neck, 366), (256 - neck, 366)]
    c.polygon(throat, skin)
    under_chin(c, neck, shade)
    if look.clothes == "crew":
        outer = bezier(
            ((256 - neck - 16, 358), (256 - 30, 432), (256 + 30, 432), (256 + neck + 16, 358)), steps=20
        )
        inner_curve = bezier(
            ((256 + neck + 4, 358), (256 + 24, 412), (256 - 24, 412), (256 - neck - 4, 358)), steps=20
        )
        c.polygon(shoulders(), base)
        c.polygon(
            [
                (256 - neck, 290),
                (256 + neck, 290),
                *bezier(((256 + neck + 5, 358), (256 + 24, 414), (256 - 24, 414), (256 - neck - 5, 358))),
            ],
            skin,
        )
        under_chin(c, neck, shade)
        c.polygon(outer + inner_curve, collar_light)
    elif look.clothes == "vneck":
        c.polygon(shoulders(), base)
        c.polygon(
            [
                (256 - neck, 290),
                (256 + neck, 290),
                (256 + neck + 14, 362),
                (256, 470),
                (256 - neck - 14, 362),
            ],
            skin,
        )
        under_chin(c, neck, shade)
        for side in (-1, 1):
            c.polygon(
                [
                    (256 + side * (neck + 12), 354),
                    (256 + side * (neck + 32), 366),
                    (256 + side * 4, 486),
                    (256, 464),
                ],
                collar_light,
            )
    elif look.clothes == "blouse":
        c.polygon(shoulders(), base)
        c.polygon(
            [
                (256 - neck, 290),
                (256 + neck, 290),
                *bezier(((256 + neck + 22, 364), (256 + 40, 446), (256 - 40, 446), (256 - neck - 22, 364))),
            ],
            skin,
        )
        under_chin(c, neck, shade)
        necklace = bezier(
            ((256 - neck - 6, 360), (256 - 24, 424), (256 + 24, 424), (256 + neck + 6, 360)), steps=24
        )
        c.line(necklace, look.accent, 3)
        c.circle(256, 409, 8, look.accent)
    elif look.clothes == "scarf":
        c.polygon(
            bezier(
                ((256 - neck - 30, 352), (200, 420), (312, 420), (256 + neck + 30, 352)),
                ((256 + neck + 10, 330), (256 - neck - 10, 330), (256 - neck - 30, 352)),
                steps=16,
            ),
            look.accent,
        )
        c.polygon(
            bezier(
                ((256 - neck - 24, 350), (210, 392), (302, 392), (256 + neck + 24, 350)),
                ((256 + neck, 336), (256 - neck, 336), (256 - neck - 24, 350)),
                steps=16,
            ),
            mix(look.accent, "#FFFFFF", 0.22),
        )
        c.polygon([(270, 392), (322, 384), (336, 500), (282, 508)], look.accent)


def under_chin(c: Canvas, neck: float, shade: Colour) -> None:
    """The shadow of the jaw on the neck."""
    c.polygon(
        bezier(((256 - neck, 300), (256 - neck, 356), (256 + neck, 356), (256 + neck, 300)), steps=16), shade
    )
