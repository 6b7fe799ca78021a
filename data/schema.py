"""The schema of the tables as a Frictionless data package, written from the row classes: one schema, two forms.

``data/tables/datapackage.json`` is this module's output; a test holds them equal.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from .columns import SEPARATOR, Column, columns_of
from .model import ROW_CLASSES
from .rules import FOREIGN_KEYS, PRIMARY_KEYS

__all__ = ["MEANINGS", "datapackage", "datapackage_text"]

_TYPES = {int: "integer", float: "number", dt.date: "date"}

#: What a column holds, where its name does not say it; one text for all tables that have the column.
MEANINGS = {
    "report_id": "Permanent, opaque id of a report, named by outlet.",
    "outlet": "Who published the report.",
    "published": "Day of publication, where the report gives one.",
    "published_basis": "Whether the date is stated, derived, assumed or not given, and why.",
    "url": "Link to the report; empty: no link on file. Only http and https become links.",
    "archived_url": "Link to an archived copy.",
    "upstream": "Sources that the report itself names.",
    "derived_from": "Reports that this one reprints; its own voice is then no further witness.",
    "sha256": "Sum of the text that the offsets of claims were measured on; the text itself is not stored.",
    "chars": "Length of that text in Unicode code points.",
    "speaker_id": "Who says it; `report` is a report's own voice.",
    "state": "Country of a speaker, ISO 3166-1.",
    "as_written": "Forms in which the speaker appears in reports.",
    "record_id": "Permanent, opaque id of one thing reported; empty where a claim is background.",
    "claimed_types": "Every type that some report claims; filters match all of them.",
    "date_start": "First possible day; empty: open or unknown.",
    "date_end": "Last possible day, included; empty: open or unknown.",
    "date_basis": "Begins with stated, derived, assumed or not given; a colon and the reason may follow.",
    "sensitivity": "What a public output may hold of the record.",
    "possible_same_as": "Records that may be the same event; counted once in totals.",
    "place_id": "Permanent id of a gazetteer entry.",
    "role": "What the place is to the record; only event and generalised places are drawn.",
    "topic": "Subject of a background claim, which belongs to no record.",
    "attribute": "What the claim, decision or change is about, as killed, place, event_date.",
    "value_text": "The value in own words; for counts, pairs such as `nationality: Chinese; role: engineers`.",
    "value_low": "Count, lowest stated. Without value_high it is open-ended (or more).",
    "value_high": "Count, highest stated.",
    "victim_group": "Who was killed or injured, as described; groups are never added up.",
    "said_by": "The speaker as the report names them.",
    "via": "Who passed the statement on, where the report says so.",
    "modality": "How the speaker puts it.",
    "start": "First character of the span in the report's text, counted from 0 in Unicode code points.",
    "end": "Character after the span.",
    "relation": "How claim_a stands to claim_b.",
    "chosen": "What was chosen: a value, a place_id, a precision.",
    "source": "What the choice rests on: claims (C087 or C001;C002), a gazetteer id, a document.",
    "level": "Administrative or geometric level, coarse to fine.",
    "parent_id": "The next larger place.",
    "iso_3166_2": "Code of the region that the place is or lies in.",
    "lat": "Latitude in degrees, EPSG:4326.",
    "lon": "Longitude in degrees, EPSG:4326.",
    "coord_kind": "What the coordinates stand for, as a gazetteer point or the centroid of a polygon.",
    "uncertainty_km": "How far the place may reach or lie from the coordinates, in km.",
    "area_km2": "Published area in square km.",
    "coord_source": "Where the coordinates come from.",
    "script": "Script of the name, ISO 15924: Latn, Cyrl, Arab.",
    "language": "ISO 639-1 code; empty where a spelling belongs to no one language.",
    "old": "The value before; where the attribute is `record`, the title that the record had.",
    "new": "The value since; where the attribute is `record`: `merged: ID` or `withdrawn`.",
}


def datapackage() -> dict[str, Any]:
    """Return the data package descriptor: one tabular resource a table (Frictionless Table Schema v1)."""
    return {
        "name": "panjmap-tables",
        "title": "Reported attacks along the Panj: reports, claims, records, places",
        "profile": "tabular-data-package",
        "resources": [_resource(name) for name in ROW_CLASSES],
    }


def datapackage_text() -> str:
    """Return the descriptor as the text of its file."""
    return json.dumps(datapackage(), ensure_ascii=False, indent=1) + "\n"


def _resource(name: str) -> dict[str, Any]:
    row_class = ROW_CLASSES[name]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns_of(row_class)],
        "missingValues": [""],
    }
    if PRIMARY_KEYS[name]:
        schema["primaryKey"] = list(PRIMARY_KEYS[name])
    # A foreign key of Table Schema holds for single values only; columns of lists name their target as "references".
    single = {column.name for column in columns_of(row_class) if not column.many}
    keys = [
        # An empty resource name means the table itself.
        {
            "fields": key.column,
            "reference": {"resource": "" if key.target == name else key.target, "fields": key.target_column},
        }
        for key in FOREIGN_KEYS
        if key.table == name and key.column in single
    ]
    if keys:
        schema["foreignKeys"] = keys
    for field in schema["fields"]:
        for key in FOREIGN_KEYS:
            if (key.table, key.column) == (name, field["name"]) and field["name"] not in single:
                field["references"] = {"resource": key.target, "fields": key.target_column}
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": " ".join((row_class.__doc__ or "").split("\n\n")[0].replace("``", "").split()),
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.many else _TYPES.get(column.type, "string"),
    }
    meaning = [MEANINGS[column.name]] if column.name in MEANINGS else []
    if field["type"] == "date":
        field["format"] = "%Y-%m-%d"
    if column.many:
        field["separator"] = SEPARATOR
        meaning.append(f"Several values are separated by {SEPARATOR!r}; each is {_each(column)}.")
    if meaning:
        field["description"] = " ".join(meaning)
    constraints: dict[str, Any] = {"required": column.required}
    if not column.many:
        constraints |= _limits(column)
    field["constraints"] = constraints
    return field


def _each(column: Column) -> str:
    return Column(column.name, column.type, False, True, column.values, column.pattern).expected()


def _limits(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.values:
        limits["enum"] = [str(value) for value in column.values]
    if column.pattern:
        limits["pattern"] = column.pattern
    for name, value in (("minimum", column.minimum), ("maximum", column.maximum)):
        if value is not None:
            limits[name] = value
    return limits
