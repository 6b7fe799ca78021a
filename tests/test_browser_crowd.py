"""Many records on the map: small symbols, then circles by area and river km; filters and clicks on them."""

from __future__ import annotations

import math

import pytest
import shapely
from page_case import SHAPES, crowd, scene_of

from panjmap.data.model import Kind, RecordType
from panjmap.render.page import render

pytestmark = pytest.mark.browser

DISTRICT = SHAPES["TJ-AF-2025-12-SHOHIN5"]
STOPS = "document.querySelectorAll(\"[data-token][tabindex='0'], [data-cell][tabindex='0']\").length"
COUNTS = "[...document.querySelectorAll('.cell-button')].map(node => Number(node.querySelector('text').textContent))"


def of_kinds(count, at, *kinds):
    """Made-up records of several kinds in turns; ``at`` gives the shape of each."""
    change, _ = crowd(count)

    def changed(tables):
        base = change(tables)
        records = [
            record.model_copy(update=kind_of(kinds[int(record.record_id[2:]) % len(kinds)]))
            if record.record_id.startswith("X-")
            else record
            for record in base.records
        ]
        return base._replace(records=tuple(records))

    return changed, {f"X-{i}": at(i) for i in range(count)}


ATTACK, DRONE = (Kind.ATTACK, RecordType.ARMED_ATTACK), (Kind.ATTACK, RecordType.DRONE_STRIKE)
MEASURE, OPERATION = (Kind.MEASURE, RecordType.HOUSE_SEARCHES), (Kind.STATE_OPERATION, RecordType.COUNTER_OPERATION)


def kind_of(pair):
    kind, type_ = pair
    return {"kind": kind, "type": type_, "claimed_types": (type_,)}


def page_of(count, at=lambda _: ("settlement", shapely.Point(69.5, 38.2)), *kinds):
    change, shapes = of_kinds(count, at, *(kinds or (ATTACK,)))
    return render(scene_of(change, shapes=SHAPES | shapes))


def spread(i):
    """Away from the river."""
    return "settlement", shapely.Point(68.2 + i % 25 / 9, 37.3 + i // 25 / 9), (math.nan, math.nan)


def test_above_thirty_symbols_one_is_a_tab_stop_and_arrows_move(page_at):
    page = page_at(page_of(40, spread)).page
    assert page.evaluate(STOPS) == 1
    first = page.evaluate("document.querySelector(\"[data-token][tabindex='0']\").dataset.token")
    page.evaluate("id => panjmap.symbols.focus(id)", first)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.token") not in (None, first)


def test_circles_hold_every_record_and_never_mix_kinds(page_at):
    def at(i):
        return DISTRICT if i % 2 else ("settlement", shapely.Point(69.5, 38.2))

    visit = page_at(page_of(320, at, ATTACK, DRONE, MEASURE, OPERATION, DRONE))
    page = visit.page
    cells = page.evaluate(
        """() => panjmap.symbols.last.circles.map(cell => ({count: cell.count,
            kinds: [...new Set(cell.rows.map(row => panjmap.store.records[row].kind))]}))"""
    )
    assert all(len(cell["kinds"]) == 1 for cell in cells)
    alone = page.locator("[data-token]").count()
    assert sum(cell["count"] for cell in cells) + alone == 326
    assert sum(page.evaluate(COUNTS)) + alone == 326
    names = [node.get_attribute("aria-label") for node in page.locator(".cell-button").all()]
    assert "98 attacks and clashes between river km 250 and 260" in names
    assert any(name.startswith("32 measures against people in ") for name in names)
    assert page.locator("#legend-crowd").is_visible()
    visit.assert_quiet()


def test_circles_do_not_overlap_and_axe_finds_nothing(page_at, axe):
    visit = page_at(page_of(400, spread))
    gaps = visit.page.evaluate(
        """() => { const all = panjmap.symbols.last.circles, out = [];
            all.forEach((a, i) => all.slice(i + 1).forEach(b => {
                const gap = panjmap.geometry.distance(a.at, b.at) - a.radius - b.radius;
                if (gap < -1) out.push(gap); }));
            return out; }"""
    )
    assert gaps == []
    assert axe(visit) == []


def test_a_click_on_a_circle_zooms_until_its_records_stand_alone(page_at):
    page = page_at(page_of(160, spread)).page
    assert page.locator("[data-cell]").count() > 0
    zoom = page.evaluate("panjmap.map.map.getZoom()")
    page.evaluate("document.querySelector('[data-cell]').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("panjmap.map.map.getZoom()") > zoom
    assert page.locator("[data-cell]").count() == 0
    assert page.locator("#legend-crowd").is_hidden()


def test_a_circle_that_zooming_cannot_part_leads_through_its_records(page_at):
    page = page_at(page_of(200)).page
    chosen = []
    for _ in range(4):
        page.evaluate("document.querySelector('[data-cell]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        page.wait_for_timeout(60)
        chosen.append(page.evaluate("panjmap.store.state.selected"))
    found = [one for one in chosen if one]
    assert len(found) >= 2
    assert len(set(found)) == len(found)
    assert page.locator(".cell-button.selected").count() == 1


def test_a_hovered_record_marks_the_circle_that_holds_it(page_at):
    page = page_at(page_of(200)).page
    page.evaluate("panjmap.store.set('hovered', 'X-7')")
    assert page.locator(".cell-button.hovered").count() == 1
    page.evaluate("panjmap.store.set('hovered', null)")
    assert page.locator(".cell-button.hovered").count() == 0


def test_a_filter_changes_the_numbers_at_once_and_few_records_show_their_symbols(page_at):
    page = page_at(page_of(300, spread, ATTACK, DRONE)).page
    before = sum(page.evaluate(COUNTS))
    page.evaluate("panjmap.store.setFilter('type', ['drone_strike'])")
    page.wait_for_timeout(20)
    shown = page.evaluate("panjmap.store.records.filter(r => r.lon !== null && panjmap.store.isShown(r.id)).length")
    assert page.locator("[data-token]").count() + sum(page.evaluate(COUNTS)) == shown < before
    page.wait_for_timeout(400)
    assert page.evaluate("Object.keys(panjmap.symbols.last.plan.tokens).length") + sum(page.evaluate(COUNTS)) == shown
    page.evaluate("panjmap.store.clear()")
    page.wait_for_timeout(400)
    assert sum(page.evaluate(COUNTS)) == before


def test_records_of_one_area_share_one_outline(page_at):
    page = page_at(page_of(60, lambda _: DISTRICT, ATTACK, DRONE)).page
    assert page.locator("path.area-district").count() == 1
    assert "c-total" in page.locator("path.area-district").get_attribute("class")
    page.locator("path.area-district").click()
    page.wait_for_selector("#detail-title")
    assert page.locator("path.area-district.selected").count() == 1


def test_dates_that_only_partly_overlap_the_window_are_marked(page_at):
    page = page_at(page_of(2, spread)).page
    page.evaluate(
        "() => { const r = panjmap.store.byId['TJ-AF-2025-12-KAVO'];"
        "panjmap.store.set('window', [r.start + 1, r.end + 30]); }"
    )
    page.wait_for_timeout(400)
    node = page.locator("[data-token='TJ-AF-2025-12-KAVO']")
    assert "partly" in node.get_attribute("class")
    assert "only partly in the chosen period" in node.get_attribute("aria-label")
    assert page.locator("#legend-partly").is_visible()


def test_the_view_is_in_the_state_and_obeyed(page_at):
    page = page_at(page_of(2, spread)).page
    assert page.evaluate("panjmap.store.state.view") is None
    page.evaluate("panjmap.map.map.setView([38.0, 69.9], 9, {animate: false})")
    assert page.evaluate("panjmap.store.state.view") == [9, 38, 69.9]
    page.evaluate("panjmap.store.set('view', [8.5, 37.9, 70.1])")
    assert page.evaluate("[panjmap.map.map.getZoom(), panjmap.map.map.getCenter().lat.toFixed(1)]") == [8.5, "37.9"]
    page.evaluate("panjmap.store.set('view', null)")
    assert page.evaluate("panjmap.map.map.getCenter().lat.toFixed(2)") != "37.90"
    page.set_viewport_size({"width": 1300, "height": 900})
    page.wait_for_timeout(200)
    assert page.evaluate("panjmap.store.state.view") is None


@pytest.mark.parametrize(
    ("count", "fits"), [(34, "5 km"), (9, "10 km"), (1.9, "10 km"), (1, "20 km"), (0.3, "100 km"), (0.01, "200 km")]
)
def test_cells_of_the_river_grow_only_where_ten_km_would_be_a_speck(page_at, count, fits):
    page = page_at(page_of(1)).page
    assert f"{page.evaluate('scale => panjmap.density.riverStep(scale)', count)} km" == fits


NAMED = """() => {
    const node = [...document.querySelectorAll('text.name-1')].find(one => one.textContent === 'Dushanbe');
    const box = node && node.getBoundingClientRect();
    return node && [...document.querySelectorAll('.token-button use')].map(one => one.getBoundingClientRect())
        .filter(one => one.left < box.right - 4 && one.right > box.left + 4 && one.top < box.bottom - 4
            && one.bottom > box.top + 4).length;
}"""


@pytest.mark.parametrize("count", [1, 5, 60])
@pytest.mark.parametrize("width", [1400, 360])
def test_a_rack_leaves_its_place_its_name(page_at, count, width):
    page = page_at(page_of(count, lambda _: ("settlement", shapely.Point(68.77905, 38.53575))), width).page
    assert page.evaluate(NAMED) == 0


@pytest.mark.parametrize("width", [1400, 360])
def test_the_words_between_two_records_stand_on_one_side_of_the_border(page_at, built_map, width):
    page = page_at(built_map, width).page
    sides = page.evaluate(
        """() => panjmap.symbols.last.plan.links.filter(link => link.text).map(({text: {box}, item}) => {
            const isLand = panjmap.symbols.last.scene.country(item.country).isLand;
            return new Set([[0, 1], [2, 1], [0, 3], [2, 3]].map(([x, y]) => isLand([box[x], box[y]]))).size; })"""
    )
    assert sides == [1] * len(sides)
    assert sides or width < 700


def test_plain_symbols_do_not_lie_on_each_other(page_at):
    page = page_at(page_of(60, lambda i: ("settlement", shapely.Point(69 + i / 40, 38.2), (math.nan, math.nan)))).page
    nearest = page.evaluate(
        """() => { const all = Object.values(panjmap.symbols.last.plan.tokens); let least = Infinity;
            all.forEach((a, i) => all.slice(i + 1).forEach(b => {
                least = Math.min(least, panjmap.geometry.distance(a.at, b.at) - a.item.radius - b.item.radius); }));
            return least; }"""
    )
    assert nearest >= -1
