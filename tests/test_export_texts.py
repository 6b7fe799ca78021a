"""Any text that the tables may hold travels through every format of geometry as it is."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import geopandas
import pyogrio
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from page_case import SHAPES, scene_of

from panjmap.data.model import Tables
from panjmap.data.text import clean
from panjmap.render.export import export_bytes

KAVO = "TJ-AF-2025-12-KAVO"
SIMPLE = "{http://www.opengis.net/kml/2.2}SimpleData"

#: Text as a table may hold it: cleaned, not empty.
TEXTS = st.text(min_size=1, max_size=60).map(clean)


def in_geojson(data: bytes) -> object:
    return json.loads(data)["features"][0]["properties"]["note"]


def in_geoparquet(data: bytes) -> object:
    return geopandas.read_parquet(io.BytesIO(data))["note"].iloc[0]


def in_gpkg(data: bytes) -> object:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(data)
        file.flush()
        return pyogrio.read_dataframe(file.name, layer="incidents_points")["note"].iloc[0]


def in_kml(data: bytes) -> object:
    found = ET.fromstring(data).iter(SIMPLE)  # noqa: S314 - our own
    return next(cell.text for cell in found if cell.get("name") == "note")


READERS = {"geojson": in_geojson, "geoparquet": in_geoparquet, "gpkg": in_gpkg, "kml": in_kml}


@pytest.mark.parametrize(("name", "read"), READERS.items(), ids=READERS)
@given(text=TEXTS)
@example('=HYPERLINK("http://example.org")')
@example(" \n\t]]>\u2028 &amp; </SimpleData> \U0001f6f0 ")
@example("\u200c\u0645\u06cc\u200c\u0634\u0648\u062f, Ҷ\u04b3")
@example("'; DROP TABLE claims; --")
@settings(max_examples=10)
def test_a_text_comes_back_as_it_was(name: str, read: Callable[[bytes], object], text: str):
    def noted(tables: Tables) -> Tables:
        (kavo,) = (record for record in tables.records if record.record_id == KAVO)
        return tables._replace(
            records=(kavo.model_copy(update={"note": text, "possible_same_as": ()}),),
            record_places=(),
            decisions=(),
        )

    scene = scene_of(noted, shapes={KAVO: SHAPES[KAVO]})
    assert read(next(iter(export_bytes(scene, name).files.values()))) == text


@given(
    at=st.lists(st.tuples(st.floats(67, 73), st.floats(36, 40)), min_size=3, max_size=9, unique_by=lambda pair: pair)
)
@settings(max_examples=15)
def test_any_area_is_valid_rounded_and_runs_the_right_way(at):
    area = shapely.MultiPoint(at).convex_hull.buffer(0.001)
    holed = area.difference(area.centroid.buffer(0.0004))
    scene = scene_of(shapes={"TJ-AF-2025-11-26-A": ("reach", holed)})
    read = json.loads(export_bytes(scene, "geojson").files[".geojson"])
    (found,) = (shapely.geometry.shape(one["geometry"]) for one in read["features"] if one["geometry"])
    assert found.is_valid
    assert found.hausdorff_distance(holed) < 2e-5
    assert all(
        part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors) for part in shapely.get_parts(found)
    )
