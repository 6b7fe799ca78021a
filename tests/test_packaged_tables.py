"""The packaged tables against the facts they are made from (ids, numbers, offsets; no text of a report)."""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from panjmap.data.model import TYPES_OF_KIND, DatePrecision, Kind, NameKind, PlaceLevel, PlaceRole, Sensitivity, Tables
from panjmap.data.tables import PACKAGED, data_version, read_tables

FACTS: dict[str, Any] = json.loads((Path(__file__).parent / "facts" / "five_reports.json").read_text(encoding="utf-8"))

#: Words for which a named speaker would be needed.
UNWANTED = re.compile(r"\b(raid|raids|infiltrator|infiltrators|eliminated|neutralised|confirmed|terrorists?)\b", re.I)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(PACKAGED)


def facts(name: str) -> list[dict[str, Any]]:
    columns = FACTS[f"{name[:-1]}_columns"]
    return [dict(zip(columns, row, strict=True)) for row in FACTS[name]]


def plain(value: object) -> object:
    """Dates and enum members as the facts write them, tuples as lists."""
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, int | float) else str(value)


def test_nothing_of_the_facts_is_missing(tables: Tables) -> None:
    counts = {name: len(getattr(tables, name)) for name in ("reports", "claims", "records", "speakers", "places")}
    assert counts == {"reports": 5, "claims": 123, "records": 18, "speakers": 20, "places": 106}
    assert len(FACTS["contradictions"]) == 20


def test_reports_are_those_whose_sums_are_known(tables: Tables) -> None:
    assert {report.sha256: report.chars for report in tables.reports} == FACTS["reports"]


def test_only_one_report_is_dated_and_none_has_an_invented_link(tables: Tables) -> None:
    assert [str(report.published) for report in tables.reports if report.published] == ["2025-12-02"]
    assert {report.url for report in tables.reports} == {None}


@pytest.mark.parametrize("fact", facts("claims"), ids=lambda fact: fact["claim_id"])
def test_each_claim_carries_number_speaker_modality_and_span_of_its_fact(fact: dict[str, Any], tables: Tables) -> None:
    claim = next(claim for claim in tables.claims if claim.claim_id == fact["claim_id"])
    report = next(report for report in tables.reports if report.report_id == claim.report_id)
    assert str(report.sha256).startswith(fact.pop("report_sha256"))
    assert {name: plain(getattr(claim, name)) for name in fact} == fact


@pytest.mark.parametrize("fact", facts("records"), ids=lambda fact: fact["record_id"])
def test_each_record_carries_kind_dates_and_places_of_its_fact(fact: dict[str, Any], tables: Tables) -> None:
    record = next(record for record in tables.records if record.record_id == fact["record_id"])
    for role in (PlaceRole.EVENT, PlaceRole.ORIGIN, PlaceRole.GENERALISED):
        places = [p.place_id for p in tables.record_places if p.record_id == record.record_id and p.role is role]
        assert places == fact.pop(role.value)
    same = fact.pop("possible_same_as")
    assert list(record.possible_same_as) == ([same] if same else [])
    assert {name: plain(getattr(record, name)) for name in fact} == fact


@pytest.mark.parametrize("name", FACTS["contradictions"])
def test_each_contradiction_is_a_relation_that_reaches_all_its_claims(name: str, tables: Tables) -> None:
    rows = [row for row in tables.relations if (row.note or "").startswith(f"{name}: ")]
    assert rows
    assert {claim for row in rows for claim in (row.claim_a, row.claim_b)} >= set(FACTS["contradictions"][name])


def test_places_keep_keys_coordinates_and_gazetteer_ids(tables: Tables) -> None:
    columns = FACTS["place_columns"]
    assert [[getattr(place, name) for name in columns] for place in tables.places] == FACTS["places"]


def test_speakers_are_those_of_the_facts(tables: Tables) -> None:
    assert [speaker.speaker_id for speaker in tables.speakers] == FACTS["speakers"]


def test_places_lie_in_larger_ones_up_to_their_country(tables: Tables) -> None:
    places = {place.place_id: place for place in tables.places}
    order = list(PlaceLevel)
    for place in tables.places:
        parent = places.get(place.parent_id or "")
        if parent is None:
            assert place.level in (PlaceLevel.COUNTRY, PlaceLevel.LINE)
            continue
        assert parent.country == place.country
        assert order.index(parent.level) < order.index(place.level)
    for name, above in {"kavok": "tj-shohin", "shodak": "tj-darvoz", "tj-vahdat": "tj-vahdat-district"}.items():
        assert places[name].parent_id == above


def test_names_are_single_names_in_the_script_they_claim(tables: Tables) -> None:
    scripts = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC"}
    for row in tables.place_names:
        assert not re.search(r"[()|]| / |\d{4}", row.name), row
        letters = [unicodedata.name(letter) for letter in row.name if letter.isalpha()]
        assert all(scripts[row.script] in letter for letter in letters), row
    assert {row.script for row in tables.place_names} == set(scripts)
    assert {row.place_id for row in tables.place_names} == {place.place_id for place in tables.places}


def test_former_names_are_clean(tables: Tables) -> None:
    former = {row.name for row in tables.place_names if row.place_id == "tj-shohin" and row.kind is NameKind.FORMER}
    assert {"Shuroobod District", "Shurobod District", "Shurabad District"} <= former


def test_measures_against_people_are_generalised_to_districts(tables: Tables) -> None:
    levels = {place.place_id: place.level for place in tables.places}
    for record in tables.records:
        if record.kind is Kind.MEASURE:
            assert record.sensitivity is Sensitivity.GENERALISE
            drawn = [
                p for p in tables.record_places if p.record_id == record.record_id and p.role is PlaceRole.GENERALISED
            ]
            assert all(levels[place.place_id] is PlaceLevel.DISTRICT for place in drawn)


def test_no_withheld_record_is_packaged(tables: Tables) -> None:
    assert not [record.record_id for record in tables.records if record.sensitivity is Sensitivity.WITHHOLD]


def test_every_casualty_claim_names_a_victim_group(tables: Tables) -> None:
    assert all(c.victim_group for c in tables.claims if re.match("killed|injured|bodies|unaccounted", c.attribute))


def test_types_fit_their_kinds_and_assumed_dates_say_so(tables: Tables) -> None:
    for record in tables.records:
        assert set(record.claimed_types) <= set(TYPES_OF_KIND[record.kind])
        if record.date_precision is DatePrecision.UNKNOWN:
            assert record.date_basis.startswith("not given: ")


def test_the_needed_decisions_are_recorded_with_reason_and_source(tables: Tables) -> None:
    decided = {(d.record_id, d.attribute): (d.chosen, d.source) for d in tables.decisions}
    assert decided["TJ-AF-2025-12-KAVO", "place"] == ("kavok", "GeoNames 1221434")
    assert decided["TJ-AF-2025-11-30-A", "place"] == ("shodak", "GeoNames 1220573")
    assert decided["TJ-AF-2025-12-KAVO", "killed"] == ("3", "C087")
    assert all(decision.reason.endswith(".") for decision in tables.decisions)


def test_no_word_judges_where_no_named_speaker_does(tables: Tables) -> None:
    texts = [text for record in tables.records for text in (record.title, record.note, record.date_basis)]
    texts += [c.value_text for c in tables.claims if c.speaker_id in ("report", "unnamed-reports")]
    texts += [text for decision in tables.decisions for text in (decision.reason, decision.chosen)]
    assert [text for text in texts if text and UNWANTED.search(text)] == []


def test_the_version_of_the_data_changes_with_any_value(tables: Tables) -> None:
    assert re.fullmatch("[0-9a-f]{12}", data_version(tables))
    changed = tables.records[0].model_copy(update={"title": "Another title"})
    assert data_version(tables._replace(records=(changed, *tables.records[1:]))) != data_version(tables)
    assert data_version(read_tables(PACKAGED)) == data_version(tables)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def test_no_eight_words_of_a_report_stand_in_a_table() -> None:
    shared = os.environ.get("PANJMAP_SHARED")
    if not shared:
        pytest.skip(
            "PANJMAP_SHARED is not set: it names the folder that holds reports/ with the texts of the five reports"
        )
    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(shared) / "reports").glob("*.txt"))]
    assert len(texts) == 5
    known = set().union(*(runs(text) for text in texts))
    for file in sorted(PACKAGED.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for number, cells in enumerate(csv.reader(stream), start=1):
                found = [" ".join(run) for cell in cells for run in runs(cell) & known]
                assert not found, f"{file.name}, row {number}"


def test_the_spans_of_claims_lie_in_the_texts_they_were_measured_on(tables: Tables) -> None:
    import hashlib

    shared = os.environ.get("PANJMAP_SHARED")
    if not shared:
        pytest.skip(
            "PANJMAP_SHARED is not set: it names the folder that holds reports/ with the texts of the five reports"
        )
    sums = {}
    for path in (Path(shared) / "reports").glob("*.txt"):
        sums[hashlib.sha256(path.read_bytes()).hexdigest()] = len(path.read_bytes().decode())
    assert sums == {report.sha256: report.chars for report in tables.reports}
