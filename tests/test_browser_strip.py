"""The river strip in a browser: boxes where km and dates put them, symbols beside them, linked with all views."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from page_case import SHAPES, crowd, scene_of

from panjmap.render.page import render

pytestmark = pytest.mark.browser

SIZES = ((1400, 900), (700, 900), (360, 780))
WIDTHS = (1400, 1100, 900, 740, 700, 600, 390, 360)
CAMP, SHUDK, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-12-KAVO"
DISTRICT, KHATLON, OPERATION = "TJ-AF-2025-12-SHOHIN5", "TJ-AF-2024-11-A", "TJ-AF-2025-11-22-A"
INSIDE = {CAMP, SHUDK, KAVO, DISTRICT, KHATLON}

ITEMS = """() => { const L = document.querySelector('.strip-svg').layout;
    const texts = [...document.querySelectorAll('.strip-svg text')].map(node => [node, node.getBoundingClientRect()]);
    const svg = document.querySelector('.strip-svg').getBoundingClientRect();
    return {turned: L.turned, cuts: L.cuts.map(cut => cut.band), radius: L.radius, perKm: L.km.perKm,
        items: L.items.map(({record, box, token, text, open, side, leader}) =>
            ({id: record.id, box, token, text: text && text.box, open, side, leader})),
        u: [0, 252, 368, 376, 914].map(km => L.km.u(km)),
        v: [20028, 20058, 20418, 20419, 20423, 20454].map(day => L.v0 + L.axis.x(day)),
        scroll: document.documentElement.scrollWidth,
        size: Math.min(...texts.map(([t]) => parseFloat(getComputedStyle(t).fontSize))),
        texts: texts.map(([t, r]) => [t.textContent, [r.left + 1, r.top + 3, r.right - 1, r.bottom - 3]]),
        outside: texts.filter(([, r]) => r.left < svg.left - 1 || r.right > svg.right + 1 || r.bottom > svg.bottom + 4)
            .map(([t]) => t.textContent)}; }"""


@pytest.fixture
def open_strip(page_at, built_map):
    """Open a page, the built map by default, with the fold of the strip open and drawn."""

    def visit(width=1400, height=900, *, page=None, **options):
        seen = page_at(built_map if page is None else page, width, height, **options)
        seen.page.evaluate("document.getElementById('strip-fold').open = true")
        seen.page.wait_for_selector(".strip-svg", state="attached")
        return seen

    return visit


@pytest.fixture(scope="module")
def drawn(browser, built_map):
    """Return where everything stands at a width; each width is drawn once."""

    @cache
    def at(width):
        page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        page.goto(built_map.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate("document.getElementById('strip-fold').open = true")
        page.wait_for_selector(".strip-svg", state="attached")
        found = page.evaluate(ITEMS)
        page.close()
        return found

    return at


def crowded(count, **options):
    change, shapes = crowd(count, **options)
    return render(scene_of(change, shapes=SHAPES | shapes))


def mark(page, record_id):
    return page.locator(f".strip-mark[data-id='{record_id}']")


# ---------------------------------------------------------------- folded and drawn


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_below_twenty_incidents_the_strip_is_folded_and_not_drawn(page_at, built_map, width, height):
    page = page_at(built_map, width, height).page
    assert page.locator("#strip-fold[open]").count() == 0
    assert page.locator(".strip-svg").count() == 0
    assert page.locator("#strip-fold > summary > h2").inner_text() == "The river, unrolled"
    page.click("#strip-fold > summary")
    page.wait_for_selector(".strip-svg")


def test_from_twenty_incidents_on_it_is_open_but_not_on_phones(page_at):
    html = crowded(20)
    wide = page_at(html).page
    wide.wait_for_selector(".strip-svg")
    assert page_at(html, 360, 780).page.locator("#strip-fold[open]").count() == 0


def test_without_scripts_nothing_is_promised(page_at, built_map):
    assert not page_at(built_map, js=False).page.locator("#strip").is_visible()


# ---------------------------------------------------------------- where things stand


def boxes_of(found):
    return {item["id"]: item["box"] for item in found["items"]}


def test_upright_a_box_spans_its_km_and_its_days(drawn):
    found = drawn(1400)
    boxes = boxes_of(found)
    assert not found["turned"]
    assert set(boxes) == INSIDE
    mouth, low, high, khatlon, source = found["u"]
    assert mouth < low < high < khatlon < source  # the mouth is on the left
    nov_1, dec_1_2024, nov_26, nov_27, dec_1, jan_1 = found["v"]
    assert boxes[KHATLON] == pytest.approx([mouth, nov_1, khatlon, dec_1_2024])
    assert boxes[DISTRICT] == pytest.approx([low, dec_1, high, jan_1])
    assert boxes[CAMP][0::2] == pytest.approx([low, high])
    assert (boxes[CAMP][1] + boxes[CAMP][3]) / 2 == pytest.approx((nov_26 + nov_27) / 2)


def test_a_point_is_as_wide_as_its_uncertainty(drawn):
    box = boxes_of(drawn(1400))[KAVO]
    assert box[2] - box[0] == pytest.approx(max(7, 6 * drawn(1400)["perKm"]))  # Kavo: 3 km on both sides


def test_on_phones_the_river_flows_down_the_page_and_time_runs_across(drawn):
    found = drawn(360)
    boxes = boxes_of(found)
    assert found["turned"]
    mouth, low, high, khatlon, source = found["u"]
    assert source < khatlon < high < low < mouth  # the source on top, the mouth at the foot
    nov_1, dec_1_2024, _, _, dec_1, jan_1 = found["v"]
    assert boxes[KHATLON] == pytest.approx([nov_1, khatlon, dec_1_2024, mouth])
    assert boxes[DISTRICT] == pytest.approx([dec_1, high, jan_1, low])


def test_the_strip_turns_with_the_width_of_the_window(open_strip):
    page = open_strip(900, 800).page
    assert not page.evaluate(ITEMS)["turned"]
    page.set_viewport_size({"width": 500, "height": 800})
    page.wait_for_selector(".strip-svg.turned")


def meets(a, b):
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def holds(box, point):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_two_labels_or_symbols_meet(drawn, width):
    found, taken = drawn(width), []
    for item in found["items"]:
        (x, y), r = item["token"], found["radius"]
        taken += [[x - r, y - r, x + r, y + r], *([item["text"]] if item["text"] else [])]
    assert not [pair for pair in itertools.combinations(taken, 2) if meets(*pair)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_lies_over_another(drawn, width):
    texts = drawn(width)["texts"]
    assert [f"{a} / {b}" for (a, p), (b, q) in itertools.combinations(texts, 2) if meets(p, q)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_symbol_stands_beside_its_box_on_a_straight_leader(drawn, width):
    for item in drawn(width)["items"]:
        left, top, right, bottom = item["box"]
        (ax, ay), (bx, by) = item["leader"]
        assert ax == bx or ay == by
        assert left - 1 <= ax <= right + 1
        assert top - 1 <= ay <= bottom + 1


@pytest.mark.parametrize("width", WIDTHS)
def test_no_symbol_stands_in_an_uncertain_box(drawn, width):
    for item, other in itertools.product(drawn(width)["items"], repeat=2):
        assert not holds(other["box"], item["token"]), (item["id"], other["id"])


@pytest.mark.parametrize("width", WIDTHS)
def test_every_record_has_its_words_at_every_width(drawn, width):
    assert [item["id"] for item in drawn(width)["items"] if not item["text"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_is_inside_and_large_enough_to_read(drawn, width):
    found = drawn(width)
    assert found["scroll"] <= width
    assert found["outside"] == []
    assert found["size"] >= 11.5


def test_assumed_ends_are_open(open_strip):
    page = open_strip().page
    opened = {item["id"]: item["open"] for item in page.evaluate(ITEMS)["items"]}
    assert opened == {CAMP: 0, SHUDK: 0, KHATLON: 0, KAVO: 3, DISTRICT: 3}
    assert mark(page, DISTRICT).locator(".strip-arrow").count() == 8  # a stem and a head at four corners
    assert mark(page, CAMP).locator(".strip-arrow").count() == 0
    # The line of an open box runs along its sides only.
    assert mark(page, DISTRICT).locator(".strip-line").get_attribute("d").count("M") == 2


def test_the_cut_of_time_is_a_band_with_a_sentence(open_strip):
    page = open_strip().page
    found = page.evaluate(ITEMS)
    assert len(found["cuts"]) == 1
    said = " ".join(page.locator(".strip-gap").all_text_contents())
    assert said.startswith("No single incident described. One report counts at least 10")
    assert said == page.evaluate("panjmap.timeWords.gapWords(document.querySelector('.strip-svg').layout.axis.cuts[0])")


def test_on_phones_the_whole_sentence_stands_below_the_strip(open_strip):
    page = open_strip(360, 780).page
    said = " ".join(page.locator(".strip-gap").all_text_contents())
    assert said.startswith(
        "No single incident described. Dec 2024 to Nov 2025: No single incident described. One report"
    )


def test_two_records_that_may_be_one_event_are_linked_in_dots(open_strip):
    page = open_strip().page
    assert page.locator(".strip-same").count() == 1
    assert page.locator(".strip-same-text").text_content() == "may be the same event"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_has_no_date_or_no_place_stands_outside_the_axes(open_strip, width, height):
    page = open_strip(width, height).page
    outside = [node.get_attribute("data-id") for node in page.locator(".strip-out").all()]
    assert outside == [OPERATION, "TJ-AF-2025-M-EXPULSION", "TJ-AF-2025-M-RAIDS"]
    assert "Not on these axes" in page.locator(".strip-aside").text_content()
    words = " ".join(mark(page, OPERATION).locator("text").all_text_contents())
    assert "7 claimed killed, 2 bodies found" in words
    assert "day not given" in words
    # Responses and totals are in the list and the timeline only.
    assert page.locator(".strip-mark").count() == len(INSIDE) + 3


def test_the_ground_is_named(open_strip):
    texts = open_strip().page.locator(".strip-ground").text_content()
    for name in (
        "Khorugh",
        "Qal'ai Khumb",
        "Shamsiddin Shohin",
        "Darvoz",
        "Khatlon",
        "Badakhshan",
        "Panji Poyon",
        "river km 0",
        "914",
        "flow",
    ):
        assert name in texts, name


# ---------------------------------------------------------------- linked with the other views


def test_hovering_links_both_ways(open_strip):
    page = open_strip().page
    mark(page, CAMP).locator("use").hover()
    assert page.evaluate("panjmap.store.state.hovered") == CAMP
    page.mouse.move(2, 2)
    page.evaluate("id => panjmap.store.set('hovered', id)", SHUDK)
    assert page.locator(".strip-mark.hovered").get_attribute("data-id") == SHUDK
    page.evaluate("panjmap.store.set('hovered', null)")
    assert page.locator(".strip-mark.hovered").count() == 0


def test_selecting_links_both_ways(open_strip):
    page = open_strip().page
    mark(page, KAVO).locator("use").click()
    page.wait_for_selector("#detail-title")
    assert page.evaluate("panjmap.store.state.selected") == KAVO
    assert page.locator(".strip-mark.selected").get_attribute("data-id") == KAVO
    page.evaluate("id => panjmap.panel.select(id, 'list')", CAMP)
    page.wait_for_selector(f".strip-mark.selected[data-id='{CAMP}']", state="attached")


def test_a_record_outside_the_axes_is_selected_too(open_strip):
    page = open_strip().page
    mark(page, OPERATION).locator("use").click()
    page.wait_for_selector("#detail-title")
    assert page.evaluate("panjmap.store.state.selected") == OPERATION


def test_escape_brings_the_focus_back_to_the_strip(open_strip):
    page = open_strip().page
    mark(page, SHUDK).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.strip-mark')?.dataset.id") == SHUDK


@pytest.mark.parametrize(("names", "town", "district"), [("tg", "Хоруғ", "Шамсиддин Шоҳин"), ("fa", "خاروغ", "درواز")])
def test_places_are_named_in_the_script_that_the_reader_chose(open_strip, names, town, district):
    page = open_strip().page
    page.evaluate("name => panjmap.store.set('names', name)", names)
    texts = page.locator(".strip-ground text").all_text_contents()
    assert town in texts
    assert district in texts
    assert "Khorugh" not in texts
    assert page.locator(f".strip-ground text[lang='{names}']").count() > 10


def test_filtered_out_records_grow_pale_and_nothing_moves(open_strip):
    page = open_strip().page
    before = page.evaluate(ITEMS)["items"]
    page.evaluate("panjmap.store.set('window', [20410, 20420])")
    page.wait_for_selector(f".strip-mark.out[data-id='{KHATLON}']")
    out = {node.get_attribute("data-id") for node in page.locator(".strip-mark.out").all()}
    assert out >= {KHATLON, SHUDK, KAVO, DISTRICT}
    assert CAMP not in out
    assert (
        page.evaluate("id => getComputedStyle(document.querySelector(`[data-id='${id}'].strip-mark`)).opacity", KHATLON)
        == "0.28"
    )
    assert page.evaluate(ITEMS)["items"] == before


def test_a_record_whose_dates_only_partly_fit_is_marked_and_says_so(open_strip):
    page = open_strip().page
    page.evaluate("panjmap.store.set('window', [20420, 20430])")
    page.wait_for_selector(f".strip-mark.partly[data-id='{KAVO}']")


# ---------------------------------------------------------------- keyboard and ears


def test_every_mark_is_a_button_with_a_spoken_name(open_strip):
    page = open_strip().page
    marks = page.locator(".strip-mark")
    assert {node.get_attribute("role") for node in marks.all()} == {"button"}
    assert {node.get_attribute("tabindex") for node in marks.all()} == {"0"}
    said = mark(page, CAMP).get_attribute("aria-label")
    assert said.startswith("Drone strike. ")
    assert "26 November 2025" in said
    assert "River km 252 to 368" in said


def test_enter_selects_and_arrows_walk(open_strip):
    page = open_strip().page
    mark(page, KHATLON).focus()
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.id")
    assert second != KHATLON
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.classList.contains('strip-out')")
    mark(page, SHUDK).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title")
    assert page.evaluate("panjmap.store.state.selected") == SHUDK


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_with_the_strip_open(open_strip, axe, width, height, dark):
    visit = open_strip(width, height, dark=dark)
    assert axe(visit) == []
    visit.assert_quiet()


# ---------------------------------------------------------------- many


def test_above_eighty_boxes_stand_cells_with_counts(open_strip, axe):
    visit = open_strip(page=crowded(120))
    page = visit.page
    cells = page.locator(".strip-cell")
    assert cells.count() > 0
    counted = page.evaluate(
        "[...document.querySelectorAll('.strip-cell')].reduce((n, cell) => n + cell.dataset.ids.split(' ').length, 0)"
    )
    assert counted == 120 + 5  # the made-up ones, and those of the tables that are in the axes
    assert axe(visit) == []
    visit.assert_quiet()


def test_a_cell_of_several_narrows_the_window_to_its_days(open_strip):
    page = open_strip(page=crowded(120)).page
    page.locator(".strip-cell:not(.broad)").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("panjmap.store.state.window") is not None


CELLS = """pm => {
    const record = (id, kind, km, day, more) => Object.assign({id, row: 0, kind, precision: 'settlement',
        river: [km, km], start: day, end: day, open: 0, undated: false, uncertainty: 0}, more);
    const axis = pm.timeAxis.axis([[20000, 20083]], 504, {format: () => ''});
    const km = pm.stripScale.kmScale(914, 0, 1100), found = pm.stripScale.cells([
        record('a', 'attack', 251, 20000), record('b', 'attack', 258, 20001),
        record('c', 'state_operation', 255, 20001),
        record('d', 'attack', 268, 20001), record('e', 'attack', 913.9, 20083),
        record('f', 'attack', 0, 20040, {precision: 'region', river: [0, 376], start: 20030, end: 20060})],
        km, axis, [9, 14]);
    const brief = cells => cells.map(cell => [cell.kind, cell.km, cell.records.map(r => r.id).join('')]);
    return [found.step, brief(found.cells), brief(found.broad)];
}"""


def test_cells_are_ten_km_by_a_week_and_never_mix_attacks_with_operations(page_at, built_map):
    step, cells, broad = page_at(built_map).page.evaluate(f"({CELLS})(panjmap)")
    assert step == 10
    assert cells == [
        ["attack", [250, 260], "ab"],
        ["state_operation", [250, 260], "c"],
        ["attack", [260, 270], "d"],
        ["attack", [910, 914], "e"],
    ]
    assert broad == [["attack", [0, 376], "f"]]


SPREAD = """count => { let seed = 7; const rnd = () => (seed = seed * 16807 % 2147483647) / 2147483647;
    panjmap.store.records.filter(record => record.id.startsWith('X-')).forEach(record => {
        const km = Math.round(rnd() * 914), day = 20028 + Math.floor(rnd() * count);
        Object.assign(record, {river: [km, km], start: day, end: day}); }); }"""


def spread(open_strip, count, width=1400):
    """A crowd whose km and days differ, as an import brings it."""
    visit = open_strip(width, page=crowded(count))
    visit.page.evaluate(SPREAD, 400)
    visit.page.evaluate("panjmap.strip.drawFor()")
    return visit


def test_up_to_eighty_every_record_has_its_own_symbol(open_strip):
    visit = spread(open_strip, 60)
    items = visit.page.evaluate(ITEMS)["items"]
    assert len(items) == 65
    assert [item["id"] for item in items if not item["token"]] == []
    visit.assert_quiet()


def test_above_thirty_marks_one_is_a_tab_stop(open_strip):
    page = spread(open_strip, 40).page
    assert page.locator(".strip-mark").count() > 30
    assert page.locator(".strip-mark[tabindex='0']").count() == 1
    page.locator(".strip-mark[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".strip-mark[tabindex='0']").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('tabindex')") == "0"


def test_records_of_the_same_km_and_days_are_one_pile_with_its_number(open_strip):
    page = open_strip(page=crowded(30)).page
    pile = page.locator(".strip-mark[data-ids]")
    assert pile.count() == 1
    assert pile.get_attribute("aria-label").startswith("31 attacks or clashes. River km 252 to 260. 30 Nov 2025")
    assert pile.locator("text").first.text_content() == "31 attacks or clashes"
    pile.locator("use").click()
    assert page.evaluate("panjmap.store.state.window") == [20422, 20422]
    pile.locator("use").click()  # narrowed already: the records one by one
    page.wait_for_selector("#detail-title")
    first = page.evaluate("panjmap.store.state.selected")
    assert first in pile.get_attribute("data-ids").split()


def test_cells_follow_the_filters_and_hold_their_numbers(open_strip):
    page = spread(open_strip, 300).page

    def counted():
        return page.evaluate(
            "[...document.querySelectorAll('.strip-cell')].flatMap(cell => cell.dataset.ids.split(' ')).length"
        )

    assert counted() == 305
    assert page.locator(".strip-cell:not(.broad) text").count() > 100
    page.evaluate("panjmap.store.set('window', [20028, 20200])")
    page.wait_for_timeout(500)
    assert counted() == 305  # far below the window: it waits for the reader
    page.evaluate("document.getElementById('strip').scrollIntoView()")
    page.wait_for_timeout(500)
    assert 80 < counted() < 305
    assert counted() == page.evaluate(
        "panjmap.stripScale.split(panjmap.store.records).inside.filter(r => panjmap.store.isShown(r.id)).length"
    )
    page.evaluate("panjmap.store.set('window', [20028, 20040])")  # few enough for boxes again
    page.wait_for_selector(".strip-cell", state="detached")


def test_no_record_leaves_the_ground(open_strip, axe):
    def nothing(tables):
        return tables._replace(
            **dict.fromkeys(("records", "record_places", "claims", "relations", "decisions", "changes"), ())
        )

    visit = open_strip(page=render(scene_of(nothing)))
    assert visit.page.locator(".strip-mark").count() == 0
    assert visit.page.locator(".strip-river").count() == 1
    assert axe(visit) == []
    visit.assert_quiet()


# ---------------------------------------------------------------- print and picture


@pytest.mark.parametrize(("width", "turned"), [(700, "false"), (1200, "false"), (360, "true")])
def test_the_strip_is_one_drawing_of_any_width(open_strip, width, turned):
    page = open_strip().page
    size = page.evaluate(
        f"(() => {{ const s = panjmap.strip.svg({width}, {turned}); return [s.tagName, s.getAttribute('width')]; }})()"
    )
    assert size == ["svg", str(width)]


def test_print_has_the_strip_though_it_is_folded(page_at, built_map):
    page = page_at(built_map).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".strip-svg").get_attribute("width") == "700"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#strip-fold[open]").count() == 0
