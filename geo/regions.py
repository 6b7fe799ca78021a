"""In which region of the base map a point lies. Degrees go in, ISO 3166-2 codes come out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from .basemap import Basemap

__all__ = ["regions_at"]


def regions_at(points: Sequence[tuple[float, float] | None], basemap: Basemap) -> list[str | None]:
    """Find the region that each point lies in.

    Parameters
    ----------
    points
        Longitude and latitude in degrees (EPSG:4326), or nothing where there is no position.
    basemap
        The base map, whose regions with a code are looked at.

    Returns
    -------
    list
        The code of the region; nothing for a point in none of them.
    """
    regions = [region for region in basemap.regions if region.iso]
    tree = shapely.STRtree([region.geometry for region in regions])
    known = [index for index, point in enumerate(points) if point is not None]
    shapes = shapely.points(np.array([points[index] for index in known], dtype=float).reshape(-1, 2))
    found: list[str | None] = [None] * len(points)
    for at, region in zip(*tree.query(shapes, predicate="intersects"), strict=True):
        iso = regions[region].iso
        before = found[known[at]]
        found[known[at]] = min(iso or "", before) if before else iso  # on a line between two: always the same one
    return found
