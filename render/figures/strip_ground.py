"""The ground of the river strip, in units: banks with their areas, river, crossings, towns, and the axis of river km.

Upright, the river runs from left (mouth) to right; turned, for one column, it flows down the sheet, source on top, the
Tajik bank on the left still. Every word has its box, so that a test can see that none lies on another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ..placement import Point
from .strip_frame import Align, Band, Form, Frame, Lanes, Word, lanes
from .strip_names import SIZE, Bar, Measure, Name, along, bars, column, free_names, heads
from .strip_scale import KmScale

__all__ = ["Ground", "Names", "ground"]


#: Least distance of kilometre figures side by side, units.
_APART: Final = 50.0


@dataclass
class Ground:
    """What is drawn of the ground: bars by bank and level, crossings and places at ``u``, leaders, lines, words."""

    lanes: Lanes
    bars: dict[tuple[str, str], list[Bar]] = field(default_factory=dict)
    crossings: list[float] = field(default_factory=list)
    leaders: list[tuple[Point, Point]] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    marks: list[float] = field(default_factory=list)
    flow: tuple[Point, Point] | None = None
    words: list[Word] = field(default_factory=list)
    bottom: float = 0.0


class Names(NamedTuple):
    """Words of the ground: names in the chosen script, their shorter forms, and the captions."""

    of: Callable[[Mapping[str, Any]], str]
    short: Callable[[Mapping[str, Any]], str]
    captions: Mapping[str, str]
    river: str


def ground(
    form: Form, frame: Frame, km: KmScale, start: float, found: Mapping[str, Any], names: Names, edge: Band
) -> Ground:
    """Lay the ground out.

    Parameters
    ----------
    start
        Where it begins, across the river.
    found
        See :func:`panjmap.render.strip_data.strip_ground`.
    edge
        Units along the river that names must keep within.
    """
    low, high = min(km.u0, km.u1), max(km.u0, km.u1)
    by_bank = {bank: [one for one in found["districts"] if one["bank"] == bank] for bank in ("Tajik", "Afghan")}
    roomy = form.turned or not form.merged
    folded = {bank for bank, areas in by_bank.items() if roomy and _folds(areas, km, names, frame.measure)}
    out = Ground(lanes(form, start, folded))

    def both(area: Mapping[str, Any]) -> list[str]:
        return [text for text in (names.of(area), names.short(area)) if text]

    for bank in ("Tajik", "Afghan"):
        levels = {
            level: bars([one for one in found[level] if one["bank"] == bank], km.span, both, folded=bank in folded)
            for level in ("districts", "regions")
        }
        edges = [edge for one in levels["regions"] for edge in (one.start, one.end)] if form.merged else []
        districts = along(levels["districts"], low, high, frame.measure, edges)
        if form.merged:
            regions = free_names(levels["regions"], districts, low, high, frame.measure)
        else:
            regions = along(levels["regions"], low, high, frame.measure)
        out.bars[bank, "regions"], out.bars[bank, "districts"] = regions, districts
    out.crossings = [km.at(one["km"]) for one in found["crossings"]]
    step = 100 if km.per_km * 100 >= _APART or form.turned else 200
    out.marks = [float(mark) for mark in range(0, int(km.length) - 40, step)] + [km.length]
    _write_bars(out, form, frame)
    (_turned if form.turned else _upright)(out, form, frame, km, found, names, edge)
    return out


def _folds(areas: Sequence[Mapping[str, Any]], km: KmScale, names: Names, measure: Measure) -> bool:
    """Whether some bar would hold its name of two words in two lines only."""
    for area in areas:
        room, words = (area["to"] - area["from"]) * km.per_km - 4, names.of(area).split(" ")
        widths = [measure(word, SIZE, False) for word in words]
        if len(words) == 2 and measure(" ".join(words), SIZE, False) > room > max(widths):
            return True
    return False


def _write_bars(out: Ground, form: Form, frame: Frame) -> None:
    for (bank, level), items in out.bars.items():
        lane = _lane(out.lanes, form, bank, level)
        for one in items:
            for i, line in enumerate(one.lines):
                v = lane.middle + (i - (len(one.lines) - 1) / 2) * 13
                look = {"italic": True} if level == "regions" else {"colour": "ink"}
                out.words.append(frame.on_river(line, one.at + one.width / 2, v, SIZE, **look))


def _lane(found: Lanes, form: Form, bank: str, level: str) -> Band:
    if level == "districts" or form.merged:
        return found.tajik if bank == "Tajik" else found.afghan
    return found.tajik_regions if bank == "Tajik" else found.afghan_regions


def _named(found: Mapping[str, Any], bank: str, km: KmScale, names: Names, measure: Measure) -> list[Name]:
    """Towns and crossings of a bank in order of weight; a crossing in a town of its name is that town."""
    towns = [one for one in found["towns"] if one["bank"] == bank]
    large = [one for one in towns if one["rank"] <= 3]
    every = [one for one in found["towns"] if one["rank"] <= 3]
    crossings = [
        one
        for one in found["crossings"]
        if one["bank"] == bank and not any(t["name"] == one["name"] and abs(t["km"] - one["km"]) < 3 for t in every)
    ]
    rest = [*crossings, *(one for one in towns if one["rank"] > 3)]
    out = []
    for one in [*large, *rest]:
        bold, text = one in large, names.of(one)
        size = 13.0 if bold else SIZE
        if text:
            out.append(Name(text, km.at(one["km"]), size, bold, measure(text, size, bold)))
    return out


def _upright(
    out: Ground, form: Form, frame: Frame, km: KmScale, found: Mapping[str, Any], names: Names, edge: Band
) -> None:
    lane, captions = out.lanes, names.captions
    top = lane.tajik_regions.low
    for one in heads(_named(found, "Tajik", km, names, frame.measure), edge.low, edge.high, form.rows):
        y = lane.names - 14 - one.row * 16
        out.leaders.append(((one.u, y + 4), (one.u, top)))
        out.dots.append((one.u, top - 4))
        out.words.append(_town(frame, one, y))
    y = lane.end
    if form.opposite:
        for one in heads(_named(found, "Afghan", km, names, frame.measure), edge.low, edge.high, 1):
            out.dots.append((one.u, y + 5))
            out.words.append(_town(frame, one, y + 20))
        y += 20
    for bank in ("Tajik", "Afghan"):
        text = captions[f"{bank.lower()}_bank"]
        out.words.append(frame.word(text, km.u0 - 8, lane.sheet(bank).middle + 4, SIZE, "end"))
    out.words.append(
        frame.word(names.river, km.u0 - 8, lane.river.middle + 4, SIZE, "end", colour="water", italic=True)
    )
    y += 18
    for mark in out.marks:
        align: Align = "start" if mark == 0 else "end" if mark == km.length else "middle"
        text = f"{mark:.0f}" if mark else captions["km"] if form.opposite else f"{captions['km_short']} 0"
        out.words.append(frame.word(text, km.at(mark), y, SIZE, align))
    if form.opposite:
        y += 16
        out.words += [
            frame.word(captions["mouth"], km.u0, y, SIZE),
            frame.word(captions["source"], km.u1, y, SIZE, "end"),
            flow := frame.word(captions["flow"], (km.u0 + km.u1) / 2 + 40, y, SIZE, colour="water", italic=True),
        ]
        out.flow = ((flow.rect[0] - 6, y - 4), (flow.rect[0] - 64, y - 4))
    out.bottom = y + 10


def _town(frame: Frame, one: Name, y: float) -> Word:
    colour = "ink" if one.bold else "ink2"
    return frame.word(one.text, one.at + one.width / 2, y, one.size, "middle", colour=colour, bold=one.bold)


def _turned(
    out: Ground, form: Form, frame: Frame, km: KmScale, found: Mapping[str, Any], names: Names, edge: Band
) -> None:
    lane, captions, (low, high) = out.lanes, names.captions, sorted((km.u0, km.u1))
    right = lane.names - 10
    for one in column(_named(found, "Tajik", km, names, frame.measure), low - 4, high + 4):
        out.leaders.append(((right + 2, one.at), (lane.names - 3, one.u)))
        out.dots.append((lane.names - 1, one.u))
        colour = "ink" if one.bold else "ink2"
        out.words.append(
            frame.word(one.text, right, one.at + one.size * 0.35, one.size, "end", colour=colour, bold=one.bold)
        )
    start = lane.names - form.left
    for mark in out.marks:
        out.words.append(frame.word(f"{mark:.0f}", start, km.at(mark) + 4, SIZE))
    top = edge.low + SIZE
    out.words += [
        frame.word(captions["km_short"], start, top, SIZE),
        frame.word(captions["tajik_bank"], lane.tajik.middle + 6, top, SIZE, "end"),
        frame.word(captions["afghan_bank"], lane.afghan.middle - 6, top + 16, SIZE),
        frame.word(captions["mouth_short"], lane.river.low - 12, high + 16, SIZE, "end"),
    ]
    out.leaders += [
        ((lane.tajik.middle, top + 4), (lane.tajik.middle, low - 2)),
        ((lane.afghan.middle, top + 20), (lane.afghan.middle, low - 2)),
    ]
    out.flow = ((lane.river.middle, high + 4), (lane.river.middle, high + 18))
    out.bottom = lane.end + 8
