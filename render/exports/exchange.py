"""Exports in the column layouts of ACLED and UCDP GED: the spots of records on the ground, and the finished tables.

A scene goes in, which holds only what may be published; a table and its loss report come out. The codes are those of
``data/exchange_acled.py`` and ``data/exchange_ged.py``.
"""

from __future__ import annotations

from dataclasses import replace

import shapely

from ...data.csv_text import csv_text
from ...data.evidence import Evidence
from ...data.exchange import Event, Spot
from ...data.exchange_acled import acled
from ...data.exchange_ged import ged
from ...data.exchange_losses import Exchanged, Format
from ...data.internal import marked
from ...data.model import PRECISION_CODES, Place, PlaceLevel, Precision
from ...data.wording import date_phrase, listing, plural
from ..export import Exported
from ..phrases import casualties, differ_text, killed_text, place_text, sentence, victims_text
from ..placed import AREA_PRECISIONS, Placed
from ..scene import Scene
from .about import about_text
from .frame import DIGITS

__all__ = ["exchange_csv", "exchanged", "exported"]

#: Whose column layouts these are.
OWNERS = {"acled": "ACLED", "ged": "UCDP GED"}


def exported(scene: Scene, format_: Format) -> Exported:
    """Write the table, and a text that says what it is about and all that it has lost; the notes are that in short."""
    table = exchanged(scene, format_)
    rows, owner = len(table.rows), OWNERS[format_]
    first = (
        f"{rows} {plural(rows, 'row')} of {len(scene.rows)} {plural(len(scene.rows), 'record')} in the columns of "
        f"{owner}; the rows are no data of {owner}."
    )
    told = [(f"In the columns of {owner}", [first, *(loss.in_full for loss in table.losses)])]
    files = {".csv": exchange_csv(table), "-about.txt": about_text(scene, told)}
    return Exported(files, (first, *(loss.line for loss in table.losses)))


def exchanged(scene: Scene, format_: Format) -> Exchanged:
    """Map the records of a scene to the rows of ACLED or UCDP GED, with what that loses."""
    ground = _Ground({place.place_id: place for place in scene.published.tables.places})
    events = tuple(
        Event(found, spot, _notes(row, found))
        for row in scene.rows
        for found in [scene.evidence[row.record_id]]
        for spot in [ground.spot(row)]
    )
    if scene.internal:
        events = tuple(map(_marked, events))
    if format_ == "acled":
        return acled(events, f"panjmap data version {scene.version}; not ACLED data; not complete; not verified")
    return ged(events)


def _marked(event: Event) -> Event:
    """Say in the remarks and with the place of a row that it is internal: there is no column for it."""
    spot = replace(event.spot, description=marked(event.spot.description)) if event.spot else None
    return replace(event, spot=spot, notes=marked(event.notes))


def exchange_csv(table: Exchanged) -> bytes:
    """Write the table: exactly its columns, CSV by RFC 4180, UTF-8 without a byte order mark, as programs read it."""
    rows = [[row[column] for column in table.columns] for row in table.rows]
    return csv_text(table.columns, rows, bom=False).encode("utf-8")


class _Ground:
    """The gazetteer, asked for regions, districts and points."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places

    def spot(self, row: Placed) -> Spot | None:
        """Find the point that stands for a record; nothing where reports give no place, or it has no known point.

        Of an area it is the gazetteer's point if that lies inside, else a point on the surface: the centre of an area
        may lie outside of it, even in another country.
        """
        places = [self.places[place_id] for place_id in row.place_ids if place_id in self.places]
        at = self._point(row, places)
        if at is None or row.precision is Precision.UNKNOWN:
            return None
        code = PRECISION_CODES[row.precision]
        return Spot(
            precision=row.precision,
            name=place_text(row) if row.precision is Precision.REACH else row.place_name or place_text(row),
            description=f"{place_text(row)}. {code.label}: {code.meaning}. {sentence(row.how)}",
            country=row.country,
            country_name=self._name([self._above(place, PlaceLevel.COUNTRY) for place in places]),
            admin1=self._name([self._above(place, PlaceLevel.REGION) for place in places]),
            admin2=self._name([self._above(place, PlaceLevel.DISTRICT) for place in places]),
            lon=round(float(at.x), DIGITS),
            lat=round(float(at.y), DIGITS),
            uncertainty_km=row.uncertainty_km,
            is_area=row.precision in (*AREA_PRECISIONS, Precision.COUNTRY),
            approximate=row.approximate,
            on_river=row.river_km_from is not None,
        )

    def _point(self, row: Placed, places: list[Place]) -> shapely.Point | None:
        """Take the record's own point, a point inside its area, or of a country the gazetteer's point."""
        own = [shapely.Point(place.lonlat) for place in places if place.lonlat]
        if row.geometry is None:
            return own[0] if row.precision is Precision.COUNTRY and len(places) == len(own) == 1 else None
        if isinstance(row.geometry, shapely.Point):
            return row.geometry
        if len(places) == len(own) == 1 and shapely.covers(row.geometry, own[0]):
            return own[0]
        return shapely.point_on_surface(row.geometry)

    def _above(self, place: Place, level: PlaceLevel) -> Place | None:
        """Find the place at a level that a place is or lies in."""
        above: Place | None = place
        for _ in range(len(self.places)):
            if above is None or above.level is level:
                break
            above = self.places.get(above.parent_id or "")
        return above if above is not None and above.level is level else None

    def _name(self, found: list[Place | None]) -> str | None:
        """Name the place that all lie in, if it is one."""
        names = {place.place_id: place.name for place in found if place}
        return next(iter(names.values())) if len(names) == 1 and None not in found else None


def _notes(row: Placed, found: Evidence) -> str:
    """Tell in our own words what the columns cannot hold: how sure the date, the place and the numbers are."""
    parts = [
        row.title,
        _when(found),
        _where(row),
        killed_text(found),
        victims_text(found),
        f"injured: {injured}" if (injured := casualties(found.injured)) else "",
        f"reports differ. {differ}" if (differ := differ_text(found)) else "",
        found.said_line,
        f"may be the same event as {listing(found.same_as)}" if found.same_as else "",
        "not independently verified",
    ]
    return " ".join(sentence(part) for part in parts if part)


def _when(found: Evidence) -> str:
    """When, and on what that rests where it is not stated."""
    span = found.date
    why = f": {span.reason}" if span.reason else ""
    return date_phrase(span, long=True) + ("" if span.basis == "stated" else f" (date {span.basis}{why})")


def _where(row: Placed) -> str:
    """Where, how precisely, and what the coordinates are."""
    code = PRECISION_CODES[row.precision]
    known = f"{place_text(row)} ({code.label.lower()}"
    if row.uncertainty_km is not None:
        known += f", within about {row.uncertainty_km:.0f} km"
    stands = row.precision in (*AREA_PRECISIONS, Precision.COUNTRY)
    return f"{known})" + ("; the coordinates are a point that stands for an area" if stands else "")
