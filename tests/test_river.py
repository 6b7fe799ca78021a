"""Chainage, bank, distance and reach along the border, against measured places."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from geopandas import GeoSeries
from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.geo.plane import GEOD
from panjmap.geo.river import PANJ_KM, RIVER_KM_OFFSET, chainage, load_river

RIVER = load_river()
REFERENCE_FILE = Path(__file__).parent / "facts" / "places_reference.csv"
REFERENCE = list(csv.DictReader(REFERENCE_FILE.read_text(encoding="utf-8").splitlines()))


def measured(*shapes, **options):
    return chainage(GeoSeries(list(shapes), crs="EPSG:4326", **options), RIVER)


@pytest.fixture(scope="module")
def reference():
    """Places whose chainage was measured before, on a sphere (1,343.5 km in all; the ellipsoid gives 1,344.0)."""
    points = [shapely.Point(float(row["lon"]), float(row["lat"])) for row in REFERENCE]
    return measured(*points, index=[row["place_id"] for row in REFERENCE])


def test_the_sections_have_their_measured_lengths():
    confluence = measured(shapely.Point(72.6509, 37.0184)).border_km.iloc[0]
    mouth = measured(shapely.Point(68.31472, 37.11083)).border_km.iloc[0]
    assert mouth == pytest.approx(RIVER_KM_OFFSET, abs=1)
    assert confluence - mouth == pytest.approx(PANJ_KM, abs=1)
    assert RIVER.border_km[-1] - confluence == pytest.approx(347, abs=1)


def test_chainage_agrees_with_the_reference_to_a_kilometre(reference):
    known = [(row["place_id"], float(row["border_km"])) for row in REFERENCE if row["border_km"]]
    assert len(known) > 60
    for place_id, km in known:
        assert reference.border_km[place_id] == pytest.approx(km, abs=1), place_id


def test_distance_agrees_with_the_reference_to_half_a_percent(reference):
    for row in REFERENCE:
        expected = float(row["distance_km"])
        assert reference.distance_km[row["place_id"]] == pytest.approx(expected, rel=0.005, abs=0.05), row["place_id"]


def test_the_bank_is_that_of_the_country_except_where_a_gazetteer_point_falls_across(reference):
    wrong = {
        row["place_id"]
        for row in REFERENCE
        if row["place_id"] != "kabul"
        and reference.bank[row["place_id"]] != {"TJ": "Tajik", "AF": "Afghan"}[row["side"]]
    }
    assert wrong == set()


def test_bog_lies_20_metres_inside_afghanistan_though_it_is_a_tajik_post(reference):
    bog = reference.loc["bogh-post"]
    assert bog.bank == "Afghan"
    assert bog.distance_km == pytest.approx(0.02, abs=0.01)


def test_river_km_is_0_at_the_vakhsh_grows_upstream_and_is_none_off_the_panj(reference):
    assert reference.river_km["qalai-khumb"] == pytest.approx(458.7, abs=1)
    assert reference.river_km["panj-town"] < reference.river_km["kavok"] < reference.river_km["khorugh"]
    assert math.isnan(reference.river_km["tj-nosiri-khusrav"])  # on the Amu Darya
    assert math.isnan(reference.river_km["langar-tj"])  # on the Pamir
    assert reference.border_km["langar-tj"] == pytest.approx(1001.6, abs=1)


def test_a_point_on_the_line_is_on_neither_bank():
    on_line = RIVER.point(500.0)
    row = measured(on_line).iloc[0]
    assert row.bank is None
    assert row.border_km == pytest.approx(500, abs=0.001)
    assert row.distance_km == pytest.approx(0, abs=0.001)


def test_a_point_in_a_third_country_is_on_neither_bank():
    assert list(measured(shapely.Point(67.2, 37.6), shapely.Point(75.9, 37.0)).bank) == [None, None]


def test_missing_and_empty_geometries_give_nan_and_keep_their_place():
    frame = measured(None, shapely.Point(), shapely.Point(71.0, 38.4), index=["a", "b", "c"])
    assert list(frame.index) == ["a", "b", "c"]
    assert frame.border_km.isna().tolist() == [True, True, False]
    assert list(frame.bank) == [None, None, "Afghan"]


def test_no_geometries_give_an_empty_frame_with_all_columns():
    frame = chainage(GeoSeries([], crs="EPSG:4326"), RIVER)
    assert list(frame.columns) == ["river_km", "border_km", "distance_km", "bank"]
    assert len(frame) == 0


def test_height_is_ignored_and_another_crs_is_reprojected():
    flat, high = shapely.Point(70.5, 37.9), shapely.Point(70.5, 37.9, 3000)
    mercator = GeoSeries([flat], crs="EPSG:4326").to_crs("EPSG:3857")
    assert measured(flat).border_km.iloc[0] == measured(high).border_km.iloc[0]
    assert chainage(mercator, RIVER).border_km.iloc[0] == pytest.approx(measured(flat).border_km.iloc[0])


def test_lines_and_polygons_are_measured_where_they_come_nearest():
    town = shapely.Point(70.4, 37.3)
    frame = measured(town, shapely.LineString([(70.4, 37.3), (70.4, 37.0)]), town.buffer(0.05))
    assert frame.border_km.iloc[1] == pytest.approx(frame.border_km.iloc[0], abs=0.01)
    assert frame.distance_km.iloc[2] < frame.distance_km.iloc[0]
    assert list(frame.bank) == ["Afghan"] * 3


def test_a_polygon_across_the_river_is_on_both_banks_and_has_no_distance():
    across = RIVER.point(300).buffer(0.1)
    row = measured(across).iloc[0]
    assert row.bank is None
    assert row.distance_km == pytest.approx(0, abs=0.001)
    assert row.border_km == pytest.approx(300, abs=15)


@given(st.floats(0, 1343.9))
@settings(max_examples=50, deadline=None)
def test_chainage_of_a_point_of_the_line_is_its_km(km):
    assert measured(RIVER.point(km)).border_km.iloc[0] == pytest.approx(km, abs=0.005)


@given(st.floats(0, 1300), st.floats(1, 40))
@settings(max_examples=30, deadline=None)
def test_a_section_is_as_long_as_its_chainage_says(start, length):
    line = RIVER.section(start + length, start)
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(length, abs=0.001)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (2000, 3000), (-9, -1)])
def test_a_section_without_length_is_refused(start, end):
    with pytest.raises(ValueError, match="no stretch"):
        RIVER.section(start, end)


@pytest.mark.parametrize("bank", ["Tajik", "Afghan"])
@pytest.mark.parametrize(("start", "end"), [(0, 80), (200, 330), (334, 450), (541, 717), (880, 905)])
def test_a_reach_is_one_valid_band_on_its_bank(start, end, bank):
    band = RIVER.reach(start, end, bank)
    other = RIVER.outlines[{"Tajik": "AF", "Afghan": "TJ"}[bank]]
    assert band.geom_type == "Polygon"
    assert band.is_valid
    assert not band.interiors
    assert band.intersection(other).area < 1e-7
    corners = GeoSeries(shapely.points(shapely.get_coordinates(band)), crs="EPSG:4326")
    assert measured(*corners).distance_km.max() < 6.3
    middle = measured(band).iloc[0]
    assert middle.bank == bank
    assert middle.border_km == pytest.approx((start + end) / 2, abs=10)
    assert np.ptp(measured(*corners).border_km) == pytest.approx(end - start, abs=25)
