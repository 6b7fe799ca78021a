"""Geometry as a path that matplotlib draws."""

from __future__ import annotations

import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

__all__ = ["path_of"]


def path_of(geometry: BaseGeometry) -> Path | None:
    """Turn lines and polygons, holes included, into one path in the same units; nothing for what is empty."""
    rings = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            rings += [(shapely.get_coordinates(ring), True) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            rings.append((shapely.get_coordinates(part), False))
    drawn = [Path(xy, closed=closed) for xy, closed in rings if len(xy) > 1]
    return Path.make_compound_path(*drawn) if drawn else None
