"""Which corners of a map hold the scale bar and the inset: where they hide least, and never a place if that can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ..placement import Rect

__all__ = ["furnished"]

#: Width and height of the scale bar with its arrow, and of the inset, units; distance of the inset from the edge.
SCALE: Final = (226.0, 58.0)
INSET: Final = (196.0, 132.0)
_MARGIN: Final = 11.0
#: How far a place has to be from either, units; what hiding one costs.
_KEEP_OFF: Final = 18.0
_PLACE: Final = 1e6


def furnished(width: float, height: float, busy: Sequence[BaseGeometry], *, inset: bool) -> tuple[Rect, Rect | None]:
    """Choose corners.

    Parameters
    ----------
    width, height
        Of the map, units.
    busy
        What had better be seen, units.
    inset
        Whether there is to be one; there is none where it would hide a place in every corner.

    Returns
    -------
    tuple
        Boxes of the scale bar and of the inset.
    """
    bars, insets = _corners(width, height, SCALE, 0.0), _corners(width, height, INSET, _MARGIN)
    # The bar is seen through: it may stand on anything but a place, lower right if all corners are alike.
    bar_costs = [_hidden(rect, [one for one in busy if one.geom_type == "Point"]) + i for i, rect in enumerate(bars)]
    if inset:
        inset_costs = [_hidden(rect, busy) + abs(2 - i) for i, rect in enumerate(insets)]  # upper left
        one, two = min(permutations(range(4), 2), key=lambda pair: bar_costs[pair[0]] + inset_costs[pair[1]])
        if inset_costs[two] < _PLACE:
            return bars[one], insets[two]
    return bars[bar_costs.index(min(bar_costs))], None


def _corners(width: float, height: float, size: tuple[float, float], gap: float) -> list[Rect]:
    """Boxes in the four corners: lower right, lower left, upper left, upper right."""
    (across, down), left, top = size, gap, gap
    right, low = width - gap - across, height - gap - down
    return [(x, y, x + across, y + down) for x, y in ((right, low), (left, low), (left, top), (right, top))]


def _hidden(rect: Rect, busy: Sequence[BaseGeometry]) -> float:
    """Cost of what a box hides: places above all, then the area and length of the rest."""
    around = shapely.box(*rect).buffer(_KEEP_OFF)
    places = sum(one.geom_type == "Point" and one.intersects(around) for one in busy)
    parts = (shapely.clip_by_rect(one, *rect) for one in busy)
    return places * _PLACE + sum(part.area + part.length for part in parts)
