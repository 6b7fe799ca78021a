"""What the fuzzer hands to the readers, and what must hold for any bytes: shared by ``make fuzz`` and the tests.

The first byte of an input says what the others become: a file as they are, packed, the one KML file of a KMZ, one part
of a workbook, a table of the data folder, or a cell. So what lies behind a checksum is reached as well.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.parsers import expat

from panjmap.data import csvfile
from panjmap.data.columns import CellError
from panjmap.data.columns import columns_of as table_columns
from panjmap.data.errors import OptionError, Problem
from panjmap.data.intake import csv_rows, json_rows, kml_rows, xlsx_rows
from panjmap.data.intake.check import RowCheck
from panjmap.data.intake.days import read_days
from panjmap.data.intake.log import Log
from panjmap.data.intake.mapping import columns_of, missing_columns
from panjmap.data.intake.positions import axis_value, check_pair
from panjmap.data.intake.source import Source, SourceRow, read_source
from panjmap.data.intake.values import count, fold_id, kilometres, row_id, url_warning
from panjmap.data.limits import Limits, in_force
from panjmap.data.model import ROW_CLASSES
from panjmap.data.text import clean

__all__ = ["KINDS", "SHEET", "TIGHT", "Finding", "check_file", "file_of", "run", "seeds", "workbook", "zipped"]

#: Named here as they are imported late, and what is imported later than this is not watched.
READERS = (csv_rows, json_rows, kml_rows, xlsx_rows)
#: An input of a few kilobytes takes no longer than this, CPU seconds.
SLOW_S = 2.0
#: Limits that small inputs reach, so that what is done at a limit is tried too.
TIGHT = replace(
    Limits(),
    **{"file_bytes": 3_000, "inflated_bytes": 2_500, "rows": 5, "columns": 8, "field_chars": 40, "record_chars": 300},
    **{"elements": 60, "members": 9, "nesting": 5, "problems": 3, "table_bytes": 3_000},
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The part of a workbook that holds its rows.
SHEET = "xl/worksheets/sheet1.xml"
_PARTS = {
    "_rels/.rels": f'<R><Relationship Id="r1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></R>',
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'<R><Relationship Id="r1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_RELS}/styles" Target="styles.xml"/></R>'
    ),
    SHEET: (
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>lon</t></is></c>'
        '<c r="C1" t="str"><v>date</v></c></row><row r="2"><c r="A2"><v>37.7</v></c><c r="B2"><f>1+1</f><v>70</v></c>'
        '<c r="C2" s="1"><v>45987</v></c></row></sheetData></worksheet>'
    ),
    "xl/sharedStrings.xml": "<sst><si><t>lat</t></si></sst>",
    "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
}
_TABLES = sorted(ROW_CLASSES)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Pack members as they are, with the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def workbook(parts: Mapping[str, bytes | str]) -> bytes:
    """Make a small workbook with some of its parts, by name, in place of ours."""
    return zipped({**_PARTS, **parts})


def _workbook(part: str) -> Callable[[bytes], bytes]:
    return lambda data: workbook({part: data})


#: What bytes become a file of: (ending of its name, how it is made).
FILES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "plain": ("", bytes),
    "csv": (".csv", bytes),
    "json": (".geojson", bytes),
    "gz": (".csv.gz", lambda data: gzip.compress(data, 1, mtime=0)),
    "kml": (".kml", bytes),
    "kmz": (".kmz", lambda data: zipped({"doc.kml": data})),
    "zip": (".xlsx", bytes),
    **{f"xlsx {part}": (".xlsx", _workbook(part)) for part in _PARTS},
}
#: All that an input can be, by its first byte.
KINDS = (*FILES, "table", "cell", "options")


class Finding(Exception):
    """Something that must hold does not."""


def _must(holds: object, said: str) -> None:
    if not holds:
        raise Finding(said)


def _one_line(problem: Problem) -> None:
    line = str(problem)
    _must(problem.expected and problem.fix, f"a problem without words: {line}")
    _must(line == clean(line) and "\n" not in line, f"a message that is not clean: {line!r}")
    _must("panjmap's fault" not in line, f"an exception in a reader: {line}")
    _must(len(line) < 3_000, f"a message of {len(line)} characters: {line[:200]}")


def _cells(source: Source, row: SourceRow) -> None:
    for column, value in row.cells.items():
        _must(column in source.columns, f"a cell under no column: {column!r}")
        _must(value is None or isinstance(value, str | int | float), f"a cell of type {type(value)}")
        if isinstance(value, str):
            _must(value == clean(value), f"a text that is not clean: {value!r}")


def _given(source: Source) -> list[int]:
    """Take all rows through all checks of an import; return their numbers."""
    columns = columns_of(source.columns)
    log = Log(100)
    check = RowCheck(source.file, source.unit, columns, log, strict_numbers="json" in source.format)
    check.placed = not missing_columns(columns, source.file, source.columns, source.format)
    numbers = []
    for row in source.rows:
        _cells(source, row)
        numbers.append(row.number)
        before = log.counts["error"]
        _must((check.row(row) is None) == (log.counts["error"] > before), "a row is neither imported nor reported")
    for problem in (*log.kept["error"], *log.kept["warning"]):
        _one_line(problem)
    return numbers


def check_file(path: Path) -> Source:
    """Read a file as an import does, and hold everything to what must be true of any file.

    Raises
    ------
    Finding
        Something is not.
    """
    source = read_source(path)
    numbers = _given(source)
    for problem in source.problems:
        _one_line(problem)
    _must(source.columns == tuple(dict.fromkeys(map(clean, source.columns))), "names of columns twice, or not clean")
    _must(numbers == sorted(set(numbers)), f"rows out of order: {numbers[:20]}")
    _must("" not in source.columns, "a column without a name")
    errors = [problem for problem in source.problems if problem.level == "error"]
    _must(source.refused <= len(errors) or len(errors) > 2, f"{source.refused} rows refused, {len(errors)} reported")
    _must(errors or not source.refused, "rows refused without a word")
    _must(source.complete or errors, "not everything was read, and no error says so")
    refused = {problem.row for problem in errors}
    _must(not refused & set(numbers) or not source.complete, f"a row is both given and refused: {refused}")
    if source.complete:
        expected = _counted(path, source)
        seen = len(numbers) + source.refused
        _must(expected is None or expected == seen, f"{expected} {source.unit}s in the file, {seen} seen")
    return source


def _counted(path: Path, source: Source) -> int | None:
    """Count the rows of a file in another way, where there is a simple one."""
    raw = path.read_bytes()
    with suppress(ValueError, csv.Error, RecursionError, expat.ExpatError):
        if source.format == "csv" and not source.problems:
            text = raw.decode("utf-8-sig")
            if not any(sign in text for sign in ";\t|"):
                rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
                return sum(bool("".join(cells).strip()) for cells in rows) - 1
        if source.format in {"json", "geojson"}:
            value = json.loads(raw.decode("utf-8-sig"))
            if isinstance(value, list):
                return len(value)
            if isinstance(value, dict) and value.get("type") == "FeatureCollection" and not source.problems:
                features = value.get("features")
                return len(features) if isinstance(features, list) else None
        if source.format == "kml":
            return _placemarks(raw)
    return None


def _placemarks(raw: bytes) -> int:
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: names.append(name.rpartition(":")[2])
    parser.Parse(raw, True)
    return names.count("Placemark")


def _check_table(data: bytes) -> None:
    name = _TABLES[data[0] % len(_TABLES)] if data else _TABLES[0]
    columns = [column.name for column in table_columns(ROW_CLASSES[name])]
    table = csvfile.read_csv(f"{name}.csv", data[1:], columns)
    for problem in table.problems:
        _one_line(problem)
    _must(table.complete or table.problems, "a table that is not whole, and no problem says so")
    for _, cells in table.rows:
        _must(all(cell == clean(cell) for cell in cells.values()), f"a cell that is not clean: {cells}")


def _check_cell(data: bytes) -> None:
    text = clean(data.decode("utf-8", "replace"))
    readers: tuple[Callable[[str], Any], ...] = (axis_value, read_days, count, kilometres, row_id, url_warning, fold_id)
    for read in readers:
        with suppress(CellError):
            read(text)
    lon, _, lat = text.partition(" ")
    with suppress(CellError, ValueError):
        check_pair(float(lon), float(lat))


def _check_options(data: bytes) -> None:
    texts = data.decode("utf-8", "replace").split("\n")[:5]
    with suppress(OptionError):
        Limits().raised(texts)
    with suppress(OptionError):
        columns_of(tuple(dict.fromkeys(texts)), texts)


_OTHERS: dict[str, Callable[[bytes], None]] = {
    "table": _check_table,
    "cell": _check_cell,
    "options": _check_options,
}


@dataclass(slots=True)
class Made:
    """A file made of an input: its ending, its bytes, the limits it is read with."""

    ending: str
    content: bytes
    limits: Limits


def file_of(data: bytes) -> Made | None:
    """Return the file that an input stands for; ``None`` where it stands for none."""
    first = data[0] if data else 0
    kind = KINDS[first % 64 % len(KINDS)]
    if kind not in FILES:
        return None
    ending, make = FILES[kind]
    return Made(ending, make(data[1:]), TIGHT if first & 64 else Limits())


def run(data: bytes, folder: Path) -> None:
    """Try one input.

    Parameters
    ----------
    data
        Any bytes.
    folder
        Where files are made; one in memory is quickest.

    Raises
    ------
    Exception
        Whatever must not happen.
    """
    begun = time.process_time()
    made = file_of(data)
    if made is None:
        _OTHERS[KINDS[data[0] % 64 % len(KINDS)]](data[1:])
    else:
        path = folder / f"a{made.ending}"
        with _written(path, made.content), in_force(made.limits):
            check_file(path)
    taken = time.process_time() - begun
    _must(taken < SLOW_S, f"{taken:.1f} s for {len(data)} bytes")


class _written:
    """A file for as long as a ``with`` block takes."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        with open(path, "wb", buffering=0) as stream:
            stream.write(content)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        os.unlink(self._path)


def seeds(folder: Path) -> Iterator[bytes]:
    """Give inputs to begin with: each file of a folder as what it is, and the parts of the archives among them."""
    number = {kind: index for index, kind in enumerate(KINDS)}
    for path in sorted(folder.rglob("*.*")):
        raw = path.read_bytes()
        if len(raw) > 20_000:
            continue
        ending = path.suffix.removeprefix(".").replace("geojson", "json")
        yield bytes([number.get(ending, 0)]) + raw
        if ending == "csv":
            yield bytes([number["gz"]]) + raw
            for line in raw.decode("utf-8", "replace").splitlines():
                yield from (bytes([number["cell"]]) + cell.encode() for cell in line.split(","))
        if ending == "kml":
            yield bytes([number["kmz"]]) + raw
        if ending in {"xlsx", "kmz"}:
            yield bytes([number["zip"]]) + raw
    for part, text in _PARTS.items():
        yield bytes([number[f"xlsx {part}"]]) + text.encode()
    for index, name in enumerate(_TABLES):
        header = ",".join(column.name for column in table_columns(ROW_CLASSES[name]))
        yield bytes([number["table"], index]) + header.encode() + b"\n"
    yield bytes([number["options"]]) + b"rows=5\nlat=a\na"
