"""Rule about coordinates: a place whose point lies on the other bank than its country."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from ..data.model import PlaceLevel, PlaceRole, Tables
from .basemap import Basemap
from .finding import Finding, finding
from .plane import to_plane

__all__ = ["points_on_the_wrong_bank"]

#: Reference points of larger divisions stand for an area and may lie anywhere.
POINTS = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE})


def points_on_the_wrong_bank(tables: Tables, basemap: Basemap) -> Iterator[Finding]:
    """Report towns, villages and sites whose point lies across the border from their country.

    Points rounded to a minute may be off by 1.3 km and land on the other bank (GeoNames); they must not be drawn.
    """
    drawn = {link.place_id for link in tables.record_places if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED)}
    for place in tables.places:
        if place.country not in basemap.outlines or place.level not in POINTS or place.lon is None or place.lat is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        across = [name for name, land in basemap.outlines.items() if name != place.country and land.contains(point)]
        if across:
            km = shapely.distance(to_plane(point), to_plane(basemap.outlines[place.country]))
            distance = f"{km:.1f} km" if km >= 1 else f"{km * 1000:.0f} m"
            yield finding(
                "error" if place.place_id in drawn else "note",
                "wrong-bank",
                f"{place.place_id} ({place.name}) belongs to {place.country}, but its point lies {distance} inside "
                f"{across[0]}. Correct the point, or place records at its district.",
                others=(place.place_id,),
            )
