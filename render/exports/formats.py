"""The formats of ``panjmap export``: what each is called, how its files end, which module makes it. Imports nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, the suffixes that its files may have, and the module whose ``export`` makes it.

    A suffix that several formats have names the one that comes first.
    """

    title: str
    suffixes: tuple[str, ...]
    module: str


#: All formats by id.
FORMATS: Final[Mapping[str, Format]] = {
    "geojson": Format("GeoJSON (RFC 7946)", (".geojson", ".json"), "geojson"),
    "gpkg": Format("GeoPackage 1.3", (".gpkg",), "gpkg"),
    "geoparquet": Format("GeoParquet 1.1", (".parquet", ".geoparquet"), "geoparquet"),
    "kml": Format("KML 2.2", (".kml",), "kml"),
    "csv": Format("CSV, with claims and sources beside it", (".csv",), "csv_files"),
    "xlsx": Format("workbook (Excel, LibreOffice)", (".xlsx",), "xlsx"),
    "acled": Format("CSV in the 31 columns of ACLED", (".csv",), "acled"),
    "ged": Format("CSV in the 49 columns of UCDP GED", (".csv",), "ged"),
}
