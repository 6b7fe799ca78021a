"""Lists and tables of the page: incident list, incident table, sources.

In: placed rows, evidence and tables. Out: plain dictionaries of text for the template, which escapes all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ..data.evidence import Evidence
from ..data.model import PRECISION_CODES, Kind, Precision, Tables
from ..data.wording import capital, date_phrase, day_text, differ_line, kind_label, listing, lower_first, type_label
from .phrases import casualties, differ_text, killed_text, place_text, reports_text, safe_link, victims_text
from .placed import Placed

__all__ = ["groups", "in_list_order", "sources", "table_rows"]

Entry = dict[str, Any]


def in_list_order(rows: Sequence[Placed], evidence: Mapping[str, Evidence]) -> tuple[Placed, ...]:
    """Order by kind, then newest first; what has no date comes last; equal dates keep table order."""
    kinds = list(Kind)

    def key(row: Placed) -> tuple[int, int]:
        span = evidence[row.record_id].date
        day = span.end or span.start or dt.date.min
        return kinds.index(row.kind), -day.toordinal()

    return tuple(sorted(rows, key=key))


def groups(ordered: Sequence[Placed], evidence: Mapping[str, Evidence]) -> list[Entry]:
    """Group the list by kind, in the order of the vocabulary; a kind without records is left out."""
    return [
        {"kind": str(kind), "label": kind_label(kind), "records": [_list_row(r, evidence[r.record_id]) for r in rows]}
        for kind in Kind
        if (rows := [row for row in ordered if row.kind is kind])
    ]


def _base(row: Placed) -> Entry:
    return {
        "id": row.record_id,
        "kind": str(row.kind),
        "type": str(row.type or ""),
        "precision": str(row.precision),
        "symbol_id": row.symbol_id,
        "colour": row.glyph,
    }


def _list_row(row: Placed, found: Evidence) -> Entry:
    """One line of the list. A response has no place: no report says where speakers sit."""
    killed = ", ".join(filter(None, (killed_text(found), _who(found))))
    return _base(row) | {
        "date": date_phrase(found.date, long=True),
        "title": row.title,
        "place": "" if row.kind in (Kind.RESPONSE, Kind.AGGREGATE) else place_text(row),
        "killed": killed,
        "reports_line": reports_text(found),
        "differ_line": differ_line(found.differ_on),
    }


def _who(found: Evidence) -> str:
    return lower_first(victims_text(found)) if len(found.killed) == 1 else ""


def table_rows(
    ordered: Sequence[Placed], evidence: Mapping[str, Evidence], quotes: Mapping[str, str] | None = None
) -> list[Entry]:
    """Rows of the incident table: the same records in the same order as the list.

    ``quotes`` are the passages that claims rest on, by the id of the claim; only an internal page has any.
    """
    rows = [_table_row(row, evidence[row.record_id]) for row in ordered]
    if quotes:
        for entry in rows:
            entry["passages"] = _passages(evidence[entry["id"]], quotes)
    return rows


def _passages(found: Evidence, quotes: Mapping[str, str]) -> list[Entry]:
    """List the passages of a record, each claim once: on what, in which report, by which claim, and the words."""
    said = ((b.label, v) for b in found.attributes for statement in b.statements for v in statement.voices)
    listed: dict[str, Entry] = {}
    for label, voice in said:
        one = voice.claim.claim_id
        if one in quotes:
            listed.setdefault(one, {"of": f"{label}, {voice.report.outlet} ({one}):", "text": quotes[one]})
    return list(listed.values())


def _table_row(row: Placed, found: Evidence) -> Entry:
    listed_only = row.kind in (Kind.RESPONSE, Kind.AGGREGATE)
    return _base(row) | {
        "date": date_phrase(found.date, long=True),
        "what": type_label(row.type),
        "what_title": row.title,
        "where": "" if listed_only and row.precision is Precision.UNKNOWN else place_text(row),
        "how": "" if listed_only else PRECISION_CODES[row.precision].label,
        "killed": killed_text(found).removesuffix(" killed"),
        "injured": casualties(found.injured),
        "who": victims_text(found),
        "said_by": capital(listing(dict.fromkeys(report.outlet for report in found.reports))),
        "differ": differ_text(found),
        "passages": [],
    }


def sources(tables: Tables) -> list[Entry]:
    """List the reports by outlet; a report without a usable link says so on the page."""
    return [
        {
            "id": report.report_id,
            "outlet": capital(report.outlet),
            "title": report.title,
            "kind": report.kind,
            "published": f"Published {day_text(report.published)}" if report.published else "Undated",
            "url": safe_link(report.url),
            "archived_url": safe_link(report.archived_url),
            "upstream": listing(report.upstream),
        }
        for report in tables.reports
    ]
