"""The sheet that the static map is drawn on: pixels of its view, path data, tokens, leaders, labels, scale bar.

In: geometry in degrees or pixels, texts. Out: SVG elements with presentation attributes and classes only. Every text
goes through ``escape()``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import accumulate
from typing import Final

import numpy as np
import shapely
from markupsafe import escape
from shapely.geometry.base import BaseGeometry

from ..data.model import Precision
from . import symbols
from .crowd import Cell
from .discs import disc_svg
from .frame import Frame
from .lettering import Text
from .map_sheet import NameLook
from .placement import Array, Label, Point, Space

__all__ = ["HALO", "Sheet", "base", "number", "path"]

#: Pixels around the sheet up to which a path goes on, so that no edge of the cut shows.
_BLEED: Final = 6.0


def path(geometry: BaseGeometry, frame: Frame, tolerance: float = 0.5) -> str:
    """Path data of a geometry in pixels, clipped to the frame and simplified; relative, one decimal."""
    view = (-_BLEED, -_BLEED, frame.width + _BLEED, frame.height + _BLEED)
    clipped = shapely.clip_by_rect(shapely.simplify(geometry, tolerance), *view)
    parts = []
    for part in shapely.get_parts(clipped):
        closed = part.geom_type == "Polygon"
        for line in (part.exterior, *part.interiors) if closed else (part,):
            if line.geom_type in ("LineString", "LinearRing") and len(line.coords) > 1:
                parts.append(_relative(shapely.get_coordinates(line), closed=closed))
    return "".join(parts)


def _relative(xy: Array, *, closed: bool) -> str:
    whole = np.rint(xy * 10).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if closed:
        steps = steps[:-1]
    text = f"M{_tenth(whole[0, 0])} {_tenth(whole[0, 1])}l"
    text += " ".join(f"{_tenth(dx)} {_tenth(dy)}" for dx, dy in steps)
    return text.replace(" -", "-") + ("Z" if closed else "")


def _tenth(value: int) -> str:
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def number(value: float) -> str:
    """Write a number of pixels with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def base(name: str) -> str:
    """Light colour of a token of the palette; classes replace it in the dark theme."""
    return symbols.BASE[name].light


#: A halo in the colour of the land, painted under the letters.
HALO: Final = (
    f'class="sm-halo" stroke="{symbols.BASE["land"].light}" stroke-width="3" stroke-linejoin="round"'
    ' paint-order="stroke"'
)


#: Colour, width and more of the lines of the ground.
_LINES: Final = {
    "rivers": ("river", "waterline", 'stroke-width=".8" opacity=".7"'),
    "neighbours": ("line", "rule2", 'stroke-linecap="round" stroke-width=".9"'),
    "admin": ("line", "rule2", 'stroke-linecap="round" stroke-width=".9" stroke-dasharray="5 2.5 1 2.5"'),
    "roads": ("line", "rule2", 'stroke-linecap="round" stroke-width="1"'),
    "border": (
        "ribbon",
        "ribbon",
        'stroke-width="9" opacity=".17" stroke-linejoin="round" stroke-linecap="round"',
    ),
    "panj": ("river", "waterline", 'stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"'),
}
#: Fill opacity, dashes and line width of each class of area.
_AREAS: Final = {
    "district": 'fill-opacity=".13" stroke-width="1.5" stroke-dasharray="6 4"',
    "region": 'fill-opacity=".05" stroke-width="1.6" stroke-dasharray="0 3.4"',
    "measure": 'fill-opacity=".1" stroke-width="1.4" stroke-dasharray="6 4"',
    "reach": 'fill-opacity=".42" stroke-width="2.2"',
}


class Sheet:
    """Elements of a map, back to front, and the space they take; see :class:`panjmap.render.map_sheet.MapSheet`."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.out: list[str] = []
        self.space = Space(frame.width, frame.height)

    def background(self, land: BaseGeometry | None) -> None:
        """Draw the land of the subject country on that of the others."""
        width, height = self.frame.width, self.frame.height
        self.out.append(f'<rect class="sm-land2" width="{width}" height="{height}" fill="{base("land2")}"/>')
        if land is not None:
            self.out.append(f'<path class="sm-land" fill="{base("land")}" d="{path(land, self.frame)}"/>')

    def lines(self, name: str, lines: Sequence[Array]) -> None:
        """Draw lines of the ground."""
        css, colour, look = _LINES[name]
        if lines and (data := path(shapely.MultiLineString(list(lines)), self.frame)):
            self.out.append(f'<path fill="none" class="sm-{css}" stroke="{base(colour)}" {look} d="{data}"/>')

    def lakes(self, lakes: BaseGeometry) -> None:
        """Draw lakes."""
        if data := path(lakes, self.frame):
            self.out.append(f'<path class="sm-water" fill="{base("waterline")}" opacity=".5" d="{data}"/>')

    def area(self, geometry: BaseGeometry, glyph: str, area: str, *, coarse: bool) -> None:
        """Draw the area of records."""
        data = path(geometry, self.frame, 1.2 if coarse else 0.5)
        self.out.append(
            f'<path {_colour(glyph)} fill="currentColor" stroke="currentColor"'
            f' stroke-linecap="round" stroke-linejoin="round" {_AREAS[area]} d="{data}"/>'
        )

    def disc(self, glyph: str, at: Point, killed: tuple[int, int]) -> None:
        """Draw a disc of reported deaths."""
        self.out.append(disc_svg(glyph, at, killed))

    def ring(self, glyph: str, at: Point, radius: float) -> None:
        """Draw how uncertain a position is."""
        where = f'cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}"'
        self.out.append(f'<circle {_colour(glyph)} {where} fill="none" stroke="currentColor"/>')

    def link(self, one: Point, two: Point) -> None:
        """Draw the dotted line between two records that may be the same event."""
        self.out.append(
            f'<path {_colour("clash")} stroke="currentColor" stroke-width="2"'
            f' stroke-dasharray="0 4.6" stroke-linecap="round"'
            f' d="M{number(one[0])} {number(one[1])}L{number(two[0])} {number(two[1])}"/>'
        )

    def leader(self, glyph: str, start: Point, end: Point, radius: float) -> None:
        """Draw a line from an area's edge, where a small ring marks it, to the rim of the token."""
        length = math.dist(start, end)
        if length <= radius + 3:
            return
        x = end[0] + (start[0] - end[0]) * radius / length
        y = end[1] + (start[1] - end[1]) * radius / length
        self.out.append(
            f'<g {_colour(glyph)} stroke="currentColor" stroke-width="1.4">'
            f'<path d="M{number(start[0])} {number(start[1])}L{number(x)} {number(y)}"/>'
            f'<circle class="sm-paper" cx="{number(start[0])}" cy="{number(start[1])}" r="3"'
            f' fill="{base("paper")}"/></g>'
        )

    def record(self, record_id: str) -> AbstractContextManager[None]:
        """Draw without a group."""
        return nullcontext()

    def token(self, glyph: str, precision: Precision, at: Point) -> None:
        """Draw a token centred at a point."""
        place = f"translate({number(at[0])} {number(at[1])})"
        self.out.append(f'<g {_colour(glyph)} transform="{place}">{symbols.token(glyph, precision)}</g>')

    def text(self, label: Label, lines: Sequence[Text]) -> None:
        """Write a label with a halo in the colour of the land."""
        y = label.y
        spans = []
        for line in lines:
            weight = ' font-weight="700"' if line.bold else ""
            ink = "ink" if line.bold else "ink2"
            spans.append(
                f'<tspan class="sm-{ink}" x="{number(label.x)}" y="{number(y)}" font-size="{number(line.size)}"{weight}'
                f' fill="{base(ink)}">{escape(line.text)}</tspan>'
            )
            y += line.size * 1.22
        self.out.append(f'<text text-anchor="{label.align}" {HALO}>{"".join(spans)}</text>')

    def town(self, at: Point, *, capital: bool) -> None:
        """Draw the sign of a town."""
        x, y = at
        self.out.append(
            f'<rect class="sm-town" x="{number(x - 3.5)}" y="{number(y - 3.5)}" width="7" height="7"'
            f' fill="{base("paper")}" stroke="{base("ink")}" stroke-width="1.6"/>'
            if capital
            else f'<circle class="sm-ink" cx="{number(x)}" cy="{number(y)}" r="2.6" fill="{base("ink")}"/>'
        )

    def name_width(self, words: str, look: NameLook) -> float:
        """Width of a name in pixels, estimated."""
        return len(words) * (look.size * 0.62 + look.spacing)

    def name(self, words: str, at: Point, look: NameLook, angle: float) -> None:
        """Write the name of an area or river."""
        x, y = at
        cut = ' font-style="italic"' if look.italic else f' letter-spacing="{number(look.spacing)}"'
        turn = f' transform="rotate({number(angle)} {number(x)} {number(y)})"' if angle else ""
        bold = ' font-weight="700"' if look.bold else ""
        self.out.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="middle" font-size="{number(look.size)}"'
            f'{bold}{cut}{turn} {HALO}><tspan class="sm-{look.colour}" fill="{base(look.colour)}">'
            f"{escape(words)}</tspan></text>"
        )

    def sign(self, glyph: str, at: Point, radius: float, *, solid: bool, square: bool) -> None:
        """Draw a small plain sign."""
        look = 'fill="currentColor"' if solid else f'class="sm-paper" fill="{base("paper")}" stroke-width="1.8"'
        sign = f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{radius}" {look}/>'
        if square:
            corner = f'x="{number(at[0] - radius)}" y="{number(at[1] - radius)}"'
            sign = f'<rect {corner} width="{2 * radius:g}" height="{2 * radius:g}" rx="2" {look}/>'
        self.out.append(f'<g {_colour(glyph)} stroke="currentColor">{sign}</g>')

    def cell(self, cell: Cell, at: Point, radius: float) -> None:
        """Draw a circle with its number and a ring of classes; dashed for an area, which has no closer place."""
        x, y = number(at[0]), number(at[1])
        ends = [0.0, *accumulate(cell.counts.values())]
        rings = []
        for i, glyph in enumerate(cell.counts):
            dash = ' stroke-dasharray="4 2.4"' if cell.area else ""
            arc = _arc(at, radius, ends[i] / cell.count, ends[i + 1] / cell.count)
            rings.append(
                f'<path {_colour(glyph)} fill="none" stroke="currentColor" stroke-width="3.2"{dash} d="{arc}"/>'
            )
        size = 11 if radius < 13 else 13
        foot = number(at[1] + size * 0.36)
        self.out.append(
            f'<circle class="sm-paper" cx="{x}" cy="{y}" r="{number(radius + 2)}" fill="{base("paper")}"/>'
            f'{"".join(rings)}<text class="sm-ink" x="{x}" y="{foot}" text-anchor="middle" font-size="{size}"'
            f' font-weight="700" fill="{base("ink")}">{cell.count}</text>'
        )

    def scale_bar(self) -> None:
        """Draw a scale bar, true in the middle of the map, and a north arrow."""
        length = 50 * self.frame.per_km
        x, y = self.frame.width - 60 - length, self.frame.height - 18.0
        ticks = "".join(f"M{number(x + length * part)} {number(y - 5)}v10" for part in (0, 0.5, 1))
        self.out.append(
            f'<path class="sm-scale" fill="none" stroke="{base("ink2")}" stroke-width="1.4"'
            f' d="M{number(x)} {number(y)}h{number(length)}{ticks}"/>'
        )
        for part, words in ((0, "0"), (0.5, "25"), (1, "50 km")):
            self.text(Label(x + length * part, y - 9, "middle", (0, 0, 0, 0), 0), [Text(words, 12)])
        right, top = self.frame.width - 22, self.frame.height - 44.0
        self.out.append(
            f'<path class="sm-ink2" fill="{base("ink2")}" d="M{right} {number(top)}l7 28-7-6-7 6z"/>'
            f'<text class="sm-ink2" x="{right}" y="{number(top - 4)}" text-anchor="middle" font-size="12"'
            f' font-weight="700" fill="{base("ink2")}">N</text>'
        )


def _colour(glyph: str) -> str:
    """Class and colour of a class of records, or of several together."""
    colour = base("ink2") if glyph == "total" else symbols.COLOURS[glyph].light
    return f'class="c-{glyph}" color="{colour}"'


def _arc(at: Point, radius: float, start: float, end: float) -> str:
    """Path data of a part of a circle, clockwise from the top; ``start`` and ``end`` are parts of the whole."""
    middle = (start + end) / 2
    points = [
        f"{number(at[0] + radius * math.sin(math.tau * part))} {number(at[1] - radius * math.cos(math.tau * part))}"
        for part in (start, middle, end)
    ]
    bend = f"A{number(radius)} {number(radius)} 0 0 1 "
    return f"M{points[0]}{bend}{points[1]}{bend}{points[2]}"
