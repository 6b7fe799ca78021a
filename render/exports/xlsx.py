"""A workbook: incidents, claims, sources, and a sheet about them, for a spreadsheet program and for reading back.

In: a scene. Out: bytes of an XLSX file, the same for the same scene. Every text is written as a text, so that no cell
can be a formula, whatever it starts with; days and numbers are days and numbers. Outlines are not in it: a cell is
too short for some, and GeoJSON or GeoPackage have them all.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...data.csv_text import LONGEST_CELL, guarded, plain_cell
from ...data.errors import OptionError
from ...data.wording import plural
from ..archive import repacked
from ..export import Exported
from ..phrases import safe_link
from ..scene import Scene
from .about import about_lines
from .columns import Column, columns_of
from .frame import about, claims_frame, plain_rows, records_frame, sources_frame

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["MOST_ROWS", "export"]

#: Most rows of a sheet, with its header.
MOST_ROWS: Final = 1_048_576
#: The first day that Excel counts right: it takes 1900 for a leap year.
FIRST_DAY: Final = dt.date(1900, 3, 1)
#: Stands for the day on which the file was made, which would change its bytes.
NO_DAY: Final = dt.datetime(1980, 1, 1)
SHEETS: Final[Mapping[str, str]] = {"records": "Incidents", "claims": "Claims", "sources": "Sources"}
#: Widths of columns in characters: least, and most for a text, which then wraps.
NARROW, WIDE = 8, 44
#: Room for the button of the filter beside the name of a column.
BUTTON = 3
#: Height of a line in points, and most lines that a row shows.
LINE, MOST_LINES = 15, 6
FONT = "Calibri"
#: Most links that a sheet may have is 65,530; with two columns of them, this many rows.
LINKED_ROWS = 30_000
_LINKS = ("url", "archived_url")


def export(scene: Scene) -> Exported:
    """Write the workbook.

    Raises
    ------
    OptionError
        There are more rows than a sheet has.
    """
    frames = {"records": records_frame(scene), "claims": claims_frame(scene), "sources": sources_frame(scene)}
    for table, frame in frames.items():
        if len(frame) >= MOST_ROWS:
            reason = f"a sheet has room for {MOST_ROWS - 1:,} rows, and there are {len(frame):,} {table}"
            raise OptionError("--format", "xlsx", reason, "take csv or geoparquet, or fewer records")
    book, cut = _workbook(scene), 0
    for table, frame in frames.items():
        sheet = book.create_sheet(SHEETS[table])
        cut += _fill(sheet, columns_of(internal=scene.internal)[table], list(plain_rows(frame)))
        _finish(sheet, scene)
    _about(book.create_sheet("About"), scene)
    areas = int((frames["records"]["drawn_as"] == "area").sum())
    return Exported({".xlsx": _saved(book)}, tuple(_notes(cut, areas)))


def _workbook(scene: Scene) -> Workbook:
    """Make an empty workbook that says what it is; without the clock."""
    from openpyxl import Workbook

    book, told = Workbook(), about(scene)
    book.remove(book.worksheets[0])
    properties = book.properties
    properties.title, properties.subject = told["title"], told["note"]
    properties.creator = properties.lastModifiedBy = "panjmap"
    properties.description = " ".join((*told["counts"], told["not_added"]))
    properties.keywords, properties.language = f"data version {scene.version}", "en"
    properties.created = properties.modified = NO_DAY
    return book


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write header and rows, set widths and heights, hide columns without a value; count the texts that were cut."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    cut, lines = 0, [1] * len(rows)
    aligned = Alignment(vertical="top", wrap_text=True)
    _head(sheet, [column.name for column in columns])
    for number, column in enumerate(columns, 1):
        values = [row[column.name] if column.type == "date" else plain_cell(row[column.name]) for row in rows]
        filled = {at: value for at, value in enumerate(values) if value not in (None, "")}
        width = _width(column.name, filled.values())
        for at, value in filled.items():
            cell = sheet.cell(at + 2, number)
            cut += _write(cell, value)
            cell.alignment = aligned
            if column.name in _LINKS and len(rows) <= LINKED_ROWS:
                _link(cell, str(value))
            lines[at] = max(lines[at], _lines(str(value), width))
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = width, bool(rows) and not filled
    for at, many in enumerate(lines, 2):
        sheet.row_dimensions[at].height = LINE * min(many, MOST_LINES)
    return cut


def _width(name: str, values: Iterable[object]) -> int:
    """Width of a column in characters, for its name and its longest value; longer texts wrap."""
    longest = max((len(line) for value in values for line in str(value).split("\n")), default=0)
    return max(NARROW, len(name) + BUTTON, min(longest + 2, WIDE))


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes when it wraps; not every program counts them itself."""
    return sum(max(1, -(-len(line) // (width - 3))) for line in text.split("\n"))


def _write(cell: Cell, value: object) -> bool:
    """Write one value as what it is; tell whether it was a text that had to be cut."""
    if isinstance(value, dt.date) and value < FIRST_DAY:
        value = value.isoformat()
    elif isinstance(value, bool):
        # A word: of a truth value some programs make the formula TRUE().
        value = "true" if value else "false"
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "yyyy-mm-dd"
        return False
    short = _cut(value)
    cell.value = short
    # A text stays one: the library takes "=1" for a formula and "#N/A" for an error. With the prefix a spreadsheet
    # leaves it a text when somebody edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = guarded(short) != short
    return short != value


def _cut(text: str) -> str:
    """Shorten a text to what a cell takes, with an ellipsis, and never in the middle of a character."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _link(cell: Cell, url: str) -> None:
    """Make an address a link, if it is a plain one of the web."""
    from openpyxl.styles import Font

    if safe_link(url) and len(url) <= 2000:
        cell.hyperlink = url
        cell.font = Font(FONT, color="0B5CAD", underline="single")


def _head(sheet: Worksheet, names: Iterable[str]) -> None:
    """Write the names of the columns, set off from the rows."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for number, name in enumerate(names, 1):
        cell = sheet.cell(1, number)
        _write(cell, name)
        cell.font = Font(FONT, bold=True)
        cell.fill = PatternFill("solid", start_color="E7E5DF")
        cell.alignment = Alignment(vertical="top")


def _finish(sheet: Worksheet, scene: Scene) -> None:
    """Freeze header and first column, offer filters, and say on paper what the sheet is and that it is not complete."""
    told = about(scene)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale = "landscape", 9, 50
    # "&" starts a code in headers and footers, and 255 characters are all that they take.
    sheet.oddHeader.left.text = told["title"][:100].replace("&", "&&")
    sheet.oddFooter.left.text = told["note"][:200]
    sheet.oddHeader.right.text = "&P / &N"


def _about(sheet: Worksheet, scene: Scene) -> None:
    """Write what the workbook is about, and what every column means."""
    from openpyxl.styles import Alignment

    _head(sheet, ("About", "Text"))
    meanings = (
        (f"{SHEETS[table]}: {column.name}", f"{column.meaning} ({column.type})")
        for table, columns in columns_of(internal=scene.internal).items()
        for column in columns
    )
    hint = ("Hidden columns", "Columns in which no row has a value are hidden; select all and unhide to see them.")
    for line, texts in enumerate((*about_lines(scene), hint, *meanings), 2):
        for number, text in enumerate(texts, 1):
            cell = sheet.cell(line, number)
            _write(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=number == 2)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDE, 2 * WIDE
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _saved(book: Workbook) -> bytes:
    """Save without the clock: the library's own way to save writes the hour into the file."""
    from openpyxl.writer.excel import ExcelWriter

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        ExcelWriter(book, archive).save()
    return repacked(out.getvalue())


def _notes(cut: int, areas: int) -> Iterator[str]:
    """Say what the workbook cannot hold."""
    if areas:
        yield f"Lost: {areas} {plural(areas, 'area')}: no outline fits a cell; GeoJSON and GeoPackage have it."
    if cut:
        yield f"Lost: {cut} {plural(cut, 'text')} cut at {LONGEST_CELL:,} characters, the longest that a cell takes."
