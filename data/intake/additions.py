"""Imported rows -> table rows: reports, records, claims and places like all others, so that every output has them.

Tables and rows go in, longer tables come out. One report stands for a file of rows; its claims say what its rows say.
Nothing becomes more precise: a row whose position stands for an area is put into the district or region around it, and
no point of it is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..model import (
    TYPES_OF_KIND,
    Claim,
    DatePrecision,
    Kind,
    Modality,
    Place,
    PlaceLevel,
    PlaceRole,
    Precision,
    Record,
    RecordPlace,
    RecordType,
    Report,
    Sensitivity,
    Speaker,
    Tables,
    VictimGroup,
)
from ..testimony import REPORT_VOICE
from ..vocabulary import IMPORTED
from ..wording import plural, type_label
from .check import SETTLEMENT_KM, SITE_KM
from .codes import OTHER
from .parquet import Rows
from .row import ImportedRow

__all__ = ["Added", "with_rows"]

#: Radius of a ring around a point that is "near" and says no more, km (UCDP's ``where_prec`` 2).
NEAR_KM = 25.0
#: Drawn as near from here on, km: what is within 5 km counts as the place itself.
_BEYOND_KM = 5.1
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,37}")
_POINTS = (Precision.SITE, Precision.SETTLEMENT, Precision.NEAR)
_AREAS = (Precision.REACH, Precision.DISTRICT, Precision.REGION)
#: Kinds that are drawn where they happened; of the others no row says more than a list shows.
_PLACED = (Kind.ATTACK, Kind.STATE_OPERATION, Kind.MEASURE)


class Added(NamedTuple):
    """Tables with rows, and how many rows are in them or, being of a type that is no record, are not."""

    tables: Tables
    shown: int
    left_out: int
    name: str

    @property
    def note(self) -> str:
        """Say how many rows are shown, and that some are not: nothing is lost without a word."""
        away = f"; {self.left_out} left out, of a type that the map has no kind for" if self.left_out else ""
        return f"{self.shown} imported {plural(self.shown, 'row')} of {self.name}{away}"


def with_rows(tables: Tables, rows: Rows, isos: Sequence[str | None]) -> Added:
    """Add imported rows to tables.

    Parameters
    ----------
    tables
        Reports, records and places as they are; none of them changes.
    rows
        Imported rows.
    isos
        The region that each row's point lies in, ISO 3166-2, where it is known.
    """
    builder = _Builder(tables, rows)
    for row, iso in zip(rows.rows, isos, strict=True):
        if row.type != OTHER:
            builder.add(row, iso)
    return Added(builder.tables(), len(builder.records), len(rows.rows) - len(builder.records), rows.about.dataset_name)


class _Builder:
    """Collects what rows add to the tables."""

    def __init__(self, tables: Tables, rows: Rows) -> None:
        self.old, self.about = tables, rows.about
        self.records: list[Record] = []
        self.claims: list[Claim] = []
        self.links: list[RecordPlace] = []
        self.places: dict[tuple[object, ...], Place] = {}
        self.report_id = f"rows-{self.about.dataset}"
        taken = (
            *(record.record_id for record in tables.records),
            *(change.record_id for change in tables.changes),
            *(place.place_id for place in tables.places),
            *(report.report_id for report in tables.reports),
        )
        self._taken = {one.casefold() for one in taken}
        self._regions = {p.iso_3166_2: p for p in tables.places if p.level is PlaceLevel.REGION and p.iso_3166_2}
        self._districts = _district_names(tables)
        self._countries = {p.country: p.place_id for p in tables.places if p.level is PlaceLevel.COUNTRY}
        while self.report_id.casefold() in self._taken:
            self.report_id += "-x"

    def tables(self) -> Tables:
        """Give the longer tables."""
        if not self.records:
            return self.old
        old, voice = self.old, Speaker(speaker_id=REPORT_VOICE, name="The report itself", **_VOICE)
        heard = any(speaker.speaker_id == REPORT_VOICE for speaker in old.speakers)
        return old._replace(
            reports=(*old.reports, self._report()),
            speakers=old.speakers if heard else (*old.speakers, voice),
            records=(*old.records, *self.records),
            record_places=(*old.record_places, *self.links),
            claims=(*old.claims, *self.claims),
            places=(*old.places, *self.places.values()),
        )

    def _report(self) -> Report:
        return Report(
            report_id=self.report_id,
            outlet=f"{self.about.dataset_name} (imported rows)",
            title=f"Rows of {self.about.file}",
            kind=IMPORTED,
            language="und",
            published=None,
            published_basis="not given: a table of rows",
            url=None,
            archived_url=None,
            upstream=(f"terms: {self.about.terms}",),
            derived_from=(),
            sha256=None,
            chars=None,
        )

    def add(self, row: ImportedRow, iso: str | None) -> None:
        """Add one row: its record, its claims, its place."""
        record_id = self._id(row.row_id)
        type_ = RecordType(row.type) if row.type else RecordType.ARMED_ATTACK
        kind = next(kind for kind, types in TYPES_OF_KIND.items() if type_ in types)
        self.records.append(
            Record(
                record_id=record_id,
                kind=kind,
                type=type_,
                claimed_types=(type_,),
                title=row.title or _title(row, type_),
                date_start=row.date_start,
                date_end=row.date_end,
                date_precision=DatePrecision(row.date_precision),
                date_basis="stated: the row gives it" if row.date_start else "not given: the row has no date",
                sensitivity=Sensitivity.PUBLIC,
                possible_same_as=(),
                note=None if row.type else "The row gives no type that is known here; it is shown as an armed attack.",
            )
        )
        self._claim(record_id, row)
        place_id = self._place(row, iso) if kind in _PLACED else None
        if place_id:
            self.links.append(RecordPlace(record_id=record_id, place_id=place_id, role=PlaceRole.EVENT))

    def _id(self, row_id: str) -> str:
        """Make a record's id from that of the row: the same one in every build, safe everywhere, taken by no other."""
        name = f"{self.about.dataset}-{row_id}" if _ID.fullmatch(row_id) else ""
        if not name or name.casefold() in self._taken:
            name = f"{self.about.dataset}-x{hashlib.sha256(row_id.encode()).hexdigest()[:20]}"
        self._taken.add(name.casefold())
        return name

    def _claim(self, record_id: str, row: ImportedRow) -> None:
        """Say what the row says: who was killed, in which words, and where the row is from."""
        source = "; ".join(text for text in (row.source, row.url) if text)
        where = f"{self.about.unit} {row.source_row} of {self.about.file}"
        values: list[dict[str, Any]] = [{"attribute": "source", "value_text": source or where}]
        values += [{"attribute": "text", "value_text": row.text}] if row.text else []
        values += [{"attribute": "place", "value_text": row.place}] if row.place else []
        if row.killed_high != 0 and (row.killed_low is not None or row.killed_high is not None):
            low = 0 if row.killed_low is None else row.killed_low
            group = VictimGroup.NOT_DESCRIBED
            values.append(
                {"attribute": "killed", "value_low": low, "value_high": row.killed_high, "victim_group": group}
            )
        same = {"report_id": self.report_id, "record_id": record_id, "note": where, **_CLAIM}
        for number, value in enumerate(values, 1):
            self.claims.append(Claim(claim_id=f"{record_id[:76]}-c{number}", **{**same, **value}))

    # ------------------------------------------------------------ places

    def _place(self, row: ImportedRow, iso: str | None) -> str | None:
        """Give the place that the row may be drawn at: its point, or the area around it; nothing without a position."""
        precision, region = Precision(row.precision), self._regions.get(iso or "")
        if precision in _POINTS and row.lon is not None:
            return self._point(row, precision, region)
        if precision is Precision.DISTRICT and region and row.admin2:
            return self._district(row.admin2, region)
        if precision in _AREAS and region:
            return region.place_id
        country = region.country if region else None
        return self._countries.get(country) if precision in (*_AREAS, Precision.COUNTRY) and country else None

    def _point(self, row: ImportedRow, precision: Precision, region: Place | None) -> str:
        km = row.uncertainty_km
        if precision is Precision.NEAR:
            km = NEAR_KM if km is None else max(km, _BEYOND_KM)
        elif km is None:
            km = SITE_KM if precision is Precision.SITE else SETTLEMENT_KM
        level = PlaceLevel.SITE if precision is Precision.SITE else PlaceLevel.SETTLEMENT
        name = row.place or row.admin2 or "an unnamed place"
        return self._add_place(name, level, region, lonlat=(row.lon, row.lat), km=km)

    def _district(self, name: str, region: Place) -> str:
        """Find a district by its name in the region, or add it, for a boundary file to draw."""
        known = self._districts.get((name.casefold(), region.place_id))
        return known or self._add_place(name, PlaceLevel.DISTRICT, region)

    def _add_place(
        self,
        name: str,
        level: PlaceLevel,
        region: Place | None,
        *,
        lonlat: tuple[float | None, float | None] = (None, None),
        km: float | None = None,
    ) -> str:
        key = (name, level, region.place_id if region else None, lonlat, km)
        if key not in self.places:
            self.places[key] = Place(
                place_id=f"{self.report_id}-place-{len(self.places) + 1}",
                name=name,
                kind=IMPORTED,
                level=level,
                country=region.country if region else None,
                parent_id=region.place_id if region else None,
                lon=lonlat[0],
                lat=lonlat[1],
                uncertainty_km=km,
                coord_source=f"rows of {self.about.file}",
                **_PLACE,
            )
        return self.places[key].place_id


_VOICE: dict[str, Any] = {"kind": "publication", "state": None, "as_written": ()}
_CLAIM: dict[str, Any] = {
    "topic": None,
    "value_text": None,
    "value_low": None,
    "value_high": None,
    "victim_group": None,
    "place_id": (),
    "said_by": "the row",
    "speaker_id": REPORT_VOICE,
    "via": None,
    "modality": Modality.REPORTED,
    "start": None,
    "end": None,
}
_PLACE: dict[str, Any] = dict.fromkeys(
    ("iso_3166_2", "coord_kind", "area_km2", "geonames_id", "wikidata_id", "wof_id", "confidence", "note")
)


def _title(row: ImportedRow, type_: RecordType) -> str:
    """Name a row that has no title: what, where."""
    what = row.type_as_written or type_label(type_)
    where = row.place or row.admin2 or row.admin1
    return f"{what}, {where}" if where else f"{what} ({row.row_id})"


def _district_names(tables: Tables) -> dict[tuple[str, str | None], str]:
    """Find districts by any of their names, and the region that they lie in."""
    districts = {p.place_id: p for p in tables.places if p.level is PlaceLevel.DISTRICT}
    named: Iterable[tuple[str, str]] = (
        *((p.name, p.place_id) for p in districts.values()),
        *((name.name, name.place_id) for name in tables.place_names if name.place_id in districts),
    )
    found: dict[tuple[str, str | None], str] = {}
    for name, place_id in named:
        found.setdefault((name.casefold(), districts[place_id].parent_id), place_id)
    return found
