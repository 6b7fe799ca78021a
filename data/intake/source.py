"""Any file -> rows with their places, one at a time, or clear problems: the one way in for files from elsewhere.

The readers know what stands where, and nothing of what it means.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from ..decoding import mark_of
from ..errors import Problem
from ..text import clean, printed
from .archive import Archive, inside
from .kinds import HEAD, kind_of, refuse_other_ending
from .notes import Notes, Refused
from .opening import MARK_GZIP, Inflated, Watched, open_plain

__all__ = ["Found", "Source", "SourceRow", "read_source"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as the file has it.

    Attributes
    ----------
    number
        As a spreadsheet counts (1 is the header) in tables; from 0 for features, placemarks and items.
    cells
        Column -> text, number, truth value or ``None``. Texts are cleaned, blanks at their ends are kept; lists and
        objects in JSON stand as compact JSON text. An empty cell of a table of text is "".
    lonlat
        First two coordinates of a point as written, x before y, not checked in any way: may be text, or no number.
    shape
        Kind of the geometry as the file says it (``Point``, ``Polygon`` ...), ``None`` where there is none.
    coordinates
        Coordinates of anything but a point, as the file has them (nested lists), not checked in any way.
    """

    number: int
    cells: Mapping[str, object]
    lonlat: tuple[object, object] | None = None
    shape: str | None = None
    coordinates: object | None = None


@dataclass(slots=True)
class Found:
    """What a reader knows once it has seen the beginning: format, columns, how to go on."""

    format: str
    columns: tuple[str, ...]
    rows: Iterator[SourceRow]
    crs: str | None = None


@dataclass(slots=True)
class Source:
    """A file while it is read.

    Attributes
    ----------
    file
        As it was named, in one line, cleaned: names may hold what a terminal obeys.
    format
        csv, xlsx, geojson, json, kml or kmz; with ``.gz`` behind it where it was packed; "" if it is none of them.
    unit
        What a number counts: row, feature, placemark or item.
    columns
        Names of the columns, in the order of the file.
    rows
        The rows, read as they are taken, once. Whoever stops early calls ``close``.
    crs
        Coordinate reference system as the file names it; ``None`` where it names none.
    """

    file: str
    format: str
    columns: tuple[str, ...]
    rows: Iterator[SourceRow]
    crs: str | None = None
    _notes: Notes = field(default_factory=lambda: Notes(""), repr=False)

    @property
    def unit(self) -> str:
        """What a row is called: row, feature, placemark or item."""
        return self._notes.unit

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file, whole when ``rows`` is exhausted; each is an error or a warning."""
        return self._notes.problems

    @property
    def refused(self) -> int:
        """Rows that were seen and could not be given, each with a problem: rows in = rows given + refused."""
        return self._notes.refused

    @property
    def complete(self) -> bool:
        """Whether everything in the file was seen; if not, a problem says from where on, and nothing may be kept."""
        return self._notes.complete


def read_source(path: Path, encoding: str | None = None) -> Source:
    """Open a file of any kind and give its rows.

    The kind is told by the content. What cannot be read at all has no columns and no rows, and ``problems`` says why.

    Parameters
    ----------
    path
        A CSV (comma, semicolon, tab or bar), XLSX, GeoJSON, JSON (array or one object a line), KML or KMZ file; each of
        the texts may be packed with gzip. Any other file is refused by name.
    encoding
        That of a CSV file which is not in UTF-8 and has no mark, of :data:`panjmap.data.decoding.ENCODINGS`.

    Returns
    -------
    Source
        With ``rows`` not yet read.
    """
    name = printed([clean(str(path))])
    notes = Notes(name)
    stack: list[io.IOBase] = []
    try:
        found = _opened(path, encoding, notes, stack)
    except Exception as error:
        _close(stack)
        notes.stop(as_refused(error))
        notes.close()
        return Source(name, "", (), iter(()), None, notes)
    return Source(name, found.format, found.columns, _guarded(found.rows, notes, stack), found.crs, notes)


def _guarded(rows: Iterator[SourceRow], notes: Notes, stack: list[io.IOBase]) -> Iterator[SourceRow]:
    """Give the rows; whatever goes wrong on the way becomes a problem."""
    try:
        yield from rows
        cast(Watched, stack[0]).check_unchanged()
    except Exception as error:
        notes.stop(as_refused(error))
    finally:
        _close(stack)
        notes.close()


def as_refused(error: Exception) -> Refused:
    """Turn what stopped a reader into what a user is told."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, MemoryError):
        return Refused("a file that fits into memory", "split it")
    if isinstance(error, RecursionError):
        return Refused("lists and objects that are not nested hundreds deep", "flatten them")
    if isinstance(error, OSError):
        return Refused(f"a file that can be read ({error.strerror or error})", "copy or fetch it again")
    reason = f"{type(error).__name__}: {error}"
    return Refused(f"a file that panjmap can read ({reason[:200]})", "report this with the file: it is panjmap's fault")


def _close(stack: list[io.IOBase]) -> None:
    for stream in reversed(stack):
        with suppress(OSError):
            stream.close()


def _opened(path: Path, encoding: str | None, notes: Notes, stack: list[io.IOBase]) -> Found:
    plain = open_plain(path)
    stack.append(plain)
    head, packed = plain.read(HEAD) or b"", ""
    plain.seek(0)
    raw: io.RawIOBase = plain
    if head.startswith(MARK_GZIP):
        raw, packed = Inflated(plain), ".gz"
        stack.append(raw)
    stream = io.BufferedReader(raw, 1 << 20)
    stack.append(stream)  # which closes the one under it, and must live as long
    if packed:
        head = stream.read(HEAD)
        stream.seek(0)
    if packed and head.startswith((MARK_GZIP, b"PK\x03\x04")):
        raise Refused("one file in a gzip file, not an archive", "unpack it first")
    kind, archive = kind_of(head), None
    if kind == "zip":
        archive = Archive(cast(BinaryIO, stream), plain.size)
        kind = inside(archive)
    if ending := refuse_other_ending(path.name, kind):
        notes.warn(f"what the ending {ending} says; the content is {kind.upper()} and is read as that", "rename it")
    if encoding and kind != "csv":
        raise Refused(f"no --encoding for {kind.upper()}, which says itself how it is written", "leave the option out")
    found = _read(kind, archive or cast(BinaryIO, stream), mark_of(head), encoding, notes)
    found.format += packed
    return found


def _read(
    kind: str, content: BinaryIO | Archive, mark: tuple[str, str] | None, encoding: str | None, notes: Notes
) -> Found:
    """Hand the file to the reader of its kind."""
    if isinstance(content, Archive):
        if kind == "kmz":
            from .kml_rows import read_kmz_rows

            return read_kmz_rows(content, notes)
        from .xlsx_rows import read_xlsx_rows

        return read_xlsx_rows(content, notes)
    if kind == "csv":
        from .csv_rows import read_csv_rows

        return read_csv_rows(content, mark, notes, encoding)
    if kind == "json":
        from .json_rows import read_json_rows

        return read_json_rows(content, mark, notes)
    from .kml_rows import read_kml_rows

    return read_kml_rows(lambda: _from_start(content), notes)


def _from_start(stream: BinaryIO) -> BinaryIO:
    stream.seek(0)
    return stream
