"""Bytes of one CSV file -> header and cells, or why not: encoding, separator, quotes, columns, row lengths.

Takes bytes and the columns a table has; knows nothing of what the cells mean.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .columns import nearest
from .decoding import SAVE_AS, Lines, mark_of
from .errors import Problem
from .limits import limits, raising
from .text import clean

__all__ = ["RawTable", "read_csv"]

_OTHERS = {b"PK\x03\x04": "a spreadsheet or zip file", b"\x1f\x8b": "a compressed file"}


@dataclass(slots=True)
class RawTable:
    """Cells as text. ``rows`` holds (row number, cells by column); row 1 is the header.

    ``complete`` is false where not every row could be seen, so that nothing is said about rows that may be missing;
    ``stray`` holds the cells of rows with too few or too many, any of which may be an id.
    """

    file: str
    header: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False
    stray: list[str] = field(default_factory=list)

    def refuse(
        self, expected: str, fix: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        """Add a problem of this file."""
        self.problems.append(Problem(self.file, row, column, value, expected, fix))


def read_csv(file: str, raw: bytes | Problem, columns: Sequence[str]) -> RawTable:
    """Read a table from the bytes of its file; every structural fault becomes a problem, none hides the others.

    Parameters
    ----------
    file
        What problems call the file.
    raw
        Its bytes, or why there are none.
    columns
        The columns that the table has.
    """
    table = RawTable(file)
    if isinstance(raw, Problem):
        table.problems.append(raw)
        return table
    text = _decode(raw, table)
    if text is not None:
        _read_rows(text, columns, table)
    return table


def _decode(raw: bytes, table: RawTable) -> str | None:
    mark = mark_of(raw)
    name = mark[0] if mark else next((what for start, what in _OTHERS.items() if raw.startswith(start)), None)
    if name:
        table.refuse(f"CSV text in UTF-8, not {name} (seen at byte 0)", SAVE_AS)
        return None
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        table.refuse("a header row", "write the column names in the first row; the rows under it may be missing")
        return None
    lines, most, parts = Lines(io.BytesIO(raw)), limits().problems, []
    for line in lines:
        parts.append(line)
        if len(lines.faults) > most:  # more are not told, and a text of nothing else would fill the memory with them
            lines.faults.popitem()
    text = "".join(parts)
    # Where no line is UTF-8 the file is in another encoding, and the first line at fault says it for all.
    told = most if lines.mixed else 1
    for row, expected in list(lines.faults.items())[:told]:
        table.refuse(expected, SAVE_AS, row=row)
    return None if lines.faults else text


def _read_rows(text: str, columns: Sequence[str], table: RawTable) -> None:
    rows = _numbered(text, table)
    header = next(rows, None)
    if header is None:
        return
    if not _check_header(header[1], columns, table):
        return
    names = table.header
    table.complete = True
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(names):
            _refuse_length(number, cells, names, table)
            continue
        # Of a column that is there twice the first one counts.
        table.rows.append((number, dict(zip(reversed(names), reversed(cells), strict=True))))


def _numbered(text: str, table: RawTable) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cleaned cells) until the end of the text or the first broken quote."""
    most = limits().field_chars
    csv.field_size_limit(most)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [clean(cell).strip() for cell in cells]
    except csv.Error as error:
        table.complete = False
        fix = 'close the quote that opens in this row, and write a quote inside a text twice ("")'
        if "field limit" in str(error):
            fix += f"; or shorten a text of more than {most:,} characters, {raising('field_chars')}"
        table.refuse(f"closed quotes ({error}); nothing below this row could be read", fix, row=number + 1)


def _check_header(header: list[str], columns: Sequence[str], table: RawTable) -> bool:
    if len(header) == 1 and header[0] not in columns:
        for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if separator in header[0]:
                table.refuse(f"columns separated by commas, not {name}", SAVE_AS, row=1, value=header[0])
                return False
    seen: set[str] = set()
    for name in header:
        if name in seen:
            table.refuse("each column once", "take out or rename the second one", row=1, column=name)
        elif name not in columns:
            table.refuse(f"no other columns than {', '.join(columns)}", _advice(name, columns), row=1, column=name)
        seen.add(name)
    for name in columns:
        if name not in seen:
            table.refuse(
                "this column", "add it; its cells may be empty where a value is not required", row=1, column=name
            )
    table.header = tuple(header)
    return True


def _advice(name: str, columns: Sequence[str]) -> str:
    if not name:
        return "name the column or take it out (is there a comma at the end of the header?)"
    return nearest(name, columns) or "take the column out; a remark belongs in the column note"


def _refuse_length(number: int, cells: list[str], names: tuple[str, ...], table: RawTable) -> None:
    more = len(cells) > len(names)
    hint = "put a text that holds a comma in quotes" if more else "add the missing commas"
    table.refuse(f"{len(names)} cells, as in the header; there are {len(cells)}", hint, row=number, value=cells[0])
    table.stray += cells
