"""The river strip as numbers: river km and days -> boxes and cells in units of the figure.

``u`` runs along the river, ``v`` along time. Records that only a long reach or a long time is known of stay boxes; the
same place and days are piled; of many, cells of km and weeks count them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ...data.model import Precision
from .strip_axis import LAST_DAY, TimeAxis, first_days

__all__ = ["SPOTS", "Cell", "Counted", "KmScale", "Shown", "box_of", "cells", "piles"]

#: Precisions of a single named place.
SPOTS: Final = (Precision.SITE, Precision.SETTLEMENT, Precision.NEAR)
#: Least side of a box, units; lengths of cells, km; broader than so many cells a record is no cell.
_LEAST: Final = 7.0
_STEPS: Final = (10, 20, 50, 100)
_BROAD: Final = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in the axes: river km with its uncertainty, days, which ends are assumed, and its words.

    ``long`` and ``short`` are two lines each; ``group`` is its kind, which cells and piles keep apart; ``partly``
    says that it may lie outside what was asked for.
    """

    record_id: str
    group: str
    glyph: str
    precision: Precision
    low_km: float
    high_km: float
    first: int
    last: int
    open_start: bool
    open_end: bool
    long: tuple[str, str]
    short: tuple[str, str]
    order: int = 0
    partly: bool = False


class KmScale(NamedTuple):
    """River km (0 at the mouth) to units, from ``u0`` to ``u1``, which may be the smaller."""

    length: float
    u0: float
    u1: float

    def at(self, km: float) -> float:
        """Give the place of a km; those beyond the ends stand at them."""
        return self.u0 + max(0.0, min(self.length, km)) / self.length * (self.u1 - self.u0)

    def span(self, low: float, high: float) -> tuple[float, float]:
        """Both ends of a stretch, the smaller unit first."""
        a, b = self.at(low), self.at(high)
        return min(a, b), max(a, b)

    @property
    def per_km(self) -> float:
        """Units of a kilometre."""
        return abs(self.u1 - self.u0) / self.length


#: Both ends along the river, then along time.
UV = tuple[float, float, float, float]


def _widened(low: float, high: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return (low, high) if high - low >= _LEAST else (middle - _LEAST / 2, middle + _LEAST / 2)


def box_of(record: Shown, km: KmScale, axis: TimeAxis) -> UV:
    """Stretch of the river and days of a record, neither too small to be seen."""
    return (
        *_widened(*km.span(record.low_km, record.high_km)),
        *_widened(axis.at(record.first), axis.at(record.last + 1)),
    )


def piles(records: Sequence[Shown], most: int) -> list[tuple[Shown, ...]]:
    """Put more than ``most`` records with the very same km and days on one pile; the others stand each for itself."""
    found: dict[tuple[object, ...], list[Shown]] = {}
    for one in records:
        key = (one.group, one.precision, one.low_km, one.high_km, one.first, one.last, one.open_start, one.open_end)
        found.setdefault(key, []).append(one)
    out: list[tuple[Shown, ...]] = []
    for pile in found.values():
        out += [tuple(pile)] if len(pile) > most else [(one,) for one in pile]
    return out


class Cell(NamedTuple):
    """Records that are counted together: km, days, where; ``half`` where both kinds share the cell: 0 or 1 of 2."""

    group: str
    records: tuple[Shown, ...]
    km: tuple[float, float]
    days: tuple[int, int]
    uv: UV
    half: int | None = None


class Counted(NamedTuple):
    """Cells, boxes of records that are known too broadly for a cell, and the length of a cell in km."""

    cells: tuple[Cell, ...]
    broad: tuple[Cell, ...]
    step: int


def cells(records: Sequence[Shown], km: KmScale, axis: TimeAxis, least: tuple[float, float]) -> Counted:
    """Count many records in cells of 10 km by a week, larger where these would be too small to hold a number.

    Parameters
    ----------
    least
        Smallest sides of a cell along the river and along time, units.
    """
    bins = _bins(axis, least[1])
    step = next((size for size in _STEPS if size * km.per_km >= least[0]), _STEPS[-1])
    fine: dict[tuple[str, int, int], list[Shown]] = {}
    broad: dict[tuple[str, float, float, int, int], list[Shown]] = {}
    for one in records:
        middle = (one.first + one.last) / 2
        first, last = next((span for span in bins if middle < span[1] + 1), bins[-1])
        low = min(int((one.low_km + one.high_km) / 2 // step), math.ceil(km.length / step) - 1) * step
        if one.high_km - one.low_km > _BROAD * step or one.last - one.first >= _BROAD * (last - first + 1):
            broad.setdefault((one.group, one.low_km, one.high_km, one.first, one.last), []).append(one)
        else:
            fine.setdefault((one.group, max(low, 0), first), []).append(one)
    ends = dict(bins)
    shared = {key[1:] for key in fine if any(key[1:] == other[1:] and key[0] < other[0] for other in fine)}
    found = []
    for (group, low, first), members in fine.items():
        high = min(float(low + step), km.length)
        uv = (*km.span(low, high), axis.at(first), axis.at(ends[first] + 1))
        half = int(any(o[0] < group and o[1:] == (low, first) for o in fine)) if (low, first) in shared else None
        found.append(Cell(group, tuple(members), (low, high), (first, ends[first]), uv, half))
    wide = [
        Cell(key[0], tuple(members), (key[1], key[2]), (key[3], key[4]), box_of(members[0], km, axis))
        for key, members in broad.items()
    ]
    return Counted(tuple(sorted(found, key=_order)), tuple(sorted(wide, key=_order)), step)


def _order(cell: Cell) -> tuple[object, ...]:
    return (cell.days, cell.km, cell.group)


def _bins(axis: TimeAxis, least: float) -> list[tuple[int, int]]:
    """Weeks, months, quarters or years of each piece of the axis; one cut short by its ends goes with its neighbour."""
    found: list[tuple[int, int]] = []
    for run in axis.runs:
        if run.cut:
            continue
        per_day = (run.end - run.start) / (run.last + 1 - run.first)
        units = (("week", 1, 7), ("month", 1, 28), ("month", 3, 90), ("year", 1, 365), ("year", 5, 1826))
        unit, size, _ = next((one for one in units if one[2] * per_day >= least), ("year", 20, 7305))
        starts = [run.first, *(day for day in first_days(unit, size, run.first, run.last) if day > run.first)]
        if len(starts) > 1 and (starts[1] - starts[0]) * per_day < least:
            del starts[1]
        if len(starts) > 1 and (run.last + 1 - starts[-1]) * per_day < least:
            del starts[-1]
        found += [(a, b - 1) for a, b in zip(starts, [*starts[1:], run.last + 1], strict=True)]
    return found or [(1, LAST_DAY)]
