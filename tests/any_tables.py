"""Strategies for whole tables: any valid rows whose ids fit together, made from the row classes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from payloads import PAYLOADS

from panjmap.data.columns import columns_of
from panjmap.data.errors import PanjmapError
from panjmap.data.model import ROW_CLASSES, TYPES_OF_KIND, Kind, Tables
from panjmap.data.rules import FOREIGN_KEYS, PRIMARY_KEYS
from panjmap.data.text import clean

T = TypeVar("T")
#: Words by which some rule, some reading of dates or some wording is chosen.
_WORDS = (
    *(
        "2025-11-26",
        "2025-11",
        "2025-13-45",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "../2025-11-22",
        "2025-11-26/..",
    ),
    *(
        "killed",
        "place",
        "event_date",
        "precision",
        "type",
        "sensitivity",
        "possible_same_as",
        "date",
        "origin",
        "record",
    ),
    *(
        "several",
        "3-5",
        "3 or more",
        "99999999999999999999",
        "nationality: ; role: x",
        "words:",
        "merged: x0",
        "Tuesday",
    ),
    *(
        "stated:",
        "assumed: ",
        "x0",
        "c0",
        "p0; p1",
        "rule: ",
        "places: p0",
        "government",
        "unnamed",
        "report",
        "Taliban",
    ),
)
#: A text as a cell may hold it, and as a list of texts may: without semicolon.
TEXT = st.one_of(st.sampled_from(_WORDS), st.sampled_from(sorted(PAYLOADS.values())), st.text(max_size=30)).map(
    lambda text: clean(text).strip() or "x"
)
ITEM = TEXT.map(lambda text: text.replace(";", ",").strip() or "x")
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)) | st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31))
COUNTS = st.integers(0, 12) | st.integers(0, 10**18 - 1)
#: The letter with which the ids of a table begin.
_LETTERS = {"reports": "r", "speakers": "s", "records": "x", "claims": "c", "places": "p"}


def examples(number: int) -> settings:
    """As many examples in the suite, and as many more as a profile asks for (``HYPOTHESIS_PROFILE=fuzz``)."""
    return settings(max_examples=max(1, number * settings.default.max_examples // 100))


def taken(ask: Callable[[], T]) -> T | None:
    """What is answered; nothing where it is refused, in words that say what to do and that a terminal can show."""
    try:
        return ask()
    except PanjmapError as error:
        text = str(error)
        if "Fix: " in text and not any(unicodedata.category(x) in ("Cc", "Cs") for x in text if x != "\n"):
            return None
        raise


def _value(column: Any) -> st.SearchStrategy[Any]:
    """Any value of a column, as its row class takes it; ids are set afterwards."""
    if column.values:
        made: st.SearchStrategy[Any] = st.sampled_from([column.type(value) for value in column.values])
    elif column.type is dt.date:
        made = DAYS
    elif column.type is int:
        made = COUNTS
    elif column.type is float:
        # A table writes a number with up to 18 decimals, never as 1e-300.
        least = 1 if column.minimum is None else int(column.minimum * 10**6)
        most = int((column.maximum or 10**5) * 10**6)
        made = st.integers(least, most).map(lambda millionths: millionths / 10**6)
    elif column.pattern and "{64}" in column.pattern:
        made = st.text("0123456789abcdef", min_size=64, max_size=64)
    elif column.pattern and "{2}" in column.pattern:
        made = st.sampled_from(["TJ", "AF", "UZ"])
    else:
        made = ITEM if column.many else TEXT
    if column.many:
        return st.lists(made, max_size=3, unique=True).map(tuple)
    return made if column.required else st.none() | made


@st.composite
def any_tables(draw: st.DrawFn, most: int = 4) -> Tables:
    """Tables of up to ``most`` rows each, valid by all rules."""
    size = {name: draw(st.integers(1 if name in ("reports", "speakers") else 0, most)) for name in ROW_CLASSES}
    ids = {name: [f"{_LETTERS[name]}{i}" for i in range(size[name])] for name in _LETTERS}
    keys = {(key.table, key.column): ids[key.target] for key in FOREIGN_KEYS}
    made: dict[str, tuple[Any, ...]] = {}
    for name, row_class in ROW_CLASSES.items():
        rows = []
        for i in range(size[name]):
            cells: dict[str, Any] = {}
            for column in columns_of(row_class):
                if PRIMARY_KEYS[name] == (column.name,) and name in ids:
                    cells[column.name] = ids[name][i]
                elif (name, column.name) in keys:
                    cells[column.name] = _link(draw, column, keys[name, column.name])
                else:
                    cells[column.name] = draw(_value(column))
            if (row := _by_rule(draw, name, cells, ids)) is not None:
                rows.append(row_class(**row))
        made[name] = tuple(_once(rows, PRIMARY_KEYS[name]))
    return Tables(**made)


def _link(draw: st.DrawFn, column: Any, known: list[str]) -> Any:
    if column.many:
        return tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True))) if known else ()
    found = st.sampled_from(known) if known else st.none()
    return draw(found if column.required else st.none() | found)


def _by_rule(draw: st.DrawFn, name: str, cells: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any] | None:
    """Bring a row in line with the rules of its table; nothing where a needed id is not there."""
    links = [key for key in FOREIGN_KEYS if key.table == name and not key.column.endswith(("parent_id", "same_as"))]
    optional = {("claims", "record_id"), ("claims", "place_id"), ("reports", "derived_from")}
    if any(cells[key.column] is None for key in links if (name, key.column) not in optional):
        return None
    return _RULES.get(name, lambda _draw, cells, _ids: cells)(draw, cells, ids)


def _record(draw: st.DrawFn, cells: dict[str, Any], _ids: dict[str, list[str]]) -> dict[str, Any]:
    kind = cells["kind"]
    cells["type"] = None if kind is Kind.AGGREGATE else draw(st.sampled_from(sorted(TYPES_OF_KIND[kind])))
    ends = sorted(day for day in (cells["date_start"], cells["date_end"]) if day)
    if len(ends) == 2:
        cells["date_start"], cells["date_end"] = ends
    if cells["date_precision"] == "day":
        cells["date_start"] = cells["date_end"] = cells["date_start"] or dt.date(2025, 11, 26)
    basis = draw(st.sampled_from(["stated", "derived", "assumed", "not given"]))
    cells["date_basis"] = basis + draw(st.just("") | TEXT.map(": {}".format)).rstrip()
    cells["possible_same_as"] = tuple(one for one in cells["possible_same_as"] if one != cells["record_id"])
    return cells


def _claim(draw: st.DrawFn, cells: dict[str, Any], _ids: dict[str, list[str]]) -> dict[str, Any]:
    cells["attribute"] = draw(st.sampled_from(["killed", "injured", "place", "event_date", "weapon", "origin"]) | TEXT)
    cells["topic"] = cells["topic"] or (None if cells["record_id"] else "x")
    if cells["value_low"] is None:
        cells["value_high"] = None
    elif cells["value_high"] is not None:
        cells["value_low"], cells["value_high"] = sorted((cells["value_low"], cells["value_high"]))
    if cells["value_low"] is None and cells["value_text"] is None:
        cells["value_text"] = "x"
    cells["victim_group"] = cells["victim_group"] or "civilian"
    cells["start"] = cells["end"] = None
    return cells


def _place(draw: st.DrawFn, cells: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any]:
    if cells["lat"] is None or cells["lon"] is None:
        cells["lat"] = cells["lon"] = None
    above = ids["places"][: ids["places"].index(cells["place_id"])]
    cells["parent_id"] = draw(st.none() | st.sampled_from(above)) if above else None
    return cells


def _relation(_draw: st.DrawFn, cells: dict[str, Any], _ids: dict[str, list[str]]) -> dict[str, Any] | None:
    return None if cells["claim_a"] == cells["claim_b"] else cells


def _report(_draw: st.DrawFn, cells: dict[str, Any], _ids: dict[str, list[str]]) -> dict[str, Any]:
    cells["derived_from"] = tuple(one for one in cells["derived_from"] if one != cells["report_id"])
    return cells


def _decision(_draw: st.DrawFn, cells: dict[str, Any], _ids: dict[str, list[str]]) -> dict[str, Any]:
    return cells


def _change(draw: st.DrawFn, cells: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any] | None:
    if not ids["records"]:
        return None
    cells["record_id"] = draw(st.sampled_from(ids["records"]))
    return cells | ({"attribute": "date"} if cells["attribute"] == "record" else {})


_RULES = {
    "reports": _report,
    "records": _record,
    "claims": _claim,
    "places": _place,
    "relations": _relation,
    "decisions": _decision,
    "changes": _change,
}


def _once(rows: list[Any], key: tuple[str, ...]) -> list[Any]:
    """Rows with keys of their own."""
    if not key:
        return rows
    return list({tuple(getattr(row, column) for column in key): row for row in rows}.values())
