"""What must hold between tables: ids that exist, offsets within the text, no place inside itself.

Works on cells as they stand, so that a row with one bad cell still has its other cells checked. Where not every row of
a table could be seen, nothing is said of ids that it may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .columns import SEPARATOR, columns_of, nearest
from .csvfile import RawTable
from .model import ROW_CLASSES
from .rules import FOREIGN_KEYS, PRIMARY_KEYS, parent_cycles

__all__ = ["check_keys", "check_references"]


def check_keys(name: str, table: RawTable) -> None:
    """Refuse a second row with the same key; ids that differ by case only are the same one on some file systems."""
    key = PRIMARY_KEYS[name]
    if not key or not set(key) <= set(table.header):
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in table.rows:
        values = tuple(cells[column] for column in key)
        known = values if len(key) > 1 else (values[0].casefold(),)
        if known in seen and any(values):
            fix = "change the id or take the row out" if len(key) == 1 else "take one of the two rows out"
            expected = f"{' + '.join(key)} once, upper and lower case taken as the same; it stands in row {seen[known]}"
            table.refuse(expected, fix, row=number, column=key[0], value=" + ".join(values))
        seen.setdefault(known, number)


def check_references(tables: Mapping[str, RawTable]) -> None:
    """Refuse ids that no row has, offsets beyond a text, and places inside themselves."""
    for key in FOREIGN_KEYS:
        known = _ids(tables[key.target], key.target_column)
        if known is not None:
            _check_ids(tables[key.table], key.table, key.column, known, f"{key.target}.csv")
    _check_offsets(tables["claims"], tables["reports"])
    claims = _ids(tables["claims"], "claim_id")
    if claims is not None:
        _check_sources(tables["decisions"], claims)
    _check_parents(tables["places"])


def _ids(table: RawTable, column: str) -> dict[str, None] | None:
    """Return the ids of a table in order, those of invalid rows too; ``None`` if not every row could be seen."""
    if not table.complete or column not in table.header:
        return None
    return dict.fromkeys([cells[column] for _, cells in table.rows] + table.stray)


def _check_ids(table: RawTable, name: str, column: str, known: Mapping[str, None], file: str) -> None:
    many = next(c.many for c in columns_of(ROW_CLASSES[name]) if c.name == column)
    for number, cells in table.rows:
        text = cells.get(column, "")
        for one in (part.strip() for part in text.split(SEPARATOR)) if many else (text,):
            if one and one not in known:
                fix = nearest(one, known, cutoff=0.76) or f"correct the id, or add its row to {file}"
                table.refuse(f"an id of {file}", fix, row=number, column=column, value=one)


def _check_offsets(claims: RawTable, reports: RawTable) -> None:
    lengths = {cells.get("report_id"): _whole(cells.get("chars")) for _, cells in reports.rows}
    for number, cells in claims.rows:
        end, length = _whole(cells.get("end")), lengths.get(cells.get("report_id", ""))
        if end is not None and length is not None and end > length:
            expected = f"an offset within the report's text of {length} characters"
            fix = "count the span again in the report's text"
            claims.refuse(expected, fix, row=number, column="end", value=cells["end"])


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None


def _check_sources(decisions: RawTable, claims: Mapping[str, None]) -> None:
    for number, cells in decisions.rows:
        names = [name.strip() for name in cells.get("source", "").split(";")]
        if all(re.fullmatch(r"C\d{3,}", name) for name in names):
            for name in names:
                if name not in claims:
                    fix = "correct the id, or name another source"
                    decisions.refuse("claims of claims.csv", fix, row=number, column="source", value=name)


def _check_parents(places: RawTable) -> None:
    rows = {place_id: (number, cells) for number, place_id, cells in _places(places)}
    for place_id in parent_cycles({name: cells["parent_id"] or None for name, (_, cells) in rows.items()}):
        number, cells = rows[place_id]
        expected = "a place above this one; following the column upwards leads back to the place itself"
        places.refuse(expected, "name the next larger place", row=number, column="parent_id", value=cells["parent_id"])


def _places(places: RawTable) -> Iterator[tuple[int, str, dict[str, str]]]:
    if {"place_id", "parent_id"} <= set(places.header):
        yield from ((number, cells["place_id"], cells) for number, cells in places.rows)
