"""Read the tables, build the map, replace the output: the whole flow in one call, and the only writer of the page."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from geopandas import GeoDataFrame

from ..data.evidence import evidence_of
from ..data.files import replace_files
from ..data.publish import Published, public
from ..data.tables import PACKAGED, data_version, read_tables
from ..geo.areas import Areas, load_areas
from ..geo.basemap import load_basemap
from ..geo.locate import locate
from ..geo.river import load_river
from .incident_map import IncidentMap
from .page import PageOptions, build_page
from .scene import make_scene

__all__ = ["MapWritten", "read_map", "write_map"]


@dataclass(frozen=True, slots=True)
class MapWritten:
    """What a build wrote: paths, sizes and how many records are where."""

    path: Path
    size: int
    located: int
    listed: int
    generalised: int
    withheld: int

    def __str__(self) -> str:
        """Say it in two lines, as the command prints it."""
        hidden = (
            f"; {self.generalised} generalised, {self.withheld} withheld" if self.generalised or self.withheld else ""
        )
        return (
            f"{self.path} ({self.size / 1000:.0f} kB)\n"
            f"{self.located + self.listed} records: {self.located} on the map, {self.listed} in the list only{hidden}"
        )


def write_map(
    out: Path, *, folder: Path | None = None, districts: Path | None = None, name_field: str | None = None
) -> MapWritten:
    """Build the map from the tables in ``folder`` and write it to ``out``, with ``manifest.json`` beside it.

    Parameters
    ----------
    out
        The HTML file. It is replaced only after everything has succeeded.
    folder
        Folder with the tables; the packaged ones by default.
    districts
        A boundary file of districts; by default districts are approximate areas.
    name_field
        Column of ``districts`` with the names.

    Raises
    ------
    PanjmapError
        The tables, the boundary file or the output folder are at fault; the old file is as it was.
    """
    published, located, areas = _located(folder, districts, name_field)
    html = build_page(published, located, evidence_of(published.tables), load_basemap(), areas, PageOptions()).encode(
        "utf-8"
    )
    replace_files({out: html, out.with_name("manifest.json"): _manifest(out, html, published, located, areas)})
    shown = int(located.geometry.notna().sum())
    return MapWritten(out, len(html), shown, len(located) - shown, len(published.generalised), published.withheld)


def read_map(
    folder: Path | None = None, *, districts: Path | None = None, name_field: str | None = None
) -> IncidentMap:
    """Make the map of the tables in ``folder`` as a folium map, for a notebook or to add one's own layers.

    Parameters and errors are those of :func:`write_map`; nothing is written.
    """
    published, located, areas = _located(folder, districts, name_field)
    evidence = evidence_of(published.tables)
    return IncidentMap(make_scene(published, located, evidence, load_basemap(), areas, PageOptions()))


def _located(
    folder: Path | None, districts: Path | None, name_field: str | None
) -> tuple[Published, GeoDataFrame, Areas]:
    """Read the tables, keep what may be published, and place it."""
    tables = read_tables(folder or PACKAGED)
    published = public(tables)
    river = load_river()
    # Areas are spanned by every known place; an approximate area gives none of them away.
    areas = load_areas(tables.places, river, districts, name_field, names=tables.place_names)
    return published, locate(published.tables, areas, river), areas


def _manifest(out: Path, html: bytes, published: Published, located: GeoDataFrame, areas: Areas) -> bytes:
    """Say what the map was made of, so that anyone can check it; the same bytes for the same input."""
    content = {
        "map": {"file": out.name, "sha256": hashlib.sha256(html).hexdigest(), "bytes": len(html)},
        "data_version": data_version(published.tables),
        "rows": {name: len(rows) for name, rows in published.tables._asdict().items()},
        "records": {record_id: {"precision": row.precision, "how": row.how} for record_id, row in located.iterrows()},
        "generalised": list(published.generalised),
        "withheld": published.withheld,
        "districts": areas.set_name,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
