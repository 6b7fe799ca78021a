"""Everything the panel shows of one record, as plain text and lists: who says what, where, and how that was derived.

In: the evidence of a record, its placed row and the tables. Out: one object a record for the page's data block. All
wording is made here or in ``data/wording.py``; the browser only puts it in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ..data.evidence import Evidence, NumberRange
from ..data.model import (
    PRECISION_CODES,
    Decision,
    Kind,
    Modality,
    PlaceLevel,
    PlaceRole,
    Precision,
    Tables,
    VictimGroup,
)
from ..data.wording import capital, date_phrase, kind_label, listing, plural, type_label
from .chainage import river_place
from .decided import Words
from .phrases import (
    casualties,
    in_text,
    killed_text,
    map_label,
    origin_text,
    place_name,
    place_text,
    sentence,
    short_label,
    victims_text,
)
from .placed import DRAWN_KINDS, Placed
from .related import related_totals
from .voices import attribute_block

__all__ = ["FIELDS", "Details"]

#: Keys of a detail object, in the order in which the data block stores them.
FIELDS: Final = (
    "id",
    "title",
    "kind",
    "kind_label",
    "type_label",
    "symbol_id",
    "label",
    "when",
    "where",
    "killed",
    "injured",
    "attributes",
    "same_as",
    "same_why",
    "totals",
    "notes",
    "decisions",
    "citation",
)

Detail = dict[str, Any]

_BASIS = {
    "stated": "Stated in the reports.",
    "derived": "Derived from the reports.",
    "assumed": "Assumed.",
    "not given": "No report gives the date.",
}
#: What reports give of the place, where no recorded decision says it better; and what is drawn for it.
_GIVEN = {
    Precision.SITE: "Reports name the spot.",
    Precision.SETTLEMENT: "Reports name the place.",
    Precision.NEAR: "Reports name a place near by, or its match is not certain.",
    Precision.REACH: "No report gives the spot.",
    Precision.DISTRICT: "Reports name the district and nothing finer.",
    Precision.REGION: "Reports name the region and nothing finer.",
    Precision.COUNTRY: "Reports name only the country.",
    Precision.UNKNOWN: "No report names a place.",
}
_SHOWN = {
    Precision.SITE: "The ring shows how uncertain its position is.",
    Precision.SETTLEMENT: "The ring shows how uncertain its position is.",
    Precision.NEAR: "The ring shows how uncertain its position is.",
    Precision.REACH: "The stretch of river that the reports allow is drawn.",
    Precision.DISTRICT: "The area is drawn.",
    Precision.REGION: "The outline of the region is drawn.",
}
_NOT_SHOWN = "Nothing is drawn."
_PROTECTED = "Shown no finer than a district, to protect people."


class Details:
    """Makes the detail object of each record; holds what several records share.

    Parameters
    ----------
    tables
        The published tables.
    evidence
        Evidence of all records.
    rows
        All placed rows.
    map_title, data_version
        For the citation.
    border_offset
        ``border_km - river_km``, see :data:`panjmap.geo.river.RIVER_KM_OFFSET`.
    """

    def __init__(
        self,
        tables: Tables,
        evidence: Mapping[str, Evidence],
        rows: Sequence[Placed],
        *,
        map_title: str,
        data_version: str,
        border_offset: float,
    ) -> None:
        self._evidence = evidence
        self._titles = {row.record_id: row.title for row in rows}
        self._decisions = _by_record(tables.decisions)
        self._origins = _origin_countries(tables)
        self._totals = related_totals(tables)
        self._words = Words(tables)
        self._map_title, self._data_version, self._border_offset = map_title, data_version, border_offset
        self._denials = [
            voice
            for found in evidence.values()
            for block in found.attributes
            if block.attribute == "responsibility"
            for statement in block.statements
            for voice in statement.voices
            if voice.claim.modality is Modality.DENIED
        ]

    def of(self, row: Placed) -> Detail:
        """Build the detail object of one record, with the keys :data:`FIELDS`."""
        found = self._evidence[row.record_id]
        return {
            "id": row.record_id,
            "title": row.title,
            "kind": str(row.kind),
            "kind_label": kind_label(row.kind),
            "type_label": type_label(row.type),
            "symbol_id": row.symbol_id,
            "label": [*map_label(row, found), *short_label(row, found)] if row.drawn else [],
            "when": {"text": date_phrase(found.date, long=True), "why": _date_why(found)},
            "where": self._where(row, found),
            "killed": self._killed(found),
            "injured": self._injured(found),
            "attributes": [attribute_block(block) for block in found.attributes],
            "same_as": self._named(found.same_as),
            "same_why": self._same_why(found),
            "totals": self._named(self._totals.get(row.record_id, ())),
            "notes": self._notes(row, found),
            "decisions": [self._words.decision(decision) for decision in self._decisions.get(row.record_id, ())],
            "citation": self._citation(row, found),
        }

    def _where(self, row: Placed, found: Evidence) -> Detail:
        how = in_text(row.how)
        if row.uncertainty_km and row.precision in (Precision.SITE, Precision.SETTLEMENT, Precision.NEAR):
            how += f", uncertain by about {row.uncertainty_km:g} km"
        if row.approximate and row.drawn:
            how += "; approximate area, not a boundary"
        return {
            "text": place_text(row),
            "precision": PRECISION_CODES[row.precision].label,
            "why": self._where_why(row),
            "how": sentence(how),
            "river": river_place(row, self._border_offset),
            "origin": self._origin(row, found),
        }

    def _where_why(self, row: Placed) -> str:
        """Say what reports give of a place, or how a recorded decision reads them, and what is drawn for it."""
        if row.kind not in DRAWN_KINDS:
            return ""
        decided = {d.attribute: d.reason for d in self._decisions.get(row.record_id, ())}
        given = decided.get("place") or decided.get("precision") or _GIVEN[row.precision]
        if row.generalised:
            return _PROTECTED
        return f"{sentence(given)} {_SHOWN[row.precision] if row.drawn else _NOT_SHOWN}"

    def _origin(self, row: Placed, found: Evidence) -> str | None:
        if row.kind is not Kind.ATTACK:
            return None
        reports = {report.report_id for report in found.reports}
        denials = {v.speaker.name: None for v in self._denials if v.report.report_id in reports}
        return origin_text(found, self._origins.get(row.record_id, ()), tuple(denials))

    def _killed(self, found: Evidence) -> Detail | None:
        if not found.killed:
            return None
        text = killed_text(found)
        return {
            "text": text.removesuffix(" killed"),
            "why": _count_why(victims_text(found), found, "killed"),
            "who": victims_text(found),
            "counts": _counts(found.killed),
        }

    def _injured(self, found: Evidence) -> Detail | None:
        if not found.injured:
            return None
        why = _count_why("", found, "injured")
        return {"text": casualties(found.injured), "why": why, "counts": _counts(found.injured)}

    def _named(self, record_ids: Iterable[str]) -> list[Detail]:
        return [{"id": other, "title": self._titles[other]} for other in record_ids]

    def _same_why(self, found: Evidence) -> str:
        """Say how such records are counted, and what the recorded decision says, on whichever of them it was taken."""
        if not found.same_as:
            return ""
        about = [d for one in (found.record.record_id, *found.same_as) for d in self._decisions.get(one, ())]
        reasons = dict.fromkeys(sentence(d.reason) for d in about if d.attribute == "possible_same_as")
        return " ".join(["Counted as one or two events.", *map(self._words.with_titles, reasons)])

    def _notes(self, row: Placed, found: Evidence) -> list[str]:
        """Remarks: what is not added, and what the record's own note says."""
        notes = []
        if row.kind is Kind.AGGREGATE:
            notes.append("A total as reported: listed beside what it would sum, not added to anything, not drawn.")
        if found.record.note:
            notes.append(self._words.with_titles(sentence(found.record.note)))
        return [note for note in notes if note != sentence(place_text(row))]

    def _citation(self, row: Placed, found: Evidence) -> str:
        when = ", ".join(filter(None, (date_phrase(found.date), place_name(row) if row.place_name else "")))
        outlets = "; ".join(dict.fromkeys(report.outlet for report in found.reports))
        sources = f" {plural(len(found.reports), 'Report')}: {outlets}." if outlets else ""
        return (
            f"“{row.title}”. {when}. In: {self._map_title}. Data version {self._data_version}, record "
            f"{row.record_id}.{sources}"
        )


def _by_record(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.record_id, []).append(decision)
    return found


def _origin_countries(tables: Tables) -> dict[str, list[str]]:
    """Names of the countries that reports name as origin, by record."""
    places = {place.place_id: place for place in tables.places}
    names = {place.country: place.name for place in tables.places if place.level is PlaceLevel.COUNTRY}
    found: dict[str, list[str]] = {}
    for link in tables.record_places:
        country = names.get(places[link.place_id].country) if link.role is PlaceRole.ORIGIN else None
        if country and country not in found.setdefault(link.record_id, []):
            found[link.record_id].append(country)
    return found


def _date_why(found: Evidence) -> str:
    """Say where a date comes from, and that reports differ if they do."""
    span = found.date
    texts = [sentence(span.reason) if span.reason else _BASIS[span.basis]]
    if span.basis == "assumed" and span.reason:
        texts.insert(0, _BASIS["assumed"])
    if span.differ:
        texts.append("Reports give different days.")
    return " ".join(texts)


def _counts(counts: Mapping[VictimGroup, NumberRange]) -> list[Detail]:
    """Give the numbers of each victim group, for tables: never added up, "or more" as a flag."""
    return [{"group": str(g), "low": c.low, "high": c.high, "or_more": c.open_ended} for g, c in counts.items()]


def _count_why(who: str, found: Evidence, attribute: str) -> str:
    """Say who they were, and what a range spans; "several" is a word without a number."""
    blocks = [block for block in found.attributes if block.attribute == attribute]
    texts = [sentence(who)] if who else []
    if any(block.differ for block in blocks) and not found.bodies_found:
        texts.append("Lowest and highest number in the reports.")
    words = dict.fromkeys(
        word
        for block in blocks
        if block.range and block.range.low is not None
        for statement in block.statements
        if statement.low is None and statement.high is None
        for word in block.range.words
    )
    if words:
        texts.append(f"{listing([f'“{capital(word)}”' for word in words])} gives no number.")
    return " ".join(texts)
