"""What a map shows, flat: by record and attribute, by claim, by decision, by report. Read from the page alone.

A folder of tables is read through the page that it gives, so that a folder and the map built from it show the same.
What tables hold and no page does (relations, speakers, places, how exact a date is) comes on top where both sides are
folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from ..data.diff import rows_of
from ..data.model import Tables
from .read_columns import BlockFault, column, texts
from .read_page import PageRead
from .shown_models import AreasBlock, Brief, Detail, PageBlock, checked
from .shown_values import Value, area, described, measured

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
    decisions and reports by id and column. ``corrections`` and ``fates`` are by record.
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
    columns, details = _unpacked(page)
    labels = {facet.id: {value.id: value.label for value in facet.values} for facet in about.facets}
    records: dict[str, Shown] = {}
    for i, detail in enumerate(details):
        if detail.id in records or (columns["id"][i], columns["title"][i]) != (detail.id, detail.title):
            raise BlockFault(f"the texts of record {i + 1} belong to another record, or one stands there twice")
        row = {name: values[i] for name, values in columns.items()}
        values = described(detail) | measured(row, labels) | area(areas, detail.id) | _protection(about, detail.id)
        if "area" in values:  # of an area the point is where a leader begins, and the uncertainty is its size
            values = {name: value for name, value in values.items() if name not in ("position", "uncertainty_km")}
        records[detail.id] = Shown(detail.id, detail.title, values)
    return View(
        kind=kind,
        name=name,
        version=about.version,
        lines={"title": about.title, "not_complete": page.deck, "notes": " ".join(page.notes)},
        sentences=page.sentences,
        records=records,
        rows={"claims": _claims(details), "decisions": _decisions(details), "reports": _reports(page, labels)},
        corrections={key: tuple(map(_correction, rows)) for key, rows in about.corrections.records.items()},
        fates={
            key: Fate(ended.title, ended.into, _correction(ended.steps[0]))
            for key, ended in about.corrections.ended.items()
            if ended.steps
        },
    )


def with_tables(view: View, tables: Tables) -> View:
    """Add what no page holds; ``tables`` are the published ones that the page was made from."""
    exact = {record.record_id: str(record.date_precision) for record in tables.records}
    records = {
        key: replace(shown, values={**shown.values, "date_precision": Value(exact[key], exact[key])})
        for key, shown in view.records.items()
    }
    return replace(view, records=records, rows={**rows_of(tables), "decisions": view.rows["decisions"]})


def _protection(about: PageBlock, record_id: str) -> dict[str, Value]:
    """Tell whether a record is generalised, where the page says so; the first ones did not."""
    if about.generalised is None:
        return {}
    hidden = record_id in about.generalised
    return {"sensitivity": Value(*(("generalise", _GENERALISED) if hidden else ("public", "as reported")))}


def _unpacked(page: PageRead) -> tuple[dict[str, list[Any]], list[Detail]]:
    """Unpack the columns and texts of the records."""
    block = page.blocks["panjmap-data"]
    rows, packed = block.get("rows"), block.get("columns")
    if not isinstance(rows, int) or not isinstance(packed, list) or not isinstance(block.get("texts"), dict):
        raise BlockFault("the block panjmap-data is not as panjmap writes it")
    told = [checked(Detail, one, "panjmap-data") for one in texts(block["texts"], rows, page.inflater)]
    columns = {}
    for one in packed:
        if isinstance(one, dict) and one.get("name") in _COLUMNS:
            columns[one["name"]] = column(one, rows, page.inflater)
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        raise BlockFault(f"its column {missing[0]} is missing")
    return columns, told


_COLUMNS: Final = (
    *("id", "title", "bank", "lon", "lat", "date_start", "date_end", "open"),
    *("river_km_from", "river_km_to", "uncertainty_m", "type", "source", "speaker", "actor", "place"),
)


# ---------------------------------------------------------------- claims, decisions, reports


def _claims(details: Iterable[Detail]) -> dict[str, dict[str, str]]:
    """Read every claim that a record shows. One claim may tell of several attributes, and of several records."""
    found: dict[str, dict[str, list[str]]] = {}
    for detail in details:
        for block in detail.attributes:
            for statement in block.statements:
                for said in statement.said:
                    for outlet in said.outlets:
                        for claim_id, modality, group, start, end in outlet.claims:
                            cells = {
                                "record_id": detail.id,
                                "attribute": block.label,
                                "value": statement.text,
                                "speaker": said.speaker or "the report itself",
                                "modality": modality,
                                "victim_group": group or "",
                                "report_id": outlet.report,
                                "via": outlet.via or "",
                                "span": "" if start is None else f"{start}–{end}",
                            }
                            claim = found.setdefault(claim_id, {})
                            for name, text in cells.items():
                                claim.setdefault(name, []).append(text)
    return {
        claim_id: {name: "; ".join(dict.fromkeys(filter(None, texts))) for name, texts in found[claim_id].items()}
        for claim_id in sorted(found)
    }


def _decisions(details: Iterable[Detail]) -> dict[str, dict[str, str]]:
    found = {}
    for detail in details:
        for decision in detail.decisions:
            key, again = f"{detail.id} {decision.label}", 2
            while key in found:
                key, again = f"{detail.id} {decision.label} ({again})", again + 1
            found[key] = {"record_id": detail.id, "about": decision.label} | {
                "chosen": decision.chosen,
                "reason": decision.reason,
                "source": decision.source,
                "decided_on": decision.on,
            }
    return found


def _reports(page: PageRead, labels: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    named = labels.get("source", {})
    return {report_id: {"outlet": named.get(report_id, ""), "line": line} for report_id, line in page.reports.items()}


def _correction(row: Brief) -> Correction:
    return Correction(row.date, row.attribute, row.says, row.reason)
