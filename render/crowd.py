"""Many records gathered into cells: by area, by 10 km of the Panj, elsewhere by squares of a grid.

In: drawing instructions. Out: cells with counts. Attacks, state operations and measures never share a cell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..data.model import Kind
from .drawing import Drawing, anchor

__all__ = ["CIRCLES", "PLAIN", "RIVER_STEP_KM", "Cell", "cell_text", "cells"]

#: With more records than this a map that cannot be moved writes no labels; with more than CIRCLES it draws cells.
PLAIN: Final = 60
CIRCLES: Final = 150
#: Length of a cell along the river.
RIVER_STEP_KM: Final = 10
#: Side of a cell away from the river, degrees of latitude.
GRID: Final = 0.4

_FAMILIES: Final = {
    Kind.ATTACK: ("attack or clash", "attacks and clashes"),
    Kind.STATE_OPERATION: ("state operation", "state operations"),
    Kind.MEASURE: ("measure against people", "measures against people"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Records of one kind that stand together.

    ``area`` is the class of area that they share, ``None`` for points; ``at`` is the anchor of the area, or the middle
    of the points, degrees. ``counts`` are records by glyph.
    """

    kind: Kind
    where: str
    area: str | None
    at: tuple[float, float]
    counts: dict[str, int]

    @property
    def count(self) -> int:
        """Records in the cell."""
        return sum(self.counts.values())


def cells(drawn: Sequence[Drawing]) -> tuple[Cell, ...]:
    """Gather records, the fullest cell first."""
    members: dict[tuple[object, ...], list[Drawing]] = {}
    for drawing in drawn:
        members.setdefault(_key(drawing), []).append(drawing)
    return tuple(sorted(map(_cell, members.values()), key=lambda cell: (-cell.count, cell.where, cell.at)))


def cell_text(cell: Cell) -> str:
    """Say what a cell holds and where."""
    return f"{cell.count} {_FAMILIES[cell.kind][cell.count != 1]} {cell.where}"


def _key(drawing: Drawing) -> tuple[object, ...]:
    row = drawing.row
    if drawing.area:
        return row.kind, drawing.area, drawing.geometry.wkb
    if row.river_km_from is not None:
        return row.kind, row.country, int(row.river_km_from // RIVER_STEP_KM)
    lon, lat = anchor(drawing)
    return row.kind, math.floor(lon * math.cos(math.radians(lat)) / GRID), math.floor(lat / GRID), "grid"


def _cell(members: list[Drawing]) -> Cell:
    first = members[0]
    middle = np.mean([anchor(one) for one in members], axis=0).tolist()
    counts = Counter(one.row.glyph for one in members)
    return Cell(first.row.kind, _where(members), first.area, (middle[0], middle[1]), dict(sorted(counts.items())))


def _where(members: list[Drawing]) -> str:
    row = members[0].row
    if members[0].area:
        return f"{'along' if members[0].area == 'reach' else 'in'} {row.place_name or 'an unnamed area'}"
    if row.river_km_from is not None:
        start = int(row.river_km_from // RIVER_STEP_KM) * RIVER_STEP_KM
        return f"between river km {start} and {start + RIVER_STEP_KM}"
    names = Counter(one.row.place_name for one in members if one.row.place_name)
    return f"around {min(names, key=lambda name: (-names[name], name))}" if names else "away from the river"
