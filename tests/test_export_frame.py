"""What every export is made from: all records, claims and sources, with ranges, precision and missing values kept."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import shapely
from page_case import crowd, scene_of

from panjmap.data.counting import counting_sentences
from panjmap.data.coverage import coverage
from panjmap.data.date_codes import date_codes
from panjmap.data.model import DatePrecision
from panjmap.data.testimony import DateSpan
from panjmap.render.exports.columns import CLAIM_COLUMNS, COLUMNS, SOURCE_COLUMNS, TABLES
from panjmap.render.exports.frame import DIGITS, about, claims_frame, plain_rows, records_frame, sources_frame
from panjmap.render.prepare import read_scene
from panjmap.render.scene import Scene


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def records(scene):
    return {row["record_id"]: row for row in plain_rows(records_frame(scene))}


def test_every_record_is_there_in_the_order_of_the_page(scene):
    frame = records_frame(scene)
    assert list(frame["record_id"]) == [row.record_id for row in scene.rows]
    assert len(frame) == len(scene.published.tables.records)
    assert frame.crs == "EPSG:4326"


def test_the_columns_are_those_that_are_explained(scene):
    frames = {"records": records_frame(scene), "claims": claims_frame(scene), "sources": sources_frame(scene)}
    for name, frame in frames.items():
        names = [column for column in frame.columns if column != "geometry"]
        assert names == [column.name for column in TABLES[name]]
    for columns in (COLUMNS, CLAIM_COLUMNS, SOURCE_COLUMNS):
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.meaning.endswith(".") for column in columns)


def test_cells_are_of_the_type_of_their_column(scene):
    kinds = {"text": str, "texts": list, "integer": int, "number": float, "boolean": bool, "date": dt.date}
    for name, frame in (("records", records_frame(scene)), ("claims", claims_frame(scene))):
        for row in plain_rows(frame):
            for column in TABLES[name]:
                value = row[column.name]
                assert value is None or type(value) is kinds[column.type], (column.name, value)
                assert column.type != "texts" or value is not None


def test_a_range_an_or_more_and_a_word_stay_what_they_are(scene, records):
    for record_id, found in scene.evidence.items():
        for attribute, counts in (("killed", found.killed), ("injured", found.injured)):
            for group, count in counts.items():
                name = f"{attribute}_{group}"
                cells = [records[record_id][f"{name}_{part}"] for part in ("low", "high", "or_more", "words")]
                assert cells == [count.low, count.high, count.open_ended, list(count.words)]
    strike = records["TJ-AF-2025-11-26-A"]
    assert (strike["injured_civilian_low"], strike["injured_civilian_high"]) == (1, 2)
    assert strike["injured_civilian_words"] == ["several"]
    assert strike["killed_state_force_low"] is None
    assert strike["killed_state_force_or_more"] is None


def test_no_column_is_a_sum_over_groups(records):
    names = {name for name in next(iter(records.values())) if name.startswith(("killed", "injured"))}
    groups = ("civilian", "state_force", "alleged_attacker", "alleged_smuggler", "not_described")
    assert {name for name in names if not any(group in name for group in groups)} == {"killed_text", "injured_text"}


def test_a_place_is_as_precise_as_the_map_draws_it_and_no_more(scene):
    frame = records_frame(scene).set_index("record_id")
    for row in scene.rows:
        geometry = frame.geometry[row.record_id]
        assert (geometry is None) == (not row.drawn)
        if geometry is not None:
            assert geometry.is_valid
            assert geometry.hausdorff_distance(row.geometry) < 2 * 10.0**-DIGITS
            at = shapely.get_coordinates(geometry)
            assert (at == at.round(DIGITS)).all()
            rings = [part.exterior for part in shapely.get_parts(geometry)] if row.as_area else []
            assert all(ring.is_ccw for ring in rings)
    areas = frame[frame["drawn_as"] == "area"]
    assert areas["longitude"].isna().all()


def test_a_response_has_no_position_even_where_its_table_gives_one():
    scene = scene_of(shapes={"TJ-AF-2025-R-TALIBAN": ("settlement", shapely.Point(69, 38))})
    row = next(row for row in plain_rows(records_frame(scene)) if row["record_id"] == "TJ-AF-2025-R-TALIBAN")
    assert (row["drawn_as"], row["longitude"]) == ("none", None)


def test_claims_lead_to_their_passage_and_sources_say_what_the_page_says(scene, records):
    claims = list(plain_rows(claims_frame(scene)))
    assert len(claims) == len(scene.published.tables.claims)
    known = {claim["claim_id"] for claim in claims}
    assert all(set(row["claims"]) <= known for row in records.values())
    assert {claim["report_id"] for claim in claims} <= {row["report_id"] for row in plain_rows(sources_frame(scene))}
    assert all(claim["start"] < claim["end"] for claim in claims if claim["start"] is not None)


def test_only_plain_links_are_links():
    def bad(tables):
        reports = [r.model_copy(update={"url": "javascript:alert(1)"}) for r in tables.reports]
        return tables._replace(reports=tuple(reports))

    scene = scene_of(bad)
    assert {row["url"] for row in plain_rows(sources_frame(scene))} == {None}
    assert all(row["links"] == [] for row in plain_rows(records_frame(scene)))


def test_about_repeats_the_sentences_of_the_page(scene):
    told = about(scene)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["note"] == coverage(scene.published.tables, scene.evidence).not_complete_line
    assert told["counts"] == [f"{one.text}." for one in counting_sentences(scene.evidence)]
    assert told["data_version"] == scene.version
    assert (told["records"], told["on_the_map"]) == (len(scene.rows), len(scene.drawn))
    assert sum(records_frame(scene)["generalised"]) == len(scene.published.generalised)


def test_no_record_and_many_records_have_the_same_columns_and_types():
    none = records_frame(
        scene_of(lambda tables: tables._replace(records=(), record_places=(), decisions=()), shapes={})
    )
    change, shapes = crowd(30, [(1, 4)])
    many = records_frame(scene_of(change, shapes=shapes))
    assert len(none) == 0
    assert list(none.dtypes.items()) == list(many.dtypes.items())
    assert none.crs == many.crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("days", "codes"),
    [(1, (1, 1)), (2, (2, 2)), (6, (2, 2)), (7, (2, 3)), (30, (3, 4)), (365, (None, 5)), (400, (None, None))],
)
def test_dates_are_coded_by_how_long_they_may_be(days, codes):
    start = dt.date(2025, 1, 1)
    span = DateSpan(start, start + dt.timedelta(days - 1), DatePrecision.RANGE, "stated", None, False, False)
    assert date_codes(span) == codes
    assert date_codes(DateSpan(start, None, DatePrecision.UNKNOWN, "stated", None, False, True)) == (None, None)
