"""Records with their place: the rows of the located frame, typed, each with its glyph and how it is to be drawn.

In: the located frame and the evidence. Out: frozen rows that list, layers, page and static map read alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..data.evidence import Evidence
from ..data.model import Kind, Place, PlaceLevel, Precision, RecordType
from .symbols import glyph_of, symbol_id

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

__all__ = ["AREA_PRECISIONS", "DRAWN_KINDS", "Placed", "links", "not_located", "placed"]

#: Precisions that are drawn as an area, with the token outside it on a leader.
AREA_PRECISIONS = (Precision.REACH, Precision.DISTRICT, Precision.REGION)
#: Kinds that are drawn at all; the others stand in the list only.
DRAWN_KINDS = (Kind.ATTACK, Kind.STATE_OPERATION, Kind.MEASURE)


@dataclass(frozen=True, slots=True)
class Placed:
    """One row of the located frame, with its glyph. Distances in km, geometry in EPSG:4326; ``None`` is "not known"."""

    record_id: str
    kind: Kind
    type: RecordType | None
    glyph: str
    title: str
    precision: Precision
    uncertainty_km: float | None
    how: str
    place_name: str | None
    district: str | None
    country: str | None
    river_km_from: float | None
    river_km_to: float | None
    bank: str | None
    generalised: bool
    approximate: bool
    area_source: str | None
    geometry: BaseGeometry | None
    place_ids: tuple[str, ...] = ()

    @property
    def symbol_id(self) -> str:
        """Id of the record's symbol in the sprite."""
        return symbol_id(self.glyph, self.precision)

    @property
    def drawn(self) -> bool:
        """Whether the record is on the map."""
        return self.geometry is not None and self.kind in DRAWN_KINDS

    @property
    def as_area(self) -> bool:
        """Whether the record is drawn as an area."""
        return self.drawn and self.precision in AREA_PRECISIONS


def placed(located: GeoDataFrame, evidence: Mapping[str, Evidence], places: Sequence[Place] = ()) -> tuple[Placed, ...]:
    """Read the located frame into typed rows, in its order; ``places`` tell in which district a town lies."""
    by_id = {place.place_id: place for place in places}
    return tuple(_placed(row, evidence[str(row.Index)], by_id) for row in located.itertuples())


def _placed(row: Any, found: Evidence, places: Mapping[str, Place]) -> Placed:  # noqa: ANN401 - pandas makes the class
    kind, type_ = Kind(row.kind), RecordType(row.type) if _given(row.type) else None
    return Placed(
        record_id=str(row.Index),
        kind=kind,
        type=type_,
        glyph=glyph_of(kind, type_, found.record.claimed_types),
        title=row.title,
        precision=Precision(row.precision),
        uncertainty_km=_given(row.uncertainty_km),
        how=row.how,
        place_name=_given(row.place_name),
        district=_district(row.place_ids, places),
        country=_given(row.country),
        river_km_from=_given(row.river_km_from),
        river_km_to=_given(row.river_km_to),
        bank=_given(row.bank),
        generalised=bool(row.generalised),
        approximate=bool(row.approximate),
        area_source=_given(row.area_source),
        geometry=_given(row.geometry),
        place_ids=tuple(row.place_ids),
    )


def _district(place_ids: Sequence[str], places: Mapping[str, Place]) -> str | None:
    """Name of the district that holds a town, for a record that is drawn at one."""
    place = places.get(place_ids[0]) if len(place_ids) == 1 else None
    parent = places.get(place.parent_id or "") if place else None
    return parent.name if parent and parent.level is PlaceLevel.DISTRICT else None


def _given(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Turn pandas' several missing values into ``None``."""
    return None if value is None or (isinstance(value, float) and not math.isfinite(value)) else value


def links(rows: Sequence[Placed], evidence: Mapping[str, Evidence]) -> tuple[tuple[str, str], ...]:
    """Pairs of drawn records that may be the same event, each pair once."""
    drawn = {row.record_id for row in rows if row.drawn}
    pairs = {
        (min(row.record_id, other), max(row.record_id, other))
        for row in rows
        if row.drawn
        for other in evidence[row.record_id].same_as
        if other in drawn and other != row.record_id
    }
    return tuple(sorted(pairs))


def not_located(rows: Iterable[Placed]) -> tuple[Placed, ...]:
    """Attacks and state operations that no report places: counted on the map and listed."""
    return tuple(r for r in rows if r.kind in (Kind.ATTACK, Kind.STATE_OPERATION) and not r.drawn)
