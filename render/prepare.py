"""From the tables to a scene: read, keep what may be published, place, derive. Page, figure, exports start here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from ..data.errors import OptionError
from ..data.evidence import evidence_of
from ..data.files import real
from ..data.inputs import read_inputs
from ..data.internal import internal as show_all
from ..data.internal import quotes_of, without_text
from ..data.model import ROW_CLASSES, Place, Tables
from ..data.provenance import InputFile, file_sums, read_sums, rows_file, table_files
from ..data.publish import Published, public
from ..data.report_texts import TextFile, read_texts
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

__all__ = ["SceneInputs", "read_scene", "scene_from", "spare_inputs"]


class SceneInputs(TypedDict, total=False):
    """What :func:`read_scene` takes by name beside the tables; whatever makes an output takes it, and hands it on."""

    rows: Path | None
    districts: Path | None
    name_field: str | None
    internal: bool
    reports: Path | None
    warn: Callable[[str], None]


def read_scene(
    folder: Path | None = None,
    *,
    districts: Path | None = None,
    name_field: str | None = None,
    options: PageOptions | None = None,
    rows: Path | None = None,
    internal: bool = False,
    reports: Path | None = None,
    warn: Callable[[str], None] = lambda _line: None,
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
    internal
        Show everything, and say on every output that it is not for publication.
    reports
        Folder with the texts of the reports: an internal output shows the passages that claims rest on.
    warn
        Is told, in one line each, which reports have no text there.

    Raises
    ------
    PanjmapError
        The tables, the boundary file, the rows or the folder of texts are at fault, the terms of the rows do not let
        them be public, texts are given for a public output, or a choice would have no effect.
    """
    _check_choices(districts, name_field, options, internal=internal, reports=reports)
    inputs = read_inputs(folder or PACKAGED, TABLE_FILES)
    tables = parse_tables(inputs)
    common = read_tables(PACKAGED) if folder else tables
    beside = [(role, path) for role, path in (("districts", districts), ("rows", rows)) if path and path.is_file()]
    before = {path: read_sums(role, path) for role, path in beside}
    texts = _texts(tables, reports, warn) if reports else ()
    added = added_rows(tables, rows, internal=internal) if rows else None
    shown = added.tables if added else tables

    def chosen(rows: Tables) -> Published:
        return show_all(rows, quotes_of(rows, texts)) if internal else public(rows, common=common.places)

    made = _scene(chosen(shown), shown, districts, name_field, options)
    for role, path in beside:
        file_sums(role, path, before[path])
    published = chosen(tables).tables if added else made.published.tables
    files = table_files(inputs, tables, published, common, internal=internal)
    read = [InputFile("reports", one.file, one.sha256, len((one.text or "").encode())) for one in texts]
    sums = [one for found in before.values() for one in found]
    if not internal:
        sums = [rows_file(f, tables, shown, made.published.tables) if f.role == "rows" else f for f in sums]
    return replace(made, inputs=(*files, *sums, *read), name_field=name_field, imported=added.note if added else "")


def _check_choices(
    districts: Path | None, name_field: str | None, options: PageOptions | None, *, internal: bool, reports: Path | None
) -> None:
    """Refuse choices that would have no effect, and texts for a public output."""
    if name_field is not None and districts is None:
        raise OptionError("name_field", name_field, "names a column of no boundary file", "name the file, too")
    if options and options.lang not in languages():
        raise OptionError("lang", options.lang, "there are no texts in it", f"use {listing(languages(), 'or')}")
    if reports and not internal:
        reason = "a public output holds no passage of a report"
        raise OptionError("--reports", reports.name, reason, "add --internal, or leave it out")


def _texts(tables: Tables, reports: Path, warn: Callable[[str], None]) -> tuple[TextFile, ...]:
    """Read the texts of the reports, and tell which have none."""
    wanted = {report.sha256 for report in tables.reports if report.sha256}
    files = read_texts(reports, wanted)
    for line in without_text(tables, files):
        warn(line)
    return tuple(file for file in files if file.sha256 in wanted and file.text is not None)


def spare_inputs(targets: Iterable[Path], folder: Path | None, **given: Unpack[SceneInputs]) -> None:
    """Refuse to write over what is read: a map, too, may be called ``records.csv``.

    Links are followed to their ends: an installed package may hold its tables as links.

    Raises
    ------
    OptionError
        A target is a table, the description of the tables, the boundary file, or the imported rows.
    """
    names = (*(f"{table}.csv" for table in ROW_CLASSES), DATAPACKAGE)
    read = {real((folder or PACKAGED) / name) for name in names}
    read |= {real(path) for path in (given.get("districts"), given.get("rows")) if path}
    for path in targets:
        if real(path) in read:
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
    return _scene(public(tables, common=common), tables, districts, name_field, options)


def _scene(
    published: Published,
    tables: Tables,
    districts: Path | None,
    name_field: str | None,
    options: PageOptions | None,
) -> Scene:
    """Place what is shown, and derive the rest."""
    river = load_river()
    # Points of imported rows say nothing of how far a district reaches.
    known = [place for place in published.known_places if place.kind != IMPORTED or place.lat is None]
    areas = load_areas(known, river, districts, name_field, names=tables.place_names)
    located = locate(published.tables, areas, river)
    evidence = evidence_of(published.tables)
    return make_scene(published, located, evidence, load_basemap(), areas, options or PageOptions())
