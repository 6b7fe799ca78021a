"""What a map shows, flat: by record and attribute, by claim, by decision, by report. Read from the page alone.

A folder of tables is read through the page that it gives, so that a folder and the map built from it show the same.
What tables hold and no page does (relations, speakers, places, how exact a date is) comes on top where both sides are
folders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from ..data.diff import rows_of
from ..data.limits import limits, raising
from ..data.model import Tables
from .read_columns import BlockFault, column, texts
from .read_page import PageRead
from .shown_models import AreasBlock, Brief, Detail, PageBlock, checked
from .shown_rows import RowsTold
from .shown_values import Areas, Value, described, measured

__all__ = ["Correction", "Fate", "Shown", "View", "view_of", "with_tables"]

Rows = Mapping[str, Mapping[str, str]]

_GENERALISED: Final = "no finer than a district, to protect people"


class Correction(NamedTuple):
    """A row of ``changes`` as the page tells it; ``attribute`` is None where the page does not name it."""

    date: str
    attribute: str | None
    says: str
    reason: str


class Fate(NamedTuple):
    """What became of a record that is no longer there; ``into`` is the record to look at now, if one is left."""

    title: str
    into: str | None
    correction: Correction


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as it is shown."""

    record_id: str
    title: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that one side shows.

    ``kind`` is ``tables`` or ``map``. ``lines`` are texts of the whole map by what they are; ``rows`` are claims,
    decisions and reports by id and column. ``corrections`` and ``fates`` are by record. What an ``internal`` side shows
    is not for publication.
    """

    kind: str
    name: str
    version: str
    lines: Mapping[str, str]
    sentences: tuple[str, ...]
    records: Mapping[str, Shown]
    rows: Mapping[str, Rows]
    corrections: Mapping[str, tuple[Correction, ...]]
    fates: Mapping[str, Fate]
    internal: bool = False


def view_of(page: PageRead, name: str, kind: str = "map") -> View:
    """Read what a page shows.

    Parameters
    ----------
    page
        A built map, read by :func:`panjmap.render.read_page.read_page`.
    name
        What to call this side.
    kind
        ``map``, or ``tables`` for the page of a folder.

    Raises
    ------
    BlockFault
        The blocks are not as panjmap writes them.
    """
    about = checked(PageBlock, page.blocks["panjmap-page"], "panjmap-page")
    areas = checked(AreasBlock, page.blocks["panjmap-areas"], "panjmap-areas")
    labels = {facet.id: {value.id: value.label for value in facet.values} for facet in about.facets}
    told_of = about.generalised is not None and not about.internal  # an internal map shows all as reported
    hidden = frozenset(about.generalised or ()) if told_of else None
    drawn, told, records = Areas(areas), RowsTold(), {}
    for row, detail in _records(page):
        values = described(detail) | measured(row, labels) | drawn.of(detail.id) | _protection(hidden, detail.id)
        if "area" in values:  # of an area the point is where a leader begins, and the uncertainty is its size
            values = {name: value for name, value in values.items() if name not in ("position", "uncertainty_km")}
        records[detail.id] = Shown(detail.id, detail.title, values)
        told.add(detail)
    return View(
        kind=kind,
        name=name,
        version=about.version,
        lines={"title": about.title, "not_complete": page.deck, "notes": " ".join(page.notes)},
        sentences=page.sentences,
        records=records,
        rows={"claims": told.claims(), "decisions": told.decisions, "reports": _reports(page, labels)},
        corrections={key: tuple(map(_correction, rows)) for key, rows in about.corrections.records.items()},
        fates={
            key: Fate(ended.title, ended.into, _correction(ended.steps[0]))
            for key, ended in about.corrections.ended.items()
            if ended.steps
        },
        internal=bool(about.internal),
    )


def with_tables(view: View, tables: Tables) -> View:
    """Add what no page holds; ``tables`` are the published ones that the page was made from."""
    cells = {record.record_id: {"date_precision": str(record.date_precision)} for record in tables.records}
    if view.internal:
        for record in tables.records:
            cells[record.record_id]["sensitivity"] = str(record.sensitivity)
    records = {
        key: replace(shown, values={**shown.values, **{name: Value(text, text) for name, text in cells[key].items()}})
        for key, shown in view.records.items()
    }
    return replace(view, records=records, rows={**rows_of(tables), "decisions": view.rows["decisions"]})


def _protection(hidden: frozenset[str] | None, record_id: str) -> dict[str, Value]:
    """Tell whether a record is generalised, where the page says so; the first ones did not."""
    if hidden is None:
        return {}
    told = ("generalise", _GENERALISED) if record_id in hidden else ("public", "as reported")
    return {"sensitivity": Value(*told)}


def _records(page: PageRead) -> Iterator[tuple[dict[str, Any], Detail]]:
    """Unpack the records one by one: the values of their columns, and their texts."""
    block = page.blocks["panjmap-data"]
    rows, packed, most = block.get("rows"), block.get("columns"), limits().rows // _ROWS_A_RECORD
    if not isinstance(rows, int) or not isinstance(packed, list) or not isinstance(block.get("texts"), dict):
        raise BlockFault("the block panjmap-data is not as panjmap writes it")
    if rows > most:
        raise BlockFault(f"has more than {most:,} records", f"compare parts of it, {raising('rows')}")
    named = {one.get("name"): one for one in packed if isinstance(one, dict) and isinstance(one.get("name"), str)}
    missing = [name for name in _COLUMNS if name not in named]
    if missing:
        raise BlockFault(f"its column {missing[0]} is missing")
    columns = {name: column(named[name], rows, page.inflater) for name in _COLUMNS}
    seen = set()
    for i, told in enumerate(texts(block["texts"], rows, page.inflater)):
        detail, row = checked(Detail, told, "panjmap-data"), {name: columns[name][i] for name in _COLUMNS}
        if detail.id in seen or (row["id"], row["title"]) != (detail.id, detail.title):
            raise BlockFault(f"the texts of record {i + 1} belong to another record, or one stands there twice")
        seen.add(detail.id)
        yield row, detail


#: A record with all its claims takes as much memory as so many rows of a table.
_ROWS_A_RECORD: Final = 20
_COLUMNS: Final = (
    *("id", "title", "bank", "lon", "lat", "date_start", "date_end", "open"),
    *("river_km_from", "river_km_to", "uncertainty_m", "type", "source", "speaker", "actor", "place"),
)


def _reports(page: PageRead, labels: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    named = labels.get("source", {})
    return {report_id: {"outlet": named.get(report_id, ""), "line": line} for report_id, line in page.reports.items()}


def _correction(row: Brief) -> Correction:
    return Correction(row.date, row.attribute, row.says, row.reason)
