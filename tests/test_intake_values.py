"""Cells of imported rows: what is read, what is refused, and what is advised instead."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjmap.data.columns import CellError
from panjmap.data.intake.codes import OTHER, geo_precision, our_precision, our_type, spread, where_prec
from panjmap.data.intake.days import read_days
from panjmap.data.intake.positions import MERCATOR_M, axis_value, check_pair, in_region
from panjmap.data.intake.values import count, fold_id, row_id, url_warning
from panjmap.data.model import DatePrecision, Precision

NOV_26 = dt.date(2025, 11, 26)


def refusal(read, *values) -> str:
    with pytest.raises(CellError) as error:
        read(*values)
    return f"{error.value.expected} | {error.value.fix}"


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    "text",
    [
        *("2025-11-26", "26/11/2025", "11/26/2025", "26.11.2025", "2025/11/26", "20251126", "2025-11-26 00:00:00.000"),
        *(
            "26 November 2025",
            "26-Nov-2025",
            "November 26, 2025",
            "26 ноября 2025",
            "26 ноябр 2025",
            "26 ноября 2025 г.",
        ),
        *("2025-11-26T23:30:00+05:00", "2025-11-26T23:30:00-11:00", "٢٠٢٥-١١-٢٦", "۲۰۲۵-۱۱-۲۶", " 2025-11-26 "),
    ],
)
def test_a_day_that_can_be_read_in_one_way_is_read(text):
    assert read_days(text) == (NOV_26, NOV_26, DatePrecision.DAY, None)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2025-11", "2025-11-01", "2025-11-30", "month"),
        ("November 2025", "2025-11-01", "2025-11-30", "month"),
        ("late November 2025", "2025-11-01", "2025-11-30", "month"),
        ("26–27 Nov 2025", "2025-11-26", "2025-11-27", "range"),
        ("2025-11-26/2025-12-02", "2025-11-26", "2025-12-02", "range"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025", "2025-01-01", "2025-12-31", "range"),
    ],
)
def test_an_imprecise_date_is_kept_as_an_interval(text, start, end, precision):
    found = read_days(text)
    assert (str(found.start), str(found.end), found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("11/12/2025", "2025-12-11 (day first) or 2025-11-12 (month first)"),
        ("03.04.2025", "2025-04-03 (day first) or 2025-03-04 (month first)"),
        ("12.11.25", "year with four digits"),
        ("2025-13-01", "no such day"),
        ("2025-02-30", "no such day"),
        ("31/02/2025", "no such day"),
        ("1900-02-29", "no such day"),
        ("Nov 26", "add the year"),
        ("45987", "2025-11-26"),
        ("45987.5", "2025-11-26"),
        ("0", "YYYY-MM-DD"),
        ("0000-01-01", "1900 to 2100"),
        ("9999-12-31", "1900 to 2100"),
        ("1404-09-05", "solar Hijri"),
        ("2025-11-26T25:00", "time of the day"),
        ("2025-11-28/2025-11-26", "earlier day first"),
        ("yesterday", "write year, month and day"),
        ("2025-11-26; 2025-11-27", "write year, month and day"),
        ("1e5", "write year, month and day"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused_with_advice(text, advice):
    assert advice in refusal(read_days, text)


def test_a_late_hour_of_universal_time_is_warned_of():
    assert read_days("2025-11-26T20:00:00Z").said is not None
    assert read_days("2025-11-26T08:00:00Z").said is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back(day):
    assert read_days(day.isoformat())[:2] == (day, day)
    slashed = f"{day.day}/{day.month}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert read_days(slashed).start == day
    else:
        assert day.isoformat() in refusal(read_days, slashed)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        found = read_days(text)
    except CellError:
        return
    assert found.start <= found.end


def test_codes_of_acled_widen_a_day():
    day = read_days("2025-11-16")
    assert spread(day, "1") is day
    assert [str(d) for d in spread(day, 2)[:2]] == ["2025-11-13", "2025-11-19"]
    assert [str(d) for d in spread(day, "3")[:2]] == ["2025-11-01", "2025-11-30"]
    assert "1, 2 or 3" in refusal(spread, day, "4")


# ---------------------------------------------------------------- positions


@pytest.mark.parametrize(
    ("value", "read"),
    [("37.75", 37.75), (37.75, 37.75), ("−37.75", -37.75), ("٣٧.٧٥", 37.75), ("70", 70.0), ("", None)],
)
def test_a_plain_coordinate_is_read(value, read):
    assert axis_value(value) == (read, None)


def test_a_decimal_comma_is_read_and_warned_of():
    read, said = axis_value("37,75")
    assert read == 37.75
    assert "37.75" in said.fix


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("37°45'00\"N", "write 37.75000"),
        ("70°12′ W", "write -70.20000"),
        ("37.75N", "write 37.75"),
        ("7.0E1", "write the number without an exponent: 70"),
        ("NaN", "leave both cells empty"),
        (math.nan, "leave both cells empty"),
        (math.inf, "leave both cells empty"),
        ("37.75, 70.0", "two columns"),
        (True, "write the number"),
        ("1e999", "in digits"),
        (10**400, "leave both cells empty"),
    ],
)
def test_what_is_no_coordinate_is_refused_with_advice(value, advice):
    assert advice in refusal(axis_value, value)


@pytest.mark.parametrize(
    ("lon", "lat", "advice"),
    [
        (0.0, 0.0, "0,0"),
        (37.75, 70.0, "swap them: longitude 70, latitude 37.75"),
        (7792364.0, 4545146.0, "EPSG:3857"),
        (4545146.0, 7792364.0, "EPSG:3857"),
        (588000.0, 4180000.0, "UTM"),
        (430.0, 38.0, "would be 70"),
        (250.0, 38.0, "-180 to 180"),
        (70.0, 95.0, "-90 to 90"),
        (1e12, 1e12, "not metres"),
    ],
)
def test_two_numbers_that_are_no_position_are_refused(lon, lat, advice):
    assert advice in refusal(check_pair, lon, lat)


def test_a_position_far_away_is_kept_and_warned_of():
    assert check_pair(70.0, 37.75) is None
    assert "region" in check_pair(70.0, -37.75).expected


@given(st.floats(60.1, 79.9), st.floats(30.1, 44.9))
def test_metres_of_web_mercator_are_recognised_everywhere_in_the_region(lon, lat):
    x = lon / 180 * MERCATOR_M
    y = math.asinh(math.tan(math.radians(lat))) / math.pi * MERCATOR_M
    assert in_region(lon, lat)
    assert "EPSG:3857" in refusal(check_pair, x, y)
    assert "EPSG:3857" in refusal(check_pair, y, x)


# ---------------------------------------------------------------- counts, ids, links


@pytest.mark.parametrize(("value", "read"), [("3", 3), ("3.0", 3), (4.0, 4), (0, 0), ("", None), ("٣", 3), ("+2", 2)])
def test_a_count_is_read(value, read):
    assert count(value) == read


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("3-5", "killed_low 3, killed_high 5"),
        ("3–5", "killed_low 3, killed_high 5"),
        ("many", "write digits"),
        ("1e3", "1000"),
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("10+", "killed_low"),
        ("at least 10", "killed_low"),
        ("-3", "not negative"),
        (-1, "correct"),
        ("3.5", "whole number"),
        (math.nan, "correct"),
        (math.inf, "correct"),
        (True, "write the number"),
        ("9" * 30, "write"),
    ],
)
def test_what_is_no_count_is_refused_with_advice(value, advice):
    assert advice in refusal(count, value)


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.none(), st.booleans()))
def test_any_cell_is_a_count_or_is_refused(value):
    try:
        found = count(value)
    except CellError:
        return
    assert found is None or found >= 0


def test_ids_keep_their_blanks_and_fold_to_one():
    assert row_id("A1 ") == "A1 "
    assert row_id("  ") is None
    assert row_id(7.0) == "7"
    assert len({fold_id(text) for text in ("A1", "a1", "A1 ", "Ａ1", "a 1", "a\u200b1")}) == 1
    assert "shorten" in refusal(row_id, "x" * 201)


def test_only_http_addresses_are_links():
    for text in ("http://example.org", "HTTPS://Example.org/%zz"):
        assert url_warning(text) is None
    for text in ("javascript:1", "data:text/html,x", "//x.example/a", "https://", "http:// x", 'https://e.org/"x'):
        assert url_warning(text) is not None


# ---------------------------------------------------------------- codes


def test_codes_of_precision_never_become_finer_than_they_say():
    assert [geo_precision(code) for code in ("1", 2, 3.0, "")] == ["settlement", "district", "region", None]
    assert [where_prec(code) for code in range(1, 8)] == [
        *("settlement", "near", "district", "region", "region", "country", "unknown")
    ]
    assert our_precision("Near") is Precision.NEAR
    assert "1, 2 or 3" in refusal(geo_precision, "4")
    assert 'did you mean "settlement"' in refusal(our_precision, "setlement")


def test_types_are_mapped_by_the_finer_word():
    assert our_type("Air/drone strike", "Explosions/Remote violence") == "drone_strike"
    assert our_type("Peaceful protest", "Protests") == OTHER
    assert our_type(None, "drone strike") == "drone_strike"
    assert our_type("something new", "Battles") == "armed_clash"
    assert our_type(None, "something new") is None
