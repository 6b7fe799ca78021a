"""How each record is drawn: area or point, and where a leader may leave an area for the record's token.

In: placed rows and the outlines of both countries. Out: one instruction a record; angles and boxes on the screen are
left to whoever draws.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..data.model import Kind
from .frame import Box
from .placed import Placed

__all__ = ["Drawing", "anchor", "drawings", "outline"]

#: How far off its area a token stands when an anchor is judged, in degrees of latitude (about 18 km).
_STANDOFF: Final = 0.16
#: Outline points that are judged.
_SAMPLES: Final = 64


#: A point of an outline and the outward direction there.
_Edge = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Drawing instruction of one record.

    ``area`` is the class of area (``reach``, ``district``, ``region``, ``measure``) or ``None`` for a point. ``edges``
    are points on the outline with the outward direction (unit vector, east and north), one for each leader.
    """

    row: Placed
    geometry: BaseGeometry
    area: str | None
    edges: tuple[tuple[float, float], ...] = ()
    directions: tuple[tuple[float, float], ...] = ()


def drawings(rows: Sequence[Placed], outlines: Mapping[str, BaseGeometry], view: Box) -> tuple[Drawing, ...]:
    """Make the instructions for all records that are on the map, in their order.

    Parameters
    ----------
    rows
        Placed rows; those without geometry are passed over.
    outlines
        Land of each country by ISO 3166-1 code, EPSG:4326.
    view
        The map's home view; anchors are preferably in it.
    """
    drawn = [(row, row.geometry) for row in rows if row.drawn and row.geometry is not None]
    # An anchor is judged to about 500 m; the full-detail outlines would cost ten times as much.
    west, south, east, north = view
    near = (west - 1, south - 1, east + 1, north + 1)
    used = {row.country for row, _ in drawn if row.as_area}
    lands = {
        code: shapely.simplify(shapely.clip_by_rect(land, *near), 0.005)
        for code, land in outlines.items()
        if code in used
    }
    borders = {code: land.boundary for code, land in lands.items()}
    for geometry in (*lands.values(), *borders.values()):
        shapely.prepare(geometry)
    points = np.array([geometry for _, geometry in drawn if geometry.geom_type == "Point"], dtype=object)
    others = _others([geometry for row, geometry in drawn if row.as_area])
    known: dict[tuple[bytes, str, bool], list[_Edge]] = {}  # many records share an area
    found = []
    for row, geometry in drawn:
        if not row.as_area or geometry.geom_type == "Point":
            found.append(Drawing(row, geometry, None))
            continue
        code = row.country or ""
        key = (shapely.to_wkb(geometry), code, row.kind is Kind.MEASURE)
        if key not in known:
            around = _Surroundings(lands.get(code), borders.get(code), others(geometry), points, view)
            parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
            known[key] = [around.edge(part) for part in (parts if row.kind is Kind.MEASURE else parts[:1])]
        chosen = known[key]
        kind = "measure" if row.kind is Kind.MEASURE else str(row.precision)
        found.append(Drawing(row, geometry, kind, tuple(edge for edge, _ in chosen), tuple(way for _, way in chosen)))
    return tuple(found)


def _others(areas: Sequence[BaseGeometry]) -> Callable[[BaseGeometry], BaseGeometry]:
    """Tell for each area what all others cover. Many records share an area: each is joined once."""
    times = Counter(shapely.to_wkb(area) for area in areas)
    shapes = {shapely.to_wkb(area): area for area in areas}
    made: dict[bytes | None, BaseGeometry] = {}

    def others(area: BaseGeometry) -> BaseGeometry:
        own = shapely.to_wkb(area)
        left_out = own if times[own] == 1 else None
        if left_out not in made:
            made[left_out] = shapely.union_all([shape for key, shape in shapes.items() if key != left_out])
        return made[left_out]

    return others


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What an anchor has to keep clear of."""

    land: BaseGeometry | None
    border: BaseGeometry | None
    others: BaseGeometry
    points: npt.NDArray[Any]
    view: Box

    def edge(self, part: BaseGeometry) -> _Edge:
        """Find where on the outline a leader best leaves: in the country, off other areas, far from the border."""
        at, way = outline(part, _SAMPLES, narrow := math.cos(math.radians(part.centroid.y)))
        stretch = np.array([1 / narrow, 1.0])
        token = at + way * stretch * _STANDOFF
        tokens = shapely.points(token)
        west, south, east, north = self.view
        score = 2.0 * ((token > [west, south]).all(axis=1) & (token < [east, north]).all(axis=1))
        score += 2.0 * ~shapely.contains(part, tokens)
        score += 1.5 * ~shapely.contains(self.others, tokens)
        if self.land is not None and self.border is not None:
            score += 4.0 * shapely.contains_xy(self.land, token)
            # The leader itself stays on land; it starts a little off the outline, which may be the border.
            leaders = shapely.linestrings(np.stack([at + way * stretch * 0.02, token], axis=1))
            score += 4.0 * ~shapely.intersects(self.border, leaders)
            score += np.minimum(shapely.distance(self.border, shapely.points(at)), 0.3)
        if len(self.points):
            near = shapely.distance(tokens[:, None], self.points[None, :]).min(axis=1)
            score += np.minimum(near, 0.5)
        best = int(np.argmax(score))
        return (float(at[best, 0]), float(at[best, 1])), (float(way[best, 0]), float(way[best, 1]))


def outline(
    part: BaseGeometry, samples: int, stretch: float = 1.0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Evenly spaced outline points, shape (n, 2), and the outward unit vectors there.

    ``stretch`` is the length of a unit of x in units of y: the cosine of the latitude for degrees, 1 for pixels.
    """
    ring = shapely.get_exterior_ring(shapely.orient_polygons(part))
    at = shapely.get_coordinates(
        shapely.line_interpolate_point(ring, np.linspace(0, 1, samples, endpoint=False), normalized=True)
    )
    along = np.roll(at, -1, axis=0) - np.roll(at, 1, axis=0)
    along[:, 0] *= stretch
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-12)
    # The outer ring runs counter-clockwise, so the outside is on its right.
    return at, np.stack([along[:, 1], -along[:, 0]], axis=1) / length[:, None]


def anchor(drawing: Drawing) -> tuple[float, float]:
    """Point that stands for a record: its own, or the anchor on its area's edge; never a centroid."""
    if drawing.edges:
        return drawing.edges[0]
    return float(shapely.get_x(drawing.geometry)), float(shapely.get_y(drawing.geometry))
