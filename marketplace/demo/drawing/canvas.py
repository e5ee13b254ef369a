"""A small vector canvas over Pillow.

Everything is drawn once, in place, at `OVERSAMPLE` times the final size, then reduced with a box
filter: that is the antialiasing. Rotation is applied to the geometry, not to pixels, so a tilted
sheet of paper costs no more than a straight one. Coordinates and sizes are those of the final
image; `at()` opens a rotated and scaled frame inside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

from marketplace.demo.drawing.geometry import Point, arc_points, between, rounded

FONTS = Path(__file__).resolve().parent.parent / "fonts"
OVERSAMPLE = 2
FACES = {
    "regular": "Figtree-Regular.ttf",
    "semibold": "Figtree-SemiBold.ttf",
    "bold": "Figtree-Bold.ttf",
    "title": "BricolageGrotesque-Bold.ttf",
    "heading": "BricolageGrotesque-SemiBold.ttf",
}

Colour = str | tuple[int, int, int]


@lru_cache(maxsize=512)
def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The shipped face at a size in pixels."""
    return ImageFont.truetype(str(FONTS / FACES[face]), pixels)


def rgb(colour: Colour) -> tuple[int, int, int]:
    """Any colour as three integers."""
    return ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else colour


def mix(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """`first` with `share` (0 to 1) of `second` in it."""
    a, b = rgb(first), rgb(second)
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


class Canvas:
    """An image being drawn. Call `image()` once, at the end."""

    def __init__(self, size: tuple[int, int], background: Colour, oversample: int = OVERSAMPLE) -> None:
        self.size = size
        self.over = oversample
        self._image = Image.new("RGB", (size[0] * oversample, size[1] * oversample), rgb(background))
        self._draw = ImageDraw.Draw(self._image)
        self._frame = (0.0, 0.0, 0.0, 1.0)

    def image(self) -> Image.Image:
        """The finished picture at its final size."""
        return self._image.reduce(self.over)

    # -- frames -----------------------------------------------------------------------------------

    @contextmanager
    def at(self, x: float, y: float, angle: float = 0.0, scale: float = 1.0) -> Iterator[None]:
        """Draw with the origin at (x, y), turned clockwise by `angle` degrees and scaled."""
        before = self._frame
        ox, oy = self._place((x, y))
        self._frame = (ox, oy, before[2] + angle, before[3] * scale)
        try:
            yield
        finally:
            self._frame = before

    def _place(self, point: Point) -> Point:
        """A point of the current frame, in final-image coordinates."""
        ox, oy, angle, scale = self._frame
        x, y = point[0] * scale, point[1] * scale
        if not angle:
            return ox + x, oy + y
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        return ox + x * cos - y * sin, oy + x * sin + y * cos

    def _pixels(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.over, y * self.over) for x, y in map(self._place, points)]

    # -- shapes -----------------------------------------------------------------------------------

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self._draw.polygon(self._pixels(points), fill=rgb(fill))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour | None = None,
        radius: float = 0,
        outline: Colour | None = None,
        stroke: float = 1.5,
    ) -> None:
        """A rectangle, its corners rounded by `radius`, with an optional border drawn inside."""
        if width <= 0 or height <= 0:
            return
        if outline is not None:
            self.polygon(rounded(x, y, width, height, radius), outline)
            inner = max(0.0, radius - stroke)
            x, y, width, height, radius = (
                x + stroke,
                y + stroke,
                width - 2 * stroke,
                height - 2 * stroke,
                inner,
            )
        if fill is not None:
            self.polygon(rounded(x, y, width, height, radius), fill)

    def circle(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.ellipse(x, y, radius, radius, fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """An ellipse by its centre and radii."""
        self.polygon(arc_points(x, y, rx, ry, 0, 360), fill)

    def ring(
        self,
        x: float,
        y: float,
        radius: float,
        thickness: float,
        start: float,
        end: float,
        fill: Colour,
    ) -> None:
        """Part of a ring, in degrees clockwise from noon."""
        outer = arc_points(x, y, radius, radius, start - 90, end - 90)
        inner = arc_points(x, y, radius - thickness, radius - thickness, end - 90, start - 90)
        self.polygon(outer + inner, fill)

    def line(
        self,
        points: Sequence[Point],
        fill: Colour,
        width: float = 2,
        closed: bool = False,
        caps: bool = True,
    ) -> None:
        """A polyline with round joins and ends."""
        points = list(points) + ([points[0]] if closed else [])
        pixels = self._pixels(points)
        stroke = max(1, round(width * self._frame[3] * self.over))
        self._draw.line(pixels, fill=rgb(fill), width=stroke, joint="curve")
        if caps and stroke > 3:
            half = stroke / 2 - 0.5
            for px, py in (pixels[0], pixels[-1]):
                self._draw.ellipse((px - half, py - half, px + half, py + half), fill=rgb(fill))

    def dashes(self, start: Point, end: Point, fill: Colour, width: float = 2, dash: float = 8) -> None:
        """A straight dashed line."""
        length = math.dist(start, end)
        steps = max(1, int(length / (dash * 2)))
        for step in range(steps + 1):
            a, b = (
                min(1.0, step * 2 * dash / length),
                min(1.0, (step * 2 + 1) * dash / length),
            )
            if b > a:
                self.line(
                    [between(start, end, a), between(start, end, b)],
                    fill,
                    width,
                    caps=False,
                )

    def shadow(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float = 10,
        blur: float = 18,
        drop: float = 12,
        strength: float = 0.22,
        colour: Colour = "#04191D",
    ) -> None:
        """The soft shadow of a rounded rectangle, drawn coarse then enlarged."""
        corners = [self._place(p) for p in rounded(x, y, width, height, radius)]
        blur, drop = blur * self._frame[3], drop * self._frame[3]
        corners = [(px, py + drop) for px, py in corners]
        margin = blur * 2.7
        left, top = (
            min(p[0] for p in corners) - margin,
            min(p[1] for p in corners) - margin,
        )
        right, bottom = (
            max(p[0] for p in corners) + margin,
            max(p[1] for p in corners) + margin,
        )
        left, top = max(left, -margin), max(top, -margin)
        right, bottom = (
            min(right, self.size[0] + margin),
            min(bottom, self.size[1] + margin),
        )
        if right <= left or bottom <= top:
            return
        coarse = 8 if blur > 9 else 4
        small = Image.new(
            "L", (max(2, int((right - left) / coarse)), max(2, int((bottom - top) / coarse))), 0
        )
        ImageDraw.Draw(small).polygon(
            [((px - left) / coarse, (py - top) / coarse) for px, py in corners], fill=round(255 * strength)
        )
        small = small.filter(ImageFilter.GaussianBlur(blur / coarse))
        for box in self._around((left, top, right, bottom), (x, y, width, height), radius):
            self._darken(small, (left, top), coarse, box, rgb(colour))

    def _around(
        self,
        outer: tuple[float, float, float, float],
        shape: tuple[float, float, float, float],
        radius: float,
    ) -> list[tuple[int, int, int, int]]:
        """The four strips of `outer` left visible by the shape that is about to be drawn, in pixels."""
        x, y, width, height = shape
        inset = 0.3 * min(radius, width / 2, height / 2) + 1
        corners = [
            self._place(p)
            for p in (
                (x + inset, y + inset), (x + width - inset, y + inset),
                (x + width - inset, y + height - inset), (x + inset, y + height - inset),
            )
        ]  # fmt: skip
        left, top = max(corners[0][0], corners[3][0]), max(corners[0][1], corners[1][1])
        right, bottom = min(corners[1][0], corners[2][0]), min(corners[2][1], corners[3][1])
        frame = (0.0, 0.0, float(self.size[0]), float(self.size[1]))
        outer = (
            max(outer[0], frame[0]),
            max(outer[1], 0.0),
            min(outer[2], frame[2]),
            min(outer[3], frame[3]),
        )
        if right <= left or bottom <= top:
            strips = [outer]
        else:
            left, top = max(left, outer[0]), max(top, outer[1])
            right, bottom = min(right, outer[2]), min(bottom, outer[3])
            strips = [
                (outer[0], outer[1], outer[2], top),
                (outer[0], bottom, outer[2], outer[3]),
                (outer[0], top, left, bottom),
                (right, top, outer[2], bottom),
            ]
        pixels = [tuple(round(v * self.over) for v in strip) for strip in strips]
        return [box for box in pixels if box[2] > box[0] and box[3] > box[1]]  # type: ignore[misc]

    def _darken(
        self,
        small: Image.Image,
        origin: Point,
        coarse: int,
        box: tuple[int, int, int, int],
        colour: tuple[int, int, int],
    ) -> None:
        """Blend a part of a coarse mask over the picture."""
        reach = self.over * coarse
        source = (
            box[0] / reach - origin[0] / coarse, box[1] / reach - origin[1] / coarse,
            box[2] / reach - origin[0] / coarse, box[3] / reach - origin[1] / coarse,
        )  # fmt: skip
        source = (
            max(0, source[0]),
            max(0, source[1]),
            min(small.width, source[2]),
            min(small.height, source[3]),
        )
        if source[2] <= source[0] or source[3] <= source[1]:
            return
        mask = small.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR, box=source)
        self._image.paste(colour, box[:2], mask)

    # -- text -------------------------------------------------------------------------------------

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: Colour,
        face: str = "regular",
        anchor: str = "la",
    ) -> None:
        """One line of text; `anchor` as Pillow names it (la = left top, mm = middle, rs = right baseline)."""
        angle, scale = self._frame[2], self._frame[3]
        type_ = font(face, max(1, round(size * scale * self.over)))
        px, py = self._pixels([(x, y)])[0]
        if abs(angle) < 0.01:
            self._draw.text((px, py), text, font=type_, fill=rgb(fill), anchor=anchor)
            return
        x0, y0, x1, y1 = type_.getbbox(text, anchor=anchor)
        pad = 2
        mask = Image.new("L", (round(x1 - x0) + 2 * pad, round(y1 - y0) + 2 * pad), 0)
        ImageDraw.Draw(mask).text((pad - x0, pad - y0), text, font=type_, fill=255, anchor=anchor)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        cx = px + middle[0] * cos - middle[1] * sin
        cy = py + middle[0] * sin + middle[1] * cos
        mask = mask.rotate(-angle, Image.Resampling.BILINEAR, expand=True)
        self._image.paste(rgb(fill), (round(cx - mask.width / 2), round(cy - mask.height / 2)), mask)

    def width(self, text: str, size: float, face: str = "regular") -> float:
        """How wide a line of text is, in the units of the current frame."""
        return font(face, max(1, round(size * 3))).getlength(text) / 3

    def fit(self, text: str, size: float, face: str, width: float, smallest: float = 11) -> float:
        """The largest size, at most `size`, at which the line holds in `width`."""
        measured = self.width(text, size, face)
        return size if measured <= width else max(smallest, size * width / measured)

    def wrap(self, text: str, size: float, face: str, width: float) -> list[str]:
        """The text cut into lines that hold in `width`; a newline forces a break."""
        lines: list[str] = []
        for part in text.split("\n"):
            line = ""
            for word in part.split(" "):
                trial = f"{line} {word}".strip()
                if line and self.width(trial, size, face) > width:
                    lines.append(line)
                    line = word
                else:
                    line = trial
            lines.append(line)
        return lines

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: Colour,
        width: float,
        face: str = "regular",
        leading: float = 1.3,
        most: int = 9,
    ) -> float:
        """Text wrapped in `width`; answers the height it took."""
        lines = self.wrap(text, size, face, width)[:most]
        for number, line in enumerate(lines):
            self.text(x, y + number * size * leading, line, size, fill, face)
        return len(lines) * size * leading
