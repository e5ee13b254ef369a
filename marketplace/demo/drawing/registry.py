"""Compositions by name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from marketplace.demo.drawing.canvas import Canvas
from marketplace.demo.drawing.palettes import Palette
from marketplace.demo.model import Cover

Composition = Callable[[Canvas, Cover, Palette, Random], None]
STYLES: dict[str, Composition] = {}


def style(function: Composition) -> Composition:
    """Make a composition available under its own name."""
    STYLES[function.__name__] = function
    return function


def item(s: Cover, index: int, default: str = "") -> str:
    """The item at an index, or the default."""
    return s.items[index] if index < len(s.items) else default


def figure(s: Cover, index: int, default: tuple[str, str]) -> tuple[str, str]:
    """The figure at an index, or the default."""
    return s.figures[index] if index < len(s.figures) else default
