"""Rows of tables that came, went or changed, in words: claims, decisions, reports, places and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..data.diff import CellChange, RowsDiff
from ..data.wording import range_text
from .diff_compare import Difference
from .diff_labels import TABLES, column_label
from .diff_parts import NONE, Block, Change

__all__ = ["OF_RECORDS", "by_record", "rows_block"]

#: Tables whose rows are told at their record.
OF_RECORDS: Final = ("claims", "decisions")
#: Columns by which a row that came or went is told, where not all are.
_BRIEFLY: Final[dict[str, tuple[str, ...]]] = {
    "reports": ("outlet", "title", "kind", "published"),
    "speakers": ("name", "kind", "state"),
    "places": ("name", "kind", "level", "country"),
    "record_places": (),
    "place_names": (),
    "relations": ("note",),
}


def by_record(found: Difference, table: str) -> dict[str, RowsDiff]:
    """Sort the rows of a table by the records that they are of; ``""`` has those of none."""
    rows, old, new = found.rows[table], found.old.rows[table], found.new.rows[table]
    added: dict[str, dict[str, Mapping[str, str]]] = {}
    removed: dict[str, dict[str, Mapping[str, str]]] = {}
    changed: dict[str, list[CellChange]] = {}
    for target, whole in ((added, rows.added), (removed, rows.removed)):
        for key, cells in whole.items():
            for record_id in _records(cells):
                target.setdefault(record_id, {})[key] = cells
    for one in rows.changed:
        for record_id in dict.fromkeys((*_records(old[one.row_id]), *_records(new[one.row_id]))):
            changed.setdefault(record_id, []).append(one)
    return {
        record_id: RowsDiff(added.get(record_id, {}), removed.get(record_id, {}), tuple(changed.get(record_id, ())))
        for record_id in dict.fromkeys((*added, *removed, *changed))
    }


def _records(cells: Mapping[str, str]) -> list[str]:
    return cells.get("record_id", "").split("; ")


def rows_block(table: str, rows: RowsDiff) -> Block:
    """Tell the rows of a table that came, went or changed."""
    return Block(
        TABLES[table],
        changes=tuple(
            Change(f"{one.row_id}, {column_label(one.column)}", one.old or NONE, one.new or NONE)
            for one in rows.changed
        ),
        added=tuple(_row_text(table, key, cells) for key, cells in rows.added.items()),
        removed=tuple(_row_text(table, key, cells) for key, cells in rows.removed.items()),
    )


def _row_text(table: str, key: str, cells: Mapping[str, str]) -> str:
    """Tell a row that came or went."""
    if table == "claims":
        return f"{key}: {_claim_text(cells)}"
    if table == "decisions":
        return f"{cells['about']}: {cells['chosen']} – {cells['reason']} ({cells['source']}, {cells['decided_on']})"
    told = [cells["line"]] if "line" in cells else [cells[name] for name in _BRIEFLY[table] if cells.get(name)]
    return ": ".join(filter(None, (key, ", ".join(told))))


def _claim_text(cells: Mapping[str, str]) -> str:
    """Tell a claim: what is claimed, who says it and how, and where that stands."""
    value = cells.get("value") or ", ".join(filter(None, (_number(cells), cells.get("value_text"))))
    start, end = cells.get("start", ""), cells.get("end", "")
    span = cells.get("span") or (f"{start}–{end}" if start else "")
    parts = (
        " ".join(filter(None, (cells["attribute"].replace("_", " "), value))),
        cells.get("victim_group", "").replace("_", " "),
        cells.get("speaker") or cells.get("said_by", ""),
        cells["modality"],
        f"in {cells['report_id']}",
        cells["via"] and f"via {cells['via']}",
        span and f"characters {span}",
        cells.get("topic", "") and f"background: {cells['topic']}",
    )
    return "; ".join(filter(None, parts))


def _number(cells: Mapping[str, str]) -> str:
    """Tell the number of a claim as its table holds it."""
    low, high = (int(cells[name]) if cells.get(name) else None for name in ("value_low", "value_high"))
    return range_text(low, high, low is not None and high is None, figures=True)
