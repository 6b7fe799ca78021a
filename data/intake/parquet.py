"""``rows.parquet``: imported rows on the disk, one row a row of the file, in groups, the same bytes for the same rows.

What the file is about (the version of this layout, data set, terms, name and kind of the source, counts) stands in its
metadata under :data:`KEY` as JSON. pyarrow is loaded only by the functions.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import PanjmapError
from ..limits import limits, raising
from ..model import DatePrecision, Precision
from ..text import clean
from .datasets import DATASETS, Dataset
from .row import ImportedRow

__all__ = ["COLUMNS", "KEY", "About", "Rows", "RowsFileError", "RowsWriter", "read_rows"]

#: Where the metadata of the file say what it is.
KEY = b"panjmap.rows"
#: Version of the layout; another one is refused.
VERSION = 1
#: Rows that are written together. A group and the checks of its rows take some 100 MB.
GROUP = 65_536
#: A group ends as soon as its long texts have so many characters together, however few its rows.
GROUP_CHARS = 32_000_000

#: Columns in order, with their type and meaning; ``ImportedRow`` has all but the three of the source.
COLUMNS: dict[str, tuple[str, str]] = {
    "row_id": ("text", "Id as the source has it, or made from the row number."),
    "dataset": ("text", "Data set: acled, ged, own, or a name given with --dataset."),
    "terms": ("text", "Licence or terms of use of the data set."),
    "source_file": ("text", "Name of the file that the row was read from."),
    "source_row": ("integer", "Row in a table (1 is the header), feature, placemark or item (from 0)."),
    "date_start": ("date", "First possible day."),
    "date_end": ("date", "Last possible day, included."),
    "date_precision": ("text", "day, range, month or unknown."),
    "lon": ("number", "Longitude, degrees, EPSG:4326; empty where the row has no position."),
    "lat": ("number", "Latitude, degrees, EPSG:4326."),
    "precision": ("text", "site, settlement, near, reach, district, region, country or unknown."),
    "uncertainty_km": ("number", "How far the event may be from the point, km, where the source says so."),
    "place": ("text", "Name of the place as written."),
    "admin1": ("text", "First-order division as written."),
    "admin2": ("text", "Second-order division as written."),
    "country": ("text", "Country as written."),
    "title": ("text", "Title as written."),
    "text": ("text", "Notes as written."),
    "type": ("text", "Our type, `other` for what the map has no kind for; empty where it is not known."),
    "type_as_written": ("text", "Type as the source has it, the finest one."),
    "killed_low": ("integer", "Lowest number of people killed."),
    "killed_high": ("integer", "Highest number; empty with a lowest one: or more."),
    "killed_best": ("integer", "The number that the source prefers."),
    "source": ("text", "Who reported it, as written."),
    "url": ("text", "Address as written; only http and https become links."),
    "other": ("text", "All other columns as a JSON object, and what was read from a code or another form of date."),
}


class RowsFileError(PanjmapError):
    """A file that is no ``rows.parquet`` as import writes it."""

    def __init__(
        self, path: Path, reason: str, fix: str = "make it with panjmap import FILE --to rows.parquet"
    ) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}. Fix: {fix}.")


@dataclass(frozen=True, slots=True)
class About:
    """What a file of rows is about.

    ``unit`` is what ``source_row`` counts; ``read`` rows were read, ``rows`` of them are in the file, ``rejected`` not.
    """

    file: str
    format: str
    unit: str
    dataset: str
    dataset_name: str
    terms: str
    public: bool
    read: int
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one file, and what it is about."""

    about: About
    rows: tuple[ImportedRow, ...]


def _schema() -> Any:  # noqa: ANN401 - pyarrow has no type information
    import pyarrow as pa

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    return pa.schema([pa.field(name, types[kind]) for name, (kind, _) in COLUMNS.items()])


class RowsWriter:
    """Rows in, bytes out, with one group of rows in memory beside the compressed ones."""

    def __init__(self, file: str, dataset: Dataset) -> None:
        import pyarrow.parquet as pq

        self._same = {"dataset": dataset.key, "terms": dataset.terms, "source_file": file}
        self._out = io.BytesIO()
        self._waiting: list[ImportedRow] = []
        self._size = 0
        self._schema = _schema()
        # Without a copy of the schema in Arrow's own form; codec and level are said, so that no default changes them.
        self._writer = pq.ParquetWriter(
            self._out, self._schema, compression="zstd", compression_level=3, store_schema=False
        )

    def add(self, row: ImportedRow) -> None:
        """Take one row."""
        self._waiting.append(row)
        self._size += sum(
            len(text) for text in (row.other, row.text, row.title, row.place, row.source, row.url) if text
        )
        if len(self._waiting) >= GROUP or self._size >= GROUP_CHARS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        cells: Mapping[str, Iterable[object]] = dict(
            zip(ImportedRow._fields, zip(*self._waiting, strict=True), strict=True)
        )
        count = len(self._waiting)
        arrays = [
            pa.array(
                [self._same[name]] * count if name in self._same else cells[name], type=self._schema.field(name).type
            )
            for name in COLUMNS
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()
        self._size = 0

    def bytes(self, about: About) -> bytes:
        """Close the file and return it."""
        if self._waiting:
            self._flush()
        told = json.dumps({"version": VERSION, **asdict(about)}, ensure_ascii=False, sort_keys=True)
        self._writer.add_key_value_metadata({KEY.decode(): told})
        self._writer.close()
        return self._out.getvalue()


def read_rows(path: Path) -> Rows:
    """Read a file that ``panjmap import`` wrote, as far as a page takes it.

    Raises
    ------
    RowsFileError
        It is no such file, was changed by another program, or holds more rows than a page takes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        raise RowsFileError(path, "there is no such file")
    if path.stat().st_size > limits().file_bytes:
        fix = f"take fewer rows, {raising('file_bytes', path.stat().st_size)}"
        raise RowsFileError(path, f"it is larger than {limits().file_bytes} bytes", fix)
    texts = [name for name, (kind, _) in COLUMNS.items() if kind == "text"]
    try:
        # Texts are read as the few different ones that a file holds: a small file may repeat a long one.
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            about = _about(path, (file.schema_arrow.metadata or {}) | (file.metadata.metadata or {}))
            if [(field.name, getattr(field.type, "value_type", field.type)) for field in file.schema_arrow] != [
                (field.name, field.type) for field in _schema()
            ]:
                raise RowsFileError(path, "its columns are not those of imported rows")
            most = limits().page_rows
            if file.metadata.num_rows > most:
                fix = f"import a part of the file, {raising('page_rows', file.metadata.num_rows)}"
                raise RowsFileError(path, f"{file.metadata.num_rows} rows, and a page takes up to {most} this way", fix)
            table = file.read(columns=list(ImportedRow._fields))
            if (size := _text_bytes(table)) > limits().inflated_bytes:
                fix = f"import a part of the file, {raising('inflated_bytes', size)}"
                raise RowsFileError(path, f"its texts are {size} bytes long", fix)
            cells = table.to_pylist()
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError) as error:
        raise RowsFileError(path, "not a file of imported rows") from error
    return Rows(about, tuple(_checked(path, cells)))


def _text_bytes(table: Any) -> int:  # noqa: ANN401 - pyarrow has no type information
    """Count the bytes of all texts of a table, each as often as it stands there."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chunks = [chunk for column in table.columns for chunk in column.chunks if pa.types.is_dictionary(chunk.type)]
    sums = (pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() for chunk in chunks)
    return sum(found or 0 for found in sums)


def _about(path: Path, metadata: Mapping[bytes, bytes]) -> About:
    """Read what the file says it is; a data set with known terms has these, whatever the file says."""
    if KEY not in metadata:
        raise RowsFileError(path, "not a file of imported rows")
    try:
        told = json.loads(metadata[KEY])
        if told.pop("version") != VERSION:
            raise RowsFileError(path, f"written by another version of panjmap, not layout {VERSION}")
        texts: dict[str, Any] = {
            name: clean(value) if isinstance(value, str) else value for name, value in told.items()
        }
        about = About(**texts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RowsFileError(path, "what it says of itself cannot be read") from error
    known = DATASETS.get(about.dataset)
    if not isinstance(about.public, bool) or (known and about.public != known.public):
        raise RowsFileError(path, "the terms that it states are not those of its data set")
    return about


def _checked(path: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[ImportedRow]:
    """Clean texts, and refuse values that import does not write: another program may have changed the file."""
    seen: set[str] = set()
    for row in rows:
        cells: dict[str, Any] = {name: clean(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        one = ImportedRow(**cells)
        if not _is_sound(one) or one.row_id in seen:
            where = f"row {one.source_row} of its source"
            raise RowsFileError(path, f"{where} holds a value that import does not write")
        seen.add(one.row_id)
        yield one


def _is_sound(row: ImportedRow) -> bool:
    """Tell whether a row is as the checks of import let it through."""
    numbers = [n for n in (row.killed_low, row.killed_high, row.killed_best) if n is not None]
    first, last = row.date_start, row.date_end
    return (
        bool(row.row_id)
        and row.precision in set(Precision)
        and row.date_precision in set(DatePrecision)
        and (row.lon is None) == (row.lat is None)
        and (row.lon is None or row.lat is None or (abs(row.lon) <= 180 and abs(row.lat) <= 90))
        and (row.uncertainty_km is None or (math.isfinite(row.uncertainty_km) and row.uncertainty_km >= 0))
        and all(0 <= number <= 10**9 for number in numbers)
        and not (row.killed_low is not None and row.killed_high is not None and row.killed_high < row.killed_low)
        and (first is None) == (last is None)
        and (first is None or last is None or first <= last)
    )
