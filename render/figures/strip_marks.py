"""The records of the river strip in their axes: boxes with symbols and labels beside them, links, or cells of many.

In: records and the plot that they stand in. Out: everything with its place; labels are tried in shorter and narrower
forms, then as a number that is explained below, before one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from ...data.model import Precision
from ..placement import Rect
from .strip_axis import Run, TimeAxis, day_words
from .strip_frame import Form, Frame, Word
from .strip_links import Way, joined
from .strip_names import SIZE, Measure
from .strip_place import NUMBER, Beside, Room, Standing, Wording, meets, stand_beside
from .strip_place import Form as Looks
from .strip_scale import SPOTS, KmScale, Shown, box_of, piles
from .strip_words import Words, pile_words

__all__ = ["LINE", "Cut", "Link", "Mark", "Plot", "cut_of", "keep_clear", "links_of", "marks_of", "wrapped"]

#: So many records at one place and time each have a mark.
_PILE: Final = 3
#: Space between lines of a label.
LINE: Final = 3.0


class Plot(NamedTuple):
    """The axes: river km, and time from ``v0`` on; ``radius`` of a symbol."""

    form: Form
    frame: Frame
    km: KmScale
    axis: TimeAxis
    v0: float
    radius: float

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends along the river, the smaller unit first."""
        return min(self.km.u0, self.km.u1), max(self.km.u0, self.km.u1)

    def box(self, record: Shown) -> Rect:
        """Box of a record on the sheet."""
        u0, u1, v0, v1 = box_of(record, self.km, self.axis)
        return self.frame.rect(u0, u1, self.v0 + v0, self.v0 + v1)


class Mark(NamedTuple):
    """One record or pile: its box, and where its symbol and label, or the number for it, stand if there is room."""

    records: tuple[Shown, ...]
    beside: Beside
    standing: Standing | None
    label: tuple[str, str]
    number: int = 0


class Cut(NamedTuple):
    """An empty span made short: its band, the words in it, and what is to be said below for want of room."""

    rect: Rect
    words: tuple[Word, ...]
    below: str


class Link(NamedTuple):
    """A line between two records that may be one event."""

    pair: tuple[str, str]
    glyph: str
    way: Way
    word: Word | None


def wrapped(text: str, limit: float, measure: Measure, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than a limit; a longer word stands alone."""
    lines: list[str] = []
    for word in _JOINED.sub(_join, text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


#: What is not broken: a day, and a number with what it counts.
_JOINED: Final = re.compile(r"\b\d+ (?=killed\b|[A-Z][a-z]{2} \d{4}\b)|\b[A-Z][a-z]{2} (?=\d{4}\b)")


def _join(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\N{NO-BREAK SPACE}")


# ---------------------------------------------------------------- what is left out


def cut_of(plot: Plot, cut: Run, words: Words, room: Room) -> Cut:
    """Make the band of a cut with its sentence; if that is too long for it, its first words, and the whole below.

    On a strip with little room the words stand where no label is; if there is no such place they stand below only.
    """
    frame, whole, form = plot.frame, words.gap(cut), plot.form
    low, high, (u0, u1) = plot.v0 + cut.start, plot.v0 + cut.end, plot.ends
    rect, most = frame.rect(u0, u1, low, high), 1 if form.turned else max(1, int((high - low - 4) // (SIZE + LINE)))
    lines = wrapped(whole, (u1 - u0) * (0.5 if form.turned else 0.96), frame.measure, SIZE)
    span = {"from": day_words(cut.first, "month"), "to": day_words(cut.last, "month")}
    below = words.say("timeline.gap_below", text=whole, **span)
    if len(lines) <= most:
        below = ""
    else:
        lines = wrapped(whole.split(". ")[0].rstrip(".") + ".", (u1 - u0) * 0.6, frame.measure, SIZE)[:most]
    middle = (low + high) / 2 - (len(lines) - 1) / 2 * (SIZE + LINE)
    taken = np.array([*room.hard, *room.lines]).reshape(-1, 4)
    for share in _ALONG if form.merged else _ALONG[:1]:
        u = u0 + (u1 - u0) * share
        found = tuple(
            frame.on_river(line, u, middle + i * (SIZE + LINE), SIZE, italic=True) for i, line in enumerate(lines)
        )
        rects = np.array([word.rect for word in found])
        inside = (rects[:, :2] >= rect[:2]).all() and (rects[:, 2:] <= rect[2:]).all()
        if not form.merged or (inside and not meets(rects, taken).any()):
            return Cut(rect, found, below)
    return Cut(rect, (), below or words.say("timeline.gap_below", text=whole, **span))


#: Shares of a band at which its words may stand, best first.
_ALONG: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.24, 0.76)


def keep_clear(plot: Plot, room: Room) -> None:
    """Take the bands of cuts: labels may only reach into them where room is scarce."""
    for cut in plot.axis.cuts:
        left, top, right, bottom = plot.frame.rect(*plot.ends, plot.v0 + cut.start, plot.v0 + cut.end)
        if plot.form.merged:
            room.soft.append(((left, top, right, bottom), 12.0))
        else:
            room.hard.append((left, top + 4, right, bottom - 4))


# ---------------------------------------------------------------- records one by one


def marks_of(plot: Plot, records: Sequence[Shown], words: Words, room: Room) -> list[Mark]:
    """Place boxes with symbols and labels beside them; those of places and reaches choose first."""
    found = piles(records, _PILE)
    labelled = len(found) <= plot.form.labelled
    besides, labels = [], []
    for pile in found:
        one = pile[0]
        long, short = (one.long, one.short) if len(pile) == 1 else (pile_words(pile, words),) * 2
        wordings = _wordings(plot, long, short) if labelled and long[0] else ()
        labels.append(long)
        ends = (one.open_start, one.open_end)
        besides.append(Beside(plot.box(one), ends, not plot.frame.turned, _form(one), wordings))
    ranked = sorted(range(len(found)), key=lambda i: (_ORDER[besides[i].form], i))
    by_place = dict(zip(ranked, stand_beside([besides[i] for i in ranked], room), strict=True))
    out, number = [], 0
    for i, pile in enumerate(found):
        standing = by_place[i]
        numbered = bool(standing and standing.wording and standing.wording.cost == NUMBER)
        number += numbered
        out.append(Mark(pile, besides[i], standing, labels[i], number if numbered else 0))
    return out


_ORDER: Final[dict[Looks, int]] = {"spot": 0, "reach": 1, "district": 2, "region": 3}


def _form(record: Shown) -> Looks:
    """How a record's box looks: a named place, a reach, a district, or larger."""
    if record.precision in SPOTS:
        return "spot"
    if record.precision is Precision.REACH:
        return "reach"
    return "district" if record.precision is Precision.DISTRICT else "region"


def _wordings(plot: Plot, long: tuple[str, str], short: tuple[str, str]) -> tuple[Wording, ...]:
    """Ways to write a label, best first: whole, shorter, in narrow lines, the first words only, a number."""
    size, measure = (SIZE if plot.radius < 13 else 13.0), plot.frame.measure

    def made(pair: tuple[str, ...], limit: float, cost: float) -> Wording:
        lines = tuple(
            (line, i == 0)
            for i, text in enumerate(filter(None, pair))
            for line in wrapped(text, limit, measure, size, bold=i == 0)
        )
        width = max(measure(line, size, bold) for line, bold in lines)
        return Wording(lines, size, width, len(lines) * (size + LINE), cost)

    if plot.frame.turned:
        ways = [(short, 400.0, 0.0), (short, 128.0, 8.0), (short, 92.0, 22.0), (short[:1], 104.0, 90.0)]
    else:
        ways = [(long, 400.0, 0.0), (short, 400.0, 14.0), (short, 136.0, 24.0), (short, 104.0, 34.0)]
        ways.append((short[:1], 136.0, 90.0))
    ways += [(("00",), 400.0, NUMBER)] if plot.form.keyed else []
    return tuple(made(pair, limit, cost) for pair, limit, cost in ways)


def links_of(
    plot: Plot, marks: Sequence[Mark], pairs: Sequence[tuple[str, str]], words: Words, room: Room
) -> list[Link]:
    """Join records that may be one event."""
    by_id = {record.record_id: mark for mark in marks for record in mark.records}
    text, frame, out = words["same"], plot.frame, []
    size = (frame.measure(text, SIZE, False) + 4, SIZE + 4)
    boxes = [mark.beside.grown for mark in marks]
    for pair in pairs:
        a, b = by_id.get(pair[0]), by_id.get(pair[1])
        if not (a and b and a is not b and a.standing and b.standing):
            continue
        way = joined(a.standing.token, b.standing.token, room, size, boxes)
        if way:
            word = frame.word(text, way.text[0] + 3, way.text[3] - 4.5, SIZE, italic=True) if way.text else None
            out.append(Link(pair, a.records[0].glyph, way, word))
    return out
