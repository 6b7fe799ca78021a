"""The areas that records are drawn as: regions, districts, and the stretch of river along a district.

Regions are bundled. No package carries district boundaries, so that a district is drawn from the boundary file that a
user gives, or else as an *approximate area* (see ``approximate.py``), labelled as such wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..data.errors import PlaceError
from ..data.model import Place, PlaceLevel, PlaceName
from .approximate import approximate_area, joined
from .basemap import Basemap, Region, load_basemap
from .plane import from_plane, to_plane
from .river import River

__all__ = ["APPROXIMATE_SET", "Area", "Areas", "load_areas"]

#: Name of the set of districts where no boundary file is given.
APPROXIMATE_SET = "approximate areas, made from known places and published sizes"
#: Name of the bundled set of regions.
REGION_SET = "OpenStreetMap outlines, Natural Earth inner lines"

#: A place this near to the border, in km, tells along which stretch of the river its district lies.
RIVERSIDE_KM = 12.0
#: A boundary this near to the border, in km, runs along it.
ALONG_KM = 1.5
#: Detail of the river in the tree of an approximate area, in km; its edge takes the detail of the border.
STRETCH_KM = 1.5
#: Shorter stretches, in km of the border, are no reach.
LEAST_REACH_KM = 5.0

#: A place this near to the land, in degrees, lies on it: coordinates are rounded, and villages stand on the bank.
LAND_DEGREES = 0.05

_SETTLED = (PlaceLevel.SETTLEMENT, PlaceLevel.SITE)


@dataclass(frozen=True, slots=True)
class Area:
    """A region or a district, degrees (EPSG:4326).

    Attributes
    ----------
    geometry
        Polygon or MultiPolygon.
    approximate
        Whether it is an approximation, to be drawn dashed and labelled so.
    source
        The set that it is from, or how it was made, in words for a reader.
    iso_3166_2
        The region that it is or lies in, where that is known.
    """

    geometry: BaseGeometry
    approximate: bool
    source: str
    iso_3166_2: str | None


@dataclass(frozen=True)
class Areas:
    """Regions, districts and reaches.

    Attributes
    ----------
    places
        Gazetteer by id: what is known of districts.
    river
        The line that reaches are measured on.
    regions
        Bundled regions by ISO 3166-2 code.
    polygons
        Districts of a boundary file by place id; empty without one.
    set_name, licence
        Name and licence of the set of districts, for credits.
    """

    places: Mapping[str, Place]
    river: River
    regions: Mapping[str, Region]
    polygons: Mapping[str, BaseGeometry] = field(default_factory=dict)
    set_name: str = APPROXIMATE_SET
    licence: str | None = None
    _made: dict[str, Area | None] = field(default_factory=dict, repr=False, compare=False)
    _reaches: dict[str, tuple[float, float] | None] = field(default_factory=dict, repr=False, compare=False)

    def outline(self, place_id: str) -> Area | None:
        """District or region by place id; ``None`` for other places, and where there is nothing to draw one from.

        A district is a boundary file's, or an approximate area, or its region where its size is not known.

        Raises
        ------
        PlaceError
            If there is no such place.
        """
        if place_id not in self._made:
            self._made[place_id] = self._outline(self._place(place_id))
        return self._made[place_id]

    def region(self, iso: str | None) -> Area:
        """Region by ISO 3166-2 code.

        Raises
        ------
        PlaceError
            If there is no such region in the base map.
        """
        region = self.regions.get(iso or "")
        if region is None:
            known = ", ".join(sorted(self.regions))
            raise PlaceError(iso or "(no code)", "is no region of the base map", f"use one of {known}")
        return Area(region.geometry, iso == "TJ-DU", REGION_SET, region.iso)

    def district(self, place_id: str) -> Area:
        """District by place id, as :meth:`outline` gives it.

        Raises
        ------
        PlaceError
            If there is no such district, or there is nothing to draw it from.
        """
        area = self.outline(place_id)
        if area is None:
            raise PlaceError(place_id, "has no outline", "give a boundary file that has it, or its region or size")
        return area

    def reach(self, place_id: str) -> tuple[float, float] | None:
        """Stretch of the border along a district or region, ``border_km`` of its ends; ``None`` for one away from it.

        With a boundary (of a region, or of a district in a boundary file), what the boundary runs along; otherwise what
        is spanned by the district's known places within 12 km of the river (its own reference point is not counted: it
        says nothing of the river).
        """
        if place_id not in self._reaches:
            self._reaches[place_id] = self._reach(self._place(place_id))
        return self._reaches[place_id]

    def _reach(self, district: Place) -> tuple[float, float] | None:
        outline = self._surveyed(district)
        if outline is not None:
            along = to_plane(outline)
            shapely.prepare(along)  # thousands of vertices are asked about one outline: 20 times faster
            km = self.river.border_km[shapely.dwithin(along, self.river.vertices, ALONG_KM)]
        else:
            towns = [p for p in self._known(district) if p.level in _SETTLED and p.country == district.country]
            km, away = self.river.nearest(_points(towns))
            km = km[away <= RIVERSIDE_KM]
        if len(km) == 0 or km.max() - km.min() < LEAST_REACH_KM:
            return None
        return float(km.min()), float(km.max())

    def _surveyed(self, place: Place) -> BaseGeometry | None:
        """Surveyed outline of a district or region, if there is one."""
        region = self.regions.get(place.iso_3166_2 or "") if place.level is PlaceLevel.REGION else None
        return region.geometry if region else self.polygons.get(place.place_id)

    def _place(self, place_id: str) -> Place:
        if place_id not in self.places:
            raise PlaceError(place_id, "is not among the places", "add it to places.csv")
        return self.places[place_id]

    def _outline(self, place: Place) -> Area | None:
        iso = self._iso(place)
        region = self.region(iso) if iso in self.regions else None
        if place.level is PlaceLevel.REGION:
            return region
        if place.level is not PlaceLevel.DISTRICT:
            return None
        if place.place_id in self.polygons:
            # Dushanbe is a region of its own, in no district, though some boundary files leave it inside Rudaki.
            polygon = shapely.difference(self.polygons[place.place_id], self.regions["TJ-DU"].geometry)
            return Area(polygon, False, self.set_name, iso)
        known = self._known(place)
        if place.area_km2 and known and self._on_known_land(known):
            return Area(self._approximate(place, known, place.area_km2), True, "approximate area", iso)
        if region is None:
            return None
        return Area(region.geometry, True, f"outline of the region: size of {place.name} not known", iso)

    def _on_known_land(self, places: Sequence[Place]) -> bool:
        """Whether places lie on their country's land, as far as the base map reaches; its bank of the river counts."""
        land = self.river.outlines.get(places[0].country or "")
        return land is not None and bool(shapely.dwithin(_points(places), land, LAND_DEGREES).all())

    def _approximate(self, district: Place, known: Sequence[Place], size_km2: float) -> BaseGeometry:
        span = self.reach(district.place_id)
        stretch = shapely.simplify(to_plane(self.river.section(*span)), STRETCH_KM) if span else None
        tree = joined(list(to_plane(_points(known))), stretch)
        own = {place.place_id for place in known}
        others = [p for p in self.places.values() if _is_fixed(p) and p.place_id not in own]
        near = to_plane(_points([p for p in others if p.country == district.country]))
        # Dushanbe is a region of its own, in no district
        dushanbe = to_plane(self.regions["TJ-DU"].geometry)
        land = shapely.difference(self.river.land[district.country or ""], dushanbe)
        return from_plane(approximate_area(tree, size_km2, land, near))

    def _known(self, district: Place) -> list[Place]:
        """All places with coordinates that the chain of parents puts into a district, itself included."""
        found = []
        for place in self.places.values():
            above: Place | None = place
            for _ in range(len(self.places)):
                if above is None or above.place_id == district.place_id:
                    break
                above = self.places.get(above.parent_id or "")
            if above is not None and _is_fixed(place):
                found.append(place)
        return found

    def _iso(self, place: Place) -> str | None:
        """ISO 3166-2 code of a place or of what it lies in."""
        above: Place | None = place
        while above is not None and above.iso_3166_2 is None:
            above = self.places.get(above.parent_id or "")
        return above.iso_3166_2 if above else None


def load_areas(
    places: Sequence[Place],
    river: River,
    districts: Path | None = None,
    name_field: str | None = None,
    *,
    names: Sequence[PlaceName] = (),
    basemap: Basemap | None = None,
) -> Areas:
    """Bring together the bundled regions and the districts of a boundary file, if one is given.

    Parameters
    ----------
    places
        The gazetteer.
    river
        The line that reaches are measured on.
    districts
        Boundary file: GeoJSON, GPKG or shapefile (also zipped).
    name_field
        Column of the file that holds the names of districts, where it is not one of the usual ones.
    names
        Further spellings, to find districts of the file by.
    basemap
        The base map to take the regions from, by default the packaged one.

    Raises
    ------
    BoundaryError
        If the file cannot be used.
    """
    regions = {region.iso: region for region in (basemap or load_basemap()).regions if region.iso}
    by_id = {place.place_id: place for place in places}
    if districts is None:
        return Areas(by_id, river, regions)
    from .boundaries import match_districts, read_boundaries  # a reader of many formats

    boundaries = read_boundaries(districts, name_field)
    matched = match_districts(boundaries, places, names)
    return Areas(by_id, river, regions, matched, boundaries.set_name, boundaries.licence)


def _is_fixed(place: Place) -> bool:
    """Whether a place is a district or finer and has coordinates."""
    return place.lat is not None and place.lon is not None and place.level in (PlaceLevel.DISTRICT, *_SETTLED)


def _points(places: Sequence[Place]) -> NDArray[Any]:
    """Places as points, degrees."""
    lonlat = np.array([(place.lon, place.lat) for place in places], dtype=float).reshape(-1, 2)
    return np.asarray(shapely.points(lonlat), dtype=object)
