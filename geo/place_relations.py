"""How places of the gazetteer stand to each other and to words for kinds of place.

What lies in what, which places share a name because they are one thing, and whether a place can be meant by "city".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt

from ..data.model import Place, PlaceLevel
from .generics import Generic
from .name_index import core_of, key_of
from .names import letters, sound

__all__ = ["PlaceRelations", "fit", "prominence"]

_EARTH_KM = 6371.0
_OTHER_LEVEL, _OTHER_KIND, _OTHER_COUNTRY = 0.8, 0.92, 0.85
#: Rank of levels from coarse to fine; two that are further apart than one cannot be meant by one word.
_RANK = {
    PlaceLevel.COUNTRY: 0,
    PlaceLevel.REGION: 1,
    PlaceLevel.DISTRICT: 2,
    PlaceLevel.SETTLEMENT: 3,
    PlaceLevel.SITE: 4,
    PlaceLevel.AREA: 4,
}
_SMALL = (PlaceLevel.SETTLEMENT, PlaceLevel.SITE, PlaceLevel.AREA)


def prominence(place: Place) -> int:
    """Order of namesakes of one score: country, region, city, river or road, district, town, village, site."""
    words = place.kind.replace(",", " ").split()
    if place.level is PlaceLevel.SETTLEMENT:
        return 2 if "city" in words else 5 if "town" in words else 6
    order = {PlaceLevel.COUNTRY: 0, PlaceLevel.REGION: 1, PlaceLevel.LINE: 3, PlaceLevel.DISTRICT: 4}
    return order.get(place.level, 7)


def fit(place: Place, recorded: Sequence[Generic], asked: Sequence[Generic]) -> float:
    """How well a place fits the generic terms asked for: the best of them; 1 if they say nothing, 0 if it cannot be.

    ``recorded`` are the generic terms of the name on record: "Dusti town" on a district names a town in it.
    """
    level = next((generic.level for generic in recorded if generic.level), place.level)
    best = max((_fit(place, level, generic) for generic in asked if generic.level), default=1.0)
    countries = {generic.country for generic in asked if generic.country}
    return best * (_OTHER_COUNTRY if countries and place.country and place.country not in countries else 1.0)


def _fit(place: Place, level: PlaceLevel, asked: Generic) -> float:
    kinds = place.kind.replace(",", " ").split()
    if level is place.level and any(kind in kinds for kind in asked.kinds):
        return 1.0
    if level is asked.level or asked.level is None:
        return _OTHER_KIND if asked.kinds and level is place.level else 1.0
    if PlaceLevel.LINE in (level, asked.level):
        return 0.0
    return _OTHER_LEVEL if abs(_RANK[level] - _RANK[asked.level]) < 2 else 0.0


def _name(place: Place) -> str:
    return sound(key_of(core_of(letters(place.name))))


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance in km; infinite where a position is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    lat1, lat2, dlon = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(dlon / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(h))


class PlaceRelations:
    """Relations read from ``parent_id``, level and position."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places

    def around(self, place: Place) -> tuple[str, ...]:
        """Ids of the places that a place lies in, nearest first; a parent that is missing or repeats ends the list."""
        found: list[str] = []
        parent = place.parent_id
        while parent and parent in self._places and parent not in found and parent != place.place_id:
            found.append(parent)
            parent = self._places[parent].parent_id
        return tuple(found)

    def district(self, place: Place) -> str | None:
        """Id of the district that a place is or lies in."""
        ids = (place.place_id, *self.around(place))
        return next((i for i in ids if self._places[i].level is PlaceLevel.DISTRICT), None)

    def inside(self, place: Place, ids: Collection[str], either_way: bool) -> bool:
        """Whether a place is, or lies in, one of several; or shares its district with a small one of them.

        Lines lie in no place and hold none: they never speak against each other. ``either_way`` also takes a place
        that holds one of them.
        """
        if place.level is PlaceLevel.LINE:
            return True
        up = {place.place_id, *self.around(place)}
        for other in (self._places[i] for i in ids):
            if other.place_id in up or other.level is PlaceLevel.LINE:
                return True
            if either_way and place.place_id in self.around(other):
                return True
            small = place.level in _SMALL and other.level in _SMALL
            if small and self.district(place) == self.district(other) is not None:
                return True
        return False

    def same_thing(self, first: Place, other: Place) -> bool:
        """Whether two places of one name are one thing to a reader, so that naming the first is no silent choice."""
        if first.place_id in self.around(other) or other.place_id in self.around(first):
            return True
        if first.country != other.country or self.district(first) != self.district(other):
            return False
        if distance_km(first, other) <= max(first.uncertainty_km or 0.0, other.uncertainty_km or 0.0):
            return True
        settled = first.level is PlaceLevel.SETTLEMENT and other.level in (PlaceLevel.SITE, PlaceLevel.AREA)
        return settled and self.district(first) is not None and _name(first) == _name(other)
