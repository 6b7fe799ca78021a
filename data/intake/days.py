"""Dates of imported rows: one cell -> first and last day, how precise, a warning; or why not. Pure, without a clock.

Read: ISO 8601 days, months and years, with or without a time; days with a month in words (English, Russian, Tajik),
also spans and "early", "mid", "late" with a month, which give the whole month; days in figures where only one order is
possible. A time with an offset keeps its own day. Refused: what can be read in two ways, two-digit years, days of a
spreadsheet's calendar, days that do not exist, years outside of :data:`YEARS`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from ..columns import CellError
from ..model import DatePrecision
from ..wording import MONTHS
from .values import Said, plain_digits, remembered

__all__ = ["YEARS", "Days", "days_between", "read_days"]

#: First and last year that is believed.
YEARS = (1900, 2100)
EXPECTED = "a date as YYYY-MM-DD"


class Days(NamedTuple):
    """First and last day, both included, how precise that is, and a warning if there is one."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    said: Said | None = None


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ISO_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})|((?:19|20)\d\d)(\d\d)(\d\d)|(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]'?(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_WORD = r"([^\W\d_]{3,12})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_WORD = re.compile(rf"{_DAY}\s*(?:of\s+)?[ -]?{_WORD},?[ -]?\s*(\d{{4}})(?:\s*г\.?|\s*года)?", re.IGNORECASE)
_WORD_DAY = re.compile(rf"{_WORD}\s+{_DAY},?\s+(\d{{4}})", re.IGNORECASE)
_SPAN_IN_MONTH = re.compile(rf"{_DAY}\s*(?:-|to|and|/)\s*{_DAY}\s+{_WORD},?\s+(\d{{4}})", re.IGNORECASE)
_SPAN_ISO = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:/|to|\.\.)\s*(\d{4}-\d\d-\d\d)")
_WORD_YEAR = re.compile(rf"(?:(early|mid|late|в начале|в середине|в конце)[ -]+)?{_WORD},?\s+(\d{{4}})", re.IGNORECASE)
_NO_YEAR = re.compile(rf"{_DAY}\s+{_WORD}|{_WORD}\s+{_DAY}", re.IGNORECASE)

#: Russian and Tajik names of months, short and in the cases of dates; the English ones are those of ``wording.py``.
_CYRILLIC = (
    "янв(?:ар[ьяеи]?)?",
    "фев(?:рал[ьяеи]?)?",
    "мар(?:т[аеи]?)?",
    "апр(?:ел[ьяеи]?)?",
    "ма[йяе]",
    "июн[ьяеи]?",
    "июл[ьяеи]?",
    "авг(?:уст[аеи]?)?",
    "сен(?:т(?:ябр[ьяеи]?)?)?",
    "окт(?:ябр[ьяеи]?)?",
    "ноя(?:бр[ьяеи]?)?",
    "дек(?:абр[ьяеи]?)?",
)


@remembered
def read_days(text: str) -> Days:
    """Read the date in a cell that is not empty.

    Raises
    ------
    CellError
        It cannot be read, or in more ways than one; the fix names the readings.
    """
    text = plain_digits(" ".join(text.split()))
    if iso := _ISO.fullmatch(text):
        return _one(_day(*map(int, iso.groups())))
    if time := _ISO_TIME.fullmatch(text):
        return _at_a_time(time)
    for read in (_in_figures, _in_words, _rough):
        if found := read(text):
            return found
    raise CellError(EXPECTED, _advice(text))


def _one(day: dt.date, said: Said | None = None) -> Days:
    return Days(day, day, DatePrecision.DAY, said)


def days_between(start: dt.date, end: dt.date, said: Said | None = None) -> Days:
    """Make a span of days, both ends included; one day and a whole month are called so.

    Raises
    ------
    CellError
        The last day is before the first.
    """
    if end < start:
        raise CellError("a span whose last day is not before its first", "write the earlier day first")
    if start == end:
        return _one(start, said)
    whole = start.day == 1 and end == _last(start.year, start.month)
    return Days(start, end, DatePrecision.MONTH if whole else DatePrecision.RANGE, said)


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> dt.date:
    """Make a day that exists, in a year that is believed."""
    _believe(year)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise CellError(EXPECTED, f"there is no such day ({error}): correct it") from error


def _believe(year: int) -> None:
    if YEARS[0] <= year <= YEARS[1]:
        return
    fix = "correct the year, or leave the cell empty where the date is not known"
    if 1279 <= year <= 1479:
        fix = "convert it: it looks like a year of the solar Hijri calendar"
    raise CellError(f"a year from {YEARS[0]} to {YEARS[1]}", fix)


def _at_a_time(found: re.Match[str]) -> Days:
    """Keep the day as written; a late hour of universal time may be the next day on the spot."""
    year, month, day, hour, minute, second, zone = found.groups()
    if int(hour) > 24 or int(minute) > 59 or int(second or 0) > 60 or (int(hour) == 24 and int(minute) > 0):
        raise CellError("a time of the day, as 23:30", "correct the time, or give the day alone")
    late = zone and zone.upper() in ("Z", "UTC", "+00:00", "+0000", "+00") and int(hour) >= 19
    said = Said("a local date", "the day is kept as written, in universal time; on the spot it was the next day")
    return _one(_day(int(year), int(month), int(day)), said if late else None)


def _in_figures(text: str) -> Days | None:
    """Read days in figures, months and years, where one order is possible only."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _one(_day(*(int(part) for part in found.groups() if part)))
    if found := _YEAR_LAST.fullmatch(text):
        return _one(_in_one_order(*(int(part) for part in found.groups())))
    if found := _SPAN_ISO.fullmatch(text):
        first, last = (_ISO.fullmatch(part) for part in found.groups())
        assert first is not None and last is not None  # noqa: S101, PT018 - the pattern says so
        return days_between(_day(*map(int, first.groups())), _day(*map(int, last.groups())))
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return days_between(_day(year, month, 1), _last(year, month))
    if re.fullmatch(r"\d{4}", text):
        return days_between(_day(int(text), 1, 1), _day(int(text), 12, 31))
    return None


def _in_one_order(first: int, second: int, year: int) -> dt.date:
    """Read two numbers and a year as a day, if they allow one reading only."""
    _believe(year)
    readings = {}
    for month, day, order in ((second, first, "day first"), (first, second, "month first")):
        try:
            readings[dt.date(year, month, day)] = order
        except ValueError:
            continue
    if not readings:
        raise CellError(EXPECTED, "there is no such day: correct it")
    if len(readings) > 1:
        known = " or ".join(f"{day} ({order})" for day, order in readings.items())
        raise CellError(EXPECTED, f"day and month cannot be told apart: write {known}")
    return next(iter(readings))


def _in_words(text: str) -> Days | None:
    """Read days and spans with a month in words."""
    if (found := _SPAN_IN_MONTH.fullmatch(text)) and (month := _month(found[3])):
        year = int(found[4])
        return days_between(_day(year, month, int(found[1])), _day(year, month, int(found[2])))
    if (found := _DAY_WORD.fullmatch(text)) and (month := _month(found[2])):
        return _one(_day(int(found[3]), month, int(found[1])))
    if (found := _WORD_DAY.fullmatch(text)) and (month := _month(found[1])):
        return _one(_day(int(found[3]), month, int(found[2])))
    return None


def _rough(text: str) -> Days | None:
    """Read a month in words; a part of it gives the whole month, which is sure to hold it."""
    found = _WORD_YEAR.fullmatch(text)
    month = _month(found[2]) if found else None
    if not found or not month:
        return None
    year = int(found[3])
    said = Said("a date as YYYY-MM-DD, or a month", "it is kept as the whole month") if found[1] else None
    return days_between(_day(year, month, 1), _last(year, month), said)


def _month(word: str) -> int | None:
    """Find the month that a word names: in full, or its first letters."""
    word = word.casefold()
    for month, (name, cyrillic) in enumerate(zip(MONTHS, _CYRILLIC, strict=True), 1):
        if (len(word) > 2 and name.casefold().startswith(word)) or re.fullmatch(cyrillic, word):
            return month
    return None


def _advice(text: str) -> str:
    """Say what to write instead."""
    if _SERIAL.fullmatch(text):
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(float(text)))
        return f"it looks like a day of a spreadsheet's calendar: write {day} if that is meant"
    if short := _SHORT_YEAR.fullmatch(text):
        return f"write the year with four digits, and year, month and day in this order, as 20{short[3]}-MM-DD"
    if _NO_YEAR.fullmatch(text):
        return "add the year, as in 2025-11-26"
    return "write year, month and day with hyphens, as 2025-11-26, or leave the cell empty where it is not known"
