"""What the timeline says in words: a short label a mark, and what aggregate statements tell of a time without records.

In: a scene. Out: one plain object for the page's block. Only statements of aggregate records are used, with their own
period and number; nothing is added up.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..data.evidence import Evidence
from ..data.model import Kind, VictimGroup
from ..data.wording import MONTHS, NUMBER_WORDS, capital, day_text, number_words, plural, span_text
from .phrases import short_label
from .placed import Placed
from .scene import Scene

__all__ = ["MARKS", "UNDATED", "Total", "label", "timeline_block", "total"]

#: Up to so many dated records each has a mark of its own; beyond, columns count them.
MARKS = 80
#: So many undated records are named beside the axis; the others are counted there and stand in the list.
UNDATED = 20

#: What an aggregate counts, and with whom, as the gap's sentence writes it.
_COUNTED = {"encounters": "clashes", "clashes": "clashes", "attacks": "attacks", "incidents": "incidents"}
_WITH = {VictimGroup.ALLEGED_SMUGGLER: " with smugglers", VictimGroup.ALLEGED_ATTACKER: " with alleged attackers"}
_MONTHS_BEFORE = re.compile(
    rf"(?P<count>\d+|{'|'.join(NUMBER_WORDS[1:])}) months?\W+before\b.*?"
    rf"\b(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})",
    re.IGNORECASE,
)


class Total(NamedTuple):
    """What one aggregate statement says of a stretch of time, both ends included."""

    start: dt.date
    end: dt.date
    sentence: str


def timeline_block(made: Scene) -> dict[str, Any]:
    """Labels of the records that get a mark or a line of their own, and the totals told of stretches of time."""
    found = made.evidence
    rows = [row for row in made.rows if row.kind is not Kind.AGGREGATE]
    dated = [row for row in rows if found[row.record_id].date.start is not None]
    undated = [row for row in rows if found[row.record_id].date.start is None][:UNDATED]
    totals = [total(found[row.record_id]) for row in made.rows if row.kind is Kind.AGGREGATE]
    return {
        "marks": MARKS,
        "labels": _labels([*(dated if len(dated) <= MARKS else ()), *undated], found),
        "totals": [[_day(told.start), _day(told.end), told.sentence] for told in totals if told],
    }


def _day(date: dt.date) -> int:
    """Count whole days since 1970-01-01."""
    return (date - dt.date(1970, 1, 1)).days


def _labels(rows: Sequence[Placed], found: Mapping[str, Evidence]) -> dict[str, str]:
    """Label each record; a speaker tells apart what would read the same."""
    plain = {row.record_id: label(row, found[row.record_id]) for row in rows}
    twice = Counter(plain.values())
    return {id_: text if twice[text] == 1 else _with_speaker(text, found[id_]) for id_, text in plain.items()}


def label(row: Placed, found: Evidence) -> str:
    """Say what it was, in a few words: ``Drone strike, 3 killed``, of an undated one what is known of the day."""
    what, _ = short_label(row, found)
    if found.date.start is not None:
        return what
    bare = what.partition(",")[0]
    if found.date.stated_on:
        return f"{bare} (stated on {day_text(found.date.stated_on)})"
    return f"{bare} (by {day_text(found.date.end)})" if found.date.end else bare


def _with_speaker(text: str, found: Evidence) -> str:
    """Add the first named speaker, by the abbreviation if there is one: ``Statement, SCNS``."""
    if not found.speakers:
        return text
    name = found.speakers[0].name
    abbreviation = re.search(r"\(([A-Z]{2,8})\)", name)
    return f"{text}, {abbreviation[1] if abbreviation else name}"


def total(found: Evidence) -> Total | None:
    """Read an aggregate as one sentence on a stretch of time; nothing if it counts no events, or gives no period.

    The period is the record's own, or what the reason of its date says: ``"six months" before ... December 2025``.
    """
    period = _period(found)
    counts = next((a for a in found.attributes if a.attribute in _COUNTED and a.range), None)
    if period is None or counts is None or counts.range is None:
        return None
    low, high = counts.range.low, counts.range.high
    if low is None:
        number = f"up to {high}"
    elif counts.range.open_ended or high is None:
        number = f"at least {low}"
    else:
        number = str(low) if low == high else f"{low} to {high}"
    reports = len({voice.report.report_id for statement in counts.statements for voice in statement.voices})
    told = f"{capital(number_words(reports))} {plural(reports, 'report counts', 'reports count')}"
    whom = next((_WITH[group] for group in found.killed if group in _WITH), "")
    start, end, words = period
    return Total(start, end, f"{told} {number} {_COUNTED[counts.attribute]}{whom} {words}.")


def _period(found: Evidence) -> tuple[dt.date, dt.date, str] | None:
    """First and last day of what an aggregate sums, and the words for it."""
    date = found.date
    if date.start and date.end:
        return date.start, date.end, f"in {span_text(date.start, date.end, long=True)}"
    told = _MONTHS_BEFORE.search(date.reason or "")
    if not told:
        return None
    word = told["count"].lower()
    months = NUMBER_WORDS.index(word) if word in NUMBER_WORDS else int(word)
    month = [name.lower() for name in MONTHS].index(told["month"].lower())
    year = int(told["year"])
    last_year, last_month = divmod(year * 12 + month - 1, 12)
    first_year, first_month = divmod(year * 12 + month - months, 12)
    if not (first_year >= dt.MINYEAR and months > 0 and last_year <= dt.MAXYEAR):
        return None
    end = dt.date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
    words = f"in the {number_words(months)} {plural(months, 'month')} before {MONTHS[month]} {year}"
    return dt.date(first_year, first_month + 1, 1), end, words
