"""GeoJSON, JSON and one JSON object a line -> rows.

The file is read twice: once for the names of the columns and what it says about itself, once for its rows. Records are
the features of a collection, the items of a list, the objects under the one key that holds a list of objects, or the
objects that stand one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ..decoding import recoded
from ..limits import limits, raising
from .json_stream import FEATURES, Values
from .json_values import cells_of, is_feature, is_shape, row_of
from .notes import Notes, Refused
from .source import Found, SourceRow

__all__ = ["read_json_rows"]

#: What a property is called whose name is empty: no column may be, or it would stand for all that are not there.
NO_NAME = "no name"
#: Where the records are: in a list that is the whole text, in a list under a key, or the text is records itself.
_LIST, _UNDER_KEY, _OBJECTS = "list", "under key", "objects"


@dataclass(slots=True)
class _About:
    """What the first reading tells; ``keys`` and ``features`` are by the key under which records lie."""

    keys: dict[str | None, dict[str, None]] = field(default_factory=dict)
    features: set[str | None] = field(default_factory=set)
    own: dict[str, Any] = field(default_factory=dict)
    place: str = _OBJECTS
    key: str | None = None
    fault: Refused | None = None

    def columns(self) -> list[str]:
        """Return the keys of the records, in the order in which they are met."""
        found: dict[str, None] = {}
        if self.place == _OBJECTS:
            lists = {key: None for key in self.keys if key is not None}
            found = dict.fromkeys(cells_of(self.own | lists))
        return list(found | self.keys.get(self.key, {}))

    def crs(self) -> str | None:
        """Return the CRS that a collection or feature names; GeoJSON of before 2016 may."""
        crs = self.own.get("crs")
        if crs is None:
            return None
        about = crs.get("properties") if isinstance(crs, dict) else None
        if isinstance(about, dict) and isinstance(about.get("name"), str):
            return str(about["name"])
        if isinstance(about, dict) and isinstance(about.get("code"), int):
            return f"EPSG:{about['code']}"
        return str(crs)


def read_json_rows(stream: BinaryIO, mark: tuple[str, str] | None, notes: Notes) -> Found:
    """Read what a JSON file says about itself, and give its rows.

    Parameters
    ----------
    stream
        The file from its first byte; can go back there.
    mark
        The encoding that its mark names, if there is one: (name, codec).
    notes
        Where problems go.
    """
    about = _look_through(Values(recoded(stream, mark[1]) if mark else stream))
    is_geo = about.key in about.features or is_feature(about.own) or is_shape(about.own)
    notes.unit = "feature" if is_geo else "item"
    names = {key: notes.text(key, None, None) or NO_NAME for key in about.columns()}
    if len(set(names.values())) < len(names):
        twice = [name for name, count in Counter(names.values()).items() if count > 1]
        raise Refused("names of properties that can be told apart", "rename those that look the same", column=twice[0])
    stream.seek(0)
    rows = _rows(Values(recoded(stream, mark[1]) if mark else stream), about, names, notes)
    crs = about.crs()
    return Found(
        "geojson" if is_geo else "json",
        tuple(names.values()),
        rows,
        None if crs is None else notes.text(crs, None, "crs"),
    )


def _look_through(values: Values) -> _About:
    """Read the whole text for what it says about itself; a fault in it is left for the second reading to tell."""
    about, size, bounds = _About(), 0, limits()
    is_list = values.is_list()
    try:
        for key, index, value in values.members():
            if index is None and key is not None:
                size += values.size
                if size <= bounds.record_chars:
                    about.own[key] = value
                continue
            if index is not None and index > bounds.rows:
                break
            keys = about.keys.setdefault(key, {})
            if key not in about.features and is_feature(value):
                about.features.add(key)
            if (cells := cells_of(value)).keys() <= keys.keys():  # nearly always
                continue
            keys.update(dict.fromkeys(cells))
            if len(keys) > bounds.columns:
                fix = f"take out what nobody needs, {raising('columns')}"
                about.fault = Refused(f"at most {bounds.columns:,} different names of properties", fix)
            elif values.size > bounds.field_chars and any(len(key) > bounds.field_chars for key in keys):
                fix = f"shorten it, {raising('field_chars')}"
                about.fault = Refused(f"names of properties of at most {bounds.field_chars:,} characters", fix)
            if about.fault:
                break
    except Refused:
        if not about.keys and not about.own:
            raise
    if about.fault:
        raise about.fault
    _choose(about, is_list=is_list)
    return about


def _choose(about: _About, *, is_list: bool) -> None:
    """Tell where the records are."""
    under = [key for key in about.keys if key is not None]
    kind = about.own.get("type")
    if kind == "Topology" or "geometryType" in about.own:
        what = "TopoJSON" if kind == "Topology" else "JSON of Esri programs"
        raise Refused(f"GeoJSON, not {what}", "export it as GeoJSON, for instance with QGIS or ogr2ogr")
    if is_list:
        about.place = _LIST
    elif kind == "FeatureCollection" or FEATURES in under:
        if FEATURES in about.own:
            raise Refused("features as a list in brackets", "export the file again", column=FEATURES)
        about.place, about.key = _UNDER_KEY, FEATURES
        about.features.add(FEATURES)
    elif under and None not in about.keys and not is_feature(about.own) and not is_shape(about.own):
        if len(under) > 1:
            shown = ", ".join(under[:5])
            raise Refused(f"one list of objects; there are several ({shown})", "leave the one that is to be imported")
        about.place, about.key = _UNDER_KEY, under[0]


def _rows(values: Values, about: _About, names: Mapping[str, str], notes: Notes) -> Iterator[SourceRow]:
    number, cells, most = -1, 0, limits().rows
    for number, (value, twice, no_numbers) in enumerate(_records(values, about)):
        if number >= most:
            raise Refused(f"at most {most:,} {notes.unit}s", f"split the file, {raising('rows')}", row=number)
        for key in twice:
            fix = "take out one of them; the last one is read"
            notes.warn("each key once; this one is there twice", fix, row=number, column=notes.text(key, number, None))
        if no_numbers:
            notes.refuse_row(number, "numbers", "write null where a number is not known", value=no_numbers[0])
        elif (row := row_of(value, number, names, notes)) is not None:
            cells += len(row.cells)
            if cells > limits().cells:
                fix = f"take out what nobody needs, or split the file, {raising('cells')}"
                raise Refused(f"at most {limits().cells:,} properties in all", fix, row=number)
            yield row
    if number < 0:
        notes.warn(f"{notes.unit}s; there are none", "add some, or leave the file out")


def _records(values: Values, about: _About) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Give each record with the keys that it holds twice, and what in it is no number."""
    first: dict[str, Any] = {}
    twice: list[str] = []
    no_numbers: list[str] = []
    size = 0
    for key, index, value in values.members():
        if key == about.key and index is not None and about.place != _OBJECTS:
            yield value, values.twice, values.no_numbers
        elif about.place == _UNDER_KEY:
            twice += values.twice
        elif about.place == _OBJECTS and key is not None:
            size += values.size
            if size > limits().record_chars:
                fix = f"split it, {raising('record_chars')}"
                raise Refused(f"one object of at most {limits().record_chars:,} characters", fix, row=0)
            if index is None:
                first[key] = value
            else:
                first.setdefault(key, []).append(value)
            twice, no_numbers = twice + values.twice, no_numbers + values.no_numbers
        else:
            if first:
                yield first, twice, no_numbers
                first = {}
            yield value, values.twice, values.no_numbers
    if first:
        yield first, twice, no_numbers
