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
    assert table[STRIKE]["said_by"].endswith("; 1 Nojor; and AFP, via ET Online")
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


def test_totals_stand_beside_the_records_that_they_speak_of(shown):
    two = "TJ-AF-2025-AGG-TWO"
    tied = {record_id: {total["id"] for total in detail["totals"]} for record_id, detail in shown.items()}
    assert tied[KAVO] == tied[BRIEF] == {MONTH}
    assert tied[STRIKE] == tied[ROAD] == {two}
    assert tied[MONTH] == {KAVO, BRIEF}
    assert tied[OPERATION] == set()
    assert "The events described here do not add up to that." in " ".join(shown[MONTH]["notes"])
    assert "add up" not in str(shown[KAVO]["notes"])


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


def heard(detail, label):
    return next(block["heard"] for block in detail["attributes"] if block["label"] == label)


def test_witnesses_are_counted_by_speaker_and_named(shown):
    assert heard(shown[STRIKE], "Killed") == (
        "4 witnesses in 5 reports: Chinese embassy, Tajik authorities; two reports in their own voice"
    )
    assert heard(shown[STRIKE], "Target") == "2 witnesses in 3 reports: Tajik foreign ministry, Chinese embassy"
    assert heard(shown[STRIKE], "Injured").startswith("3 witnesses in 4 reports: Chinese embassy; ")
    assert heard(shown[KAVO], "Killed") == ""


def test_every_claim_of_a_record_can_be_traced(shown, made):
    for record_id, detail in shown.items():
        told = {
            claim[0]
            for block in detail["attributes"]
            for statement in block["statements"]
            for said in statement["said"]
            for outlet in said["outlets"]
            for claim in outlet["claims"]
        }
        assert told >= {c.claim_id for c in made.published.tables.claims if c.record_id == record_id}


def test_a_reason_why_reports_differ_stands_only_where_a_decision_gives_one(shown, made):
    reasons = {decision.reason for decision in made.published.tables.decisions}
    for detail in shown.values():
        for block in detail["attributes"]:
            assert not block["why"] or all(part.rstrip(".") in " ".join(reasons) for part in block["why"].split(". "))


def test_decisions_are_in_words_with_their_source(shown):
    told = {decision["label"]: decision for decision in shown[KAVO]["decisions"]}
    assert told["Place"]["chosen"] == "Kavo"
    assert told["Place"]["source"] == "GeoNames 1221434"
    assert told["Killed"]["source"] == "Tajik officials in 1 Nojor"
    assert told["Date"]["chosen"] == "December 2025"
    assert told["Same event?"]["chosen"] == "“Incursion in Shamsiddin Shohin with five killed”"
    assert told["How precisely placed"]["chosen"] == "Town or village"
    assert {d["label"]: d["chosen"] for d in shown[OPERATION]["decisions"]}["Date"] == "by 22 November 2025"
    words = " ".join(str(value) for detail in shown.values() for d in detail["decisions"] for value in d.values())
    assert not re.search(r"TJ-AF|\bC\d{3}\b|tj-|1-nojor", words)


def test_same_event_says_how_it_is_counted_and_the_recorded_reason_on_both_records(shown):
    reason = "Same district, same month, same page, other numbers: kept as two records that may be one event."
    for record_id in (KAVO, BRIEF):
        assert shown[record_id]["same_why"] == f"Counted as one or two events. {reason}"


def test_the_river_has_both_scales_with_their_origin(shown):
    assert shown[KAVO]["where"]["river"] == {
        "text": "Panj km 252, Tajik bank",
        "why": "Panj km from the mouth at the Vakhsh. The same in border km, from the Uzbek tripoint: 334.",
    }
    assert shown[BRIEF]["where"]["river"]["text"].startswith("Along the whole area: ")
    assert shown[OPERATION]["where"]["river"] is None


def test_a_citation_has_no_brackets_in_brackets(shown):
    for detail in shown.values():
        assert not re.search(r"\([^()]*\(", detail["citation"]), detail["citation"]
    assert shown[KAVO]["citation"] == (
        "“Clash with three people at Kavo”. A Tuesday, probably December 2025 (report undated), Kavo. In: Map. "
        "Data version 0, record TJ-AF-2025-12-KAVO. Report: 1 Nojor."
    )


def test_what_differs_is_said_in_words_that_say_something(table):
    assert table["TJ-AF-2025-R-MEETING"]["differ"] == "What was said or done: three accounts."


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
