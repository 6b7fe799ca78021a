"""The timeline in a browser: marks, brackets, gaps, brush, periods, columns, and its ties to the rest of the page."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pytest
from page_case import SHAPES, crowd, scene_of

from panjmap.data.model import Kind, RecordType
from panjmap.render.page import render

pytestmark = pytest.mark.browser

SIZES = ((1400, 900), (700, 900), (360, 780))
CAMP, KAVO, OPERATION = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-11-22-A"
KHATLON, MEETING = "TJ-AF-2024-11-A", "TJ-AF-2025-R-MEETING"
EPOCH = dt.date(1970, 1, 1)
FROM, TO = "#timeline .handle[data-side=from]", "#timeline .handle[data-side=to]"
SENTENCE = (
    "No single incident described. One report counts at least 10 clashes with smugglers in the six months before"
    " December 2025."
)
#: Types of made-up records, attacks first.
TYPES = (RecordType.DRONE_STRIKE, RecordType.ARMED_ATTACK, RecordType.ARMED_INCURSION, RecordType.STATEMENT)


def day(text):
    return (dt.date.fromisoformat(text) - EPOCH).days


@pytest.fixture(scope="module")
def five():
    return render(scene_of())


def made_up(dates):
    """Make a page of records with these (first, last) days; a missing one is None."""
    change, shapes = crowd(len(dates))

    def dated(tables):
        tables = change(tables)
        records = []
        for record in tables.records:
            if record.record_id.startswith("X-"):
                number = int(record.record_id[2:])
                start, end = dates[number]
                type_ = TYPES[number % 4]
                kind = Kind.RESPONSE if type_ is RecordType.STATEMENT else Kind.ATTACK
                update = {"date_start": start, "date_end": end, "kind": kind, "type": type_, "claimed_types": (type_,)}
                records.append(record.model_copy(update=update))
        nothing = dict.fromkeys(("claims", "relations", "decisions", "changes", "record_places"), ())
        return tables._replace(records=tuple(records), **nothing)

    return render(scene_of(dated, shapes=SHAPES | shapes))


def many(count, days, first=dt.date(2023, 1, 2)):
    return made_up([(one := first + dt.timedelta(days=i * 7919 % days), one) for i in range(count)])


def text_boxes(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('.time-svg text')].filter(node => node.textContent)
            .map(node => [node.getBoundingClientRect(), node.textContent])
            .map(([b, text]) => [b.left, b.top, b.right, b.bottom, text])"""
    )


def window_of(page):
    return page.evaluate("panjmap.store.state.window")


def shown(page):
    return page.evaluate("panjmap.store.records.filter(r => panjmap.store.isShown(r.id)).map(r => r.id)")


# ---------------------------------------------------------------- marks


def test_attacks_and_responses_stand_in_two_bands(page_at, five):
    page = page_at(five).page
    assert page.locator(".time-svg .band").all_text_contents() == [
        "Attacks, clashes and state operations",
        "Measures and responses",
    ]
    tops = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.time-svg .mark')]
            .map(node => [node.dataset.mark, node.getBoundingClientRect().top]))"""
    )
    second = page.locator(".time-svg .band").nth(1).bounding_box()["y"]
    assert {id_ for id_, top in tops.items() if top > second} == {id_ for id_ in tops if "-R-" in id_}
    assert len(tops) == 11


def test_a_day_is_a_token_and_an_unsure_date_a_bracket_without_one(page_at, five):
    page = page_at(five).page
    assert page.locator(f"[data-mark='{CAMP}'] use").count() == 1
    assert page.locator(f"[data-mark='{CAMP}'] .bar").count() == 0
    for unsure in (KAVO, KHATLON, MEETING):
        assert page.locator(f".time-svg [data-mark='{unsure}'] use").count() == 0
        assert page.locator(f".time-svg [data-mark='{unsure}'] .bar").count() == 1


def test_ends_that_are_assumed_are_arrowheads_and_stated_ones_are_not(page_at, five):
    page = page_at(five).page

    def ends(record_id):
        return page.get_attribute(f".time-svg [data-mark='{record_id}'] .ends", "d")

    assert ends(KAVO).count("L") == 4
    assert ends(KHATLON).count("L") == 0
    assert ends(KHATLON).count("V") == 2


def test_undated_records_are_listed_beside_and_have_no_mark(page_at, five):
    page = page_at(five).page
    assert page.inner_text("#time-undated-title") == "Date not given"
    items = page.locator("#time-undated-list button").all_text_contents()
    assert len(items) == 4
    assert any("stated on 22 Nov 2025" in text for text in items)
    assert page.locator(f".time-svg [data-mark='{OPERATION}']").count() == 0
    assert page.evaluate("panjmap.store.records.filter(r => r.kind === 'aggregate').length") == 3
    assert page.locator("#timeline [data-mark*='AGG']").count() == 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_gap_is_cut_and_says_honestly_what_is_known(page_at, five, width, height):
    page = page_at(five, width, height).page
    assert page.locator(".time-svg .slash").count() == 1
    words = " ".join(page.locator(".time-svg .gap tspan").all_text_contents()) or page.inner_text("#time-gaps")
    assert re.sub(r"\s+", " ", words).endswith(SENTENCE)


@pytest.mark.parametrize("dates", [[("2023-01-01", "2023-01-01"), ("2024-01-01", "2024-01-01")]])
def test_a_gap_that_no_report_speaks_of_says_how_long_it_is(page_at, dates):
    page = page_at(made_up([tuple(map(dt.date.fromisoformat, pair)) for pair in dates])).page
    assert " ".join(page.locator(".time-svg .gap tspan").all_text_contents()) == "12 months, none in this set"


@pytest.mark.parametrize("width", [320, 360, 414, 700, 1099, 1400, 1900])
def test_no_text_is_cut_or_lies_over_another(page_at, five, width):
    page = page_at(five, width).page
    box = page.locator("#time-chart").bounding_box()
    texts = text_boxes(page)
    for left, _, right, _, text in texts:
        assert left >= box["x"] - 0.5, text
        assert right <= box["x"] + box["width"] + 0.5, text
    for a, b in itertools.combinations(texts, 2):
        apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] + 3 or b[3] <= a[1] + 3
        assert apart, (a, b)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_pile_is_in_order_of_time(page_at, five, width, height):
    page = page_at(five, width, height).page
    marks = page.evaluate(
        """() => [...document.querySelectorAll('.time-svg .mark')]
            .map(node => [node.dataset.mark, node.querySelector('.hit').getBoundingClientRect()])
            .map(([id, b]) => [panjmap.store.byId[id].start, b.left, b.top, b.right])"""
    )
    for one, other in itertools.combinations(marks, 2):
        earlier, later = sorted((one, other))
        if (
            later[0] > earlier[0]
            and earlier[1] < later[3]
            and later[1] < earlier[3]
            and len({earlier[2], later[2]}) == 2
        ):
            same_band = (earlier in marks[:5]) == (later in marks[:5])
            assert not same_band or earlier[2] < later[2]


# ---------------------------------------------------------------- the brush


def test_the_line_above_says_what_is_shown_of_how_many(page_at, five):
    page = page_at(five).page
    assert page.inner_text("#time-range") == "Showing 1 Nov 2024 to 31 Dec 2025"
    assert page.inner_text("#time-count") == "18 of 18 records"
    page.click("#time-periods button:text-is('Nov 2024')")
    assert page.inner_text("#time-range") == "Showing 1 Nov 2024 to 30 Nov 2024"
    count = len(shown(page))
    assert page.inner_text("#time-count") == f"{count} of 18 records"


def test_periods_are_pressed_set_the_window_and_filter_every_view(page_at, five):
    page = page_at(five).page
    names = page.locator("#time-periods button").all_text_contents()
    assert names == ["All", "Nov 2024", "Nov to Dec 2025"]
    page.click("#time-periods button:text-is('Nov 2024')")
    assert window_of(page) == [day("2024-11-01"), day("2024-11-30")]
    pressed = page.locator("#time-periods [aria-pressed=true]").all_text_contents()
    assert pressed == ["Nov 2024"]
    assert KHATLON in shown(page)
    assert CAMP not in shown(page)
    assert "out" in page.get_attribute(f".time-svg [data-mark='{CAMP}']", "class")
    assert page.evaluate(f"getComputedStyle(document.querySelector('.mark[data-mark=\"{CAMP}\"]')).opacity") == "0.28"
    page.click("#time-periods button:text-is('All')")
    assert window_of(page) is None
    assert page.locator(".mark.out").count() == 0


def test_handles_move_by_keyboard_and_speak_dates(page_at, five):
    page = page_at(five).page
    assert page.get_attribute(FROM, "aria-valuetext") == "1 November 2024"
    page.focus(FROM)
    for key, wanted in (
        ("ArrowRight", "2 November 2024"),
        ("PageUp", "9 November 2024"),
        ("ArrowUp", "10 November 2024"),
        ("ArrowDown", "9 November 2024"),
        ("PageDown", "2 November 2024"),
        ("End", "31 December 2025"),
        ("Home", "1 November 2024"),
    ):
        page.keyboard.press(key)
        assert page.get_attribute(FROM, "aria-valuetext") == wanted, key
    assert window_of(page) is None
    page.focus(TO)
    page.keyboard.press("ArrowLeft")
    assert window_of(page) == [day("2024-11-01"), day("2025-12-30")]
    assert page.evaluate("document.activeElement.dataset.side") == "to"
    assert page.get_attribute(FROM, "aria-valuemax") == str(day("2025-12-30"))


def test_a_handle_hops_over_the_cut_by_keyboard(page_at, five):
    page = page_at(five).page
    page.evaluate(f"panjmap.store.set('window', [{day('2024-11-30')}, {day('2025-12-31')}])")
    page.focus(FROM)
    page.keyboard.press("ArrowRight")
    assert page.get_attribute(FROM, "aria-valuetext") == "26 November 2025"
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute(FROM, "aria-valuetext") == "30 November 2024"


def drag(page, selector, dx, steps=6):
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y, steps=steps)
    page.mouse.up()
    page.wait_for_timeout(60)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_handle_is_dragged_and_stays_off_the_other(page_at, five, width, height):
    page = page_at(five, width, height).page
    page.locator("#time-chart").scroll_into_view_if_needed()
    drag(page, f"{TO} .grip", -60)
    first, last = window_of(page)
    assert first == day("2024-11-01")
    assert day("2025-11-30") < last < day("2025-12-31")
    drag(page, f"{FROM} .grip", 3000)
    assert window_of(page) == [last, last]


def test_a_finger_drags_a_handle(page_at, five):
    page = page_at(five, 360, 780, has_touch=True, is_mobile=True).page
    page.locator("#time-chart").scroll_into_view_if_needed()
    box = page.locator(f"{TO} .grip").bounding_box()
    touch = page.context.new_cdp_session(page)

    def at(kind, *xs):
        points = [{"x": x, "y": box["y"] + 10} for x in xs]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    at("touchStart", box["x"] + 6)
    for step in range(1, 9):
        at("touchMove", box["x"] + 6 - 10 * step)
    at("touchEnd")
    page.wait_for_timeout(60)
    first, last = window_of(page)
    assert first == day("2024-11-01")
    assert day("2025-12-05") < last < day("2025-12-29")


def test_the_body_of_the_brush_moves_the_window_whole(page_at, five):
    page = page_at(five).page
    page.locator("#time-chart").scroll_into_view_if_needed()
    page.evaluate(f"panjmap.store.set('window', [{day('2025-12-02')}, {day('2025-12-11')}])")
    drag(page, "#timeline .grab", 100)
    first, last = window_of(page)
    assert last - first == 9
    assert first > day("2025-12-05")
    drag(page, "#timeline .grab", 3000)
    assert window_of(page) == [day("2025-12-22"), day("2025-12-31")]


def test_a_new_window_is_drawn_by_dragging_on_the_whole_one(page_at, five):
    page = page_at(five).page
    page.locator("#time-chart").scroll_into_view_if_needed()
    drag(page, "#timeline .grab", 150)
    first, last = window_of(page)
    assert day("2024-11-30") < first < last < day("2025-12-31")


def test_a_click_on_the_brush_changes_nothing(page_at, five):
    page = page_at(five).page
    page.locator("#time-chart").scroll_into_view_if_needed()
    drag(page, "#timeline .grab", 0)
    drag(page, f"{TO} .grip", 0)
    assert window_of(page) is None


def test_records_that_only_partly_overlap_are_kept_and_marked(page_at, five):
    page = page_at(five).page
    page.evaluate(f"panjmap.store.set('window', [{day('2025-12-10')}, {day('2025-12-12')}])")
    page.wait_for_timeout(50)
    assert KAVO in shown(page)
    assert "partly" in page.get_attribute(f".time-svg [data-mark='{KAVO}']", "class")
    assert "beyond the period shown" in page.get_attribute(f".time-svg [data-mark='{KAVO}']", "aria-label")
    assert "Broken line: the dates reach beyond it." in page.inner_text("#time-partly")
    assert OPERATION not in shown(page), "it was over by 22 November"
    page.evaluate("panjmap.store.set('window', null)")
    page.wait_for_timeout(50)
    assert page.locator(".mark.partly").count() == 0
    assert page.text_content("#time-partly") == ""


def test_a_window_from_elsewhere_may_lie_outside_the_axis(page_at, five):
    visit = page_at(five)
    visit.page.evaluate("panjmap.store.set('window', [0, 10])")
    visit.page.wait_for_timeout(50)
    assert visit.page.locator(".mark.out").count() == 11
    visit.page.focus(FROM)
    visit.page.keyboard.press("Home")
    visit.assert_quiet()


# ---------------------------------------------------------------- ties


def test_a_mark_selects_by_mouse_and_by_keyboard_and_shows_the_selection(page_at, five):
    page = page_at(five).page
    page.locator(f".time-svg [data-mark='{CAMP}'] .hit").click()
    page.wait_for_selector("#detail-title")
    assert page.evaluate("panjmap.store.state.selected") == CAMP
    assert "selected" in page.get_attribute(f".time-svg [data-mark='{CAMP}']", "class")
    page.focus(f".time-svg [data-mark='{KAVO}']")
    page.keyboard.press("Enter")
    page.wait_for_function(f"panjmap.store.state.selected === '{KAVO}'")
    assert "selected" not in page.get_attribute(f".time-svg [data-mark='{CAMP}']", "class")
    page.locator(f"#time-undated-list [data-mark='{OPERATION}']").click()
    page.wait_for_function(f"panjmap.store.state.selected === '{OPERATION}'")


def test_escape_brings_the_focus_back_to_the_mark(page_at, five):
    page = page_at(five).page
    page.focus(f".time-svg [data-mark='{KAVO}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.mark") == KAVO


def test_hovering_goes_both_ways(page_at, five):
    page = page_at(five).page
    page.locator(f".time-svg [data-mark='{CAMP}'] .hit").hover()
    assert page.evaluate("panjmap.store.state.hovered") == CAMP
    page.evaluate(f"panjmap.store.set('hovered', '{KAVO}')")
    assert "hovered" in page.get_attribute(f".time-svg [data-mark='{KAVO}']", "class")
    assert "hovered" not in page.get_attribute(f".time-svg [data-mark='{CAMP}']", "class")


def test_a_filter_pales_marks_too(page_at, five):
    page = page_at(five).page
    page.evaluate("panjmap.store.setFilter('type', ['drone_strike'])")
    page.wait_for_timeout(50)
    out = page.evaluate("[...document.querySelectorAll('.mark.out')].map(node => node.dataset.mark)")
    assert CAMP not in out
    assert KAVO in out
    assert page.locator("#time-undated-list .out").count() == 4


def test_every_mark_has_a_spoken_name(page_at, five):
    page = page_at(five).page
    name = page.get_attribute(f".time-svg [data-mark='{CAMP}']", "aria-label")
    assert name == "Drone strike. Drone strike on the workers camp of the gold company Shohin SM. 26 November 2025."
    unsure = page.get_attribute(f".time-svg [data-mark='{KAVO}']", "aria-label")
    assert unsure.endswith("Probably 1 December 2025 to 31 December 2025.")


def test_above_thirty_marks_one_is_a_tab_stop_and_arrows_move(page_at):
    page = page_at(many(40, 900)).page
    assert page.locator(".time-svg .mark").count() == 40
    assert page.locator(".time-svg .mark[tabindex='0']").count() == 1
    page.focus(".time-svg .mark[tabindex='0']")
    first = page.evaluate("document.activeElement.dataset.mark")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.mark") != first
    assert page.locator(".time-svg .mark[tabindex='0']").count() == 1


# ---------------------------------------------------------------- many records


def test_above_eighty_records_columns_count_them_attacks_apart(page_at):
    page = page_at(many(100, 500)).page
    assert page.locator(".time-svg .mark").count() == 0
    bands = page.locator(".time-svg .band").all_text_contents()
    assert bands == ["Attacks, clashes and state operations, per week", "Measures and responses, per week"]
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.columns-all .column')].filter(node => node.getAttribute('d'))
            .map(node => [node.classList.contains('c-response'), node.getBoundingClientRect().top])"""
    )
    second = page.locator(".time-svg .band").nth(1).bounding_box()["y"]
    assert {response for response, top in boxes if top > second} == {True}
    assert {response for response, top in boxes if top < second} == {False}
    assert page.locator(".time-svg [role=img][aria-label^='100 dated records']").count() == 1


def test_columns_are_quarters_over_many_years(page_at):
    page = page_at(many(100, 40 * 365), 1400).page
    assert "per quarter" in page.locator(".time-svg .band").first.text_content()


def test_the_window_cuts_the_columns_and_a_filter_lowers_them(page_at):
    page = page_at(many(200, 500)).page
    before = page.get_attribute(".time-svg g[clip-path] .c-drone", "d")
    page.click("#time-periods button:text-is('2023')")
    clip = page.locator(".time-svg clipPath rect")
    assert float(clip.get_attribute("width")) < page.evaluate("document.querySelector('.time-svg').clientWidth") - 100
    assert page.get_attribute(".time-svg g[clip-path] .c-drone", "d") == before
    page.evaluate("panjmap.store.setFilter('type', ['armed_attack'])")
    page.wait_for_timeout(50)
    assert page.get_attribute(".time-svg g[clip-path] .c-drone", "d") == ""
    assert page.get_attribute(".time-svg .columns-all .c-drone", "d") == before


def test_a_record_of_the_columns_is_pointed_at_when_selected(page_at):
    page = page_at(many(100, 500)).page
    page.evaluate("panjmap.panel.select('X-7', 'list')")
    page.wait_for_function("document.querySelector('.pick:not(.hover)').getAttribute('d')")


DRAG_MS = """() => {
    const store = panjmap.store, costs = [];
    for (let i = 0; i < 60; i++) {
        store.shown.mask = store.shown.mask.map((_, row) => (row + i) % 3);
        const start = performance.now();
        panjmap.timeline.follow([19400 + i, 19700 + i]);
        costs.push(performance.now() - start);
    }
    return costs.sort((a, b) => a - b)[30];
}"""


@pytest.mark.parametrize("count", [60, 1000])
def test_a_step_of_a_drag_costs_the_timeline_little(page_at, count):
    page = page_at(many(count, 700)).page
    assert page.evaluate(DRAG_MS) <= 3


@pytest.mark.parametrize(("width", "height"), [*SIZES, (1150, 900)])
def test_a_drag_moves_nothing_above_the_drawing(page_at, five, width, height):
    page = page_at(five, width, height).page

    def top():
        return page.evaluate(
            "['.time-svg', '#timeline'].map(one => document.querySelector(one).getBoundingClientRect().top)"
            ".reduce((inner, outer) => inner - outer)"
        )

    before = top()
    for window in ("2025-12-10", "2025-12-31"), ("2024-11-01", "2025-11-27"), ("2025-11-30", "2025-11-30"):
        page.evaluate("window => panjmap.store.set('window', window)", [day(one) for one in window])
        page.wait_for_timeout(50)
        assert top() == before


def test_a_drag_never_draws_again(page_at, five):
    page = page_at(five).page
    page.evaluate("window.before = document.querySelector('.time-svg')")
    page.locator("#time-chart").scroll_into_view_if_needed()
    drag(page, f"{TO} .grip", -60)
    assert page.evaluate("window.before === document.querySelector('.time-svg')")


# ---------------------------------------------------------------- whatever comes


def test_the_picture_of_the_timeline_has_no_handles_and_the_state(page_at, five):
    page = page_at(five).page
    page.click("#time-periods button:text-is('Nov 2024')")
    got = page.evaluate(
        """() => { const node = panjmap.timeline.svg(640), count = selector => node.querySelectorAll(selector).length;
            return [node.getAttribute('width'), count('.handle'), count('[tabindex]'), count('.mark.out') > 0]; }"""
    )
    assert got == ["640", 0, 0, True]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_the_timeline(page_at, axe, five, width, height, dark):
    visit = page_at(five, width, height, dark=dark)
    assert axe(visit) == []
    visit.page.evaluate(f"panjmap.store.set('window', [{day('2025-12-10')}, {day('2025-12-12')}])")
    visit.page.wait_for_timeout(50)
    assert visit.page.locator(".undated.out").count() == 1
    assert [line for line in axe(visit) if "time" in line] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_targets_are_at_least_24_pixels(page_at, five, width, height):
    page = page_at(five, width, height).page
    small = page.evaluate(
        """() => [...document.querySelectorAll('#timeline button, #timeline .mark .hit, #timeline .handle .hit')]
            .map(node => node.getBoundingClientRect()).filter(b => b.width < 24 || b.height < 23.9).length"""
    )
    assert small == 0


DATES = {
    "one": [(dt.date(2025, 11, 26), dt.date(2025, 11, 26))],
    "undated": [(None, None)] * 30,
    "same day": [(dt.date(2025, 11, 26), dt.date(2025, 11, 26))] * 50,
    "forty years": [(dt.date(1985, 1, 1), dt.date(2025, 11, 26)), (dt.date(2000, 5, 5), dt.date(2000, 5, 5))],
    "no end": [(dt.date(2025, 11, 26), None), (dt.date(2025, 10, 1), dt.date(2025, 12, 24))],
    "no start": [(None, dt.date(2025, 11, 26)), (dt.date(2025, 10, 1), dt.date(2025, 12, 24))],
    "far apart": [(dt.date(1970 + 5 * i, 1, 1), dt.date(1970 + 5 * i, 1, 1)) for i in range(12)],
}


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 780)])
def test_odd_dates_keep_the_page_whole(page_at, axe, name, width, height):
    visit = page_at(made_up(DATES[name]), width, height)
    page = visit.page
    assert page.locator("html[data-ready]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dated = [pair for pair in DATES[name] if pair[0]]
    if dated:
        assert page.locator(".time-svg .mark, .time-svg .column").count()
        page.focus(FROM)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("End")
    else:
        assert page.inner_text("#time-range") == "No record carries a date."
        assert "and 10 more, in the list" in page.inner_text("#time-undated")
        assert page.locator("#time-periods").is_hidden()
    box = page.locator("#time-chart").bounding_box()
    assert all(right <= box["x"] + box["width"] + 1 for _, _, right, _, _ in text_boxes(page))
    visit.assert_quiet()
    assert [line for line in axe(visit) if "time" in line] == []


def test_without_a_record_there_is_no_timeline(page_at):
    def nothing(tables):
        return tables._replace(
            **dict.fromkeys(("records", "record_places", "claims", "relations", "decisions", "changes"), ())
        )

    visit = page_at(render(scene_of(nothing)))
    assert visit.page.locator("#timeline").is_hidden()
    visit.assert_quiet()
