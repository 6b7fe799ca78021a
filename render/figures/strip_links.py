"""Dotted lines between records that may be one event: round what is taken, with their words where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..placement import Array, Point, Rect
from .strip_place import Room, meets

__all__ = ["Way", "joined"]

#: Cost of a line without words, of a leg across something, and of words on a record's box.
_NO_WORDS, _CROSSED, _ON_BOX = 90.0, 400.0, 90.0
_FURTHEST, _STEP = 220, 8
#: Points of a line of three legs; a straight one has more.
_LEGS = 4


class Way(NamedTuple):
    """A line between two symbols, and the box of its words if there is room for them."""

    points: tuple[Point, ...]
    text: Rect | None


def joined(a: Point, b: Point, room: Room, words: tuple[float, float], boxes: Sequence[Rect]) -> Way | None:
    """Join two symbols, straight or by three legs; what is found is added to the room, ``None`` if there is no way.

    Parameters
    ----------
    words
        Width and height of the words at the line.
    boxes
        Of all records: words had better not lie on them.
    """
    r = room.radius
    taken = np.array([*room.hard, *room.lines], dtype=np.float64).reshape(-1, 4)
    own = np.array([(x - r - 3, y - r - 3, x + r + 3, y + r + 3) for x, y in (a, b)])
    others = taken[~(_shares(taken, own) > 2 * r * r).any(axis=1)]
    best: tuple[float, Way, list[Rect]] | None = None
    for points in [*_straight(a, b, room), *_ways(a, b, room)]:
        legs = [_thin(p, q) for p, q in pairwise(points)]
        rows, length = np.array(legs), sum(math.dist(p, q) for p, q in pairwise(points))
        cost = length + _CROSSED * float(meets(rows, others).sum())
        if best is not None and cost >= best[0]:
            continue
        text, extra = _words(points, words, room.view, np.vstack([taken, rows]), boxes)
        if best is None or cost + extra < best[0]:
            best = (cost + extra, Way(points, text), legs)
    if best is None:
        return None
    room.lines += best[2]
    room.hard += [best[1].text] if best[1].text else []
    return best[1]


def _shares(a: Array, b: Array) -> Array:
    across = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    down = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    area: Array = np.maximum(across, 0) * np.maximum(down, 0)
    return area


def _thin(p: Point, q: Point) -> Rect:
    return (min(p[0], q[0]) - 2.5, min(p[1], q[1]) - 2.5, max(p[0], q[0]) + 2.5, max(p[1], q[1]) + 2.5)


def _straight(a: Point, b: Point, room: Room) -> list[tuple[Point, ...]]:
    """Straight from one symbol to the other, in short steps, unless it is level or upright, as leaders are."""
    far, reach = math.dist(a, b), room.radius + 3
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) < room.radius or far < 4 * reach:
        return []
    steps = np.linspace(reach / far, 1 - reach / far, int((far - 2 * reach) // 5) + 2)
    return [tuple((a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s) for s in steps.tolist())]


def _ways(a: Point, b: Point, room: Room) -> list[tuple[Point, ...]]:
    """Ways of three legs, out from both symbols, along, and back; the nearest first."""
    r, (left, top, right, bottom) = room.radius, room.view
    west, east = (a, b) if a[0] <= b[0] else (b, a)
    found: list[tuple[Point, ...]] = []
    for by in np.arange(r + 12, _FURTHEST, _STEP).tolist():
        for y in (max(a[1], b[1]) + by, min(a[1], b[1]) - by):
            if top + 4 < y < bottom - 4 and east[0] - west[0] > r:
                found.append((_out(west, 0, y - west[1], r), (west[0], y), (east[0], y), _out(east, 0, y - east[1], r)))
        for x in (max(a[0], b[0]) + by, min(a[0], b[0]) - by):
            if left + 4 < x < right - 4 and abs(a[1] - b[1]) > r:
                found.append((_out(a, x - a[0], 0, r), (x, a[1]), (x, b[1]), _out(b, x - b[0], 0, r)))
    return found


def _out(at: Point, x: float, y: float, radius: float) -> Point:
    """Point on the edge of a symbol, in a direction along one axis."""
    return at[0] + float(np.sign(x)) * (radius + 2), at[1] + float(np.sign(y)) * (radius + 2)


def _words(
    points: tuple[Point, ...], size: tuple[float, float], view: Rect, blocked: Array, boxes: Sequence[Rect]
) -> tuple[Rect | None, float]:
    """Find the best free place for the words at the middle leg, and what it costs."""
    (w, h), middle = size, len(points) // 2
    p, q = points[middle - 1 : middle + 1]
    x, y, flat = (p[0] + q[0]) / 2, (p[1] + q[1]) / 2, abs(p[1] - q[1]) < 1
    low, high = max(p[1], q[1]), min(p[1], q[1])
    if len(points) > _LEGS:
        places = [(x + 10, y - h / 2), (x - w - 10, y - h / 2)]
    elif flat:
        ends = (max(p[0], q[0]) + 6, min(p[0], q[0]) - w - 6)
        places = [(ends[0], y - h / 2), (ends[1], y - h / 2), (x - w / 2, y + 3), (x - w / 2, y - h - 3)]
    else:
        places = [(x + 5, y - h / 2), (x - w - 5, y - h / 2), (x - w, low + 3), (x - w, high - h - 3)]
    rects = np.array([(left - 2, top, left + w + 2, top + h) for left, top in places])
    cost = 8.0 * np.arange(len(places)) + _ON_BOX * meets(rects, np.array(boxes).reshape(-1, 4)).sum(axis=1)
    inside = (rects[:, :2] >= view[:2]).all(axis=1) & (rects[:, 2:] <= view[2:]).all(axis=1)
    cost[~inside | meets(rects, blocked).any(axis=1) | (cost >= _NO_WORDS)] = np.inf
    pick = int(np.argmin(cost))
    if not np.isfinite(cost[pick]):
        return None, _NO_WORDS
    left, top, right, bottom = rects[pick].tolist()
    return (left, top, right, bottom), float(cost[pick])
