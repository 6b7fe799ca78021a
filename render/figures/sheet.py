"""The map of a figure: what ``map_drawing.py`` says, drawn on paper, with relief, scale bar and north arrow."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.path import Path as Outline
from PIL import Image
from shapely.geometry.base import BaseGeometry

from ...data.model import Precision
from ..crowd import Cell
from ..discs import disc_radii
from ..frame import LambertFrame
from ..lettering import LINE, Text
from ..map_sheet import NameLook
from ..placement import Array, Label, Point, Rect, Space
from .canvas import Align, Canvas

if TYPE_CHECKING:
    from ...geo.basemap import Relief

__all__ = ["FigureSheet", "nice_length"]

#: Colour, width, dashes and strength of the lines of the ground.
_LINES: Final[dict[str, tuple[str, float, tuple[float, ...], float]]] = {
    "rivers": ("waterline", 1.0, (), 0.75),
    "neighbours": ("rule2", 1.0, (), 1.0),
    "admin": ("rule2", 1.0, (5, 2.5, 1, 2.5), 1.0),
    "roads": ("rule2", 1.2, (), 1.0),
    "border": ("ribbon", 9.0, (), 0.17),
    "panj": ("waterline", 2.8, (), 1.0),
}
#: Strength of the fill, width and dashes of the outline, pattern in a grey print.
_AREAS: Final[dict[str, tuple[float, float, tuple[float, ...], str]]] = {
    "district": (0.13, 1.5, (6, 4), "////"),
    "region": (0.05, 1.7, (0, 3.6), ""),
    "measure": (0.10, 1.4, (6, 4), "...."),
    "reach": (0.38, 2.0, (), "\\\\\\\\\\\\"),
}
#: How much of the shading shows and how light it starts, as on the page; its pixels on a unit of the sheet.
_SHADE: Final = 0.42
_BRIGHTER: Final = 1.26
_SHADE_PIXELS: Final = 0.8


class FigureSheet:
    """A map on a canvas, see :class:`panjmap.render.map_sheet.MapSheet`.

    Parameters
    ----------
    canvas
        The sheet of paper.
    frame
        Which part of the earth, at which size in units.
    at
        Upper left corner of the map on the paper.
    relief
        Shading of the land, if it is to be drawn.
    """

    def __init__(self, canvas: Canvas, frame: LambertFrame, at: Point, relief: Relief | None = None) -> None:
        self._relief = relief
        self.canvas, self._frame, self.at = canvas, frame, at
        self.drawn: set[str] = set()  # lines of the ground that are on the map
        self.space = Space(frame.width, frame.height, self._measure, strict=True)

    @property
    def frame(self) -> LambertFrame:
        """Where things are in units."""
        return self._frame

    @property
    def rect(self) -> Rect:
        """The map's own box."""
        return 0.0, 0.0, self.frame.width, self.frame.height

    @contextlib.contextmanager
    def drawing(self) -> Iterator[None]:
        """Draw from the map's own corner meanwhile, and cut at its edges."""
        with self.canvas.group("map"), self.canvas.moved(*self.at), self.canvas.clipped(self.rect):
            yield

    def _measure(self, line: Text) -> float:
        return self.canvas.text_width(line.text, line.size, bold=line.bold)

    def _draw(self, geometry: BaseGeometry, **look: Any) -> None:  # noqa: ANN401 - looks as in Canvas.shape
        self.canvas.geometry(shapely.simplify(geometry, 0.2), self.rect, **look)

    def background(self, land: BaseGeometry | None) -> None:
        """Draw the land of the subject country on that of the others."""
        with self.canvas.group("land"):
            self.canvas.box(self.rect, fill=self.canvas.palette.base("land2"))
            if land is not None:
                self._draw(land, fill=self.canvas.palette.base("land"))
        if self._relief is not None:
            self._shade(self._relief)

    def _shade(self, relief: Relief) -> None:
        """Draw the shading, warped from Web Mercator into the figure's projection."""
        rows, columns = round(self.frame.height * _SHADE_PIXELS), round(self.frame.width * _SHADE_PIXELS)
        x, y = np.meshgrid((np.arange(columns) + 0.5) / _SHADE_PIXELS, (np.arange(rows) + 0.5) / _SHADE_PIXELS)
        shade = _shade_at(relief, self.frame.degrees(np.column_stack([x.ravel(), y.ravel()])))
        pixels = np.zeros((rows, columns, 4), dtype=np.uint8)
        pixels[..., 3] = np.rint(shade.reshape(rows, columns) * _SHADE * 255)
        with self.canvas.group("relief"):
            self.canvas.image(pixels, self.rect)

    def lines(self, name: str, lines: Sequence[Array]) -> None:
        """Draw lines of the ground."""
        colour, width, dash, strength = _LINES[name]
        seen = shapely.clip_by_rect(shapely.MultiLineString(list(lines)), *self.rect)
        if not seen.is_empty:
            self.drawn.add(name)
            with self.canvas.group(name):
                look = {"stroke": self.canvas.palette.base(colour), "width": width, "dash": dash}
                self._draw(shapely.MultiLineString(list(lines)), see_through=strength, **look)

    def lakes(self, lakes: BaseGeometry) -> None:
        """Draw lakes."""
        with self.canvas.group("lakes"):
            self._draw(lakes, fill=self.canvas.palette.base("waterline"), opacity=0.5)

    def area(self, geometry: BaseGeometry, glyph: str, area: str, *, coarse: bool) -> None:
        """Draw the area of records; in a grey print with a pattern."""
        opacity, width, dash, hatch = _AREAS[area]
        colour = self.canvas.palette.glyph(glyph)
        shape = shapely.simplify(geometry, 1.2) if coarse else geometry
        hatched = hatch if self.canvas.palette.grey else ""
        with self.canvas.group(f"area-{area}"):
            self._draw(shape, fill=colour, opacity=opacity, stroke=colour, width=width, dash=dash, hatch=hatched)

    def disc(self, glyph: str, at: Point, killed: tuple[int, int]) -> None:
        """Draw a disc of reported deaths."""
        low, high = disc_radii(killed)
        colour = self.canvas.palette.glyph(glyph)
        with self.canvas.group("deaths"):
            self.canvas.circle(at, low, fill=colour, opacity=0.17, stroke=colour, width=1.2)
            if high > low:
                self.canvas.circle(at, high, stroke=colour, width=1.2, dash=(4, 3))

    def ring(self, glyph: str, at: Point, radius: float) -> None:
        """Draw how uncertain a position is."""
        colour = self.canvas.palette.glyph(glyph)
        self.canvas.circle(at, radius, fill=colour, opacity=0.1, stroke=colour, width=1.0)

    def link(self, one: Point, two: Point) -> None:
        """Draw the dotted line between two records that may be the same event."""
        with self.canvas.group("may-be-the-same-event"):
            self.canvas.line([one, two], stroke=self.canvas.palette.glyph("clash"), width=2.2, dash=(0, 4.8))

    def leader(self, glyph: str, start: Point, end: Point, radius: float) -> None:
        """Draw a line from where something is, which a small ring marks, to the rim of the token."""
        length = math.dist(start, end)
        if length <= radius + 3:
            return
        part = radius / length
        rim = (end[0] + (start[0] - end[0]) * part, end[1] + (start[1] - end[1]) * part)
        colour = self.canvas.palette.glyph(glyph)
        self.canvas.line([start, rim], stroke=colour, width=1.4)
        self.canvas.circle(start, 3, fill=self.canvas.palette.base("paper"), stroke=colour, width=1.4)

    def record(self, record_id: str) -> AbstractContextManager[None]:
        """Put what is drawn of a record into a group of its name."""
        return self.canvas.group(f"record-{record_id}")

    def token(self, glyph: str, precision: Precision, at: Point) -> None:
        """Draw a token."""
        self.canvas.token(glyph, precision, at)

    def text(self, label: Label, lines: Sequence[Text]) -> None:
        """Write a label with a halo in the colour of the land."""
        y = label.y
        align: Align = {"start": "start", "middle": "middle"}.get(label.align, "end")  # type: ignore[assignment]
        for line in lines:
            colour = "ink" if line.bold else "ink2"
            look: dict[str, Any] = {"bold": line.bold, "colour": colour, "align": align, "halo": "land"}
            self.canvas.text((label.x, y), line.text, line.size, **look)
            y += line.size * LINE

    def town(self, at: Point, *, capital: bool) -> None:
        """Draw the sign of a town."""
        x, y = at
        paper, ink = self.canvas.palette.base("paper"), self.canvas.palette.base("ink")
        if capital:
            self.canvas.box((x - 3.5, y - 3.5, x + 3.5, y + 3.5), fill=paper, stroke=ink, width=1.8)
        else:
            self.canvas.circle(at, 2.8, fill=ink, stroke=paper, width=0.8)

    def _spaced(self, words: str, look: NameLook) -> str:
        """Set letters apart, those of a script that has capital letters."""
        if not look.spacing or words.upper() == words.lower():
            return words
        return ("\N{HAIR SPACE}" * round(look.spacing)).join(words)

    def name_width(self, words: str, look: NameLook) -> float:
        """Width of a name in units."""
        return self.canvas.text_width(self._spaced(words, look), look.size, bold=look.bold, italic=look.italic)

    def name(self, words: str, at: Point, look: NameLook, angle: float) -> None:
        """Write the name of an area or river."""
        cut: dict[str, Any] = {"bold": look.bold, "italic": look.italic, "colour": look.colour}
        self.canvas.text(at, self._spaced(words, look), look.size, align="middle", halo="land", angle=angle, **cut)

    def sign(self, glyph: str, at: Point, radius: float, *, solid: bool, square: bool) -> None:
        """Draw a small plain sign."""
        colour, paper = self.canvas.palette.glyph(glyph), self.canvas.palette.base("paper")
        look = {"fill": colour if solid else paper, "stroke": colour, "width": 1.0 if solid else 1.8}
        x, y = at
        if square:
            self.canvas.box((x - radius, y - radius, x + radius, y + radius), **look)
        else:
            self.canvas.circle(at, radius, **look)

    def cell(self, cell: Cell, at: Point, radius: float) -> None:
        """Draw a circle with its number and a ring of classes; dashed for an area, which has no closer place."""
        paper = self.canvas.palette.base("paper")
        self.canvas.circle(at, radius + 2, fill=paper)
        ends = pairwise([0.0, *accumulate(cell.counts.values())])
        for glyph, (start, end) in zip(cell.counts, ends, strict=True):
            turn = np.linspace(start / cell.count, end / cell.count, 40) * math.tau
            arc = np.column_stack([at[0] + radius * np.sin(turn), at[1] - radius * np.cos(turn)])
            dash = (4.0, 3.6) if cell.area else ()
            self.canvas.line(arc, stroke=self.canvas.palette.glyph(glyph), width=3.2, dash=dash)
        self.canvas.text((at[0], at[1] + 4.6), str(cell.count), 13 if radius >= 13 else 12, bold=True, align="middle")

    def scale_bar(self, rect: Rect) -> None:
        """Draw a scale bar, true in the middle of the map, and a north arrow, at the lower right of a box."""
        km = nice_length(150 / self.frame.per_km)
        length = km * self.frame.per_km
        x, y = rect[2] - 62 - length, rect[3] - 18.0
        ink, colour = self.canvas.palette.base("ink2"), "ink2"
        with self.canvas.group("scale"):
            ticks = [[(x + length * part, y - 5), (x + length * part, y + 5)] for part in (0, 0.5, 1)]
            self.canvas.geometry(shapely.MultiLineString([[(x, y), (x + length, y)], *ticks]), stroke=ink, width=1.5)
            for part, words in ((0.0, "0"), (0.5, f"{km / 2:g}"), (1.0, f"{km:g} km")):
                where = (x + length * part, y - 9)
                self.canvas.text(where, words, 12, colour=colour, align="middle", halo="land")
        right, top = rect[2] - 22, rect[3] - 44.0
        with self.canvas.group("north"):
            arrow = [(right, top), (right + 7, top + 28), (right, top + 22), (right - 7, top + 28), (right, top)]
            self.canvas.shape(Outline(arrow, closed=True), fill=ink)
            self.canvas.text((right, top - 4), "N", 12, bold=True, colour=colour, align="middle", halo="land")


def nice_length(most: float) -> float:
    """Largest of 1, 2 or 5 times a power of ten that is not above ``most``, in km."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def _shade_at(relief: Relief, degrees: Array) -> Array:
    """Read the shading at places: 0 is none, 1 is full; shape (n,). None outside the image."""
    with Image.open(io.BytesIO(relief.image)) as opened:
        pixels = np.asarray(opened.convert("RGBA"), dtype=np.float64) / 255
    shade = pixels[..., 3] * (1 - np.minimum(pixels[..., 0] * _BRIGHTER, 1.0))
    west, south, east, north = relief.bounds
    top, low = (np.arctanh(np.sin(np.radians(lat))) for lat in (north, south))
    column = (degrees[:, 0] - west) / (east - west) * shade.shape[1] - 0.5
    row = (top - np.arctanh(np.sin(np.radians(degrees[:, 1])))) / (top - low) * shade.shape[0] - 0.5
    inside = (column >= 0) & (row >= 0) & (column < shade.shape[1] - 1) & (row < shade.shape[0] - 1)
    c, r = np.where(inside, column, 0), np.where(inside, row, 0)
    c0, r0 = c.astype(int), r.astype(int)
    right, down = c - c0, r - r0
    above = shade[r0, c0] * (1 - right) + shade[r0, c0 + 1] * right
    below = shade[r0 + 1, c0] * (1 - right) + shade[r0 + 1, c0 + 1] * right
    found: Array = np.where(inside, above * (1 - down) + below * down, 0.0)
    return found
