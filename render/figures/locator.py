"""The inset of a figure that tells where in the world it lies: coarse countries around, and the frame of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..frame import LambertFrame
from ..lettering import Text
from ..placement import Point, Rect, Space
from .canvas import Canvas
from .sheet import FigureSheet

if TYPE_CHECKING:
    from ...geo.basemap import Locator

__all__ = ["draw_locator"]

#: How much more than the map the inset shows: degrees on each side.
_AROUND: Final = (14.5, 9.0)
#: Type size of the countries' names, units; the largest first.
_TYPE: Final = 12.0
#: Part of a name that has to stand on its own country.
_INSIDE: Final = 0.7


def draw_locator(sheet: FigureSheet, locator: Locator, rect: Rect) -> None:
    """Draw the inset into a box of the map, in units of the map."""
    canvas, palette = sheet.canvas, sheet.canvas.palette
    west, south, east, north = sheet.frame.box
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    across, up = _AROUND
    view = (middle_lon - across, middle_lat - up, middle_lon + across, middle_lat + up)
    shape = (rect[3] - rect[1]) / (rect[2] - rect[0])
    frame = LambertFrame(view, rect[2] - rect[0], shape, shape)
    inside = (0.0, 0.0, frame.width, frame.height)
    line = palette.base("rule2")
    with canvas.group("locator"), canvas.moved(rect[0], rect[1]), canvas.clipped(inside):
        canvas.box(inside, fill=_sea(canvas))
        for country in locator.countries:
            fill = palette.base("ink3") if country.iso == "TJ" else palette.base("land")
            geometry = shapely.transform(shapely.clip_by_rect(country.geometry, 20, 5, 110, 70), frame.pixels)
            canvas.geometry(geometry, inside, fill=fill, stroke=line, width=0.6)
        seen = sheet.frame.degrees(_edge(sheet.frame.width, sheet.frame.height))
        for colour, width in ((palette.base("paper"), 4.0), (palette.glyph("drone"), 1.9)):
            canvas.line(frame.pixels(seen), stroke=colour, width=width)
        canvas.box(inside, stroke=line, width=1.0)
        _names(canvas, locator, frame, shapely.Polygon(frame.pixels(seen)))
    sheet.space.take(rect)


def _sea(canvas: Canvas) -> str:
    """Colour of the sea: the line of waters, paler."""
    water, paper = (canvas.palette.base(name) for name in ("waterline", "paper"))
    mixed = (round(int(water[i : i + 2], 16) * 0.3 + int(paper[i : i + 2], 16) * 0.7) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _edge(width: float, height: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Points along the edge of the map, closed: straight there, bent in the inset."""
    t = np.linspace(0, 1, 11)
    sides = [(t, 0 * t), (1 + 0 * t, t), (1 - t, 1 + 0 * t), (0 * t, 1 - t)]
    return np.concatenate([np.column_stack([x * width, y * height]) for x, y in sides])


def _names(canvas: Canvas, locator: Locator, frame: LambertFrame, seen: BaseGeometry) -> None:
    """Name the countries that have room, the largest first; none over the frame of the map or over another."""

    def measure(line: Text) -> float:
        return canvas.text_width(line.text, line.size)

    space = Space(frame.width, frame.height, measure)
    left, top, right, low = seen.bounds
    space.take((left, top, right, low))
    visible = []
    for country in locator.countries:
        shape = shapely.transform(country.geometry, frame.pixels)
        parts = shapely.get_parts(shapely.clip_by_rect(shape, 0, 0, frame.width, frame.height))
        visible += [(country, max(parts, key=lambda part: part.area))] if len(parts) else []
    for country, part in sorted(visible, key=lambda one: -one[1].area):
        at = shapely.get_coordinates(shapely.maximum_inscribed_circle(part, 2))[0].tolist()
        rect = _around(at, measure(Text(country.name, _TYPE)))
        if part.intersection(shapely.box(*rect)).area < _INSIDE * shapely.box(*rect).area:
            continue
        if country.iso != "TJ" and space.is_free((rect[0] - 3, rect[1], rect[2] + 3, rect[3])):
            space.take(rect)
            where: Point = ((rect[0] + rect[2]) / 2, rect[3] - _TYPE * 0.3)
            canvas.text(where, country.name, _TYPE, colour="ink2", align="middle", halo="land")


def _around(at: Sequence[float], width: float) -> Rect:
    """Box of a name centred at a point."""
    return at[0] - width / 2, at[1] - _TYPE * 0.6, at[0] + width / 2, at[1] + _TYPE * 0.6
