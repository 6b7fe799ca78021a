"""Many records on the static map: small plain signs without labels, or circles with the number of records in a cell.

In: the sheet and the drawing instructions. Out: elements on the sheet. What is gathered how: ``crowd.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from ..data.model import PRECISION_CODES, Kind
from . import symbols
from .crowd import CIRCLES, Cell, cells
from .drawing import Drawing, anchor
from .placement import Point
from .static_names import place_at
from .static_sheet import Sheet, base, number

__all__ = ["draw_crowd"]

#: Radius of a plain sign, and of a circle for one record, pixels; the area of a circle grows with its number.
SIGN: Final = 5.5
LEAST: Final = 9.0
LARGEST: Final = 30.0
PER_RECORD: Final = 3.2


def draw_crowd(sheet: Sheet, drawn: Sequence[Drawing]) -> None:
    """Draw all records: one sign each up to 150, above that a circle for each area, 10 km of river, or square."""
    if len(drawn) <= CIRCLES:
        _signs(sheet, drawn)
        return
    found = cells(drawn)
    at = _apart([place_at(sheet.frame, *cell.at) for cell in found], [_radius(cell) for cell in found])
    for cell, place in zip(found, at, strict=True):
        sheet.add(_circle(cell, place))
        radius = _radius(cell)
        sheet.space.take((place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius))


def _signs(sheet: Sheet, drawn: Sequence[Drawing]) -> None:
    """Plain signs, solid or hollow; those of one place side by side."""
    used: dict[tuple[int, int], int] = {}
    for drawing in drawn:
        x, y = place_at(sheet.frame, *anchor(drawing))
        nth = used.get((round(x), round(y)), 0)
        used[round(x), round(y)] = nth + 1
        x, y = x + nth % 6 * 2 * SIGN, y - nth // 6 * 2 * SIGN
        sheet.space.take((x - SIGN, y - SIGN, x + SIGN, y + SIGN))
        solid = PRECISION_CODES[drawing.row.precision].solid
        look = 'fill="currentColor"' if solid else f'class="sm-paper" fill="{base("paper")}" stroke-width="1.8"'
        place = f'cx="{number(x)}" cy="{number(y)}" r="{SIGN}"'
        sign = f"<circle {place} {look}/>"
        if drawing.row.kind is Kind.MEASURE:
            corner = f'x="{number(x - SIGN)}" y="{number(y - SIGN)}" width="{2 * SIGN:g}" height="{2 * SIGN:g}"'
            sign = f'<rect {corner} rx="2" {look}/>'
        sheet.add(f"<g {_colour(drawing.row.glyph)}{sign}</g>")


def _colour(glyph: str) -> str:
    return f'class="c-{glyph}" color="{symbols.COLOURS[glyph].light}" stroke="currentColor">'


def _radius(cell: Cell) -> float:
    return min(LARGEST, max(LEAST, PER_RECORD * math.sqrt(cell.count)))


def _circle(cell: Cell, at: Point) -> str:
    """Draw a circle with its number and a ring of classes; dashed for an area, whose records have no closer place."""
    radius, x, y = _radius(cell), number(at[0]), number(at[1])
    ends = [0.0, *accumulate(cell.counts.values())]
    rings = []
    for i, glyph in enumerate(cell.counts):
        dash = ' stroke-dasharray="4 2.4"' if cell.area else ""
        arc = _arc(at, radius, ends[i] / cell.count, ends[i + 1] / cell.count)
        colour = f'class="c-{glyph}" color="{symbols.COLOURS[glyph].light}"'
        rings.append(f'<path {colour} fill="none" stroke="currentColor" stroke-width="3.2"{dash} d="{arc}"/>')
    size = 11 if radius < 13 else 13
    return (
        f'<circle class="sm-paper" cx="{x}" cy="{y}" r="{number(radius + 2)}" fill="{base("paper")}"/>{"".join(rings)}'
        f'<text class="sm-ink" x="{x}" y="{number(at[1] + size * 0.36)}" text-anchor="middle" font-size="{size}"'
        f' font-weight="700" fill="{base("ink")}">{cell.count}</text>'
    )


def _arc(at: Point, radius: float, start: float, end: float) -> str:
    """Path data of a part of a circle, clockwise from the top; ``start`` and ``end`` are parts of the whole."""
    middle = (start + end) / 2
    points = [
        f"{number(at[0] + radius * math.sin(math.tau * part))} {number(at[1] - radius * math.cos(math.tau * part))}"
        for part in (start, middle, end)
    ]
    bend = f"A{number(radius)} {number(radius)} 0 0 1 "
    return f"M{points[0]}{bend}{points[1]}{bend}{points[2]}"


def _apart(at: list[Point], radii: list[float]) -> list[Point]:
    """Push overlapping circles apart, pair by pair; each stays near its place."""
    places = [list(point) for point in at]
    for _ in range(30):
        moved = False
        for i, one in enumerate(places):
            for j in range(i):
                other = places[j]
                dx, dy = one[0] - other[0], one[1] - other[1]
                need, far = radii[i] + radii[j] + 5, math.hypot(dx, dy)
                if far >= need:
                    continue
                if far < 0.01:
                    dx, dy, far = 1.0, 0.3, 1.044
                push = (need - far) / 2 / far
                one[0], one[1] = one[0] + dx * push, one[1] + dy * push
                other[0], other[1] = other[0] - dx * push, other[1] - dy * push
                moved = True
        if not moved:
            break
    return [(x, y) for x, y in places]
