"""Countries from time zones: the outlines of one-zone countries, and the border line they share.

Time zone polygons of OpenStreetMap (timezone-boundary-builder, by way of ``timezonefinder-data``) are cut from one
topology: Asia/Dushanbe is Tajikistan, Asia/Kabul is Afghanistan, and both hold exactly the same border edges.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from timezonefinder import TimezoneFinder

__all__ = ["GRID", "border_line", "outline"]

#: The grid of the published coordinates, degrees.
GRID = 1e-6
#: Time zones that make up each country that is needed.
ZONES = {
    "TJ": ("Asia/Dushanbe",),
    "AF": ("Asia/Kabul",),
    "UZ": ("Asia/Samarkand", "Asia/Tashkent"),
    "KG": ("Asia/Bishkek",),
}


def outline(country: str) -> shapely.MultiPolygon:
    """Outline of a country, EPSG:4326, coordinates on the 1e-6 degree grid."""
    finder = TimezoneFinder(in_memory=True)
    polygons = [
        shapely.Polygon(np.round(rings[0], 6), [np.round(ring, 6) for ring in rings[1:]])
        for zone in ZONES[country]
        for rings in finder.get_geometry(tz_name=zone, coords_as_pairs=True)
    ]
    union = shapely.union_all([shapely.make_valid(polygon) for polygon in polygons], grid_size=GRID)
    return shapely.MultiPolygon([part for part in shapely.get_parts(union) if part.geom_type == "Polygon"])


def _edges(geometry: shapely.MultiPolygon) -> NDArray[np.int64]:
    """All edges of the rings, shape (n, 4), in units of 1e-6 degree, each with its smaller end first."""
    edges = []
    for ring in shapely.get_rings(shapely.get_parts(geometry)):
        xy = np.round(shapely.get_coordinates(ring) / GRID).astype(np.int64)
        edges.append(np.hstack([xy[:-1], xy[1:]]))
    both = np.vstack(edges)
    turned = (both[:, 0] > both[:, 2]) | ((both[:, 0] == both[:, 2]) & (both[:, 1] > both[:, 3]))
    both[turned] = both[turned][:, [2, 3, 0, 1]]
    return both


def border_line(a: shapely.MultiPolygon, b: shapely.MultiPolygon) -> shapely.LineString:
    """Line made of the edges that both outlines have, from west to east.

    Raises
    ------
    SystemExit
        If the shared edges do not form one line.
    """
    shared = sorted(set(map(tuple, _edges(a).tolist())) & set(map(tuple, _edges(b).tolist())))
    segments = np.array(shared, dtype=float).reshape(-1, 2, 2)
    line = shapely.line_merge(shapely.MultiLineString(list(segments)))
    if line.geom_type != "LineString":
        raise SystemExit(f"the border is in {shapely.get_num_geometries(line)} parts, expected one")
    xy = np.round(shapely.get_coordinates(line)) * GRID
    return shapely.LineString(np.round(xy if xy[0, 0] < xy[-1, 0] else xy[::-1], 6))
