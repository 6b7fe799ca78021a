"""Coarse outlines of Central Asia and its neighbours, for the small map that tells where the large one lies.

Natural Earth's first-order divisions are joined to countries, by its own de facto lines, cut at a frame and simplified
as one coverage. What is no land (the Caspian and the Arabian Sea) is in no country.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import numpy as np
import shapely
from coding import rings_of
from outlines import GRID
from shapely.geometry.base import BaseGeometry

__all__ = ["FRAME", "SCALE", "Country", "coarse_countries", "locator_form"]

#: West, south, east, north of what is kept, degrees; steps of the grid in a degree (one is about 2 km).
FRAME, SCALE = (44.0, 22.0, 92.0, 52.0), 50
#: Side of the triangles that simplifying leaves out: a line keeps within some 8 km. Islands and exclaves smaller than
#: this are left out too, square degrees (some 500 square km).
TOLERANCE, LEAST = 0.13, 0.05
#: What Natural Earth lists beside countries, under the code of one: the Siachen glacier and the Baykonur cosmodrome.
PARTS = ("KAS", "KAB")


class Country(NamedTuple):
    """One country inside the frame: ISO 3166-1 alpha-2, name in English, outline in degrees (EPSG:4326)."""

    iso: str
    name: str
    geometry: shapely.MultiPolygon


def coarse_countries(admin1: bytes) -> list[Country]:
    """Join Natural Earth's 10m regions to countries in the frame, simplified, in order of their codes.

    Raises
    ------
    SystemExit
        If the regions do not join without gaps and overlaps.
    """
    names, shapes = _read(admin1)
    order, frame = sorted(shapes), shapely.box(*FRAME)
    whole = [_polygons(shapely.intersection(shapely.union_all(shapes[iso], grid_size=GRID), frame)) for iso in order]
    if not shapely.coverage_is_valid(whole):
        raise SystemExit("the countries of the locator are no valid coverage")
    slim = [_on_grid(shape) for shape in shapely.coverage_simplify(whole, TOLERANCE)]
    found = [Country(iso, names[iso], shape) for iso, shape in zip(order, slim, strict=True)]
    return [country for country in found if not country.geometry.is_empty]


def _read(admin1: bytes) -> tuple[dict[str, str], dict[str, list[BaseGeometry]]]:
    """Names of the countries, and the regions of each that reach into the frame."""
    names: dict[str, str] = {}
    shapes: dict[str, list[BaseGeometry]] = {}
    frame = shapely.box(*FRAME)
    for feature in json.loads(admin1)["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        shape = shapely.make_valid(shapely.from_geojson(json.dumps(geometry))) if geometry else None
        if shape is not None and shape.intersects(frame):
            shapes.setdefault(about["iso_a2"], []).append(shape)
            if about["adm0_a3"] not in PARTS:
                names[about["iso_a2"]] = about["admin"]
    return names, shapes


def _polygons(geometry: BaseGeometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def _on_grid(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Round to the grid; leave out small parts, and fill the holes that small exclaves of others leave."""
    kept = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= LEAST])
        for part in shapely.get_parts(shape)
        if part.area >= LEAST
    ]
    rounded = shapely.transform(shapely.MultiPolygon(kept), lambda xy: np.round(xy * SCALE) / SCALE)
    valid = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    return _polygons(shapely.set_precision(valid, 1 / SCALE))


def locator_form(countries: list[Country]) -> dict[str, object]:
    """Put into the form that is written: frame, grid, each country with its rings and the middle of its widest part."""
    rows = [
        {"iso": c.iso, "name": c.name, "label": _label(c.geometry), "polygons": rings_of(c.geometry, SCALE)}
        for c in countries
    ]
    return {"scale": SCALE, "frame": FRAME, "countries": rows}


def _label(shape: shapely.MultiPolygon) -> list[float]:
    """Centre of the largest circle inside, tenths of a degree."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=0.05))[0]
    return [round(float(value), 1) for value in centre]
