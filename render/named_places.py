"""Towns and crossings that the map names, ranked by how much they help a reader to find the way.

In: the published tables, so that no place that was withheld or generalised can come back. Out: one entry a place, as
the base map block and the static map read it.
"""

from __future__ import annotations

from typing import NamedTuple

from ..data.model import NameKind, Place, PlaceLevel, Tables

__all__ = ["NamedPlace", "named_places"]


class NamedPlace(NamedTuple):
    """A place with its names in Latin, Tajik and Persian letters (empty if not known); degrees, EPSG:4326.

    ``rank`` is 1 for a capital, 2 for a city, 3 for a town or a district's seat, 5 for a village or a crossing.
    """

    name: str
    name_tg: str
    name_fa: str
    lon: float
    lat: float
    rank: int
    kind: str


#: Rank by the words of a place's kind; the first that is found counts.
_RANKS = {"capital": 1, "city": 2, "town": 3, "seat": 3, "crossing": 5, "village": 5, "locality": 5}


def named_places(tables: Tables) -> tuple[NamedPlace, ...]:
    """List the places to name, by rank, then in table order."""
    other: dict[tuple[str, str], str] = {}
    for name in tables.place_names:
        if name.kind is NameKind.OFFICIAL and name.language:
            other.setdefault((name.place_id, name.language), name.name)
    found = [
        NamedPlace(
            name=place.name,
            name_tg=other.get((place.place_id, "tg"), ""),
            name_fa=other.get((place.place_id, "fa"), ""),
            lon=place.lon,
            lat=place.lat,
            rank=rank,
            kind="capital" if rank == 1 else place.kind,
        )
        for place in tables.places
        if place.lon is not None and place.lat is not None and (rank := _rank(place))
    ]
    return tuple(sorted(found, key=lambda place: place.rank))


def _rank(place: Place) -> int | None:
    """Rank of a place, ``None`` for what is not named on the map: regions, districts, posts, mines."""
    rank = next((rank for word, rank in _RANKS.items() if word in place.kind), None)
    points = (PlaceLevel.SETTLEMENT, PlaceLevel.SITE)
    return rank if rank == 1 or place.level in points else None
