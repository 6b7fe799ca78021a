"""The river strip as a figure: everything at its km and day, no label on another, nothing outside the sheet."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.data.model import Precision
from panjmap.render.figures.fonts import Fonts
from panjmap.render.figures.strip_axis import first_days, ticks_across, ticks_down, time_axis
from panjmap.render.figures.strip_frame import FORMS
from panjmap.render.figures.strip_ground import Names
from panjmap.render.figures.strip_layout import Content, Sheet, layout
from panjmap.render.figures.strip_scale import KmScale, Shown, box_of, cells, piles
from panjmap.render.figures.strip_words import Words, outside, shown, strip_words
from panjmap.render.prepare import read_scene
from panjmap.render.strip_data import strip_ground

SHEETS = {
    "full": Sheet(FORMS["full"], 11, 1006, 30, (380, 640)),
    "column": Sheet(FORMS["column"], 8, 486, 30, (0,), 590),
    "social": Sheet(FORMS["social"], 252, 736, 7, (260,)),
}
DAY = dt.date(2025, 11, 26).toordinal()


@cache
def scene():
    return read_scene()


def measure(text, size, bold):
    return Fonts().width(text, size, bold=bold)


def content(records, links=()):
    tables = scene().published.tables
    words = strip_words(scene())
    keys = ("tajik_bank", "afghan_bank", "km", "km_short", "mouth", "mouth_short", "source", "flow")
    names = Names(
        lambda place: place["name"], lambda place: place.get("short", ""), {key: words[key] for key in keys}, "Panj"
    )
    return Content(records, links, strip_ground(tables, scene().areas), names, words)


def made(name, records, links=()):
    return layout(SHEETS[name], content(records, links), measure)


def record(number, low, high, first, last, precision=Precision.SETTLEMENT, opened=(False, False), label="Attack"):
    lines = (f"{label} {number}, 3 killed", "26 Nov 2025, at a place by the river")
    return Shown(
        str(number), "attack", "attack", precision, low, high, first, last, *opened, lines, lines, order=number
    )


def words_of(found):
    """Boxes of everything that is written."""
    return [word.rect for word in found.words] + [
        mark.standing.text for mark in found.marks if mark.standing and mark.standing.text
    ]


def tokens_of(found):
    radius = found.plot.radius
    return [
        (x - radius, y - radius, x + radius, y + radius)
        for mark in found.marks
        if mark.standing
        for x, y in [mark.standing.token]
    ]


def overlap(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5


def assert_clean(name, found):
    sheet = SHEETS[name]
    texts = words_of(found)
    everything = texts + tokens_of(found)
    for a, b in combinations(everything, 2):
        assert not overlap(a, b), (a, b)
    for left, top, right, bottom in everything:
        assert left >= sheet.left - 8
        assert right <= sheet.right + 8
        assert top >= sheet.top - 12
        assert bottom <= found.bottom + 4


# ---------------------------------------------------------------- time


spans = st.lists(
    st.tuples(st.integers(700_000, 745_000), st.integers(0, 400)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1,
    max_size=30,
)


@given(spans, st.floats(100, 900))
def test_days_keep_their_order_on_the_axis_and_fit_its_length(found, length):
    axis = time_axis(found, length)
    days = sorted({day for span in found for day in (span[0], span[1] + 1)})
    places = [axis.at(day) for day in days]
    assert places == sorted(places)
    assert places[0] >= -1e-6
    assert places[-1] <= length + 1e-6
    assert all(axis.at(last + 1) > axis.at(first) for first, last in found)


@given(spans)
def test_no_record_falls_into_what_is_cut_out(found):
    for cut in time_axis(found, 400).cuts:
        assert cut.last - cut.first >= 75
        assert all(last < cut.first or first > cut.last for first, last in found)


@given(spans, st.floats(100, 900))
def test_ticks_stand_apart(found, length):
    axis = time_axis(found, length)
    down = [tick.at for tick in ticks_down(axis, 15)]
    assert all(b - a >= 12 for a, b in pairwise(down))
    across = ticks_across(axis, lambda text: 6.5 * len(text))
    assert len({tick.day for tick in across}) == len(across)


def test_first_and_last_day_of_the_calendar_can_be_drawn():
    axis = time_axis([(1, 1), (dt.date.max.toordinal(), dt.date.max.toordinal())], 400)
    assert len(axis.runs) == 3
    assert ticks_down(axis, 15)


def test_weeks_begin_on_monday_and_months_on_their_first():
    monday = dt.date(2025, 12, 1).toordinal()
    assert first_days("week", 1, monday - 6, monday + 8) == [monday, monday + 7]
    assert first_days("month", 3, monday - 70, monday + 70) == [
        dt.date(2025, 10, 1).toordinal(),
        dt.date(2026, 1, 1).toordinal(),
    ]


# ---------------------------------------------------------------- places along the river


@given(st.floats(0, 914), st.booleans())
def test_a_km_is_read_back_from_its_place(km, turned):
    scale = KmScale(914, 700, 50) if turned else KmScale(914, 100, 990)
    place = scale.at(km)
    assert (place - scale.u0) / (scale.u1 - scale.u0) * 914 == pytest.approx(km, abs=1e-6)


def test_the_mouth_is_left_and_of_a_turned_strip_at_the_foot():
    upright, turned = made("full", shown(scene())), made("column", shown(scene()))
    assert upright.plot.km.at(0) < upright.plot.km.at(914)
    assert turned.plot.km.at(0) > turned.plot.km.at(914)
    lanes = upright.ground.lanes
    assert lanes.tajik.high <= lanes.river.low < lanes.river.high <= lanes.afghan.low


@pytest.mark.parametrize("name", SHEETS)
def test_boxes_of_the_five_reports_lie_at_their_km_and_days(name):
    found = made(name, shown(scene()))
    assert len(found.marks) == 5
    located = scene().located
    for mark in found.marks:
        (one,) = mark.records
        row, evidence = located.loc[one.record_id], scene().evidence[one.record_id]
        assert one.low_km <= row.river_km_from <= row.river_km_to <= one.high_km + 0.5
        assert dt.date.fromordinal(one.first) == evidence.date.start
        assert dt.date.fromordinal(one.last) == evidence.date.end
        left, top, right, bottom = mark.beside.rect
        u = (top, bottom) if found.plot.frame.turned else (left, right)
        low, high = found.plot.km.span(row.river_km_from, row.river_km_to)
        assert u[0] <= low + 1
        assert high - 1 <= u[1]


def test_assumed_ends_are_open_and_stated_ones_are_closed():
    ends = {one.record_id: (one.open_start, one.open_end) for one in shown(scene())}
    assert ends["TJ-AF-2025-12-KAVO"] == (True, True)
    assert ends["TJ-AF-2025-11-26-A"] == (False, False)


def test_what_has_no_day_or_no_river_km_stands_beside_and_nothing_is_lost():
    inside, beside = shown(scene()), outside(scene())
    kinds = {"attack", "state_operation", "measure"}
    expected = {row.record_id for row in scene().rows if row.kind in kinds}
    assert {one.record_id for one in (*inside, *beside)} == expected
    assert not {one.record_id for one in inside} & {one.record_id for one in beside}
    assert [(one.title, one.details) for one in beside] == [
        (
            "Operation against alleged smugglers, 7\xa0claimed\xa0killed, 2\xa0bodies\xa0found",
            "Place not reported; stated on 22 Nov 2025",
        ),
        ("Order to leave", "Tajikistan; date not given"),
        ("House searches", "Vahdat and Rudaki districts; date not given"),
    ]


def test_a_reach_is_told_by_its_bank_and_its_km():
    (drone,) = (one for one in shown(scene()) if one.glyph == "drone")
    assert drone.long == ("Drone strike, 3 killed", "26 Nov 2025, somewhere on the Tajik bank, km 252\N{EN DASH}368")


def test_a_hidden_label_leaves_the_box():
    (hidden,) = (one for one in shown(scene(), ["TJ-AF-2025-12-KAVO"]) if one.record_id == "TJ-AF-2025-12-KAVO")
    assert hidden.long == hidden.short == ("", "")
    assert hidden.low_km == 249


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize("name", SHEETS)
def test_the_five_reports_are_all_labelled_and_joined(name):
    found = made(name, shown(scene()), scene().links)
    assert found.unlabelled == 0
    assert found.keys == []
    assert len(found.links) == 1
    assert_clean(name, found)


@pytest.mark.parametrize("name", SHEETS)
def test_without_records_the_ground_stands_alone(name):
    found = made(name, [])
    assert not found.marks
    assert not found.days
    assert_clean(name, found)


shown_records = st.lists(
    st.builds(
        lambda low, wide, first, long, precision, opened: (
            low,
            min(914, low + wide * (precision not in ("settlement", "near"))),
            first,
            first + long,
            precision,
            opened,
        ),
        st.integers(0, 914),
        st.integers(1, 400),
        st.integers(DAY - 900, DAY),
        st.sampled_from([0, 0, 0, 6, 30, 200]),
        st.sampled_from([Precision.SETTLEMENT, Precision.NEAR, Precision.REACH, Precision.DISTRICT, Precision.REGION]),
        st.tuples(st.booleans(), st.booleans()),
    ),
    min_size=1,
    max_size=45,
)


@settings(max_examples=12, deadline=None)
@given(shown_records, st.sampled_from(list(SHEETS)))
def test_no_label_lies_on_another_or_leaves_the_sheet_whatever_the_records(rows, name):
    records = sorted((record(i, *row) for i, row in enumerate(rows)), key=lambda one: (one.first, one.low_km))
    pairs = [(records[0].record_id, records[-1].record_id)] if len(records) > 1 else []
    found = made(name, records, pairs)
    assert_clean(name, found)
    drawn = {one.record_id for mark in found.marks for one in mark.records}
    if found.counted is None:
        assert drawn == {one.record_id for one in records}
    numbers = [number for number, *_ in found.keys]
    assert numbers == list(range(1, len(numbers) + 1))


def test_several_records_at_one_place_and_day_are_one_pile():
    records = [record(i, 495, 501, DAY, DAY) for i in range(5)]
    assert [len(pile) for pile in piles(records, 3)] == [5]
    found = made("full", records)
    assert len(found.marks) == 1
    assert found.marks[0].label == ("5 attacks or clashes", "26 Nov 2025")


@settings(max_examples=20, deadline=None)
@given(st.integers(81, 300), st.sampled_from(list(SHEETS)))
def test_of_many_records_cells_count_each_once(count, name):
    records = [record(i, i * 37 % 900, i * 37 % 900 + 6, DAY - i * 91 % 700, DAY - i * 91 % 700) for i in range(count)]
    found = made(name, records)
    assert not found.marks
    counted = [one.record_id for cell in (*found.counted.cells, *found.counted.broad) for one in cell.records]
    assert sorted(counted) == sorted(one.record_id for one in records)
    for cell in found.counted.cells:
        left, top, right, bottom = found.cell(cell)
        assert found.rect[0] - 1 <= left < right <= found.rect[2] + 1
        assert found.rect[1] - 1 <= top < bottom <= found.rect[3] + 1


def test_a_cell_holds_the_middle_of_its_records():
    axis, km = time_axis([(DAY - 300, DAY)], 400), KmScale(914, 100, 990)
    records = [record(i, i * 7 % 900, i * 7 % 900 + 2, DAY - i, DAY - i) for i in range(90)]
    for cell in cells(records, km, axis, (11, 15)).cells:
        for one in cell.records:
            assert cell.km[0] <= (one.low_km + one.high_km) / 2 <= cell.km[1]
            assert cell.days[0] <= one.first <= cell.days[1]


def test_the_same_records_give_the_same_layout():
    first, second = (made("full", shown(scene()), scene().links) for _ in range(2))
    assert [mark.standing for mark in first.marks] == [mark.standing for mark in second.marks]
    assert first.words == second.words


def test_a_box_is_never_too_small_to_be_seen():
    axis, km = time_axis([(DAY - 3000, DAY)], 300), KmScale(914, 100, 600)
    u0, u1, v0, v1 = box_of(record(1, 500, 500, DAY, DAY), km, axis)
    assert u1 - u0 >= 7
    assert v1 - v0 >= 7


def test_a_gap_says_what_a_report_counts_in_it_or_how_long_it_is():
    words = strip_words(scene())
    cuts = time_axis([(DAY - 300, DAY - 300), (DAY, DAY)], 400).cuts
    assert words.gap(cuts[0]).startswith("No single incident described. One report counts at least 10 clashes")
    assert Words("en", ()).gap(cuts[0]) == "10 months, none in this set"
