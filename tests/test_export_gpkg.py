"""GeoPackage: one layer for each kind of geometry, claims, sources, a style; everything comes back."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from contextlib import closing
from xml.etree import ElementTree as ET

import geopandas
import pyogrio
import pytest
from export_case import CASES, case_of, differing, exported, flat, typed
from page_case import scene_of

from panjmap.data.errors import OutputError
from panjmap.render.export import export_bytes
from panjmap.render.exports.columns import TABLES
from panjmap.render.exports.frame import about, claims_frame, plain_rows, records_frame, sources_frame
from panjmap.render.exports.qml import colour_of, fill_of

LAYERS = {"incidents_points": "point", "incidents_areas": "area", "incidents_not_located": "none"}


@pytest.fixture(params=CASES, name="case")
def make_case(request, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(exported(request.param, "gpkg"))
    return case_of(request.param), path


def test_it_has_one_layer_for_each_kind_of_geometry(case):
    _, path = case
    assert dict(pyogrio.list_layers(path).tolist()) == {
        "incidents_points": "Point",
        "incidents_areas": "MultiPolygon",
        **dict.fromkeys(["incidents_not_located", "claims", "sources", "about", "layer_styles"]),
    }


@pytest.mark.parametrize("reader", [{"use_arrow": False}, {"use_arrow": True}], ids=["rows", "arrow"])
def test_pyogrio_gives_back_every_record(case, reader):
    scene, path = case
    records = records_frame(scene)
    for layer, drawn_as in LAYERS.items():
        mine = records[records["drawn_as"] == drawn_as]
        read = pyogrio.read_dataframe(path, layer=layer, **reader)
        rows = read.drop(columns="geometry", errors="ignore").to_dict("records")
        assert differing(typed(rows, "records"), flat(plain_rows(mine))) == []
        if drawn_as != "none":
            assert read.crs == "EPSG:4326"
            assert [a.equals(b) for a, b in zip(read.geometry, mine.geometry, strict=True)] == [True] * len(mine)


def test_claims_sources_and_what_it_is_about_come_back(case):
    scene, path = case
    for layer, frame in (("claims", claims_frame(scene)), ("sources", sources_frame(scene))):
        rows = pyogrio.read_dataframe(path, layer=layer).to_dict("records")
        assert differing(typed(rows, layer), flat(plain_rows(frame))) == []
    told, read = about(scene), pyogrio.read_dataframe(path, layer="about")
    texts = {name: list(read["text"][read["name"] == name]) for name in told}
    assert texts["note"] == [told["note"]]
    assert texts["counts"] == told["counts"]
    assert texts["credits"] == told["credits"]


def test_columns_have_their_types_and_say_what_they_mean(case):
    _, path = case
    declared = {
        "text": "TEXT",
        "texts": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    with closing(sqlite3.connect(path)) as database:
        for layer, table in [*((layer, "records") for layer in LAYERS), ("claims", "claims"), ("sources", "sources")]:
            types = {name: type_ for _, name, type_, *_ in database.execute(f"PRAGMA table_info({layer})")}
            assert {c.name: types[c.name] for c in TABLES[table]} == {c.name: declared[c.type] for c in TABLES[table]}
            meanings = dict(
                database.execute(
                    "SELECT column_name, description FROM gpkg_data_columns WHERE table_name = ?", (layer,)
                )
            )
            assert meanings == {column.name: column.meaning for column in TABLES[table]}
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def styles_of(path):
    with closing(sqlite3.connect(path)) as database:
        return {
            layer: ET.fromstring(text)  # noqa: S314 - our own
            for layer, text in database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
        }


def test_the_style_has_one_rule_for_each_record(case):
    scene, path = case
    styles, records = styles_of(path), records_frame(scene)
    assert set(styles) == {"incidents_points", "incidents_areas"}
    for layer, root in styles.items():
        mine = records[records["drawn_as"] == LAYERS[layer]]
        filters = [rule.get("filter") for rule in root.iter("rule")]
        wanted = {
            f"\"symbol\" = '{symbol}' AND \"precision\" = '{precision}'"
            for symbol, precision in zip(mine["symbol"], mine["precision"], strict=True)
        }
        assert sorted(filters) == sorted(wanted)
        assert [rule.get("symbol") for rule in root.iter("rule")] == [one.get("name") for one in root.iter("symbol")]


def test_the_style_has_the_colours_of_the_page_and_areas_are_paler_the_larger(tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(exported("packaged", "gpkg"))
    options = [
        {one.get("name"): one.get("value") for one in layer.findall("Option/Option")}
        for layer in styles_of(path)["incidents_areas"].iter("layer")
    ]
    red, green, blue = (int(colour_of("drone")[i : i + 2], 16) for i in (1, 3, 5))
    assert f"{red},{green},{blue},255" in [one["outline_color"] for one in options]
    assert [one["outline_style"] for one in options] == ["dot", "dash", "dash", "solid"]
    assert fill_of("region") < fill_of("district") < fill_of("reach") < 128


def test_it_is_dated_by_the_data_and_not_by_the_clock(tmp_path):
    def old(tables):
        decisions = [d.model_copy(update={"decided_on": dt.date(2001, 2, 3)}) for d in tables.decisions]
        reports = [r.model_copy(update={"published": None}) for r in tables.reports]
        return tables._replace(decisions=tuple(decisions), reports=tuple(reports), changes=())

    path = tmp_path / "x.gpkg"
    path.write_bytes(export_bytes(scene_of(old), "gpkg").files[".gpkg"])
    with closing(sqlite3.connect(path)) as database:
        days = {day for (day,) in database.execute("SELECT last_change FROM gpkg_contents")}
        days |= {day for (day,) in database.execute("SELECT update_time FROM layer_styles")}
    assert days == {"2001-02-03T00:00:00.000Z"}
    assert dt.date.today().isoformat().encode() not in path.read_bytes()
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_geopandas_reads_the_layers_as_any_other(tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(exported("many", "gpkg"))
    read = geopandas.read_file(path, layer="incidents_points", bbox=(68.0, 37.0, 68.5, 38.0))
    assert 0 < len(read) < 303


def test_without_room_for_temporary_files_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(OutputError, match="no temporary file"):
        export_bytes(case_of("packaged"), "gpkg")
