"""Whatever lies on a disk: told by its content, refused by what it is, under any name."""

from __future__ import annotations

import io
import os
import sqlite3
import struct
import tarfile

import pytest

from panjmap.data.intake.importing import import_rows
from panjmap.data.intake.log import RowErrors
from panjmap.data.intake.source import read_source

ROWS = b"id,lat,lon\n1,38,70\n"


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        member = tarfile.TarInfo("a.csv")
        member.size = len(ROWS)
        made.addfile(member, io.BytesIO(ROWS))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n", "not a PDF document. Fix: bring what it says into a table first"),
        (b"\x89PNG\r\n\x1a\n", "not a PNG picture"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            "old Office (.xls, .doc), or one with a password. Fix: save it as",
        ),
        (b"<html><table><tr><td>lat", "not a web page"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><p>", "not a web page"),
        (struct.pack(">i", 9994) + bytes(100), "not a shapefile. Fix: export it as GeoJSON or CSV"),
        (b"PAR1" + bytes(9) + b"PAR1", "not a Parquet file"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(9), "not a 7z archive"),
        (tar(), "not a tar archive"),
        (
            b"\x03\x7a\x01\x01\x03\0\0\0\x41\0\x20" + bytes(21) + b"NAME\0\0\0\0\0\0\0C" + bytes(60),
            "this is none, and no text",
        ),
        ("lat,lon\n38,70\n".encode("utf-16-le"), "looks like UTF-16 without a mark"),
        (b"SQLite format 3\0" + bytes(100), "not an SQLite database"),
        (b'{"type":"Topology","arcs":[]}', "expected GeoJSON, not TopoJSON"),
        (b'{"geometryType":"esriGeometryPoint","features":[{"attributes":{}}]}', "expected GeoJSON, not JSON of Esri"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a"])
def test_what_is_not_read_is_refused_by_what_it_is(read, content, says, name):
    source, rows, said = read(content, name)
    assert (source.complete, rows) == (False, [])
    assert [problem.level for problem in source.problems][-1:] == ["error"]
    assert says in said[-1]


def test_a_geopackage_is_told_from_other_databases(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as base:
        base.execute("pragma application_id = 1196444487")
        base.execute("create table a (b)")
    base.close()
    assert "not a GeoPackage" in str(read_source(path).problems[0])


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("[]", "a.json", ": expected items; there are none"),
        ("[]", "a", ": expected items; there are none"),
        ("{}", "a.json", ": expected items; there are none"),
        ("{", "a.json", "expected a GeoJSON or JSON file, as the ending .json says; the content is none"),
        ("5", "a.json", "expected a GeoJSON or JSON file"),
        ("null", "a.geojson", "expected a GeoJSON or JSON file"),
        ("a", "a.csv", ": expected rows under the header; there are none"),
        ("", "a.json", "this one is empty"),
        ("\ufeff", "a.json", "nothing but blanks"),
    ],
)
def test_the_smallest_files_are_what_they_are(read, content, name, says):
    assert says in read(content, name)[2][0]


@pytest.mark.parametrize(
    "name",
    [b"new\nline.csv", b"esc\x1b[31m.csv", "bidi\u202evsc.csv".encode(), b"no utf-8 \xff.csv", b"-x.csv", b"%s.csv"],
)
def test_names_of_files_are_shown_and_kept_harmless(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_bytes(ROWS)
    except OSError:
        pytest.skip("this file system has no such names")
    done = import_rows(path, tmp_path / "rows.parquet")
    assert done.about.file.isprintable()
    path.write_bytes(ROWS.replace(b"70", b"x"))
    with pytest.raises(RowErrors) as refused:
        import_rows(path, tmp_path / "rows.parquet")
    lines = str(refused.value).splitlines()
    assert len([line for line in lines if not line.startswith("warning: ")]) == 2
    assert all(line.isprintable() for line in lines)
    str(refused.value).encode()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_plain_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    os.symlink("loop", tmp_path / "loop")
    for name, says in (
        ("pipe", "expected a file, not a pipe"),
        ("loop", "expected a file, not a link that leads back to itself"),
        (".", "expected a file, not a folder"),
        ("none", "expected a file; there is none of this name"),
        ("x" * 300, "expected a file that can be read"),
        ("a\0b", "expected a file that can be read"),
    ):
        assert says in str(read_source(tmp_path / name).problems[0])
    assert "expected a file, not a device" in str(read_source(tmp_path / "/dev/zero").problems[0])
