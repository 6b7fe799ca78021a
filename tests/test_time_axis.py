"""The axis of time as numbers: scale, cuts, ticks, rows of brackets, columns, periods to offer."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest

from panjmap.render.assets import own

pytestmark = pytest.mark.browser

EPOCH = dt.date(1970, 1, 1)
#: Tells a tick's style beside its day, so that tests need no language.
FORMAT = "(day, style) => new Date(day * 864e5).toISOString().slice(0, 10) + ' ' + style"


def day(text):
    return (dt.date.fromisoformat(text) - EPOCH).days


def span(first, last=None):
    return [day(first), day(last or first)]


#: The dated records of the five reports.
FIVE = [
    span("2025-11-26"),
    span("2025-11-30"),
    span("2025-12-01", "2025-12-31"),
    span("2025-12-01", "2025-12-31"),
    span("2024-11-01", "2024-11-30"),
    span("2025-11-26", "2025-12-01"),
    span("2025-11-26", "2025-11-28"),
    span("2025-12-02"),
    span("2025-11-28", "2025-12-31"),
    span("2025-11-30", "2025-12-02"),
    span("2025-11-26", "2025-12-02"),
]


@pytest.fixture
def axis(page_at):
    """Give the axis of spans at a length, with x and day read at chosen places."""
    names = ("columns.js", "dom.js", "dates.js", "time_axis.js", "time_piles.js")
    scripts = "".join(f"<script>{own(name)}</script>" for name in names)
    page = page_at(f"<!doctype html><title>t</title>{scripts}").page

    def made(spans, length=700, days=(), pixels=(), **options):
        return page.evaluate(
            f"""([spans, length, days, pixels, options]) => {{
                const made = panjmap.timeAxis.axis(spans, length, Object.assign({{format: {FORMAT}}}, options));
                return {{...made, xs: days.map(made.x), days: pixels.map(made.day),
                    periods: panjmap.timeAxis.periods(made, 5).map(one => [one.from, one.to])}};
            }}""",
            [spans, length, list(days), list(pixels), options],
        )

    made.page = page
    return made


def widths(parts):
    return [part["x1"] - part["x0"] for part in parts]


# ---------------------------------------------------------------- the scale


def test_the_empty_year_between_two_clusters_is_cut(axis):
    made = axis(FIVE)
    assert [(s["from"], s["to"]) for s in made["segments"]] == [
        tuple(span("2024-11-01", "2024-11-30")),
        tuple(span("2025-11-26", "2025-12-31")),
    ]
    assert [(c["from"], c["to"]) for c in made["cuts"]] == [tuple(span("2024-12-01", "2025-11-25"))]
    assert widths(made["cuts"]) == [46]


def test_a_piece_is_as_wide_as_it_has_records(axis):
    for length in (320, 700, 900):
        first, second = widths(axis(FIVE, length)["segments"])
        assert first < second / 2 or length == 320
        assert second > 0.5 * length
        assert first >= 84


def test_pieces_and_cuts_fill_the_length_without_a_hole(axis):
    rng = np.random.default_rng(3)
    for length in (40, 320, 1000):
        spans = [[d, d + d % 40] for d in rng.integers(-9000, 9000, size=60).tolist()]
        made = axis(spans, length)
        runs = sorted(made["segments"] + made["cuts"], key=lambda run: run["x0"])
        assert runs[0]["x0"] == 0
        assert runs[-1]["x1"] == pytest.approx(length)
        for one, other in itertools.pairwise(runs):
            assert one["x1"] == pytest.approx(other["x0"])
            assert one["to"] + 1 == other["from"]
        assert sum(widths(made["cuts"])) <= 0.4 * length + 1e-6


def test_days_and_pixels_lead_to_each_other(axis):
    days = [day("2024-11-01"), day("2024-11-17"), day("2025-11-26"), day("2025-12-31")]
    xs = axis(FIVE, days=days)["xs"]
    assert xs == sorted(xs)
    assert axis(FIVE, pixels=[x + 0.01 for x in xs])["days"] == days
    outside = axis(FIVE, days=[day("1990-01-01"), day("2090-01-01")], pixels=[-50, 5000])
    assert outside["xs"] == [0, 700]
    assert outside["days"] == [day("2024-11-01"), day("2025-12-31")]


def test_a_pixel_within_a_cut_is_an_empty_day(axis):
    made = axis(FIVE)
    cut = made["cuts"][0]
    assert cut["from"] <= axis(FIVE, pixels=[(cut["x0"] + cut["x1"]) / 2])["days"][0] <= cut["to"]


def test_exactly_75_empty_days_are_not_cut_but_76_are(axis):
    assert axis([[0, 0], [76, 76]])["cuts"] == []
    assert len(axis([[0, 0], [77, 77]])["cuts"]) == 1


@pytest.mark.parametrize("spans", [[], [[None, None]]])
def test_no_dated_record_gives_an_empty_axis(axis, spans):
    made = axis(spans, days=[5], pixels=[5])
    assert (made["segments"], made["cuts"], made["ticks"], made["periods"]) == ([], [], [], [])
    assert (made["from"], made["xs"], made["days"]) == (None, [0], [None])


def test_one_day_fills_the_axis_and_is_labelled_whole(axis):
    made = axis([span("2025-11-26")] * 50, days=[day("2025-11-26"), day("2025-11-27")])
    assert made["xs"] == [0, 700]
    assert [tick["label"] for tick in made["ticks"] if tick["major"]] == ["2025-11-26 day"]


def test_a_missing_end_stands_at_the_other_one_and_a_turned_span_does_no_harm(axis):
    made = axis([[10, None], [None, 20], [15, 12]])
    assert (made["from"], made["to"]) == (10, 20)


def test_forty_years_and_ten_thousand_records_are_one_axis(axis):
    rng = np.random.default_rng(1)
    spans = [[d, d + 3] for d in rng.integers(14600, size=10_000).tolist()]
    made = axis(spans, 1000)
    assert len(made["segments"]) == 1
    labels = [tick["label"] for tick in made["ticks"] if tick["major"]]
    assert 5 <= len(labels) <= 17
    assert all(label.endswith("year") for label in labels[1:])
    assert len(made["ticks"]) <= 210


def test_an_even_axis_gives_equal_width_to_equal_time(axis):
    made = axis([[0, 99], [1000, 1199], *[[1100, 1101]] * 80], even=True)
    one, other = widths(made["segments"])
    assert other == pytest.approx(2 * one)


# ---------------------------------------------------------------- ticks


@pytest.mark.parametrize("length", [260, 320, 560, 700, 1000])
def test_labels_keep_clear_of_each_other_and_of_the_ends(axis, length):
    for spans in (FIVE, [[0, 400]], [[0, 3]], [[0, 0], [200, 201], [500, 500], [900, 1400]]):
        boxes = []
        for tick in axis(spans, length)["ticks"]:
            width = 6.5 * len(tick["label"])
            left = tick["x"] if tick["anchor"] == "start" else length - width
            boxes += [(left, left + width)] * tick["major"]
        assert boxes
        assert all(left >= 0 and right <= length for left, right in boxes)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(boxes))


def test_the_five_reports_read_month_then_weeks(axis):
    made = axis(FIVE, 700, charPx=3)
    labels = [tick["label"] for tick in made["ticks"] if tick["major"]]
    assert labels[0] == "2024-11-01 month"
    assert "2025-11-26 daymonth" in labels
    assert "2025-12-01 month" in labels
    assert "2025-12-15 daymonth" in labels


# ---------------------------------------------------------------- rows, columns, periods


STACK = "args => { const made = panjmap.timeAxis.stack(...args); return [[...made.rows], made.count]; }"


def test_brackets_of_a_row_never_overlap_and_a_pile_is_in_order_of_time(axis):
    rng = np.random.default_rng(5)
    intervals = sorted([x, x + int(rng.integers(1, 120))] for x in rng.integers(600, size=70).tolist())
    out = axis.page.evaluate(STACK, [intervals, 0, 4])[0]
    for i, (a, row) in enumerate(zip(intervals, out, strict=True)):
        for b, other in list(zip(intervals, out, strict=True))[i + 1 :]:
            if b[0] < a[1] + 4:
                assert other > row


def test_a_limit_on_rows_is_kept_where_it_can_be(axis):
    stairs = [[10 * i, 10 * i + 15] for i in range(30)]
    rows, count = axis.page.evaluate(STACK, [stairs, 4, 0])
    assert count <= 4
    for i, (a, row) in enumerate(zip(stairs, rows, strict=True)):
        assert all(row != other for b, other in zip(stairs[i + 1 :], rows[i + 1 :], strict=True) if b[0] < a[1])


COLUMNS = """([spans, classes, length, keep]) => {
    const axis = panjmap.timeAxis.axis(spans, length, {even: true, format: String});
    const {unit, bins} = panjmap.timeAxis.edges(axis, 4);
    const sums = panjmap.timeAxis.columns(bins, Int32Array.from(spans, s => s[0]), Int32Array.from(spans, s => s[1]),
        Uint8Array.from(classes), 3, keep && Uint8Array.from(keep));
    return {unit, bins, sums: [...sums]};
}"""


def test_columns_hold_every_record_once(axis):
    rng = np.random.default_rng(9)
    spans = [[d, d + 30 * (d % 4 == 0)] for d in rng.integers(700, size=300).tolist()]
    classes = rng.integers(3, size=300).tolist()
    out = axis.page.evaluate(COLUMNS, [spans, classes, 900, None])
    assert out["unit"] == "week"
    assert [sum(out["sums"][k::3]) for k in range(3)] == pytest.approx([classes.count(k) for k in range(3)])
    assert all(one["to"] + 1 == other["from"] for one, other in itertools.pairwise(out["bins"]))
    keep = [i % 2 for i in range(300)]
    assert sum(axis.page.evaluate(COLUMNS, [spans, classes, 900, keep])["sums"]) == pytest.approx(150)


def test_columns_are_months_or_years_where_weeks_would_be_hairlines(axis):
    spans = [[0, 7300], [100, 100]]
    assert axis.page.evaluate(COLUMNS, [spans, [0, 1], 1000, None])["unit"] == "month"
    assert axis.page.evaluate(COLUMNS, [spans, [0, 1], 120, None])["unit"] == "year"


def test_a_record_of_unsure_date_counts_in_each_week_by_its_share_of_days(axis):
    out = axis.page.evaluate(COLUMNS, [[[4, 17], [4, 4]], [0, 1], 900, None])
    assert out["sums"] == pytest.approx([0.5, 1, 0, 0.5, 0, 0])


def test_periods_are_the_clusters_or_the_years_or_the_last_twelve_months(axis):
    assert axis(FIVE)["periods"] == [span("2024-11-01", "2024-11-30"), span("2025-11-26", "2025-12-31")]
    assert axis([span("2023-05-01", "2024-02-03")])["periods"] == [
        span("2023-05-01", "2023-12-31"),
        span("2024-01-01", "2024-02-03"),
    ]
    assert axis([span("1990-01-01", "2025-06-30")])["periods"] == [span("2024-07-01", "2025-06-30")]
    assert axis([span("2025-11-01", "2025-11-20")])["periods"] == []
