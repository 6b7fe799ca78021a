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

__all__ = ["datapackage", "datapackage_text"]

_TYPES = {int: "integer", float: "number", dt.date: "date"}


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
    if field["type"] == "date":
        field["format"] = "%Y-%m-%d"
    if column.many:
        field["separator"] = SEPARATOR
        field["description"] = f"Several values are separated by {SEPARATOR!r}; each is {_each(column)}."
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
