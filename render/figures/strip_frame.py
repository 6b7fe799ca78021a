"""The sheet of the river strip as numbers: forms and lanes, and words that know the box that they cover.

``u`` runs along the river, ``v`` across it and along time; a turned strip swaps the two on the sheet.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, Literal, NamedTuple

from ..placement import Point, Rect
from .strip_names import Measure

__all__ = ["FORMS", "Align", "Band", "Form", "Frame", "Lanes", "Word", "lanes"]

Align = Literal["start", "middle", "end"]


class Form(NamedTuple):
    """Sizes of a strip: rows of names, lanes across the river, space left of it, length of a cut.

    ``merged`` areas of a bank share one lane; ``opposite`` towns, on the Afghan bank, are named too. Up to so many
    marks are ``labelled``, and so many ``drawn`` one by one; a number may stand for a label where ``keyed``.
    """

    turned: bool
    rows: int
    region: float
    district: float
    river: float
    left: float
    merged: bool
    opposite: bool
    cut: float
    labelled: int
    drawn: int
    keyed: bool


_FULL: Final = Form(
    turned=False,
    rows=2,
    region=18,
    district=20,
    river=22,
    left=96,
    merged=False,
    opposite=True,
    cut=46,
    labelled=40,
    drawn=80,
    keyed=True,
)
_ONE_LANE: Final = _FULL._replace(region=0, district=18, merged=True, opposite=False)
_SOCIAL: Final = _ONE_LANE._replace(rows=1, river=13, left=86, cut=20, labelled=12, drawn=30, keyed=False)
_COLUMN: Final = _ONE_LANE._replace(turned=True, rows=0, river=14, left=118, cut=26, labelled=24, drawn=40)
#: By the size of the figure.
FORMS: Final = {"full": _FULL, "column": _COLUMN, "social": _SOCIAL}
#: Names that are broken in two lines need a lane as wide as this.
_FOLDED: Final = 31.0


class Word(NamedTuple):
    """A line of text: its baseline starts, ends or has its middle at ``at``; ``rect`` is what it covers."""

    text: str
    at: Point
    size: float
    rect: Rect
    align: Align = "start"
    colour: str = "ink2"
    bold: bool = False
    italic: bool = False
    angle: float = 0.0


class Frame(NamedTuple):
    """Turns places along the river and along time into those of the sheet."""

    turned: bool
    measure: Measure

    def point(self, u: float, v: float) -> Point:
        """Place on the sheet."""
        return (v, u) if self.turned else (u, v)

    def rect(self, u0: float, u1: float, v0: float, v1: float) -> Rect:
        """Box on the sheet."""
        return (v0, u0, v1, u1) if self.turned else (u0, v0, u1, v1)

    def word(self, text: str, x: float, y: float, size: float, align: Align = "start", **look: Any) -> Word:  # noqa: ANN401
        """Write a level line with its baseline at ``y``."""
        width = self.measure(text, size, look.get("bold", False))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[align]
        return Word(text, (x, y), size, (left, y - 0.76 * size, left + width, y + 0.24 * size), align, **look)

    def on_river(self, text: str, u: float, v: float, size: float, **look: Any) -> Word:  # noqa: ANN401
        """Write along the river with the middle of the line at ``u``, ``v``."""
        width, (x, y) = self.measure(text, size, look.get("bold", False)), self.point(u, v)
        if not self.turned:
            return self.word(text, x, y + 0.35 * size, size, "middle", **look)
        rect = (x - 0.5 * size, y - width / 2, x + 0.5 * size, y + width / 2)
        return Word(text, (x + 0.35 * size, y), size, rect, "middle", angle=-90.0, **look)


class Band(NamedTuple):
    """From and to, across the river."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way."""
        return (self.low + self.high) / 2


class Lanes(NamedTuple):
    """What lies where across the river, from the Tajik names to the last line of the Afghan bank."""

    names: float
    tajik_regions: Band
    tajik: Band
    river: Band
    afghan: Band
    afghan_regions: Band

    @property
    def end(self) -> float:
        """Where the ground ends."""
        return self.afghan_regions.high

    def sheet(self, bank: str) -> Band:
        """All of a bank."""
        if bank == "Tajik":
            return Band(self.tajik_regions.low, self.tajik.high)
        return Band(self.afghan.low, self.afghan_regions.high)


def lanes(form: Form, start: float, folded: Collection[str]) -> Lanes:
    """Lay the lanes out across the river; names of ``folded`` banks may have two lines."""
    names = start + (form.left if form.turned else form.rows * 16 + 14)
    tajik, afghan = (_FOLDED if bank in folded else form.district for bank in ("Tajik", "Afghan"))
    at, found = names, []
    for size in (form.region, tajik, form.river, afghan, form.region):
        found.append(Band(at, at + size))
        at += size
    return Lanes(names, *found)
