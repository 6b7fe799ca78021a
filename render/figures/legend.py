"""Entries of a figure's legend: each symbol of the symbol table and each sign of the map, with its label."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from ...data.model import Precision
from ..discs import disc_radii
from ..layers import LegendPart
from ..map_records import PARTLY
from ..texts import ui_texts
from .canvas import Canvas

__all__ = ["ROOM", "SIGN_SCALE", "Entry", "crowd_entries", "draw_entry", "entries_of"]


def crowd_entries(
    parts: Sequence[LegendPart], drawn: Collection[str], lang: str, *, cells: bool
) -> list[tuple[str, list[Entry]]]:
    """Legend of a map of many records, which shows plain signs, or circles with a number of records."""
    texts = ui_texts(lang)
    signs = ("cell", "cell-area") if cells else ("solid", "hollow")
    told = [(heading, entries) for heading, entries in entries_of(parts, drawn, rings=False, partly="") if entries]
    how = (texts["legend.precision"], [Entry(sign, texts[f"figure.{sign.replace('-', '_')}"]) for sign in signs])
    kept = [part for part in told if part[0] not in (texts["legend.precision"], texts["legend.deaths"])]
    return [*kept[:1], how, *kept[1:]]


#: Space from one line to the next in parts of the type size.
_LEADING: Final = 1.2
#: Size of a sign in the legend in parts of one on the map, and the room for it in units.
SIGN_SCALE: Final = 0.72
ROOM: Final = 34.0


class Entry(NamedTuple):
    """One line: the id of a sign and its label; ``numbers`` for discs of deaths."""

    sign: str
    label: str
    numbers: tuple[int, ...] = ()


def entries_of(
    parts: Sequence[LegendPart], drawn: Collection[str], *, rings: bool, partly: str
) -> list[tuple[str, list[Entry]]]:
    """Turn the legend of a scene into that of a figure: what is drawn on paper, in few words.

    Parameters
    ----------
    parts
        Legend of the scene.
    drawn
        Lines of the ground and ids of layers that are on the map.
    rings
        Whether a ring of uncertainty is drawn.
    partly
        What the mark of a label means; empty where no label has it.
    """
    found = []
    for part in parts:
        entries = [
            Entry(e.symbol_id, _label(e.label, e.note)) for e in part.entries if not e.layer_id or e.layer_id in drawn
        ]
        found.append((part.heading, entries))
    if found and rings:
        found[min(1, len(found) - 1)][1].append(Entry("ring", "Ring: how uncertain"))
    if found and partly:
        found[0][1].append(Entry("partly", partly))
    return found


def _label(label: str, note: str) -> str:
    """Add a note that a reader of a still picture needs: what something is not, or what a leader means."""
    short = note.partition(";")[0]
    if note.startswith(("not", "course")):
        return f"{label} ({short})"
    return f"{label}: {short}" if note.startswith("the symbol") else label


def draw_entry(canvas: Canvas, entry: Entry, at: tuple[float, float], size: float, lines: Sequence[str]) -> float:
    """Draw an entry below ``at``, its label broken into ``lines``; return where it ends."""
    x, y = at
    if entry.sign == "sw-disc":
        return _discs(canvas, entry.label, at, size)
    height = max(2 * 13 * SIGN_SCALE, len(lines) * size * _LEADING) + 4
    middle = (x + ROOM / 2 - 3, y + height / 2)
    _sign(canvas, entry, middle)
    foot = middle[1] - (len(lines) - 1) * size * _LEADING / 2 + size * 0.36
    for line in lines:
        canvas.text((x + ROOM, foot), line, size, colour="ink2")
        foot += size * _LEADING
    return y + height


#: Numbers of deaths that the legend shows in the size they have on the map.
_SHOWN: Final = (1, 4)


def _discs(canvas: Canvas, label: str, at: tuple[float, float], size: float) -> float:
    """Draw discs in the size of the map, one in the other, each with its number; return where they end."""
    colour, (x, y) = canvas.palette.base("ink2"), at
    radii = disc_radii(_SHOWN)
    middle, foot = x + radii[-1] + 2, y + 2 * radii[-1] + 4
    for number, radius in zip(_SHOWN, radii, strict=True):
        top = foot - 2 * radius
        canvas.circle((middle, foot - radius), radius, fill=colour, opacity=0.14, stroke=colour, width=1.1)
        canvas.line([(middle, top), (middle + radii[-1] + 6, top)], stroke=colour, width=0.7)
        canvas.text((middle + radii[-1] + 9, top + size * 0.36), str(number), size, colour="ink2")
    canvas.text((x, foot + size * 1.25), label, size, colour="ink2")
    return foot + size * 1.6


def _sign(canvas: Canvas, entry: Entry, at: tuple[float, float]) -> None:
    """Draw one sign centred at a point."""
    palette, (x, y) = canvas.palette, at
    if entry.sign.startswith("sym-"):
        _, glyph, precision = entry.sign.split("-")
        canvas.token(glyph, Precision(precision), at, SIGN_SCALE)
    elif entry.sign == "sw-measure":
        colour = palette.glyph("measure")
        look = {"stroke": colour, "width": 1.3, "dash": (4, 2.6)}
        canvas.box((x - 12, y - 7, x + 12, y + 7), fill=colour, opacity=0.12, **look)
    elif entry.sign == "sw-leader":
        ink = palette.base("ink2")
        canvas.line([(x - 11, y + 5), (x + 5, y - 3)], stroke=ink, width=1.3)
        canvas.circle((x - 11, y + 5), 2.6, fill=palette.base("paper"), stroke=ink, width=1.3)
        canvas.circle((x + 9, y - 5), 4.6, fill=palette.base("paper"), stroke=ink, width=1.5)
    elif entry.sign == "sw-same":
        canvas.line([(x - 13, y), (x + 13, y)], stroke=palette.glyph("clash"), width=2.2, dash=(0, 4.6))
    elif entry.sign == "ring":
        canvas.circle(at, 9, fill=palette.base("ink2"), opacity=0.1, stroke=palette.base("ink2"), width=1.1)
    elif entry.sign == "partly":
        canvas.text((x, y + 5), PARTLY, 14, align="middle")
    elif entry.sign in ("solid", "hollow"):
        fill = palette.base("ink2" if entry.sign == "solid" else "paper")
        canvas.circle(at, 5.5, fill=fill, stroke=palette.base("ink2"), width=1.6)
    elif entry.sign in ("cell", "cell-area"):
        dash = (4.0, 3.6) if entry.sign == "cell-area" else ()
        canvas.circle(at, 8.4, fill=palette.base("paper"), stroke=palette.base("ink2"), width=2.6, dash=dash)
        canvas.text((x, y + 4.4), "2", 12, bold=True, align="middle")
    else:
        _line_sign(canvas, entry.sign, at)


def _line_sign(canvas: Canvas, sign: str, at: tuple[float, float]) -> None:
    """Draw a line of the ground."""
    palette, (x, y) = canvas.palette, at
    line = [(x - 13, y), (x + 13, y)]
    if sign == "sw-river":
        canvas.line(line, stroke=palette.base("ribbon"), width=8, see_through=0.17)
        canvas.line(line, stroke=palette.base("waterline"), width=2.6)
    elif sign == "sw-admin":
        canvas.line(line, stroke=palette.base("rule2"), width=1.2, dash=(5, 2.5, 1, 2.5))
    elif sign == "sw-road":
        canvas.line(line, stroke=palette.base("rule2"), width=1.3)
