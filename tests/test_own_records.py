"""Records of a user's own: drawn no finer than reports allow, and described as what they are."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from panjmap.data.model import Decision, PlaceRole, RecordPlace, Tables
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import load_areas
from panjmap.geo.check import check
from panjmap.geo.locate import locate
from panjmap.geo.river import load_river

Place = Callable[..., Any]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(PACKAGED)


def with_record(tables: Tables, event: Sequence[str], decided: str | None = None) -> Tables:
    """The tables with one more record at these places, and a decision on the place if one is given."""
    record = tables.records[0].model_copy(update={"record_id": "NEW", "possible_same_as": ()})
    links = [RecordPlace(record_id="NEW", place_id=place, role=PlaceRole.EVENT) for place in event]
    made = [
        Decision(
            record_id="NEW",
            attribute="place",
            chosen=decided,
            reason="said so",
            source="a gazetteer",
            decided_on=dt.date(2026, 1, 1),
        )
        for _ in range(1 if decided else 0)
    ]
    return tables._replace(
        records=(*tables.records, record),
        record_places=(*tables.record_places, *links),
        decisions=(*tables.decisions, *made),
    )


@pytest.fixture(scope="module")
def placed(tables) -> Place:
    river = load_river()
    areas = load_areas(tables.places, river)

    def place(*event: str, decided: str | None = None) -> Any:
        more = with_record(tables, event, decided)
        mine = more._replace(records=more.records[-1:])
        return locate(mine, areas, river).loc["NEW"]

    return place


def test_a_town_outside_every_known_region_is_in_its_country(placed):
    row = placed("kabul")
    assert (row.precision, row.place_name, row.country) == ("country", "Afghanistan", "AF")
    assert "Kabul" in row.how


def test_a_village_nobody_decided_on_is_not_said_to_be_a_district(placed):
    row = placed("kavok")
    assert (row.precision, row.place_name) == ("district", "Shamsiddin Shohin District")
    assert row.how.startswith("reports name Kavo; not settled to one point")
    assert placed("tj-shohin").how == "reports name the district: Shamsiddin Shohin District"


def test_a_road_lies_in_its_region_and_a_river_in_nothing(placed):
    assert (placed("road-kvr").precision, placed("road-kvr").iso_3166_2) == ("region", "TJ-GB")
    assert placed("river-panj").precision == "unknown"


def test_a_town_far_from_the_panj_is_at_no_kilometre_and_on_no_bank_of_it(placed):
    far = placed("fayzabad", decided="fayzabad")
    assert (far.precision, far.bank) == ("settlement", None)
    assert math.isnan(far.river_km_from)
    near = placed("farkhor-town", decided="farkhor-town")
    assert near.bank == "Tajik"
    assert 180 < near.river_km_from < 200


def test_districts_of_two_countries_are_on_neither_bank(placed):
    row = placed("tj-shohin", "af-khwahan")
    assert (row.precision, row.country, row.bank) == ("district", None, None)


@pytest.mark.parametrize(
    ("event", "chosen", "says"),
    [
        (["kavok"], "Kavo", "Kavo is no place_id of places.csv"),
        ([], "kavok", "record_places.csv does not place the record at kavok"),
    ],
)
def test_a_decision_that_changes_nothing_is_reported(tables, event, chosen, says):
    found = [one for one in check(with_record(tables, event, chosen)) if one.rule == "decision-unused"]
    assert [one.record_ids for one in found] == [("NEW",)]
    assert says in found[0].message


def test_no_packaged_decision_is_without_effect(tables):
    assert [one for one in check(tables) if one.rule == "decision-unused"] == []
