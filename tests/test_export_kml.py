"""KML: folders as layers, every column of every record, and no text that a reader could take for markup."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely
from export_case import CASES, TITLE, case_of, differing, exported, flat, typed
from page_case import scene_of

from panjmap.data.model import Tables
from panjmap.render.export import export_bytes
from panjmap.render.exports.frame import plain_rows, records_frame

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(params=CASES, name="case")
def make_case(request):
    return case_of(request.param), exported(request.param, "kml")


def marks_of(data: bytes) -> dict[str, ET.Element]:
    root = ET.fromstring(data)  # noqa: S314 - our own
    return {mark.get("id").removeprefix("record-"): mark for mark in root.iter(f"{KML}Placemark")}


def cells_of(mark: ET.Element) -> dict[str, str]:
    return {cell.get("name"): cell.text for cell in mark.iter(f"{KML}SimpleData")}


def shape_of(mark: ET.Element) -> shapely.Geometry | None:
    def ring(element: ET.Element) -> list[tuple[float, ...]]:
        return [tuple(map(float, pair.split(","))) for pair in element.find(f".//{KML}coordinates").text.split()]

    if (point := mark.find(f"{KML}Point")) is not None:
        return shapely.Point(ring(point)[0])
    polygons = [
        shapely.Polygon(ring(one.find(f"{KML}outerBoundaryIs")), [*map(ring, one.findall(f"{KML}innerBoundaryIs"))])
        for one in mark.iter(f"{KML}Polygon")
    ]
    return shapely.MultiPolygon(polygons) if len(polygons) > 1 else polygons[0] if polygons else None


def test_every_column_and_shape_of_every_record_comes_back(case):
    scene, data = case
    marks, frame = marks_of(data), records_frame(scene)
    assert set(marks) == set(frame["record_id"])
    columns = list(frame.columns.drop("geometry"))
    number = {column: "Int64" in str(frame[column].dtype) for column in columns}
    rows = [
        {
            name: int(cells[name])
            if name in cells and (number[name] or str(frame[name].dtype) == "boolean")
            else cells.get(name)
            for name in columns
        }
        for cells in (cells_of(marks[record]) for record in frame["record_id"])
    ]
    assert differing(typed(rows, "records"), flat(plain_rows(frame))) == []
    for record, geometry in zip(frame["record_id"], frame.geometry, strict=True):
        found = shape_of(marks[record])
        assert found == geometry or found.equals(geometry)


def test_pyogrio_gives_back_every_record_by_folder(case, tmp_path):
    scene, data = case
    path = tmp_path / "x.kml"
    path.write_bytes(data)
    frame = records_frame(scene)
    expected = {row["record_id"]: row for row in flat(plain_rows(frame))}
    seen = {}
    for layer in pyogrio.list_layers(path)[:, 0] if len(frame) else ():
        read = pyogrio.read_dataframe(path, layer=layer)
        if len(read):
            rows = typed(read.drop(columns="geometry", errors="ignore").to_dict("records"), "records")
            assert differing(rows, [expected[row["record_id"]] for row in rows]) == []
            seen |= dict.fromkeys((row["record_id"] for row in rows), layer)
    assert set(seen) == set(expected)
    for row in expected.values():
        on_map = row["drawn_as"] != "none"
        assert seen[row["record_id"]] == row["layer"] if on_map else seen[row["record_id"]] not in (row["layer"],)


def test_folders_are_the_layers_of_the_map_and_what_is_not_on_it():
    root = ET.fromstring(exported("packaged", "kml"))  # noqa: S314 - our own
    folders = {folder.find(f"{KML}name").text: folder for folder in root.iter(f"{KML}Folder")}
    count = {name: len(folder.findall(f"{KML}Placemark")) for name, folder in folders.items()}
    assert count == {
        "Drone strike": 1,
        "Armed attack": 2,
        "Clash after a border crossing": 2,
        "Measures against people": 1,
        "Not located": 2,
        "Responses": 7,
        "Reported totals, not mapped": 3,
    }


def test_every_style_that_is_named_is_there_and_nothing_is_fetched(case):
    _, data = case
    root = ET.fromstring(data)  # noqa: S314 - our own
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {url.text for url in root.iter(f"{KML}styleUrl")} == styles
    assert not [*root.iter(f"{KML}href")]
    assert {text.text for text in root.iter(f"{KML}text")} <= {"$[description]"}


def test_dates_with_a_known_end_are_spans_of_time():
    marks = marks_of(exported("packaged", "kml"))
    begin, end = (marks["TJ-AF-2025-12-KAVO"].find(f"{KML}TimeSpan/{KML}{tag}").text for tag in ("begin", "end"))
    assert (begin, end) == ("2025-12-01", "2025-12-31")
    assert marks["TJ-AF-2025-M-RAIDS"].find(f"{KML}TimeSpan") is None


def test_a_description_is_the_same_as_text_and_as_html():
    for mark in marks_of(exported("hard", "kml")).values():
        text = mark.find(f"{KML}description").text
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;|#36;)|\$\[", text)
        assert html.unescape(text).startswith(f"{TITLE} ")


def test_no_text_can_leave_its_element_or_be_replaced():
    def hostile(tables: Tables) -> Tables:
        bad = "]]><script>alert(1)</script><![CDATA[ $[kind] \x00\x0b\ufffe\u202e &lt;"
        records = [record.model_copy(update={"title": bad, "note": bad}) for record in tables.records]
        return tables._replace(records=tuple(records))

    data = export_bytes(scene_of(hostile), "kml").files[".kml"]
    assert b"<![CDATA" not in data
    assert b"<script" not in data
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff\u202e]", data.decode("utf-8"))
    for mark in marks_of(data).values():
        assert "$[" not in mark.find(f"{KML}description").text
