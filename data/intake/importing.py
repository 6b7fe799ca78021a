"""Any file -> ``rows.parquet``: the whole way in one call, and the only writer of imported rows.

Rows in = rows out + rows rejected, always; both are counted and told.
"""

from __future__ import annotations

import gc
import io
import json
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..csv_text import csv_line, csv_text
from ..errors import OptionError, Problem
from ..files import replace_files, replaceable
from ..inputs import unchanged
from ..limits import limits
from ..wording import plural
from .check import RowCheck
from .codes import OTHER
from .datasets import DATASETS, Dataset, dataset_of
from .log import Log, RowErrors
from .mapping import columns_of, doubled_columns, missing_columns
from .parquet import About, RowsWriter
from .source import Source, SourceRow, read_source

__all__ = ["REJECT_COLUMNS", "Imported", "import_rows"]

#: How EPSG:4326 and its twins with longitude first are named.
_DEGREES = re.compile(r"(?:^|\D)(?:4326|CRS84h?|CRS:84|WGS[ _]?(?:19)?84)$", re.IGNORECASE)
#: Columns of the file of rejects; one line a problem, and a row may have several.
REJECT_COLUMNS = ("file", "row", "column", "value", "expected", "fix", "cells")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many rows were read, written and rejected, and what is doubtful in them."""

    path: Path
    about: About
    rejects: Path | None
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in two lines, as the command prints it."""
        about = self.about
        away = f" + {about.rejected} rejected ({self.rejects})" if self.rejects else ""
        return (
            f"{self.path}: {about.dataset_name}; terms: {about.terms}\n"
            f"{about.read} {plural(about.read, about.unit)} read = {about.rows} imported{away}"
        )


class _Rejects:
    """Rows that were not imported, with what is wrong, as lines of a CSV file that a spreadsheet opens safely."""

    def __init__(self) -> None:
        self.row: SourceRow | None = None
        self._out = io.BytesIO()
        self._out.write(csv_text(REJECT_COLUMNS, ()).encode("utf-8"))

    def add(self, problem: Problem) -> None:
        """Write one problem, with the cells of the row that is checked now."""
        cells = _cells(self.row) if self.row and problem.row == self.row.number else None
        where = (problem.file, problem.row, problem.column)
        self._out.write(csv_line((*where, problem.value, problem.expected, problem.fix, cells)).encode("utf-8"))

    def bytes(self) -> bytes:
        """Give the file."""
        return self._out.getvalue()


def _cells(row: SourceRow) -> str:
    """Write the cells of a row as JSON, with its geometry where it has one."""
    cells: dict[str, object] = dict(row.cells)
    if row.lonlat is not None or row.shape is not None:
        cells = {"cells": cells, "geometry": {"type": row.shape, "lonlat": row.lonlat}}
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"), default=str)


def import_rows(
    file: Path,
    to: Path,
    *,
    maps: Iterable[str] = (),
    rejects: Path | None = None,
    dataset: str | None = None,
    licence: str | None = None,
    encoding: str | None = None,
) -> Imported:
    """Read a file, check every row, and write those that are right to ``to``.

    Parameters
    ----------
    file
        CSV, XLSX, GeoJSON, JSON, KML or KMZ, also compressed with gzip.
    to
        Where the rows go, as Parquet; replaced only after everything has succeeded.
    maps
        Which column is which of ours, each as ``ours=theirs``, where names do not say it.
    rejects
        Where rows go that have errors, as CSV. Without it, one error is enough for nothing to be written.
    dataset, licence
        Data set that the rows are of, and the terms of one that is not known here.
    encoding
        That of a CSV file which is not in UTF-8, as ``cp1251``; nothing is guessed.

    Raises
    ------
    RowErrors
        Rows or the file are at fault; nothing was written.
    InputChanged
        The file changed while it was read.
    OptionError
        A name of a column, data set or output cannot be meant.
    OutputError
        The outputs cannot be written; what stood there is as it was.
    """
    _apart(file, to, rejects)
    with unchanged(file), _opened(file, encoding) as (source, found):
        columns = columns_of(source.columns, maps if source.columns else ())
        of = dataset_of(columns.layout, dataset, licence)
        log, kept_back = Log(limits().problems), _Rejects()
        log.sink = kept_back.add if rejects else None
        check = RowCheck(source.file, source.unit, columns, log, strict_numbers="json" in source.format)
        missing = missing_columns(columns, source.file, source.columns, source.format)
        check.placed = not missing
        missing += doubled_columns(columns, source.file, source.columns)
        writer = RowsWriter(Path(source.file).name, of)
        read = rows = others = 0
        for row in found:
            read, kept_back.row = read + 1, row
            one = check.row(row)
            if one is not None:
                rows, others = rows + 1, others + (one.type == OTHER)
                if rejects or not log.counts["error"]:
                    writer.add(one)
    kept_back.row = None
    # Any text is a header without rows: one that names no column of ours is no empty table.
    is_text = source.format.startswith("csv") and not columns.named
    fatal = _rest(source, missing if read or is_text else [], log, columns.named, read)
    _about_rows(source, log, of, columns.layout, others)
    read += source.refused
    if fatal or (log.counts["error"] and not rejects):
        raise _errors(log, source, read, read - rows, fatal=fatal)
    name, terms = Path(source.file).name, (of.key, of.name, of.terms, of.public)
    about = About(name, source.format, source.unit, *terms, read, rows, read - rows)
    contents = {to: writer.bytes(about)} | ({rejects: kept_back.bytes()} if rejects else {})
    replace_files(contents)
    return Imported(to, about, rejects, tuple(log.lines("warning")))


@contextmanager
def _opened(file: Path, encoding: str | None) -> Iterator[tuple[Source, Iterator[SourceRow]]]:
    """Open a file and take its rows; whatever happens, it is closed: a generator that never ran closes nothing."""
    source = read_source(file, encoding)
    first = next(source.rows, None)
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)  # rows make no cycles: looking for them all the time took a sixth of the time
    try:
        yield source, chain(() if first is None else (first,), source.rows)
    finally:
        gc.set_threshold(*before)
        if isinstance(source.rows, Generator):
            source.rows.close()


def _apart(file: Path, to: Path, rejects: Path | None) -> None:
    """Refuse to write over what is read, and two outputs into one file, before any work is done."""
    if to.suffix.lower() != ".parquet":
        raise OptionError("--to", to.name, "the rows are written as Parquet", f"name it {to.stem or 'rows'}.parquet")
    taken: dict[Path, str] = {}
    with suppress(OSError, ValueError, RuntimeError):  # a name that can be none is told when it is read
        taken[file.resolve()] = "it is the file that is read"
    for option, path in (("--to", to), ("--rejects", rejects)):
        target = replaceable(path) if path else None
        if path and target in taken:
            raise OptionError(option, path.name, taken[target], "name another file")
        if target:
            taken[target] = "the rows are written there"


def _rest(source: Source, missing: list[Problem], log: Log, named: dict[str, str], read: int) -> bool:
    """Log what concerns the whole file; tell whether it is such that no rows can be kept."""
    wrong = [*missing, *_other_crs(source)]
    for problem in [*source.problems, *wrong]:
        log.add(problem)
    if not read and not source.problems:
        log.add(Problem(source.file, None, None, None, "rows", "there are none, and nothing is imported", "warning"))
    elif read and not wrong:
        _doubts(source, log, named)
    return bool(wrong) or not source.complete


def _other_crs(source: Source) -> list[Problem]:
    """Refuse a coordinate system other than longitude and latitude on WGS 84: nothing is reprojected."""
    if source.crs is None or _DEGREES.search(source.crs):
        return []
    fix = "convert the file to EPSG:4326, or take the declaration out if it is wrong"
    return [Problem(source.file, None, "crs", source.crs, "longitude and latitude in degrees (EPSG:4326)", fix)]


def _doubts(source: Source, log: Log, named: dict[str, str]) -> None:
    """Warn once a file of what no column says."""

    def warn(expected: str, fix: str) -> None:
        log.add(Problem(source.file, None, None, None, expected, fix, "warning"))

    if not {"precision", "geo_precision", "where_prec", "uncertainty_km"} & named.keys():
        warn(
            "a column precision or uncertainty_km",
            "add one; without it each point is drawn as near, with a hollow symbol",
        )
    if not {"type", "sub_type", "violence"} & named.keys():
        warn("a column type", "add one; without it each row is shown as an armed attack")
    if "date" not in named:
        warn("a column date", "add one; without it each row is listed without a date")


def _about_rows(source: Source, log: Log, of: Dataset, layout: str | None, others: int) -> None:
    """Warn where a user calls rows other than they look, and of rows that no map will show."""
    looks = DATASETS.get(layout or "")
    if looks and looks.key != of.key:
        fix = f"leave --dataset {of.key} only if the rows are yours to pass on"
        log.add(Problem(source.file, None, None, None, f"rows of {looks.name}, as the columns say", fix, "warning"))
    if others:
        many = f"{others} {plural(others, 'row has', 'rows have')}"
        fix = f"{many} others, such as protests: they are imported, and left out of maps"
        log.add(Problem(source.file, None, "type", None, "types of attacks and operations", fix, "warning"))


def _errors(log: Log, source: Source, read: int, bad: int, *, fatal: bool) -> RowErrors:
    """Put all that is wrong into one error."""
    lines = [*log.lines("warning"), *log.lines("error")]
    if fatal:
        lines.append(f"{source.file}: nothing was written.")
    else:
        count = f"{bad} of {read} {plural(read, source.unit)}"
        lines.append(
            f"{source.file}: {count} cannot be imported, nothing was written. "
            "Fix: correct them, or keep the others with --rejects FILE."
        )
    return RowErrors(lines)
