"""Outlines as the page's blocks hold them: rings of small whole steps, which a browser adds up.

In: geometry in degrees (EPSG:4326). Out: plain lists and dictionaries for JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..data.model import Precision
from .drawing import Drawing
from .placed import Placed

__all__ = ["areas_block", "flat", "polygons"]

#: Units of a degree: 1e-4 degree, about 10 m.
SCALE: Final = 10_000


def flat(coordinates: npt.ArrayLike, scale: int = SCALE) -> list[int]:
    """Delta-code a line: ``[x0, y0, dx, dy, ...]`` in units of 1/scale degree, repeated points left out."""
    whole = np.rint(np.asarray(coordinates, dtype=np.float64)[:, :2] * scale).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=[[0, 0]])
    steps = np.concatenate([steps[:1], steps[1:][(steps[1:] != 0).any(axis=1)]])
    return [int(n) for n in steps.ravel()]


def polygons(geometry: BaseGeometry) -> list[list[list[int]]]:
    """Delta-code all polygons of a geometry, each a list of rings, the outer one first."""
    return [
        [flat(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(geometry)
    ]


def areas_block(found: Sequence[Drawing]) -> dict[str, Any]:
    """Areas for the page; records drawn as points have none.

    Returns
    -------
    dict
        ``shapes``: each outline once, with the name of the place it stands for. ``records``: by record id its class of
        area, its country, and the number of its shape; many records may share one.
    """
    shapes: list[dict[str, Any]] = []
    numbers: dict[tuple[bytes, float], int] = {}
    records = {}
    for drawing in found:
        if not drawing.area:
            continue
        row, tolerance = drawing.row, _tolerance(drawing.row)
        key = (drawing.geometry.wkb, tolerance)
        if key not in numbers:
            numbers[key] = len(shapes)
            outlines = polygons(shapely.simplify(drawing.geometry, tolerance))
            shapes.append({"name": row.place_name, "polygons": outlines})
        records[row.record_id] = {"class": drawing.area, "country": row.country, "shape": numbers[key]}
    return {"shapes": shapes, "records": records}


def _tolerance(row: Placed) -> float:
    """Degrees of simplification: none for a reach, which has to follow its bank; little for larger areas."""
    return 0.0002 if row.precision is Precision.REACH else 0.0005
