"""The sheet that the static map is drawn on: pixels of its view, path data, tokens, leaders, labels, scale bar.

In: geometry in degrees or pixels, texts. Out: SVG elements with presentation attributes and classes only. Every text
goes through ``escape()``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from markupsafe import escape
from shapely.geometry.base import BaseGeometry

from ..data.model import Precision
from . import symbols
from .frame import Frame
from .placement import Array, Label, Point, Space, Text

__all__ = ["HALO", "RADIUS", "Sheet", "base", "link", "number", "path"]

#: Radius of a token in pixels.
RADIUS: Final = float(symbols.TOKEN_RADIUS)
#: Mean radius of the earth, km.
EARTH_KM: Final = 6371.0088

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


def link(one: Point, two: Point) -> str:
    """Draw the dotted line between two records that may be the same event."""
    return (
        f'<path class="c-clash" color="{symbols.COLOURS["clash"].light}" stroke="currentColor" stroke-width="2"'
        f' stroke-dasharray="0 4.6" stroke-linecap="round"'
        f' d="M{number(one[0])} {number(one[1])}L{number(two[0])} {number(two[1])}"/>'
    )


#: A halo in the colour of the land, painted under the letters.
HALO: Final = (
    f'class="sm-halo" stroke="{symbols.BASE["land"].light}" stroke-width="3" stroke-linejoin="round"'
    ' paint-order="stroke"'
)


class Sheet:
    """Elements of a map, back to front, and the space they take."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.out: list[str] = []
        self.space = Space(frame.width, frame.height)

    def add(self, element: str) -> None:
        """Put an element on top."""
        self.out.append(element)

    def leader(self, glyph: str, start: Point, end: Point, radius: float) -> None:
        """Draw a line from an area's edge, where a small ring marks it, to the rim of the token."""
        length = math.dist(start, end)
        if length <= radius + 3:
            return
        x = end[0] + (start[0] - end[0]) * radius / length
        y = end[1] + (start[1] - end[1]) * radius / length
        self.out.append(
            f'<g class="c-{glyph}" color="{symbols.COLOURS[glyph].light}" stroke="currentColor" stroke-width="1.4">'
            f'<path d="M{number(start[0])} {number(start[1])}L{number(x)} {number(y)}"/>'
            f'<circle class="sm-paper" cx="{number(start[0])}" cy="{number(start[1])}" r="3"'
            f' fill="{base("paper")}"/></g>'
        )

    def token(self, glyph: str, precision: Precision, at: Point, scale: float = 1.0) -> None:
        """Draw a token centred at a point."""
        place = f"translate({number(at[0])} {number(at[1])})" + (f" scale({scale:g})" if scale != 1 else "")
        self.out.append(
            f'<g class="c-{glyph}" color="{symbols.COLOURS[glyph].light}" transform="{place}">'
            f"{symbols.token(glyph, precision)}</g>"
        )

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

    def scale_bar(self) -> None:
        """Draw a scale bar, true in the middle of the map, and a north arrow."""
        _, south, _, north = self.frame.box
        middle = math.radians((south + north) / 2)
        length = 50 / EARTH_KM / math.cos(middle) * self.frame.scale
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
