"""GeoParquet 1.1: everything comes back with its type, a box for every place, and what the file is about."""

from __future__ import annotations

import io
import json

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from export_case import CASES, case_of, differing, exported, typed

from panjmap.render.exports.columns import COLUMNS
from panjmap.render.exports.frame import about, claims_frame, plain_rows, records_frame, sources_frame


@pytest.fixture(params=CASES, name="case")
def make_case(request):
    return case_of(request.param), exported(request.param, "geoparquet")


def test_geopandas_gives_back_every_record(case):
    scene, data = case
    read, frame = geopandas.read_parquet(io.BytesIO(data)), records_frame(scene)
    assert read.crs == "EPSG:4326"
    assert list(read.columns) == list(frame.columns)
    assert differing(read.drop(columns="geometry").to_dict("records"), plain_rows(frame)) == []
    assert [a == b or a.equals(b) for a, b in zip(read.geometry, frame.geometry, strict=True)] == [True] * len(frame)


def test_every_column_has_its_type_even_without_a_value(case):
    _, data = case
    kinds = {"text": "string", "texts": "list<element: string>", "integer": "int64", "number": "double"}
    kinds |= {"boolean": "bool", "date": "date32[day]"}
    schema = pq.read_schema(io.BytesIO(data))
    assert {column.name: str(schema.field(column.name).type) for column in COLUMNS} == {
        column.name: kinds[column.type] for column in COLUMNS
    }


def test_the_metadata_are_those_of_version_1_1_with_a_box_for_every_place(case):
    scene, data = case
    table = pq.read_table(io.BytesIO(data))
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert set(column["covering"]["bbox"]) == {"xmin", "ymin", "xmax", "ymax"}
    assert column["orientation"] == "counterclockwise"
    for part in shapely.get_parts(geopandas.read_parquet(io.BytesIO(data)).geometry.dropna().array):
        assert part.geom_type == "Point" or (part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors))
    assert pa.types.is_struct(table.schema.field("bbox").type)
    boxes = table.column("bbox").to_pylist()
    for box, geometry in zip(boxes, records_frame(scene).geometry, strict=True):
        if geometry is not None:
            assert tuple(box[edge] for edge in ("xmin", "ymin", "xmax", "ymax")) == geometry.bounds


def test_the_file_says_what_it_is_about_and_who_says_what(case):
    scene, data = case
    member = json.loads(pq.read_schema(io.BytesIO(data)).metadata[b"panjmap"])
    assert about(scene).items() <= member.items()
    assert differing(typed(member["claims"], "claims"), plain_rows(claims_frame(scene))) == []
    assert differing(typed(member["sources"], "sources"), plain_rows(sources_frame(scene))) == []


def test_a_window_can_be_read_without_the_rest(tmp_path):
    scene = case_of("many")
    path = tmp_path / "x.parquet"
    path.write_bytes(exported("many", "geoparquet"))
    window = (68.0, 37.0, 68.5, 38.0)
    frame = records_frame(scene)
    expected = [
        r
        for r, g in zip(frame["record_id"], frame.geometry, strict=True)
        if g is not None and not _apart(g.bounds, window)
    ]
    assert 0 < len(expected) < len(frame)
    assert list(geopandas.read_parquet(path, bbox=window)["record_id"]) == expected


def _apart(one, other):
    return one[0] > other[2] or one[2] < other[0] or one[1] > other[3] or one[3] < other[1]
