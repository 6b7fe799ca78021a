"""CSV: records, claims and sources as three tables that a spreadsheet and a program read alike, and a text about them.

In: a scene. Out: files. What a spreadsheet would run carries an apostrophe (``data/csv_text.py``); geometry is WKT.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely

from ...data.csv_text import LONGEST_CELL, csv_text, plain_cell
from ...data.wording import plural
from ..export import Exported
from ..scene import Scene
from .about import about_text
from .columns import Column, columns_of
from .frame import DIGITS, claims_frame, plain_rows, records_frame, sources_frame

__all__ = ["GEOMETRY", "export"]

#: The last column of the records.
GEOMETRY = Column(
    "geometry_wkt", "text", "Point or area as well-known text, WGS 84: longitude first; empty if not drawn."
)


def export(scene: Scene) -> Exported:
    """Write the records, and beside them claims, sources, and what the tables are about."""
    frame = records_frame(scene)
    shapes = [None if g is None else shapely.to_wkt(g, rounding_precision=DIGITS) for g in frame.geometry]
    records = [{**row, GEOMETRY.name: shape} for row, shape in zip(plain_rows(frame), shapes, strict=True)]
    tables = columns_of(internal=scene.internal)
    meanings = {**tables, "records": (*tables["records"], GEOMETRY)}
    columns = [
        (f"Columns of the {table}", [f"{column.name}: {column.meaning}" for column in found])
        for table, found in meanings.items()
    ]
    return Exported(
        {
            ".csv": _table(meanings["records"], records),
            "-claims.csv": _table(meanings["claims"], plain_rows(claims_frame(scene))),
            "-sources.csv": _table(meanings["sources"], plain_rows(sources_frame(scene))),
            "-about.txt": about_text(scene, columns),
        },
        _notes(records),
    )


def _table(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write one table, UTF-8 with a byte order mark."""
    names = [column.name for column in columns]
    return csv_text(names, ([row[name] for name in names] for row in rows)).encode("utf-8")


def _notes(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Warn of outlines and texts that are too long for a cell of a spreadsheet, which may cut them without a word."""
    long = [name for row in records for name, value in row.items() if len(str(plain_cell(value))) > LONGEST_CELL]
    if not long:
        return ()
    named = ", ".join(dict.fromkeys(long))
    return (
        f"{len(long)} {plural(len(long), 'cell')} in {named} {plural(len(long), 'is', 'are')} longer than a "
        f"spreadsheet takes ({LONGEST_CELL:,} characters): read the file with a program, or take another format.",
    )
