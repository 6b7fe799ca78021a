"""From the tables to a scene: read, keep what may be published, place, derive. Page, figure, exports start here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ..data.errors import OptionError
from ..data.evidence import evidence_of
from ..data.inputs import read_inputs
from ..data.model import ROW_CLASSES, Place, Tables
from ..data.provenance import file_sums, read_sums, table_files
from ..data.publish import public
from ..data.tables import DATAPACKAGE, PACKAGED, TABLE_FILES, parse_tables, read_tables
from ..data.vocabulary import IMPORTED
from ..data.wording import listing
from ..geo.areas import load_areas
from ..geo.basemap import load_basemap
from ..geo.locate import locate
from ..geo.river import load_river
from .imported import added_rows
from .scene import PageOptions, Scene, make_scene
from .texts import languages

__all__ = ["read_scene", "scene_from", "spare_inputs"]


def read_scene(
    folder: Path | None = None,
    *,
    districts: Path | None = None,
    name_field: str | None = None,
    options: PageOptions | None = None,
    rows: Path | None = None,
) -> Scene:
    """Read the tables, keep what may be published, place it, and derive everything that is shown.

    Parameters
    ----------
    folder
        Folder with the tables; the packaged ones by default.
    districts
        A boundary file of districts; by default districts are approximate areas.
    name_field
        Column of ``districts`` with the names.
    options
        Title and language; those of the page by default.
    rows
        Imported rows, as ``panjmap import`` writes them: they are shown beside the records of the tables.

    Raises
    ------
    PanjmapError
        The tables, the boundary file or the rows are at fault, the terms of the rows do not let them be public, or a
        choice would have no effect.
    """
    if name_field is not None and districts is None:
        raise OptionError("name_field", name_field, "names a column of no boundary file", "name the file, too")
    if options and options.lang not in languages():
        raise OptionError("lang", options.lang, "there are no texts in it", f"use {listing(languages(), 'or')}")
    inputs = read_inputs(folder or PACKAGED, TABLE_FILES)
    tables = parse_tables(inputs)
    common = read_tables(PACKAGED) if folder else tables
    beside = [(role, path) for role, path in (("districts", districts), ("rows", rows)) if path and path.is_file()]
    before = {path: read_sums(role, path) for role, path in beside}
    added = added_rows(tables, rows) if rows else None
    shown = added.tables if added else tables
    made = scene_from(shown, common.places, districts=districts, name_field=name_field, options=options)
    for role, path in beside:
        file_sums(role, path, before[path])
    published = public(tables, common=common.places).tables if added else made.published.tables
    files = (*table_files(inputs, tables, published, common), *(one for sums in before.values() for one in sums))
    return replace(made, inputs=files, name_field=name_field, imported=added.note if added else "")


def spare_inputs(
    targets: Iterable[Path], folder: Path | None, districts: Path | None, rows: Path | None = None
) -> None:
    """Refuse to write over what is read: a map, too, may be called ``records.csv``.

    Links are followed to their ends: an installed package may hold its tables as links.

    Raises
    ------
    OptionError
        A target is a table, the description of the tables, the boundary file, or the imported rows.
    """
    names = (*(f"{table}.csv" for table in ROW_CLASSES), DATAPACKAGE)
    read = {((folder or PACKAGED) / name).resolve() for name in names}
    read |= {path.resolve() for path in (districts, rows) if path}
    for path in targets:
        if path.resolve() in read:
            reason = "it belongs to the tables, boundaries or rows that are read, and would be written over"
            raise OptionError("--out", path.name, reason, "name another file or folder")


def scene_from(
    tables: Tables,
    common: Sequence[Place],
    *,
    districts: Path | None = None,
    name_field: str | None = None,
    options: PageOptions | None = None,
) -> Scene:
    """Derive everything that is shown from tables in memory; ``common`` are the places of the packaged gazetteer."""
    published = public(tables, common=common)
    river = load_river()
    # Points of imported rows say nothing of how far a district reaches.
    known = [place for place in published.known_places if place.kind != IMPORTED or place.lat is None]
    areas = load_areas(known, river, districts, name_field, names=tables.place_names)
    located = locate(published.tables, areas, river)
    evidence = evidence_of(published.tables)
    return make_scene(published, located, evidence, load_basemap(), areas, options or PageOptions())
