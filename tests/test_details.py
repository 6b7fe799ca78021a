"""What the panel and the table say of each packaged record, sentence by sentence where it matters."""

from __future__ import annotations

import re

import pytest

from panjmap.data.coverage import coverage
from panjmap.data.tables import PACKAGED
from panjmap.render.details import Details
from panjmap.render.lists import sources, table_rows
from panjmap.render.write import read_map

STRIKE, ROAD, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-12-KAVO"
BRIEF, NOV_2024, OPERATION = "TJ-AF-2025-12-SHOHIN5", "TJ-AF-2024-11-A", "TJ-AF-2025-11-22-A"
SEARCHES, ORDER, MONTH = "TJ-AF-2025-M-RAIDS", "TJ-AF-2025-M-EXPULSION", "TJ-AF-2025-12-AGG"


@pytest.fixture(scope="module")
def made():
    return read_map(PACKAGED).get_root().made


@pytest.fixture(scope="module")
def shown(made):
    details = Details(
        made.published.tables, made.evidence, made.rows, map_title="Map", data_version="0", border_offset=82.4
    )
    return {row.record_id: details.of(row) for row in made.rows}


@pytest.fixture(scope="module")
def table(made):
    return {row["id"]: row for row in table_rows(made.rows, made.evidence)}


def statements(detail, label):
    return [s["text"] for block in detail["attributes"] if block["label"] == label for s in block["statements"]]


@pytest.mark.parametrize(
    ("record_id", "words"),
    [
        (STRIKE, "Injured: 1, 2 or several. Also who the killed were, weapon and who is blamed."),
        (ROAD, "Means: gunmen or drone. Also who is blamed and motive."),
        (OPERATION, "Killed: 7 or 2 bodies found."),
        (KAVO, ""),
    ],
)
def test_the_table_says_in_a_few_words_where_reports_differ(table, record_id, words):
    assert table[record_id]["differ"] == words


def test_outlets_are_told_by_name_and_kept_apart(table, made):
    assert table[STRIKE]["said_by"].endswith("; 1 Nojor; and AFP, edited by ET Online Desk")
    assert [source["outlet"] for source in sources(made.published.tables)][2] == "Outlet unknown"


def test_named_speakers_are_listed_by_their_shortest_names(made):
    line = coverage(made.published.tables, made.evidence).line
    assert "Chinese embassy, Tajik foreign ministry" in line
    assert "Andrey Serenko (Russian analyst)" in line
    assert "Taliban, UNHCR" in line
    assert "MFA" not in line


def test_what_is_said_once_is_not_said_again(shown):
    for detail in shown.values():
        told = " ".join([detail["where"]["why"], *detail["notes"], *(block["why"] for block in detail["attributes"])])
        sentences = [one for one in re.split(r"(?<=\.) ", told) if one]
        assert len(sentences) == len(set(sentences)), detail["id"]
    assert shown[BRIEF]["where"]["why"] == "The report names the district and nothing finer. The area is drawn."
    assert shown[SEARCHES]["where"]["why"] == "Shown no finer than a district, to protect people."


def test_measures_say_that_one_undated_commentary_is_the_source(shown):
    for detail in (shown[SEARCHES], shown[ORDER]):
        assert detail["when"] == {
            "text": "Date not given",
            "why": "The report places it after 26 November 2025; other reporting dates a 15-day ultimatum to July "
            "2025, so two events may be conflated.",
        }
        assert "Said by one undated commentary, citing unnamed reports." in detail["notes"]


def test_the_total_of_the_month_stands_beside_both_december_records(shown):
    words = (
        "One report quotes officials: more than a dozen killed this month. The events described here do not add up to "
        "that."
    )
    assert all(words in shown[record_id]["notes"] for record_id in (KAVO, BRIEF, MONTH))


def test_records_are_named_by_title_never_by_id(shown):
    words = " ".join(note for detail in shown.values() for note in detail["notes"])
    assert "TJ-AF" not in words
    assert "five injured in “Drone strike on the workers camp of the gold company Shohin SM” and “Attack" in words


def test_dates_in_statements_are_in_words(shown):
    assert statements(shown[NOV_2024], "Date") == ["November 2024"]
    assert "26 November 2025, night" in statements(shown[STRIKE], "Date")


def test_nobody_is_said_to_speak_by_way_of_themselves(shown):
    for detail in shown.values():
        for said in (said for block in detail["attributes"] for s in block["statements"] for said in s["said"]):
            assert all(outlet["via"] != said["speaker"] for outlet in said["outlets"])


def test_where_says_how_the_position_was_made(shown):
    assert shown[KAVO]["where"]["how"] == (
        "Point of Kavo in a gazetteer (GeoNames 1221434), matched by a recorded decision, uncertain by about 3 km."
    )
    assert shown[SEARCHES]["where"]["text"] == "Vahdat and Rudaki districts"
    assert shown[STRIKE]["where"]["origin"] == (
        "From Afghanistan, per Tajik foreign ministry and Tajik officials; the Taliban deny any link"
    )


def test_nowhere_stands_a_range_for_kavo_that_no_report_gives(shown):
    words = str(shown[KAVO]).replace("\N{EN DASH}", " to ")
    assert "3 to 5" not in words
    assert shown[KAVO]["killed"]["text"] == "3"
