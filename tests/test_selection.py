"""A scene restricted to days, types and a box: the page's own rules, and nothing counted that may lie outside."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from types import SimpleNamespace

import pytest
from figure_case import scene_with

from panjmap.data.counting import counting_sentences
from panjmap.data.errors import OptionError
from panjmap.render.alt_text import alt_text
from panjmap.render.selection import _in_window, selected, window_text

DAY_ONE = dt.date(1970, 1, 1)


def fits(span, window) -> int:
    start, end = (None if day is None else DAY_ONE + dt.timedelta(days=day) for day in span)
    first, last = (None if day is None else DAY_ONE + dt.timedelta(days=day) for day in window)
    return _in_window(SimpleNamespace(date=SimpleNamespace(start=start, end=end)), (first, last))


def test_dates_fit_a_window_as_they_do_on_the_page(page_at, built_map):
    """The same spans are asked of ``matching.js``, in a browser."""
    chance = random.Random(7)  # noqa: S311 - a fixed sequence
    ends = [None, *range(20)]
    spans = [(chance.choice(ends), chance.choice(ends)) for _ in range(400)]
    spans = [(a, b) if a is None or b is None or a <= b else (b, a) for a, b in spans]
    code = """w => [...panjmap.matching.inWindow(
        {start: row => w.spans[row][0], end: row => w.spans[row][1]}, w.window, w.spans.length)]"""
    page = page_at(built_map).page
    for window in ((5, 10), (0, 0), (7, 19)):
        assert [fits(span, window) for span in spans] == page.evaluate(code, {"spans": spans, "window": window})


@pytest.mark.parametrize(
    ("span", "window", "wanted"),
    [
        ((5, 6), (None, 10), 1),
        ((None, 6), (None, 10), 1),
        ((5, None), (None, 10), 2),
        ((5, None), (4, None), 1),
        ((5, None), (6, None), 2),
        ((None, None), (4, None), 2),
        ((None, 3), (4, None), 0),
        ((5, 6), (None, None), 1),
    ],
)
def test_a_window_may_be_open_at_one_end(span, window, wanted):
    assert fits(span, window) == wanted


def test_nothing_asked_is_the_same_scene():
    made = scene_with()
    assert selected(made) is made


def test_everything_derived_follows_the_selection():
    made = selected(scene_with(), types=("drone_strike",))
    assert set(made.evidence) == {"TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A"}  # of one the means are disputed
    assert set(made.located.index) == set(made.evidence) == {row.record_id for row in made.rows}
    assert {drawing.row.record_id for drawing in made.drawn} == set(made.evidence)
    assert made.links == ()
    assert {layer.id for layer in made.layers if layer.record_ids is not None} == {
        "type-drone_strike",
        "type-armed_attack",
    }
    assert [sentence.low for sentence in counting_sentences(made.counted)] == [5]


def test_what_may_lie_outside_is_kept_and_not_counted():
    made = selected(scene_with(), (dt.date(2025, 11, 20), dt.date(2025, 12, 31)))
    assert "TJ-AF-2025-M-RAIDS" in made.partly  # its date is not given
    assert made.partly < set(made.evidence)
    assert not made.partly & set(made.counted)
    everything = replace(made, partly=frozenset())
    assert alt_text(made) != alt_text(everything)
    assert "smugglers reported killed" in alt_text(everything)
    assert "smugglers reported killed" not in alt_text(made)


def test_a_box_without_records_is_refused():
    with pytest.raises(OptionError, match=r'selection "drone_strike; 0,0,1,1": no record is known to be inside'):
        selected(scene_with(), types=("drone_strike",), box=(0, 0, 1, 1))


def test_windows_have_names():
    day = dt.date(2025, 11, 1)
    assert window_text((day, dt.date(2025, 11, 30))) == "November 2025"
    assert window_text((day, None)) == "from 1 November 2025 on"
    assert window_text((None, day)) == "up to 1 November 2025"
    assert window_text((None, None)) == ""
