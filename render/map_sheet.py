"""What a map that cannot be moved is drawn on: the static SVG of the page and the sheet of a figure both are one.

``map_drawing.py`` says what goes where, in pixels of the frame; a sheet only draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from shapely.geometry.base import BaseGeometry

from ..data.model import Precision
from .crowd import Cell
from .frame import MapFrame
from .lettering import Text
from .placement import Array, Label, Point, Space

__all__ = ["MapSheet", "NameLook"]


class NameLook(NamedTuple):
    """Type size, letter spacing (pixels), colour and cut of the name of an area or river."""

    size: float
    spacing: float
    colour: str
    bold: bool = False
    italic: bool = False


class MapSheet(Protocol):
    """Draws the parts of a map, each on top of what is there; ``space`` is what they take."""

    space: Space

    @property
    def frame(self) -> MapFrame:
        """Where things are in pixels."""

    def background(self, land: BaseGeometry | None) -> None:
        """Draw the land of the subject country on that of the others."""

    def lines(self, name: str, lines: Sequence[Array]) -> None:
        """Draw lines of the ground: rivers, neighbours, admin, roads, border, panj."""

    def lakes(self, lakes: BaseGeometry) -> None:
        """Draw lakes."""

    def area(self, geometry: BaseGeometry, glyph: str, area: str, *, coarse: bool) -> None:
        """Draw the area of records; ``glyph`` is ``total`` where records of several classes share it."""

    def disc(self, glyph: str, at: Point, killed: tuple[int, int]) -> None:
        """Draw a disc of reported deaths, lowest and highest number."""

    def ring(self, glyph: str, at: Point, radius: float) -> None:
        """Draw how uncertain a position is."""

    def link(self, one: Point, two: Point) -> None:
        """Draw the line between two records that may be the same event."""

    def leader(self, glyph: str, start: Point, end: Point, radius: float) -> None:
        """Draw a line from where something is to its token or label."""

    def record(self, record_id: str) -> AbstractContextManager[None]:
        """Hold together what is drawn of a record meanwhile, where the sheet can name it."""

    def token(self, glyph: str, precision: Precision, at: Point) -> None:
        """Draw a token."""

    def text(self, label: Label, lines: Sequence[Text]) -> None:
        """Write a label."""

    def town(self, at: Point, *, capital: bool) -> None:
        """Draw the sign of a town."""

    def name_width(self, words: str, look: NameLook) -> float:
        """Width of a name in pixels."""

    def name(self, words: str, at: Point, look: NameLook, angle: float) -> None:
        """Write the name of an area or river around a point, turned by ``angle`` degrees."""

    def sign(self, glyph: str, at: Point, radius: float, *, solid: bool, square: bool) -> None:
        """Draw a small plain sign."""

    def cell(self, cell: Cell, at: Point, radius: float) -> None:
        """Draw a circle with the number of records in a cell."""
