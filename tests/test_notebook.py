"""The map in notebooks and scripts: light to import, shows itself, saves what the command builds."""

from __future__ import annotations

import html
import io
import re
import subprocess
import sys
from html.parser import HTMLParser

import folium
import folium.plugins
import pytest
from page_case import scene_of

import panjmap
from panjmap.data.errors import OutputError, PanjmapError, TableErrors
from panjmap.render.embed import SANDBOX
from panjmap.render.incident_map import IncidentMap


class Frame(HTMLParser):
    """The one frame in what a notebook is given."""

    def __init__(self, text):
        super().__init__()
        self.frames, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "iframe":
            self.frames.append(dict(attrs))


@pytest.fixture(scope="module")
def made():
    return panjmap.build_map()


def test_to_import_the_package_loads_nothing_heavy():
    code = "import sys, panjmap; print([n for n in ('folium', 'pandas', 'shapely', 'jinja2') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_is_a_folium_map(made):
    assert isinstance(made, IncidentMap)
    assert isinstance(made, folium.Map)
    assert panjmap.__all__ == ["build_map"]


def test_it_saves_the_bytes_that_the_command_builds(made, built_map, tmp_path):
    for name in (str(tmp_path / "text.html"), tmp_path / "new" / "path.html", bytes(tmp_path / "bytes.html")):
        made.save(name)
    stream = io.BytesIO()
    made.save(stream, close_file=False)
    expected = built_map.read_bytes()
    assert stream.getvalue() == expected
    for path in ("text.html", "new/path.html", "bytes.html"):
        assert (tmp_path / path).read_bytes() == expected


def test_showing_it_changes_nothing_in_what_is_saved(made, built_map):
    first, second, stream = made._repr_html_(), made._repr_html_(), io.BytesIO()
    assert first == second
    made.save(stream)
    assert stream.closed
    made.save(again := io.BytesIO(), close_file=False)
    assert again.getvalue() == built_map.read_bytes()


def test_own_tables_districts_title_and_hosts_are_taken(folder, edit):
    edit("records", 2, title="A title of my own")
    made = panjmap.build_map(str(folder), title="My map", image_hosts=["https://tile.openstreetmap.org"])
    page = made.get_root().render()
    assert "A title of my own" in page
    assert "<title>My map</title>" in page
    assert "img-src data: blob: https://tile.openstreetmap.org;" in page


def test_bad_tables_and_files_are_told_as_by_the_command(folder, edit, tmp_path):
    edit("records", 2, kind="nonsense")
    with pytest.raises(TableErrors, match="records"):
        panjmap.build_map(folder)
    with pytest.raises(PanjmapError):
        panjmap.build_map(districts=tmp_path / "none.geojson")


def test_a_folder_that_cannot_be_written_leaves_nothing(made, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        made.save(tmp_path / "file" / "map.html")
    with pytest.raises(OutputError):
        made.save(tmp_path)
    assert (tmp_path / "file").read_text() == "x"


def test_a_layer_that_is_refused_leaves_the_old_file(tmp_path):
    made = IncidentMap(scene_of())
    folium.plugins.MarkerCluster().add_to(made)
    (tmp_path / "map.html").write_text("old")
    with pytest.raises(PanjmapError):
        made.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text() == "old"


def test_a_notebook_gets_the_page_in_a_sandboxed_frame_compact(made, built_map):
    shown = Frame(made._repr_html_())
    (frame,) = shown.frames
    assert frame["name"] == "embed=1"
    assert frame["sandbox"] == SANDBOX
    assert frame["title"] == made._figure.made.options.title
    assert frame["srcdoc"] == built_map.read_text(encoding="utf-8")
    assert "src" not in frame
    assert "img" not in shown.tags


def test_it_is_one_block_of_markdown(made):
    assert "\n\n" not in made._repr_html_()
    assert made._repr_html_().count("\n") < 40


def test_as_plain_text_it_says_what_it_shows(made):
    assert re.fullmatch(r"<IncidentMap\. Map.*Not a complete record.*>", repr(made))


def test_where_frames_are_taken_out_the_map_in_words_is_left(made):
    left = re.sub("<(iframe|style|script).*?</\\1>", "", made._repr_html_(), flags=re.DOTALL)
    assert len(left) < 1000
    assert "Trust this notebook" in left
    assert "Not a complete record" in html.unescape(left)


# ---------------------------------------------------------------- in the browser


@pytest.mark.browser
@pytest.mark.parametrize("width", [1100, 500])
def test_maps_in_a_notebook_take_their_height_and_ask_for_nothing(page_at, made, width):
    page = f"<!doctype html><title>Notebook</title><body>{made._repr_html_()}<hr>{made._repr_html_()}</body>"
    visit = page_at(page, width, 900)
    frames = visit.page.frames[1:]
    for frame in frames:
        frame.wait_for_selector("html[data-ready].embed", state="attached", timeout=15_000)
    visit.page.wait_for_timeout(300)
    heights = visit.page.evaluate("[...document.querySelectorAll('iframe')].map(f => f.offsetHeight)")
    assert len(set(heights)) == 1
    assert 400 < heights[0] < 900
    for frame in frames:
        assert frame.evaluate("document.documentElement.scrollHeight") <= heights[0]
    assert visit.page.locator(".panjmap-picture").all_inner_texts() == ["", ""] or not any(
        one.is_visible() for one in visit.page.locator(".panjmap-picture").all()
    )
    visit.assert_quiet()


@pytest.mark.browser
def test_a_notebook_on_paper_keeps_its_frame(page_at, made):
    visit = page_at(f"<!doctype html><title>Notebook</title><body>{made._repr_html_()}</body>")
    visit.page.emulate_media(media="print")
    assert visit.page.locator("iframe").is_visible()
    assert not visit.page.locator(".panjmap-picture").is_visible()
