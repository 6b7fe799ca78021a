"""A layout of the river strip drawn on a sheet: ground, time, boxes, symbols, labels; each in a group of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ...data.model import Kind, Precision
from ..placement import Point, Rect
from ..symbols import GLYPH_OF_KIND
from .canvas import Canvas
from .strip_frame import Word
from .strip_layout import StripLayout
from .strip_marks import LINE, Link, Mark
from .strip_names import Bar
from .strip_place import Standing
from .strip_scale import Cell

__all__ = ["arrow_ends", "box_look", "draw_strip"]

#: Fill and line of a box: the less precise, the paler and the more broken.
_BOXES: Final[dict[str, tuple[float, float, tuple[float, ...]]]] = {
    "spot": (0.32, 1.8, ()),
    "near": (0.16, 1.8, (7, 4)),
    "reach": (0.32, 2.0, ()),
    "district": (0.10, 1.8, (7, 4)),
    "region": (0.05, 2.0, (0.1, 4.2)),
}
#: Ends of areas that lie closer are one line.
_ONE_LINE: Final = 6.0


def draw_strip(canvas: Canvas, made: StripLayout) -> None:
    """Draw everything of a layout, back to front."""
    with canvas.group("strip-ground"):
        _ground(canvas, made)
    with canvas.group("strip-time"):
        _time(canvas, made)
    if made.counted:
        with canvas.group("strip-cells"):
            for cell in made.counted.broad:
                _broad(canvas, made.cell(cell), cell)
            for cell in made.counted.cells:
                _cell(canvas, made.cell(cell), cell)
    with canvas.group("strip-links"):
        for link in made.links:
            _link(canvas, link)
    with canvas.group("strip-boxes"):
        for mark in sorted(made.marks, key=lambda mark: -_area(mark.beside.rect)):
            _box(canvas, mark)
    with canvas.group("strip-symbols"):
        for mark in made.marks:
            if mark.standing:
                _symbol(canvas, mark, mark.standing, made.plot.radius)
    with canvas.group("strip-labels"):
        for mark in made.marks:
            if mark.standing and mark.standing.wording and mark.standing.text:
                _label(canvas, mark, mark.standing)


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _write(canvas: Canvas, word: Word, halo: str = "") -> None:
    canvas.text(
        word.at,
        word.text,
        word.size,
        colour=word.colour,
        bold=word.bold,
        italic=word.italic,
        align=word.align,
        angle=word.angle,
        halo=halo,
    )


# ---------------------------------------------------------------- ground


def _ground(canvas: Canvas, made: StripLayout) -> None:
    frame, km, found, colour = made.plot.frame, made.plot.km, made.ground, canvas.palette.base
    low, high = min(km.u0, km.u1), max(km.u0, km.u1)
    for bank, land in (("Tajik", "land"), ("Afghan", "land2")):
        rect = frame.rect(low, high, *found.lanes.sheet(bank))
        canvas.box(rect, fill=colour(land), stroke=colour("rule"), width=0.8)
    for (bank, level), items in found.bars.items():
        lanes = found.lanes
        merged = lanes.tajik_regions.high - lanes.tajik_regions.low < 1
        regions = lanes.tajik_regions if bank == "Tajik" else lanes.afghan_regions
        districts = lanes.tajik if bank == "Tajik" else lanes.afghan
        lane = districts if merged or level == "districts" else regions
        for one in items:
            _bar(canvas, made, one, lane.low, lane.high, district=level == "districts")
        for at in _edges(items, low, high):
            canvas.line([frame.point(at, v) for v in (lane.low + 1, lane.high - 1)], stroke=colour("rule2"), width=1)
    river = found.lanes.river.middle
    half = 2.6 if made.plot.frame.turned else 3.4
    canvas.box(frame.rect(low, high, river - half, river + half), fill=colour("waterline"))
    for u in found.crossings:
        for by in (-2.4, 2.4):
            ends = [frame.point(u + by, v) for v in (found.lanes.river.low + 1.5, found.lanes.river.high - 1.5)]
            canvas.line(ends, stroke=colour("ink"), width=1.3)
    for leader in found.leaders:
        canvas.line(leader, stroke=colour("rule2"), width=0.9)
    for dot in found.dots:
        canvas.circle(dot, 2.3, fill=colour("ink"))
    if found.flow:
        _arrow(canvas, *found.flow)
    for word in found.words:
        _write(canvas, word)


def _bar(canvas: Canvas, made: StripLayout, one: Bar, low: float, high: float, *, district: bool) -> None:
    """Stretch of an area; ends that are not surveyed run out in dots."""
    frame, middle, colour = made.plot.frame, (low + high) / 2, canvas.palette.base
    ends = min(made.plot.km.u0, made.plot.km.u1), max(made.plot.km.u0, made.plot.km.u1)
    if one.point:
        if one.lines:  # A dot without a name would say nothing.
            canvas.circle(frame.point((one.start + one.end) / 2, middle), 2.8, fill=colour("ink2"), opacity=0.8)
        return
    if district:
        canvas.box(frame.rect(one.start, one.end, low + 1.5, high - 1.5), fill=colour("ink"), opacity=0.15)
    for at, by in ((one.start, -one.tail), (one.end, one.tail)):
        if one.approximate and ends[0] < at + by < ends[1]:
            points = [frame.point(at + by * share, middle) for share in (0.3, 1.0)]
            canvas.line(points, stroke=colour("ink2"), width=1.6, dash=(0.1, 3.2))


def _edges(items: Sequence[Bar], low: float, high: float) -> list[float]:
    """Give the surveyed ends of areas; two that are almost one, of outlines from two sources, are one line."""
    ends = sorted(at for one in items if not one.approximate for at in (one.start, one.end) if low < at < high)
    found: list[float] = []
    for at in ends:
        if found and at - found[-1] < _ONE_LINE:
            found[-1] = (found[-1] + at) / 2
        else:
            found.append(at)
    return found


def _arrow(canvas: Canvas, start: Point, end: Point) -> None:
    """Line with a head: the way the water flows."""
    look: dict[str, Any] = {"stroke": canvas.palette.base("water"), "width": 1.5}
    canvas.line([start, end], **look)
    x, y = end[0] - start[0], end[1] - start[1]
    length = (x * x + y * y) ** 0.5
    x, y = x / length * 6, y / length * 6
    canvas.line(
        [(end[0] - x + y * 0.5, end[1] - y - x * 0.5), end, (end[0] - x - y * 0.5, end[1] - y + x * 0.5)], **look
    )


def _time(canvas: Canvas, made: StripLayout) -> None:
    """Lines of days and kilometres, and what is left out."""
    frame, km, colour = made.plot.frame, made.plot.km, canvas.palette.base
    low, high = min(km.u0, km.u1), max(km.u0, km.u1)
    if made.v1 > made.plot.v0:
        for v in sorted({made.plot.v0, made.v1, *(v for v, _ in made.days)}):
            canvas.line([frame.point(low, v), frame.point(high, v)], stroke=colour("rule"), width=0.8)
        for mark in made.ground.marks:
            ends = [frame.point(km.at(mark), v) for v in (made.plot.v0, made.v1)]
            canvas.line(ends, stroke=colour("rule"), width=0.8)
    for cut in made.cuts:
        left, top, right, bottom = cut.rect
        canvas.box(cut.rect, fill=colour("paper"))
        canvas.box(cut.rect, fill=colour("ink"), opacity=0.035)
        sides = [((left, top), (left, bottom)), ((right, top), (right, bottom))]
        if not frame.turned:
            sides = [((left, top), (right, top)), ((left, bottom), (right, bottom))]
        for side in sides:
            canvas.line(side, stroke=colour("rule2"), width=1.1, dash=(2, 4))
        for word in cut.words:
            _write(canvas, word)
    for _, word in made.days:
        _write(canvas, word)


# ---------------------------------------------------------------- records


def box_look(form: str, colour: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give fill and line of a box of a form."""
    opacity, width, dash = _BOXES[form]
    return {"fill": colour, "opacity": opacity}, {"stroke": colour, "width": width, "dash": dash}


def _box(canvas: Canvas, mark: Mark) -> None:
    """Box without the ends that are open, which get arrowheads instead."""
    record, (left, top, right, bottom) = mark.records[0], mark.beside.rect
    form = "near" if record.precision is Precision.NEAR else mark.beside.form
    inside, line = box_look(form, canvas.palette.glyph(record.glyph))
    canvas.box(mark.beside.rect, **inside)
    start, end = mark.beside.open
    if not start and not end:
        canvas.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], **line)
        return
    upright = mark.beside.vertical
    sides = [((left, top), (left, bottom)), ((right, top), (right, bottom))]
    across = [((left, top), (right, top)), ((left, bottom), (right, bottom))]
    kept, closing = (sides, across) if upright else (across, sides)
    for side in [*kept, *([] if start else closing[:1]), *([] if end else closing[1:])]:
        canvas.line(side, **line)
    low, high = (left, right) if upright else (top, bottom)
    places = [(low + high) / 2] if high - low < 18 else [low, high]
    for at in places:
        if start:
            arrow_ends(canvas, (at, top) if upright else (left, at), -1, line["stroke"], upright=upright)
        if end:
            arrow_ends(canvas, (at, bottom) if upright else (right, at), 1, line["stroke"], upright=upright)


def arrow_ends(canvas: Canvas, at: Point, way: int, colour: str, *, upright: bool) -> None:
    """Draw the arrowhead of an end that is assumed."""
    look: dict[str, Any] = {"stroke": colour, "width": 1.7}
    for points in (((0, 0), (0, 9)), ((-3.6, 3), (0, 10), (3.6, 3))):
        turned = [(x, y * way) if upright else (y * way, x) for x, y in points]
        canvas.line([(at[0] + x, at[1] + y) for x, y in turned], **look)


def _symbol(canvas: Canvas, mark: Mark, standing: Standing, radius: float) -> None:
    record = mark.records[0]
    canvas.line(standing.leader, stroke=canvas.palette.glyph(record.glyph), width=1.2)
    canvas.token(record.glyph, record.precision, standing.token, radius / 13)


def _label(canvas: Canvas, mark: Mark, standing: Standing) -> None:
    wording, rect = standing.wording, standing.text
    if wording is None or rect is None:
        return
    x = {"start": rect[0] + 3, "middle": (rect[0] + rect[2]) / 2, "end": rect[2] - 3}[standing.align]
    lines = ((str(mark.number), True),) if mark.number else wording.lines
    for i, (line, bold) in enumerate(lines):
        y = rect[1] + 1 + wording.size * 0.95 + i * (wording.size + LINE)
        canvas.text(
            (x, y),
            line,
            wording.size,
            colour="ink" if bold else "ink2",
            bold=bold,
            align=standing.align,
            halo="paper",
        )


def _link(canvas: Canvas, link: Link) -> None:
    canvas.line(link.way.points, stroke=canvas.palette.glyph(link.glyph), width=2.2, dash=(0.1, 5))
    if link.word:
        _write(canvas, link.word, halo="paper")


# ---------------------------------------------------------------- many records


def _cell(canvas: Canvas, rect: Rect, cell: Cell) -> None:
    """Cell with its number, the stronger the more records."""
    colour, count = canvas.palette.glyph(GLYPH_OF_KIND[Kind(cell.group)]), len(cell.records)
    left, top, right, bottom = rect[0] + 0.5, rect[1] + 0.5, rect[2] - 0.5, rect[3] - 0.5
    shade = min(0.8, 0.2 + count * 0.1)
    hatch = "////" if canvas.palette.grey and cell.group == Kind.STATE_OPERATION else ""
    canvas.box((left, top, right, bottom), fill=canvas.palette.base("paper"))
    canvas.box((left, top, right, bottom), fill=colour, opacity=shade, stroke=colour, width=0.8, hatch=hatch)
    text = str(count)
    if canvas.text_width(text, 12, bold=True) + 2 <= right - left and bottom - top >= 12:
        at = ((left + right) / 2, (top + bottom) / 2 + 4.3)
        canvas.text(at, text, 12, bold=True, colour="paper" if shade > 0.55 else "ink", align="middle")


def _broad(canvas: Canvas, rect: Rect, cell: Cell) -> None:
    """Box of records that only a long reach or a long time is known of."""
    colour = canvas.palette.glyph(GLYPH_OF_KIND[Kind(cell.group)])
    canvas.box(rect, fill=colour, opacity=0.05, stroke=colour, width=1.3, dash=(0.1, 4))
