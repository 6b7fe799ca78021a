"""Names on the static map: towns by rank, then countries, regions and rivers, as far as the records leave room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
from markupsafe import escape

from .named_places import NamedPlace
from .placement import Point, Text
from .static_sheet import HALO, HEIGHT, WIDTH, Sheet, base, number, pixels

__all__ = ["place_at", "write_names"]

#: Where the name of an area may move when something is in its way, pixels, nearest first.
_NEAR: Final = np.array(
    [[dx, dy] for r in (0, 1, 2, 3) for dx in (0, -40 * r, 40 * r) for dy in (0, -18 * r, 18 * r)], dtype=np.float64
)
#: Type size, letter spacing and colour of the names of areas.
_NAME_LOOK: Final = {
    "country": (16.0, 3.0, "ink3"),
    "region": (12.0, 1.0, "ink3"),
    "province": (12.0, 1.0, "ink3"),
    "river": (14.0, 0.0, "water"),
}


def place_at(lon: float, lat: float) -> Point:
    """Pixels of a place."""
    x, y = pixels(np.array([[lon, lat]]))[0].tolist()
    return x, y


def write_names(sheet: Sheet, places: Iterable[NamedPlace], labels: Iterable[Mapping[str, Any]]) -> None:
    """Name towns of the first three ranks, then areas and rivers; none more than twice.

    Parameters
    ----------
    sheet
        The map so far; names keep off what is on it.
    places
        Towns, best first.
    labels
        Names of areas and rivers, as the base map gives them: ``text``, ``kind``, ``lon``, ``lat``, ``angle``.
    """
    for place in places:
        if place.rank <= 3:
            _town(sheet, place)
    written: Counter[str] = Counter()
    for name in labels:
        if written[name["text"]] < 2:
            written[name["text"]] += _area_name(sheet, name)


def _town(sheet: Sheet, place: NamedPlace) -> None:
    x, y = place_at(place.lon, place.lat)
    if not (0 < x < WIDTH and 0 < y < HEIGHT):
        return
    capital = place.rank == 1
    line = Text(place.name, 14 if capital else 13, bold=place.rank <= 2)
    label = sheet.space.label((x, y), [line], 7)
    if label.cost > 450:
        return
    sheet.space.take(label.rect, (x - 4, y - 4, x + 4, y + 4))
    sheet.add(
        f'<rect class="sm-town" x="{number(x - 3.5)}" y="{number(y - 3.5)}" width="7" height="7"'
        f' fill="{base("paper")}" stroke="{base("ink")}" stroke-width="1.6"/>'
        if capital
        else f'<circle class="sm-ink" cx="{number(x)}" cy="{number(y)}" r="2.6" fill="{base("ink")}"/>'
    )
    sheet.text(label, [line])


def _area_name(sheet: Sheet, name: Mapping[str, Any]) -> bool:
    """Name a country, region or river, if nothing is in the way; say whether it was written."""
    x, y = place_at(name["lon"], name["lat"])
    size, spacing, colour = _NAME_LOOK.get(str(name["kind"]), _NAME_LOOK["region"])
    words = str(name["text"])
    half = (len(words) * (size * 0.62 + spacing)) / 2
    offsets = np.zeros((1, 2)) if name.get("angle") else _NEAR
    rects = np.array([x - half, y - size, x + half, y + 4]) + np.tile(offsets, 2)
    cost = sheet.space.cost(rects)
    best = int(np.argmin(cost))
    if cost[best] > 60:
        return False
    sheet.space.take(tuple(rects[best]))
    x, y = x + offsets[best, 0], y + offsets[best, 1]
    look = ' font-style="italic"' if colour == "water" else f' letter-spacing="{number(spacing)}"'
    turn = f' transform="rotate({number(float(name["angle"]))} {number(x)} {number(y)})"' if name.get("angle") else ""
    bold = ' font-weight="700"' if name["kind"] == "country" else ""
    sheet.add(
        f'<text x="{number(x)}" y="{number(y)}" text-anchor="middle" font-size="{number(size)}"'
        f'{bold}{look}{turn} {HALO}><tspan class="sm-{colour}" fill="{base(colour)}">{escape(words)}</tspan></text>'
    )
    return True
