"""Outlines as lists of points: arcs, rounded rectangles, curves."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]


def between(a: Point, b: Point, share: float) -> Point:
    """The point at `share` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def arc_points(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """Points along an elliptic arc, in degrees clockwise from three o'clock."""
    steps = max(6, min(120, int(abs(end - start) / 360 * (24 + max(rx, ry) * 0.6))))
    out = []
    for step in range(steps + 1):
        a = math.radians(start + (end - start) * step / steps)
        out.append((x + rx * math.cos(a), y + ry * math.sin(a)))
    return out


def rounded(x: float, y: float, width: float, height: float, radius: float) -> list[Point]:
    """The outline of a rounded rectangle."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    corners = [
        (x + width - r, y + r, -90),
        (x + width - r, y + height - r, 0),
        (x + r, y + height - r, 90),
        (x + r, y + r, 180),
    ]
    out: list[Point] = []
    for cx, cy, start in corners:
        out += arc_points(cx, cy, r, r, start, start + 90)
    return out


def bezier(*curves: Sequence[Point], steps: int = 14) -> list[Point]:
    """Points along joined cubic curves; each curve after the first starts where the last ended."""
    out: list[Point] = []
    last: Point | None = None
    for curve in curves:
        p0, p1, p2, p3 = (last, *curve) if last is not None and len(curve) == 3 else curve
        for step in range(0 if last is None else 1, steps + 1):
            t = step / steps
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            out.append(
                (
                    a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                    a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
                )
            )
        last = p3
    return out


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 10) -> list[Point]:
    """A soft curve through the points (Catmull-Rom)."""
    pts = list(points)
    count = len(pts)
    if closed:
        get = lambda i: pts[i % count]  # noqa: E731
        spans = count
    else:
        get = lambda i: pts[min(max(i, 0), count - 1)]  # noqa: E731
        spans = count - 1
    out: list[Point] = []
    for i in range(spans):
        p0, p1, p2, p3 = get(i - 1), get(i), get(i + 1), get(i + 2)
        for step in range(steps):
            t = step / steps
            out.append(
                tuple(
                    0.5
                    * (
                        2 * p1[k]
                        + (p2[k] - p0[k]) * t
                        + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t**2
                        + (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t**3
                    )
                    for k in (0, 1)
                )
            )
    if not closed:
        out.append(pts[-1])
    return out
