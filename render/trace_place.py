"""Where a record is drawn, and from what: places that reports name, gazetteer, derivation, coordinates, river km.

In: a placed row, its drawing, the tables. Out: pairs of label and text. Numbers are those of the located frame, which
the page draws; nothing is located a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..data.model import PRECISION_CODES, Place, PlaceLevel, PlaceRole, Precision, Tables
from .drawing import Drawing, anchor
from .placed import Placed

__all__ = ["gazetteer_facts", "position_facts", "unused_places"]

Fact = tuple[str, str]


def position_facts(row: Placed, drawing: Drawing | None, where: Mapping[str, Any]) -> Iterator[Fact]:
    """Say how precisely a record is placed, what is drawn for it, and where along the river.

    Parameters
    ----------
    row, drawing
        The record, and how it is drawn if it is.
    where
        What the panel says of the place.
    """
    code = PRECISION_CODES[row.precision]
    yield "precision", f"{row.precision}: {code.label}"
    yield "codes", f"UCDP where_prec {code.where_prec or 'none'}, ACLED geo_precision {code.geo_precision or 'none'}"
    yield "how it was made", where["how"]
    if row.uncertainty_km is not None:
        yield "uncertainty", f"{round(row.uncertainty_km, 1):g} km"
    if row.area_source:
        yield "area from", row.area_source + (", approximate: not a boundary" if row.approximate else "")
    if drawing is None:
        yield "drawn", "nothing"
    else:
        lon, lat = anchor(drawing)
        at = f"{lat:.5f} N, {lon:.5f} E"
        if drawing.area == "measure":
            yield "drawn", "an area, without a symbol"
        elif row.as_area:
            yield "drawn", f"an area; its symbol stands outside, on a leader from {at}, which is no position"
        else:
            yield "drawn", f"a point at {at}"
    if where["river"]:
        yield "river", f"{where['river']['text']}. {where['river']['why']}"


def gazetteer_facts(row: Placed, tables: Tables) -> Iterator[Fact]:
    """Name the gazetteer entries that a record is drawn at, with the source of each."""
    places = {place.place_id: place for place in tables.places}
    for place_id in row.place_ids:
        if place := places.get(place_id):
            yield f"place {place_id}", _entry(place)


def _entry(place: Place) -> str:
    ids = (("GeoNames", place.geonames_id), ("Wikidata", place.wikidata_id), ("Who's On First", place.wof_id))
    parts = [f"{place.name}, {place.level}", ", ".join(f"{name} {one}" for name, one in ids if one)]
    parts.append(f"source of its point: {place.coord_source}" if place.coord_source else "no known point")
    if place.uncertainty_km is not None:
        parts.append(f"uncertain by {place.uncertainty_km:g} km")
    return "; ".join(filter(None, parts))


def unused_places(row: Placed, tables: Tables) -> Iterator[str]:
    """Name the places that reports connect with a record and that it is not drawn at, with the reason."""
    places = {place.place_id: place for place in tables.places}
    links = [link for link in tables.record_places if link.record_id == row.record_id]
    coarser = any(link.role is PlaceRole.GENERALISED for link in links)
    for link in links:
        place = places[link.place_id]
        if link.place_id in row.place_ids or (row.precision is Precision.REACH and place.kind == "river"):
            continue
        if link.role not in (PlaceRole.EVENT, PlaceRole.GENERALISED):
            why = f"its role is {link.role}: only places of the event are drawn"
        elif coarser and link.role is PlaceRole.EVENT:
            why = "the record is generalised to a coarser place"
        else:
            why = _why_not(place, row, places)
        yield f"place {link.place_id} ({place.name}): {why}"


def _why_not(place: Place, row: Placed, places: Mapping[str, Place]) -> str:
    """Say why a place of the event is not what is drawn."""
    above: set[str] = set()
    for place_id in row.place_ids:
        at = places.get(place_id)
        while at and at.parent_id and at.parent_id not in above:
            above.add(at.parent_id)
            at = places.get(at.parent_id)
    if place.place_id in above:
        return "coarser than what is drawn, which lies in it"
    if place.level is PlaceLevel.LINE:
        return "a line: it gives no place on it"
    if place.lonlat is None:
        return "no source gives its position"
    if place.level in (PlaceLevel.SETTLEMENT, PlaceLevel.SITE):
        return "no recorded decision draws it as a point"
    return "another place is drawn: see how the position was made"
