"""A user's own folium layers: each element works, or is refused with what to do; none breaks in silence."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import folium
import pytest
from branca.element import Element, JavascriptLink
from folium import plugins
from folium.elements import EventHandler
from folium.utilities import JsCode
from folium_elements import COLOUR, ELEMENTS, HERE, SQUARE
from page_case import scene_of

from panjmap.data.errors import AssetError, OptionError
from panjmap.render.incident_map import IncidentMap

DOCS = Path(__file__).resolve().parents[1] / "docs" / "embedding.md"
OSM = "https://tile.openstreetmap.org"
#: Bases and parts of other elements: nothing to add to a map.
NO_LAYERS = {"ColorMap", "CssLink", "Div", "Element", "Figure", "JsCode", "Link", "MacroElement", "Map"}


@pytest.fixture(scope="module")
def scene():
    return scene_of()


@pytest.fixture(scope="module")
def empty(scene):
    return IncidentMap(scene).get_root().render()


def with_element(scene, name, **options):
    made = IncidentMap(scene, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some of folium's tile sources want a key
        ELEMENTS[name](made)
    return made


def answer(scene, name):
    """Say what becomes of an element: works, or why it does not."""
    try:
        with_element(scene, name).get_root().render()
    except AssetError as error:
        said = str(error)
    else:
        return "works"
    assert re.search(r"\. Fix: .+\.$", said)
    if "image_hosts" in said:
        return "host"
    return "library" if re.search("no installed package|Leaflet only", said) else "blocked"


@pytest.fixture(scope="module")
def answers(scene):
    return {name: answer(scene, name) for name in ELEMENTS}


def documented():
    """Read the table: what becomes of it -> names."""
    rows = re.findall(r"^\| (works|host|library|blocked) \| (.*?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: kind for kind, names in rows for name in names.split(", ")}


def test_the_document_says_of_every_element_what_becomes_of_it(answers):
    assert documented() == answers


def test_no_element_of_folium_is_forgotten():
    source = (Path(__file__).parent / "folium_elements.py").read_text(encoding="utf-8")
    named = {*folium.__all__, *plugins.__all__} - NO_LAYERS
    assert [name for name in sorted(named) if not re.search(rf"\b{name}\b", source)] == []


def test_whatever_works_gives_the_same_bytes_each_time(scene, answers, empty):
    for name in (name for name, kind in answers.items() if kind == "works"):
        made = with_element(scene, name)
        page = made.get_root().render()
        assert page != empty, name
        assert made.get_root().render() == page, name
        assert with_element(scene, name).get_root().render() == page, name


def test_own_layers_change_nothing_else_on_the_page(scene, empty):
    page = with_element(scene, "Marker").get_root().render()
    scripts = re.findall(r"<script>.*?</script>", page, re.DOTALL)
    (own,) = [script for script in scripts if "panjmap.own.add(" in script]
    policy = r'content="default-src[^"]*"'
    assert re.sub(policy, "", page.replace(own, "")) == re.sub(policy, "", empty)


def test_an_element_can_be_named_in_a_users_own_code(scene):
    made = IncidentMap(scene)
    marker = folium.CircleMarker(HERE).add_to(made)
    circle = folium.Circle(HERE).add_to(made)
    circle.add_child(EventHandler("click", JsCode(f"() => {marker.get_name()}.remove()")))
    page = made.get_root().render()
    assert "circle_marker_own0.remove()" in page
    assert marker.get_name() not in page


def test_what_looks_like_an_id_but_is_none_stays(scene):
    made = IncidentMap(scene)
    folium.CircleMarker(HERE, tooltip=f"x_{'0123456789abcdef' * 2}").add_to(made)
    assert f"x_{'0123456789abcdef' * 2}" in made.get_root().render()


def test_a_host_that_is_allowed_stands_in_the_policy_and_no_other(scene):
    made = with_element(scene, "TileLayer", image_hosts=[OSM])
    assert f"img-src data: blob: {OSM};" in made.get_root().render()
    other = with_element(scene, "WmsTileLayer", image_hosts=[OSM])
    with pytest.raises(AssetError, match=r'may not ask https://example\.org.*image_hosts=\["https://example\.org"\]'):
        other.get_root().render()


@pytest.mark.parametrize(
    ("hosts", "fits"),
    [
        (["https://*.tiles.example.org"], True),
        (["HTTPS://*.Tiles.example.org/"], True),
        (["http://*.tiles.example.org"], False),
        (["https://a.tiles.example.org"], False),
        (["https://*.example.com"], False),
    ],
)
def test_tiles_with_subdomains_need_a_host_with_a_star(scene, hosts, fits):
    made = IncidentMap(scene, image_hosts=hosts)
    folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="a").add_to(made)
    if fits:
        made.get_root().render()
        return
    with pytest.raises(AssetError, match=re.escape('image_hosts=["https://*.tiles.example.org"]')):
        made.get_root().render()


def test_one_host_needs_no_list(scene):
    made = IncidentMap(scene, image_hosts=OSM)
    folium.TileLayer("OpenStreetMap").add_to(made)
    assert OSM in made.get_root().render()


@pytest.mark.parametrize(
    "host",
    ["", "*", "example.org", "https:", "https://", "https://a b", "data:", "https://a.org; script-src *", "'self'"],
)
def test_what_is_no_host_is_refused(scene, host):
    with pytest.raises(OptionError, match="image_hosts"):
        IncidentMap(scene, image_hosts=[host])


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">a</p>',
        "<p onclick=alert(1)>a</p>",
        "<iframe></iframe>",
        '<img src="https://example.org/a.png">',
        "<img src=//example.org/a.png>",
    ],
)
def test_own_html_that_the_policy_would_block_is_refused(scene, markup):
    made = IncidentMap(scene)
    made.get_root().html.add_child(Element(markup))
    with pytest.raises(AssetError):
        made.get_root().render()


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", '<link rel="stylesheet" href="https://a.org/a.css">'])
def test_a_header_takes_styles_only(scene, markup):
    made = IncidentMap(scene)
    made.get_root().header.add_child(Element(markup))
    with pytest.raises(AssetError, match="more than styles"):
        made.get_root().render()


@pytest.mark.parametrize("code", ["$('#map').hide()", "$.ajax('/a')", "jQuery(map_panjmap)"])
def test_code_that_needs_jquery_is_refused_and_words_are_not(scene, code):
    made = IncidentMap(scene)
    made.get_root().script.add_child(Element(code))
    with pytest.raises(AssetError, match="jQuery"):
        made.get_root().render()
    made = IncidentMap(scene)
    folium.CircleMarker(HERE, popup=f"costs $(5), {code.replace('$', 'US$')}", tooltip="jQuery.").add_to(made)
    assert "costs $(5)" in made.get_root().render()


def test_links_of_one_map_are_not_those_of_another(scene, empty):
    made = IncidentMap(scene)
    made.add_js_link("own", "https://cdn.example.org/own.js")
    assert IncidentMap(scene).get_root().render() == empty
    with pytest.raises(AssetError, match=r"cdn\.example\.org"):
        made.get_root().render()
    made = IncidentMap(scene)
    made.get_root().header.add_child(JavascriptLink("https://unpkg.com/leaflet"), name="leaflet")
    assert made.get_root().render() == empty


def test_a_map_that_was_refused_is_as_it_was(scene, empty):
    made = IncidentMap(scene)
    cluster = plugins.MarkerCluster().add_to(made)
    with pytest.raises(AssetError, match=r"docs/embedding\.md"):
        made.get_root().render()
    del made._children[cluster.get_name()]
    assert made.get_root().render() == empty


def test_text_in_folium_elements_does_run_through_its_templates(scene):
    # Not wanted, but so: the document warns of it.
    made = IncidentMap(scene)
    folium.CircleMarker(HERE, popup="{{ 7*191 }}").add_to(made)
    assert "1337" in made.get_root().render()
    assert "templates" in DOCS.read_text(encoding="utf-8")


# ---------------------------------------------------------------- in the browser


@pytest.fixture
def opened(page_at, scene):
    """Open a map with layers that a function adds; the browser answers hosts that are allowed with a picture."""

    def visit_of(*adders, width=1200, **options):
        made = IncidentMap(scene, **options)
        for add in adders:
            add(made)
        visit = page_at(made.get_root().render(), width, 900)
        visit.page.wait_for_timeout(300)
        return visit

    return visit_of


@pytest.mark.browser
def test_all_that_works_works_together_and_in_silence(opened, answers):
    visit = opened(*(ELEMENTS[name] for name, kind in answers.items() if kind == "works"))
    page = visit.page
    assert page.locator(f"path[stroke='{COLOUR}']").count() >= 10
    assert page.locator(".leaflet-marker-icon").count() >= 6
    assert page.locator("canvas.leaflet-heatmap-layer").count() == 1
    assert page.evaluate("[...document.querySelectorAll('img.leaflet-marker-icon')].every(i => i.naturalWidth > 0)")
    assert page.inner_text("#own-html") == "Own words"
    visit.assert_quiet()


@pytest.mark.browser
def test_text_in_popups_is_a_javascript_template(opened):
    # Not wanted, but so: the document warns of it.
    visit = opened(lambda made: folium.CircleMarker(HERE, color=COLOUR, popup="Q${7*191}Q").add_to(made))
    visit.page.locator(f"path[stroke='{COLOUR}']").dispatch_event("click")
    visit.page.wait_for_selector(".leaflet-popup-content")
    assert visit.page.inner_text(".leaflet-popup-content") == "Q1337Q"


@pytest.mark.browser
@pytest.mark.parametrize("popup", ["Popup with words", "Popup lazy", "Popup with markup"])
def test_popups_open_without_jquery(opened, popup):
    visit = opened(ELEMENTS[popup])
    visit.page.locator(f"path[stroke='{COLOUR}']").dispatch_event("click")
    visit.page.wait_for_selector(".leaflet-popup-content")
    assert "words" in visit.page.inner_text(".leaflet-popup-content")
    visit.assert_quiet()


@pytest.mark.browser
def test_styles_of_popups_tooltips_and_icons_count_and_handlers_do_not(opened):
    red = '<b class="mine" style="color: rgb(255, 0, 0)" onclick="alert(1)" title="style=1">Own</b>'
    visit = opened(
        lambda made: folium.CircleMarker(
            HERE, color=COLOUR, popup=red, tooltip=folium.Tooltip(red, sticky=False)
        ).add_to(made),
        lambda made: folium.Marker([38.4, 70.4], icon=folium.DivIcon(red, icon_size=(60, 20))).add_to(made),
    )
    page = visit.page
    page.locator(f"path[stroke='{COLOUR}']").dispatch_event("mouseover")
    page.locator(f"path[stroke='{COLOUR}']").dispatch_event("click")
    page.wait_for_selector(".leaflet-popup-content .mine")
    assert page.locator(".mine").count() >= 2
    for mine in page.locator(".mine").all():
        assert mine.evaluate("e => getComputedStyle(e).color") == "rgb(255, 0, 0)"
        assert mine.evaluate("e => [e.title, e.getAttribute('onclick')]") == ["style=1", None]
    visit.assert_quiet()


@pytest.mark.browser
def test_properties_of_geojson_show_in_tooltip_and_popup(opened):
    visit = opened(ELEMENTS["GeoJsonTooltip"])
    visit.page.locator(f"path[stroke='{COLOUR}']").dispatch_event("mouseover")
    assert "Own area" in visit.page.inner_text(".foliumtooltip")
    visit.assert_quiet()
    visit = opened(ELEMENTS["GeoJsonPopup"])
    visit.page.locator(f"path[stroke='{COLOUR}']").dispatch_event("click")
    assert "Own area" in visit.page.inner_text(".leaflet-popup-content")
    visit.assert_quiet()


@pytest.mark.browser
def test_a_layer_control_switches_own_layers(opened):
    visit = opened(ELEMENTS["FeatureGroup and LayerControl"])
    page = visit.page
    assert page.locator(f"path[stroke='{COLOUR}']").count() == 1
    toggle = page.locator(".leaflet-control-layers-toggle")
    assert "data:image/png" in toggle.evaluate("e => getComputedStyle(e).backgroundImage")
    page.locator(".leaflet-control-layers").hover()
    page.wait_for_timeout(100)  # Leaflet takes no click at once
    page.locator(".leaflet-control-layers-overlays label", has_text="Own group").locator("input").click()
    page.wait_for_selector(f"path[stroke='{COLOUR}']", state="detached")
    visit.assert_quiet()


@pytest.mark.browser
def test_tiles_of_an_allowed_host_are_asked_for_seen_and_credited(opened):
    visit = opened(ELEMENTS["TileLayer"], image_hosts=[OSM])
    assert visit.requests
    assert all(url.startswith(OSM) for url in visit.requests)
    assert visit.csp_violations == []
    assert "OpenStreetMap" in visit.page.inner_text(".leaflet-control-attribution")
    level = "e => +e.closest('.leaflet-pane:not(.leaflet-map-pane, .leaflet-tile-pane *)').style.zIndex"
    levels = [visit.page.locator(name).first.evaluate(level) for name in (".leaflet-tile", "#map .land")]
    assert levels[0] > levels[1]


@pytest.mark.browser
def test_own_layers_are_on_the_live_map_only(opened):
    visit = opened(lambda made: folium.GeoJson(SQUARE, style_function=lambda _: {"color": COLOUR}).add_to(made))
    assert visit.page.locator(f"#map path[stroke='{COLOUR}']").count() == 1
    assert COLOUR not in visit.page.inner_html("#static-map")
