"""The axis of time of the river strip, as numbers only: spans of days -> a scale with long empty spans cut out.

Days are whole: ordinals of the calendar, each of which reaches from ``at(day)`` to ``at(day + 1)``. The rules are those
of the page: long empty spans are cut, a piece between two cuts is as long as it has days and records.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ...data.wording import day_text, month_name

__all__ = [
    "CUT_DAYS",
    "LAST_DAY",
    "Run",
    "Span",
    "Tick",
    "TimeAxis",
    "day_words",
    "ticks_across",
    "ticks_down",
    "time_axis",
]

Span = tuple[int, int]
LAST_DAY: Final = dt.date.max.toordinal()
#: Empty spans longer than this are cut; with least length, together they take no more than this share of the axis.
CUT_DAYS: Final = 75
_LEAST_CUT, _CUT_SHARE = 22.0, 0.4
#: Least length of a piece between cuts, and how far its first and last day keep from its ends, units.
_PIECE, _MARGIN = 84.0, 8.0
#: Days around each span, as many as it needs for a day to be no longer than this.
_PADS: Final = (3, 7, 14, 21, 28)
_DAY: Final = 24.0
_MONTH, _YEAR = 30.44, 365.25
#: (unit, how many of it, days): what ticks may be apart.
_Unit = tuple[str, int, float]
_UNITS: Final[tuple[_Unit, ...]] = (
    ("day", 1, 1.0),
    ("week", 1, 7.0),
    ("month", 1, _MONTH),
    ("month", 3, 3 * _MONTH),
    *(("year", n, n * _YEAR) for n in (1, 5, 20, 100, 500, 2000)),
)


class Run(NamedTuple):
    """A stretch of the axis: first and last day, where they start and end; ``cut`` for an empty span made short."""

    first: int
    last: int
    start: float
    end: float
    cut: bool


class Tick(NamedTuple):
    """A day to mark, where, its words, and whether it is one that others are counted from."""

    day: int
    at: float
    text: str
    major: bool


@dataclass(frozen=True)
class TimeAxis:
    """A continuous scale of days; no run where nothing is dated."""

    runs: tuple[Run, ...]
    length: float

    def at(self, day: int) -> float:
        """Give the place where a day begins, ever growing; days beyond the ends stand at them."""
        if not self.runs:
            return 0.0
        run = next((run for run in self.runs if day <= run.last + (not run.cut)), self.runs[-1])
        share = (min(day, run.last + 1) - run.first) / (run.last + 1 - run.first)
        return run.start + max(share, 0.0) * (run.end - run.start)

    @property
    def cuts(self) -> tuple[Run, ...]:
        """Empty spans that are made short."""
        return tuple(run for run in self.runs if run.cut)


def time_axis(spans: Sequence[Span], length: float, cut: float = 46.0) -> TimeAxis:
    """Lay spans of days (first and last day) out on a length; a cut is ``cut`` long, an axis without a span empty.

    Some days around each span are on the axis too, so many that one day never fills a piece.
    """
    if not spans:
        return TimeAxis((), 0.0)
    for days in _PADS:
        axis = _laid_out([(max(1, first - days), min(LAST_DAY, last + days)) for first, last in spans], length, cut)
        if all(run.cut or run.end - run.start <= _DAY * (run.last + 1 - run.first) for run in axis.runs):
            break
    return axis


def _laid_out(spans: Sequence[Span], length: float, cut: float) -> TimeAxis:
    """Lay spans out, cut what is empty, and share the length among the pieces."""
    ordered = sorted(spans)
    holes = _cuts(ordered, length)
    parts = _pieces(ordered, holes)
    hole = min(cut, length * _CUT_SHARE / len(holes)) if holes else 0.0
    weights = [math.sqrt((last - first + 1) * max(count, 1)) for first, last, count in parts]
    lengths = _shared(weights, length - hole * len(holes), _PIECE)
    runs, end = [], 0.0
    for i, (first, last, _) in enumerate(parts):
        margin = min(_MARGIN, lengths[i] * 0.2)
        runs.append(Run(first, last, end + margin, end + lengths[i] - margin, cut=False))
        end += lengths[i]
        if i < len(holes):
            runs.append(Run(*holes[i], end, end + hole, cut=True))
            end += hole
    return TimeAxis(tuple(runs), length)


def _cuts(ordered: Sequence[Span], length: float) -> list[Span]:
    """Empty spans that are long enough, the longest first where there is no room for all; in order of time."""
    gaps, last = [], ordered[0][1]
    for start, end in ordered:
        if start > last + 1:
            gaps.append((last + 1, start - 1))
        last = max(last, end)
    room = int(length * _CUT_SHARE // _LEAST_CUT)
    long = [gap for gap in gaps if gap[1] - gap[0] + 1 > CUT_DAYS]
    return sorted(sorted(long, key=lambda gap: (gap[0] - gap[1], gap[0]))[:room])


def _pieces(ordered: Sequence[Span], holes: Sequence[Span]) -> list[tuple[int, int, int]]:
    """First day, last day and number of spans that begin in each piece between the cuts."""
    starts = [ordered[0][0], *(hole[1] + 1 for hole in holes)]
    ends = [*(hole[0] - 1 for hole in holes), max(last for _, last in ordered)]
    return [(a, b, sum(a <= first <= b for first, _ in ordered)) for a, b in zip(starts, ends, strict=True)]


def _shared(weights: Sequence[float], length: float, least: float) -> list[float]:
    """Lengths by weight that sum to ``length``, none under ``least`` as far as there is room."""
    floor, fixed = min(least, length / len(weights)), set[int]()
    while True:
        free = [i for i in range(len(weights)) if i not in fixed]
        left, total = length - floor * len(fixed), sum(weights[i] for i in free)
        small = {i for i in free if weights[i] / total * left < floor}
        if not small or len(small) == len(free):
            return [floor if i in fixed else weights[i] / total * left for i in range(len(weights))]
        fixed |= small


# ---------------------------------------------------------------- ticks


def day_words(day: int, style: str) -> str:
    """Write a day: ``day`` 1 Nov 2024, ``daymonth`` 11 Nov, ``month`` Nov 2024, ``year`` 2024."""
    date = dt.date.fromordinal(day)
    month = month_name(date.month, long=False)
    return {
        "day": day_text(date),
        "week": f"{date.day} {month}",
        "daymonth": f"{date.day} {month}",
        "month": f"{month} {date.year}",
        "year": str(date.year),
    }[style]


def first_days(unit: str, step: int, first: int, last: int) -> list[int]:
    """First days of a unit within a span; weeks begin on Monday."""
    if unit == "day":
        return list(range(first, last + 1, step))
    if unit == "week":
        return list(range(first + (1 - first) % 7, last + 1, 7))
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    months = step if unit == "month" else 12 * step
    number = (start.year * 12 + start.month - 1) // months * months
    found = []
    while number < 12 or number <= end.year * 12 + end.month - 1:
        year, month = divmod(number, 12)
        if year >= dt.MINYEAR:
            found.append(dt.date(year, month + 1, 1).toordinal())
        number += months
    return [day for day in found if first <= day <= last]


def ticks_down(axis: TimeAxis, apart: float) -> list[Tick]:
    """Ticks of an axis that runs down: weeks where they are ``apart``, months, quarters or years."""
    found: list[Tick] = []

    def put(day: int, style: str) -> None:
        at = axis.at(day)
        if all(abs(tick.at - at) >= apart * 0.9 for tick in found):
            major = style == "day" or dt.date.fromordinal(day).month == 1
            found.append(Tick(day, at, day_words(day, style), major))

    for run in axis.runs:
        if run.cut:
            continue
        per_day = (run.end - run.start) / (run.last + 1 - run.first)
        unit, step, _ = next((one for one in _UNITS[1:] if one[2] * per_day >= apart), _UNITS[-1])
        if unit == "week":
            for day in first_days("month", 1, run.first, run.last):
                put(day, "day")
        dated = any(run.first <= tick.day <= run.last for tick in found) or unit != "week"
        for day in first_days(unit, step, run.first, run.last):
            put(day, unit if dated else "day")
            dated = True
        if not any(run.first <= tick.day <= run.last for tick in found):
            put(run.first, "day")
    return sorted(found, key=lambda tick: tick.at)


def ticks_across(axis: TimeAxis, width: Callable[[str], float], gap: float = 8.0) -> list[Tick]:
    """Labelled ticks of an axis that runs to the right: ``at`` is where the words begin, clear of each other.

    The words of the last one end with the axis if they would reach beyond it.
    """
    found: list[tuple[float, float, Tick]] = []
    wanted: list[tuple[int, int, str]] = []
    for run in axis.runs:
        if run.cut:
            continue
        per_day = (run.end - run.start) / (run.last + 1 - run.first)
        unit, step, _ = next((one for one in _UNITS if one[2] * per_day >= width("30 Nov")), _UNITS[-1])
        months = first_days("month", 1, run.first, run.last) if unit in ("day", "week") else []
        wanted += [(1, day, "month") for day in months]
        rest = [day for day in first_days(unit, step, run.first, run.last) if day not in months]
        wanted += [(2, day, "daymonth" if unit in ("day", "week") else unit) for day in rest]
        wanted += [(0, run.first, "day")] if not months and not rest else []
    for _, day, style in sorted(wanted):
        start = axis.at(day)
        text = day_words(day, style)
        left = max(0.0, min(start, axis.length - width(text)))
        if all(left >= end + gap or left + width(text) + gap <= begin for begin, end, _ in found):
            found.append((left, left + width(text), Tick(day, start, text, style == "day")))
    return [tick for _, _, tick in sorted(found)]
