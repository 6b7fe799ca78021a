"""The whole river strip in units, pure: ground, records and a width in, where everything stands out.

Boxes span the stretch of river and the days that reports allow; symbols and labels stand beside them. A strip that may
grow takes the least depth of time in which every label finds room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ..placement import Rect
from .strip_axis import ticks_across, ticks_down, time_axis
from .strip_frame import Band, Form, Frame, Word
from .strip_ground import Ground, Names, ground
from .strip_marks import Cut, Link, Mark, Plot, cut_of, keep_clear, links_of, marks_of
from .strip_names import SIZE, Measure
from .strip_place import Room
from .strip_scale import Cell, Counted, KmScale, Shown, cells
from .strip_words import Words

__all__ = ["Content", "Sheet", "StripLayout", "layout"]

#: A cell of two kinds is divided across if it is as tall as this, so that numbers fit.
_TALL: Final = 27.0
#: Least sides of a cell that holds a number: along the river and along time, upright.
_CELL: Final = (11.0, 15.0)
#: Least distance of ticks that stand under each other.
_TICKS: Final = 15.0


class Sheet(NamedTuple):
    """Where a strip goes, units: sides, top, depths of time to try, length of a turned river."""

    form: Form
    left: float
    right: float
    top: float
    depths: tuple[float, ...]
    length: float = 0.0


class Content(NamedTuple):
    """What a strip holds: records in the axes in order, pairs that may be one event, the ground, and their words.

    ``ground`` is what :func:`panjmap.render.strip_data.strip_ground` lists.
    """

    records: Sequence[Shown]
    links: Sequence[tuple[str, str]]
    ground: Mapping[str, Any]
    names: Names
    words: Words


@dataclass
class StripLayout:
    """Everything of a strip, in units; time runs from ``plot.v0`` to ``v1``, in the box ``rect``."""

    plot: Plot
    ground: Ground
    rect: Rect
    v1: float
    days: list[tuple[float, Word]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    counted: Counted | None = None
    bottom: float = 0.0

    @property
    def unlabelled(self) -> int:
        """Number of records whose label found no room, of those that have one."""
        bare = [mark for mark in self.marks if mark.standing is None or mark.standing.text is None]
        return sum(len(mark.records) for mark in bare if mark.label[0])

    @property
    def keys(self) -> list[tuple[int, str, str]]:
        """Numbers that stand for labels, with the labels' two lines."""
        return [(mark.number, *mark.label) for mark in self.marks if mark.number]

    @property
    def below(self) -> list[str]:
        """What is said below of spans that are left out."""
        return [cut.below for cut in self.cuts if cut.below]

    @property
    def words(self) -> list[Word]:
        """All lines of text but those of records' labels."""
        return [
            *self.ground.words,
            *(word for _, word in self.days),
            *(word for cut in self.cuts for word in cut.words),
            *(link.word for link in self.links if link.word),
        ]

    def cell(self, cell: Cell) -> Rect:
        """Box of a cell on the sheet; one that both kinds share is divided."""
        u0, u1, v0, v1 = cell.uv
        start = self.plot.v0
        left, top, right, bottom = self.plot.frame.rect(u0, u1, start + v0, start + v1)
        if cell.half is None:
            return left, top, right, bottom
        x, y = (left + right) / 2, (top + bottom) / 2
        if bottom - top >= _TALL:
            return (left, top, right, y) if cell.half == 0 else (left, y, right, bottom)
        return (left, top, x, bottom) if cell.half == 0 else (x, top, right, bottom)


def layout(sheet: Sheet, content: Content, measure: Measure) -> StripLayout:
    """Lay a strip out in the first depth in which no label is missing, else in the one that misses the fewest.

    Parameters
    ----------
    sheet
        Where it goes.
    content
        What it holds.
    measure
        Width of a text: ``measure(text, size, bold)``.
    """
    tried: list[StripLayout] = []
    for depth in sheet.depths:
        tried.append(_attempt(sheet, content, Frame(sheet.form.turned, measure), depth))
        if _lacking(tried[-1]) == (0, 0):
            break
    return min(tried, key=_lacking)


def _lacking(made: StripLayout) -> tuple[int, int]:
    """Count the records without a label, and the labels that only a number stands for."""
    return made.unlabelled, len(made.keys)


def _attempt(sheet: Sheet, content: Content, frame: Frame, depth: float) -> StripLayout:
    """Lay a strip out with this depth of time."""
    form, records, length = sheet.form, content.records, content.ground["length"]
    if form.turned:
        low = sheet.top + 50
        km, start, edge = KmScale(length, low + sheet.length, low), sheet.left, Band(sheet.top, sheet.right)
    else:
        km = KmScale(length, sheet.left + form.left, sheet.right - 12)
        start, edge = sheet.top, Band(km.u0 - 40, sheet.right)
    below = ground(form, frame, km, start, content.ground, content.names, edge)
    v0 = below.bottom
    deep = (sheet.right - 12 - v0 if form.turned else depth) if records else 0.0
    axis = time_axis([(one.first, one.last) for one in records], deep, form.cut)
    plot = Plot(form, frame, km, axis, v0, 10.0 if form.merged else 13.0)
    u0, u1 = plot.ends
    out = StripLayout(plot, below, frame.rect(u0, u1, v0, v0 + deep), v0 + deep, days=_days(plot))
    out.bottom = u1 + 22 if form.turned else out.v1 + (14 if records else 0)
    room = Room((out.rect[0] - 2, out.rect[1] - 6, sheet.right, out.rect[3] + 8), plot.radius)
    keep_clear(plot, room)
    if len(records) > form.drawn:
        out.counted = cells(records, km, axis, (_CELL[1], _CELL[0]) if form.turned else _CELL)
    else:
        out.marks = marks_of(plot, records, content.words, room)
        out.links = links_of(plot, out.marks, content.links, content.words, room)
    out.cuts = [cut_of(plot, cut, content.words, room) for cut in axis.cuts]
    return out


def _days(plot: Plot) -> list[tuple[float, Word]]:
    """Ticks of time, each with its words: left of the plot, or over it."""
    frame, axis, (u0, _) = plot.frame, plot.axis, plot.ends
    found = []
    if not frame.turned:
        for tick in ticks_down(axis, _TICKS):
            v, look = (
                plot.v0 + tick.at,
                {"bold": tick.major and not plot.form.merged, "colour": "ink" if tick.major else "ink2"},
            )
            found.append((v, frame.word(tick.text, u0 - 8, v + 4, SIZE, "end", **look)))
        return found
    for tick in ticks_across(axis, lambda text: frame.measure(text, SIZE, False)):
        left = max(0.0, min(tick.at, axis.length - frame.measure(tick.text, SIZE, False)))
        found.append((plot.v0 + tick.at, frame.word(tick.text, plot.v0 + left, u0 - 8, SIZE)))
    return found
