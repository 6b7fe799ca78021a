"""Rules about coordinates: a place whose point lies on the other bank than its country, or outside its region."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import shapely

from ..data.model import PlaceLevel
from .basemap import Basemap
from .check_view import View
from .finding import Finding, finding
from .plane import to_plane

__all__ = ["BANK_RULES", "points_on_the_wrong_bank", "points_outside_their_region"]

#: Regions are drawn to 150 m, and coordinates rounded to a minute are off by up to 1.3 km.
LEAST_KM = 1.5
#: Reference points of larger divisions stand for an area and may lie anywhere.
POINTS = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE})


def points_on_the_wrong_bank(view: View, basemap: Basemap) -> Iterator[Finding]:
    """Report towns, villages and sites whose point lies across the border from their country.

    Points rounded to a minute may be off by 1.3 km and land on the other bank (GeoNames); they must not be drawn.
    """
    drawn = _drawn_at(view)
    for place in view.tables.places:
        if place.country not in basemap.outlines or place.level not in POINTS or place.lon is None or place.lat is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        across = [name for name, land in basemap.outlines.items() if name != place.country and land.contains(point)]
        if across:
            km = shapely.distance(to_plane(point), to_plane(basemap.outlines[place.country]))
            distance = f"{km:.1f} km" if km >= 0.1 else "less than 100 m"
            yield finding(
                "error" if place.place_id in drawn else "note",
                "wrong-bank",
                f"{place.place_id} ({place.name}) belongs to {place.country}, but its point lies {distance} inside "
                f"{across[0]}. Correct the point, or place records at its district.",
                records=drawn.get(place.place_id, ()),
                claims=view.naming((place.place_id,), *drawn.get(place.place_id, ())),
                attribute="place",
                key=(place.place_id,),
            )


def _drawn_at(view: View) -> dict[str, list[str]]:
    """List records by place that they may be drawn at."""
    found: dict[str, list[str]] = {}
    for record_id, places in view.drawn.items():
        for place_id in dict.fromkeys(places):
            found.setdefault(place_id, []).append(record_id)
    return found


def points_outside_their_region(view: View, basemap: Basemap) -> Iterator[Finding]:
    """Report places whose point lies outside the region that their code, or what holds them, names.

    Measured against the bundled regions; a place may lie outside by its own uncertainty. A warning where a record is
    drawn there, else a note. Places on the other bank are left to the rule about banks.
    """
    regions = {region.iso: region for region in basemap.regions if region.iso}
    drawn = _drawn_at(view)
    for place in view.tables.places:
        codes = (view.places[name].iso_3166_2 for name in view.up(place.place_id))
        stated = regions.get(next((code for code in codes if code), ""))
        if stated is None or place.lonlat is None or place.level not in (*POINTS, PlaceLevel.DISTRICT):
            continue
        point = shapely.Point(place.lonlat)
        if stated.geometry.contains(point):
            continue
        other = next((r for r in regions.values() if r.geometry.contains(point)), None)
        km = shapely.distance(to_plane(point), to_plane(stated.geometry))
        if km <= max(place.uncertainty_km or 0.0, LEAST_KM) or (other and other.country != stated.country):
            continue
        yield finding(
            "warning" if place.place_id in drawn else "note",
            "outside-region",
            f"{place.place_id} ({place.name}) is said to lie in {stated.name}, but its point lies {km:.1f} km outside "
            f"it{f', in {other.name}' if other else ''}. Correct the point, parent_id or iso_3166_2.",
            records=drawn.get(place.place_id, ()),
            claims=view.naming((place.place_id,), *drawn.get(place.place_id, ())),
            attribute="place",
            others=(place.place_id,),
            key=(place.place_id,),
        )


BANK_RULES: tuple[Callable[[View, Basemap], Iterator[Finding]], ...] = (
    points_on_the_wrong_bank,
    points_outside_their_region,
)
