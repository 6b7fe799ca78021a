"""An area that stands for a district whose boundary is not at hand.

It claims no more than is known: that the district holds certain places and not those of other districts, is of about a
certain size, lies in its country and, if some of its places lie by the Panj, along a stretch of it. So: a tree of lines
joins the places and the stretch; it is grown on all sides alike until what lies in the country has the size; the
surroundings of places of other districts are left out; hollows are filled and corners rounded. It is deliberately not
cut at the lines of regions, which would make it look surveyed. All work is done in the plane of ``plane.py``, km.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

__all__ = ["approximate_area", "joined"]

#: How near to the wanted size is near enough.
SIZE_TOLERANCE = 0.01
#: Hollows narrower than this share of the growth are filled.
FILLED = 0.8
#: Radius to which corners are rounded: a share of the growth, and at most so many km.
ROUNDED, ROUNDED_KM = 0.45, 9.0
#: Spacing of the points that stand for a tree where ground is shared out, km.
SPACING_KM = 3.0
#: Half of the gap between neighbours, km: they are not known to touch, let alone where.
APART_KM = 1.0
#: Surroundings of a place of another district: at most so many km.
OTHERS_KM = 25.0
#: The least growth, in km, however small the size: a known place lies inside, not on the edge.
LEAST_KM = 2.0


def joined(places: Sequence[BaseGeometry], river: BaseGeometry | None = None) -> BaseGeometry:
    """Join places, and a stretch of river if there is one, by the shortest lines, the nearest first."""
    rest = list(places)
    tree = [river if river is not None else rest.pop(0)]
    while rest:
        whole = shapely.geometrycollections(tree)
        place = rest.pop(int(shapely.distance(np.array(rest, dtype=object), whole).argmin()))
        tree.append(shapely.shortest_line(place, whole))
    return tree[0] if len(tree) == 1 else shapely.line_merge(shapely.union_all(tree[int(river is None) :]))


def approximate_area(tree: BaseGeometry, size_km2: float, land: BaseGeometry, others: NDArray[Any]) -> BaseGeometry:
    """Grow a tree to a size, keeping away from places of other districts.

    Parameters
    ----------
    tree
        What is to be inside, from :func:`joined`.
    size_km2
        The size wanted.
    land
        The country, less what is cut out of it.
    others
        Places of other districts.

    Returns
    -------
    area
        One polygon. Within 2 % of the size, unless the land near by is smaller or the tree, grown by 2 km, is larger.
        It stays on the ground that is nearer to the tree than to the others, so that neighbours do not touch; only
        where that leaves too little (places lie close, sizes are large) is just a disc round each other place left out.
    """
    away_km = 2.5 * size_km2**0.5
    west, south, east, north = tree.bounds
    around = shapely.box(west - away_km, south - away_km, east + away_km, north + away_km)
    nearby = shapely.intersection(shapely.clip_by_rect(land, *around.bounds), around)
    foreign = others[shapely.intersects(around, others) & (shapely.distance(tree, others) > LEAST_KM)]
    area = _grown_to_size(tree, size_km2, nearby, _nearer_ground(tree, foreign, around))
    if area.area < (1 - 2 * SIZE_TOLERANCE) * size_km2 and len(foreign):
        discs = shapely.buffer(foreign, np.minimum(shapely.distance(tree, foreign) / 2, OTHERS_KM))
        area = _grown_to_size(tree, size_km2, nearby, shapely.difference(around, shapely.union_all(discs)))
    return area


def _nearer_ground(tree: BaseGeometry, foreign: NDArray[Any], around: BaseGeometry) -> BaseGeometry:
    """All that is nearer to a tree than to other points, less a margin (Voronoi cells)."""
    if len(foreign) == 0:
        return around
    own = np.unique(np.round(shapely.get_coordinates(shapely.segmentize(tree, SPACING_KM)), 3), axis=0)
    sites = np.vstack([own, np.unique(np.round(shapely.get_coordinates(foreign), 3), axis=0)])
    cells = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=around, ordered=True)
    nearer = shapely.coverage_union_all(shapely.get_parts(cells)[: len(own)])
    ground: BaseGeometry = shapely.buffer(shapely.intersection(nearer, around), -APART_KM)
    return ground


def _grown_to_size(tree: BaseGeometry, size_km2: float, land: BaseGeometry, ground: BaseGeometry) -> BaseGeometry:
    """Grow a tree until the part of it on land and on the ground left to it has the size."""
    rough = shapely.simplify(land, 0.5)
    core = shapely.buffer(tree, LEAST_KM, quad_segs=4)
    radius, power = LEAST_KM + 0.3 * np.sqrt(size_km2), 1.4
    before: tuple[float, float] | None = None
    for _ in range(8):
        grown = _grown(core, radius, ground)
        size = max(float(shapely.intersection(grown, rough).area), 1.0)
        if abs(size / size_km2 - 1) < SIZE_TOLERANCE:
            break
        if before and radius != before[0] and size != before[1]:
            # size goes with a power of the growth, known better with each step
            power = float(np.clip(np.log(size / before[1]) / np.log(radius / before[0]), 0.5, 3.0))
        before = (radius, size)
        radius = float(np.clip(radius * (size_km2 / size) ** (1 / power), LEAST_KM, 3 * np.sqrt(size_km2)))
    return _largest(shapely.intersection(grown, land))


def _grown(core: BaseGeometry, radius: float, ground: BaseGeometry) -> BaseGeometry:
    """All within ``radius`` of a tree (its core is grown by 2 km), hollows filled, on its ground, corners rounded."""
    fill, round_off = FILLED * radius, min(ROUNDED * radius, ROUNDED_KM)
    filled = shapely.buffer(shapely.buffer(core, radius - LEAST_KM + fill, quad_segs=6), -fill, quad_segs=8)
    own = shapely.buffer(shapely.intersection(filled, ground), -round_off, quad_segs=6)
    return shapely.union(shapely.buffer(own, round_off, quad_segs=8), core)


def _largest(area: BaseGeometry) -> BaseGeometry:
    """Only the largest part: what a bend of the border cuts off is no part of a district."""
    parts: list[BaseGeometry] = list(shapely.get_parts(area))
    return max(parts, key=lambda part: float(part.area))
