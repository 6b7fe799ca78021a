"""``check`` finds what does not fit in the tables, and says in plain words what to do."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest

from panjmap.data.model import (
    DatePrecision,
    PlaceRole,
    RecordPlace,
    Relation,
    RelationKind,
    Row,
    Sensitivity,
    Tables,
)
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.basemap import load_basemap
from panjmap.geo.check import LEVELS, Finding, as_dict, as_lines, check
from panjmap.geo.check_dates import weekday_conflicts

FIVE = read_tables(PACKAGED)
STRIKE, ROAD, KAVO, SHOHIN5 = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"
OPERATION, SEARCHES = "TJ-AF-2025-11-22-A", "TJ-AF-2025-M-RAIDS"


def changed(table: str, row_id: str, tables: Tables = FIVE, **values: object) -> Tables:
    key = next(iter(type(getattr(FIVE, table)[0]).model_fields))
    rows = tuple(r.model_copy(update=values) if getattr(r, key) == row_id else r for r in getattr(tables, table))
    assert rows != getattr(tables, table)
    return tables._replace(**{table: rows})


def more(table: str, row: Row, tables: Tables = FIVE) -> Tables:
    return tables._replace(**{table: (*getattr(tables, table), row)})


def claim(original: str, /, **values: object) -> Row:
    return next(c for c in FIVE.claims if c.claim_id == original).model_copy(update=values)


def found(tables: Tables, rule: str) -> list[Finding]:
    return [one for one in check(tables) if one.rule == rule]


def new(tables: Tables) -> list[str]:
    """Return the ids of what is found beyond the five reports."""
    return sorted({one.id for one in check(tables)} - {one.id for one in check(FIVE)})


def test_the_five_reports_have_no_error():
    assert not [one for one in check(FIVE) if one.level == "error"]


def test_every_contradiction_of_the_relations_is_in_one_finding():
    for relation in FIVE.relations:
        if relation.relation is RelationKind.CONTRADICTS:
            pair = {relation.claim_a, relation.claim_b}
            assert [one for one in check(FIVE) if pair <= set(one.claim_ids)], pair


def test_a_finding_says_whether_a_rule_or_a_relation_made_it():
    bases = {one.id: one.basis for one in check(FIVE)}
    assert bases["contradiction:X18"] == "relation"
    assert bases[f"numbers-differ:{STRIKE}:injured:civilian"] == "rule"
    alone = {one.id for one in check(FIVE._replace(relations=()))}
    assert {name for name, basis in bases.items() if basis == "rule"} == alone


def test_what_a_relation_adds_to_a_rule_is_one_finding():
    (labels,) = [one for one in check(FIVE) if one.id == f"labels-differ:{STRIKE}:perpetrator"]
    assert {"C009", "C022", "C038", "C060"} <= set(labels.claim_ids)
    assert "Noted in relations.csv" in labels.message
    assert "It adds" in labels.message


def test_a_contradiction_without_an_id_in_its_note_is_one_of_its_own():
    tied = Relation(claim_a="C032", claim_b="C054", relation=RelationKind.CONTRADICTS, note=None)
    assert new(more("relations", tied)) == ["contradiction:C032:C054"]
    assert new(more("relations", tied.model_copy(update={"relation": RelationKind.SUPPORTS}))) == []


def test_relations_of_one_thing_without_an_id_are_one_finding():
    bare = tuple(r.model_copy(update={"note": None}) for r in FIVE.relations)
    contradictions = [one for one in check(FIVE._replace(relations=bare)) if one.basis == "relation"]
    assert sorted(one.id for one in contradictions) == sorted({one.id for one in contradictions})
    assert len(contradictions) <= 12


def test_the_injured_of_both_attacks_do_not_add_up():
    (sum_,) = found(FIVE, "sum")
    assert sum_.record_ids == ("TJ-AF-2025-AGG-TWO", STRIKE, ROAD)
    assert sum_.attribute == "injured"
    assert "5 injured in all (civilians; C046: Tajik MFA (Monday))" in sum_.message
    assert f"3 to 4 ({STRIKE} 1 to 2, {ROAD} 2)" in sum_.message


def test_the_count_for_december_is_not_explained_by_the_events_described():
    (total,) = found(FIVE._replace(relations=()), "total-not-explained")
    assert total.level == "note"
    assert [one.level for one in found(FIVE, "total-not-explained")] == ["warning"]
    assert "13 or more killed in all" in total.message
    assert "give 3 to 8" in total.message


def test_one_ministry_statement_on_two_attacks_is_found():
    assert [set(one.claim_ids) for one in found(FIVE, "statement-on-two-records")] == [{"C058", "C106", "C099"}]


def test_numbers_that_no_relation_sets_against_each_other_are_found():
    tables = more("claims", claim("C062", claim_id="N1", value_low=4, value_high=4))
    (one,) = [f for f in found(tables, "numbers-differ") if f.attribute == "killed"]
    assert one.record_ids == (STRIKE,)
    assert one.level == "warning"
    assert "4 (N1: outlet unknown)" in one.message


@pytest.mark.parametrize(
    ("text", "conflicts"),
    [
        ("2025-11-26, late, a Wednesday", []),
        ("2025-11-26, late, a Tuesday", [("Tuesday", dt.date(2025, 11, 26))]),
        ("on a Monday, 1 December 2025", []),
        ("Tuesday, 1 Dec 2025", [("Tuesday", dt.date(2025, 12, 1))]),
        ("a Tuesday, date not given", []),
        ("Friday 31 February 2025", []),
    ],
)
def test_weekdays_are_checked_against_the_date_beside_them(text: str, conflicts: list[tuple[str, dt.date]]):
    assert weekday_conflicts(text) == conflicts


def test_a_wrong_weekday_in_a_claim_is_a_warning():
    (one,) = found(changed("claims", "C102", value_text="2025-11-26, late, a Thursday"), "weekday")
    assert one.claim_ids == ("C102",)
    assert "26 Nov 2025 was a Wednesday, not a Thursday" in one.message


def test_a_day_that_is_not_the_weekday_another_claim_gives_is_found():
    sixth = claim("C088", claim_id="S2", value_text="2025-12-24")
    (one,) = found(more("claims", sixth), "weekday")
    assert one.record_ids == (KAVO,)
    assert not found(more("claims", claim("C088", claim_id="S2", value_text="2025-12-23")), "weekday")


def test_the_day_of_a_statement_taken_for_the_day_of_the_event_is_found():
    day = dt.date(2025, 11, 22)
    tables = changed("records", OPERATION, date_start=day, date_end=day, date_precision=DatePrecision.DAY)
    assert new(tables) == ["statement-date:C068"]


def test_an_event_after_its_report_was_published_is_an_error():
    (one,) = found(changed("claims", "C030", value_text="2025-12-30"), "after-report")
    assert one.level == "error"
    assert one.claim_ids == ("C030",)


def test_dates_that_claims_contradict_are_found():
    day = dt.date(2025, 11, 20)
    (one,) = found(changed("records", ROAD, date_start=day, date_end=day), "date-differs")
    assert one.record_ids == (ROAD,)


def test_a_village_without_a_decision_is_found():
    tables = FIVE._replace(decisions=tuple(d for d in FIVE.decisions if d.record_id != KAVO))
    (one,) = found(tables, "no-decision")
    assert one.id == f"no-decision:{KAVO}:place:kavok"
    assert "decisions.csv" in one.message


def test_a_record_without_claims_is_an_error():
    tables = FIVE._replace(claims=tuple(c for c in FIVE.claims if c.record_id != SHOHIN5), relations=())
    assert [one.record_ids for one in found(tables, "no-claims")] == [(SHOHIN5,)]


def test_an_event_place_that_no_claim_names_is_a_note():
    link = RecordPlace(record_id=ROAD, place_id="tj-vanj", role=PlaceRole.EVENT)
    assert new(more("record_places", link)) == [f"place-without-claim:{ROAD}:place:tj-vanj"]


def test_an_event_on_both_banks_is_an_error():
    link = RecordPlace(record_id=ROAD, place_id="af-maymay", role=PlaceRole.EVENT)
    (one,) = found(more("record_places", link), "two-countries")
    assert one.level == "error"
    assert "AF (af-maymay) and TJ (" in one.message


def test_a_claim_that_places_an_event_on_the_other_bank_is_found():
    (one,) = found(changed("claims", "C055", place_id=("af-bds",)), "wrong-country")
    assert one.claim_ids == ("C055",)


def test_a_place_outside_the_country_of_its_parent_is_an_error():
    assert [one.id for one in found(changed("places", "kavok", country="AF"), "place-country")] == [
        "place-country:kavok"
    ]


def test_a_point_on_the_other_bank_is_an_error_only_where_it_is_drawn():
    ground = load_basemap()
    banks = [one for one in check(FIVE, ground) if one.rule == "wrong-bank"]
    assert {one.level for one in banks} <= {"note"}
    across = changed("places", "kavok", lat=37.1, lon=70.4)
    (kavok,) = [one for one in check(across, ground) if one.id == "wrong-bank:kavok"]
    assert kavok.level == "error"
    assert "km inside AF" in kavok.message


def test_a_link_that_points_one_way_is_a_note():
    assert new(changed("records", KAVO, possible_same_as=())) == [f"one-way-link:{SHOHIN5}:{KAVO}:possible_same_as"]


def test_two_events_on_the_same_days_and_place_without_a_link_are_found():
    tables = changed("records", SHOHIN5, changed("records", KAVO, possible_same_as=()), possible_same_as=())
    (double,) = found(tables, "possible-double")
    assert double.id == f"possible-double:{KAVO}:{SHOHIN5}"
    assert {"C078", "C087"} <= set(double.claim_ids)


def test_a_claim_that_stands_twice_is_found():
    assert "claim-twice:C001:T1" in new(more("claims", claim("C001", claim_id="T1")))


def test_a_report_that_stands_twice_is_found_unless_it_is_marked_as_a_reprint():
    first = FIVE.reports[0]
    again = first.model_copy(update={"report_id": "again"})
    assert new(more("reports", again)) == [f"report-twice:{first.report_id}:again"]
    assert new(more("reports", again.model_copy(update={"derived_from": (first.report_id,)}))) == []


def test_sensitive_records_are_pointed_out():
    assert new(changed("records", SEARCHES, sensitivity=Sensitivity.PUBLIC)) == [f"sensitivity:{SEARCHES}:sensitivity"]
    assert new(changed("records", KAVO, sensitivity=Sensitivity.WITHHOLD)) == [f"sensitivity:{KAVO}:sensitivity"]


def test_findings_are_ordered_unique_and_the_same_every_time():
    findings = check(FIVE)
    assert findings == check(FIVE)
    assert len({one.id for one in findings}) == len(findings)
    levels = [LEVELS.index(one.level) for one in findings]
    assert levels == sorted(levels)


def test_findings_go_into_json_and_into_lines():
    rows = json.loads(json.dumps(as_dict(check(FIVE))))["findings"]
    assert set(rows[0]) == {"id", "level", "rule", "record_ids", "attribute", "claim_ids", "message", "basis"}
    lines = as_lines(check(FIVE), {STRIKE: "A title"}).splitlines()
    assert len([line for line in lines if line.startswith(("  warning: ", "  note: "))]) == len(rows)
    assert lines[0] == f"{STRIKE} (A title)"
    assert lines[-1].startswith("0 errors, ")
    assert as_lines([]) == "0 errors, 0 warnings, 0 notes"


def test_findings_carry_no_control_characters():
    tables = changed("claims", "C056", value_text="gun\x1bmen \u202eon foot\ud800")
    for one in check(tables):
        one.message.encode("utf-8")
        assert "\x1b" not in one.message


def test_no_records_nothing_found():
    empty = Tables(*[() for _ in Tables._fields])
    assert check(empty) == ()


def test_the_command_loads_no_frame_no_folium_and_no_figure():
    code = """
import sys
from panjmap.cli import main
try:
    main(["check"])
except SystemExit as end:
    print(end.code, {"pandas", "geopandas", "folium", "matplotlib", "pyarrow"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 set()"


def test_checking_loads_no_geometry():
    code = "import sys, panjmap.geo.check; print({'shapely', 'geopandas', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
