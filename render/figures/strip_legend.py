"""The legend of the river strip, and the list of what has no place in it: only what is there, with its own signs.

In: a layout and the records beside it. Out: entries in columns, each drawn below a place and telling where it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from ...data.model import Kind, Precision
from ..lettering import LINE
from ..placement import Point
from ..scene import Scene
from ..symbols import GLYPH_OF_KIND
from ..texts import ui_texts
from .canvas import Canvas
from .layout import Line, Style, broken
from .legend import SIGN_SCALE
from .strip_draw import arrow_ends, box_look
from .strip_layout import StripLayout
from .strip_words import Outside, outside

__all__ = ["Entry", "entries_block", "entries_of", "outside_block"]

#: Room for a sign.
_ROOM: Final = 36.0
#: Space between entries in a row.
_APART: Final = 18.0
#: So many records beside the strip are listed, in columns and in one; the others are counted.
LISTED: Final = {3: 12, 1: 6}

_Draw = Callable[[Canvas, Point], None]


class Entry(NamedTuple):
    """One line of the legend: how its sign is drawn around a point, and what it says."""

    draw: _Draw
    label: str


def entries_of(scene: Scene, made: StripLayout) -> list[Entry]:
    """List what is drawn: kinds of events, precisions, assumed ends, links, counts."""
    texts = ui_texts(scene.options.lang)
    if made.counted:
        return _counts(made, texts)
    drawn = {one.record_id: one for mark in made.marks for one in mark.records}
    found = []
    for layer in scene.layers:
        glyphs = [drawn[one].glyph for one in layer.record_ids or () if one in drawn]
        if glyphs:
            found.append(Entry(_token(max(sorted(set(glyphs)), key=glyphs.count)), layer.title))
    forms = {"near" if mark.records[0].precision is Precision.NEAR else mark.beside.form for mark in made.marks}
    found += [Entry(_box(form), texts[f"strip.key_{form}"]) for form in _FORMS if form in forms]
    if any(any(mark.beside.open) for mark in made.marks):
        found.append(Entry(_open(upright=not made.plot.frame.turned), texts["strip.key_open"]))
    if made.links:
        found.append(Entry(_dots(made.links[0].glyph), texts["legend.same"]))
    if scene.partly & {*drawn, *(one.record_id for one in outside(scene))}:
        found.append(Entry(_dagger, texts["figure.partly_sign"]))
    return found


_FORMS: Final = ("spot", "near", "reach", "district", "region")


def _counts(made: StripLayout, texts: Any) -> list[Entry]:  # noqa: ANN401 - a mapping of texts
    """List the signs of many records."""
    if made.counted is None:
        return []
    step = made.counted.step
    groups = {cell.group for cell in (*made.counted.cells, *made.counted.broad)}
    found = [
        Entry(_cell(group), texts[f"strip.key_count_{group}"].replace("{step}", str(step)))
        for group in (Kind.ATTACK, Kind.STATE_OPERATION)
        if group in groups
    ]
    return [*found, *([Entry(_broad, texts["strip.key_broad"])] if made.counted.broad else [])]


def _token(glyph: str) -> _Draw:
    return lambda canvas, at: canvas.token(glyph, Precision.SETTLEMENT, at, SIGN_SCALE)


def _box(form: str) -> _Draw:
    def draw(canvas: Canvas, at: Point) -> None:
        (x, y), (wide, high) = at, (4.0, 4.0) if form in ("spot", "near") else (13.0, 6.0)
        inside, line = box_look(form, canvas.palette.base("ink2"))
        canvas.box((x - wide, y - high, x + wide, y + high), **(inside | line))

    return draw


def _open(*, upright: bool) -> _Draw:
    def draw(canvas: Canvas, at: Point) -> None:
        (x, y), colour = at, canvas.palette.base("ink2")
        low, high = ((x, y - 1), (x, y + 1)) if upright else ((x - 6, y), (x + 6, y))
        canvas.line([low, high], stroke=colour, width=1.7)
        for place, way in ((low, -1), (high, 1)):
            arrow_ends(canvas, place, way, colour, upright=upright)

    return draw


def _dots(glyph: str) -> _Draw:
    def draw(canvas: Canvas, at: Point) -> None:
        x, y = at
        canvas.line([(x - 13, y), (x + 13, y)], stroke=canvas.palette.glyph(glyph), width=2.2, dash=(0.1, 5))

    return draw


def _dagger(canvas: Canvas, at: Point) -> None:
    canvas.text((at[0], at[1] + 5), "\N{DAGGER}", 14, align="middle")


def _cell(group: str) -> _Draw:
    def draw(canvas: Canvas, at: Point) -> None:
        (x, y), colour = at, canvas.palette.glyph(GLYPH_OF_KIND[Kind(group)])
        hatch = "////" if canvas.palette.grey and group == Kind.STATE_OPERATION else ""
        rect = (x - 9, y - 8, x + 9, y + 8)
        canvas.box(rect, fill=colour, opacity=0.4, stroke=colour, width=0.8, hatch=hatch)
        canvas.text((x, y + 4.4), "2", 12, bold=True, align="middle")

    return draw


def _broad(canvas: Canvas, at: Point) -> None:
    (x, y), colour = at, canvas.palette.base("ink2")
    canvas.box((x - 13, y - 5, x + 13, y + 5), fill=colour, opacity=0.05, stroke=colour, width=1.3, dash=(0.1, 4))


# ---------------------------------------------------------------- blocks


def entries_block(canvas: Canvas, entries: Sequence[Entry], y: float, style: Style) -> float:
    """Draw entries one after the other, in as many rows as they need; return where they end."""
    left, right = style.margin, canvas.width - style.margin
    x, row = left, 2 * 13 * SIGN_SCALE + 4
    with canvas.group("legend"):
        for entry in entries:
            width = _ROOM + canvas.text_width(entry.label, style.label)
            if x > left and x + width > right:
                x, y = left, y + row
            entry.draw(canvas, (x + _ROOM / 2 - 4, y + row / 2))
            canvas.text((x + _ROOM, y + row / 2 + style.label * 0.36), entry.label, style.label, colour="ink2")
            x += width + _APART
    return y + row if entries else y


def outside_block(canvas: Canvas, scene: Scene, found: Sequence[Outside], y: float, style: Style) -> float:
    """List the records that have no place in the strip, with their symbols; return where the list ends."""
    if not found:
        return y
    texts = ui_texts(scene.options.lang)
    size = style.note
    across = 1 if style.columns == 1 else 3
    most = LISTED[across]
    shown = found if len(found) <= most else found[: most - 1]
    items: list[tuple[_Draw, list[Line]]] = [
        (
            lambda canvas, at, one=one: canvas.token(one.glyph, one.precision, at, SIGN_SCALE),  # type: ignore[misc]
            [Line(one.title, size, bold=True), Line(one.details, size, "ink2")],
        )
        for one in shown
    ]
    with canvas.group("not-on-the-strip"):
        y += style.label * LINE
        canvas.text((style.margin, y), texts["strip.outside_figure"], style.label, bold=True)
        y = _columns(canvas, items, y + 6, style, across)
        if len(found) > len(shown):
            y += size * LINE
            words = texts["strip.more_figure"].replace("{n}", str(len(found) - len(shown)))
            canvas.text((style.margin + _ROOM, y), words, size, colour="ink2")
    return y


def _columns(canvas: Canvas, items: Sequence[tuple[_Draw, list[Line]]], y: float, style: Style, across: int) -> float:
    """Draw signs with their words in columns, each row as high as its longest words."""
    step = (canvas.width - 2 * style.margin) / across
    for start in range(0, len(items), across):
        row, deep = items[start : start + across], 0.0
        for i, (draw, lines) in enumerate(row):
            x = style.margin + i * step
            parts = [line._replace(text=part) for line in lines for part in broken(canvas, line, step - _ROOM - 8)]
            height = max(2 * 13 * SIGN_SCALE + 3, sum(part.size * LINE for part in parts) + 3)
            middle = y + (height / 2 if len(parts) == 1 else 12)
            draw(canvas, (x + _ROOM / 2 - 4, middle))
            foot = middle + parts[0].size * 0.36 if len(parts) == 1 else y + parts[0].size
            for part in parts:
                canvas.text((x + _ROOM, foot), part.text, part.size, colour=part.colour, bold=part.bold)
                foot += part.size * LINE
            deep = max(deep, height)
        y += deep + 2
    return y
