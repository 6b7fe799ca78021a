"""Tokens of the symbol table as paths: the same drawing as on the page, for a sheet that knows no SVG.

In: a glyph and a precision. Out: parts back to front, each with its outline on the grid of ``symbols.py`` (radius 12,
x right, y down), fill and stroke.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path
from matplotlib.path import Path as Outline

from ...data.model import Precision
from .. import symbols

__all__ = ["Stroked", "token_parts"]


class Stroked(NamedTuple):
    """One part of a symbol; ``fill`` and ``stroke`` are ``current`` (its colour), ``paper`` or nothing."""

    outline: Outline
    fill: str | None
    stroke: str | None
    width: float
    dash: tuple[float, ...]


_PAINTS: Final = {"currentColor": "current", "#FFFFFF": "paper", "none": None, None: None}


@cache
def token_parts(glyph: str, precision: Precision) -> tuple[Stroked, ...]:
    """Read the token of a glyph at a precision, see :func:`panjmap.render.symbols.token`."""
    root = ET.fromstring(f"<g>{symbols.token(glyph, precision)}</g>")  # noqa: S314 - constants of symbols.py
    parts: list[Stroked] = []
    _read(root, {}, parts)
    return tuple(parts)


def _read(element: ET.Element, inherited: dict[str, str], parts: list[Stroked]) -> None:
    look = inherited | element.attrib
    if element.tag == "g":
        for child in element:
            _read(child, {k: v for k, v in look.items() if k != "class"}, parts)
        return
    dash = tuple(float(number) for number in look.get("stroke-dasharray", "").split())
    width = float(look.get("stroke-width", 1))
    parts.append(Stroked(_shape(element), _PAINTS[look.get("fill")], _PAINTS[look.get("stroke")], width, dash))


def _shape(element: ET.Element) -> Outline:
    """Outline of an element that ``symbols.py`` uses."""

    def number(name: str) -> float:
        return float(element.get(name, 0))

    if element.tag == "circle":
        return Outline.circle((number("cx"), number("cy")), number("r"))
    if element.tag == "rect":
        return _rounded(number("x"), number("y"), number("width"), number("height"), number("rx"))
    pen = RecordingPen()
    parse_path(element.get("d"), pen)
    return _recorded(pen.value)


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> Outline:
    """Outline of a box with round corners."""
    right, low, r = x + width, y + height, radius
    corners = [((right, y), (right, y + r)), ((right, low), (right - r, low)), ((x, low), (x, low - r))]
    points: list[tuple[float, float]] = [(x + r, y)]
    codes: list[Any] = [Outline.MOVETO]
    starts = [(right - r, y), (right, low - r), (x + r, low), (x, y + r)]
    for start, (corner, end) in zip(starts, [*corners, ((x, y), (x + r, y))], strict=True):
        points += [start, corner, end]
        codes += [Outline.LINETO, Outline.CURVE3, Outline.CURVE3]
    return Outline([*points, points[0]], [*codes, Outline.CLOSEPOLY])


_CODES: Final = {
    "moveTo": (Outline.MOVETO,),
    "lineTo": (Outline.LINETO,),
    "qCurveTo": (Outline.CURVE3,) * 2,
    "curveTo": (Outline.CURVE4,) * 3,
}


def _recorded(steps: list[tuple[str, Any]]) -> Outline:
    """Turn what a pen recorded into an outline."""
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for name, arguments in steps:
        if name in _CODES:
            points += arguments
            codes += _CODES[name]
        elif name == "closePath":
            points.append(points[-1])
            codes.append(Outline.CLOSEPOLY)
    return Outline(np.array(points), codes)
