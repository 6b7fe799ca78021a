"""What must hold between tables: ids that exist, offsets within the text, no place inside itself, no lost record.

Works on cells as they stand, so that a row with one bad cell still has its other cells checked. Where not every row of
a table could be seen, nothing is said of ids that it may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from .columns import SEPARATOR, columns_of, nearest
from .csvfile import RawTable
from .fates import FATE, chain, merged_into, names_a_fate
from .model import ROW_CLASSES, Sensitivity
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
    """Refuse ids that no row has, offsets beyond a text, places inside themselves, records that became nothing."""
    for key in FOREIGN_KEYS:
        known = _ids(tables[key.target], key.target_column)
        if known is not None:
            _check_ids(tables[key.table], key.table, key.column, known, f"{key.target}.csv")
    _check_offsets(tables["claims"], tables["reports"])
    claims = _ids(tables["claims"], "claim_id")
    if claims is not None:
        _check_sources(tables["decisions"], claims)
    _check_parents(tables["places"])
    records = _ids(tables["records"], "record_id")
    if records is not None:
        _check_fates(tables["changes"], tables["records"], records)


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


def _check_fates(changes: RawTable, records: RawTable, known: Mapping[str, None]) -> None:
    """Refuse corrections of records that never were, and mergers that lead nowhere."""
    if not {"record_id", "attribute", "new"} <= set(changes.header):
        return
    withheld = {c["record_id"] for _, c in records.rows if c.get("sensitivity") == Sensitivity.WITHHOLD}
    rows = [(number, cells) for number, cells in changes.rows if cells["attribute"] == FATE]
    gone = {cells["record_id"]: merged_into(cells["new"]) for _, cells in rows if names_a_fate(cells["new"])}
    seen: set[str] = set()
    for number, cells in changes.rows:
        found = _lost(cells, known, {c["record_id"] for _, c in rows})
        if names_a_fate(cells["new"]) and cells["attribute"] == FATE:
            found = _ended(cells, known, withheld, seen) or _nowhere(cells, known, gone)
            seen.add(cells["record_id"])
        if found:
            column, expected, fix = found
            changes.refuse(expected, fix, row=number, column=column, value=cells[column])


def _lost(cells: Mapping[str, str], known: Mapping[str, None], ended: Set[str]) -> tuple[str, str, str] | None:
    """Find a correction of a record that is neither there nor said to be merged or withdrawn."""
    one = cells["record_id"]
    if not one or one in known or one in ended:
        return None
    fix = nearest(one, known, cutoff=0.76) or "correct the id, or add a row that says what became of the record"
    return "record_id", "a record of records.csv, or one that changes.csv says was merged or withdrawn", fix


def _ended(
    cells: Mapping[str, str], known: Mapping[str, None], withheld: Set[str], seen: Set[str]
) -> tuple[str, str, str] | None:
    """Find a record that is still there although it was merged or withdrawn, or that ends twice."""
    one = cells["record_id"]
    if one in known and one not in withheld:
        expected = "a record that stands no longer in records.csv, because it was merged or withdrawn"
        return "record_id", expected, "take the record out of records.csv, or this row out"
    if one in seen:
        return "record_id", "one row that says what became of a record", "keep the row that holds, take the other out"
    return None


def _nowhere(
    cells: Mapping[str, str], known: Mapping[str, None], gone: Mapping[str, str | None]
) -> tuple[str, str, str] | None:
    """Find a merger into a record that is not known, or that leads back to the record itself."""
    into = merged_into(cells["new"])
    if into is None:
        return None
    path = chain(cells["record_id"], gone)
    if path and path[-1] in (cells["record_id"], *path[:-1]):
        return "new", "a record that does not lead back here", "name the record that is still there"
    if into in known or into in gone:
        return None
    fix = nearest(into, known, cutoff=0.76) or "name a record of records.csv, or say what became of that one"
    return "new", "a record of records.csv, or one that was itself merged or withdrawn", fix
