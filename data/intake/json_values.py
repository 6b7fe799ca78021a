"""One value of a JSON file -> one row: properties as cells, the geometry as the file has it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from ..limits import limits, raising
from .json_stream import depth
from .notes import Notes, Refused
from .source import SourceRow

__all__ = ["SHAPES", "cells_of", "is_feature", "is_shape", "row_of"]

SHAPES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_OWN = frozenset({"type", "geometry", "properties", "bbox", "crs", "id"})


def is_feature(value: object) -> bool:
    """Whether a value is a feature of GeoJSON, also where its type was forgotten."""
    return isinstance(value, dict) and (value.get("type") == "Feature" or {"geometry", "properties"} <= value.keys())


def is_shape(value: object) -> bool:
    """Whether a value is a geometry of GeoJSON."""
    return isinstance(value, dict) and isinstance(kind := value.get("type"), str) and kind in SHAPES


def cells_of(value: object) -> dict[str, Any]:
    """Return what becomes the cells of a row: properties, the id, and what else a feature carries.

    What stands beside the properties is called ``feature.id``, say, where the properties have an ``id`` as well.
    """
    if not isinstance(value, dict) or is_shape(value):
        return {}
    if not is_feature(value):
        return value
    properties = value.get("properties")
    cells = dict(properties) if isinstance(properties, dict) else {}
    for key, other in value.items():
        if key not in _OWN or key == "id":
            name = key
            while name in cells:
                name = f"feature.{name}"
            cells[name] = other
    return cells


def row_of(value: object, number: int, names: Mapping[str, str], notes: Notes) -> SourceRow | None:
    """Return a record as a row, or ``None`` after saying why it is none.

    Parameters
    ----------
    value
        A feature, a geometry or an object.
    number
        Its number from 0.
    names
        The columns by the keys of the file.
    notes
        Where problems go.
    """
    if not isinstance(value, dict):
        notes.refuse_row(number, f"an object in braces as {notes.unit}", "write it as one", value=str(value)[:80])
        return None
    try:
        geometry = _geometry_of(value)
        cells = {names.get(key, key): _cell(own, number, key, notes) for key, own in cells_of(value).items()}
        lonlat, shape, coordinates = _place(geometry)
    except Refused as reason:
        notes.refuse_row(number, reason.expected, reason.fix, column=reason.column, value=reason.value)
        return None
    return SourceRow(number, cells, lonlat, shape, coordinates)


def _geometry_of(value: dict[str, Any]) -> object:
    """Return the geometry of a record, and refuse a feature that is none."""
    if is_feature(value):
        properties = value.get("properties")
        if properties is not None and not isinstance(properties, dict):
            raise Refused("properties as an object in braces", "write them as one", value=str(properties)[:80])
        return value.get("geometry")
    return value if is_shape(value) else None


def _place(geometry: object) -> tuple[tuple[object, object] | None, str | None, object]:
    """Return (first two coordinates of a point, kind, coordinates of anything else)."""
    if geometry is None:
        return None, None, None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in SHAPES:
        shown = str(kind if kind is not None else geometry)[:80]
        raise Refused("a geometry of GeoJSON, or null", "export the file again", column="geometry", value=shown)
    inner = geometry.get("geometries" if kind == "GeometryCollection" else "coordinates")
    if not isinstance(inner, list):
        fix = "write [longitude, latitude]" if kind == "Point" else "export the file again"
        raise Refused(f"coordinates of a {kind} as a list", fix, column="geometry", value=str(inner)[:80])
    if depth(inner) > limits().nesting:
        fix = f"export the file again, {raising('nesting')}"
        raise Refused(f"lists at most {limits().nesting} deep", fix, column="geometry")
    if kind != "Point":
        return None, kind, inner
    if not inner:
        return None, kind, None
    if len(inner) < 2:
        fix = "write [longitude, latitude]"
        raise Refused("two coordinates of a Point", fix, column="geometry", value=str(inner)[:80])
    return (inner[0], inner[1]), kind, None


def _cell(value: object, row: int, key: str, notes: Notes) -> object:
    """Return a value as a cell: texts cleaned, lists and objects as JSON text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refused("a number of a size that can be held", "write a smaller one", column=key, value=str(value))
        return value
    if not isinstance(value, str):
        if depth(value) > limits().nesting:
            fix = f"flatten it, {raising('nesting')}"
            raise Refused(f"lists and objects at most {limits().nesting} deep", fix, column=key)
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(value) > limits().field_chars:
        fix = f"shorten it, {raising('field_chars', len(value))}"
        expected = f"at most {limits().field_chars:,} characters, not {len(value):,}"
        raise Refused(expected, fix, column=key, value=value[:80])
    return notes.text(value, row, key)
