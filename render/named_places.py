"""Names on the map in Latin, Tajik and Persian letters: towns and crossings by rank, areas, and what the ground names.

In: the published tables, so that no place that was withheld or generalised can come back, and the labels of the base
map. Out: one entry a place, as the base map block, the river strip and the static map read it. A name that is not known
in a script is an empty text; the page then shows the Latin one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..data.model import NameKind, Place, PlaceLevel, Tables

__all__ = ["AreaNames", "NamedPlace", "local_names", "named_labels", "named_places", "official_names"]

#: Languages of the names beside the Latin ones.
_LANGUAGES: Final = ("tg", "fa")
#: The word for a level, which a map does not repeat at every name.
_LEVEL_WORDS: Final = re.compile(
    r" (?:District|Autonomous Region|Region|Province)$|^(?:Ноҳияи|Вилояти(?: Мухтори)?) |^(?:ناحیهٔ|ولایت(?: مختار)?) "
)


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
    other = official_names(tables)
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


def official_names(tables: Tables) -> dict[tuple[str, str], str]:
    """Give the official names, the first of each place and language: ``(place_id, language)`` to name."""
    found: dict[tuple[str, str], str] = {}
    for name in tables.place_names:
        if name.kind is NameKind.OFFICIAL and name.language:
            found.setdefault((name.place_id, name.language), name.name)
    return found


def local_names(place_ids: Sequence[str], official: Mapping[tuple[str, str], str]) -> list[dict[str, str]]:
    """Write a record's places in Tajik and in Persian letters, for each script in which all of them are known."""
    found = {language: [official.get((place_id, language), "") for place_id in place_ids] for language in _LANGUAGES}
    return [
        {"lang": language, "text": ("، " if language == "fa" else ", ").join(names)}
        for language, names in found.items()
        if names and all(names)
    ]


class AreaNames:
    """Names of districts, regions and countries as a map writes them, without the word for their level."""

    def __init__(self, tables: Tables) -> None:
        self._official = official_names(tables)
        self._latin: dict[str, list[str]] = defaultdict(list)
        for name in tables.place_names:
            if name.script == "Latn" and name.kind in (NameKind.VARIANT, NameKind.ABBREVIATION):
                self._latin[name.place_id].append(name.name)

    def of(self, place: Place) -> dict[str, str]:
        """Names in three scripts, and a shorter Latin one where the tables have it."""
        name = _LEVEL_WORDS.sub("", place.name)
        short = [n for n in self._latin[place.place_id] if len(n) < len(name) and (n in name or n.isupper())]
        return {"name": name, **self.local(place.place_id), **({"short": short[0]} if short else {})}

    def local(self, place_id: str) -> dict[str, str]:
        """``name_tg`` and ``name_fa`` of a place."""
        known = {language: self._official.get((place_id, language), "") for language in _LANGUAGES}
        return {f"name_{language}": _LEVEL_WORDS.sub("", name) for language, name in known.items()}


def named_labels(labels: Iterable[Mapping[str, Any]], tables: Tables) -> list[dict[str, Any]]:
    """Give each label of the base map its names in other scripts: its own, or those of the place that it names.

    Parameters
    ----------
    labels
        As the base map has them: ``text``, ``kind``, ``lon``, ``lat``; where known, ``place_id``, ``within``
        (the place that it is told apart by, which then follows in brackets), ``name_tg``, ``name_fa``.
    """
    names = AreaNames(tables)
    return [_named_label(label, names) for label in labels]


def _named_label(label: Mapping[str, Any], names: AreaNames) -> dict[str, Any]:
    known, around = (names.local(str(label.get(key, ""))) for key in ("place_id", "within"))
    if "within" in label:
        known = {key: f"{name} ({around[key]})" if name and around[key] else "" for key, name in known.items()}
    shown = {key: value for key, value in label.items() if key not in ("place_id", "within")}
    return {**{key: name for key, name in known.items() if name}, **shown}


def _rank(place: Place) -> int | None:
    """Rank of a place, ``None`` for what is not named on the map: regions, districts, posts, mines."""
    rank = next((rank for word, rank in _RANKS.items() if word in place.kind), None)
    points = (PlaceLevel.SETTLEMENT, PlaceLevel.SITE)
    return rank if rank == 1 or place.level in points else None
