"""Internal outputs show everything, say so in every file and its name, and never replace a public one."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from made_reports import BURNT, REPORTS, STREET, made_tables, write_folder, write_reports
from package_reader import texts_in

import panjmap
from panjmap.data.errors import OptionError
from panjmap.data.internal import MARK, internal_name, marked, named, unmarked
from panjmap.data.tables import PACKAGED
from panjmap.render.descriptions import ALT_LENGTH
from panjmap.render.export import FORMATS, export_bytes, write_export
from panjmap.render.figure import FigureOptions, figure_bytes, write_figure
from panjmap.render.incident_map import IncidentMap
from panjmap.render.kit import CONTENTS, write_kit
from panjmap.render.prepare import read_scene
from panjmap.render.write import write_map


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A data folder with people at risk and a withheld record, and the folder of its reports' texts."""
    above = tmp_path_factory.mktemp("internal")
    return write_folder(above / "data", made_tables()), write_reports(above / "texts")


@pytest.fixture(scope="module")
def made(folders):
    return read_scene(folders[0], internal=True, reports=folders[1])


def page_of(scene) -> str:
    return IncidentMap(scene).get_root().render()


def holds(data: bytes, words: str) -> bool:
    return any(words in text for text in texts_in(data))


def test_an_internal_page_shows_everything_and_is_marked(made):
    page = page_of(made).encode()
    for words in (MARK, BURNT, STREET, "38.41234", REPORTS["made-1"][40:90]):
        assert holds(page, words) or words == "38.41234", words
    assert f"<title>{MARK}" in page.decode()
    assert page.decode().index(f"<strong>{MARK}") < page.decode().index("<h1>")
    assert made.published.withheld == 0
    assert "withholds 1" in made.published.note


def test_a_public_page_is_the_same_whether_asked_for_or_by_default(folders):
    default = page_of(read_scene(folders[0]))
    assert page_of(read_scene(folders[0], internal=False)) == default
    assert MARK not in default
    assert not any(MARK in text for text in texts_in(default.encode()))


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_of_an_export_is_marked(made, name):
    for ending, data in export_bytes(made, name).files.items():
        assert holds(data, MARK), ending


@pytest.mark.parametrize("name", ["csv", "xlsx", "geojson", "gpkg", "geoparquet"])
def test_claims_in_exports_have_the_passage_only_internally(made, folders, name):
    passage = REPORTS["made-1"][40:90]
    inside = export_bytes(made, name).files.values()
    outside = export_bytes(read_scene(folders[0]), name).files.values()
    assert any(holds(data, passage) for data in inside)
    assert not any(holds(data, passage) or holds(data, MARK) for data in outside)


@pytest.mark.parametrize(
    "options", [FigureOptions(), FigureOptions(strip=True), FigureOptions(size="social", title="T")]
)
def test_a_figure_is_marked_on_the_picture_and_in_every_word_about_it(made, options):
    found = figure_bytes(made, options, ("svg", "png", "pdf"))
    for name, data in found.items():
        assert holds(data, MARK), name
    svg = found["svg"].decode()
    assert MARK in svg[svg.index("</desc>") :]
    assert len(found["alt"].decode().strip()) <= ALT_LENGTH


def test_files_have_names_of_their_own(folders, tmp_path):
    data, texts = folders
    public = write_map(tmp_path / "map.html", folder=data)
    before = (tmp_path / "map.html").read_bytes(), (tmp_path / "manifest.json").read_bytes()
    inside = write_map(tmp_path / "map.html", folder=data, internal=True, reports=texts)
    assert (public.path.name, inside.path.name) == ("map.html", "map.internal.html")
    assert before == ((tmp_path / "map.html").read_bytes(), (tmp_path / "manifest.json").read_bytes())
    said = json.loads((tmp_path / "manifest.internal.json").read_text("utf-8"))
    assert said["internal"] is True
    assert {"made-1.txt", "made-2.txt"} == set(said["inputs"]["reports"])
    assert "internal" not in json.loads(before[1])
    write_export(tmp_path / "x.csv", folder=data, internal=True)
    write_figure(tmp_path / "f.svg", FigureOptions(), folder=data, internal=True)
    others = {path.name for path in tmp_path.iterdir()} - {"map.html", "manifest.json"}
    assert all(".internal" in name for name in others), others


def test_a_public_output_cannot_take_the_name_of_an_internal_one(folders, tmp_path):
    for write in (
        lambda: write_map(tmp_path / "map.internal.html", folder=folders[0]),
        lambda: write_export(tmp_path / "x.INTERNAL.csv", folder=folders[0]),
        lambda: write_figure(tmp_path / "f.internal.svg", FigureOptions(), folder=folders[0]),
        lambda: write_kit(tmp_path / "kit.internal", data=folders[0]),
        lambda: IncidentMap(read_scene(folders[0])).save(str(tmp_path / "map.internal.html")),
    ):
        with pytest.raises(OptionError, match="add --internal"):
            write()
    assert list(tmp_path.iterdir()) == []


def test_a_kit_is_marked_in_its_folder_and_in_every_file(folders, tmp_path):
    written = write_kit(tmp_path / "kit", data=folders[0], internal=True, reports=folders[1])
    assert written.folder.name == "kit.internal"
    assert "README.internal.md" in str(written)
    names = {path.name for path in written.folder.iterdir()}
    assert names == {internal_name(Path(name)).name for name in CONTENTS}
    for path in written.folder.iterdir():
        if path.name != "SHA256SUMS.internal":  # a list of names and sums, nothing else
            assert holds(path.read_bytes(), MARK), path.name
    readme = (written.folder / "README.internal.md").read_text("utf-8")
    assert "`map.internal.html`" in readme
    assert "`map.html`" not in readme
    assert 'src="map.internal.html?embed=1"' in (written.folder / "snippet.internal.html").read_text("utf-8")
    write_kit(tmp_path / "kit", data=folders[0], internal=True)  # over itself, as a public kit may be


def test_a_map_in_a_notebook_is_marked_and_so_is_the_file_it_saves(folders, tmp_path):
    with pytest.warns(UserWarning, match="no text with its SHA-256"):
        shown = panjmap.build_map(folders[0], internal=True, reports=folders[1])
    assert MARK in shown._repr_html_()
    assert MARK in repr(shown)
    shown.save(str(tmp_path / "map.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["map.internal.html"]


def test_texts_are_for_internal_outputs_only(folders, panjmap, tmp_path):
    with pytest.raises(OptionError, match="a public output holds no passage"):
        read_scene(folders[0], reports=folders[1])
    for command in (("build", "--out", tmp_path / "m.html"), ("embed",), ("kit", tmp_path / "k")):
        found = panjmap(*command, "--data", folders[0], "--reports", folders[1])
        assert (found.returncode, "add --internal" in found.stderr) == (2, True), found.stderr
    assert list(tmp_path.iterdir()) == []


def test_reports_without_a_text_are_told_and_names_of_files_do_not_matter(folders, tmp_path, panjmap):
    shutil.copy(folders[1] / "made-1.txt", tmp_path / "any name.dat")
    (tmp_path / "made-2.txt").write_text("other words altogether", "utf-8")
    told: list[str] = []
    found = read_scene(folders[0], internal=True, reports=tmp_path, warn=told.append)
    assert [line.split(":")[0] for line in told] == [
        report.report_id for report in found.published.tables.reports if report.report_id != "made-1"
    ]
    assert all("no text with its SHA-256" in line for line in told)
    assert set(found.published.quotes) == {"QUO-1", "QUO-2"}
    out = panjmap("embed", "--data", folders[0], "--internal", "--reports", tmp_path)
    assert (out.returncode, MARK in out.stdout) == (0, True)
    assert "warning: made-2: no text" in out.stderr


def test_a_passage_is_text_and_nothing_else(folders, tmp_path):
    payload = "</script><img src=x onerror=alert(1)>{{7*7}}"
    tables, texts = (
        made_tables(REPORTS | {"made-1": REPORTS["made-1"][:40] + payload + REPORTS["made-1"][40:]}),
        tmp_path,
    )
    texts = write_reports(
        tmp_path / "texts", REPORTS | {"made-1": REPORTS["made-1"][:40] + payload + REPORTS["made-1"][40:]}
    )
    page = page_of(read_scene(write_folder(tmp_path / "data", tables), internal=True, reports=texts))
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_names_and_titles_are_marked_once():
    assert named(Path("a/map.html"), internal=True) == Path("a/map.internal.html")
    assert named(Path("a/map.internal.html"), internal=True) == Path("a/map.internal.html")
    assert named(Path("internal.html"), internal=False) == Path("internal.html")
    assert marked(marked("T")) == f"{MARK}. T"
    assert unmarked(marked("T")) == unmarked("T") == "T"


@cache
def packaged():
    return read_scene(PACKAGED, internal=True)


def test_without_a_place_that_can_be_drawn_the_areas_stay(made):
    assert {row.record_id for row in packaged().rows if row.drawn} == {
        row.record_id for row in read_scene(PACKAGED).rows if row.drawn
    }
    assert [row.place_name for row in packaged().rows if row.record_id == "TJ-AF-2025-M-RAIDS"] == [
        row.place_name for row in read_scene(PACKAGED).rows if row.record_id == "TJ-AF-2025-M-RAIDS"
    ]
    (street,) = [row for row in made.rows if row.record_id == "TJ-AF-2025-M-RAIDS"]
    assert street.geometry.geom_type == "Point"
