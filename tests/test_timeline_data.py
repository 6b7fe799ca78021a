"""What the timeline says in words: labels of marks, and what aggregate statements tell of a span without records."""

from __future__ import annotations

import datetime as dt

import pytest
from page_case import crowd, scene_of

from panjmap.render.timeline_data import MARKS, UNDATED, timeline_block, total

AGGREGATE = "TJ-AF-2025-AGG-SMUG"


def changed(record_id, **update):
    """Change one record of the packaged tables."""

    def change(tables):
        records = (r.model_copy(update=update) if r.record_id == record_id else r for r in tables.records)
        return tables._replace(records=tuple(records))

    return change


def told(**update):
    return total(scene_of(changed(AGGREGATE, **update)).evidence[AGGREGATE])


def test_the_aggregate_is_told_with_its_own_number_period_and_reports():
    one = told()
    assert (one.start, one.end) == (dt.date(2025, 6, 1), dt.date(2025, 11, 30))
    assert one.sentence == (
        "One report counts at least 10 clashes with smugglers in the six months before December 2025."
    )


def test_only_an_aggregate_that_counts_events_speaks_of_a_gap():
    block = timeline_block(scene_of())
    assert len(block["totals"]) == 1
    assert block["totals"][0][:2] == [20240, 20422]


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("not given: two months before 3 March 2025", "in the two months before March 2025"),
        ("not given: 14 months before an undated report of January 2025", "in the 14 months before January 2025"),
    ],
)
def test_a_period_is_read_from_the_reason_of_the_date(basis, words):
    assert told(date_basis=basis).sentence.endswith(f"{words}.")


@pytest.mark.parametrize(
    "basis",
    [
        "not given",
        "not given: some months",
        "not given: 0 months before May 2025",
        "not given: 99999 months before May 2025",
    ],
)
def test_a_total_without_a_period_says_nothing(basis):
    assert told(date_basis=basis) is None


def test_a_period_of_its_own_is_used():
    one = told(date_start=dt.date(2025, 3, 1), date_end=dt.date(2025, 5, 31), date_basis="stated")
    assert one.sentence.endswith("in March to May 2025.")


def test_labels_are_short_and_none_reads_like_another():
    labels = timeline_block(scene_of())["labels"]
    assert labels["TJ-AF-2025-11-26-A"] == "Drone strike, 3 killed"
    assert labels["TJ-AF-2025-11-22-A"] == "Operation against alleged smugglers (stated on 22 Nov 2025)"
    assert labels["TJ-AF-2025-R-SCNS"] == "Statement, SCNS"
    assert len(set(labels.values())) == len(labels)
    assert not any("AGG" in record_id for record_id in labels)


def test_many_records_have_no_label_each():
    change, shapes = crowd(MARKS)
    labels = timeline_block(scene_of(change, shapes=shapes))["labels"]
    assert len(labels) <= UNDATED
