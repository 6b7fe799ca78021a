"""GeoJSON by RFC 7946: one feature a record, lists as lists, claims and sources with it.

In: a scene. Out: one file. The foreign member ``panjmap`` holds what the file is about, all claims and all sources, so
that one file says who says what; ``claims`` of a feature are ids in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..export import Exported
from ..scene import Scene
from .frame import DIGITS, about, claims_frame, plain_rows, records_frame, sources_frame

__all__ = ["export", "panjmap_member"]


def export(scene: Scene) -> Exported:
    """Write all records as a FeatureCollection; those without a place have the geometry ``null``."""
    frame = records_frame(scene)
    features = [
        _dumps({"type": "Feature", "id": row["record_id"], "geometry": _geometry(geometry), "properties": _dates(row)})
        for row, geometry in zip(plain_rows(frame), frame.geometry, strict=True)
    ]
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if frame.geometry.notna().any():
        head["bbox"] = [round(float(edge), DIGITS) for edge in frame.total_bounds]
    head["panjmap"] = panjmap_member(scene)
    # One line a feature: a person can read it, and two versions can be compared.
    text = _dumps(head)[:-1] + ',\n"features":[\n' + ",\n".join(features) + "\n]}\n"
    return Exported({".geojson": text.encode("utf-8")})


def panjmap_member(scene: Scene) -> dict[str, Any]:
    """Say what the file is about, with all claims and sources: plain values for JSON."""
    return about(scene) | {
        "claims": [_dates(row) for row in plain_rows(claims_frame(scene))],
        "sources": [_dates(row) for row in plain_rows(sources_frame(scene))],
    }


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _dates(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write dates as ISO 8601."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _geometry(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """Write a geometry; its rings already run as the RFC wants them."""
    if geometry is None:
        return None
    if geometry.geom_type == "Point":
        return {"type": "Point", "coordinates": _positions(geometry)[0]}
    parts = [[_positions(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(geometry)]
    one = geometry.geom_type == "Polygon"
    return {"type": geometry.geom_type, "coordinates": parts[0] if one else parts}


def _positions(geometry: BaseGeometry) -> list[list[float]]:
    found: list[list[float]] = np.round(shapely.get_coordinates(geometry), DIGITS).tolist()
    return found
