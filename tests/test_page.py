"""The page: strict, self-contained, in the right order of bytes; and the folium face of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import folium
import pytest
import shapely
from page_case import scene_of
from page_reader import everything, read_page, visible_text

from panjmap.data.errors import AssetError
from panjmap.render.blocks import json_block
from panjmap.render.incident_map import IncidentMap
from panjmap.render.page import Additions, environment, render
from panjmap.render.phrases import safe_link
from panjmap.render.scene import PageOptions, TileLayer

TILES = TileLayer("Streets", "https://tile.example/{z}/{x}/{y}.png", "https://tile.example", "Example")


@pytest.fixture(scope="module")
def scene():
    return scene_of()


@pytest.fixture(scope="module")
def page(scene) -> str:
    return render(scene)


def policy_of(html: str) -> dict[str, list[str]]:
    text = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    return {part.split()[0]: part.split()[1:] for part in text.split("; ")}


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_is_the_agreed_one_and_fits_every_script_and_style(page):
    policy = policy_of(page)
    assert list(policy) == ["default-src", "script-src", "style-src", "img-src", "font-src", "base-uri", "form-action"]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["img-src"] == ["data:", "blob:"]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy["script-src"] == [hashed(script) for script in scripts]
    assert policy["style-src"] == [hashed(style) for style in styles]
    assert len(scripts) == 2


def test_the_page_asks_for_nothing_and_has_no_inline_handler_or_style(page):
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\s(style|on\w+)=", re.sub(r">[^<]*<", "><", markup))
    assert not re.search(r'\ssrc="(?!data:)', markup)
    assert "<link" not in markup
    assert "@import" not in page
    assert "cdn." not in page
    assert "\r" not in page


def test_title_numbers_and_list_come_first_data_and_relief_last(page):
    places = [page.index(text) for text in ("<h1>", '<p class="deck">From five news reports', "6 workers", 'id="list"')]
    assert places == sorted(places)
    assert page.index("panjmap-relief") > page.index("panjmap-data") > page.index('id="table"')
    last_row = page.index("At least ten armed encounters")
    assert len(page[:last_row].encode()) < 60_000


def test_a_reader_without_scripts_gets_list_table_sources_and_the_answers(page):
    text = visible_text(page)
    for words in (
        "Attacks and clashes",
        "Reported totals, not mapped",
        "No link on file",
        "What enters this map?",
        "River km",
    ):
        assert words in text
    assert "Boundaries and names on this map do not imply" in text
    assert "Redistributions in binary form" in text


def test_all_records_are_in_the_block_with_exact_anchors(page, scene):
    blocks = read_page(page).blocks
    assert set(blocks) == {"panjmap-page", "panjmap-data", "panjmap-areas", "panjmap-basemap", "panjmap-relief"}
    assert blocks["panjmap-data"]["rows"] == 18
    assert blocks["panjmap-page"]["order"] == [row.record_id for row in scene.rows]
    read = everything(page)
    assert all(row.title in read for row in scene.rows)
    assert "From Afghanistan, per Tajik foreign ministry and Tajik officials; the Taliban deny any link" in read


def test_a_record_far_off_is_in_the_home_view_of_page_and_static_map():
    shapes = {"TJ-AF-2025-11-30-A": ("settlement", shapely.Point(74.5, 37.3))}
    scene = scene_of(shapes=shapes)
    html = render(scene)
    for west, south, east, north in read_page(html).blocks["panjmap-page"]["home"].values():
        assert west < 74.5 < east
        assert south < 37.3 < north
    x, y = map(float, re.search(r'class="c-attack"[^>]* transform="translate\(([\d.]+) ([\d.]+)\)"', html).groups())
    assert 0 < x < 960
    assert y > 0


def test_no_block_can_close_its_element():
    value = {"a": "</script><!--\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}&<b>", "n": 1.5}
    text = json_block(value)
    assert not set("<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}") & set(text)
    assert json.loads(text) == value
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_block({"n": float("nan")})


def test_a_script_that_would_end_its_element_stops_the_build(scene):
    with pytest.raises(AssetError):
        render(scene, Additions(scripts=("x = '</script>'",)))


def test_the_template_escapes_and_refuses_what_is_undefined():
    import jinja2

    assert environment().from_string("{{ x }}").render(x="<b>{{ 7*7 }}") == "&lt;b&gt;{{ 7*7 }}"
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_online_tiles_are_off_and_open_the_policy_only_when_asked_for():
    html = render(scene_of(options=PageOptions(tiles=(TILES,))))
    layer = next(layer for layer in read_page(html).blocks["panjmap-page"]["layers"] if layer["id"] == "tiles-0")
    assert layer["on"] is False
    assert policy_of(html)["img-src"] == ["data:", "blob:", "https://tile.example"]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=1#c", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("https://example.org/\N{RIGHT-TO-LEFT OVERRIDE}x", True),
        ("https://e\nvil", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ('https://e/"onclick="x', False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_links_are_links(url, safe):
    assert bool(safe_link(url)) is safe


# ---------------------------------------------------------------- the folium face


def test_the_folium_map_renders_as_the_page(scene, page):
    made = IncidentMap(scene)
    assert isinstance(made, folium.Map)
    assert made.get_root().render() == page
    assert made.get_root().render() == page


def test_it_shows_in_a_notebook_and_saves_the_same_bytes(scene, page, tmp_path):
    made = IncidentMap(scene)
    assert made._repr_html_().startswith("<figure")
    assert "srcdoc=" in made._repr_html_()
    made.save(str(tmp_path / "m.html"))
    assert (tmp_path / "m.html").read_bytes() == page.encode("utf-8")


def test_a_users_own_layer_is_added_with_stable_ids(scene):
    def with_marker() -> str:
        made = IncidentMap(scene)
        group = folium.FeatureGroup(name="mine").add_to(made)
        folium.CircleMarker([38, 70]).add_to(group)
        return made.get_root().render()

    html = with_marker()
    assert html == with_marker()
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[-1]
    assert "L.circleMarker" in script
    assert "(map_panjmap, $) =>" in script
    assert hashed(script) in policy_of(html)["script-src"]


def test_a_library_that_is_not_installed_is_refused(scene):
    made = IncidentMap(scene)
    made.add_js_link("heat", "https://cdn.example/heat.js")
    with pytest.raises(AssetError, match=r"cdn\.example"):
        made.get_root().render()


def test_one_map_changes_nothing_for_the_next(scene):
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    made = IncidentMap(scene)
    made.add_js_link("heat", "https://cdn.example/heat.js")
    made.add_css_link("heat_css", "https://cdn.example/heat.css")
    assert (folium.Map.default_js, folium.Map.default_css) == before
    IncidentMap(scene).get_root().render()


def test_a_title_is_cleaned_as_all_text_is():
    title = PageOptions(title="a\ud800b\N{RIGHT-TO-LEFT OVERRIDE}").title
    assert title == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"


def test_another_title_changes_the_page_and_its_description(scene):
    html = render(replace(scene, options=PageOptions(title="Another title")))
    assert "<h1>Another title</h1>" in html
    assert "<title>Another title</title>" in html
