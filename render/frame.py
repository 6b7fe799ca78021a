"""Which part of the earth a map shows: home views in degrees, and the frame that puts degrees onto a sheet of pixels.

In: the geometry of what is drawn. Out: boxes in degrees (EPSG:4326) for the page's map, a Web Mercator frame for the
static map, and a Lambert one for figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

__all__ = [
    "PANJ",
    "Box",
    "Frame",
    "Home",
    "LambertFrame",
    "MapFrame",
    "decoded",
    "frame_around",
    "home_views",
    "widened",
]

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
#: Mean radius of the earth, km.
EARTH_KM: Final = 6371.0088
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
    return Frame(_proportioned(widened(box, shapes)), width)


def widened(box: Box, shapes: Iterable[BaseGeometry]) -> Box:
    """Move out a side that cuts a shape at its very edge."""
    sides = list(box)
    for shape in shapes:
        for i, (bound, outward) in enumerate(zip(shape.bounds, (-1, -1, 1, 1), strict=True)):
            if 0 < (bound - box[i]) * outward < _GROWTH:
                sides[i] = outward * max(outward * sides[i], outward * bound + _EDGE)
    west, south, east, north = sides
    return west, south, east, north


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


class MapFrame(Protocol):
    """A sheet of pixels (x right, y down) that shows a part of the earth."""

    @property
    def box(self) -> Box:
        """What is seen at most, degrees."""

    @property
    def width(self) -> float:
        """Of the sheet, pixels."""

    @property
    def height(self) -> float:
        """Of the sheet, pixels."""

    @property
    def per_km(self) -> float:
        """Pixels of a kilometre in the middle of the sheet."""

    def pixels(self, coordinates: Array) -> Array:
        """Degrees, shape (n, 2), to pixels of the sheet."""


def decoded(frame: MapFrame, coded: Iterable[Sequence[int]], units: float) -> list[Array]:
    """Pixels of lines that are coded as the base map does it: steps of 1/units degree, two numbers each."""
    return [frame.pixels(np.cumsum(np.array(line).reshape(-1, 2), axis=0) / units) for line in coded if len(line) >= 4]


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

    @property
    def per_km(self) -> float:
        """Pixels of a kilometre in the middle of the sheet."""
        _, south, _, north = self.box
        return self.scale / EARTH_KM / math.cos(math.radians((south + north) / 2))


@dataclass(frozen=True)
class LambertFrame:
    """A sheet that shows ``view`` (degrees) in a Lambert conformal conic projection made for it; x right, y down.

    The standard parallels stand a sixth of the height from the lower and the upper edge, which keeps lengths true to
    about 0.1 % over the 2.5 degrees of the Panj (Snyder, Map Projections: A Working Manual, 1987, p. 104).

    Parameters
    ----------
    view
        What has to be seen.
    width
        Of the sheet, pixels.
    flat, tall
        Least and largest height of the sheet in parts of its width; more is shown where ``view`` is flatter or taller.
    """

    view: Box
    width: float
    flat: float = _FLAT
    tall: float = _TALL

    @cached_property
    def parallels(self) -> tuple[float, float]:
        """Standard parallels, degrees."""
        _, south, _, north = self.view
        return south + (north - south) / 6, north - (north - south) / 6

    @cached_property
    def _projection(self) -> Proj:
        west, south, east, north = self.view
        one, two = self.parallels
        return Proj(
            proj="lcc",
            lat_1=one,
            lat_2=two,
            lat_0=(south + north) / 2,
            lon_0=(west + east) / 2,
            ellps="WGS84",
            units="km",
        )

    @cached_property
    def _plane(self) -> tuple[float, float, float, float]:
        """Left, low, right and upper edge in km."""
        west, south, east, north = self.view
        along, up = np.linspace(west, east, 21), np.linspace(south, north, 21)
        lon = np.concatenate([along, along, np.full(21, west), np.full(21, east)])
        lat = np.concatenate([np.full(21, south), np.full(21, north), up, up])
        x, y = self._projection(lon, lat)
        left, right, low, top = float(np.min(x)), float(np.max(x)), float(np.min(y)), float(np.max(y))
        more = max((top - low) / self.tall - (right - left), 0.0) / 2
        left, right = left - more, right + more
        more = max(self.flat * (right - left) - (top - low), 0.0) / 2
        return left, low - more, right, top + more

    @property
    def per_km(self) -> float:
        """Pixels of a kilometre in the middle of the sheet."""
        left, _, right, _ = self._plane
        return self.width / (right - left)

    @property
    def height(self) -> float:
        """Of the sheet, pixels."""
        _, low, _, top = self._plane
        return (top - low) * self.per_km

    @cached_property
    def box(self) -> Box:
        """What is seen at most, degrees."""
        x, y = np.linspace(0, self.width, 21), np.linspace(0, self.height, 21)
        edge = np.concatenate([np.full(21, 0.0), np.full(21, self.height)])
        side = np.concatenate([np.full(21, 0.0), np.full(21, self.width)])
        around = np.column_stack([np.concatenate([x, x, side]), np.concatenate([edge, y, y])])
        degrees = self.degrees(around)
        (west, south), (east, north) = degrees.min(axis=0).tolist(), degrees.max(axis=0).tolist()
        return west, south, east, north

    def pixels(self, coordinates: Array) -> Array:
        """Degrees, shape (n, 2), to pixels of the sheet."""
        left, _, _, top = self._plane
        x, y = self._projection(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([(np.asarray(x) - left) * self.per_km, (top - np.asarray(y)) * self.per_km])

    def degrees(self, pixels: Array) -> Array:
        """Pixels of the sheet, shape (n, 2), to degrees."""
        left, _, _, top = self._plane
        lon, lat = self._projection(pixels[:, 0] / self.per_km + left, top - pixels[:, 1] / self.per_km, inverse=True)
        return np.column_stack([lon, lat])


def _mercator(lat: Array) -> Array:
    y: Array = np.arctanh(np.sin(np.radians(lat)))
    return y


def _latitude(y: float) -> float:
    return math.degrees(math.asin(math.tanh(y)))
