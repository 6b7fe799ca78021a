"""What the page draws under the records, small: lines and rings delta-coded in 1e-4 degree (about 10 m)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from coding import delta_coded, rings_of
from coverage import METRES, arcs_between, border_of, simplified, simplify_line
from outlines import outline
from regions import Region
from shapely.geometry.base import BaseGeometry

__all__ = ["ROAD_KM", "border_rivers", "line_between", "road_along", "web_form"]

SCALE = 1e4
#: What may come into view, degrees: maxBounds of the page, and some more.
FRAME = shapely.box(62.0, 33.5, 80.0, 43.5)
#: Tolerances in metres: border, other outlines and inner lines, and the borders of neighbours.
BORDER_M, OTHER_M, NEIGHBOUR_M = 60.0, 300.0, 800.0
#: The road Qalai Khumb - Vanj - Rushan keeps to the Tajik bank between these ``border_km``.
ROAD_KM = (541.0, 717.0)
#: How far from the river the road is drawn, degrees of latitude: off the river's line, not surveyed.
ROAD_OFF = 0.007
#: ``border_km`` up to which the border is a river (the west end of lake Zorkul), and of the Panj's ends.
RIVER_END, PANJ = 1116.0, (82.4, 996.4)

#: Names on the map: text, kind, longitude, latitude.
NAMES = (
    ("TAJIKISTAN", "country", 70.35, 38.93),
    ("AFGHANISTAN", "country", 69.85, 36.62),
    ("UZBEKISTAN", "country", 67.25, 38.05),
    ("KYRGYZSTAN", "country", 72.4, 39.85),
    ("CHINA", "country", 75.6, 38.5),
    ("PAKISTAN", "country", 72.9, 36.2),
    ("KHATLON", "region", 68.95, 37.62),
    ("GBAO", "region", 71.62, 38.2),
    ("GBAO", "region", 73.1, 38.35),
    ("SUGHD", "region", 69.5, 39.28),
    ("Districts of Republican Subordination", "region", 69.1, 38.9),
    ("Badakhshan (Afghanistan)", "province", 70.85, 37.2),
    ("TAKHAR", "province", 69.72, 36.98),
    ("KUNDUZ", "province", 68.75, 36.8),
    ("BALKH", "province", 67.3, 36.75),
)
#: Where border rivers are named: text and ``border_km``.
BORDER_RIVER_NAMES = (
    ("Amu Darya", 40.0),
    *(("Panj", km) for km in (150.0, 262.0, 310.0, 480.0, 640.0, 745.0, 835.0, 940.0)),
    ("Pamir", 1050.0),
)
#: Where other rivers are named: text, longitude, latitude near the line.
RIVER_NAMES = (
    ("Vakhsh", 68.62, 37.8),
    ("Surkhob", 71.2, 39.17),
    ("Zarafshon", 68.5, 39.45),
    ("Bartang", 72.1, 38.15),
    ("Murghob", 73.6, 38.15),
    ("Wakhan", 73.3, 36.98),
    ("Kokcha", 70.15, 37.1),
    ("Kunduz", 68.8, 36.6),
)


def line_between(border: shapely.LineString, km: np.ndarray, start: float, end: float) -> shapely.LineString:
    """Part of the border between two ``border_km``; ``km`` are those of its vertices."""
    xy = shapely.get_coordinates(border)
    ends = [[np.interp(at, km, xy[:, 0]), np.interp(at, km, xy[:, 1])] for at in (start, end)]
    return shapely.LineString(np.vstack([ends[0], xy[(km > start) & (km < end)], ends[1]]))


def road_along(border: shapely.LineString, km: np.ndarray) -> shapely.LineString:
    """Draw the road as the smoothed line of the river, moved on to the Tajik bank."""
    bank = simplify_line(line_between(border, km, *ROAD_KM), 400.0, 1e-5)
    metric = shapely.transform(bank, lambda xy: xy * METRES)
    moved = shapely.offset_curve(metric, ROAD_OFF * METRES[1], join_style="round")
    longest: shapely.LineString = max(shapely.get_parts(moved), key=lambda part: float(part.length))
    return simplify_line(shapely.transform(longest, lambda xy: xy / METRES), 100.0, 1e-4)


def border_rivers(border: shapely.LineString, km: np.ndarray) -> BaseGeometry:
    """All rivers that are borders of Afghanistan in the north: Amu Darya, Panj, Pamir."""
    amu_darya = shapely.intersection(outline("AF").boundary, outline("UZ").boundary)
    return shapely.union_all([line_between(border, km, 0.0, RIVER_END), amu_darya])


def _neighbours(regions: Sequence[Region]) -> list[shapely.LineString]:
    """Borders of Uzbekistan and Kyrgyzstan that are not borders of Tajikistan or Afghanistan."""
    drawn = shapely.union_all([region.geometry for region in regions]).boundary.buffer(0.01)
    lines = shapely.union_all([outline("UZ").boundary, outline("KG").boundary])
    rest = shapely.difference(shapely.intersection(lines, FRAME), drawn)
    parts = shapely.get_parts(shapely.line_merge(rest))
    return [simplify_line(part, NEIGHBOUR_M, 1e-4) for part in parts if part.length > 0.1]


def _angle(line: BaseGeometry, at: shapely.Point) -> int:
    """Direction of a line at a point, clockwise from east on the page (as in SVG), -90 to 90 degrees."""
    place = line.project(at)
    a, b = (line.interpolate(place + step) for step in (-0.09, 0.09))
    run, rise = (b.x - a.x) * np.cos(np.radians(at.y)), b.y - a.y
    angle = -np.degrees(np.arctan2(rise, run))
    return round(float((angle + 90) % 180 - 90))


def _labels(border: shapely.LineString, km: np.ndarray, rivers: Sequence[shapely.LineString]) -> list[dict[str, Any]]:
    labels: list[dict[str, Any]] = [{"text": t, "kind": k, "lon": lon, "lat": lat} for t, k, lon, lat in NAMES]
    smooth = simplify_line(border, 2000.0, 1e-4)
    for text, at in BORDER_RIVER_NAMES:
        point = shapely.Point(line_between(border, km, at, at + 0.1).coords[0])
        labels.append(_river_label(text, smooth, point))
    for text, lon, lat in RIVER_NAMES:
        point = shapely.Point(lon, lat)
        line = min(rivers, key=point.distance)
        labels.append(_river_label(text, line, line.interpolate(line.project(point))))
    return labels


def _river_label(text: str, line: BaseGeometry, at: shapely.Point) -> dict[str, Any]:
    angle = _angle(line, at)
    return {"text": text, "kind": "river", "lon": round(at.x, 3), "lat": round(at.y, 3), "angle": angle}


def web_form(
    regions: Sequence[Region], border: shapely.LineString, km: np.ndarray, rivers: Sequence[shapely.LineString]
) -> dict[str, Any]:
    """All of it but rivers and lakes, which have a file and a licence of their own."""
    slim = simplified(regions, border, BORDER_M, OTHER_M, 1 / SCALE)
    line = border_of(slim)
    along = np.interp(_places(line, border), _places(border, border), km)
    land = {
        country: shapely.intersection(shapely.union_all([r.geometry for r in slim if r.country == country]), FRAME)
        for country in ("TJ", "AF")
    }
    # the outline of Dushanbe, a ring, is not good enough to be drawn
    inner = [arc for arc in arcs_between(slim) if not arc.is_ring]
    panj = line_between(line, along, *PANJ)
    return {
        "scale": int(SCALE),
        "land": {c: _flat(rings_of(shape, SCALE)) for c, shape in land.items()} | {"other": [_ring(FRAME)]},
        "border": [delta_coded(line, SCALE)],
        "panj": [delta_coded(panj, SCALE)],
        "border_rivers": [delta_coded(part, SCALE) for part in _other_border_rivers(line, along)],
        "admin": [delta_coded(arc, SCALE) for arc in inner],
        "neighbours": [delta_coded(part, SCALE) for part in _neighbours(regions)],
        "roads": [delta_coded(road_along(border, km), SCALE)],
        "labels": _labels(border, km, rivers),
    }


def _other_border_rivers(line: shapely.LineString, along: np.ndarray) -> list[shapely.LineString]:
    """Amu Darya (also where it is the border with Uzbekistan) and Pamir."""
    uzbek = shapely.line_merge(shapely.intersection(outline("AF").boundary, outline("UZ").boundary))
    amu_darya = [simplify_line(part, OTHER_M, 1 / SCALE) for part in shapely.get_parts(uzbek)]
    return [*amu_darya, line_between(line, along, 0.0, PANJ[0]), line_between(line, along, PANJ[1], RIVER_END)]


def _places(line: shapely.LineString, on: shapely.LineString) -> np.ndarray:
    """Position of each vertex along another line, in degrees."""
    return np.asarray(shapely.line_locate_point(on, shapely.points(shapely.get_coordinates(line))))


def _flat(polygons: list[list[list[int]]]) -> list[list[int]]:
    return [ring for rings in polygons for ring in rings]


def _ring(box: shapely.Polygon) -> list[int]:
    return delta_coded(box.exterior, SCALE)
