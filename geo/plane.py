"""A plane in kilometres for the lands along the Panj, where distances, buffers and areas can be worked out.

Lambert conformal conic, WGS84, standard parallels 36.9 and 38.7 N (the ends of the Panj's latitudes): within the map's
extent, 35.5-39.5 N, lengths are true to 0.2 % and areas to 0.4 %.
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

__all__ = ["GEOD", "area_km2", "from_plane", "to_plane"]

#: The WGS84 ellipsoid: every length that is told to a reader is measured on it.
GEOD = Geod(ellps="WGS84")

_LAMBERT = Proj("+proj=lcc +lat_1=36.9 +lat_2=38.7 +lat_0=37.8 +lon_0=70.5 +ellps=WGS84 +units=km +no_defs")


@overload
def to_plane(geometry: BaseGeometry) -> BaseGeometry: ...
@overload
def to_plane(geometry: NDArray[Any]) -> NDArray[Any]: ...
def to_plane(geometry: Any) -> Any:
    """Turn degrees (EPSG:4326) into kilometres, for a geometry or an array of them; heights are dropped."""
    return shapely.transform(shapely.force_2d(geometry), _forward)


@overload
def from_plane(geometry: BaseGeometry) -> BaseGeometry: ...
@overload
def from_plane(geometry: NDArray[Any]) -> NDArray[Any]: ...
def from_plane(geometry: Any) -> Any:
    """Turn kilometres back into degrees (EPSG:4326)."""
    return shapely.transform(geometry, _inverse)


def area_km2(geometry: BaseGeometry) -> float:
    """Area of a geometry in degrees, on the ellipsoid, in square kilometres."""
    area, _ = GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))
    return abs(float(area)) / 1e6


def _forward(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_LAMBERT(xy[:, 0], xy[:, 1]))


def _inverse(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_LAMBERT(xy[:, 0], xy[:, 1], inverse=True))
