"""GeoJSON: what RFC 7946 asks, and everything comes back, with ``json`` and with geopandas."""

from __future__ import annotations

import json

import geopandas
import pytest
import shapely
from export_case import CASES, case_of, differing, exported, typed

from panjmap.render.exports.frame import about, claims_frame, plain_rows, records_frame, sources_frame


@pytest.fixture(params=CASES, name="case")
def make_case(request):
    return case_of(request.param), exported(request.param, "geojson")


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_json_gives_back_every_record_claim_and_source(case):
    scene, data = case
    read = json.loads(data, parse_constant=refuse)
    frame = records_frame(scene)
    found = [feature["properties"] for feature in read["features"]]
    assert differing(typed(found, "records"), plain_rows(frame)) == []
    assert [feature["id"] for feature in read["features"]] == list(frame["record_id"])
    for feature, geometry in zip(read["features"], frame.geometry, strict=True):
        assert (feature["geometry"] is None) == (geometry is None)
        if geometry is not None:
            assert shapely.geometry.shape(feature["geometry"]).equals(geometry)
    member = read["panjmap"]
    assert differing(typed(member["claims"], "claims"), plain_rows(claims_frame(scene))) == []
    assert differing(typed(member["sources"], "sources"), plain_rows(sources_frame(scene))) == []
    assert about(scene).items() <= member.items()


def test_it_is_what_the_rfc_asks(case):
    _, data = case
    read = json.loads(data)
    assert "crs" not in read
    shapes = [shapely.geometry.shape(one["geometry"]) for one in read["features"] if one["geometry"]]
    assert ("bbox" in read) == bool(shapes)
    if shapes:
        assert read["bbox"] == list(shapely.total_bounds(shapes))
    for shape in shapes:
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(ring.is_ccw for ring in part.interiors)
    numbers = [number for shape in shapes for number in shapely.get_coordinates(shape).ravel()]
    assert all(len(repr(float(number)).partition(".")[2]) <= 5 for number in numbers)
    assert data.endswith(b"]}\n")
    assert b"\r" not in data


def test_geopandas_gives_back_every_record(case, tmp_path):
    scene, data = case
    path = tmp_path / "x.geojson"
    path.write_bytes(data)
    frame = records_frame(scene)
    if frame.empty:
        return  # a reader finds no column where there is no feature
    read = geopandas.read_file(path)
    rows = read.drop(columns=["geometry"]).to_dict("records")
    assert differing(typed(rows, "records"), plain_rows(frame)) == []
    assert read.crs == "EPSG:4326"
    assert [a == b or a.equals(b) for a, b in zip(read.geometry, frame.geometry, strict=True)] == [True] * len(frame)
