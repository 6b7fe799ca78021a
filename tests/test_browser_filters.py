"""Filters, search and window as a reader meets them: what list, table, chip and counts do, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from page_case import SHAPES, crowd, scene_of

from panjmap.render.page import render

pytestmark = pytest.mark.browser

CAMP, DARVOZ, OPERATION = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-11-22-A"


@pytest.fixture
def open_map(page_at, built_map):
    """Open the built map, alive, with something after the #."""

    def visit(width=1400, height=900, **options):
        return page_at(built_map, width, height, **options)

    return visit


def set_filter(page, facet, *values):
    """Filter as a click on a check box does, and wait until all has followed."""
    page.evaluate("async ([f, v]) => { panjmap.store.setFilter(f, v); await 0; }", [facet, list(values)])


def visible(page, selector):
    return [node.get_attribute("data-id") or node.get_attribute("data-row") for node in page.locator(selector).all()
            if node.is_visible()]  # fmt: skip


# ---------------------------------------------------------------- list and table


def test_list_and_table_hide_what_does_not_match(open_map):
    page = open_map().page
    set_filter(page, "type", "drone_strike")
    assert visible(page, "#list a[data-id]") == visible(page, "#table tr[data-row]")
    assert set(visible(page, "#list a[data-id]")) == {CAMP, DARVOZ}


def test_group_headings_say_how_many_of_how_many_and_empty_groups_go(open_map):
    page = open_map().page
    set_filter(page, "type", "drone_strike")
    heads = [head.inner_text() for head in page.locator("#list .group").all() if head.is_visible()]
    assert heads == ["Attacks and clashes (2 of 5)"]
    page.evaluate("async () => { panjmap.store.clear(); await 0; }")
    assert page.locator("#group-attack").inner_text() == "Attacks and clashes (5)"
    assert page.locator("#list .group").count() == 5


def test_what_may_lie_outside_the_dates_says_so_in_list_and_table(open_map):
    page = open_map().page
    page.evaluate("async () => { panjmap.store.set('window', [20420, 20425]); await 0; }")
    partly = page.evaluate(
        "panjmap.store.records.filter(r => panjmap.store.isPartly(r.id)).map(r => [r.id, r.undated])"
    )
    assert partly
    for record_id, undated in partly:
        words = "Date not given" if undated else "Date may lie outside"
        for where in (f"#list a[data-id='{record_id}']", f"#table tr[data-row='{record_id}']"):
            assert page.locator(f"{where} .tag.may").inner_text() == words
    page.evaluate("async () => { panjmap.store.set('window', null); await 0; }")
    assert page.locator(".tag.may:visible").count() == 0


def test_the_chip_on_the_map_counts_only_what_shows(open_map):
    page = open_map().page
    assert page.inner_text("#not-located").strip() == "Not on the map: 1 state operation"
    set_filter(page, "type", "drone_strike")
    assert not page.locator("#not-located").is_visible()
    set_filter(page, "type", "counter_operation")
    assert page.inner_text("#not-located").strip() == "Not on the map: 1 state operation"


def test_the_new_number_is_announced_once_the_reader_rests(open_map):
    page = open_map().page
    set_filter(page, "type", "drone_strike")
    assert page.inner_text("#live") == ""
    page.wait_for_function("() => document.getElementById('live').textContent === 'Showing 2 of 18 records'")


def test_hovering_and_selecting_mark_list_and_table(open_map):
    page = open_map().page
    page.evaluate("id => panjmap.store.set('hovered', id)", CAMP)
    assert page.locator("#list li.hovered").count() == page.locator("#table tr.hovered").count() == 1
    page.hover(f"#list a[data-id='{DARVOZ}']")
    assert page.evaluate("panjmap.store.state.hovered") == DARVOZ
    assert page.get_attribute("#table tr.hovered", "data-row") == DARVOZ


def test_a_selected_record_that_a_filter_hides_stays_open_and_says_so(open_map):
    page = open_map().page
    page.evaluate("id => panjmap.panel.select(id, 'list')", CAMP)
    page.wait_for_selector("#detail-title")
    assert not page.locator("#hidden-note").is_visible()
    set_filter(page, "type", "talks")
    assert page.locator("#detail-title").is_visible()
    assert "hide this record" in page.inner_text("#hidden-note")
    page.click("#hidden-note button")
    assert not page.locator("#hidden-note").is_visible()
    assert page.evaluate("document.activeElement.id") == "detail-title"
    assert page.evaluate("panjmap.store.shown.count") == 18


# ---------------------------------------------------------------- an address opens the same


def slug(page, facet, number):
    return page.evaluate("([f, n]) => panjmap.store.facets.find(one => one.id === f).values[n].id", [facet, number])


ADDRESSED = [
    {"filters": {"type": ["drone_strike", "talks"], "differ": ["yes"]}, "window": [20418, 20430]},
    {"filters": {"actor": [0, 1], "speaker": [2], "where": ["bank-tajik"]}, "query": "Кулоб & خاروغ = 100%, “Panj”"},
    {"filters": {"precision": ["unknown"], "source": [1, 0]}, "query": "سرویس", "window": [20000, 20000]},
]


@pytest.mark.parametrize("wanted", ADDRESSED)
def test_a_copied_address_opens_the_same_filters_query_and_window_in_a_fresh_page(open_map, built_map, wanted):
    visit = open_map()
    page = visit.page
    filters = {
        facet: [value if isinstance(value, str) else slug(page, facet, value) for value in values]
        for facet, values in wanted["filters"].items()
    }
    page.evaluate(
        """async ({filters, query, window}) => {
            Object.entries(filters).forEach(([facet, values]) => panjmap.store.setFilter(facet, values));
            panjmap.store.set('query', query || '');
            panjmap.store.set('window', window || null);
            await 0;
        }""",
        {**wanted, "filters": filters},
    )
    state = "({filters: panjmap.store.state.filters, query: panjmap.store.state.query, "
    state += "window: panjmap.store.state.window, mask: [...panjmap.store.shown.mask]})"
    before, address = page.evaluate(state), page.evaluate("panjmap.permalink.address()")
    fresh = open_map().page
    fresh.goto("about:blank")
    fresh.goto(address)
    fresh.wait_for_selector("html[data-ready]", state="attached")
    assert fresh.evaluate(state) == before
    assert before["filters"] == filters
    assert fresh.input_value("#search") == wanted.get("query", "")
    assert fresh.locator(".wish").count() == len(fresh.evaluate("panjmap.search.wishes()")) > 0
    visit.assert_quiet()


# ---------------------------------------------------------------- search


def test_the_search_waits_for_a_pause_and_escape_clears_before_it_closes(open_map):
    page = open_map().page
    page.fill("#search", "kavo cl")
    assert page.evaluate("panjmap.store.state.query") == ""
    page.wait_for_function("() => panjmap.store.state.query === 'kavo cl'")
    assert visible(page, "#list a[data-id]") == ["TJ-AF-2025-12-KAVO"]
    assert page.inner_text("#list .showing") == "Showing 1 of 18 records"
    page.focus("#search")
    page.keyboard.press("Escape")
    assert page.input_value("#search") == page.evaluate("panjmap.store.state.query") == ""
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.inner_text("#list .showing") == "All 18 records"


def test_the_search_box_has_a_label_and_takes_enter(open_map):
    page = open_map().page
    assert page.locator("[role=search] input[type=search]").count() == 1
    assert "places in any script" in page.inner_text("label[for=search]")
    page.fill("#search", "Шамсиддин")
    page.press("#search", "Enter")
    assert CAMP in visible(page, "#list a[data-id]")


# ---------------------------------------------------------------- filters


def box(page, facet, value):
    return page.locator(f"#panel-filters input[data-facet='{facet}'][value='{value}']")


def group(page, label):
    return page.locator(f"#panel-filters [role=group][aria-label='{label}'] > label:first-child input")


def mixed(locator):
    return locator.evaluate("node => node.indeterminate")


def test_types_stand_in_groups_whose_box_is_mixed_when_some_are_chosen(open_map):
    page = open_map().page
    page.click("#tab-filters")
    attacks = group(page, "Attacks and clashes")
    assert not attacks.is_checked()
    box(page, "type", "drone_strike").check()
    assert mixed(attacks)
    assert page.evaluate("panjmap.store.shown.count") == 2
    attacks.click()
    assert attacks.is_checked()
    assert not mixed(attacks)
    assert page.evaluate("panjmap.store.shown.count") == 5
    assert box(page, "type", "armed_attack").is_checked()
    attacks.click()
    assert page.evaluate("panjmap.store.state.filters") == {}


def test_counts_say_what_each_answer_would_show_and_zero_is_disabled(open_map):
    page = open_map().page
    page.click("#tab-filters")
    box(page, "type", "drone_strike").check()
    reach, region = box(page, "precision", "reach"), box(page, "precision", "region")
    assert reach.is_enabled()
    assert region.is_disabled()
    row = region.locator("xpath=..")
    assert "empty" in row.get_attribute("class")
    assert row.locator(".n").inner_text() == "0"
    assert box(page, "type", "armed_attack").is_enabled()
    shown = group(page, "Attacks and clashes").locator("xpath=..").locator(".n").inner_text()
    assert shown == "5"  # two types of one record count it once


def test_long_questions_fold_and_say_how_many_are_chosen(open_map):
    page = open_map().page
    page.click("#tab-filters")
    speakers = page.locator("details[data-question=speaker]")
    assert speakers.get_attribute("open") is None
    speakers.locator("summary").click()
    speakers.locator("input").nth(1).check()
    speakers.locator("input").nth(2).check()
    assert speakers.locator(".chosen").inner_text() == "2 chosen"


def test_chips_name_what_is_asked_for_and_take_it_away(open_map):
    state = "#type=drone_strike,talks&diff=yes&t=2025-11-20..2025-11-30&q=attack"
    page = open_map().page
    page.evaluate("hash => { location.hash = hash; }", state)
    page.wait_for_function("() => panjmap.store.state.query === 'attack'")
    texts = [chip.inner_text().replace("\n", " ") for chip in page.locator(".wishes .wish").all()]
    names = [text.split(": ", 1)[1].split("×")[0].strip() for text in texts]
    assert names == ["Drone strike", "Talks", "Reports differ", "20 Nov 2025 – 30 Nov 2025", "“attack”"]
    page.locator(".wish", has_text="Talks").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("panjmap.store.state.filters.type") == ["drone_strike"]
    assert "Reports differ" in page.evaluate("document.activeElement.textContent")
    page.locator("#list .status .clear").click()
    assert page.locator(".wish").count() == 0
    assert page.evaluate("panjmap.store.isFiltered()") is False
    assert page.evaluate("document.activeElement.id") == "search"


def test_all_types_of_a_kind_are_one_chip(open_map):
    page = open_map().page
    page.click("#tab-filters")
    group(page, "Attacks and clashes").check()
    page.click("#tab-list")
    assert page.locator(".wish").count() == 1
    assert "Attacks and clashes" in page.locator(".wish").inner_text()


def test_when_nothing_is_left_list_table_and_map_say_what_that_means(open_map):
    page = open_map().page
    page.fill("#search", "no such word")
    page.press("#search", "Enter")
    for place in ("#list", "#table", "#mapbox"):
        note = page.locator(f"{place} .none-left")
        assert note.is_visible()
        assert "It does not mean that nothing happened." in note.inner_text()
    assert visible(page, "#list .group") == []
    page.click("#map-none button")
    assert page.locator(".none-left:visible").count() == 0
    assert page.evaluate("panjmap.store.shown.count") == 18


def test_every_filter_is_reached_and_switched_by_keyboard_with_visible_focus(open_map):
    page = open_map().page
    page.locator("#tab-filters").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const node = document.activeElement, style = getComputedStyle(node);
            return {facet: node.dataset.facet || '', in: !!node.closest('#panel-filters'), tag: node.tagName,
                line: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2}; }"""
        )
        if not at["in"]:
            break
        seen.append(at)
        if at["tag"] == "SUMMARY" and not page.evaluate("document.activeElement.parentNode.open"):
            page.keyboard.press("Enter")
    assert all(at["line"] for at in seen)
    assert {at["facet"] for at in seen} >= {"type", "precision", "source", "speaker", "actor", "where", "differ"}
    box(page, "type", "drone_strike").focus()
    page.keyboard.press("Space")
    assert page.evaluate("panjmap.store.state.filters.type") == ["drone_strike"]


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_with_filters_open_or_nothing_left(open_map, axe, width, dark):
    visit = open_map(width, 800, dark=dark)
    page = visit.page
    page.click("#tab-filters")
    page.evaluate("panjmap.dom.all('#panel-filters details').forEach(node => { node.open = true; })")
    box(page, "type", "drone_strike").check()
    assert axe(visit) == []
    page.click("#tab-list")
    page.evaluate("async () => { panjmap.store.set('window', [20420, 20421]); await 0; }")
    page.evaluate("async () => { panjmap.store.clear(); panjmap.store.set('query', 'xyz'); await 0; }")
    assert axe(visit) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visit.assert_quiet()


def test_long_lists_come_in_parts_that_go_when_empty(page_at):
    change, shapes = crowd(60)
    page = page_at(render(scene_of(change, shapes={**SHAPES, **shapes}))).page
    parts = page.locator("#list [aria-labelledby=group-attack]")
    assert [part.locator("li").count() for part in parts.all()] == [24, 24, 17]
    assert [part.get_attribute("start") for part in parts.all()] == [None, "25", "49"]
    page.fill("#search", "Attack 59")
    page.press("#search", "Enter")
    page.wait_for_timeout(400)
    assert visible(page, "#list a[data-id]") == visible(page, "#table tr[data-row]") == ["X-59"]
    assert page.locator("#group-attack").inner_text() == "Attacks and clashes (1 of 65)"
    assert sum(part.is_visible() for part in parts.all()) == 1
    assert sum(part.is_visible() for part in page.locator("#table tbody").all()) == 1
    page.press("#search", "Escape")
    page.wait_for_timeout(400)
    assert len(visible(page, "#list a[data-id]")) == 78
