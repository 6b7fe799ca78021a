"""What the tables hold, typed and validated: one frozen class a table row.

A row goes in as strings (see ``tables.py``), comes out as one of these objects, or is refused with a located error.
The column order of each table is the field order of its class; ``datapackage.json`` is written from here. The
vocabularies that the rows use stand in ``vocabulary.py`` and can be imported from here as well.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from .vocabulary import (
    PRECISION_CODES,
    TYPES_OF_KIND,
    DatePrecision,
    Kind,
    Modality,
    NameKind,
    PlaceLevel,
    PlaceRole,
    Precision,
    PrecisionCode,
    RecordType,
    RelationKind,
    Sensitivity,
    VictimGroup,
)

__all__ = [
    "PRECISION_CODES",
    "ROW_CLASSES",
    "TYPES_OF_KIND",
    "Change",
    "Claim",
    "DatePrecision",
    "Decision",
    "Id",
    "Ids",
    "Kind",
    "Modality",
    "NameKind",
    "Place",
    "PlaceLevel",
    "PlaceName",
    "PlaceRole",
    "Precision",
    "PrecisionCode",
    "Record",
    "RecordPlace",
    "RecordType",
    "Relation",
    "RelationKind",
    "Report",
    "Row",
    "Sensitivity",
    "Speaker",
    "Tables",
    "Text",
    "Texts",
    "VictimGroup",
]

#: Ids: letters, digits, dot, underscore, hyphen; never empty. Safe in file names, URLs and HTML ids.
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Text = Annotated[str, Field(min_length=1)]
#: Several values in one cell, separated by ``;``.
Ids = tuple[Id, ...]
Texts = tuple[Text, ...]


class Row(BaseModel):
    """Base of all table rows: frozen, no unknown column."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Report(Row):
    """A news report, named by outlet; ``sha256`` and ``chars`` are of its text, which is never stored."""

    report_id: Id
    outlet: Text
    title: Text
    kind: Text
    language: Text
    published: dt.date | None
    published_basis: Text
    url: str | None
    archived_url: str | None
    upstream: Texts
    derived_from: Ids
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None
    chars: Annotated[int, Field(ge=0)] | None


class Speaker(Row):
    """Who says something; ``as_written`` are the forms seen in reports. The id ``report`` is a report's own voice."""

    speaker_id: Id
    name: Text
    kind: Text
    state: str | None
    as_written: Texts


class Record(Row):
    """One thing reported: an attack, a state operation, a measure, a response or an aggregate statement.

    Dates are whole days, both ends included; ``None`` is an open or unknown end. ``date_basis`` starts with
    ``stated``, ``derived``, ``assumed`` or ``not given``, optionally followed by a colon and the reason.
    """

    record_id: Id
    kind: Kind
    type: RecordType | None
    claimed_types: tuple[RecordType, ...]
    title: Text
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: DatePrecision
    date_basis: Text
    sensitivity: Sensitivity
    possible_same_as: Ids
    note: str | None


class RecordPlace(Row):
    """A place that reports connect with a record, and in which role."""

    record_id: Id
    place_id: Id
    role: PlaceRole


class Claim(Row):
    """Who says what, where: report x record x attribute x value x speaker x modality x character span.

    ``record_id`` is empty for background claims, which carry a ``topic`` instead. ``value_low`` and ``value_high`` are
    counts; a low without a high is open-ended ("or more"); neither is a text without a number ("several").
    ``start`` and ``end`` are half-open offsets in Unicode code points of the report's text.
    """

    claim_id: Id
    report_id: Id
    record_id: Id | None
    topic: str | None
    attribute: Text
    value_text: str | None
    value_low: Annotated[int, Field(ge=0)] | None
    value_high: Annotated[int, Field(ge=0)] | None
    victim_group: VictimGroup | None
    place_id: Ids
    said_by: Text
    speaker_id: Id
    via: str | None
    modality: Modality
    start: Annotated[int, Field(ge=0)] | None
    end: Annotated[int, Field(ge=0)] | None
    note: str | None


class Relation(Row):
    """How two claims stand to each other."""

    claim_a: Id
    claim_b: Id
    relation: RelationKind
    note: str | None


class Decision(Row):
    """A recorded choice, with its reason and source.

    Where ``source`` names claims (``C087`` or ``C001;C002``) the decision says how *these* claims are read; other
    claims on the attribute still count beside it. Any other source (a gazetteer id, a document) settles the attribute.
    """

    record_id: Id
    attribute: Text
    chosen: Text
    reason: Text
    source: Text
    decided_on: dt.date


class Place(Row):
    """A gazetteer entry. Coordinates in degrees (EPSG:4326), uncertainty in km, area in square km."""

    place_id: Id
    name: Text
    kind: Text
    level: PlaceLevel
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    parent_id: Id | None
    iso_3166_2: str | None
    lat: Annotated[float, Field(ge=-90, le=90)] | None
    lon: Annotated[float, Field(ge=-180, le=180)] | None
    coord_kind: str | None
    uncertainty_km: Annotated[float, Field(ge=0)] | None
    area_km2: Annotated[float, Field(gt=0)] | None
    geonames_id: str | None
    wikidata_id: str | None
    wof_id: str | None
    coord_source: str | None
    confidence: str | None
    note: str | None

    @property
    def lonlat(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, or None for a place without a known point."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class PlaceName(Row):
    """One spelling of a place's name; ``script`` is ISO 15924 (Latn, Cyrl, Arab), ``language`` ISO 639-1 or empty."""

    place_id: Id
    name: Text
    language: str | None
    script: Text
    kind: NameKind


class Change(Row):
    """A correction: what a record's attribute was, what it is now, and why.

    The attribute ``record`` says what became of a record that stands no longer in ``records``: ``new`` is
    ``merged: ID`` or ``withdrawn``. Such a row is kept for good, because ids are permanent.
    """

    date: dt.date
    record_id: Id
    attribute: Text
    old: str | None
    new: str | None
    reason: Text


class Tables(NamedTuple):
    """All tables, in file order. Field name = file name without ``.csv``."""

    reports: tuple[Report, ...]
    speakers: tuple[Speaker, ...]
    records: tuple[Record, ...]
    record_places: tuple[RecordPlace, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    decisions: tuple[Decision, ...]
    places: tuple[Place, ...]
    place_names: tuple[PlaceName, ...]
    changes: tuple[Change, ...]


#: Row class of each table, in the order of :class:`Tables`.
ROW_CLASSES: dict[str, type[Row]] = {
    "reports": Report,
    "speakers": Speaker,
    "records": Record,
    "record_places": RecordPlace,
    "claims": Claim,
    "relations": Relation,
    "decisions": Decision,
    "places": Place,
    "place_names": PlaceName,
    "changes": Change,
}
