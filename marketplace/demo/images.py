"""Every picture of the demo world, drawn by code: nothing to license, nothing to download.

`cover(spec)` is the first image of an offer, `gallery(spec, n)` the following ones, `portrait(key)`
the photo of a person. The same spec or key always gives the same picture.
"""

from __future__ import annotations

from random import Random

from PIL import Image

from marketplace.demo.drawing import boards, documents, plans, screens, talks  # noqa: F401
from marketplace.demo.drawing.canvas import Canvas
from marketplace.demo.drawing.gallery import plan
from marketplace.demo.drawing.looks import LOOKS, anyone
from marketplace.demo.drawing.palettes import PALETTES
from marketplace.demo.drawing.portraits import draw
from marketplace.demo.drawing.registry import STYLES
from marketplace.demo.model import Cover

SIZE = (1200, 800)


def cover(spec: Cover, size: tuple[int, int] = SIZE) -> Image.Image:
    """The main image of an offer, in RGB."""
    palette = PALETTES[spec.palette]
    canvas = Canvas(SIZE, palette.bg)
    STYLES[spec.style](canvas, spec, palette, Random(f"{spec.style}|{spec.seed}"))
    return _sized(canvas, size)


def gallery(spec: Cover, n: int = 2, size: tuple[int, int] = SIZE) -> list[Image.Image]:
    """Up to `n` (at most 4) further images on the same subject, each of another kind."""
    images = []
    for number, (view, palette) in enumerate(plan(spec)[:n]):
        canvas = Canvas(SIZE, palette.bg)
        view(canvas, spec, palette, Random(f"{number}|{spec.seed}"))
        images.append(_sized(canvas, size))
    return images


def _sized(canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    picture = canvas.image()
    return picture if size == SIZE else picture.resize(size, Image.Resampling.LANCZOS)


def portrait(key: str, size: int = 512, woman: bool | None = None) -> Image.Image:
    """The illustrated photo of a person, in RGB, square; `woman` guides the look of unnamed keys."""
    look = LOOKS.get(key) or anyone(key, woman)
    picture = draw(look, key).image()
    return picture if size == picture.width else picture.resize((size, size), Image.Resampling.LANCZOS)
