"""What must hold between cells, rows and tables: keys, references, spans, kinds and types.

Takes rows that are valid on their own and gives back problems; reads and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .model import TYPES_OF_KIND, Claim, DatePrecision, Kind, Place, Record, Relation, Report, Row

__all__ = ["DATE_BASES", "FOREIGN_KEYS", "PRIMARY_KEYS", "Broken", "ForeignKey", "broken_rows", "parent_cycles"]

#: Columns that tell the rows of a table apart. ``changes`` has none: a record may change twice on a day.
PRIMARY_KEYS: dict[str, tuple[str, ...]] = {
    "reports": ("report_id",),
    "speakers": ("speaker_id",),
    "records": ("record_id",),
    "record_places": ("record_id", "place_id", "role"),
    "claims": ("claim_id",),
    "relations": ("claim_a", "claim_b", "relation"),
    "decisions": ("record_id", "attribute", "source"),
    "places": ("place_id",),
    "place_names": ("place_id", "name", "language"),
    "changes": (),
}


class ForeignKey(NamedTuple):
    """A column whose values (one, or a list) are ids of another table."""

    table: str
    column: str
    target: str
    target_column: str


#: ``changes.record_id`` is none of them: a record that was withdrawn or merged is named there and nowhere else.
FOREIGN_KEYS: tuple[ForeignKey, ...] = (
    ForeignKey("reports", "derived_from", "reports", "report_id"),
    ForeignKey("records", "possible_same_as", "records", "record_id"),
    ForeignKey("record_places", "record_id", "records", "record_id"),
    ForeignKey("record_places", "place_id", "places", "place_id"),
    ForeignKey("claims", "report_id", "reports", "report_id"),
    ForeignKey("claims", "record_id", "records", "record_id"),
    ForeignKey("claims", "place_id", "places", "place_id"),
    ForeignKey("claims", "speaker_id", "speakers", "speaker_id"),
    ForeignKey("relations", "claim_a", "claims", "claim_id"),
    ForeignKey("relations", "claim_b", "claims", "claim_id"),
    ForeignKey("decisions", "record_id", "records", "record_id"),
    ForeignKey("places", "parent_id", "places", "place_id"),
    ForeignKey("place_names", "place_id", "places", "place_id"),
)

#: How a record's ``date_basis`` may begin.
DATE_BASES = ("stated", "derived", "assumed", "not given")

#: Attributes that count people and therefore need to say whom.
_CASUALTIES = ("killed", "injured")


class Broken(NamedTuple):
    """A rule that a row breaks: the column to look at, what was expected, how to fix it."""

    column: str
    expected: str
    fix: str


def broken_rows(row: Row) -> Iterator[Broken]:
    """Yield the rules of its table that one row breaks."""
    rule = _RULES.get(type(row))
    return rule(row) if rule else iter(())


def _record(row: Record) -> Iterator[Broken]:
    types = TYPES_OF_KIND[row.kind]
    if row.kind is Kind.AGGREGATE and row.type is not None:
        yield Broken("type", "an empty cell: an aggregate statement has no type", "empty the cell, or change the kind")
    elif row.kind is not Kind.AGGREGATE and row.type not in types:
        yield Broken("type", f"a type of the kind {row.kind}: {', '.join(types)}", "change the type or the kind")
    if row.date_start and row.date_end and row.date_end < row.date_start:
        yield Broken("date_end", f"a day not before date_start ({row.date_start})", "change one of the two dates")
    if row.date_precision is DatePrecision.DAY and (row.date_start is None or row.date_start != row.date_end):
        yield Broken(
            "date_precision",
            "one day: date_start and date_end given and equal",
            "give the same day twice, or write the precision range",
        )
    if not re.match(rf"({'|'.join(DATE_BASES)})(:|$)", row.date_basis):
        yield Broken(
            "date_basis",
            f"one of {', '.join(DATE_BASES)}, then nothing or a colon and the reason",
            "begin with one of these words, as in `assumed: a weekday in an undated report`",
        )
    if row.record_id in row.possible_same_as:
        yield Broken("possible_same_as", "the id of another record", "take the record's own id out")


def _claim(row: Claim) -> Iterator[Broken]:
    if row.record_id is None and row.topic is None:
        yield Broken("record_id", "a record or a topic", "name the record, or the topic of a background claim")
    if row.value_high is not None and row.value_low is None:
        yield Broken(
            "value_low", "a lowest number where a highest one stands", "write 0 for `up to`, or the number twice"
        )
    if row.value_low is not None and row.value_high is not None and row.value_high < row.value_low:
        yield Broken("value_high", f"a number not below value_low ({row.value_low})", "change one of the two numbers")
    if row.value_text is None and row.value_low is None:
        yield Broken("value_text", "a value: a text or a number", "write what is claimed, in own words")
    if row.attribute in _CASUALTIES and row.victim_group is None:
        yield Broken("victim_group", "who was killed or injured", "name the group; not_described where nothing is said")
    if (row.start is None) != (row.end is None):
        yield Broken("end", "both offsets, or neither", "give start and end, or empty both cells")
    elif row.start is not None and row.end is not None and row.end <= row.start:
        yield Broken(
            "end", f"an offset above start ({row.start})", "count from 0; end is the first character after the span"
        )


def _relation(row: Relation) -> Iterator[Broken]:
    if row.claim_a == row.claim_b:
        yield Broken("claim_b", "another claim than claim_a", "name the other claim, or take the row out")


def _report(row: Report) -> Iterator[Broken]:
    if row.report_id in row.derived_from:
        yield Broken("derived_from", "the id of another report", "take the report's own id out")


def _place(row: Place) -> Iterator[Broken]:
    if (row.lat is None) != (row.lon is None):
        missing = "lat" if row.lat is None else "lon"
        yield Broken(missing, "both coordinates, or neither", "give latitude and longitude, or empty both cells")


_RULES: dict[type[Row], Callable[..., Iterator[Broken]]] = {
    Record: _record,
    Claim: _claim,
    Relation: _relation,
    Report: _report,
    Place: _place,
}


def parent_cycles(parents: Mapping[str, str | None]) -> list[str]:
    """Return the places that are, through ``parent_id``, inside themselves; in the order given."""
    found = []
    for place_id in parents:
        seen: set[str] = set()
        above = parents[place_id]
        while above is not None and above not in seen and above != place_id:
            seen.add(above)
            above = parents.get(above)
        if above == place_id:
            found.append(place_id)
    return found
