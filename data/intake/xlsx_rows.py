"""XLSX -> rows of the first sheet that holds a table, read cell by cell: what a sheet claims of its size costs nothing.

The first row with anything in it is the header.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ..limits import limits, raising
from .archive import Archive
from .csv_rows import column_names
from .notes import Notes, Refused
from .source import Found, SourceRow
from .xlsx_cells import LAST_ROW, Cell, column_of, letters_of, value_of
from .xlsx_parts import Sheet, Workbook, read_workbook
from .xml_stream import parse_xml, too_deep

__all__ = ["read_xlsx_rows"]

_SAVE_AGAIN = "save it again in the program that made it"


@dataclass(slots=True)
class _Seen:
    """What is told about a sheet once, at its end: formulas by column, what is merged and hidden."""

    formulas: dict[int, tuple[int, int]] = field(default_factory=dict)  # column -> first row, how many
    given: int = 0  # characters
    merged: list[str] = field(default_factory=list)
    merges: int = 0
    hidden_rows: int = 0
    hidden_columns: bool = False


class _Sheet:
    """Takes the calls of the parser and puts rows together. Each is made for millions of cells."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self.seen = _Seen()
        self._row = self._depth = self._size = 0
        self._most = limits().record_chars
        self._cells: list[Cell] = []
        self._columns: dict[str, int] = {}
        self._parts: list[str] | None = None  # of the text that is being read
        self._column = self._last = -1
        self._kind, self._style = "", ""
        self._text: str | None = None
        self._formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if name == "c":
            get = attributes.get
            reference = get("r")
            if reference is None:
                self._column = self._last + 1
            else:
                letters = reference.rstrip("0123456789")
                column = self._columns.get(letters)
                self._column = self._known(letters) if column is None else column
            self._kind, self._style = get("t", "n"), get("s", "")
            self._text, self._formula = None, False
        elif name in {"v", "t"}:
            self._parts = []
        elif name != "is":
            self._start_other(name.rpartition(":")[2], attributes, prefixed=":" in name)

    def _start_other(self, name: str, attributes: dict[str, str], *, prefixed: bool) -> None:
        if self._depth > limits().nesting:
            raise too_deep()
        if prefixed and name in {"c", "v", "t", "is"}:
            self._depth -= 1
            self.start(name, attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self.seen.merges += 1
            if self.seen.merges <= 5:
                self.seen.merged.append(attributes.get("ref", "")[:20])
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            self.seen.hidden_columns = True

    def end(self, name: str) -> None:
        """End an element."""
        self._depth -= 1
        if name == "c":
            if self._text is not None or self._formula:
                self._cells.append(Cell(self._column, self._kind, self._style, self._text, self._formula))
            if self._column <= self._last:
                raise Refused("cells in rising order", _SAVE_AGAIN, row=self._row)
            self._last = self._column
        elif name in {"v", "t"}:
            if self._parts is not None:
                # A text inside the cell may come in several runs.
                self._text = (self._text or "") + "".join(self._parts)
                self._parts = None
        elif name == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
            self._cells, self._last = [], -1
        elif ":" in name:
            self._depth += 1
            self.end(name.rpartition(":")[2])

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._parts is not None:
            self._parts.append(text)
            self._size += len(text)
            if self._size > self._most:
                fix = f"shorten it, {raising('record_chars')}"
                raise Refused(f"at most {self._most:,} characters in a row", fix, row=self._row)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        number = self._row + 1
        if written is not None:
            number = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
        if not self._row < number <= LAST_ROW:
            raise Refused(f"rows in rising order, up to {LAST_ROW:,}", _SAVE_AGAIN, value=written)
        self._row, self._cells, self._size, self._last = number, [], 0, -1
        if attributes.get("hidden") in {"1", "true"}:
            self.seen.hidden_rows += 1

    def _known(self, letters: str) -> int:
        column = column_of(letters)
        if column < 0:
            raise Refused("cells with a name such as B7", _SAVE_AGAIN, row=self._row, value=letters)
        self._columns[letters] = column
        return column


def read_xlsx_rows(archive: Archive, notes: Notes) -> Found:
    """Find the first visible sheet with anything in it, and give the rows under its header.

    Parameters
    ----------
    archive
        The workbook.
    notes
        Where problems go.
    """
    book = read_workbook(archive)
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    for sheet in visible or book.sheets:
        reader = _Sheet()
        rows = _sheet_rows(archive.open(sheet.part), reader)
        first = next(rows, None)
        if first is None:
            continue
        _tell_choice(sheet, book, notes)
        columns = _header(first, book, notes)
        return Found("xlsx", tuple(columns.values()), _rows(rows, reader, columns, book, notes))
    expected = "a sheet with a header row and rows; all that can be seen are empty"
    raise Refused(expected, "put the table into the first sheet")


def _sheet_rows(stream: BinaryIO, reader: _Sheet) -> Iterator[tuple[int, list[Cell]]]:
    """Give each row that has cells as soon as it is whole."""
    for _ in parse_xml(stream, reader.start, reader.end, reader.text, counts_depth=True):
        yield from reader.rows
        reader.rows.clear()


def _tell_choice(chosen: Sheet, book: Workbook, notes: Notes) -> None:
    """Say which sheet is read where there are several."""
    others = [f'"{sheet.name}"' + (" (hidden)" if sheet.hidden else "") for sheet in book.sheets if sheet is not chosen]
    if others:
        shown = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        fix = "save the other sheets as files of their own if they hold rows too"
        notes.warn(f'one sheet; "{chosen.name}" is read, and not {shown}', fix)
    if chosen.hidden:
        notes.warn(f'a sheet that can be seen; "{chosen.name}" is hidden and is read', "show it, and look at it")


def _header(first: tuple[int, list[Cell]], book: Workbook, notes: Notes) -> dict[int, str]:
    row, cells = first
    written: dict[int, str] = {}
    for cell in cells:
        where = f"{letters_of(cell.column)}{row}"
        if cell.formula:
            fix = "write the name itself"
            if cell.text is None:
                raise _not_computed(cell, row, None)
            notes.warn(f"a name in cell {where}, not a formula; what it last came to is read", fix, row=row)
        try:
            value = value_of(cell, book)
        except Refused as reason:
            raise Refused(f"{reason.expected} in cell {where}", reason.fix, row=row, value=reason.value) from reason
        if value is not None:
            written[cell.column] = str(value)
    if not written:
        raise Refused("names of columns in the first row that is used", "write them there", row=row)
    return column_names(written, notes)


def _rows(
    rows: Iterator[tuple[int, list[Cell]]], reader: _Sheet, columns: dict[int, str], book: Workbook, notes: Notes
) -> Iterator[SourceRow]:
    seen, bounds = 0, limits()
    for number, cells in rows:
        if reader.seen.given > bounds.inflated_bytes:
            expected = f"texts of at most {bounds.inflated_bytes:,} characters, counted in each cell that holds one"
            raise Refused(expected, f"split the sheet, {raising('inflated_bytes')}", row=number)
        try:
            values = _values(number, cells, columns, book, reader.seen, notes)
        except Refused as reason:
            seen += 1
            notes.refuse_row(number, reason.expected, reason.fix, column=reason.column, value=reason.value)
            continue
        if any(value is not None and value != "" for value in values.values()):
            seen += 1
            if seen > bounds.rows:
                raise Refused(f"at most {bounds.rows:,} rows", f"split the sheet, {raising('rows')}", row=number)
            yield SourceRow(number, values)
    _tell_rest(reader.seen, columns, notes)
    if not seen:
        notes.warn("rows under the header; there are none", "add some, or leave the file out")


def _values(
    number: int, cells: list[Cell], columns: dict[int, str], book: Workbook, seen: _Seen, notes: Notes
) -> dict[str, object]:
    """Return the values of a row by column; columns without a cell are ``None``."""
    values: dict[str, object] = dict.fromkeys(columns.values())
    bounds, before = limits(), seen.given
    for cell in cells:
        name = columns.get(cell.column)
        try:
            value = value_of(cell, book)
        except Refused as reason:
            expected = f"{reason.expected} in cell {letters_of(cell.column)}{number}"
            raise Refused(expected, reason.fix, column=name, value=reason.value) from reason
        if name is None:
            if value is None or value == "":
                continue
            fix = "write a name into the header of its column, or clear the cell"
            where = f"{letters_of(cell.column)}{number}"
            raise Refused(f"cells under a header; cell {where} is under none", fix, value=str(value))
        if isinstance(value, str):
            if len(value) > (most := bounds.field_chars):
                fix = f"shorten it, {raising('field_chars', len(value))}"
                expected = f"at most {most:,} characters in cell {letters_of(cell.column)}{number}, not {len(value):,}"
                raise Refused(expected, fix, column=name)
            seen.given += len(value)
            if seen.given - before > (most := bounds.record_chars):
                fix = f"shorten it, {raising('record_chars')}"
                raise Refused(f"at most {most:,} characters in a row", fix, column=name)
            value = notes.text(value, number, name)
        if cell.formula:
            if cell.text is None:
                raise _not_computed(cell, number, name)
            first, many = seen.formulas.get(cell.column, (number, 0))
            seen.formulas[cell.column] = first, many + 1
        if cell.kind == "e":
            where = f"{letters_of(cell.column)}{number}"
            expected = f"a value in cell {where}, not an error of the program; it is read as text"
            notes.warn(expected, "mend the formula", row=number, column=name, value=str(value))
        values[name] = value
    return values


def _not_computed(cell: Cell, row: int, column: str | None) -> Refused:
    expected = f"a value in cell {letters_of(cell.column)}{row}; it holds a formula and not what it comes to"
    return Refused(expected, "open the file in a spreadsheet program and save it, or write the value", column=column)


def _tell_rest(seen: _Seen, columns: dict[int, str], notes: Notes) -> None:
    """Say what holds for the whole sheet."""
    for column, (first, many) in sorted(seen.formulas.items()):
        more = f" and in {many - 1:,} more of this column" if many > 1 else ""
        expected = f"a value in cell {letters_of(column)}{first}{more}, not a formula; what it last came to is read"
        notes.warn(expected, "paste the values over the formulas", row=first, column=columns[column])
    if seen.merges:
        more = f" and {seen.merges - 5} more" if seen.merges > 5 else ""
        expected = f"cells that are not merged ({', '.join(seen.merged)}{more}); all but the first are read as empty"
        notes.warn(expected, "unmerge them and fill each")
    if seen.hidden_rows:
        notes.warn(f"rows that can be seen; {seen.hidden_rows} hidden ones are read as well", "delete or show them")
    if seen.hidden_columns:
        notes.warn("columns that can be seen; hidden ones are read as well", "delete or show them")
