"""Many records on a map that cannot be moved: small plain signs without labels, or circles with a number.

In: the sheet and the drawing instructions. Out: elements on the sheet. What is gathered how: ``crowd.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from ..data.model import PRECISION_CODES, Kind
from .crowd import CIRCLES, Cell, cells
from .drawing import Drawing, anchor
from .map_names import place_at
from .map_sheet import MapSheet
from .placement import Point

__all__ = ["apart", "draw_crowd"]

#: Radius of a plain sign, and of a circle for one record, pixels; the area of a circle grows with its number.
SIGN: Final = 5.5
LEAST: Final = 9.0
LARGEST: Final = 30.0
PER_RECORD: Final = 3.2


def draw_crowd(sheet: MapSheet, drawn: Sequence[Drawing]) -> None:
    """Draw all records: one sign each up to 150, above that a circle for each area, 10 km of river, or square."""
    if len(drawn) <= CIRCLES:
        _signs(sheet, drawn)
        return
    found = cells(drawn)
    at = apart([place_at(sheet.frame, *cell.at) for cell in found], [_radius(cell) for cell in found], gap=5)
    for cell, place in zip(found, at, strict=True):
        radius = _radius(cell)
        sheet.cell(cell, place, radius)
        sheet.space.take((place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius))


def _signs(sheet: MapSheet, drawn: Sequence[Drawing]) -> None:
    """Plain signs, solid or hollow; those of one place side by side."""
    used: dict[tuple[int, int], int] = {}
    for drawing in drawn:
        x, y = place_at(sheet.frame, *anchor(drawing))
        nth = used.get((round(x), round(y)), 0)
        used[round(x), round(y)] = nth + 1
        x, y = x + nth % 6 * 2 * SIGN, y - nth // 6 * 2 * SIGN
        sheet.space.take((x - SIGN, y - SIGN, x + SIGN, y + SIGN))
        solid = PRECISION_CODES[drawing.row.precision].solid
        sheet.sign(drawing.row.glyph, (x, y), SIGN, solid=solid, square=drawing.row.kind is Kind.MEASURE)


def _radius(cell: Cell) -> float:
    return min(LARGEST, max(LEAST, PER_RECORD * math.sqrt(cell.count)))


def apart(at: Sequence[Point], radii: Sequence[float], gap: float, rounds: int = 30) -> list[Point]:
    """Push overlapping circles apart, pair by pair, until ``gap`` is between them; each stays near its place."""
    places = [list(point) for point in at]
    for _ in range(rounds):
        moved = False
        for i, one in enumerate(places):
            for j in range(i):
                other = places[j]
                dx, dy = one[0] - other[0], one[1] - other[1]
                need, far = radii[i] + radii[j] + gap, math.hypot(dx, dy)
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
