"""Each record is drawn where its reports allow, and no finer."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from panjmap.data.model import Decision, PlaceRole, RecordPlace, Tables
from panjmap.data.publish import public
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import Areas, load_areas
from panjmap.geo.locate import locate
from panjmap.geo.river import River, load_river

CAMP, DARVOZ = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A"
KAVO, BRIEF = "TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"
NOV_2024, OPERATION = "TJ-AF-2024-11-A", "TJ-AF-2025-11-22-A"
SEARCHES, ORDER = "TJ-AF-2025-M-RAIDS", "TJ-AF-2025-M-EXPULSION"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(PACKAGED)


@pytest.fixture(scope="module")
def river() -> River:
    return load_river()


@pytest.fixture(scope="module")
def areas(tables, river) -> Areas:
    return load_areas(tables.places, river)


@pytest.fixture(scope="module")
def located(tables, areas, river):
    return locate(public(tables).tables, areas, river)


@pytest.mark.parametrize(
    ("record_id", "precision", "where_prec", "geo_precision", "region"),
    [
        (CAMP, "reach", 5, 3, "TJ-KT"),
        (DARVOZ, "settlement", 1, 1, "TJ-GB"),
        (KAVO, "settlement", 1, 1, "TJ-KT"),
        (BRIEF, "district", 3, 2, "TJ-KT"),
        (NOV_2024, "region", 4, 3, "TJ-KT"),
        (OPERATION, "unknown", None, None, None),
        (SEARCHES, "district", 3, 2, "TJ-RA"),
        (ORDER, "country", 6, 3, None),
    ],
)
def test_every_record_has_the_precision_that_its_reports_give(
    located, record_id, precision, where_prec, geo_precision, region
):
    row = located.loc[record_id].astype(object).where(lambda values: ~values.map(_missing), None)
    found = (row.precision, row.where_prec, row.geo_precision, row.iso_3166_2)
    assert found == (precision, where_prec, geo_precision, region)
    assert row.how


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NA


def test_every_record_is_in_the_frame_located_or_not(located, tables):
    assert list(located.index) == [record.record_id for record in tables.records]
    assert located.crs.to_epsg() == 4326


def test_the_camp_is_a_stretch_of_the_tajik_bank_and_not_a_pin(located):
    row = located.loc[CAMP]
    assert row.bank == "Tajik"
    assert row.geometry.geom_type in ("Polygon", "MultiPolygon")
    # The known places of the district lie between Kavok (river km 252) and Dashtijum (368).
    assert row.river_km_from < 260
    assert row.river_km_to > 350
    assert row.river_km_to - row.river_km_from < 200


@pytest.mark.parametrize(("record_id", "river_km", "uncertainty"), [(KAVO, 251.8, 3.0), (DARVOZ, 498.0, 2.0)])
def test_kavo_and_shudk_are_points_with_a_radius_on_the_tajik_bank(located, record_id, river_km, uncertainty):
    row = located.loc[record_id]
    assert row.geometry.geom_type == "Point"
    assert row.uncertainty_km == uncertainty
    assert row.river_km_from == pytest.approx(river_km, abs=1.0)
    assert row.bank == "Tajik"
    assert "GeoNames" in row.how


def test_without_a_decision_a_village_is_drawn_as_its_district(tables, areas, river):
    undecided = tables._replace(decisions=tuple(d for d in tables.decisions if d.attribute != "place"))
    located = locate(public(undecided).tables, areas, river)
    assert located.loc[KAVO].precision == "district"
    assert located.loc[DARVOZ].precision == "district"
    assert not (located.geometry.geom_type == "Point").any()


def test_an_event_on_the_border_only_is_not_located(located):
    assert located.loc[OPERATION].geometry is None
    assert "border" in located.loc[OPERATION].how.lower()


def test_responses_and_totals_are_never_drawn(located):
    never = located[located.kind.isin(["response", "aggregate"])]
    assert len(never) == 10
    assert never.geometry.isna().all()


def test_a_measure_is_drawn_as_whole_districts(located):
    row = located.loc[SEARCHES]
    assert row.generalised
    assert row.geometry.geom_type == "MultiPolygon"
    assert row.place_ids == ("tj-vahdat-district", "tj-rudaki")


def test_an_uncertain_point_is_near_and_not_in_the_village(tables, areas, river):
    places = (p.model_copy(update={"uncertainty_km": 12.0}) if p.place_id == "kavok" else p for p in tables.places)
    assert locate(tables._replace(places=tuple(places)), areas, river).loc[KAVO].precision == "near"


def test_a_new_record_in_an_afghan_village_lies_on_the_afghan_bank(tables, areas, river):
    record = tables.records[0].model_copy(update={"record_id": "NEW", "possible_same_as": ()})
    decision = Decision(
        record_id="NEW",
        attribute="place",
        chosen="rizwayak",
        reason="the only record of that name",
        source="GeoNames 1220719",
        decided_on=dt.date(2026, 11, 21),
    )
    more = tables._replace(
        records=(*tables.records, record),
        record_places=(
            *tables.record_places,
            RecordPlace(record_id="NEW", place_id="rizwayak", role=PlaceRole.EVENT),
        ),
        decisions=(*tables.decisions, decision),
    )
    row = locate(more, areas, river).loc["NEW"]
    assert (row.precision, row.country, row.bank, row.iso_3166_2) == ("settlement", "AF", "Afghan", "AF-BDS")


@pytest.mark.parametrize("with_river", [False, True])
def test_a_district_that_the_base_map_does_not_reach_is_named_and_not_drawn(tables, river, with_river):
    record = tables.records[0].model_copy(update={"record_id": "NEW", "possible_same_as": ()})
    known = next(place for place in tables.places if place.place_id == "af-chah-ab")
    change = {"place_id": "kabul-d", "name": "Paghman", "parent_id": None, "iso_3166_2": "AF-KAB", "area_km2": None}
    paghman = known.model_copy(update=change | {"lat": 34.59, "lon": 68.95})
    links = [RecordPlace(record_id="NEW", place_id="kabul-d", role=PlaceRole.EVENT)]
    if with_river:
        links.append(RecordPlace(record_id="NEW", place_id="river-panj", role=PlaceRole.EVENT))
    more = tables._replace(
        records=(*tables.records, record),
        places=(*tables.places, paghman),
        record_places=(*tables.record_places, *links),
    )
    row = locate(more, load_areas(more.places, river), river).loc["NEW"]
    assert (row.precision, row.place_name, row.geometry) == ("district", "Paghman", None)
