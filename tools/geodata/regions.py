"""First-order divisions as one clean coverage: Natural Earth's inner lines fitted into the OpenStreetMap outlines.

Natural Earth's own national outlines lie up to 5 km from those of OpenStreetMap. Only its lines *between* regions are
used: they are cut at the outline, or carried on to it by the shortest way where they end inside. The faces that result
go to the region that covers most of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from outlines import GRID
from shapely.geometry.base import BaseGeometry

__all__ = ["CLIP", "REGIONS", "Region", "fit_regions", "read_natural_earth"]


class Region(NamedTuple):
    """A first-order division, or the rest of a country (empty ``iso``)."""

    iso: str
    name: str
    country: str
    geometry: BaseGeometry


#: Code in Natural Earth -> (ISO 3166-2, name). Its "Leninabad" and "Tadzhikistan Territories" are former names.
REGIONS = {
    "TJ-KT": ("TJ-KT", "Khatlon"),
    "TJ-GB": ("TJ-GB", "Gorno-Badakhshan Autonomous Region"),
    "TJ-X01~": ("TJ-RA", "Districts of Republican Subordination"),
    "TJ-DU": ("TJ-DU", "Dushanbe"),
    "TJ-SU": ("TJ-SU", "Sughd"),
    "AF-BDS": ("AF-BDS", "Badakhshan (Afghanistan)"),
    "AF-TAK": ("AF-TAK", "Takhar"),
    "AF-KDZ": ("AF-KDZ", "Kunduz"),
    "AF-BAL": ("AF-BAL", "Balkh"),
}

#: What is kept of Afghanistan: west, south, east, north in degrees.
CLIP = shapely.box(64.0, 34.6, 78.0, 43.0)


def read_natural_earth(admin1: bytes) -> dict[str, dict[str, BaseGeometry]]:
    """Natural Earth 10m regions of Tajikistan and Afghanistan by country and code; AF's other provinces as ``""``."""
    found: dict[str, dict[str, list[BaseGeometry]]] = {"TJ": {}, "AF": {}}
    for feature in json.loads(admin1)["features"]:
        country = {"TJK": "TJ", "AFG": "AF"}.get(feature["properties"].get("adm0_a3"))
        if country:
            code = feature["properties"]["iso_3166_2"]
            shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
            found[country].setdefault(code if code in REGIONS else "", []).append(shape)
    return {
        c: {k: shapely.union_all(v, grid_size=GRID) for k, v in sorted(codes.items())} for c, codes in found.items()
    }


def _lines(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, shapely.LineString)]
    return shapely.line_merge(shapely.MultiLineString(parts))


def inner_lines(shapes: Sequence[BaseGeometry]) -> list[shapely.LineString]:
    """Lines between neighbouring shapes, cut where three of them meet."""
    lines = []
    for i, a in enumerate(shapes):
        for b in shapes[i + 1 :]:
            shared = shapely.intersection(a.boundary, b.boundary, grid_size=GRID)
            if shared.length > 0:
                lines += list(shapely.get_parts(_lines(shared)))
    return lines


def _carried_on(lines: Sequence[shapely.LineString], outline: BaseGeometry) -> list[shapely.LineString]:
    """Straight pieces from each loose end inside the outline to the outline, by the shortest way."""
    ends: dict[tuple[float, ...], int] = {}
    for line in lines:
        for xy in (line.coords[0], line.coords[-1]):
            ends[xy] = ends.get(xy, 0) + 1
    squash = np.array([np.cos(np.radians(38.0)), 1.0])
    edge = shapely.transform(outline.boundary, lambda xy: xy * squash)
    pieces = []
    for xy in sorted(xy for xy, count in ends.items() if count == 1):
        if outline.contains(shapely.Point(xy)):
            way = shapely.get_coordinates(shapely.shortest_line(shapely.Point(np.array(xy) * squash), edge)) / squash
            beyond = way[1] + (way[1] - way[0]) * 1e-3 + np.sign(way[1] - way[0]) * 5 * GRID
            pieces.append(shapely.LineString([way[0], beyond]))
    return pieces


def fit_regions(outlines: dict[str, BaseGeometry], regions: dict[str, dict[str, BaseGeometry]]) -> list[Region]:
    """Cut outlines into their regions, as one coverage without gaps or overlaps.

    Parameters
    ----------
    outlines
        The land of each country, EPSG:4326.
    regions
        Natural Earth's shapes by country and code.
    """
    lines: list[BaseGeometry] = [outline.boundary for outline in outlines.values()]
    for country, outline in outlines.items():
        inner = inner_lines(list(regions[country].values()))
        inner += _carried_on(inner, outline)
        lines += [shapely.intersection(line, outline.buffer(10 * GRID)) for line in inner]
    faces = _faces(lines)
    found = []
    for country, outline in outlines.items():
        inside = [face for face in faces if outline.contains(face.representative_point())]
        found += _grouped(country, inside, regions[country])
    return found


def _grouped(country: str, faces: Sequence[shapely.Polygon], regions: dict[str, BaseGeometry]) -> list[Region]:
    """Join the faces that belong to the same region."""
    shapes = np.array(list(regions.values()))
    held: dict[str, list[shapely.Polygon]] = {code: [] for code in regions}
    for face in faces:
        overlap = shapely.area(shapely.intersection(shapes, face))
        best = overlap.argmax() if overlap.max() > 0 else shapely.distance(shapes, face).argmin()
        held[list(regions)[int(best)]].append(face)
    return [
        Region(*REGIONS.get(code, ("", "")), country, shapely.coverage_union_all(parts)) for code, parts in held.items()
    ]


def _faces(lines: Sequence[BaseGeometry]) -> list[shapely.Polygon]:
    """All faces of a net of lines, on the common grid."""
    net = shapely.union_all(lines, grid_size=GRID)
    return list(shapely.get_parts(shapely.polygonize(list(shapely.get_parts(net)))))
