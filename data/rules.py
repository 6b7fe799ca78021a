"""What must hold between cells, rows and tables: keys, references, spans, kinds and types.

Takes rows that are valid on their own and gives back problems; reads and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, NamedTuple

from .fates import FATE, names_a_fate
from .model import TYPES_OF_KIND, Change, Claim, DatePrecision, Kind, Place, Record, Relation, Report, Row

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


#: ``changes.record_id`` is none of them: a record that was withdrawn or merged is named there and nowhere else
#: (see ``fates.py``); ``references.py`` looks at it.
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


def broken_rows(row: Row, known: Set[str] | None = None) -> Iterator[Broken]:
    """Yield the rules of its table that one row breaks; ``known`` are its readable columns, by default all."""
    for columns, check in _RULES.get(type(row), ()):
        broken = check(row) if known is None or columns <= known else None
        if broken:
            yield broken


Check = Callable[[Any], Broken | None]
_RULES: dict[type[Row], list[tuple[frozenset[str], Check]]] = {}


def _rule(row_class: type[Row], *columns: str) -> Callable[[Check], Check]:
    """Keep a rule of a table, with the columns that it looks at."""

    def keep(check: Check) -> Check:
        _RULES.setdefault(row_class, []).append((frozenset(columns), check))
        return check

    return keep


@_rule(Record, "kind", "type")
def _type_of_kind(row: Record) -> Broken | None:
    types = TYPES_OF_KIND[row.kind]
    if row.kind is Kind.AGGREGATE:
        expected = "an empty cell: an aggregate statement has no type"
        return Broken("type", expected, "empty the cell, or change the kind") if row.type is not None else None
    if row.type in types:
        return None
    return Broken("type", f"a type of the kind {row.kind}: {', '.join(types)}", "change the type or the kind")


@_rule(Record, "date_start", "date_end")
def _date_order(row: Record) -> Broken | None:
    if not (row.date_start and row.date_end and row.date_end < row.date_start):
        return None
    return Broken("date_end", f"a day not before date_start ({row.date_start})", "change one of the two dates")


@_rule(Record, "date_precision", "date_start", "date_end")
def _one_day(row: Record) -> Broken | None:
    if row.date_precision is not DatePrecision.DAY or (row.date_start and row.date_start == row.date_end):
        return None
    expected = "one day: date_start and date_end given and equal"
    return Broken("date_precision", expected, "give the same day twice, or write the precision range")


@_rule(Record, "date_basis")
def _basis(row: Record) -> Broken | None:
    if re.match(rf"({'|'.join(DATE_BASES)})(:|$)", row.date_basis):
        return None
    expected = f"one of {', '.join(DATE_BASES)}, then nothing or a colon and the reason"
    return Broken("date_basis", expected, "begin with one of these words, as in `assumed: a weekday, no date`")


@_rule(Record, "record_id", "possible_same_as")
def _same_as_another(row: Record) -> Broken | None:
    if row.record_id not in row.possible_same_as:
        return None
    return Broken("possible_same_as", "the id of another record", "take the record's own id out")


@_rule(Claim, "record_id", "topic")
def _about_something(row: Claim) -> Broken | None:
    if row.record_id or row.topic:
        return None
    return Broken("record_id", "a record or a topic", "name the record, or the topic of a background claim")


@_rule(Claim, "value_low", "value_high")
def _number_order(row: Claim) -> Broken | None:
    if row.value_high is None:
        return None
    if row.value_low is None:
        expected = "a lowest number where a highest one stands"
        return Broken("value_low", expected, "write 0 for `up to`, or the number twice")
    if row.value_high >= row.value_low:
        return None
    return Broken("value_high", f"a number not below value_low ({row.value_low})", "change one of the two numbers")


@_rule(Claim, "value_text", "value_low")
def _a_value(row: Claim) -> Broken | None:
    if row.value_text is not None or row.value_low is not None:
        return None
    return Broken("value_text", "a value: a text or a number", "write what is claimed, in own words")


@_rule(Claim, "attribute", "victim_group")
def _victims(row: Claim) -> Broken | None:
    if row.attribute not in _CASUALTIES or row.victim_group is not None:
        return None
    return Broken("victim_group", "who was killed or injured", "name the group; not_described where nothing is said")


@_rule(Claim, "start", "end")
def _span(row: Claim) -> Broken | None:
    if (row.start is None) != (row.end is None):
        return Broken("end", "both offsets, or neither", "give start and end, or empty both cells")
    if row.start is None or row.end is None or row.end > row.start:
        return None
    fix = "count from 0; end is the first character after the span"
    return Broken("end", f"an offset above start ({row.start})", fix)


@_rule(Relation, "claim_a", "claim_b")
def _two_claims(row: Relation) -> Broken | None:
    if row.claim_a != row.claim_b:
        return None
    return Broken("claim_b", "another claim than claim_a", "name the other claim, or take the row out")


@_rule(Report, "report_id", "derived_from")
def _from_another(row: Report) -> Broken | None:
    if row.report_id not in row.derived_from:
        return None
    return Broken("derived_from", "the id of another report", "take the report's own id out")


@_rule(Change, "attribute", "new")
def _fate(row: Change) -> Broken | None:
    if row.attribute != FATE or names_a_fate(row.new):
        return None
    fix = "name the record that it became part of, or write withdrawn; for another correction name its attribute"
    return Broken("new", "`merged: ID` or `withdrawn`, because the attribute is `record`", fix)


@_rule(Place, "lat", "lon")
def _both_coordinates(row: Place) -> Broken | None:
    if (row.lat is None) == (row.lon is None):
        return None
    missing = "lat" if row.lat is None else "lon"
    return Broken(missing, "both coordinates, or neither", "give latitude and longitude, or empty both cells")


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
