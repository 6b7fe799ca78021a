"""Names on a map that cannot be moved: towns by rank, then areas and rivers, as far as the records leave room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from .frame import MapFrame
from .lettering import Text
from .map_rules import USUAL, MapRules
from .map_sheet import MapSheet, NameLook
from .named_places import NamedPlace
from .placement import Array, Point, Rect

__all__ = ["place_at", "write_names"]

#: Where the name of an area may move when something is in its way, pixels, nearest first.
_NEAR: Final = np.array(
    [[dx, dy] for r in (0, 1, 2, 3) for dx in (0, -40 * r, 40 * r) for dy in (0, -18 * r, 18 * r)], dtype=np.float64
)
#: Pixels between two names of one thing.
_APART: Final = 200.0
#: Pixels by which the name of a country may be pulled onto the sheet.
_PULL: Final = 130.0
#: How far the name of an area may stand from its point, km: on a small scale pixels lead into the neighbour's land.
_STRAYS_KM: Final = {"country": 150.0, "region": 40.0, "province": 40.0}
#: Type size, letter spacing and colour of the names of areas.
_NAME_LOOK: Final = {
    "country": NameLook(16.0, 3.0, "ink3", bold=True),
    "region": NameLook(12.0, 1.0, "ink3"),
    "province": NameLook(12.0, 1.0, "ink3"),
    "river": NameLook(14.0, 0.0, "water", italic=True),
}


def place_at(frame: MapFrame, lon: float, lat: float) -> Point:
    """Pixels of a place, degrees."""
    x, y = frame.pixels(np.array([[lon, lat]]))[0].tolist()
    return x, y


def write_names(
    sheet: MapSheet,
    places: Iterable[NamedPlace],
    labels: Iterable[Mapping[str, Any]],
    rules: MapRules = USUAL,
) -> None:
    """Name towns of the first three ranks, then areas and rivers; none more than twice, and then far apart.

    Parameters
    ----------
    sheet
        The map so far; names keep off what is on it.
    places
        Towns, best first.
    labels
        Names of areas and rivers, as the base map gives them: ``text``, ``kind``, ``lon``, ``lat``, ``angle``.
    rules
        Script, names to leave out, and whether a name may cover anything.
    """
    for place in places:
        if place.rank <= rules.ranks and place.name not in rules.hide:
            _town(sheet, place, rules)
    written: defaultdict[str, list[Point]] = defaultdict(list)
    for name in labels:
        at, before = place_at(sheet.frame, name["lon"], name["lat"]), written[name["text"]]
        far = all(math.dist(at, other) > _APART for other in before)
        if len(before) < 2 and far and name["text"] not in rules.hide and _area_name(sheet, name, at, rules):
            before.append(at)


def _town(sheet: MapSheet, place: NamedPlace, rules: MapRules) -> None:
    x, y = place_at(sheet.frame, place.lon, place.lat)
    if not (0 < x < sheet.frame.width and 0 < y < sheet.frame.height):
        return
    capital = place.rank == 1
    words = {"tg": place.name_tg, "fa": place.name_fa}.get(rules.script) or place.name
    line = Text(words, 14 if capital else 13, bold=place.rank <= 2)
    dot = (x - 4, y - 4, x + 4, y + 4)
    if rules.strict and not (capital or sheet.space.is_free(dot)):
        return
    label = sheet.space.label((x, y), [line], 7)
    if rules.strict and not sheet.space.is_free(label.rect):
        return
    if label.cost > 450 and not (rules.strict and capital):
        return
    sheet.space.take(label.rect, dot)
    sheet.town((x, y), capital=capital)
    sheet.text(label, [line])


def _area_name(sheet: MapSheet, name: Mapping[str, Any], at: Point, rules: MapRules) -> bool:
    """Name a country, region or river at a point, if nothing is in the way; say whether it was written."""
    look = _NAME_LOOK.get(str(name["kind"]), _NAME_LOOK["region"])
    words = str(name.get(f"name_{rules.script}") or name["text"])
    angle = float(name.get("angle", 0))
    width = sheet.name_width(words, look)
    x, y = _pulled_in(sheet.frame, *at, width) if name["kind"] == "country" else at
    offsets = _beside(angle) if angle else _NEAR
    if rules.strict and not angle:
        reach = _STRAYS_KM.get(str(name["kind"]), 0.0) * sheet.frame.per_km
        offsets = offsets[np.hypot(offsets[:, 0], offsets[:, 1]) <= reach]
    rects = np.array([x, y, x, y]) + _extent(width, look.size, angle) + np.tile(offsets, 2)
    cost = sheet.space.cost(rects)
    best = int(np.argmin(cost))
    if cost[best] > 60 or (rules.strict and not sheet.space.is_free(_rect(rects[best]))):
        return False
    sheet.space.take(_rect(rects[best]))
    x, y = x + offsets[best, 0], y + offsets[best, 1]
    sheet.name(words, (x, y), look, angle)
    return True


def _pulled_in(frame: MapFrame, x: float, y: float, width: float) -> Point:
    """Move the name of a country that just leaves the sheet to its edge, so that no neighbour stays nameless."""
    half = width / 2 + 8
    inside = (min(max(x, half), frame.width - half), min(max(y, 26.0), frame.height - 12.0))
    return inside if math.dist(inside, (x, y)) < _PULL else (x, y)


def _beside(angle: float) -> Array:
    """List moves of a river's name: on the line or off it on either side, at its point or a little along the line."""
    turn = math.radians(angle)
    along, across = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    return np.array([along * up + across * off for up in (0, -22, 22) for off in (0, -12, 20)])


def _extent(width: float, size: float, angle: float) -> Array:
    """Box of a text around its anchor (middle of the baseline), turned by ``angle`` degrees."""
    turn = math.radians(angle)
    sin, cos = math.sin(turn), math.cos(turn)
    corners = np.array([(x, y) for x in (-width / 2, width / 2) for y in (-size, 4.0)]) @ [[cos, sin], [-sin, cos]]
    return np.concatenate([corners.min(axis=0), corners.max(axis=0)])


def _rect(box: Array) -> Rect:
    left, top, right, bottom = box.tolist()
    return left, top, right, bottom
