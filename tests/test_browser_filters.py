"""Filters, search and window as a reader meets them: what list, table, chip and counts do, by mouse and by keyboard."""

from __future__ import annotations

import pytest

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
