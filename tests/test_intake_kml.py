"""KML and KMZ from elsewhere: all that a placemark says becomes cells, and no link is followed."""

from __future__ import annotations

import time

import pytest
from fuzz_targets import zipped

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MARK = "<Placemark><name>Kavo</name><Point><coordinates>70,38,0</coordinates></Point></Placemark>"


def kml(inner, name="kml"):
    return f'{HEAD}<{name} xmlns="http://www.opengis.net/kml/2.2"><Document>{inner}</Document></{name}>'


def extended(inner):
    return kml(f"<Placemark><name>Kavo</name><ExtendedData>{inner}</ExtendedData></Placemark>")


def test_texts_with_tags_in_them_are_whole(read):
    inner = "<Placemark><description>two <b>dead</b>, one hurt<![CDATA[<script>]]></description></Placemark>"
    _, rows, said = read(kml(inner), "a.kml")
    assert (rows[0].cells, said) == ({"description": "two dead, one hurt<script>"}, [])


@pytest.mark.parametrize(
    ("inner", "cells"),
    [
        ('<Data name="a"><displayName>A</displayName><value>1</value></Data>', {"a": "1"}),
        ('<Data name="a"><value>1</value></Data><Data name="b"/>', {"a": "1", "b": ""}),
        ('<SchemaData schemaUrl="#s"><SimpleData name="a">1</SimpleData></SchemaData>', {"a": "1"}),
        (
            '<SchemaData><gx:SimpleArrayData xmlns:gx="g" name="a"><gx:value>1</gx:value><gx:value>2</gx:value>'
            "</gx:SimpleArrayData></SchemaData>",
            {"a": "1; 2"},
        ),
        ('<x:killed xmlns:x="y">3</x:killed>', {"killed": "3"}),
        ('<Data name="name"><value>other</value></Data>', {"data.name": "other"}),
        ('<Data name="folder"><value>f</value></Data>', {"folder": "f"}),
    ],
)
def test_extended_data_become_cells_whatever_their_form(read, inner, cells):
    _, rows, said = read(extended(inner), "a.kml")
    assert (rows[0].cells, said) == ({"name": "Kavo", **cells}, [])


def test_data_of_one_name_twice_is_said(read):
    _, rows, said = read(
        extended('<Data name="a"><value>1</value></Data><Data name="a"><value>2</value></Data>'), "a.kml"
    )
    assert rows[0].cells["a"] == "2"
    assert said == [
        ", placemark 0, column a: expected each name of data once; this one is there twice."
        " Fix: take out one of them; the last one is read."
    ]


def test_times_of_a_view_are_no_times_of_the_event(read):
    inner = "<LookAt><TimeStamp><when>1999</when></TimeStamp></LookAt><TimeSpan><begin>2025</begin></TimeSpan>"
    _, rows, _ = read(kml(f"<Placemark>{inner}</Placemark>"), "a.kml")
    assert rows[0].cells == {"begin": "2025"}


def test_names_without_or_with_another_namespace_are_the_same(read):
    for text in (MARK, f"<kml>{MARK}</kml>", kml(MARK, "kml").replace(' xmlns="http://www.opengis.net/kml/2.2"', "")):
        assert [row.lonlat for row in read(text, "a.kml")[1]] == [(70, 38)]
    tagged = MARK.replace("</", "</k:").replace("<P", "<k:P").replace("<n", "<k:n").replace("<c", "<k:c")
    _, rows, _ = read(f'<k:kml xmlns:k="x">{tagged}</k:kml>', "a.kml")
    assert (rows[0].lonlat, rows[0].cells) == ((70, 38), {"name": "Kavo"})


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_a_document_type_is_refused_in_any_encoding_and_at_once(read, codec):
    entities = "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(40))
    head = HEAD.replace("UTF-8", codec if codec == "cp1251" else codec[:6])
    text = f'{head}<!DOCTYPE kml [<!ENTITY a0 "ha">{entities}]><kml>&a40;</kml>'
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    begun = time.process_time()
    source, rows, said = read(mark + text.encode(codec), "a.kml")
    assert time.process_time() - begun < 1
    assert (source.complete, rows, len(said)) == (False, [], 1)
    assert "DTD" in said[0]


def test_shapes_are_told_by_what_they_are(read):
    ring = "<outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,6 1,2</coordinates></LinearRing></outerBoundaryIs>"
    shapes = {
        "<Point><altitudeMode>absolute</altitudeMode><coordinates> 70 , 38 , 100 </coordinates></Point>": "Point",
        f"<Polygon>{ring}</Polygon>": "Polygon",
        "<MultiGeometry><Point><coordinates>1,2</coordinates></Point></MultiGeometry>": "MultiGeometry",
        "<gx:Track xmlns:gx='x'><when>2025</when><gx:coord>1 2 3</gx:coord></gx:Track>": "LineString",
    }
    source, rows, _ = read(kml("".join(f"<Placemark>{shape}</Placemark>" for shape in shapes)), "a.kml")
    assert [row.shape for row in rows] == list(shapes.values())
    assert source.complete


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (kml(MARK) + "junk", "well-formed XML (junk after document element"),
        (kml(MARK)[:-12], "well-formed XML"),
        ("<gpx></gpx>", "expected a KML file, not a GPX file"),
        ("<FeatureCollection/>", "expected a KML file, not a GML file"),
        (kml("<Folder>" * 70 + "</Folder>" * 70), "XML elements at most 64 deep"),
        (kml("<Placemark>" + "<Point/>" * 2_000 + "</Placemark>"), "a placemark of at most 5,000 characters"),
        (kml(f"<Folder><name>{'x' * 6_000}</name></Folder>"), "a placemark of at most 5,000 characters"),
        (
            kml(f"<Placemark><ExtendedData><Data name='{'x' * 900}'/></ExtendedData></Placemark>"),
            "a name of data of at",
        ),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_said_once(read, text, says):
    source, _, said = read(text, "a.kml", record_chars=5_000, field_chars=800)
    assert (source.complete, len(said)) == (False, 1)
    assert says in said[0]


def test_links_are_counted_and_not_followed(read):
    link = "<NetworkLink><Link><href>file:///etc/hostname</href></Link></NetworkLink>"
    _, rows, said = read(kml(MARK + link * 2), "a.kml")
    assert len(rows) == 1
    assert "2 NetworkLink was not followed" in said[0]


def test_of_an_archive_doc_kml_is_read_wherever_it_stands(read):
    packed = zipped({"images/a.png": b"x", "other.kml": kml(""), "doc.kml": kml(MARK)})
    source, rows, said = read(packed, "a.kmz")
    assert (source.format, len(rows)) == ("kmz", 1)
    assert "doc.kml is read, and not other.kml" in said[0]
