"""One imported row: the shape that checks make, ``rows.parquet`` holds, and maps are made from."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

__all__ = ["ImportedRow"]


class ImportedRow(NamedTuple):
    """One row as ``rows.parquet`` holds it; days are whole, both ends included; degrees are EPSG:4326."""

    row_id: str
    source_row: int
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: str
    lon: float | None
    lat: float | None
    precision: str
    uncertainty_km: float | None
    place: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    title: str | None
    text: str | None
    type: str | None
    type_as_written: str | None
    killed_low: int | None
    killed_high: int | None
    killed_best: int | None
    source: str | None
    url: str | None
    other: str | None
