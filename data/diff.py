"""Two states of the tables, row by row: what was added, removed, changed. Pure; knows ids and columns, no meaning.

Records, decisions and corrections are left to those who compare what a map shows of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from .columns import columns_of, format_cell
from .model import ROW_CLASSES, Tables
from .rules import PRIMARY_KEYS

__all__ = ["CellChange", "RowsDiff", "compare_rows", "rows_of"]

#: Tables whose rows are compared as rows.
COMPARED: Final = ("claims", "reports", "relations", "record_places", "places", "place_names", "speakers")

#: Cells by row id and column.
Rows = Mapping[str, Mapping[str, str]]


class CellChange(NamedTuple):
    """One cell that differs."""

    row_id: str
    column: str
    old: str
    new: str


class RowsDiff(NamedTuple):
    """How two sets of rows differ: whole rows by id, and single cells of rows that both have; sorted by id."""

    added: Rows
    removed: Rows
    changed: tuple[CellChange, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.removed or self.changed)


def rows_of(tables: Tables) -> dict[str, dict[str, dict[str, str]]]:
    """Read the tables of :data:`COMPARED` as text: by table, by what tells its rows apart, by column."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for table in COMPARED:
        names = [column.name for column in columns_of(ROW_CLASSES[table])]
        rows = [{name: format_cell(getattr(row, name)) for name in names} for row in getattr(tables, table)]
        found[table] = {" ".join(cells[name] for name in PRIMARY_KEYS[table]): cells for cells in rows}
    return found


def compare_rows(old: Rows, new: Rows) -> RowsDiff:
    """Compare rows by id; columns in the order in which they stand.

    Examples
    --------
    >>> compare_rows({"C1": {"value": "3"}}, {"C1": {"value": "4"}, "C2": {"value": "1"}})
    RowsDiff(added={'C2': {...}}, removed={}, changed=(CellChange(row_id='C1', column='value', old='3', new='4'),))
    """
    return RowsDiff(
        added={key: new[key] for key in sorted(new.keys() - old.keys())},
        removed={key: old[key] for key in sorted(old.keys() - new.keys())},
        changed=tuple(
            CellChange(key, name, old[key].get(name, ""), new[key].get(name, ""))
            for key in sorted(old.keys() & new.keys())
            for name in dict.fromkeys((*old[key], *new[key]))
            if old[key].get(name, "") != new[key].get(name, "")
        ),
    )
