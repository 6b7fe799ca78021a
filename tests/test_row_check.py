"""One row, whatever its cells hold: it is imported whole or refused with a reason, and never anything else."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.data.intake.check import RowCheck
from panjmap.data.intake.log import Log
from panjmap.data.intake.mapping import FIELDS, columns_of
from panjmap.data.intake.row import ImportedRow
from panjmap.data.intake.source import SourceRow
from panjmap.data.model import DatePrecision, Precision

COLUMNS = [*FIELDS, "colour"]
VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=15),
    st.sampled_from(
        ["37.75", "70", "−70", "37,75", "2025-11-26", "2025-11", "26.11.2025", "3", "1", "near", "Battles"]
    ),
)
CELLS = st.dictionaries(st.sampled_from(COLUMNS), VALUE, max_size=12)
PAIR = st.one_of(st.none(), st.tuples(VALUE, VALUE), st.just((70.1, 37.6)))
SHAPE = st.sampled_from([None, "Point", "Polygon", "no shape"])


def checked(rows: list[SourceRow], unit: str = "row") -> tuple[list[ImportedRow | None], Log]:
    log = Log(1000)
    check = RowCheck("a.csv", unit, columns_of(COLUMNS), log, strict_numbers=unit == "feature")
    return [check.row(row) for row in rows], log


@settings(max_examples=400)
@given(st.lists(st.tuples(CELLS, PAIR, SHAPE), max_size=4), st.sampled_from(["row", "feature"]))
def test_a_row_is_imported_whole_or_refused_with_a_reason(given_rows, unit):
    rows = [SourceRow(number, *parts) for number, parts in enumerate(given_rows, 2)]
    found, log = checked(rows, unit)
    at_fault = {problem.row for problem in log.kept["error"]}
    assert at_fault == {row.number for row, one in zip(rows, found, strict=True) if one is None}
    names = [one.row_id for one in found if one]
    assert len(names) == len(set(names))
    for one in found:
        if one:
            is_sound(one)


def is_sound(one: ImportedRow) -> None:
    """Hold what the file of rows and the map rely on."""
    assert one.row_id
    assert (one.lon is None) == (one.lat is None)
    assert one.lon is None or (-180 <= one.lon <= 180 and -90 <= one.lat <= 90)
    assert Precision(one.precision)
    assert one.lon is not None or one.precision in ("country", "unknown")
    assert DatePrecision(one.date_precision)
    assert (one.date_start is None) == (one.date_end is None) == (one.date_precision == "unknown")
    assert one.date_start is None or dt.date(1900, 1, 1) <= one.date_start <= one.date_end
    assert one.killed_low is None or one.killed_high is None or one.killed_low <= one.killed_high
    assert one.other is None or isinstance(json.loads(one.other), dict)


@given(CELLS)
def test_no_cell_is_lost(cells):
    ((one,), _) = checked([SourceRow(2, {**cells, "colour": "red"})])
    if one is None:
        return
    kept = " ".join(str(value) for value in one)
    for column, value in cells.items():
        if (
            isinstance(value, str)
            and value.strip()
            and column not in ("lat", "lon", "killed", "killed_low", "killed_high")
        ):
            written = json.dumps(value, ensure_ascii=False)[1:-1]
            assert value.strip() in kept or written in kept or value == "" or column == "date"
    assert json.loads(one.other)["colour"] == "red"


def test_one_fault_hides_no_other():
    cells = {"id": "1", "date": "2025-11-26", "lat": "37.6", "lon": "70"}
    bad = {"id": "1", "date": "11/12/2025", "lat": "37.6", "lon": "", "killed": "many", "precision": "exact"}
    (_, two), log = checked([SourceRow(2, cells), SourceRow(3, bad)])
    assert two is None
    assert [problem.column for problem in log.kept["error"]] == ["id", "date", "lon", "precision", "killed"]
