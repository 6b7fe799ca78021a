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
from .xml_stream import parse_xml, too_deep

__all__ = ["read_kml_rows", "read_kmz_rows"]

#: What stands in the cells of a row besides its own data: element under the placemark -> column.
_CELLS = {
    **{name: name for name in ("name", "description", "address", "phoneNumber", "Snippet")},
    **{"when": "when", "begin": "begin", "end": "end"},
}
#: Elements of extended data that carry a name; other elements whose text is taken; views, whose times are not meant.
_LABELLED = frozenset({"Data", "SimpleData", "SimpleArrayData"})
_TAKEN = frozenset({"value", "SimpleData", "coordinates", "coord"})
_VIEWS = frozenset({"LookAt", "Camera"})
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

    __slots__ = ("cells", "data", "shapes", "twice")

    def __init__(self, identity: str | None, folder: str) -> None:
        self.cells: dict[str, str] = {}
        self.data: dict[str, str] = {}
        self.twice: list[str] = []
        self.shapes: list[tuple[str, list[str]]] = []
        if folder:
            self.cells["folder"] = folder
        if identity is not None:
            self.cells["id"] = identity

    def add(self, label: str, text: str) -> None:
        """Take a value of the extended data; the last one of a name counts."""
        if len(label) > limits().field_chars:
            fix = f"shorten it, {raising('field_chars')}"
            raise Refused(f"a name of data of at most {limits().field_chars:,} characters", fix, value=label[:80])
        if label in self.data:
            self.twice.append(label)
        self.data[label] = text

    def joined(self) -> dict[str, str]:
        """Return the cells; data with the name of what any placemark may have is called ``data.name``, say."""
        if not self.data:
            return self.cells
        cells = dict(self.cells)
        for label, text in self.data.items():
            name = label
            while name in cells:
                name = f"data.{name}"
            cells[name] = text
        return cells


class _Reader:
    """Takes the calls of the parser and puts placemarks together."""

    def __init__(self) -> None:
        self.found: list[_Placemark] = []
        self.links = 0
        self._path: list[str] = []
        self._folders: list[str] = []
        self._mark: _Placemark | None = None
        self._label = ""
        self._values: list[str] = []
        self._text: list[str] | None = None
        self._taken_at = 0  # how deep the element lies whose text is taken, with all that is in it
        self._size, self._most, self._deepest = 0, limits().record_chars, limits().nesting

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if len(self._path) >= self._deepest:
            raise too_deep()
        if not self._path and name not in {"kml", "Document", "Folder", "Placemark"}:
            what = _OTHERS.get(name, f"XML that begins with <{name[:40]}>")
            raise Refused(f"a KML file, not {what}", "export it as KML, GeoJSON or CSV")
        self._path.append(name)
        if name == "Placemark":
            if self._mark is not None:
                raise Refused("placemarks that do not lie in one another", "export the file again")
            self._mark = _Placemark(attributes.get("id"), " / ".join(filter(None, self._folders))[:200])
            self._size = 0
        elif name == "Folder":
            self._folders.append("")
        elif name == "NetworkLink":
            self.links += 1
        elif self._mark is not None:
            self._count(len(name) + (sum(map(len, attributes.values())) if attributes else 0))
            if name in _LABELLED:
                self._label, self._values = attributes.get("name", ""), []
            elif name in SHAPES:
                self._mark.shapes.append((name, []))
        if self._text is None and self._wanted(name):
            self._text, self._taken_at = [], len(self._path)
            if self._mark is None:
                self._size = 0

    def _wanted(self, name: str) -> bool:
        if self._mark is None:
            return name == "name" and self._path[-2:-1] == ["Folder"]
        if name in _CELLS:
            return not _VIEWS.intersection(self._path)
        if name in _TAKEN:
            return True
        return self._path[-2:-1] == ["ExtendedData"] and name not in _LABELLED and name != "SchemaData"

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._text is not None:
            self._text.append(text)
            self._count(len(text))

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > self._most:
            fix = f"simplify it, {raising('record_chars')}"
            raise Refused(f"a placemark of at most {self._most:,} characters", fix)

    def end(self, name: str) -> None:
        """End an element."""
        if ":" in name:
            name = name.rpartition(":")[2]
        text = None
        if self._text is not None and len(self._path) == self._taken_at:
            text, self._text = "".join(self._text), None
        self._path.pop()
        if name == "Folder":
            self._folders.pop()
        elif name == "Placemark" and self._mark is not None:
            self.found.append(self._mark)
            self._mark = None
        elif self._mark is None:
            if text is not None:
                self._folders[-1] = text.strip()
        elif name in _LABELLED and name != "SimpleData" and self._text is None:
            self._mark.add(self._label or "value", "; ".join(self._values))
        elif text is not None:
            self._keep(self._mark, name, text)

    def _keep(self, mark: _Placemark, name: str, text: str) -> None:
        above = self._path[-1] if self._path else ""
        if name in {"coordinates", "coord"}:
            if mark.shapes:
                mark.shapes[-1][1].append(text)
        elif name == "SimpleData":
            mark.add(self._label or "value", text.strip())
        elif above == "ExtendedData":
            mark.add(name, text.strip())
        elif name == "value":
            self._values.append(text.strip())
        elif above == "Placemark" or name in {"when", "begin", "end"}:
            mark.cells.setdefault(_CELLS[name], text.strip())


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
            if not (cells := mark.joined()).keys() <= keys.keys():
                keys.update(dict.fromkeys(cells))
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
    for _ in parse_xml(stream, reader.start, reader.end, reader.text, counts_depth=True):
        yield from reader.found
        reader.found.clear()


def _rows(stream: BinaryIO, names: dict[str, str], notes: Notes) -> Iterator[SourceRow]:
    reader, number, bounds = _Reader(), -1, limits()
    for number, mark in enumerate(_placemarks(stream, reader)):
        if number >= bounds.rows:
            raise Refused(f"at most {bounds.rows:,} placemarks", f"split the file, {raising('rows')}", row=number)
        own = mark.joined()
        for label in mark.twice:
            fix = "take out one of them; the last one is read"
            notes.warn("each name of data once; this one is there twice", fix, row=number, column=label)
        long = next((key for key, text in own.items() if len(text) > bounds.field_chars), None)
        if long is not None:
            fix = f"shorten it, {raising('field_chars', len(own[long]))}"
            notes.refuse_row(number, f"at most {bounds.field_chars:,} characters", fix, column=names.get(long, long))
            continue
        cells: dict[str, Any] = {
            names.get(key, key): notes.text(text, number, names.get(key, key)) for key, text in own.items()
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
