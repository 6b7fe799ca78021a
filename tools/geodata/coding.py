"""How the committed files hold coordinates: whole numbers of a grid, each the difference to the one before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["delta_coded", "rings_of", "write_json"]


def delta_coded(line: BaseGeometry, scale: float) -> list[int]:
    """Flat list ``[x0, y0, dx, dy, ...]`` in units of ``1 / scale`` degree, repeated points left out."""
    xy = np.round(shapely.get_coordinates(line) * scale).astype(np.int64)
    steps = np.diff(xy, axis=0)
    return [int(n) for n in np.vstack([xy[:1], steps[(steps != 0).any(axis=1)]]).ravel()]


def rings_of(geometry: BaseGeometry, scale: float) -> list[list[list[int]]]:
    """Polygons of a geometry, each a list of rings, the outer one first."""
    normal = shapely.normalize(geometry)
    return [[delta_coded(ring, scale) for ring in shapely.get_rings(part)] for part in shapely.get_parts(normal)]


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write compact UTF-8 JSON with sorted keys and one final line feed."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes((text + "\n").encode())
