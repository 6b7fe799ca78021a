"""What the river strip shows of each record, in the words that page and map use: those in its axes, and those beside.

In: a scene. Out: plain records and texts, no drawing. A record without a day or without a stretch of the river has no
place in the axes; measures against people never have one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ...data.model import Kind, Precision
from ...data.wording import kind_label, span_text, type_label
from ..phrases import killed_text, map_label, place_text, short_date, short_label
from ..placed import Placed
from ..texts import say, ui_texts
from ..timeline_data import total
from .strip_scale import SPOTS, Shown

if TYPE_CHECKING:
    from ...data.evidence import Evidence
    from ..scene import Scene
    from .strip_axis import Run

__all__ = ["Outside", "Words", "outside", "pile_words", "shown", "strip_words"]

#: A statement on a span speaks of a cut if both share so many days.
_TOLD_DAYS: Final = 27
#: Where a number of people is not parted from what happened to them.
_NUMBER: Final = re.compile(r"(?<=\d) | (?=killed|found)")
_IN_AXES: Final = (Kind.ATTACK, Kind.STATE_OPERATION)


@dataclass(frozen=True, slots=True)
class Outside:
    """A record beside the axes: its symbol, and what is said of it, the first words bold."""

    record_id: str
    glyph: str
    precision: Precision
    title: str
    details: str


@dataclass(frozen=True)
class Words:
    """Texts of the strip in one language, and totals told of spans of days."""

    lang: str
    totals: tuple[tuple[int, int, str], ...]

    def __getitem__(self, key: str) -> str:
        """Give a text of the strip."""
        return ui_texts(self.lang)[f"strip.{key}"]

    def say(self, key: str, **values: object) -> str:
        """Fill in a text."""
        return say(self.lang, key, **values)

    def gap(self, cut: Run) -> str:
        """Say of a cut the totals that reports give for it, else how long it is."""
        told = [
            words for first, last, words in self.totals if min(last, cut.last) - max(first, cut.first) >= _TOLD_DAYS
        ]
        if told:
            return " ".join([self.say("timeline.gap"), *told])
        return self.say("timeline.gap_months", n=round((cut.last - cut.first + 1) / 30.44))


def strip_words(scene: Scene) -> Words:
    """Collect the texts of the strip."""
    told = [total(scene.evidence[row.record_id]) for row in scene.rows if row.kind is Kind.AGGREGATE]
    spans = tuple((one.start.toordinal(), one.end.toordinal(), one.sentence) for one in told if one)
    return Words(scene.options.lang, spans)


def _days(found: Evidence) -> tuple[dt.date, dt.date] | None:
    """First and last day; a missing end stands where the other is."""
    start, end = found.date.start or found.date.end, found.date.end or found.date.start
    return (start, end) if start and end else None


def in_axes(row: Placed, found: Evidence) -> bool:
    """Whether a record has a place in the axes."""
    return row.kind in _IN_AXES and row.river_km_from is not None and _days(found) is not None


def shown(scene: Scene, hide: Sequence[str] = ()) -> list[Shown]:
    """List the records in the axes in order of time, then of the river; those in ``hide`` keep their box, not words."""
    found = []
    for order, row in enumerate(scene.rows):
        evidence = scene.evidence[row.record_id]
        days = _days(evidence)
        if days is None or not in_axes(row, evidence):
            continue
        half = (row.uncertainty_km or 0.0) if row.precision in SPOTS else 0.0
        low, high = round(row.river_km_from or 0), round(row.river_km_to or row.river_km_from or 0)
        named, partly = row.record_id not in hide, row.record_id in scene.partly
        found.append(
            Shown(
                record_id=row.record_id,
                group=str(row.kind),
                glyph=row.glyph,
                precision=row.precision,
                low_km=low - half,
                high_km=high + half,
                first=days[0].toordinal(),
                last=days[1].toordinal(),
                open_start=evidence.date.start_open or evidence.date.start is None,
                open_end=evidence.date.end_open or evidence.date.end is None,
                long=_marked(_long(row, evidence, low, high), partly=partly) if named else ("", ""),
                short=_marked(_short(row, evidence), partly=partly) if named else ("", ""),
                order=order,
                partly=partly,
            )
        )
    return sorted(found, key=lambda one: (one.first, one.low_km, one.order))


def _long(row: Placed, found: Evidence, low: int, high: int) -> tuple[str, str]:
    """Two lines of the map's label; a stretch is told by its bank and river km, which the axes show."""
    first, second = map_label(row, found)
    if row.precision is Precision.REACH:
        bank = f"the {row.bank} bank, " if row.bank else ""
        second = f"{short_date(found.date)}, somewhere on {bank}km {low}\N{EN DASH}{high}"
    return first, second


def _marked(lines: tuple[str, str], *, partly: bool) -> tuple[str, str]:
    """Mark the label of a record that may lie outside what was asked for."""
    return (lines[0], f"{lines[1]}\N{NO-BREAK SPACE}\N{DAGGER}") if partly else lines


def _short(row: Placed, found: Evidence) -> tuple[str, str]:
    first, second = short_label(row, found)
    if row.precision is Precision.REACH:
        second = short_date(found.date) + (f", {row.bank} bank" if row.bank else "")
    return first, second


def pile_words(records: Sequence[Shown], words: Words) -> tuple[str, str]:
    """Label of several records at one place and time: how many, and when."""
    kind = "attacks" if records[0].group == Kind.ATTACK else "operations"

    days = [dt.date.fromordinal(day) for day in (records[0].first, records[0].last)]
    return words.say(f"strip.{kind}", n=len(records)), span_text(*days)


def outside(scene: Scene) -> list[Outside]:
    """Attacks, state operations and measures that have no place in the axes, in list order."""
    found = []
    for row in scene.rows:
        evidence = scene.evidence[row.record_id]
        if in_axes(row, evidence) or row.kind not in (*_IN_AXES, Kind.MEASURE):
            continue
        title = type_label(row.type) if row.type else kind_label(row.kind)
        what = ", ".join(filter(None, (title, _NUMBER.sub("\N{NO-BREAK SPACE}", killed_text(evidence)))))
        where = f"{place_text(row)}; {short_date(evidence.date)}"
        what, where = _marked((what, where), partly=row.record_id in scene.partly)
        found.append(Outside(row.record_id, row.glyph, row.precision, what, where))
    return found
