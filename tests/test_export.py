"""``panjmap export``: one entry for every format; what it says, and what it does when it is used wrongly."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from panjmap.cli import main
from panjmap.data.errors import OptionError
from panjmap.data.tables import PACKAGED
from panjmap.render.export import FORMATS, Exported, export_bytes, format_of
from panjmap.render.prepare import read_scene, spare_inputs
from panjmap.render.scene import Scene


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_scene_gives_the_same_bytes(scene, name):
    first, second = export_bytes(scene, name), export_bytes(scene, name)
    assert isinstance(first, Exported)
    assert first == second
    assert next(iter(first.files)) in FORMATS[name].suffixes
    assert all(first.files.values())


def test_the_command_prints_what_it_wrote_and_how_many_records(tmp_path):
    out = tmp_path / "new" / "records.geojson"
    done = run("--format", "geojson", "--out", out)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith(f"{out} (")
    assert done.stdout.splitlines()[1:] == [
        "18 records: 6 on the map, 12 in the list only. 2 records generalised to district or coarser."
    ]
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 18


def test_the_ending_of_the_file_names_the_format():
    assert format_of(Path("a/B.GeoJSON")) == "geojson"
    assert format_of(Path("records.json"), "geojson") == "geojson"
    for name, one in FORMATS.items():
        assert all(format_of(Path(f"x{suffix}"), name) == name for suffix in one.suffixes)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "shapefile", "--out", "x.shp"), "shapefile"),
        (("--out", "x.shp"), "its ending .shp is that of no format. Fix: let it end in .geojson"),
        (("--out", "records"), "let it end in .geojson, .gpkg, .parquet, .kml, .csv or .xlsx."),
        (
            ("--format", "geojson", "--out", "x.xyz"),
            "ends in .xyz, and GeoJSON (RFC 7946) is written to a file that ends",
        ),
        (("--format", "geojson", "--out", "records"), "Fix: name it records.geojson"),
        (("--format", "geojson"), "--out"),
        (("--out", "x.json", "--name-field", "NAME"), "--districts"),
    ],
)
def test_a_choice_that_cannot_be_met_is_an_error_of_the_command_line(tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_format_may_be_written_in_capitals(tmp_path):
    assert run("--format", "KML", "--out", tmp_path / "x.kml").exit_code == 0
    assert (tmp_path / "x.kml").read_bytes().startswith(b"<?xml")


def test_a_name_that_is_too_long_is_to_be_shortened(tmp_path):
    done = run("--out", tmp_path / f"{'x' * 300}.kml")
    assert done.exit_code == 1
    assert done.stderr.endswith("Fix: shorten the name.\n")


def test_an_unknown_format_is_refused_by_the_library_too(scene):
    with pytest.raises(OptionError, match="there is no such format"):
        export_bytes(scene, "shapefile")


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder.geojson").mkdir()
    for out in (tmp_path / "file" / "x.geojson", tmp_path / "folder.geojson", tmp_path / f"{'x' * 300}.geojson"):
        done = run("--out", out)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "cannot be written" in done.stderr
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder.geojson"]


def test_bad_tables_leave_the_old_file_as_it_was(tmp_path):
    out = tmp_path / "x.geojson"
    out.write_text("old")
    done = run("--out", out, "--data", tmp_path)
    assert done.exit_code == 1
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.geojson"]


def test_what_is_read_is_never_written_over(tmp_path):
    for file in PACKAGED.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "link").symlink_to(tmp_path)
    for out in (tmp_path / "records.csv", tmp_path / "link" / "claims.csv", tmp_path / "datapackage.json"):
        done = run("--out", out, "--data", tmp_path)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "would be written over. Fix: name another file or folder" in done.stderr
    (tmp_path / "link").unlink()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    copy = tmp_path / "links"  # tables that are links, as an editable installation holds them
    copy.mkdir()
    for name in before:
        (copy / name).symlink_to(tmp_path / name)
    assert run("--out", tmp_path / "records.csv", "--data", copy).exit_code == 2
    assert "it is a link" in run("--out", copy / "records.csv", "--data", copy).stderr
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.*")} == before
    with pytest.raises(OptionError, match="would be written over"):
        spare_inputs([PACKAGED / "records.csv"], None)


def test_the_boundary_file_is_never_written_over(tmp_path):
    square = {"type": "Polygon", "coordinates": [[[70, 38], [70.5, 38], [70.5, 38.5], [70, 38.5], [70, 38]]]}
    feature = {"type": "Feature", "geometry": square, "properties": {"name": "Shamsiddin Shohin"}}
    path = tmp_path / "districts.geojson"
    path.write_text(text := json.dumps({"type": "FeatureCollection", "features": [feature]}))
    done = run("--out", path, "--districts", path)
    assert done.exit_code == 2, done.output
    assert path.read_text() == text


def test_the_bytes_do_not_depend_on_the_zone_the_locale_the_hash_seed_or_the_folder(tmp_path, scene):
    code = (
        "import sys; from pathlib import Path; from panjmap.render.export import FORMATS, export_bytes\n"
        "from panjmap.render.prepare import read_scene\n"
        "scene = read_scene()\n"
        "for name in reversed(FORMATS):\n"
        "    for end, data in export_bytes(scene, name).files.items(): Path(name + end).write_bytes(data)"
    )
    other = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C", "TMPDIR": "."}
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | other, cwd=tmp_path)
    here = {name + end: data for name in FORMATS for end, data in export_bytes(scene, name).files.items()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == here


def test_the_help_lists_every_format():
    text = run("--help").stdout
    assert all(one.title in text for one in FORMATS.values())


def test_every_format_is_documented():
    text = (Path(__file__).resolve().parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE))
    assert {name: re.findall(r"`([^`]+)`", rows[name]) for name in FORMATS} == {
        name: list(one.suffixes) for name, one in FORMATS.items()
    }
