"""The page as a reader meets it: three widths, light and dark, by mouse, by keyboard, without scripts, offline."""

from __future__ import annotations

import itertools

import pytest

pytestmark = pytest.mark.browser

SIZES = ((1400, 900), (700, 900), (360, 780))
#: The views at which nothing may hide what matters most: width, height, what follows the address.
HOMES = (*((*size, "") for size in SIZES), (360, 640, ""), (360, 690, "?embed=1"), (700, 890, "?embed=1"))
CAMP, KAVO, DISTRICT = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"
OPERATION = "TJ-AF-2025-11-22-A"


@pytest.fixture
def open_map(page_at, built_map):
    """Open the built map and wait until scripts have brought it to life."""

    def visit(width=1400, height=900, *, js=True, **options):
        seen = page_at(built_map, width, height, js=js, **options)
        if js:
            seen.page.wait_for_selector("html[data-ready]", timeout=20_000)
        return seen

    return visit


def select(page, record_id):
    """Select a record as a click on the map does."""
    page.evaluate("id => panjmap.panel.select(id, 'map')", record_id)
    page.wait_for_selector("#detail-title")


# ---------------------------------------------------------------- quiet, and fit for all


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_asks_for_nothing_and_breaks_nothing(open_map, width, height, dark):
    visit = open_map(width, height, dark=dark)
    for record_id in visit.page.evaluate("panjmap.store.page.order"):
        select(visit.page, record_id)
    for tab in ("filters", "sources", "list"):
        visit.page.evaluate("name => panjmap.panel.openTab(name)", tab)
    visit.assert_quiet()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_list_and_detail(open_map, axe, width, height, dark):
    visit = open_map(width, height, dark=dark)
    assert axe(visit) == []
    select(visit.page, CAMP)
    assert axe(visit) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_in_the_other_tabs(open_map, axe, width, height):
    visit = open_map(width, height)
    for tab in ("filters", "sources"):
        visit.page.click(f"#tab-{tab}")
        assert axe(visit) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_wider_than_the_window(open_map, width, height):
    page = open_map(width, height).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_targets_are_at_least_24_pixels(open_map, width, height):
    page = open_map(width, height).page
    select(page, CAMP)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, label.switch, .item, .chip a, [data-token] .hit')]
            .map(node => [node.getBoundingClientRect(), node.textContent || node.outerHTML])
            .filter(([box]) => box.width && (box.width < 24 || box.height < 24)).map(([box, text]) => text)"""
    )
    assert small == []


# ---------------------------------------------------------------- without scripts


def test_without_scripts_map_list_table_and_sources_are_there(open_map):
    page = open_map(js=False).page
    assert page.locator("#static-map svg").is_visible()
    assert not page.locator("#map").is_visible()
    assert page.locator("#list .item").count() == page.locator("tbody tr").count() > 0
    assert page.locator("#source-list li").count() == 5
    text = page.inner_text("body")
    assert "Nothing here is independently verified" in text
    assert "Not on the map: 1 state operation" in text


def test_without_scripts_a_list_entry_leads_to_its_row(open_map):
    page = open_map(js=False).page
    page.click(f"#list a[data-id='{KAVO}']")
    assert page.url.endswith(f"#row-{KAVO}")


def test_title_numbers_and_list_come_in_the_first_60_kb(built_map):
    head = built_map.read_bytes()[:60_000].decode("utf-8", errors="ignore")
    assert "</h1>" in head
    assert "workers reported killed" in head
    assert head.count('class="item"') == 18


# ---------------------------------------------------------------- where things stand on the map


LAYOUT = """() => {
    const {scene, plan} = panjmap.symbols.last, g = panjmap.geometry;
    const land = token => scene.country(token.item.country);
    return {
        tokens: Object.entries(plan.tokens).map(([id, token]) => ({id, at: token.at, radius: token.item.radius,
            home: g.inside(token.at, land(token).rings)})),
        boxes: plan.texts.map(text => ({id: text.item.record.id, box: text.place.box,
            whole: text.variant <= text.item.good})),
        crossing: plan.leaders.filter(leader => leader.item.type !== 'measure')
            .filter(leader => g.crossesAny(leader.from, leader.to, land(leader).outline))
            .map(leader => leader.item.record.id),
        leaders: plan.leaders.map(leader => [leader.from, leader.to]),
        links: plan.links.map(link => [link.from, link.to]),
        marks: scene.marks, furniture: scene.furniture};
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_token_stands_in_the_country_of_its_event(open_map, width, height):
    layout = open_map(width, height).page.evaluate(LAYOUT)
    assert {token["id"] for token in layout["tokens"] if not token["home"]} == set()
    assert layout["crossing"] == []


@pytest.mark.parametrize(("width", "height", "address"), HOMES)
def test_tokens_and_labels_do_not_overlap(open_map, width, height, address):
    layout = open_map(width, height, address=address).page.evaluate(LAYOUT)
    for a, b in itertools.combinations(layout["tokens"], 2):
        gap = ((a["at"][0] - b["at"][0]) ** 2 + (a["at"][1] - b["at"][1]) ** 2) ** 0.5
        assert gap >= a["radius"] + b["radius"], (a["id"], b["id"])
    for a, b in itertools.combinations(layout["boxes"], 2):
        assert not _meet(a["box"], b["box"]), (a["id"], b["id"])
    for label, token in itertools.product(layout["boxes"], layout["tokens"]):
        (x, y), r = token["at"], token["radius"]
        assert not _meet(label["box"], [x - r, y - r, x + r, y + r]), (label["id"], token["id"])


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_drawn_record_carries_its_label(open_map, width, height):
    layout = open_map(width, height).page.evaluate(LAYOUT)
    labelled = {label["id"] for label in layout["boxes"]}
    assert {token["id"] for token in layout["tokens"]} <= labelled
    assert all(label["whole"] for label in layout["boxes"] if label["id"] in {t["id"] for t in layout["tokens"]})


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("record", ["none", CAMP, DISTRICT])
def test_no_leader_crosses_another_leader_or_a_dotted_link(open_map, width, height, record):
    page = open_map(width, height).page
    if record != "none":
        select(page, record)
    layout = page.evaluate(LAYOUT)
    assert len(layout["leaders"]) >= 3
    lines = layout["leaders"] + layout["links"]
    assert [pair for pair in itertools.combinations(lines, 2) if _cross(*pair)] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_label_on_the_map_says_what_and_when_or_where(open_map, width, height):
    """At least two lines each, at every width."""
    page = open_map(width, height).page
    lines = page.evaluate("[...document.querySelectorAll('.note-text')].map(node => node.children.length)")
    assert len(lines) == 6
    assert min(lines) >= 2


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_names_of_countries_and_regions_keep_off_the_outlines_of_records(open_map, width, height):
    page = open_map(width, height).page
    struck = page.evaluate(
        """() => {
            const map = document.getElementById('map').getBoundingClientRect();
            const points = panjmap.symbols.last.scene.outlines.map(({point: p}) => [p[0] + map.left, p[1] + map.top]);
            return [...document.querySelectorAll('.name-country, .name-region, .name-province')].filter(node => {
                const box = node.getBoundingClientRect();
                return points.some(([x, y]) => x > box.left && x < box.right && y > box.top && y < box.bottom);
            }).map(node => node.textContent);
        }"""
    )
    assert struck == []
    assert "TAJIKISTAN" in page.locator("text.name-country").all_text_contents()


@pytest.mark.parametrize(("width", "height", "address"), HOMES)
def test_the_reach_of_26_november_stays_in_sight(open_map, width, height, address):
    """At least 60 % of its outline is free of tokens, labels and furniture."""
    layout = open_map(width, height, address=address).page.evaluate(LAYOUT)
    covers = [label["box"] for label in layout["boxes"]] + layout["furniture"]
    covers += [[t["at"][0] - t["radius"], t["at"][1] - t["radius"], t["at"][0] + t["radius"], t["at"][1] + t["radius"]]
               for t in layout["tokens"]]  # fmt: skip
    hidden = sum(any(b[0] < x < b[2] and b[1] < y < b[3] for b in covers) for x, y in layout["marks"])
    assert layout["marks"]
    assert hidden <= 0.4 * len(layout["marks"])


def test_rings_of_uncertainty_show_when_one_zooms_in(open_map):
    page = open_map(360, 780).page
    assert page.locator("path.area-ring").count() == 0
    page.evaluate("panjmap.map.map.setView([37.68, 70.0], 11, {animate: false})")
    assert page.locator("path.area-ring").count() >= 1


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_two_records_that_may_be_one_event_are_joined_by_a_dotted_line(open_map, width, height):
    page = open_map(width, height).page
    link = page.locator("path.same")
    assert link.count() == 1
    box = link.bounding_box()
    assert max(box["width"], box["height"]) >= 15
    if width >= 700:
        assert "may be the same event" in page.locator("text.same-text").all_text_contents()


def test_gbao_is_labelled_and_badakhshan_qualified(open_map):
    names = open_map().page.locator("svg.symbols text.name").all_text_contents()
    assert any("GBAO" in name.upper() for name in names)
    assert [name for name in names if "badakhshan" in name.lower()] in ([], ["Badakhshan (Afghanistan)"])


def _cross(one, other):
    """Whether two open segments cross."""
    (a, b), (c, d) = one, other

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _meet(a, b):
    return a[0] < b[2] - 0.5 and a[2] > b[0] + 0.5 and a[1] < b[3] - 0.5 and a[3] > b[1] + 0.5


# ---------------------------------------------------------------- list, detail, keyboard


def test_a_click_on_a_symbol_marks_list_table_area_and_address(open_map):
    page = open_map().page
    page.locator(f"[data-token='{CAMP}']").click()
    page.wait_for_selector("#detail-title")
    assert "Shohin SM" in page.inner_text("#detail-title")
    assert page.locator(f"#list a[data-id='{CAMP}']").get_attribute("aria-current") == "true"
    assert "selected" in (page.locator(f"[id='row-{CAMP}']").get_attribute("class") or "")
    assert page.locator("path.area-reach.selected").count() == 1
    assert page.url.endswith(f"#sel={CAMP}")


def test_an_address_with_a_selection_opens_it_and_a_wrong_one_is_ignored(open_map):
    visit = open_map()
    visit.page.evaluate("id => { location.hash = 'sel=' + id }", KAVO)
    visit.page.wait_for_selector("#detail-title")
    assert "Kavo" in visit.page.inner_text("#detail-title")
    visit.page.keyboard.press("Escape")
    visit.page.evaluate("() => { location.hash = 'sel=%3Cimg%20src%3Dx%3E&v=1' }")
    visit.page.wait_for_timeout(100)
    assert not visit.page.locator("#detail").is_visible()
    visit.assert_quiet()


def test_the_detail_names_speaker_and_outlet_of_every_statement(open_map):
    page = open_map().page
    for record_id in page.evaluate("panjmap.store.page.order"):
        select(page, record_id)
        for statement in page.locator("#detail .claims li").all():
            assert statement.locator(".voice").count() >= 1
            assert statement.locator(".badge").count() >= 1


def test_where_reports_differ_the_detail_says_so_and_why(open_map):
    page = open_map().page
    select(page, CAMP)
    blocks = page.locator("#detail .claims.differ")
    assert blocks.count() >= 1
    assert all("Reports differ" in text for text in blocks.all_inner_texts())


def test_the_first_stop_of_the_keyboard_skips_the_map(open_map):
    page = open_map().page
    page.keyboard.press("Tab")
    assert "Skip the map" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"


@pytest.mark.parametrize("key", ["Enter", " "])
def test_symbols_answer_the_keyboard_and_escape_returns(open_map, key):
    page = open_map().page
    page.evaluate("id => panjmap.symbols.focus(id)", KAVO)
    page.keyboard.press(key)
    page.wait_for_selector("#detail-title")
    assert page.evaluate("document.activeElement.id") == "detail-title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('data-token')") == KAVO


def test_the_list_answers_the_keyboard_and_escape_returns(open_map):
    page = open_map().page
    page.locator(f"#list a[data-id='{OPERATION}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('data-id')") == OPERATION
    assert page.locator("#list").is_visible()


def test_next_and_previous_walk_the_list_in_its_order(open_map):
    page = open_map().page
    order = page.evaluate("panjmap.store.page.order")
    select(page, order[0])
    page.click("[aria-label='Next incident']")
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=order[1])
    page.click("[aria-label='Previous incident']")
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=order[0])


def test_every_symbol_has_a_name_a_role_and_a_tab_stop(open_map):
    page = open_map().page
    for node in page.locator("[data-token]").all():
        assert node.get_attribute("role") == "button"
        assert node.get_attribute("tabindex") == "0"
        assert "Location:" in (node.get_attribute("aria-label") or "")


def test_a_list_entry_under_the_pointer_marks_its_symbol(open_map):
    page = open_map().page
    page.hover(f"#list a[data-id='{KAVO}']")
    assert "hovered" in (page.locator(f"[data-token='{KAVO}']").get_attribute("class") or "")


def test_symbols_are_reached_in_the_order_of_the_list(open_map):
    page = open_map().page
    stops = page.evaluate("[...document.querySelectorAll('[data-token]')].map(node => node.dataset.token)")
    order = page.evaluate("panjmap.store.page.order")
    assert stops == [record_id for record_id in order if record_id in stops]


def test_on_paper_the_light_static_map_stands_for_the_live_one(open_map):
    page = open_map(dark=True).page
    page.emulate_media(media="print")
    assert page.locator("#static-map svg").is_visible()
    assert not page.locator("#map").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_chip_is_hovered_and_selected_with_what_no_report_places(open_map):
    page = open_map().page
    page.hover("#not-located a")
    unplaced = page.get_attribute("#not-located a", "data-id")
    assert page.evaluate("panjmap.store.state.hovered") == unplaced
    assert page.locator(f"#list li.hovered [data-id='{unplaced}']").count() == 1
    page.mouse.move(0, 0)
    assert page.locator("#not-located .hovered").count() == 0
    page.hover(f"#list [data-id='{unplaced}']")
    assert page.locator("#not-located .hovered").count() == 1
    page.click(f"#list [data-id='{unplaced}']")
    page.wait_for_selector("#detail-title")
    assert page.locator("#not-located .selected").count() == 1


def test_the_chip_counts_what_no_report_places_and_opens_it(open_map):
    page = open_map().page
    assert page.inner_text("#not-located").strip() == "Not on the map: 1 state operation"
    page.click("#not-located a")
    page.wait_for_selector("#detail-title")
    assert page.evaluate("panjmap.store.state.selected") == OPERATION


def test_on_a_phone_the_detail_is_a_sheet_and_the_record_stays_in_sight(open_map):
    page = open_map(360, 780).page
    select(page, CAMP)
    sheet = page.locator("#side").bounding_box()
    area = page.locator("path.area-reach").bounding_box()
    assert sheet["y"] > 200
    assert area["y"] >= 0
    assert area["y"] + area["height"] <= sheet["y"] + 2


# ---------------------------------------------------------------- layers and colours


def test_a_filter_by_type_changes_map_legend_and_list(open_map):
    page = open_map().page
    page.click("#tab-filters")
    page.get_by_role("checkbox", name="House searches").check()
    assert page.locator(f"[data-token='{CAMP}']").count() == 0
    assert page.locator("path.area-reach").count() == 0
    assert "off" in (page.locator("#legend [data-layer='type-drone_strike']").get_attribute("class") or "")
    page.get_by_role("checkbox", name="House searches").uncheck()
    assert page.locator(f"[data-token='{CAMP}']").count() == 1


def test_the_ground_can_be_switched_too(open_map):
    page = open_map().page
    page.click("#tab-filters")
    assert page.locator("img.relief").count() == 1
    page.get_by_role("checkbox", name="Relief").uncheck()
    assert page.locator("img.relief").count() == 0


def test_dark_by_device_or_by_choice_and_the_choice_is_kept(open_map):
    visit = open_map(dark=True)
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = visit.page.evaluate(paper)
    visit.page.click("#tab-filters")
    visit.page.get_by_role("radio", name="Light").check()
    light = visit.page.evaluate(paper)
    assert light != dark
    visit.page.reload()
    visit.page.wait_for_selector("html[data-ready]")
    assert visit.page.evaluate(paper) == light


def test_a_link_brings_a_theme_that_the_buttons_show_and_nobody_keeps(open_map):
    visit = open_map()
    visit.page.click("#tab-filters")
    visit.page.evaluate("location.hash = 'theme=dark'")
    visit.page.wait_for_selector("html[data-theme=dark]", state="attached")
    assert visit.page.get_by_role("radio", name="Dark").is_checked()
    assert visit.page.evaluate("localStorage.getItem('panjmap:theme')") != "dark"


def test_texts_stay_readable_in_forced_colours(open_map):
    visit = open_map(forced_colors="active")
    select(visit.page, CAMP)
    visit.assert_quiet()
    assert visit.page.locator("svg.symbols text").count() > 5


# ---------------------------------------------------------------- placement, apart from any page


def test_tokens_at_one_place_become_a_rack_and_near_ones_are_pushed_apart(open_map):
    page = open_map().page
    racks, apart = page.evaluate(
        """() => {
            const item = (x, y) => ({home: [x, y], at: [x, y], radius: 13});
            const same = [item(50, 50), item(50, 50), item(50, 50)], near = [item(0, 0), item(10, 0), item(5, 8)];
            panjmap.labels.rack(same);
            panjmap.labels.pushApart(near, 3);
            return [same.map(i => i.at), near.map(i => i.at)];
        }"""
    )
    assert len({x for x, _ in racks}) == 3
    assert len({y for _, y in racks}) == 1
    for (ax, ay), (bx, by) in itertools.combinations(apart, 2):
        assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 >= 26


def test_the_reader_of_the_columns_takes_what_the_writer_wrote(open_map):
    page = open_map().page
    read = "id => { const r = panjmap.store.byId[id]; return [r.kind, r.precision, r.lon, r.lat] }"
    record = page.evaluate(read, KAVO)
    assert record[:2] == ["attack", "settlement"]
    assert record[2:] == pytest.approx([70.00639, 37.67973], abs=1e-5)
    assert page.evaluate("id => panjmap.store.byId[id].lon", OPERATION) is None


def test_districts_that_are_shown_are_named(open_map):
    page = open_map().page
    names = "[...document.querySelectorAll('.name-district')].map(node => node.textContent).sort()"
    approximate = ["Darvoz (approx.)", "Rudaki (approx.)", "Shamsiddin Shohin (approx.)", "Vahdat (approx.)"]
    assert page.evaluate(names) == approximate
    page.evaluate("panjmap.store.setLayer('districts', false)")
    assert page.evaluate(names) == []
    page.evaluate("panjmap.map.map.setView([37.9, 70.1], 9, {animate: false})")
    assert "Shamsiddin Shohin (approx.)" in page.evaluate(names)
