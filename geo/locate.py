"""From records to a located frame: each record gets the geometry that its reports allow, and no finer.

Tables (already fit for publication, see ``data/publish.py``), areas and the river go in; one GeoDataFrame comes out,
indexed by ``record_id`` in table order, EPSG:4326, with every record in it, located or not.

The rules, fine to coarse (the precision table of ``data/model.py``):

* a town, village or site is drawn as a point only where a *decision* on the attribute ``place`` names it;
  without one, its district is drawn; the point of an imported row needs none, for its table gives it;
* a district together with a river gives the stretch of that river along the district, on the bank of its country;
* a river or the border alone gives nothing: an event placed only there is not located;
* then the district, the region, the country: those that reports name, or else those that hold what they name.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from geopandas import GeoDataFrame

from ..data.model import PRECISION_CODES, Place, PlaceLevel, PlaceRole, Precision, Record, Tables
from ..data.vocabulary import IMPORTED
from .areas import Areas
from .location import Location, country_only, derivation, listed, nowhere
from .river import PANJ_KM, RIVER_KM_OFFSET, River

__all__ = ["BANK_OF_COUNTRY", "locate"]

#: The bank of the Panj on which each country lies.
BANK_OF_COUNTRY = {"TJ": "Tajik", "AF": "Afghan"}

#: A point is drawn as a town or village up to this uncertainty, in km; beyond it the record is "near" the place.
SETTLEMENT_KM = 5.0
#: A point further from the border than this, in km, lies on no bank and at no km of the Panj.
BY_THE_RIVER_KM = 20.0
#: A point is drawn as a site up to this uncertainty, in km.
SITE_KM = 1.0

_POINTS = (PlaceLevel.SETTLEMENT, PlaceLevel.SITE)


def locate(tables: Tables, areas: Areas, river: River) -> GeoDataFrame:
    """Place every record as precisely as its reports do.

    Parameters
    ----------
    tables
        The tables, after :func:`panjmap.data.publish.public` for anything that leaves the house.
    areas
        Regions and districts.
    river
        The full-detail line that chainage is measured on.

    Returns
    -------
    located
        One row a record, index ``record_id``, EPSG:4326. Columns: ``kind``, ``type``, ``title``, ``precision``,
        ``uncertainty_km``, ``how``, ``place_ids``, ``place_name``, ``country``, ``iso_3166_2``, ``river_km_from``,
        ``river_km_to``, ``bank``, ``where_prec`` (UCDP), ``geo_precision`` (ACLED), ``generalised``, ``approximate``,
        ``area_source``, ``geometry`` (Point, Polygon, MultiPolygon or None).
    """
    ground = _Ground(tables, areas, river)
    rows = [_row(record, ground) for record in tables.records]
    columns = {name: [row[name] for row in rows] for name in _COLUMNS}
    index = [record.record_id for record in tables.records]
    located = GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326", index=index).rename_axis("record_id")
    return located.astype({"where_prec": "Int64", "geo_precision": "Int64"})


_COLUMNS = (
    "kind",
    "type",
    "title",
    "precision",
    "uncertainty_km",
    "how",
    "place_ids",
    "place_name",
    "country",
    "iso_3166_2",
    "river_km_from",
    "river_km_to",
    "bank",
    "where_prec",
    "geo_precision",
    "generalised",
    "approximate",
    "area_source",
    "geometry",
)


def _row(record: Record, ground: _Ground) -> dict[str, object]:
    """One row of the located frame."""
    places = ground.drawn_places(record.record_id)
    location = ground.location(record.record_id, places)
    code = PRECISION_CODES[location.precision]
    return {name: getattr(location, name) for name in Location.__slots__} | {
        "kind": record.kind.value,
        "type": record.type.value if record.type else None,
        "title": record.title,
        "precision": location.precision.value,
        "bank": BANK_OF_COUNTRY.get(location.country or "") if not math.isnan(location.river_km_from) else None,
        "where_prec": code.where_prec,
        "geo_precision": code.geo_precision,
        "generalised": record.record_id in ground.generalised,
    }


class _Ground:
    """What the rules look up: places and their parents, who is where in each record, the decisions on places."""

    def __init__(self, tables: Tables, areas: Areas, river: River) -> None:
        self.areas, self.river = areas, river
        self.places: dict[str, Place] = {place.place_id: place for place in tables.places}
        self.generalised: set[str] = set()
        self._event: dict[str, list[str]] = defaultdict(list)
        self._coarser: dict[str, list[str]] = defaultdict(list)
        for link in tables.record_places:
            if link.role is PlaceRole.EVENT:
                self._event[link.record_id].append(link.place_id)
            elif link.role is PlaceRole.GENERALISED:
                self._coarser[link.record_id].append(link.place_id)
                self.generalised.add(link.record_id)
        self._decided: dict[str, dict[str, str]] = defaultdict(dict)
        for decision in tables.decisions:
            if decision.attribute == "place":
                for chosen in decision.chosen.split(";"):
                    self._decided[decision.record_id][chosen.strip()] = decision.source

    def drawn_places(self, record_id: str) -> list[Place]:
        """Places that the record may be drawn at: the generalised ones where there are any."""
        ids = self._coarser.get(record_id) or self._event.get(record_id, [])
        return [self.places[place_id] for place_id in ids]

    def location(self, record_id: str, places: Sequence[Place]) -> Location:
        """Apply the rules of this module, fine to coarse; the first that holds wins."""
        decided = self._decided[record_id]
        at_level = {level: [p for p in places if p.level is level] for level in PlaceLevel}
        settled = [p for p in places if p.level in _POINTS and (p.place_id in decided or p.kind == IMPORTED)]
        points = [(p, p.lonlat) for p in settled if p.lonlat]
        if len(points) == 1:
            return self._point(*points[0], decided.get(points[0][0].place_id))
        districts = at_level[PlaceLevel.DISTRICT] or self._above(places, PlaceLevel.DISTRICT)
        lines = at_level[PlaceLevel.LINE]
        if len(districts) == 1 and any(line.kind == "river" for line in lines):
            return self._reach(districts[0], places)
        if districts:
            return self._area(districts, Precision.DISTRICT, places)
        regions = at_level[PlaceLevel.REGION] or self._above(places, PlaceLevel.REGION)
        if regions:
            return self._area(regions, Precision.REGION, places)
        countries = at_level[PlaceLevel.COUNTRY] or self._above(places, PlaceLevel.COUNTRY)
        return country_only(countries, places) if countries else nowhere(places)

    def parent(self, place: Place, level: PlaceLevel) -> Place | None:
        """Find the place at ``level`` that holds ``place``."""
        seen: set[str] = set()
        while place.parent_id and place.parent_id not in seen:
            seen.add(place.parent_id)
            place = self.places[place.parent_id]
            if place.level is level:
                return place
        return None

    def _above(self, places: Iterable[Place], level: PlaceLevel) -> list[Place]:
        """Find what holds the places; rivers and borders run through too much to lie in anything, roads do not."""
        finer = [p for p in places if p.kind not in ("river", "border")]
        found = (self.parent(place, level) for place in finer)
        return list({place.place_id: place for place in found if place}.values())

    def _iso(self, place: Place) -> str | None:
        region = place if place.level is PlaceLevel.REGION else self.parent(place, PlaceLevel.REGION)
        return (region.iso_3166_2 if region else None) or place.iso_3166_2

    def _point(self, place: Place, lonlat: tuple[float, float], source: str | None) -> Location:
        """Draw a town, village or site that a decision names, or the point of an imported row, with its uncertainty."""
        point = shapely.Point(lonlat)
        border_km, away = self.river.nearest(np.array([point], dtype=object))
        km = float(border_km[0]) - RIVER_KM_OFFSET
        km = km if 0 <= km <= PANJ_KM and away[0] <= BY_THE_RIVER_KM else math.nan
        uncertainty = math.inf if place.uncertainty_km is None else place.uncertainty_km
        if place.level is PlaceLevel.SITE and uncertainty <= SITE_KM:
            precision = Precision.SITE
        else:
            precision = Precision.SETTLEMENT if uncertainty <= SETTLEMENT_KM else Precision.NEAR
        given = f"point that a row gives for {place.name} ({place.coord_source})"
        matched = f"point of {place.name} in a gazetteer ({source}), matched by a recorded decision"
        return Location(
            precision,
            (place.place_id,),
            place.name,
            place.country,
            self._iso(place),
            point,
            uncertainty,
            km,
            km,
            how=matched if source else given,
        )

    def _reach(self, district: Place, places: Sequence[Place]) -> Location:
        """Draw the stretch of the Panj along a district, on the bank of the district's country."""
        span = self.areas.reach(district.place_id)
        bank = BANK_OF_COUNTRY.get(district.country or "")
        if span is None or bank is None:
            return self._area([district], Precision.DISTRICT, places)
        outline = self.areas.outline(district.place_id)
        return Location(
            Precision.REACH,
            (district.place_id,),
            district.name,
            district.country,
            self._iso(district),
            self.river.reach(*span, bank),
            (span[1] - span[0]) / 2,
            *_on_the_panj([span]),
            approximate=outline is None or outline.approximate,
            area_source=self.areas.set_name,
            how=f"{bank} bank of the Panj along {district.name}; no report gives a place on it",
        )

    def _area(self, places: Sequence[Place], precision: Precision, named: Sequence[Place]) -> Location:
        """Draw districts or regions, several together; ``named`` are the places that reports name."""
        isos = {self._iso(place) for place in places}
        countries = {place.country for place in places}
        found = [area for place in places if (area := self.areas.outline(place.place_id))]
        spans = [span for place in places if (span := self.areas.reach(place.place_id))]
        return Location(
            precision,
            tuple(place.place_id for place in places),
            listed(places),
            countries.pop() if len(countries) == 1 else None,
            isos.pop() if len(isos) == 1 else None,
            shapely.union_all([area.geometry for area in found]) if len(found) == len(places) else None,
            max(place.uncertainty_km or math.nan for place in places),
            *_on_the_panj(spans),
            approximate=any(area.approximate for area in found),
            area_source="; ".join(sorted({area.source for area in found})) or None,
            how=derivation(places, precision, named),
        )


def _on_the_panj(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Turn stretches of the border (``border_km``) into one of the Panj (``river_km``); NaN for none."""
    low = max(min((span[0] for span in spans), default=math.nan) - RIVER_KM_OFFSET, 0.0)
    high = min(max((span[1] for span in spans), default=math.nan) - RIVER_KM_OFFSET, PANJ_KM)
    return (low, high) if spans and low < high else (math.nan, math.nan)
