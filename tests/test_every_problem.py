"""One run tells all that is wrong: a bad cell hides neither the others of its row nor what they refer to."""

from __future__ import annotations

from pathlib import Path

import pytest

from panjmap.data.errors import TableErrors
from panjmap.data.tables import read_tables


def found(folder: Path) -> list[tuple[str, int | None, str | None, str | None]]:
    with pytest.raises(TableErrors) as caught:
        read_tables(folder)
    return [(Path(p.file).stem, p.row, p.column, p.value) for p in caught.value.problems]


def test_a_row_with_a_bad_cell_still_has_its_ids_checked(folder, edit):
    edit("claims", 2, value_low="three", record_id="NOPE", start="-4")
    edit("claims", 3, place_id="nowhere;tj-kt")
    edit("records", 2, kind="war", possible_same_as="XX")
    edit("relations", 2, relation="denies", claim_a="C999")
    edit("decisions", 2, decided_on="soon", record_id="QQ", source="C998")
    edit("places", 3, area_km2="0", parent_id="qq")
    assert found(folder) == [
        ("records", 2, "kind", "war"),
        ("records", 2, "possible_same_as", "XX"),
        ("claims", 2, "value_low", "three"),
        ("claims", 2, "start", "-4"),
        ("claims", 2, "record_id", "NOPE"),
        ("claims", 3, "place_id", "nowhere"),
        ("relations", 2, "relation", "denies"),
        ("relations", 2, "claim_a", "C999"),
        ("decisions", 2, "decided_on", "soon"),
        ("decisions", 2, "record_id", "QQ"),
        ("decisions", 2, "source", "C998"),
        ("places", 3, "area_km2", "0"),
        ("places", 3, "parent_id", "qq"),
    ]


def test_rules_between_the_readable_cells_of_a_row_are_checked(folder, edit):
    edit("records", 3, title="", date_end="2024-01-01", date_precision="range")
    edit("places", 2, level="planet", lat="999")
    assert found(folder) == [
        ("records", 3, "title", ""),
        ("records", 3, "date_end", "2024-01-01"),
        ("places", 2, "level", "planet"),
        ("places", 2, "lat", "999"),
    ]


def test_ids_of_a_row_with_too_many_cells_are_not_called_unknown_but_others_are(folder, edit):
    path = folder / "records.csv"
    path.write_text(
        path.read_text("utf-8").replace("TJ-AF-2025-12-KAVO,attack", "TJ-AF-2025-12-KAVO,x,attack"), "utf-8"
    )
    edit("claims", 2, record_id="NOPE")
    assert found(folder) == [
        ("records", 4, None, "TJ-AF-2025-12-KAVO"),
        ("claims", 2, "record_id", "NOPE"),
    ]


def test_of_a_column_that_is_there_twice_the_first_counts(folder):
    path = folder / "records.csv"
    path.write_text(path.read_text("utf-8").replace(",note\n", ",title\n", 1), "utf-8")
    assert found(folder) == [("records", 1, "title", None), ("records", 1, "note", None)]


def test_a_folder_in_place_of_a_table_is_called_a_folder(folder):
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").mkdir()
    with pytest.raises(TableErrors, match=r"expected a file.*folder of this name"):
        read_tables(folder)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("26.11.2025", "Fix: write 2025-11-26."),
        ("03.12.2025", "cannot be told apart: write 2025-12-03 or 2025-03-12."),
        ("31.11.2025", "there is no such day."),
    ],
)
def test_a_date_with_dots_is_answered_with_days_that_exist(folder, edit, written, advice):
    edit("decisions", 2, decided_on=written)
    with pytest.raises(TableErrors) as caught:
        read_tables(folder)
    assert str(caught.value).endswith(advice)
