"""Read and write the tables: a folder of CSV files <-> :class:`Tables`.

Reading finds every problem of every table in one run and gives back all or nothing; writing is atomic per file and
never touches the packaged tables.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .columns import CellError, Column, columns_of, format_cell, nearest, parse_cell
from .csvfile import RawTable, read_csv
from .errors import FolderNotEmpty, Problem, ReadOnlyTables, TableErrors
from .files import replace_files
from .model import ROW_CLASSES, Claim, Decision, Place, Report, Row, Tables
from .rules import FOREIGN_KEYS, PRIMARY_KEYS, broken_rows, parent_cycles
from .text import clean

__all__ = ["DATAPACKAGE", "PACKAGED", "copy_tables", "data_version", "read_tables", "write_tables"]

#: The tables that come with panjmap; read-only.
PACKAGED = Path(__file__).parent / "tables"

#: Name of the schema file that stands beside the tables.
DATAPACKAGE = "datapackage.json"


@dataclass(slots=True)
class _Table:
    """A table while it is read: its raw cells, and the rows that are valid so far with their numbers."""

    raw: RawTable
    rows: list[tuple[int, Row]] = field(default_factory=list)

    def refuse(self, row: int, column: str, expected: str, fix: str, value: str | None) -> None:
        self.raw.refuse(expected, fix, row=row, column=column, value=value)

    def cell(self, number: int, column: str) -> str | None:
        return next((cells.get(column) for row, cells in self.raw.rows if row == number), None)


def read_tables(folder: Path) -> Tables:
    """Read all tables of a folder.

    Parameters
    ----------
    folder
        Holds one CSV file (UTF-8, commas, a header row) per table of :class:`Tables`.

    Raises
    ------
    TableErrors
        With every problem of every table, each naming file, row, column, value, what was expected and how to fix it.
    """
    if not folder.is_dir():
        expected = "a folder with the tables"
        raise TableErrors(
            [Problem(str(folder), None, None, None, expected, "`panjmap init DIR` writes one to start from")]
        )
    tables = {name: _read_table(folder / f"{name}.csv", row_class) for name, row_class in ROW_CLASSES.items()}
    for name, table in tables.items():
        _check_keys(PRIMARY_KEYS[name], table)
    _check_references(tables)
    problems = [problem for table in tables.values() for problem in _in_order(table.raw.problems)]
    if problems:
        raise TableErrors(problems)
    return Tables(*(tuple(row for _, row in table.rows) for table in tables.values()))  # type: ignore[arg-type]


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.row or 0)


# ---------------------------------------------------------------- one table


def _read_table(path: Path, row_class: type[Row]) -> _Table:
    columns = columns_of(row_class)
    table = _Table(read_csv(path, [column.name for column in columns]))
    whole = set(table.raw.header) == {column.name for column in columns}
    for number, cells in table.raw.rows:
        values = _values(number, cells, columns, table)
        if whole and len(values) == len(columns):
            _add_row(number, values, row_class, table)
    return table


def _values(number: int, cells: dict[str, str], columns: tuple[Column, ...], table: _Table) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        text = cells.get(column.name)
        if text is None:
            continue
        try:
            values[column.name] = parse_cell(column, text)
        except CellError as error:
            table.refuse(number, column.name, error.expected, error.fix, text)
    return values


def _add_row(number: int, values: dict[str, Any], row_class: type[Row], table: _Table) -> None:
    try:
        row = row_class.model_validate(values)
    except ValidationError as error:
        by_name = {column.name: column for column in columns_of(row_class)}
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0])
            table.refuse(number, name, by_name[name].expected(), "change the value", str(detail["input"]))
        return
    table.rows.append((number, row))
    for column, expected, fix in broken_rows(row):
        table.refuse(number, column, expected, fix, format_cell(getattr(row, column)))


def _check_keys(key: tuple[str, ...], table: _Table) -> None:
    """Refuse a second row with the same key; ids that differ by case only are the same one on some file systems."""
    if not key or not set(key) <= set(table.raw.header):
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in table.raw.rows:
        values = tuple(cells[name] for name in key)
        known = values if len(key) > 1 else (values[0].casefold(),)
        if known in seen and any(values):
            fix = "change the id or take the row out" if len(key) == 1 else "take one of the two rows out"
            expected = f"{' + '.join(key)} once, upper and lower case taken as the same; it stands in row {seen[known]}"
            table.refuse(number, key[0], expected, fix, " + ".join(values))
        seen.setdefault(known, number)


# ---------------------------------------------------------------- between tables


def _check_references(tables: dict[str, _Table]) -> None:
    for key in FOREIGN_KEYS:
        known = _ids(tables[key.target], key.target_column)
        if known is not None:
            _check_ids(tables[key.table], key.column, known, f"{key.target}.csv")
    reports = {row.report_id: row for _, row in tables["reports"].rows if isinstance(row, Report)}
    _check_offsets(tables["claims"], reports)
    claims = _ids(tables["claims"], "claim_id")
    if claims is not None:
        _check_decisions(tables["decisions"], claims)
    _check_parents(tables["places"])


def _ids(table: _Table, column: str) -> tuple[str, ...] | None:
    """Return the ids of a table, those of invalid rows too; ``None`` if not every row could be seen."""
    if not table.raw.complete or column not in table.raw.header:
        return None
    return tuple(dict.fromkeys(cells[column] for _, cells in table.raw.rows))


def _check_ids(table: _Table, column: str, known: tuple[str, ...], file: str) -> None:
    ids = set(known)
    for number, row in table.rows:
        value = getattr(row, column)
        for name in value if isinstance(value, tuple) else (value,):
            if name is not None and name not in ids:
                fix = nearest(name, known, cutoff=0.76) or f"correct the id, or add its row to {file}"
                table.refuse(number, column, f"an id of {file}", fix, name)


def _check_offsets(claims: _Table, reports: dict[str, Report]) -> None:
    for number, row in claims.rows:
        if isinstance(row, Claim) and row.end is not None and row.report_id in reports:
            length = reports[row.report_id].chars
            if length is not None and row.end > length:
                expected = f"an offset within the report's text of {length} characters"
                claims.refuse(number, "end", expected, "count the span again in the report's text", str(row.end))


def _check_decisions(decisions: _Table, claims: tuple[str, ...]) -> None:
    for number, row in decisions.rows:
        if isinstance(row, Decision):
            names = [name.strip() for name in row.source.split(";")]
            if all(re.fullmatch(r"C\d{3,}", name) for name in names):
                for name in names:
                    if name not in claims:
                        fix = "correct the id, or name another source"
                        decisions.refuse(number, "source", "claims of claims.csv", fix, name)


def _check_parents(places: _Table) -> None:
    numbers = {row.place_id: number for number, row in places.rows if isinstance(row, Place)}
    parents = {row.place_id: row.parent_id for _, row in places.rows if isinstance(row, Place)}
    for place_id in parent_cycles(parents):
        expected = "a place above this one; following the column upwards leads back to the place itself"
        places.refuse(numbers[place_id], "parent_id", expected, "name the next larger place", parents[place_id])


# ---------------------------------------------------------------- writing


def table_text(name: str, tables: Tables) -> str:
    """Return one table as the text of its CSV file: header, rows in their order, line feeds only."""
    columns = columns_of(ROW_CLASSES[name])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    for row in getattr(tables, name):
        writer.writerow(clean(format_cell(getattr(row, column.name))).strip() for column in columns)
    return stream.getvalue()


def data_version(tables: Tables) -> str:
    """Return the version of the data: the first 12 hexadecimal digits of the SHA-256 of all tables as written."""
    digest = hashlib.sha256()
    for name in ROW_CLASSES:
        digest.update(f"{name}\n{table_text(name, tables)}".encode())
    return digest.hexdigest()[:12]


def write_tables(tables: Tables, folder: Path) -> None:
    """Write all tables and their schema into a folder (made if missing); what stands there is replaced.

    What would be written is read back first, and the files are replaced together.

    Raises
    ------
    ReadOnlyTables
        If the folder is that of the packaged tables.
    TableErrors
        If what would be written could not be read again.
    OutputError
        If the folder cannot be written to.
    """
    import tempfile  # not needed to read

    from .schema import datapackage_text  # only needed to write

    if folder.resolve() == PACKAGED.resolve():
        raise ReadOnlyTables(folder)
    texts = {f"{name}.csv": table_text(name, tables) for name in ROW_CLASSES}
    with tempfile.TemporaryDirectory() as work:
        for file, text in texts.items():
            (Path(work) / file).write_text(text, encoding="utf-8", newline="")
        read_tables(Path(work))
    texts[DATAPACKAGE] = datapackage_text()
    replace_files({folder / file: text.encode() for file, text in texts.items()})


def copy_tables(folder: Path, *, source: Path | None = None) -> None:
    """Copy tables and their schema into a new or empty folder, for a user's own work.

    Parameters
    ----------
    folder
        Where to; made if missing.
    source
        Folder of the tables to copy, read and checked first; by default the packaged ones.

    Raises
    ------
    FolderNotEmpty
        If the folder holds anything, or is a file.
    TableErrors
        If the tables of ``source`` cannot be read.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    write_tables(read_tables(source or PACKAGED), folder)
