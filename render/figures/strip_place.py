"""Where symbols and labels of the river strip stand: beside their boxes, on a short leader, and never on each other.

Boxes are left, top, right, bottom in units. Every place is tested against what is taken, all candidates at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..placement import Array, Point, Rect
from .strip_spots import Spots, spots_around, spots_beside

__all__ = ["NUMBER", "Beside", "Room", "Standing", "Wording", "meets", "stand_beside"]

Form = Literal["spot", "reach", "district", "region"]
Align = Literal["start", "middle", "end"]

#: Tries with a new order: of a few symbols this many, of more two.
_TRIES, _FEW = 10, 16
#: How far the arrowheads of an open end reach.
OPEN: Final = 12.0
#: What it costs to stand without words; to cover the box of a place or reach, and how a district and a region weigh.
_NO_WORDS, _HARD = 400.0, 150.0
#: What it costs to write a number that is explained below, instead of a label.
NUMBER: Final = 200.0
_WEIGHT: Final = {"spot": 1.0, "reach": 1.0, "district": 1.0, "region": 0.45}


class Wording(NamedTuple):
    """One way to write a label: lines (bold or not), type size, width and height, and what choosing it costs."""

    lines: tuple[tuple[str, bool], ...]
    size: float
    width: float
    height: float
    cost: float


class Beside(NamedTuple):
    """A box that a symbol stands beside: its open ends along ``vertical`` time or not, and ways to write its label."""

    rect: Rect
    open: tuple[bool, bool]
    vertical: bool
    form: Form
    wordings: tuple[Wording, ...]

    @property
    def grown(self) -> Rect:
        """The box with the arrowheads of its ends."""
        left, top, right, bottom = self.rect
        start, end = (OPEN if one else 0.0 for one in self.open)
        return (left, top - start, right, bottom + end) if self.vertical else (left - start, top, right + end, bottom)


class Standing(NamedTuple):
    """Where a symbol stands, its leader, and its label, the box of which has a margin of 3 units; what that costs."""

    token: Point
    leader: tuple[Point, Point]
    cost: float
    wording: Wording | None = None
    text: Rect | None = None
    align: Align = "start"


def meets(rects: Array, others: Array) -> NDArray[np.bool_]:
    """Whether boxes, shape (n, 4), touch others, (m, 4): shape (n, m)."""
    a, b = rects[:, None, :], others[None, :, :]
    found: NDArray[np.bool_] = (
        (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    )
    return found


def _shared(rects: Array, others: Array) -> Array:
    """Area that boxes, shape (n, 4), share with others, (m, 4): shape (n, m)."""
    a, b = rects[:, None, :], others[None, :, :]
    across = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    down = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    area: Array = np.maximum(across, 0) * np.maximum(down, 0)
    return area


def _within(rects: Array, view: Rect) -> NDArray[np.bool_]:
    left, top, right, bottom = view
    inside: NDArray[np.bool_] = (
        (rects[:, 0] >= left) & (rects[:, 1] >= top) & (rects[:, 2] <= right) & (rects[:, 3] <= bottom)
    )
    return inside


def _stack(rects: Sequence[Rect]) -> Array:
    return np.array(rects, dtype=np.float64).reshape(-1, 4)


def _square(points: Array, half: float) -> Array:
    return np.hstack([points - half, points + half])


def _thin(starts: Array, ends: Array) -> Array:
    return np.hstack([np.minimum(starts, ends) - 1, np.maximum(starts, ends) + 1])


@dataclass
class Room:
    """What is taken: ``hard`` by symbols and words, ``lines`` by leaders; ``soft`` boxes are better left clear."""

    view: Rect
    radius: float
    hard: list[Rect] = field(default_factory=list)
    lines: list[Rect] = field(default_factory=list)
    soft: list[tuple[Rect, float]] = field(default_factory=list)

    def copy(self) -> Room:
        """Take the same room, to try something in."""
        return replace(self, hard=[*self.hard], lines=[*self.lines], soft=[*self.soft])


def stand_beside(items: Sequence[Beside], room: Room) -> list[Standing | None]:
    """Find a place for each symbol and its label; what is found is added to the room.

    They are placed one after the other. Whichever fared worst comes first in the next try, and the best try counts. A
    symbol without room for its label stands alone, on its box's leader; ``None`` if there is no room at all.
    """
    if not items:
        return []
    order, tried = list(range(len(items))), set[tuple[int, ...]]()
    best: tuple[float, list[Standing | None], Room] = (np.inf, [], room)
    while len(tried) < (_TRIES if len(items) <= _FEW else 2) and tuple(order) not in tried:
        tried.add(tuple(order))
        trial = room.copy()
        stands = dict(zip(order, _in_turn(items, order, trial), strict=True))
        found = [stands[i] for i in range(len(items))]
        costs = [one.cost if one else 4 * _NO_WORDS for one in found]
        if sum(costs) < best[0]:
            best = (sum(costs), found, trial)
        worst = max(order, key=lambda i: (costs[i], -i))
        order = [worst, *(i for i in order if i != worst)]
    _, stood, tried_room = best
    room.hard[:], room.lines[:] = tried_room.hard, tried_room.lines
    return stood


def _in_turn(items: Sequence[Beside], order: Sequence[int], room: Room) -> list[Standing | None]:
    """Place symbols in an order; what is found is added to the room."""
    boxes = _stack([item.grown for item in items])
    weights = np.array([_WEIGHT[item.form] for item in items])
    hard = np.array([item.form in ("spot", "reach") for item in items], dtype=np.float64) * _HARD
    out: list[Standing | None] = []
    for i in order:
        item = items[i]
        others = np.arange(len(items)) != i
        costs = _Costs(boxes[others], weights[others], hard[others], room.soft)
        spots = spots_beside(item.rect, room.radius)
        found = _best(item, spots, room, costs, [*room.hard, *room.lines])
        bare = item._replace(wordings=tuple(one for one in item.wordings if one.cost == NUMBER))
        found = found or _best(bare, spots, room, costs, room.hard)
        for last in (spots_around(item.rect, room.radius), spots):
            found = found or _best(bare, last, room, costs, room.hard, over=True)
        out.append(found)
        if found:
            x, y = found.token
            half = room.radius + 2
            room.hard.append((x - half, y - half, x + half, y + half))
            (a, b), (c, d) = found.leader
            room.lines.append((min(a, c) - 1, min(b, d) - 1, max(a, c) + 1, max(b, d) + 1))
            room.hard += [found.text] if found.text else []
    return out


class _Costs:
    """What it costs to cover the boxes of other records, and what is better left clear."""

    def __init__(self, boxes: Array, weights: Array, hard: Array, soft: Sequence[tuple[Rect, float]]) -> None:
        self.boxes, self.weights, self.hard = boxes, weights, hard
        self.soft = _stack([rect for rect, _ in soft])
        self.soft_costs = np.array([cost for _, cost in soft])

    def of(self, rects: Array, weight: float) -> Array:
        """Cost of each box, shape (n, 4) to (n,)."""
        area = _shared(rects, self.boxes)
        cost: Array = (area * self.weights * weight + (area > 0) * self.hard).sum(axis=1)
        cost += (meets(rects, self.soft) * self.soft_costs).sum(axis=1)
        return cost


def _best(
    item: Beside, spots: Spots, room: Room, costs: _Costs, taken: Sequence[Rect], *, over: bool = False
) -> Standing | None:
    """Find the cheapest place that is free, with the best label that fits there; a leader may go ``over`` others."""
    busy, own = _stack(taken), _stack([item.grown])
    discs, ways = _square(spots.tokens, room.radius + 2), _thin(spots.starts, spots.ends)
    free = _within(discs, room.view) & ~meets(discs, busy).any(axis=1) & ~meets(discs, own)[:, 0]
    if not over:
        free &= ~meets(ways, busy).any(axis=1)
    at = np.flatnonzero(free)
    if not len(at):
        return None
    base = spots.gaps[at] + np.abs(spots.shares[at] - 0.5) * 10
    flat = np.array([side in ("left", "right") for side in spots.sides])[at]
    base += np.where(flat, 0.0 if item.vertical else 6.0, 22.0 if item.vertical else 0.0)
    base += costs.of(_square(spots.tokens[at], 2.0), 30.0) + costs.of(discs[at], 0.06) + costs.of(ways[at], 0.4)
    pick = int(np.argmin(base))
    best = float(base[pick]) + (_NO_WORDS if item.wordings else 0.0)
    found = Standing(*_ends(spots, int(at[pick])), best)
    for wording in item.wordings:
        rows = [
            (n, position, align, rect)
            for n, i in enumerate(at.tolist())
            if base[n] + wording.cost < best
            for position, (align, rect) in enumerate(_texts(spots, i, room.radius, wording))
        ]
        if not rows:
            continue
        rects = _stack([rect for *_, rect in rows])
        cost = base[[n for n, *_ in rows]] + wording.cost + 3.0 * np.array([row[1] for row in rows])
        cost += costs.of(rects, 1 / 40)
        cost[~_within(rects, room.view) | meets(rects, busy).any(axis=1) | meets(rects, own)[:, 0]] = np.inf
        pick = int(np.argmin(cost))
        if cost[pick] < best:
            n, _, align, rect = rows[pick]
            best = float(cost[pick])
            found = Standing(*_ends(spots, int(at[n])), best, wording, rect, align)
    return found


def _ends(spots: Spots, i: int) -> tuple[Point, tuple[Point, Point]]:
    (x, y), (a, b), (c, d) = (array[i].tolist() for array in (spots.tokens, spots.starts, spots.ends))
    return (x, y), ((a, b), (c, d))


def _texts(spots: Spots, i: int, radius: float, wording: Wording) -> list[tuple[Align, Rect]]:
    """Boxes for a label at a symbol: beside it (level, or its foot or its head level), above or below it."""
    (x, y), w, h = spots.tokens[i].tolist(), wording.width, wording.height
    tops = (y - h / 2, y - radius, y + radius - h, y - h - 2, y + 2)
    right = [("start", x + radius + 6, top) for top in tops]
    left = [("end", x - radius - 6 - w, top) for top in tops]
    below, above = ("middle", x - w / 2, y + radius + 3), ("middle", x - w / 2, y - radius - 3 - h)
    order: dict[str, list[tuple[Align, float, float]]] = {
        "right": right,  # type: ignore[dict-item]
        "left": left,  # type: ignore[dict-item]
        "below": [right[0], left[0], below, right[1], left[1]],  # type: ignore[list-item]
        "above": [right[0], left[0], above, right[2], left[2]],  # type: ignore[list-item]
    }
    return [(align, (at - 3, top - 1, at + w + 3, top + h + 1)) for align, at, top in order[spots.sides[i]]]
