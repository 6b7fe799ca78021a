"""CSV -> rows. A row that is at fault is refused by its number, and the next one is read.

The delimiter is told by the header; a file with semicolons, tabs or bars is read as such, never as one column.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..decoding import SAVE_AS, Lines, recoded
from ..limits import limits, raising
from .notes import Notes, Refused
from .source import Found, SourceRow

__all__ = ["column_names", "read_csv_rows"]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: So much is read a second time because of quotes that do not close, in rows of the largest length.
_SECOND_LOOKS = 4


def read_csv_rows(stream: BinaryIO, mark: tuple[str, str] | None, notes: Notes, encoding: str | None = None) -> Found:
    """Read the header of a CSV file and give its rows.

    Parameters
    ----------
    stream
        The file from its first byte.
    mark
        The encoding that its mark names, if there is one: (name, codec).
    notes
        Where problems go.
    encoding
        What a user says of a file without a mark.
    """
    if mark:
        notes.warn(f"text in UTF-8; the file is in {mark[0]}, as its mark says, and is read as that", SAVE_AS)
    codec = mark[1] if mark else encoding
    lines = Lines(recoded(stream, codec) if codec else stream)
    records = _Records(lines, notes)
    columns = tuple(column_names(dict(enumerate(records.header())), notes).values())
    return Found("csv", columns, _rows(records, list(columns), notes))


def column_names(header: Mapping[int, str], notes: Notes) -> dict[int, str]:
    """Return the names of the columns by their index; a column without a name is called by its number.

    Raises
    ------
    Refused
        Two columns have one name, or there are too many.
    """
    most = limits().columns
    if len(header) > most:
        raise Refused(
            f"at most {most:,} columns, not {len(header):,}",
            f"take out the columns that nobody needs, {raising('columns', len(header))}",
            row=1,
        )
    columns: dict[int, str] = {}
    seen: set[str] = set()
    for index, written in header.items():
        name = notes.text(written, 1, None).strip()
        if not name:
            name = f"column {index + 1}"
            notes.warn("a name for each column; it is called by its number", "name it", row=1, column=name)
        if name in seen:
            fix = "take out or rename one of them: which one is meant cannot be told"
            raise Refused("each column once; this one is there twice", fix, row=1, column=name)
        columns[index] = name
        seen.add(name)
    return columns


class _Records:
    """The records of a CSV file, each as (number, cells).

    A record whose quotes do not close is refused; reading goes on at the line under the one in which it begins.
    """

    def __init__(self, lines: Lines, notes: Notes) -> None:
        self._lines, self._notes = lines, notes
        self._number = 0
        self._delimiter = ","
        self._kept: list[tuple[int, str]] = []  # lines of the record that is being read, with their numbers
        self._again: list[tuple[int, str]] = []  # lines to be read a second time, the last one first
        self._size = self._looked = 0
        bounds = limits()
        self._most, self._most_lines, self._most_faults = bounds.record_chars, bounds.elements, bounds.problems
        self._records = self._read()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Give the records."""
        return self._records

    def header(self) -> list[str]:
        """Return the cells of the header, and tell the delimiter by them.

        Raises
        ------
        Refused
            There is none, or it cannot be read.
        """
        try:
            self._choose_delimiter()
        except csv.Error as error:
            fix = f"shorten it, {raising('record_chars')}"
            raise Refused(f"a header row ({error})", fix, row=1, value=self._kept[0][1]) from error
        for number, cells in self:
            if any(cells):
                self._tell_delimiter(number)
                return cells
        raise Refused("a header row", "write the column names in the first row")

    def _choose_delimiter(self) -> None:
        """Tell the delimiter by the first line that is not blank."""
        for line in self._feed():
            self._kept.clear()
            self._size = 0
            if told := re.fullmatch(r"sep=([,;\t|])\s*", line):  # as Excel writes it
                self._delimiter = told[1]
            elif line.strip():
                self._again.append((self._lines.number, line))
                self._delimiter = max(_DELIMITERS, key=lambda delimiter: _width(line, delimiter))
                return

    def _tell_delimiter(self, row: int) -> None:
        if self._delimiter != ",":
            name = _DELIMITERS[self._delimiter]
            fix = "none is needed where the columns are right; else save it with commas"
            self._notes.warn(f"commas between the columns; the file has {name} and is read with them", fix, row=row)

    def _feed(self) -> Iterator[str]:
        """Give the lines, and keep those of the record that is being read."""
        while True:
            if self._again:
                number, line = self._again.pop()
            else:
                line = next(self._lines, "")
                number = self._lines.number
            if not line:
                return
            if number > self._most_lines or len(self._lines.faults) > self._most_faults:
                raise self._too_many(number)
            self._kept.append((number, line))
            self._size += len(line)
            if self._size > self._most:
                raise csv.Error(f"more than {self._most:,} characters in one row")
            yield line

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(self._most)
        reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
        faults = self._lines.faults
        while True:
            self._kept.clear()
            self._size = 0
            try:
                cells = next(reader, None)
            except csv.Error as error:
                self._number += 1
                self._refuse_quotes(error)
                reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
                continue
            if cells is None:
                return
            self._number += 1
            if faults and self._is_at_fault():
                continue
            yield self._number, cells

    def _too_many(self, line: int) -> Refused:
        if line > self._most_lines:
            fix = f"take out what is empty, or split the file, {raising('elements')}"
            return Refused(f"at most {self._most_lines:,} lines", fix, row=self._number + 1)
        expected = f"text in UTF-8; more than {self._most_faults:,} lines of one row are none"
        return Refused(expected, SAVE_AS, row=self._number + 1)

    def _refuse_quotes(self, error: csv.Error) -> None:
        """Refuse a record and go back to the line under its first."""
        self._looked += self._size
        rest = self._looked > _SECOND_LOOKS * self._most
        reason = f"closed quotes ({error})" + ("; nothing below this row could be read" if rest else "")
        fix = 'close the quote that opens in this row, and write a quote inside a text twice ("")'
        if "characters in one row" in str(error):
            fix += f", {raising('record_chars')}"
        value = self._kept[0][1]
        if rest or self._number == 1:
            raise Refused(reason, fix, row=self._number, value=value)
        self._notes.refuse_row(self._number, reason, fix, value=value)
        self._lines.faults.pop(self._kept[0][0], None)
        self._again += reversed(self._kept[1:])

    def _is_at_fault(self) -> bool:
        """Refuse a record that holds a line which could not be decoded."""
        fault = next((found for number, _ in self._kept if (found := self._lines.faults.get(number))), None)
        if fault is None:
            return False
        if self._number == 1 or ("is none" in fault and not self._lines.mixed):
            raise Refused(fault, _as_text(fault), row=self._number)
        fix = f"shorten it, {raising('record_chars')}" if "at most" in fault else _as_text(fault)
        self._notes.refuse_row(self._number, fault, fix)
        for number, _ in self._kept:
            self._lines.faults.pop(number, None)
        return True


def _as_text(fault: str) -> str:
    """Say how a file in an older encoding can be read: the one that it looks like is a user's to name."""
    looks = re.search(r"looks like .*?(cp\d+|KOI8-R)", fault)
    return f"{SAVE_AS}, or import it with --encoding {looks[1].lower()}" if looks else SAVE_AS


def _width(line: str, delimiter: str) -> int:
    """Count the cells of a line."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except csv.Error:
        return 1


def _rows(records: _Records, names: list[str], notes: Notes) -> Iterator[SourceRow]:
    """Give the rows under the header; blank ones are none."""
    bounds, width, seen = limits(), len(names), 0
    for number, cells in records:
        joined = "".join(cells)
        if not joined or joined.isspace():
            continue
        seen += 1
        if seen > bounds.rows:
            raise Refused(f"at most {bounds.rows:,} rows", f"split the file, {raising('rows')}", row=number)
        if seen * width > bounds.cells:
            expected = f"at most {bounds.cells:,} cells, rows times columns; there are {width:,} columns"
            raise Refused(
                expected, f"take out columns that nobody needs, or split the file, {raising('cells')}", row=number
            )
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]
        if len(cells) != width:
            hint = "put a text that holds a delimiter in quotes" if len(cells) > width else "add what is missing"
            expected = f"{width} cells, as in the header; there are {len(cells)}"
            notes.refuse_row(number, expected, hint, value=cells[0])
            continue
        if len(joined) > bounds.field_chars and (at := _too_long(cells, bounds.field_chars)) is not None:
            fix = f"shorten it, {raising('field_chars', len(cells[at]))}"
            expected = f"at most {bounds.field_chars:,} characters, not {len(cells[at]):,}"
            notes.refuse_row(number, expected, fix, column=names[at], value=cells[at])
            continue
        row = dict(zip(names, cells, strict=True))
        if not (joined.isascii() and joined.isprintable()):
            row = {name: notes.text(cell, number, name) for name, cell in row.items()}
        yield SourceRow(number, row)
    if not seen and not notes.refused:
        notes.warn("rows under the header; there are none", "add some, or leave the file out")


def _too_long(cells: list[str], most: int) -> int | None:
    return next((index for index, cell in enumerate(cells) if len(cell) > most), None)
