"""Where tokens and labels go on a small map: a deterministic greedy placement in pixels, free of any drawing.

In: boxes, points and directions in pixels (x right, y down). Out: positions that overlap as little as can be. All
candidates are judged at once, as arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from .lettering import LINE, Text, text_width

__all__ = ["Label", "Point", "Rect", "Space", "Stand"]

Array = npt.NDArray[np.float64]
Point = tuple[float, float]
#: Left, top, right, bottom in pixels.
Rect = tuple[float, float, float, float]


class Label(NamedTuple):
    """A placed label: its lines start (or end, or are centred) at ``x``, the first baseline is at ``y``."""

    x: float
    y: float
    align: str
    rect: Rect
    cost: float


class Stand(NamedTuple):
    """Where a token stands, where its leader leaves the area, and its label."""

    centre: Point
    edge: Point
    label: Label


#: Positions of a label around a point, best first: direction, and which part of the text is at the point.
_AROUND: Final = np.array(
    [[1, 0], [-1, 0], [0, -1], [0, 1], [0.7, -0.75], [0.7, 0.75], [-0.7, -0.75], [-0.7, 0.75]], dtype=np.float64
)
_ALIGN: Final = ("start", "end", "middle", "middle", "start", "start", "end", "end")
#: Distances of a token from its area, and turns from straight outward (radians).
_DISTANCES: Final = np.array([14, 26, 42, 62, 88, 120], dtype=np.float64)
_TURNS: Final = np.array([0, 0.5, -0.5], dtype=np.float64)

#: Places of a free label that are judged in full, the freest ones.
_JUDGED: Final = 250
#: Places of a token for which all positions of its label are tried, the best ones.
_LABELLED: Final = 48


#: Boxes may reach so many pixels into each other: their margins.
_TOUCH: Final = 1.0
#: So many pairs of boxes are looked up in a tree and not compared one by one.
_MANY: Final = 200_000
#: From this cost on a box may not be covered at all.
_HARD: Final = 10.0


@dataclass(slots=True)
class Space:
    """What is in use on a map of ``width`` by ``height`` pixels: boxes, with the cost of covering a square pixel.

    ``measure`` gives the width of a line of text in pixels; an estimate where nobody knows the font. ``strict`` prefers
    any place that covers nothing to any that does.
    """

    width: float
    height: float
    measure: Callable[[Text], float] = text_width
    strict: bool = False
    boxes: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def size(self, lines: Sequence[Text]) -> tuple[float, float]:
        """Width and height of a label in pixels."""
        return max((self.measure(line) for line in lines), default=0.0), sum(line.size * LINE for line in lines)

    def is_free(self, rect: Rect) -> bool:
        """Whether a box is inside the map and covers nothing that may not be covered."""
        left, top, right, bottom = rect
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        used = np.array([box[:4] for box in self.boxes if box[4] >= _HARD]).reshape(-1, 4)
        across = np.minimum(right, used[:, 2]) - np.maximum(left, used[:, 0])
        down = np.minimum(bottom, used[:, 3]) - np.maximum(top, used[:, 1])
        return not bool(((across > _TOUCH) & (down > _TOUCH)).any())

    def take(self, *rects: Rect, weight: float = _HARD) -> None:
        """Mark boxes as in use."""
        self.boxes += [(*rect, weight) for rect in rects]

    def keep_in_sight(self, line: BaseGeometry, radius: float, weight: float) -> None:
        """Make it costly to cover a line."""
        inside = shapely.clip_by_rect(line, 0, 0, self.width, self.height)
        if shapely.length(inside) == 0:
            return
        at = shapely.get_coordinates(shapely.segmentize(shapely.simplify(inside, 4), 2.5 * radius))
        self.boxes += [(x - radius, y - radius, x + radius, y + radius, weight) for x, y in at.tolist()]

    def cost(self, rects: Array) -> Array:
        """Cost of using boxes, shape (n, 4) to (n,): zero is free and inside the map."""
        left, top, right, bottom = rects.T
        across = np.minimum(right, self.width - 2) - np.maximum(left, 2)
        down = np.minimum(bottom, self.height - 2) - np.maximum(top, 2)
        forbidden = 100.0 if self.strict else 1.0
        cost: Array = 12 * forbidden * ((right - left) * (bottom - top) - np.maximum(across, 0) * np.maximum(down, 0))
        if self.boxes:
            used = np.array(self.boxes)
            used[used[:, 4] >= _HARD, 4] *= forbidden
            if self.strict and len(rects) * len(used) > _MANY:
                return cost + _overlaps(rects, used)
            across = np.minimum(right[:, None], used[:, 2]) - np.maximum(left[:, None], used[:, 0])
            down = np.minimum(bottom[:, None], used[:, 3]) - np.maximum(top[:, None], used[:, 1])
            cost += (np.maximum(across, 0) * np.maximum(down, 0) * used[:, 4]).sum(axis=1)
        return cost

    def labels(self, at: Array, size: tuple[float, float], gap: float) -> tuple[Array, Array]:
        """Judge eight label boxes around each point: boxes (n, 8, 4) and costs (n, 8)."""
        rects = _around(at, size, gap)
        cost = self.cost(rects.reshape(-1, 4)).reshape(len(at), 8) + 12 * np.arange(8)
        return rects, cost

    def label(self, at: Point, lines: Sequence[Text], gap: float, land: BaseGeometry | None = None) -> Label:
        """Best of eight positions around a point, on ``land`` if need be.

        ``gap`` is the distance from the point to the text.
        """
        rects, cost = self.labels(np.array([at]), self.size(lines), gap)
        cost[0] += _abroad(rects[0], land)
        best = int(np.argmin(cost[0]))
        return _label(rects[0, best], best, lines, float(cost[0, best]))

    def stand(
        self,
        edges: Array,
        ways: Array,
        radius: float,
        lines: Sequence[Text],
        allowed: Callable[[Array, Array], npt.NDArray[Any]],
        pale: Sequence[BaseGeometry] = (),
        land: BaseGeometry | None = None,
    ) -> Stand:
        """Place a token off an area, and its label.

        Parameters
        ----------
        edges, ways
            Points of the area's outline where a leader may leave, and the outward unit vectors there, shape (n, 2).
        radius
            Of the token.
        lines
            The label.
        allowed
            Tells for arrays of edges and centres whether a token may stand there: in its country, border not crossed.
        pale
            Areas that a token may stand on only if need be.
        land
            Where the label had better stand.

        Returns
        -------
        Stand
            On the first edge itself, if no place off the area is allowed.
        """
        start, centre, far = _stands(edges, ways, radius)
        good = allowed(start, centre)
        start, centre, far = start[good], centre[good], far[good]
        if not len(centre):
            edge = (float(edges[0, 0]), float(edges[0, 1]))
            return Stand(edge, edge, self.label(edge, lines, radius + 4))
        tokens = np.concatenate([centre - radius - 2, centre + radius + 2], axis=1)
        total = self.cost(tokens) + far + self._crossings(start, centre)
        for area in pale:
            total += 150 * shapely.contains_xy(area, centre)
        best_few = np.argsort(total, kind="stable")[: _LABELLED * (4 if self.strict else 1)]
        start, centre, total = start[best_few], centre[best_few], total[best_few]
        rects, cost = self.labels(centre, self.size(lines), radius + 4)
        cost += _abroad(rects.reshape(-1, 4), land).reshape(cost.shape)
        total += cost.min(axis=1)
        best = int(np.argmin(total))
        side = int(np.argmin(cost[best]))
        label = _label(rects[best, side], side, lines, float(cost[best, side]))
        return Stand(_point(centre[best]), _point(start[best]), label)

    def free_label(
        self, lines: Sequence[Text], parts: Sequence[BaseGeometry], judged: Callable[[Array], Array]
    ) -> tuple[Label, list[tuple[Point, Point]]]:
        """Place a label off several areas, with one leader to each.

        Parameters
        ----------
        lines
            The label.
        parts
            The areas, in pixels.
        judged
            Extra cost of leaders, shape (n, 2, 2) to (n,).

        Returns
        -------
        tuple
            The label, and for each area its leader from the outline to the label.
        """
        width, height = self.size(lines)
        x, y = np.meshgrid(np.arange(8, max(self.width - width, 9), 30), np.arange(8, max(self.height - height, 9), 20))
        at = np.column_stack([x.ravel(), y.ravel()])
        rects = np.column_stack([at - 2, at[:, 0] + width + 2, at[:, 1] + height + 2])
        total = self.cost(rects)
        freest = np.argsort(total, kind="stable")[:_JUDGED]
        rects, total = rects[freest], total[freest]
        boxes = shapely.box(*rects.T)
        leaders = []
        for part in parts:
            leader = shapely.shortest_line(part.boundary, boxes)
            ends = shapely.get_coordinates(leader).reshape(-1, 2, 2)
            leaders.append(ends)
            length: Array = np.asarray(shapely.length(leader))
            on_it = (length < 8) | shapely.contains_xy(part, (rects[:, :2] + rects[:, 2:]) / 2)
            total = total + 5 * length + 4000 * on_it + judged(ends)
            if self.strict:
                total += self._crossings(ends[:, 0], ends[:, 1])
        best = int(np.argmin(total))
        label = _label(rects[best], 0, lines, float(total[best]))
        return label, [(_point(ends[best, 0]), _point(ends[best, 1])) for ends in leaders]

    def crossed(self, start: Array, end: Array) -> npt.NDArray[np.bool_]:
        """Tell which leaders, from points to points of shape (n, 2), run through boxes that may not be covered."""
        hard = [box[:4] for box in self.boxes if box[4] >= _HARD]
        if not hard:
            return np.zeros(len(start), dtype=np.bool_)
        used = shapely.union_all(shapely.box(*np.array(hard).T))
        leaders = shapely.linestrings(np.stack([start, end], axis=1))
        hit: npt.NDArray[np.bool_] = np.asarray(shapely.intersects(used, leaders))
        return hit

    def _crossings(self, start: Array, end: Array) -> Array:
        """Cost of leaders that run through boxes in use."""
        return np.where(self.crossed(start, end), 60_000.0 if self.strict else 600.0, 0.0)


def _overlaps(rects: Array, used: Array) -> Array:
    """Cost of covering used boxes, shape (m, 5), by boxes of shape (n, 4), where most never meet; shape (n,)."""
    boxes: Any = shapely.box(*used[:, :4].T)
    one, other = shapely.STRtree(boxes).query(shapely.box(*rects.T))
    left, top, right, bottom = rects[one].T
    across = np.minimum(right, used[other, 2]) - np.maximum(left, used[other, 0])
    down = np.minimum(bottom, used[other, 3]) - np.maximum(top, used[other, 1])
    covered = np.maximum(across, 0) * np.maximum(down, 0) * used[other, 4]
    return np.bincount(one, weights=covered, minlength=len(rects)).astype(np.float64)


def _point(xy: Array) -> Point:
    return float(xy[0]), float(xy[1])


def _abroad(rects: Array, land: BaseGeometry | None) -> Array:
    """Cost of labels, boxes of shape (n, 4), of which the middle is not on a land; shape (n,)."""
    if land is None:
        return np.zeros(len(rects))
    return np.where(shapely.contains_xy(land, (rects[:, :2] + rects[:, 2:]) / 2), 0.0, 6000.0)


def _around(at: Array, size: tuple[float, float], gap: float) -> Array:
    """Label boxes around points, shape (n, 8, 4)."""
    width, height = size
    x = at[:, None, 0] + _AROUND[:, 0] * gap
    y = at[:, None, 1] + _AROUND[:, 1] * gap
    left = x - width * np.array([{"start": 0.0, "middle": 0.5, "end": 1.0}[align] for align in _ALIGN])
    top = y - height * np.where(_AROUND[:, 1] < 0, 1.0, np.where(_AROUND[:, 1] > 0, 0.0, 0.5))
    return np.stack([left - 2, top - 1, left + width + 2, top + height + 1], axis=-1)


def _stands(edges: Array, ways: Array, radius: float) -> tuple[Array, Array, Array]:
    """Candidate centres outward from edges: starts and centres, shape (m, 2), and the cost of distance and turn."""
    sin, cos = np.sin(_TURNS), np.cos(_TURNS)
    x = ways[:, None, 0] * cos - ways[:, None, 1] * sin
    y = ways[:, None, 0] * sin + ways[:, None, 1] * cos
    turned = np.stack([x, y], axis=-1)
    centre = edges[:, None, None, :] + turned[:, :, None, :] * (_DISTANCES + radius)[:, None]
    start = np.broadcast_to(edges[:, None, None, :], centre.shape)
    far = np.broadcast_to(5 * _DISTANCES + 60 * np.abs(_TURNS)[:, None], centre.shape[:3])
    return start.reshape(-1, 2), centre.reshape(-1, 2), far.ravel()


def _label(rect: Array, side: int, lines: Sequence[Text], cost: float) -> Label:
    """Lay out the lines in a box."""
    left, top, right, bottom = (float(v) for v in rect)
    align = _ALIGN[side]
    x = {"start": left + 2, "middle": (left + right) / 2, "end": right - 2}[align]
    return Label(x, top + 1 + lines[0].size * 0.98, align, (left, top, right, bottom), cost)
