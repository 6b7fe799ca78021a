"""Share and save: what leaves the page is what is seen, whole by itself, and readable by other programs."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import geopandas
import numpy as np
import pytest
import shapely
from page_case import SHAPES, crowd, scene_of

from panjmap.render.page import render

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
STRIKE, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO"
FILTERED = f"#type=drone_strike,armed_attack&t=2025-11-01..2025-12-31&sel={STRIKE}"
NOT_COMPLETE = "From five news reports. Not a complete record. Nothing here is independently verified."


@pytest.fixture
def opened(page_at, built_map):
    """Open the built map at a size and an address, its menu closed."""

    def at(width=1400, height=900, hash_="", **options):
        visit = page_at(built_map, width, height, **options)
        if hash_:
            visit.page.evaluate("hash => { location.hash = hash; }", hash_)
            visit.page.wait_for_function("panjmap.store.state.selected !== null || panjmap.store.isFiltered()")
        return visit

    return at


def save(page, action: str) -> tuple[str, bytes]:
    """Choose an action of the menu as a reader does; its file's name and content."""
    if page.locator("#share-box").is_hidden():
        page.locator(".share-button").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-share={action}]").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def words(svg: ET.Element) -> str:
    """Text of a saved picture without the halos."""
    shown = [" ".join(node.itertext()) for node in svg.iter(f"{SVG}text") if node.get("aria-hidden") != "true"]
    return " ".join(" ".join(shown).split())


def pixels(page, png: bytes) -> np.ndarray:
    """Grey values of a picture, read by the browser on a canvas: rows and columns of 0 to 255."""
    read = """async data => {
        const image = new Image();
        image.src = 'data:image/png;base64,' + data;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
        const pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0);
        const found = pen.getImageData(0, 0, image.width, image.height).data;
        const grey = new Uint8Array(found.length / 4);
        for (let i = 0; i < grey.length; i++) grey[i] = (found[4 * i] + found[4 * i + 1] + found[4 * i + 2]) / 3;
        let text = '';
        for (let i = 0; i < grey.length; i += 8192) text += String.fromCharCode(...grey.subarray(i, i + 8192));
        return [image.width, image.height, btoa(text)];
    }"""
    width, height, grey = page.evaluate(read, base64.b64encode(png).decode("ascii"))
    return np.frombuffer(base64.b64decode(grey), dtype=np.uint8).reshape(height, width)


def test_the_picture_is_whole_by_itself(opened):
    """Plain SVG: nothing outside is asked for, nothing runs, no style sheet decides a colour, no id stands twice."""
    visit = opened()
    name, data = save(visit.page, "svg")
    assert re.fullmatch(r"[A-Za-z0-9._-]+-[0-9a-f]{12}\.svg", name)
    text, root = data.decode("utf-8"), ET.fromstring(data)  # noqa: S314 - our own file
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    allowed = {"svg", "title", "desc", "defs", "pattern", "clipPath", "g", "path", "rect", "circle", "text", "tspan"}
    assert tags <= allowed | {"image"}
    names = {key.split("}")[-1] for node in root.iter() for key in node.attrib}
    assert not names & {"class", "style", "onload", "onclick", "tabindex"}
    assert not re.search(r"var\(|currentColor|://", re.sub(r'xmlns(:\w+)?="[^"]+"', "", text))
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([\w-]+)\)", text)) <= set(ids)
    assert all(link.startswith("data:image/png;base64,") for link in re.findall(r'xlink:href="([^"]*)"', text))
    visit.assert_quiet()


def test_the_picture_says_what_it_is_and_what_it_is_not(opened):
    visit = opened()
    page = visit.page
    root = ET.fromstring(save(page, "svg")[1])  # noqa: S314 - our own file
    said = words(root)
    assert root.find(f"{SVG}title").text == page.title()
    assert page.title() in said
    assert NOT_COMPLETE in said
    for sentence in page.locator(".counts li").all_inner_texts():
        assert set(sentence.split()) <= set(said.split())
    for needed in (
        "Newest dated report: 2 Dec 2025",
        "OpenStreetMap contributors",
        "do not imply any opinion",
        "Data version",
        "Saved on",
        "50 km",
        "Eurasianet (republished)",
        "Drone strike",
        "May be the same event",
        "Not on the map",
        "State operation with drones",
    ):
        assert needed in said, needed
    # What is not drawn has no entry in the key; the local path of the file is nobody's business.
    assert "State operations" not in said
    assert "file:" not in said


def test_every_drawn_record_is_in_the_picture(opened):
    visit = opened()
    said = words(ET.fromstring(save(visit.page, "svg")[1]))  # noqa: S314 - our own file
    first = "panjmap.symbols.last.plan.texts.map(text => text.item.variants[text.variant].lines.map(line => line.text))"
    labels = visit.page.evaluate(first)
    assert len(labels) == 6
    for line in (line for label in labels for line in label):
        assert line in said


def test_it_looks_the_same_in_a_page_of_its_own_as_on_the_map(opened, page_at):
    """The map's part of the picture, drawn by another page, is close to a screenshot of the map."""
    page = opened().page
    box = page.locator("#map").bounding_box()
    size = {"width": box["width"], "height": box["height"]}
    left, top = round(box["x"]), round(box["y"])
    shot = pixels(page, page.screenshot(clip={"x": left, "y": top, **size})).astype(float)
    alone = page.evaluate("panjmap.saveView.text(panjmap.saveView.svg()).replace(/^<\\?xml[^>]*>/, '')")
    style = f"body{{margin:{box['y'] - top}px 0 0 {box['x'] - left}px}}svg{{display:block}}"
    other = page_at(f"<!doctype html><meta charset=utf-8><title>Picture</title><style>{style}</style>{alone}")
    drawn = pixels(page, other.page.screenshot(clip={"x": 0, "y": 0, **size}))
    other.assert_quiet()
    # The controls of the live map, its chip and the furniture of the picture differ: leave out corners and edges.
    middle = (slice(60, -110), slice(10, -70))
    assert np.mean(np.abs(shot - drawn)[middle] > 40) < 0.01
    assert drawn.std() > 10


def test_a_picture_from_a_dark_page_is_light_and_the_page_stays_dark(opened):
    visit = opened(dark=True)
    page = visit.page
    before = page.evaluate("[getComputedStyle(document.body).backgroundColor, document.documentElement.dataset.theme]")
    root = ET.fromstring(save(page, "svg")[1])  # noqa: S314 - our own file
    assert root.find(f"{SVG}rect").get("fill") == "#FFFFFF"
    after = page.evaluate("[getComputedStyle(document.body).backgroundColor, document.documentElement.dataset.theme]")
    assert before == after


def test_the_png_is_fine_enough_for_print_and_not_blank(opened):
    for width, height in ((1400, 900), (360, 640)):
        visit = opened(width, height)
        name, data = save(visit.page, "png")
        assert name.endswith(".png")
        assert data.startswith(b"\x89PNG")
        grey = pixels(visit.page, data)
        assert grey.shape[1] >= 1600
        assert grey.shape[0] < 2 * grey.shape[1]
        assert grey.std() > 20
        assert (grey[:40] == 255).all()
        visit.assert_quiet()


def test_saving_on_a_phone_leaves_its_map_and_address_as_they_were(opened):
    visit = opened(360, 640)
    state = """() => {
        const {map, store, permalink} = panjmap, tokens = document.querySelectorAll('.symbols [data-token]');
        return [map.map.getSize(), map.map.getCenter(), map.map.getZoom(), store.state.view, permalink.address(),
            [...tokens].map(token => token.getAttribute('transform'))];
    }"""
    before = visit.page.evaluate(state)
    root = ET.fromstring(save(visit.page, "svg")[1])  # noqa: S314 - our own file
    assert float(root.get("width")) == 1000
    assert visit.page.evaluate(state) == before


def test_the_map_part_can_be_had_at_any_size(opened):
    visit = opened()
    found = visit.page.evaluate(
        "(() => { const svg = panjmap.saveView.svg({width: 704, height: 400});"
        "return [svg.localName, svg.getAttribute('viewBox'), svg.querySelectorAll('path').length]; })()"
    )
    assert found[:2] == ["svg", "0 0 704 400"]
    assert found[2] > 30


def test_a_filtered_picture_says_what_it_shows_and_keeps_to_it(opened):
    visit = opened(hash_=FILTERED)
    page = visit.page
    said = words(ET.fromstring(save(page, "svg")[1]))  # noqa: S314 - our own file
    assert "Showing 2 of 18 records." in said
    assert "Drone strike or Armed attack" in said
    assert "1 Nov 2025 to 31 Dec 2025" in said
    assert "Clash at Kavo" not in said
    assert "House searches" not in said
    assert "6 workers reported killed" not in said
    assert said.endswith(f"map.html{page.evaluate('location.hash')}")


def test_a_crowded_map_is_saved_with_its_circles_and_their_key(page_at):
    change, shapes = crowd(300)
    visit = page_at(render(scene_of(change, shapes={**SHAPES, **shapes})))
    circles = visit.page.locator(".symbols .cell-count").all_text_contents()
    said = words(ET.fromstring(save(visit.page, "svg")[1]))  # noqa: S314 - our own file
    assert circles
    assert all(number in said for number in circles)
    assert "Number of attacks and clashes" in said
    assert len(save(visit.page, "csv")[1].splitlines()) == 1 + 318
    visit.assert_quiet()


HOSTILE = '<script>alert(1)</script>"\'&]]>\u0007\u202e${7*7}<image href="http://x.invalid/"/>'


def test_hostile_words_stay_words_in_every_file(opened):
    visit = opened()
    page = visit.page
    page.evaluate(
        """title => {
            const {store} = panjmap;
            store.page.title = title;
            store.records.forEach(record => { record.title = title; });
            store.facets[0].values[0].label = title;
            store.setFilter('type', store.facets[0].values.map(value => value.id));
        }""",
        HOSTILE,
    )
    data = save(page, "svg")[1]
    root = ET.fromstring(data)  # noqa: S314 - our own file
    assert "<script>alert(1)</script>" in words(root)
    assert not [node for node in root.iter() if node.tag in (f"{SVG}script", f"{SVG}foreignObject")]
    assert all("x.invalid" not in value for node in root.iter() for value in node.attrib.values())
    assert b"\x07" not in data
    name, data = save(page, "geojson")
    assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
    assert json.loads(data)["name"] == HOSTILE
    visit.assert_quiet()


def shown(page) -> list[str]:
    return page.evaluate("panjmap.store.records.map(r => r.id).filter(panjmap.store.isShown)")


@pytest.mark.parametrize("hash_", ["", FILTERED])
def test_the_csv_holds_a_row_for_each_record_shown(opened, hash_):
    page = opened(hash_=hash_).page
    text = save(page, "csv")[1].decode("utf-8")
    assert text.startswith("\ufeff")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))}
    assert list(rows) == shown(page)
    strike = rows[STRIKE]
    assert (strike["killed_low"], strike["killed_high"], strike["killed_by_group"]) == ("3", "3", "civilian 3")
    assert (strike["injured"], strike["injured_low"], strike["injured_high"]) == ("1 to 2", "1", "2")
    assert (strike["date_start"], strike["date_end"], strike["date_start_assumed"]) == (
        "2025-11-26",
        "2025-11-26",
        "false",
    )
    assert strike["permalink"] == f"map.html#sel={STRIKE}"
    assert "Eurasianet (republished)" in strike["reports"]
    # An area's symbol is no place: only a point has coordinates.
    assert strike["longitude"] == strike["latitude"] == ""
    assert strike["drawn_as"] == "area"
    if not hash_:
        assert (rows[KAVO]["longitude"], rows[KAVO]["latitude"]) == ("70.00639", "37.67973")


@pytest.mark.parametrize("hash_", ["", FILTERED])
def test_geopandas_reads_the_geojson_as_it_is_shown(opened, hash_, tmp_path):
    page = opened(hash_=hash_).page
    path = tmp_path / "shown.geojson"
    path.write_bytes(save(page, "geojson")[1])
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert [feature["id"] for feature in raw["features"]] == shown(page)
    assert raw["data_version"] == page.evaluate("panjmap.store.page.version")
    assert "approximate" in raw["description"]
    frame = geopandas.read_file(path).set_index("id")
    assert frame.crs.to_epsg() == 4326
    drawn = frame[frame.geometry.notna()]
    assert drawn.geometry.is_valid.all()
    assert drawn.loc[STRIKE].geometry.geom_type == "MultiPolygon"
    outers = [part.exterior for shape in drawn.geometry if shape.geom_type == "MultiPolygon" for part in shape.geoms]
    assert all(shapely.is_ccw(ring) for ring in outers)
    assert len(frame) == (18 if not hash_ else 2)
    if not hash_:
        measures = frame[frame["kind"] == "measure"]
        assert not set(measures["precision"]) & {"site", "settlement", "near", "reach"}
        assert not (measures.geometry.geom_type == "Point").any()


def test_link_and_citation_are_copied_and_the_link_is_the_address(opened):
    visit = opened(hash_=FILTERED, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    page.locator(".share-button").click()
    page.locator("[data-share=link]").click()
    page.locator(".share-status", has_text="Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.evaluate("panjmap.permalink.address()")
    page.locator("[data-share=citation]").click()
    page.locator(".share-status", has_text="Citation copied").wait_for()
    citation = page.evaluate("navigator.clipboard.readText()")
    version = page.evaluate("panjmap.store.page.version")
    assert page.title() in citation
    assert f"data version {version}" in citation
    assert NOT_COMPLETE in citation
    assert "Showing 2 of 18 records." in citation
    assert "file:" not in citation


def test_where_the_clipboard_is_closed_the_text_stands_selected(opened):
    page = opened().page
    page.evaluate("panjmap.files.copy = async () => false")
    page.locator(".share-button").click()
    page.locator("[data-share=citation]").click()
    field = page.locator(".share-text")
    field.wait_for()
    text = field.input_value()
    assert "data version" in text
    assert page.evaluate("getSelection().toString()") == text
    page.keyboard.press("Escape")
    assert page.locator("#share-box").is_hidden()


def test_the_menu_works_by_keyboard_alone(opened):
    visit = opened(hash_=FILTERED)
    page = visit.page
    page.locator(".share-button").focus()
    page.keyboard.press("Enter")
    focused = "document.activeElement.dataset.share || document.activeElement.className"
    assert page.evaluate(focused) == "link"
    order = []
    for _ in range(6):
        order.append(page.evaluate(focused))
        page.keyboard.press("ArrowDown")
    assert order == ["link", "citation", "png", "svg", "csv", "geojson"]
    assert page.evaluate(focused) == "link"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "geojson"
    page.keyboard.press("Escape")
    assert page.locator("#share-box").is_hidden()
    assert "share-button" in page.evaluate(focused)
    assert page.locator(".share-button").get_attribute("aria-expanded") == "false"
    # Escape closed the menu and nothing under it.
    assert page.evaluate("panjmap.store.state.selected") == STRIKE
    visit.assert_quiet()


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 640)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_open_menu_breaks_no_rule_of_access(opened, axe, width, height, dark):
    visit = opened(width, height, dark=dark)
    visit.page.locator(".share-button").click()
    assert axe(visit) == []
    least = 40 if width < 600 else 24
    for node in [*visit.page.locator("#share-box [role=menuitem]").all(), visit.page.locator(".share-button")]:
        box = node.bounding_box()
        assert min(box["width"], box["height"]) >= least
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_in_a_sandbox_only_what_works_is_offered(page_at, built_map):
    text = built_map.read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    visit = page_at(f'<!doctype html><title>Host</title><iframe sandbox="allow-scripts" srcdoc="{text}"></iframe>')
    frame = visit.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    offered = frame.evaluate("[...document.querySelectorAll('[data-share]')].map(node => node.dataset.share)")
    assert offered == ["citation"]


PAIRS = """() => {
    const {colour} = panjmap.savedStyle, of = (node, name) => (colour(getComputedStyle(node)[name]) || {}).colour;
    return [...document.querySelectorAll('.symbols text tspan, .symbols text:not(:has(tspan))')].map(node =>
        [node.textContent, of(node, 'fill'), of(node.closest('text'), 'stroke')]);
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_on_the_map_can_be_read_on_its_halo(opened, dark):
    from test_contrast import contrast, srgb

    pairs = opened(dark=dark).page.evaluate(PAIRS)
    assert len(pairs) > 20
    low = {text: round(contrast(srgb(fill), srgb(halo)), 2) for text, fill, halo in pairs if halo}
    assert {text: ratio for text, ratio in low.items() if ratio < 4.5} == {}
