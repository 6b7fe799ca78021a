"""Read and write the tables: a folder of CSV files <-> :class:`Tables`.

Reading finds every problem of every table in one run and gives back all or nothing; writing is atomic per file and
never touches the packaged tables.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .columns import CellError, Column, columns_of, format_cell, parse_cell
from .csvfile import RawTable, read_csv
from .errors import FolderNotEmpty, Problem, ReadOnlyTables, TableErrors
from .files import replace_files, settle
from .inputs import Inputs, read_inputs
from .model import ROW_CLASSES, Row, Tables
from .references import check_keys, check_references
from .rules import broken_rows
from .text import clean

__all__ = [
    "DATAPACKAGE",
    "PACKAGED",
    "TABLE_FILES",
    "copy_tables",
    "data_version",
    "parse_tables",
    "read_tables",
    "write_tables",
]

#: The tables that come with panjmap; read-only.
PACKAGED = Path(__file__).parent / "tables"

#: Names of the files that hold the tables, in the order in which they are read.
TABLE_FILES = tuple(f"{name}.csv" for name in ROW_CLASSES)

#: Name of the schema file that stands beside the tables.
DATAPACKAGE = "datapackage.json"


@dataclass(slots=True)
class _Table:
    """A table while it is read: its raw cells, and the rows that are valid so far with their numbers."""

    raw: RawTable
    rows: list[tuple[int, Row]] = field(default_factory=list)

    def refuse(self, row: int, column: str, expected: str, fix: str, value: str | None) -> None:
        self.raw.refuse(expected, fix, row=row, column=column, value=value)


def read_tables(folder: Path) -> Tables:
    """Read all tables of a folder, as they stand at one moment.

    Parameters
    ----------
    folder
        Holds one CSV file (UTF-8, commas, a header row) per table of :class:`Tables`.

    Raises
    ------
    TableErrors
        With every problem of every table, each naming file, row, column, value, what was expected and how to fix it.
    InputChanged
        A table changed while they were read.
    """
    return parse_tables(read_inputs(folder, TABLE_FILES))


def parse_tables(inputs: Inputs) -> Tables:
    """Make tables of the bytes of their files: those of ``read_inputs(folder, TABLE_FILES)``, whose sums describe them.

    Raises
    ------
    TableErrors
        As :func:`read_tables`.
    """
    tables = {name: _read_table(inputs, f"{name}.csv", row_class) for name, row_class in ROW_CLASSES.items()}
    for name, table in tables.items():
        check_keys(name, table.raw)
    check_references({name: table.raw for name, table in tables.items()})
    problems = [problem for table in tables.values() for problem in _in_order(table.raw.problems)]
    if problems:
        raise TableErrors(problems)
    return Tables(*(tuple(row for _, row in table.rows) for table in tables.values()))  # type: ignore[arg-type]


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.row or 0)


# ---------------------------------------------------------------- one table


def _read_table(inputs: Inputs, file: str, row_class: type[Row]) -> _Table:
    columns = columns_of(row_class)
    raw = inputs.contents[file] if file in inputs.contents else inputs.problems[file]
    table = _Table(read_csv(str(inputs.folder / file), raw, [column.name for column in columns]))
    for number, cells in table.raw.rows:
        _add_row(number, cells, row_class, table)
    return table


def _add_row(number: int, cells: dict[str, str], row_class: type[Row], table: _Table) -> None:
    """Add a row that is valid; of any other say all that is wrong, whichever of its cells can be read."""
    values = _values(number, cells, columns_of(row_class), table)
    try:
        row = row_class.model_validate(values)
    except ValidationError as error:
        by_name = {column.name: column for column in columns_of(row_class)}
        for name in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_url=False)):
            if name in values:  # what is missing has been refused already
                table.refuse(number, name, by_name[name].expected(), "change the value", cells[name])
                del values[name]
        row = row_class.model_construct(**values)
    else:
        table.rows.append((number, row))
    for column, expected, fix in broken_rows(row, values.keys()):
        table.refuse(number, column, expected, fix, cells[column])


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
    from .schema import datapackage_text  # only needed to write

    if folder.resolve() == PACKAGED.resolve():
        raise ReadOnlyTables(folder)
    contents = {f"{name}.csv": table_text(name, tables).encode() for name in ROW_CLASSES}
    parse_tables(Inputs(folder, contents, {}))
    contents[DATAPACKAGE] = datapackage_text().encode()
    replace_files({folder / file: raw for file, raw in contents.items()})


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
    settle(folder)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    write_tables(read_tables(source or PACKAGED), folder)
