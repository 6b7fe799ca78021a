"""Places for a symbol beside a box, as arrays: straight out from its sides first, then all around."""

from __future__ import annotations

import itertools
from typing import Final, NamedTuple

import numpy as np

from ..placement import Array, Rect

__all__ = ["Spots", "spots_around", "spots_beside"]

_GAPS: Final = (9.0, 22.0, 40.0, 64.0, 96.0, 140.0, 200.0)
_SHARES: Final = (0.5, 0.3, 0.7, 0.12, 0.88, 0.0, 1.0)


class Spots(NamedTuple):
    """Places for a symbol: its centre, where its leader starts and ends, gap, share of the side, name of the side."""

    tokens: Array
    starts: Array
    ends: Array
    gaps: Array
    shares: Array
    sides: tuple[str, ...]


def spots_beside(rect: Rect, radius: float) -> Spots:
    """Places beside a box, straight out from its sides, the nearest first."""
    left, top, right, bottom = rect
    rows, sides = [], []
    for gap, share in itertools.product(_GAPS, _SHARES):
        x, y = (_inset(low, high, radius, share) for low, high in ((left, right), (top, bottom)))
        for side, token, start, end in (
            ("right", (right + gap + radius, y), (right, y), (right + gap, y)),
            ("left", (left - gap - radius, y), (left, y), (left - gap, y)),
            ("below", (x, bottom + gap + radius), (x, bottom), (x, bottom + gap)),
            ("above", (x, top - gap - radius), (x, top), (x, top - gap)),
        ):
            rows.append((*token, *start, *end, gap, share))
            sides.append(side)
    table = np.array(rows)
    return Spots(table[:, 0:2], table[:, 2:4], table[:, 4:6], table[:, 6], table[:, 7], tuple(sides))


def _inset(low: float, high: float, radius: float, share: float) -> float:
    if high - low < 2 * radius:
        return (low + high) / 2
    return low + radius + (high - low - 2 * radius) * share


def spots_around(rect: Rect, radius: float) -> Spots:
    """Places in every direction, for the crowded: the leader may slant."""
    left, top, right, bottom = rect
    ring, turn = (axis.ravel() for axis in np.meshgrid(np.arange(1, 9), np.arange(16) * np.pi / 8, indexing="ij"))
    direction = np.round(np.column_stack([np.cos(turn), np.sin(turn)]), 9)
    half = np.array([(right - left) / 2, (bottom - top) / 2])
    tokens = np.array([(left + right) / 2, (top + bottom) / 2]) + direction * (radius * (1 + ring[:, None]) + half)
    ends = tokens - direction * radius
    starts = np.clip(ends, (left, top), (right, bottom))
    sides = tuple("left" if x < 0 else "right" for x in direction[:, 0])
    gaps = np.asarray(60 + ring * radius, dtype=np.float64)
    return Spots(tokens, starts, ends, gaps, np.full(len(tokens), 0.5), sides)
