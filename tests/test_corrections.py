"""Corrections: how merged, withdrawn and corrected records are written, checked and published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from panjmap.data.errors import Problem, TableErrors
from panjmap.data.fates import chain, former_ids
from panjmap.data.model import Change, Sensitivity
from panjmap.data.publish import public
from panjmap.data.tables import PACKAGED, read_tables

CAMP, KAVO, SEARCHES = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-M-RAIDS"
DAY = dt.date(2026, 2, 3)


def row(record_id, new, attribute="record", old="", reason="One clash told twice."):
    return f"2026-02-03,{record_id},{attribute},{old},{new},{reason}\n"


@pytest.fixture
def told(folder: Path):
    """Add rows to the corrections of copied tables, and tell what is wrong with them: row, column, expected."""

    def problems(*rows: str) -> list[tuple[int | None, str | None, str]]:
        path = folder / "changes.csv"
        path.write_text(path.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8", newline="")
        found: tuple[Problem, ...] = ()
        try:
            read_tables(folder)
        except TableErrors as error:
            found = error.problems
        assert all(Path(problem.file).name == "changes.csv" for problem in found)
        return [(problem.row, problem.column, problem.expected) for problem in found]

    return problems


SOUND = [
    [row(KAVO, "3", "killed", "4")],
    [row("OLD", f"merged: {KAVO}", old="An older title")],
    [row("OLD", f"merged:{KAVO}"), row("OLD", "3", "killed", "4")],
    [row("OLD", "withdrawn"), row("OLD", "3", "killed", "4")],
    [row("OLDEST", "merged: OLD"), row("OLD", f"merged: {KAVO}")],
    [row("OLDEST", "merged: OLD"), row("OLD", "withdrawn")],
]


@pytest.mark.parametrize("rows", SOUND)
def test_corrections_mergers_and_withdrawals_are_taken(told, rows):
    assert told(*rows) == []


FAULTY = [
    ([row(KAVO, "3")], "new", "`merged: ID` or `withdrawn`"),
    ([row("OLD", "")], "new", "`merged: ID` or `withdrawn`"),
    ([row("OLD", "merged: no id at all")], "new", "`merged: ID` or `withdrawn`"),
    ([row("OLD", "Withdrawn!")], "new", "`merged: ID` or `withdrawn`"),
    ([row(KAVO, "withdrawn")], "record_id", "stands no longer in records.csv"),
    ([row(KAVO, f"merged: {CAMP}")], "record_id", "stands no longer in records.csv"),
    ([row("OLD", "merged: NOWHERE")], "new", "one that was itself merged or withdrawn"),
    ([row("OLD", "merged: OLD")], "new", "does not lead back here"),
    ([row("NEVER", "3", "killed", "4")], "record_id", "that changes.csv says was merged or withdrawn"),
]


@pytest.mark.parametrize(("rows", "column", "expected"), FAULTY)
def test_each_fault_has_one_clear_message(told, rows, column, expected):
    found = told(*rows)
    assert [(number, where) for number, where, _ in found] == [(2, column)]
    assert expected in found[0][2]


def test_a_circle_of_mergers_is_told_at_each_of_its_rows(told):
    found = told(row("A", "merged: B"), row("B", "merged: C"), row("C", "merged: A"), row("D", "merged: C"))
    assert [(number, column) for number, column, _ in found] == [(n, "new") for n in (2, 3, 4, 5)]


def test_a_record_ends_once(told):
    found = told(row("OLD", "withdrawn"), row("OLD", f"merged: {KAVO}"))
    assert found == [(3, "record_id", "one row that says what became of a record")]


def test_a_mistyped_target_is_answered_with_the_nearest_id(folder, told):
    path = folder / "changes.csv"
    path.write_text(path.read_text(encoding="utf-8") + row("OLD", "merged: TJ-AF-2025-12-KAV0"), encoding="utf-8")
    with pytest.raises(TableErrors, match='did you mean "TJ-AF-2025-12-KAVO"'):
        read_tables(folder)


def test_chains_are_followed_and_circles_end():
    targets = {"A": "B", "B": "C", "C": None, "X": "Y", "Y": "X"}
    assert chain("A", targets) == ["B", "C"]
    assert chain("C", targets) == []
    assert chain("X", targets) == ["Y", "X"]


# ---------------------------------------------------------------- what is published


def change(record_id, new, attribute="record", old=None, reason="Told twice."):
    return Change(date=DAY, record_id=record_id, attribute=attribute, old=old, new=new, reason=reason)


def tables_with(*changes, withheld=()):
    tables = read_tables(PACKAGED)
    records = tuple(
        r.model_copy(update={"sensitivity": Sensitivity.WITHHOLD}) if r.record_id in withheld else r
        for r in tables.records
    )
    return tables._replace(records=records, changes=changes)


def test_a_withheld_record_may_be_withdrawn_and_leaves_no_trace(told, folder, edit):
    edit("records", 4, sensitivity="withhold")
    assert told(row(KAVO, "withdrawn", old="Clash at Kavo"), row("OLD", f"merged: {KAVO}", old="The Kavo brief")) == []
    assert public(read_tables(folder)).tables.changes == ()


def test_what_was_merged_into_a_withheld_record_leaves_no_trace_by_whatever_way():
    changes = (
        change("OLDEST", "merged: OLD", old="The oldest title"),
        change("OLD", f"merged: {KAVO}", old="The older title"),
        change("OLD", "4", "killed", old="5"),
        change("GONE", "withdrawn", reason="See OLDEST and The older title."),
        change(CAMP, "x", "note", old="As in OLD"),
    )
    kept = public(tables_with(*changes, withheld={KAVO})).tables.changes
    assert [(c.record_id, c.new, c.old) for c in kept] == [("GONE", "withdrawn", None), (CAMP, "x", None)]
    assert kept[0].reason == "See [withheld] and [withheld]."
    assert former_ids(changes, {KAVO}) == {"OLDEST", "OLD"}


def test_the_id_of_a_merger_is_never_taken_for_the_name_of_a_place():
    changes = (change("V-VAHDAT-1", f"merged: {SEARCHES}", old="Searches in Vahdat town"),)
    (kept,) = public(tables_with(*changes)).tables.changes
    assert kept.new == f"merged: {SEARCHES}"
    assert kept.old == "Searches in Vahdat District"
