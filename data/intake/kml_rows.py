"""KML and KMZ -> rows: one for each placemark. Links to other files are never followed.

The file is read twice: once for the names of the columns, once for the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from ..limits import limits, raising
from .archive import Archive
from .kml_shapes import SHAPES, place_of
from .notes import Notes, Refused
from .source import Found, SourceRow
from .xml_stream import parse_xml

__all__ = ["read_kml_rows", "read_kmz_rows"]

#: What stands in the cells of a row besides its own data: element under the placemark -> column.
_CELLS = {
    **{name: name for name in ("name", "description", "address", "phoneNumber", "Snippet")},
    **{"when": "when", "begin": "begin", "end": "end"},
}
_OTHERS = {
    "gpx": "a GPX file",
    "osm": "an OpenStreetMap file",
    "svg": "an SVG picture",
    "FeatureCollection": "a GML file",
    "Workbook": "a workbook as XML (Excel 2003)",
    "html": "a web page",
    "rss": "a news feed",
    "feed": "a news feed",
}


class _Placemark:
    """One placemark while it is read: cells as written, geometries as texts of coordinates."""

    def __init__(self, identity: str | None, folder: str) -> None:
        self.cells: dict[str, str] = {}
        self.shapes: list[tuple[str, list[str]]] = []
        self.size = 0
        if folder:
            self.cells["folder"] = folder
        if identity is not None:
            self.cells["id"] = identity


class _Reader:
    """Takes the calls of the parser and puts placemarks together."""

    def __init__(self) -> None:
        self.found: list[_Placemark] = []
        self.links = 0
        self._path: list[str] = []
        self._folders: list[str] = []
        self._mark: _Placemark | None = None
        self._label = ""
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if not self._path and name not in {"kml", "Document", "Folder", "Placemark"}:
            what = _OTHERS.get(name, f"XML that begins with <{name[:40]}>")
            raise Refused(f"a KML file, not {what}", "export it as KML, GeoJSON or CSV")
        self._path.append(name)
        if name == "Placemark":
            if self._mark is not None:
                raise Refused("placemarks that do not lie in one another", "export the file again")
            self._mark = _Placemark(attributes.get("id"), " / ".join(filter(None, self._folders))[:200])
        elif name == "Folder":
            self._folders.append("")
        elif name == "NetworkLink":
            self.links += 1
        elif self._mark is not None:
            if name in {"Data", "SimpleData"}:
                self._label = attributes.get("name", "")
            elif name in SHAPES:
                self._mark.shapes.append((name, []))
        self._text = [] if self._wanted(name) else None

    def _wanted(self, name: str) -> bool:
        if self._mark is None:
            return name == "name" and self._path[-2:-1] == ["Folder"]
        return name in _CELLS or name in {"value", "SimpleData", "coordinates", "coord"}

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._text is None:
            return
        self._text.append(text)
        if self._mark is not None:
            self._mark.size += len(text)
            if self._mark.size > limits().record_chars:
                fix = f"simplify it, {raising('record_chars')}"
                raise Refused(f"a placemark of at most {limits().record_chars:,} characters", fix)

    def end(self, name: str) -> None:
        """End an element."""
        self._path.pop()
        text, self._text = self._text, None
        if name == "Folder":
            self._folders.pop()
        elif name == "Placemark" and self._mark is not None:
            self.found.append(self._mark)
            self._mark = None
        elif text is not None:
            self._keep(name, "".join(text))

    def _keep(self, name: str, text: str) -> None:
        if self._mark is None:
            self._folders[-1] = text.strip()
        elif name in {"coordinates", "coord"}:
            if self._mark.shapes:
                self._mark.shapes[-1][1].append(text)
        elif name in {"value", "SimpleData"}:
            self._mark.cells[self._label or "value"] = text.strip()
        elif self._path[-1:] == ["Placemark"] or name in {"when", "begin", "end"}:
            self._mark.cells.setdefault(_CELLS[name], text.strip())


def read_kml_rows(reopen: Callable[[], BinaryIO], notes: Notes, form: str = "kml") -> Found:
    """Read the names of the columns of a KML file, and give its placemarks.

    Parameters
    ----------
    reopen
        Opens the file at its start, again each time.
    notes
        Where problems go.
    form
        kml or kmz.
    """
    notes.unit = "placemark"
    keys: dict[str, None] = {}
    try:
        for number, mark in enumerate(_placemarks(reopen(), _Reader())):
            keys.update(dict.fromkeys(mark.cells))
            if len(keys) > limits().columns or number > limits().rows:
                break
    except Refused:
        if not keys:
            raise
    if len(keys) > limits().columns:
        fix = f"take out what nobody needs, {raising('columns')}"
        raise Refused(f"at most {limits().columns:,} different names of data", fix)
    names = {key: notes.text(key, None, None) for key in keys}
    if len(set(names.values())) < len(names):
        raise Refused("names of data that can be told apart", "rename those that look the same")
    return Found(form, tuple(names.values()), _rows(reopen(), names, notes))


def read_kmz_rows(archive: Archive, notes: Notes) -> Found:
    """Read the first KML file of a KMZ archive, as programs for maps do."""
    files = [name for name in archive.members if name.lower().endswith(".kml")]
    chosen = next((name for name in files if name.lower() == "doc.kml"), files[0])
    if len(files) > 1:
        others = ", ".join(name for name in files if name != chosen)
        fix = "unpack the archive and import each of them"
        notes.warn(f"one KML file in the archive; {chosen} is read, and not {others[:100]}", fix)

    def reopen() -> BinaryIO:
        archive.start_again()
        return archive.open(chosen)

    return read_kml_rows(reopen, notes, "kmz")


def _placemarks(stream: BinaryIO, reader: _Reader) -> Iterator[_Placemark]:
    """Give each placemark as soon as it is whole."""
    for _ in parse_xml(stream, reader.start, reader.end, reader.text):
        yield from reader.found
        reader.found.clear()


def _rows(stream: BinaryIO, names: dict[str, str], notes: Notes) -> Iterator[SourceRow]:
    reader, number, bounds = _Reader(), -1, limits()
    for number, mark in enumerate(_placemarks(stream, reader)):
        if number >= bounds.rows:
            raise Refused(f"at most {bounds.rows:,} placemarks", f"split the file, {raising('rows')}", row=number)
        long = next((key for key, text in mark.cells.items() if len(text) > bounds.field_chars), None)
        if long is not None:
            fix = f"shorten it, {raising('field_chars', len(mark.cells[long]))}"
            notes.refuse_row(number, f"at most {bounds.field_chars:,} characters", fix, column=names.get(long, long))
            continue
        cells: dict[str, Any] = {
            names.get(key, key): notes.text(text, number, names.get(key, key)) for key, text in mark.cells.items()
        }
        try:
            lonlat, shape, coordinates = place_of(mark.shapes)
        except Refused as reason:
            notes.refuse_row(number, reason.expected, reason.fix, column="coordinates", value=reason.value)
            continue
        yield SourceRow(number, cells, lonlat, shape, coordinates)
    if reader.links:
        fix = "open the linked file and save it, then import that"
        notes.warn(f"no links to other files; {reader.links} NetworkLink was not followed", fix)
    if number < 0:
        notes.warn("placemarks; there are none", "add some, or leave the file out")
