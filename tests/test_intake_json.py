"""JSON from elsewhere: each feature, item or line is given or named, and nothing in it takes long."""

from __future__ import annotations

import codecs
import json
import time

import pytest

POINT = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [70, 38]}, "properties": {"a": 1}}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)})


@pytest.mark.parametrize(
    ("text", "numbers", "refused", "says"),
    [
        (collection(None, POINT), [1], 1, 'feature 0: found "None"; expected an object in braces as feature'),
        (collection(1, 2), [], 2, 'feature 0: found "1"; expected an object in braces as feature'),
        (
            collection(POINT, {**POINT, "geometry": []}),
            [0],
            1,
            'feature 1, column geometry: found "[]"; expected a geom',
        ),
        (
            collection(POINT, {**POINT, "properties": [1]}),
            [0],
            1,
            'feature 1: found "[1]"; expected properties as an ob',
        ),
        (collection({**POINT, "geometry": {"type": {}, "coordinates": []}}), [], 1, "expected a geometry of GeoJSON"),
        (collection({**POINT, "geometry": {"type": "Point", "coordinates": {}}}), [], 1, "coordinates of a Point as a"),
        (collection({**POINT, "geometry": {"type": "Point", "coordinates": [1]}}), [], 1, "two coordinates of a Point"),
        (collection(POINT).replace("70", "NaN"), [], 1, 'feature 0: found "NaN"; expected numbers'),
        (collection(POINT).replace("38", "-Infinity"), [], 1, 'feature 0: found "-Infinity"; expected numbers'),
        ('[{"a": 1}, [], {"a": 2}]', [0, 2], 1, 'item 1: found "[]"; expected an object in braces as item'),
        ('{"a": 1}\n5\n{"a": 2}', [0, 2], 1, 'item 1: found "5"; expected an object in braces as item'),
    ],
)
def test_what_is_no_record_is_refused_by_its_number_and_the_others_are_given(read, text, numbers, refused, says):
    source, rows, said = read(text, "a.json")
    assert ([row.number for row in rows], source.refused, source.complete) == (numbers, refused, True)
    assert says in said[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"type": "FeatureCollection", "features": {"a": 1}}', "column features: expected features as a list"),
        ('{"type": "FeatureCollection", "features": null}', "column features: expected features as a list"),
        (collection(POINT)[:-1] + ",}", "expected a key in double quotes in line 1; nothing behind it was read"),
        (collection(POINT)[:-2] + ",]}", "expected JSON (no value) in line 1; nothing behind it was read"),
        (collection(POINT)[:-9], "expected JSON (Unterminated string starting at) in line 1"),
        ('[{"a": 1} {"a": 2}]', 'expected "," in line 1'),
        ('[{"a": ' + "1" * 5000 + "}]", "numbers of a length that can be read"),
        ("[" * 100_000, "values nested at most 64 deep"),
        ('[{"a": ' + "[" * 70 + "]" * 70 + "}]", "lists and objects at most 64 deep"),
        ('{"a": [{"b": 1}], "c": [{"b": 1}]}', "one list of objects; there are several (a, c)"),
        ('[{"é": 1, "e\\u0301": 2}]', "column é: expected names of properties that can be told apart"),
    ],
)
def test_what_cannot_be_read_on_is_said_once_with_its_place(read, text, says):
    source, _, said = read(text, "a.json")
    assert [problem.level for problem in source.problems] == ["error"]
    assert says in said[0]


def test_types_that_are_no_text_are_nothing_but_values(read):
    for value in ({}, [], 1, None, True):
        source, rows, _ = read(json.dumps([{"type": value, "a": 1}]), "a.json")
        assert (source.format, rows[0].cells["a"]) == ("json", 1)
        source, rows, _ = read(json.dumps({"type": value, "a": 1}), "a.json")
        assert (source.format, rows[0].cells["a"]) == ("json", 1)


@pytest.mark.parametrize(
    "text",
    [
        collection(POINT, POINT),
        codecs.BOM_UTF8.decode() + collection(POINT, POINT),
        json.dumps(POINT) + "\n" + json.dumps(POINT),
        json.dumps(POINT) + json.dumps(POINT),
        "\x1e" + json.dumps(POINT) + "\n\x1e" + json.dumps(POINT) + "\n",
        json.dumps([POINT, POINT]),
        collection(POINT, POINT, links=[{"href": "x"}]),
        json.dumps({"features": [POINT, POINT], "type": "FeatureCollection"}),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_all_ways_to_write_features_one_after_the_other(read, text, codec):
    source, rows, _ = read(text.removeprefix("\ufeff" if codec == "utf-16" else "").encode(codec), "a.geojson")
    assert [(row.number, row.lonlat, row.cells) for row in rows] == [(n, (70, 38), {"a": 1}) for n in (0, 1)]
    assert (source.format, source.unit, source.columns) == ("geojson", "feature", ("a",))


def test_what_stands_beside_the_properties_is_kept_under_a_name_of_its_own(read):
    feature = {**POINT, "id": 7, "a": "beside", "properties": {"a": 1, "id": 2, "feature.id": 3}}
    _, rows, said = read(collection(feature), "a.geojson")
    assert rows[0].cells == {"a": 1, "id": 2, "feature.id": 3, "feature.feature.id": 7, "feature.a": "beside"}
    assert said == []


def test_lists_of_objects_in_one_record_are_its_cells(read):
    for text in ({**POINT, "links": [{"b": 1}]}, {**POINT, "links": [{"b": 1}, 2]}):
        source, rows, _ = read(json.dumps(text), "a.geojson")
        assert "links" in source.columns
        assert rows[0].cells["links"] == json.dumps(text["links"], separators=(",", ":"))


@pytest.mark.parametrize("number", ["1.25", "1e-5", "-0.5", "12345"])
def test_a_number_may_lie_across_blocks(read, number, monkeypatch):
    for block in range(2, 40):
        monkeypatch.setattr("panjmap.data.intake.json_stream._BLOCK", block)
        _, rows, said = read(
            '{"rows": [{"a": ' + number + '}], "total": ' + number + ', "n": [1, ' + number + "]}", "a.json"
        )
        assert ([row.cells for row in rows], said) == ([{"a": float(number)}], []), block


def test_a_key_that_is_there_twice_is_told_with_its_place_and_quickly(read):
    _, rows, said = read('[{"a": 1}, {"a": 1, "b": {"c": 1, "c": 2}, "a": 3}]', "a.json")
    assert rows[1].cells == {"a": 3, "b": '{"c":2}'}
    assert [text[: text.index(":")] for text in said] == [", item 1, column c", ", item 1, column a"]
    keys = ",".join(f'"k{n}":1' for n in range(100_000))
    begun = time.process_time()
    read("[{" + keys + ',"k99999":1}]', "a.json")
    assert time.process_time() - begun < 10  # each key beside each other one would be ten thousand million


def test_keys_without_end_and_keys_that_are_texts_are_refused(read):
    for text in ("{" + ",".join(f'"k{n}":1' for n in range(30)) + "}", '{"' + "k" * 500 + '": 1}'):
        source, _, said = read(text, "a.json", columns=20, field_chars=100)
        assert not source.complete
        assert "at most 20 keys of at most 100 characters" in said[0]
    _, _, said = read('[{"' + "k" * 500 + '": 1}]', "a.json", field_chars=100)
    assert "names of properties of at most 100 characters" in said[0]
    _, _, said = read(json.dumps([{f"k{n}": 1} for n in range(30)]), "a.json", columns=20)
    assert "at most 20 different names of properties" in said[0]


def test_a_declared_system_and_null_geometries(read):
    crs = {"type": "name", "properties": {"name": "EPSG:32642"}}
    source, rows, _ = read(collection({**POINT, "geometry": None}, crs=crs), "a.geojson")
    assert (source.crs, rows[0].lonlat, rows[0].shape) == ("EPSG:32642", None, None)


def test_properties_of_all_features_are_bounded(read):
    source, rows, said = read(json.dumps([{"a": 1, "b": 2}] * 9), "a.json", cells=7)
    assert (len(rows), source.complete) == (3, False)
    assert "item 3: expected at most 7 properties in all" in said[0]


def test_a_property_without_a_name_gets_one_and_stands_for_nothing_else(read):
    source, rows, _ = read('[{"": "x", "lat": 38, "lon": 70}]', "a.json")
    assert source.columns == ("no name", "lat", "lon")
    assert rows[0].cells == {"no name": "x", "lat": 38, "lon": 70}
