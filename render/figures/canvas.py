"""The sheet of paper that figures are drawn on: shapes, texts and tokens in units of the figure, then PNG, SVG or PDF.

In: geometry and texts in units (x right, y down, from the upper left corner). Out: bytes, the same for the same input.
matplotlib draws; nothing here knows what is drawn. One unit is a little under half a point on paper, so that sizes read
like the pixels of the page.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, BboxBase, TransformedBbox
from shapely.geometry.base import BaseGeometry

from ...data.model import Precision
from ..placement import Array, Rect
from .artists import Group, Picture
from .fonts import Fonts
from .palette import Palette
from .paths import path_of
from .symbols import Stroked, token_parts

__all__ = ["Align", "Canvas"]

#: Millimetres of a point, and of an inch.
_POINT_MM: Final = 25.4 / 72
_INCH: Final = 25.4

Align = Literal["start", "middle", "end"]
_ALIGN: Final[dict[str, Any]] = {"start": "left", "middle": "center", "end": "right"}


class Canvas:
    """A sheet.

    Parameters
    ----------
    width_mm
        Of the sheet.
    unit_mm
        Millimetres of a unit.
    fonts, palette
        How letters and colours look.
    """

    def __init__(self, width_mm: float, unit_mm: float, fonts: Fonts, palette: Palette) -> None:
        self.width_mm, self.unit_mm, self.fonts, self.palette = width_mm, unit_mm, fonts, palette
        self.width = width_mm / unit_mm
        self.height = 0.0
        self.figure = Figure(figsize=(width_mm / _INCH, width_mm / _INCH), facecolor=palette.base("paper"))
        self._to_inches = Affine2D()
        self.transform = self._to_inches + self.figure.dpi_scale_trans
        self.root = Group("figure")
        self._groups = [self.root]
        self._clip: BboxBase | None = None
        self.figure.add_artist(self.root)
        self.texts: list[str] = []
        self._halos: list[Text] = []
        self.smallest = np.inf

    def finish(self, height: float) -> None:
        """Fix the height of the sheet, in units: everything is drawn by then."""
        self.height = height
        inch = self.unit_mm / _INCH
        self.figure.set_size_inches(self.width * inch, height * inch)
        self._to_inches.clear().scale(inch, -inch).translate(0, height * inch)

    # --- what is measured -----------------------------------------------------------------------------------------

    def text_width(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Width of a text in units; ``size`` in units."""
        return self.fonts.width(text, size, bold=bold, italic=italic and not _UPRIGHT.search(text))

    def points(self, units: float) -> float:
        """Units to points."""
        return units * self.unit_mm / _POINT_MM

    # --- where it goes --------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def group(self, name: str) -> Iterator[None]:
        """Put what is drawn meanwhile into a group of this name."""
        group = Group(name)
        self._add(group)
        self._groups.append(group)
        try:
            yield
        finally:
            self._groups.pop()

    @contextlib.contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Count from another corner meanwhile."""
        before, self.transform = self.transform, Affine2D().translate(x, y) + self.transform
        try:
            yield
        finally:
            self.transform = before

    @contextlib.contextmanager
    def clipped(self, rect: Rect) -> Iterator[None]:
        """Cut what is drawn meanwhile at a box; texts are never cut."""
        left, top, right, bottom = rect
        before, self._clip = self._clip, TransformedBbox(Bbox.from_extents(left, top, right, bottom), self.transform)
        try:
            yield
        finally:
            self._clip = before

    def _add(self, artist: Artist) -> None:
        """Put an artist on top."""
        artist.set_figure(self.figure)
        if self._clip is not None and not isinstance(artist, Text | Group | Picture):
            artist.set_clip_box(self._clip)
        self._groups[-1].members.append(artist)

    # --- what is drawn --------------------------------------------------------------------------------------------

    def shape(
        self,
        outline: Outline,
        *,
        fill: str | None = None,
        opacity: float = 1.0,
        stroke: str | None = None,
        width: float = 1.0,
        dash: Sequence[float] = (),
        hatch: str = "",
        see_through: float = 1.0,
    ) -> None:
        """Draw a path.

        Parameters
        ----------
        outline
            Units of the sheet.
        fill, opacity
            Colour of the inside and how much of it shows.
        stroke, width, dash, see_through
            Colour, width and dashes of the line (units), and how much of it shows.
        hatch
            A pattern of matplotlib's, in the colour of the line.
        """
        face = "none" if fill is None else (*_rgb(fill), opacity)
        edge = "none" if stroke is None else (*_rgb(stroke), see_through)
        on = tuple(max(self.points(part), 0.01) for part in dash)
        artist = PathPatch(
            outline,
            facecolor=face,
            edgecolor=edge,
            linewidth=self.points(width) if stroke else 0,
            linestyle=(0, on) if on else "-",
            capstyle="round",
            joinstyle="round",
            hatch=hatch or None,
            transform=self.transform,
        )
        self._add(artist)

    def geometry(self, geometry: BaseGeometry, rect: Rect | None = None, **look: Any) -> None:  # noqa: ANN401
        """Draw a shapely geometry in units, cut at ``rect`` if given; ``look`` as for :meth:`shape`."""
        if rect is not None:
            geometry = shapely.clip_by_rect(geometry, rect[0] - 6, rect[1] - 6, rect[2] + 6, rect[3] + 6)
        outline = path_of(geometry)
        if outline is not None:
            self.shape(outline, **look)

    def line(self, points: Array | Sequence[tuple[float, float]], **look: Any) -> None:  # noqa: ANN401
        """Draw a line through points, shape (n, 2)."""
        self.shape(Outline(np.asarray(points, dtype=np.float64)), **look)

    def box(self, rect: Rect, **look: Any) -> None:  # noqa: ANN401
        """Draw a box."""
        self.geometry(shapely.box(*rect), **look)

    def circle(self, at: tuple[float, float], radius: float, **look: Any) -> None:  # noqa: ANN401
        """Draw a circle."""
        self.shape(Outline.circle(at, radius), **look)

    def token(self, glyph: str, precision: Precision, at: tuple[float, float], scale: float = 1.0) -> None:
        """Draw a token of the symbol table, centred at a point; radius 13 units times ``scale``."""
        colour, paper = self.palette.glyph(glyph), self.palette.base("paper")
        self.strokes(token_parts(glyph, precision), at, scale, colour, paper)

    def strokes(self, parts: Sequence[Stroked], at: tuple[float, float], scale: float, colour: str, paper: str) -> None:
        """Draw parts of a symbol: ``currentColor`` in ``colour``, white in ``paper``."""
        placed = Affine2D().scale(scale).translate(*at)
        ink = {"current": colour, "paper": paper, None: None}
        for part in parts:
            self.shape(
                part.outline.transformed(placed),
                fill=ink[part.fill],
                stroke=ink[part.stroke],
                width=part.width * scale,
                dash=[length * scale for length in part.dash],
            )

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        colour: str = "ink",
        bold: bool = False,
        italic: bool = False,
        align: Align = "start",
        halo: str = "",
        angle: float = 0.0,
    ) -> None:
        """Write one line.

        Parameters
        ----------
        at
            Where the baseline starts, ends or has its middle, by ``align``.
        text
            Taken as it is: a dollar sign is a dollar sign; a line break is a space.
        size
            Units.
        colour, halo
            Names of the palette; a halo is a margin around the letters.
        angle
            Degrees clockwise.
        """
        text = self.fonts.on_paper(text)
        if not text.strip():
            return
        self.texts.append(text)
        italic = italic and not _UPRIGHT.search(text)
        self.smallest = min(self.smallest, self.points(size))
        for name in ([halo] if halo else []) + [""]:
            artist = Text(
                *at,
                text,
                color=self.palette.base(name or colour),
                fontproperties=self.fonts.properties(self.points(size), bold=bold, italic=italic),
                horizontalalignment=_ALIGN[align],
                verticalalignment="baseline",
                rotation=-angle,
                rotation_mode="anchor",
                parse_math=False,
                transform=self.transform,
            )
            if name:
                artist.set_gid(HALO)
                self._halos.append(artist)
            self._add(artist)

    def outline_halos(self, *, as_paths: bool) -> None:
        """Make the margins of texts: as paths, or as texts that the writer of the SVG gives a stroke."""
        for halo in self._halos:
            stroke = Stroke(linewidth=float(halo.get_fontsize()) * HALO_WIDTH, foreground=halo.get_color())
            halo.set_path_effects([stroke] if as_paths else [])

    def image(self, pixels: npt.NDArray[np.uint8], rect: Rect) -> None:
        """Draw an image, shape (rows, columns, 4), values 0 to 255, into a box."""
        self._add(Picture(pixels, rect, self.transform))


#: Name of the texts that are a margin around others, and the width of their stroke in parts of the type size.
HALO: Final = "halo"
HALO_WIDTH: Final = 0.28
#: Letters of a script that has no italics.
_UPRIGHT: Final = re.compile(r"[\u0600-\u06ff\ufb50-\ufefc]")


def _rgb(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
