"""Simplify a coverage as shared arcs, so that neighbours keep one and the same line between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import shapely
from regions import Region
from shapely.geometry.base import BaseGeometry

__all__ = ["arcs_between", "border_of", "simplified", "simplify_line"]

#: What goes in as a line comes out as a line.
G = TypeVar("G", bound=BaseGeometry)

#: Degrees to metres near 38 N, for tolerances only: a degree of longitude and of latitude.
METRES = np.array([111_320 * np.cos(np.radians(38.0)), 111_130.0])


def simplify_line(line: G, tolerance_m: float, grid: float) -> G:
    """Douglas-Peucker with a tolerance in metres, for a line or a polygon; the result lies on ``grid`` (degrees)."""
    metric = shapely.transform(line, lambda xy: xy * METRES)
    slim = shapely.simplify(metric, tolerance_m)
    gridded: G = shapely.transform(slim, lambda xy: np.round(xy / METRES / grid) * grid)
    return gridded


def _arcs(geometries: Sequence[BaseGeometry]) -> list[shapely.LineString]:
    """Lines between the nodes of a coverage; rings that touch nothing come out closed."""
    net = shapely.union_all([geometry.boundary for geometry in geometries])
    return list(shapely.get_parts(shapely.line_merge(net)))


def simplified(
    regions: Sequence[Region], border: shapely.LineString, border_m: float, other_m: float, grid: float
) -> list[Region]:
    """Simplify the border by ``border_m`` and all other arcs by ``other_m`` metres.

    Raises
    ------
    SystemExit
        If a region is lost or the result is no valid coverage.
    """
    near = border.buffer(grid)
    tolerance = {True: border_m, False: other_m}
    arcs = [simplify_line(a, tolerance[bool(near.contains(a))], grid) for a in _arcs([r.geometry for r in regions])]
    faces = list(shapely.get_parts(shapely.polygonize([a for a in arcs if a.length > 0])))
    out = []
    for region in regions:
        shapely.prepare(region.geometry)
        mine = [f for f in faces if region.geometry.contains(f.representative_point())]
        if not mine:
            raise SystemExit(f"{region.iso or region.country}: lost when simplified")
        out.append(region._replace(geometry=shapely.coverage_union_all(mine)))
    if not shapely.coverage_is_valid([r.geometry for r in out]):
        raise SystemExit("the simplified regions are no valid coverage")
    return out


def border_of(regions: Sequence[Region]) -> shapely.LineString:
    """Line that the countries TJ and AF share, from west to east."""
    a, b = (shapely.union_all([r.geometry for r in regions if r.country == c]) for c in ("TJ", "AF"))
    line = shapely.line_merge(shapely.intersection(a.boundary, b.boundary))
    if line.geom_type != "LineString":
        raise SystemExit("the simplified border is not one line")
    return line if line.coords[0][0] < line.coords[-1][0] else line.reverse()


def arcs_between(regions: Sequence[Region]) -> list[shapely.LineString]:
    """Lines between regions of the same country, without the countries' outlines."""
    lines: list[shapely.LineString] = []
    for country in ("TJ", "AF"):
        shapes = [r.geometry for r in regions if r.country == country]
        outline = shapely.union_all(shapes).boundary
        net = shapely.line_merge(shapely.difference(shapely.union_all([s.boundary for s in shapes]), outline))
        lines += [part for part in shapely.get_parts(net) if part.geom_type == "LineString"]
    return lines
