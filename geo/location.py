"""Where one record is drawn, and in words how that was derived from what reports name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from ..data.model import Place, PlaceLevel, Precision
from ..data.wording import plural

__all__ = ["Location", "country_only", "derivation", "listed", "nowhere"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where one record is drawn, and how that was derived. Chainage in km of the Panj above the Vakhsh mouth."""

    precision: Precision
    place_ids: tuple[str, ...] = ()
    place_name: str | None = None
    country: str | None = None
    iso_3166_2: str | None = None
    geometry: BaseGeometry | None = None
    uncertainty_km: float = math.nan
    river_km_from: float = math.nan
    river_km_to: float = math.nan
    approximate: bool = False
    area_source: str | None = None
    how: str = "no report gives a place"


def listed(places: Iterable[Place]) -> str:
    """Names of places, in the order given."""
    return " and ".join(place.name for place in places)


def derivation(places: Sequence[Place], precision: Precision, named: Sequence[Place]) -> str:
    """Say whether reports name what is drawn, or something in it whose own position is not known or not decided."""
    if any(place in named for place in places):
        return f"reports name the {plural(len(places), precision.value)}: {listed(places)}"
    finer = listed(p for p in named if p.kind not in ("river", "border"))
    return f"reports name {finer}; not settled to one point, so that the {precision.value} is given: {listed(places)}"


def country_only(countries: Sequence[Place], named: Sequence[Place]) -> Location:
    """Only a country is known: nothing is drawn."""
    stated = f"reports name only the country: {listed(countries)}" if any(c in named for c in countries) else None
    return Location(
        Precision.COUNTRY,
        tuple(place.place_id for place in countries),
        listed(countries),
        countries[0].country if len(countries) == 1 else None,
        how=stated or derivation(countries, Precision.COUNTRY, named),
    )


def nowhere(named: Sequence[Place]) -> Location:
    """Nothing is named, or only a line as long as the border, or something not known to lie in anything larger."""
    if not named:
        return Location(Precision.UNKNOWN)
    only_lines = all(place.level is PlaceLevel.LINE for place in named)
    why = "only a line: " if only_lines else "a place that is not located: "
    ids = tuple(place.place_id for place in named)
    return Location(
        Precision.UNKNOWN, ids, None if only_lines else listed(named), how=f"reports name {why}{listed(named)}"
    )
