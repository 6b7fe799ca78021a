"""Which part of the earth a map shows: home views in degrees, and the frame that puts degrees onto a sheet of pixels.

In: the geometry of what is drawn. Out: boxes in degrees (EPSG:4326) for the page's map, and a Web Mercator frame for
the static map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["PANJ", "Box", "Frame", "Home", "frame_around", "home_views"]

#: West, south, east, north in degrees.
Box = tuple[float, float, float, float]
Array = npt.NDArray[np.float64]


class Home(NamedTuple):
    """The views that a map opens with, on wide and on narrow screens."""

    wide: Box
    narrow: Box


#: The lower and middle Panj with the districts on its banks: the least that a home view shows.
PANJ: Final = Home(wide=(67.5, 36.85, 71.95, 39.1), narrow=(68.2, 36.9, 71.35, 38.95))
#: Degrees around what a home view has to be widened for.
_MARGIN: Final = 0.25
#: A frame grows by up to so many degrees a side, and this margin, for an area that it would cut at its very edge.
_GROWTH: Final = 0.15
_EDGE: Final = 0.03
#: Web Mercator ends here, degrees of latitude.
_MAX_LAT: Final = 85.0
#: Least and largest height of a frame, in parts of its width.
_FLAT, _TALL = 0.5, 1.0


def home_views(shapes: Sequence[BaseGeometry]) -> Home:
    """Home views: the Panj, widened to every shape that would not be seen at all; ``shapes`` in EPSG:4326."""
    return Home(*(_widened(box, shapes) for box in PANJ))


def _widened(box: Box, shapes: Sequence[BaseGeometry]) -> Box:
    away = [shape for shape in shapes if not shape.is_empty and not shape.intersects(shapely.box(*box))]
    if not away:
        return box
    west, south, east, north = shapely.total_bounds(np.array(away, dtype=object)).tolist()
    return (
        max(min(box[0], west - _MARGIN), -180.0),
        max(min(box[1], south - _MARGIN), -_MAX_LAT),
        min(max(box[2], east + _MARGIN), 180.0),
        min(max(box[3], north + _MARGIN), _MAX_LAT),
    )


def frame_around(box: Box, shapes: Iterable[BaseGeometry], width: int) -> Frame:
    """Make the frame of a map that cannot be moved.

    Parameters
    ----------
    box
        What is to be seen, degrees.
    shapes
        Areas in EPSG:4326; a side that cuts one at its very edge moves out to hold it.
    width
        Of the sheet, pixels.
    """
    sides = list(box)
    for shape in shapes:
        for i, (bound, outward) in enumerate(zip(shape.bounds, (-1, -1, 1, 1), strict=True)):
            if 0 < (bound - box[i]) * outward < _GROWTH:
                sides[i] = outward * max(outward * sides[i], outward * bound + _EDGE)
    west, south, east, north = sides
    return Frame(_proportioned((west, south, east, north)), width)


def _proportioned(box: Box) -> Box:
    """Widen a box that is too flat or too tall for a sheet."""
    west, south, east, north = box
    across, (low, high) = math.radians(east - west), _mercator(np.array([south, north])).tolist()
    up = high - low
    if up > _TALL * across:
        more = math.degrees(up / _TALL - across) / 2
        return west - more, south, east + more, north
    if up < _FLAT * across:
        more = (_FLAT * across - up) / 2
        return west, _latitude(low - more), east, _latitude(high + more)
    return box


@dataclass(frozen=True)
class Frame:
    """A sheet ``width`` pixels wide that shows ``box`` (degrees, EPSG:4326) in Web Mercator; x right, y down."""

    box: Box
    width: int

    @cached_property
    def scale(self) -> float:
        """Pixels a radian of longitude."""
        return self.width / math.radians(self.box[2] - self.box[0])

    @cached_property
    def _top(self) -> float:
        return float(_mercator(np.array([self.box[3]]))[0])

    @cached_property
    def height(self) -> int:
        """Of the sheet, pixels."""
        return round((self._top - float(_mercator(np.array([self.box[1]]))[0])) * self.scale)

    def pixels(self, coordinates: Array) -> Array:
        """Degrees, shape (n, 2), to pixels of the sheet."""
        x = np.radians(coordinates[:, 0] - self.box[0]) * self.scale
        return np.column_stack([x, (self._top - _mercator(coordinates[:, 1])) * self.scale])

    def lines(self, coded: Iterable[Sequence[int]], units: float) -> list[Array]:
        """Pixels of lines that are coded as the base map does it: steps of 1/units degree, two numbers each."""
        return [
            self.pixels(np.cumsum(np.array(line).reshape(-1, 2), axis=0) / units) for line in coded if len(line) >= 4
        ]


def _mercator(lat: Array) -> Array:
    y: Array = np.arctanh(np.sin(np.radians(lat)))
    return y


def _latitude(y: float) -> float:
    return math.degrees(math.asin(math.tanh(y)))
