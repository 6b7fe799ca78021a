"""Where names of the ground stand along the river: on their bar, over the line in rows, or beside it in a column.

Everything is in units along one axis; a name that finds no room is left out, never set over another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

__all__ = ["Bar", "Name", "along", "bars", "column", "free_names", "heads"]

#: Size of names on bars, units.
SIZE: Final = 12.0
#: Share of a name that lies before its place, in the order in which it is tried.
_SHIFTS: Final = (0.5, 0.2, 0.8, 0.06, 0.94)

Measure = Callable[[str, float, bool], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """Stretch of a bank that an area is known to have, and its name where there is room: lines, start and width.

    ``point`` is an area known at a single place, ``approximate`` one whose ends are not surveyed.
    """

    start: float
    end: float
    point: bool
    approximate: bool
    choices: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    at: float = 0.0
    width: float = 0.0

    @property
    def tail(self) -> float:
        """How far dots run on beyond the ends."""
        return 10.0 if self.approximate and not self.point else 0.0


def bars(
    areas: Sequence[dict[str, Any]],
    span: Callable[[float, float], tuple[float, float]],
    names_of: Callable[[dict[str, Any]], Sequence[str]],
    *,
    folded: bool,
) -> list[Bar]:
    """Make bars of areas; a name of two words may also be written in two lines where ``folded``."""
    found = []
    for area in areas:
        low, high = span(area["from"], area["to"])
        point = area["from"] == area["to"]
        full, *short = names_of(area)
        words = tuple(full.split(" "))
        choices = [(full,), *([words] if folded and len(words) == 2 else []), *((one,) for one in short)]
        ends = (low - 3, high + 3) if point else (low, high)
        found.append(Bar(*ends, point, bool(area["approximate"]), tuple(choices)))
    return found


def along(
    items: Sequence[Bar], low: float, high: float, measure: Measure, edges: Sequence[float] = (), gap: float = 4.0
) -> list[Bar]:
    """Name each bar inside it, or after or before it if its ends are open; the bars of others are not crossed.

    Nor are ``edges``, lines across the row.
    """
    taken: list[tuple[float, float, int]] = [
        (one.start - one.tail, one.end + one.tail, i) for i, one in enumerate(items)
    ]
    taken += [(edge, edge, -1) for edge in edges]
    out = []
    for i, one in enumerate(items):
        named = one
        for lines in one.choices:
            width = max(measure(line, SIZE, False) for line in lines)
            if one.end - one.start >= width + 4:
                starts = [(one.start + one.end - width) / 2]
            elif one.approximate:
                starts = [one.end + gap + (one.tail or 2), one.start - gap - (one.tail or 2) - width]
            else:
                starts = []
            free = [at for at in starts if _free(at, at + width, i, taken, gap) and low <= at and at + width <= high]
            if free:
                named = replace(one, lines=lines, at=free[0], width=width)
                taken.append((free[0], free[0] + width, -1))
                break
        out.append(named)
    return out


def _free(low: float, high: float, own: int, taken: Sequence[tuple[float, float, int]], gap: float) -> bool:
    return all(i == own or high + gap <= start or low - gap >= end for start, end, i in taken)


def free_names(
    items: Sequence[Bar], over: Sequence[Bar], low: float, high: float, measure: Measure, gap: float = 5.0
) -> list[Bar]:
    """Name bars that share their row with other bars, where none of those and none of their names is."""
    taken = [(one.start - one.tail, one.end + one.tail, -1) for one in over]
    taken += [(one.at, one.at + one.width, -1) for one in over if one.lines]
    taken += [(edge, edge, -1) for one in items for edge in (one.start, one.end)]
    out = []
    for one in items:
        named = one
        for lines in one.choices:
            width = max(measure(line, SIZE, False) for line in lines)
            steps = int(max(0.0, one.end - one.start - width - 2 * gap) // 6) + 1
            starts = [one.start + gap + 6 * n for n in range(steps) if one.start + width + 2 * gap <= one.end]
            free = [at for at in starts if low <= at <= high - width and _free(at, at + width, -2, taken, gap)]
            if free:
                best = min(free, key=lambda at: abs(at + width / 2 - (one.start + one.end) / 2))
                named = replace(one, lines=lines, at=best, width=width)
                taken.append((best, best + width, -1))
                break
        out.append(named)
    return out


class Name(NamedTuple):
    """Name of a town or crossing at ``u``; placed: its start and row over the line, or its middle beside it."""

    text: str
    u: float
    size: float
    bold: bool
    width: float
    at: float = 0.0
    row: int = 0


def heads(items: Sequence[Name], low: float, high: float, rows: int, gap: float = 7.0) -> list[Name]:
    """Set names over a line in rows, in order of weight; the leader of an upper row keeps clear of the rows below."""
    taken: list[Name] = []
    for item in items:
        places = (
            item._replace(at=max(low, min(high - item.width, item.u - item.width * share)), row=row)
            for row in range(rows)
            for share in _SHIFTS
        )
        found = next((place for place in places if _clear(place, taken, gap)), None)
        if found is not None and found.at >= low:
            taken.append(found)
    return taken


def _clear(one: Name, taken: Sequence[Name], gap: float) -> bool:
    """Whether a name covers its own place, no other name, and no other's leader, nor lets its own be covered."""
    if not one.at <= one.u <= one.at + one.width:
        return False
    for other in taken:
        end = other.at + other.width
        if other.row == one.row and one.at < end + gap and other.at < one.at + one.width + gap:
            return False
        if other.row < one.row and other.at - 4 < one.u < end + 4:
            return False
        if other.row > one.row and one.at - 4 < other.u < one.at + one.width + 4:
            return False
    return True


def column(items: Sequence[Name], low: float, high: float) -> list[Name]:
    """Set names beside a line that runs down, in order of weight; each close to its place, none on another."""
    taken: list[Name] = []
    for item in items:
        half = (item.size + 2) / 2
        for by in (0, -6, 6, -12, 12):
            middle = max(low + half, min(high - half, item.u + by))
            if abs(middle - item.u) < 16 and all(
                abs(middle - other.at) >= half + (other.size + 2) / 2 for other in taken
            ):
                taken.append(item._replace(at=middle))
                break
    return taken
