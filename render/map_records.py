"""Symbols and labels of records on a map that cannot be moved: places first, then what stands off its area, then links.

In: the scene, the sheet, geometry in its pixels. Labels are placed one after the other where they cost least; under
strict rules one that would cover something is broken into more lines, and after that replaced by a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..data.model import Kind
from .drawing import Drawing, outline
from .lettering import Text, wrapped
from .map_crowd import apart
from .map_grounds import RADIUS, Grounds, meet, token_box
from .map_rules import MapRules
from .map_sheet import MapSheet
from .phrases import map_label
from .placement import Array, Label, Point
from .scene import Scene

__all__ = ["PARTLY", "Records"]

#: Points of an outline where a leader may leave.
_EDGES: Final = 26
#: Type sizes of the two lines of a label, pixels.
_FIRST, _SECOND = 14, 13
#: Mark of a label of which the record may lie outside what was asked for.
PARTLY: Final = "\N{DAGGER}"
#: Where a label is not broken: before a dot between two things, in a date, after a number.
_TOGETHER: Final = re.compile(r" (?=\N{MIDDLE DOT})|(?<=\d) (?=[A-Z][a-z]{2}\b|killed)|(?<=[A-Z][a-z]{2}) (?=\d{4})")
#: What it costs to break a label into more lines.
_BREAK: Final = 400.0
#: Turn between tokens of one place that are parted, radians: none comes to lie behind another.
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))


class _Symbol(NamedTuple):
    """A record as it is to be drawn."""

    drawing: Drawing
    at: Point | None
    leaders: tuple[tuple[Point, Point, float], ...]
    label: Label | None
    lines: tuple[Text, ...]


class Records:
    """Places and draws the symbols of all records.

    Attributes
    ----------
    keys
        Records whose labels found no room: number and the two lines of the label, in the order of the numbers.
    unlabelled
        How many records found no room even for a number.
    """

    def __init__(
        self,
        made: Scene,
        sheet: MapSheet,
        geometry: Mapping[str, BaseGeometry],
        land: Mapping[str, BaseGeometry],
        rules: MapRules,
    ) -> None:
        self.made, self.sheet, self.space, self.rules = made, sheet, sheet.space, rules
        self.geometry = geometry
        self.grounds = Grounds(geometry, land, made.drawn, strict=rules.strict)
        self.keys: list[tuple[int, str, str]] = []
        self.unlabelled = 0
        self._symbols: list[_Symbol] = []
        self._at: dict[str, Point] = {}
        self._discs: set[Point] = set()

    def draw(self) -> None:
        """Place all, then draw: discs and rings, links, then one symbol after the other."""
        points = [drawing for drawing in self.made.drawn if drawing.area is None]
        true = [self._place(drawing) for drawing in points]
        for drawing, at, place in zip(points, self._parted(true), true, strict=True):
            self._at[drawing.row.record_id] = at
            self.space.take(token_box(at))
            self._under(drawing, place)
        for drawing, place in zip(points, true, strict=True):
            self._at_place(drawing, self._at[drawing.row.record_id], place)
        order = ("district", "reach", "region", "measure")
        for drawing in sorted((d for d in self.made.drawn if d.area), key=lambda d: order.index(str(d.area))):
            if drawing.row.kind is Kind.MEASURE:
                self._measure(drawing)
            else:
                self._off_area(drawing)
        if self.rules.strict:
            self._symbols = [self._uncovered(symbol) for symbol in self._symbols]
        for one, two in self.made.links:
            if one in self._at and two in self._at:
                self.sheet.link(self._at[one], self._at[two])
        if self.rules.strict:  # no leader over a token
            for symbol in self._symbols:
                self._draw_leaders(symbol)
        for symbol in self._symbols:
            with self.sheet.record(symbol.drawing.row.record_id):
                self._draw(symbol)

    def _uncovered(self, symbol: _Symbol) -> _Symbol:
        """Take away a label on which a token came to stand that found no other place."""
        row, label = symbol.drawing.row, symbol.label
        others = [token_box(at) for record_id, at in self._at.items() if record_id != row.record_id]
        if label is None or not any(meet(label.rect, other) for other in others):
            return symbol
        if symbol.lines[0].text.isdigit():
            self.keys = [key for key in self.keys if str(key[0]) != symbol.lines[0].text]
        self.unlabelled += 1
        return symbol._replace(label=None)

    def _draw_leaders(self, symbol: _Symbol) -> None:
        for start, end, radius in symbol.leaders:
            self.sheet.leader(symbol.drawing.row.glyph, start, end, radius)

    def _draw(self, symbol: _Symbol) -> None:
        row = symbol.drawing.row
        if not self.rules.strict:
            self._draw_leaders(symbol)
        if symbol.at is not None:
            self.sheet.token(row.glyph, row.precision, symbol.at)
        if symbol.label is not None:
            self.sheet.text(symbol.label, symbol.lines)

    def _place(self, drawing: Drawing) -> Point:
        x, y = shapely.get_coordinates(self.geometry[drawing.row.record_id])[0].tolist()
        return x, y

    def _parted(self, places: Sequence[Point]) -> list[Point]:
        """Part tokens that would hide each other, under strict rules; each stays near its place."""
        if not self.rules.strict:
            return list(places)
        found: list[Point] = []
        for x, y in places:
            nth = sum(math.dist((x, y), other) < RADIUS for other in places[: len(found)])
            far, turn = RADIUS * math.sqrt(nth), nth * _GOLDEN
            found.append((x + far * math.cos(turn), y + far * math.sin(turn)))
        width, height, margin = self.space.width, self.space.height, RADIUS + 3
        moved = apart(found, [RADIUS] * len(found), gap=2.0, rounds=200)
        return [
            (min(max(x, margin), width - margin), min(max(y, margin), height - margin))
            if 0 <= place[0] <= width and 0 <= place[1] <= height
            else place
            for (x, y), place in zip(moved, places, strict=True)
        ]

    def _under(self, drawing: Drawing, place: Point) -> None:
        """Draw what lies under the tokens: deaths, and how uncertain the place is."""
        row = drawing.row
        if row.record_id in self.made.discs and not (self.rules.strict and place in self._discs):
            self._discs.add(place)  # one over the other they would add up to a dark spot
            self.sheet.disc(row.glyph, place, self.made.discs[row.record_id])
        radius = (row.uncertainty_km or 0) * self.sheet.frame.per_km
        if self.rules.strict and math.isfinite(radius) and radius > RADIUS + 2:
            self.sheet.ring(row.glyph, place, radius)

    def _lines(self, drawing: Drawing) -> list[Text]:
        first, second = map_label(drawing.row, self.made.evidence[drawing.row.record_id])
        if drawing.row.record_id in self.made.partly:
            second += f" {PARTLY}"
        if self.rules.strict:
            first, second = (_TOGETHER.sub("\N{NO-BREAK SPACE}", text) for text in (first, second))
        return [Text(first, _FIRST, bold=True), Text(second, _SECOND)]

    def _written(
        self, drawing: Drawing, place: Callable[[Sequence[Text]], tuple[Label, _Symbol]]
    ) -> tuple[Label, _Symbol]:
        """Find a form of a record's label that covers nothing: whole, in short lines, as a number.

        Parameters
        ----------
        drawing
            The record.
        place
            Finds the best place for lines.
        """
        lines = self._lines(drawing)
        if not self.rules.strict:
            return place(lines)
        width = self.rules.label_width
        forms = [lines, wrapped(lines, width, self.space.measure), wrapped(lines, width * 0.62, self.space.measure)]
        number = len(self.keys) + 1
        forms = [] if drawing.row.record_id in self.rules.hide else forms
        found = {broken: place(form) for broken, form in enumerate(forms) if form not in forms[:broken]}
        free = [(one[0].cost + _BREAK * broken, broken, one) for broken, one in found.items() if self._fits(*one)]
        if free:  # what covers least of river and areas, in the country of the event if that can be
            return min(free, key=lambda judged: judged[:2])[2]
        label, symbol = place([Text(str(number), _FIRST, bold=True)])
        if drawing.row.record_id in self.rules.hide:
            return label, symbol._replace(label=None)
        if self.rules.numbers and self._fits(label, symbol):
            self.keys.append((number, lines[0].text, lines[1].text))
            return label, symbol
        self.unlabelled += 1
        return label, symbol._replace(label=None)

    def _fits(self, label: Label, symbol: _Symbol) -> bool:
        """Whether a label covers nothing, its own token (unless it stands at its place) included."""
        own = () if symbol.drawing.area is None or symbol.at is None else (token_box(symbol.at),)
        ends = np.array([leader[:2] for leader in symbol.leaders]).reshape(-1, 2, 2)
        through = symbol.drawing.area is not None and self.space.crossed(ends[:, 0], ends[:, 1]).any()
        return not through and all(self.space.is_free(rect) for rect in (label.rect, *own))

    def _keep(self, label: Label, symbol: _Symbol) -> None:
        if symbol.label is not None:
            self.space.take(label.rect)
        self._symbols.append(symbol)

    def _at_place(self, drawing: Drawing, at: Point, place: Point) -> None:
        """Place the label of a token that stands at its place, or beside it where others stand."""
        leaders = ((place, at, RADIUS),) if math.dist(at, place) > 3 else ()
        land = self.grounds.home(drawing)

        def placed(lines: Sequence[Text]) -> tuple[Label, _Symbol]:
            label = self.space.label(at, lines, RADIUS + 4, land)
            return label, _Symbol(drawing, at, leaders, label, tuple(lines))

        if self.rules.strict and not (0 <= at[0] <= self.space.width and 0 <= at[1] <= self.space.height):
            return
        self._keep(*self._written(drawing, placed))

    def _off_area(self, drawing: Drawing) -> None:
        """Place a token off its area on a leader, with its label; keep its leader and links in sight."""
        part = max(shapely.get_parts(self.geometry[drawing.row.record_id]), key=lambda one: one.area)
        edges, ways = outline(part, _EDGES)
        inside = ((edges > 8) & (edges < (self.space.width - 8, self.space.height - 8))).all(axis=1)
        if inside.any():
            edges, ways = edges[inside], ways[inside]
        allowed, pale, land = self.grounds.allowed(drawing), self.grounds.pale(drawing), self.grounds.home(drawing)

        def placed(lines: Sequence[Text]) -> tuple[Label, _Symbol]:
            centre, edge, label = self.space.stand(edges, ways, RADIUS, lines, allowed, pale, land)
            return label, _Symbol(drawing, centre, ((edge, centre, RADIUS),), label, tuple(lines))

        label, symbol = self._written(drawing, placed)
        edge, centre, _ = symbol.leaders[0]
        self.space.take(token_box(centre))
        self._keep(label, symbol)
        self._at[drawing.row.record_id] = centre
        joined = [
            self._at[a] for pair in self.made.links if drawing.row.record_id in pair for a in pair if a in self._at
        ]
        for end in (edge, *joined):
            if end != centre:
                self.space.keep_in_sight(shapely.LineString([centre, end]), 6, 4)

    def _measure(self, drawing: Drawing) -> None:
        """Place the label of a measure, which has no token, off its areas with a leader to each."""
        land, border = self.grounds.country(drawing)

        def judged(leaders: Array) -> Array:
            """Leaders over the border are costly, a label away from its country a little."""
            if land is None:
                return np.zeros(len(leaders))
            crossing: Array = np.asarray(shapely.intersects(border, shapely.linestrings(leaders)), dtype=np.float64)
            abroad: Array = np.asarray(~shapely.contains_xy(land, leaders[:, 1]), dtype=np.float64)
            return 900 * crossing + 200 * abroad

        parts = list(shapely.get_parts(self.geometry[drawing.row.record_id]))

        def placed(lines: Sequence[Text]) -> tuple[Label, _Symbol]:
            if self.rules.strict and lines[0].text.isdigit():
                return self._inside(drawing, parts, lines)
            label, leaders = self.space.free_label(lines, parts, judged)
            return label, _Symbol(drawing, None, tuple((*ends, 1.0) for ends in leaders), label, tuple(lines))

        label, symbol = self._written(drawing, placed)
        if symbol.label is None:
            return
        self._keep(label, symbol)
        for start, end, _ in symbol.leaders:
            self.space.keep_in_sight(shapely.LineString([start, end]), 6, 4)

    def _inside(self, drawing: Drawing, parts: Sequence[BaseGeometry], lines: Sequence[Text]) -> tuple[Label, _Symbol]:
        """Place a number inside the largest part of an area that is seen, where it is freest."""
        seen = [shapely.clip_by_rect(part, 4, 4, self.space.width - 4, self.space.height - 4) for part in parts]
        x, y = shapely.get_coordinates(max(seen, key=lambda part: part.area).representative_point())[0].tolist()
        label = self.space.label((x, y), lines, 2)
        return label, _Symbol(drawing, None, (), label, tuple(lines))
