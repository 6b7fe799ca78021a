"""What the river strip shows of the ground: districts and regions on each bank, towns and crossings, by river km.

In: the published tables and the areas. Out: plain lists for the page's block. Nothing is invented: a district of which
no stretch of the river is known is left out, one that is known at a single place is a point, and what overlaps or
leaves a gap does so here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from ..data.model import Place, PlaceLevel, Tables
from ..geo.areas import RIVERSIDE_KM
from ..geo.river import PANJ_KM, RIVER_KM_OFFSET
from .named_places import AreaNames, NamedPlace, named_places

if TYPE_CHECKING:
    from ..geo.areas import Areas

__all__ = ["strip_ground"]

#: Two ends of one crossing lie on two banks and no further apart than this, in km.
ONE_CROSSING_KM = 5.0
#: A town is by the river up to this distance, in km; one further off would stand at a km where it is not.
TOWN_KM = 6.0

_BANKS: Final = {"TJ": "Tajik", "AF": "Afghan"}


def strip_ground(tables: Tables, areas: Areas) -> dict[str, Any]:
    """List the ground along the Panj.

    Returns
    -------
    ground
        ``length`` (km); ``districts`` and ``regions``: ``id``, ``bank``, ``from``, ``to`` (river km, whole; the same
        where the district is known at one place only), ``approximate`` (its ends are those of known places, and it
        may reach further), ``name``, ``name_tg``, ``name_fa``, ``short`` if there is one; ``towns``: ``km``,
        ``bank``, ``rank`` and names; ``crossings``: ``km`` and names; ``unplaced``: names of crossings whose position
        is not known.
    """
    by_the_river = _riverside(tables.places, areas)
    bare = AreaNames(tables)
    return {
        "length": round(PANJ_KM),
        "regions": _spans(tables.places, PlaceLevel.REGION, areas, {}, bare),
        "districts": _spans(tables.places, PlaceLevel.DISTRICT, areas, by_the_river, bare),
        **_named(tables, areas),
    }


def _spans(
    places: Iterable[Place],
    level: PlaceLevel,
    areas: Areas,
    by_the_river: Mapping[str, list[float]],
    names: AreaNames,
) -> list[dict[str, Any]]:
    """List the areas of a level with the stretch of the Panj that each is known to have, from the mouth upstream."""
    found = []
    for place in places:
        if place.level is not level or place.country not in _BANKS:
            continue
        span, known = areas.reach(place.place_id), by_the_river.get(place.place_id)
        if span is None and known and place.place_id not in areas.polygons:
            span = min(known), max(known)
        ends = _on_the_panj(span) if span else None
        if ends is None:
            continue
        surveyed = level is PlaceLevel.REGION or place.place_id in areas.polygons
        found.append(
            {
                "id": place.place_id,
                "bank": _BANKS[place.country],
                "from": ends[0],
                "to": ends[1],
                "approximate": not surveyed,
                **names.of(place),
            }
        )
    return sorted(found, key=lambda area: (area["from"], area["to"], area["id"]))


def _on_the_panj(span: tuple[float, float]) -> tuple[int, int] | None:
    """Turn ``border_km`` into whole river km, cut off at the ends of the Panj; ``None`` beyond them."""
    low, high = (km - RIVER_KM_OFFSET for km in span)
    if high < 0 or low > PANJ_KM:
        return None
    return round(max(low, 0.0)), round(min(high, PANJ_KM))


def _riverside(places: Iterable[Place], areas: Areas) -> dict[str, list[float]]:
    """``border_km`` of the known towns, villages and sites by the river, by district."""
    by_id = {place.place_id: place for place in places}
    points = [
        (district.place_id, shapely.Point(lonlat))
        for place in by_id.values()
        if place.level in (PlaceLevel.SETTLEMENT, PlaceLevel.SITE) and (lonlat := place.lonlat)
        if (district := _district(place, by_id)) and district.country == place.country
    ]
    km, away = areas.river.nearest(np.array([point for _, point in points], dtype=object))
    found: dict[str, list[float]] = defaultdict(list)
    for (district_id, _), at, distance in zip(points, km, away, strict=True):
        if distance <= RIVERSIDE_KM:
            found[district_id].append(float(at))
    return found


def _district(place: Place, by_id: Mapping[str, Place]) -> Place | None:
    """Find the district that the chain of parents puts a place into."""
    above: Place | None = place
    for _ in range(len(by_id)):
        above = by_id.get(above.parent_id or "") if above else None
        if above is None or above.level is PlaceLevel.DISTRICT:
            return above
    return None


def _named(tables: Tables, areas: Areas) -> dict[str, Any]:
    """List towns and crossings by the river, each at its km, and crossings that no known position places."""
    countries = {(p.lon, p.lat): p.country for p in tables.places if p.lonlat}
    named = named_places(tables)
    km, away = areas.river.nearest(np.array([shapely.Point(p.lon, p.lat) for p in named], dtype=object))
    towns, crossings = [], []
    for place, border_km, distance in zip(named, km, away, strict=True):
        at = float(border_km) - RIVER_KM_OFFSET
        bank = _BANKS.get(countries[place.lon, place.lat] or "")
        if bank is None or not 0 <= at <= PANJ_KM or distance > TOWN_KM:
            continue
        if "crossing" in place.kind:
            crossings.append({"km": round(at), "bank": bank, **_three(place)})
        else:
            towns.append({"km": round(at), "bank": bank, "rank": place.rank, **_three(place)})
    unplaced = [_crossing_name(p.name) for p in tables.places if "crossing" in p.kind and not p.lonlat]
    return {"towns": towns, "crossings": _joined(crossings), "unplaced": unplaced}


def _three(place: NamedPlace) -> dict[str, str]:
    return {"name": _crossing_name(place.name), "name_tg": place.name_tg, "name_fa": place.name_fa}


def _crossing_name(name: str) -> str:
    return name.removesuffix(" border crossing")


def _joined(crossings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the two ends of a crossing as one, at the Afghan end, under the name of the Tajik one."""
    found: list[dict[str, Any]] = []
    for one in sorted(crossings, key=lambda crossing: (crossing["bank"] == "Afghan", crossing["km"])):
        end = next((c for c in found if c["bank"] != one["bank"] and abs(c["km"] - one["km"]) <= ONE_CROSSING_KM), None)
        if end is None:
            found.append(one)
        else:
            end["km"] = one["km"]
    return sorted(found, key=lambda crossing: crossing["km"])
