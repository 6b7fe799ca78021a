"""The committed base map: the border, the regions, and what the page draws under the records.

The files in ``data/basemap/`` are derived by ``tools/geodata/derive.py``; ``data/basemap/SOURCES.md`` tells from what.
Coordinates in them are whole numbers of a grid, each the difference to the one before. Everything read here is in
degrees (EPSG:4326), and is read when it is first asked for.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

__all__ = ["PACKAGED", "Basemap", "Country", "Locator", "Region", "Relief", "load_basemap"]

#: The base map that comes with the package.
PACKAGED = Path(__file__).resolve().parents[1] / "data" / "basemap"


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order division; ``iso`` and ``name`` are ``None`` for the rest of a country.

    The regions of both countries form one coverage: neighbours share their lines, and the lines between a Tajik and an
    Afghan region are the border. Lines are simplified (border 50 m, others 150 m).
    """

    iso: str | None
    name: str | None
    country: str
    geometry: shapely.Polygon | shapely.MultiPolygon


@dataclass(frozen=True, slots=True)
class Relief:
    """A hillshade in Web Mercator (EPSG:3857); ``bounds`` are west, south, east, north in degrees."""

    image: bytes
    media_type: str
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the locator: ISO 3166-1 alpha-2, English name, outline, and where its name may stand (lon, lat)."""

    iso: str
    name: str
    geometry: shapely.Polygon | shapely.MultiPolygon
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Locator:
    """Coarse countries for a small map that tells where the large one lies, in order of their codes.

    ``frame`` is west, south, east, north, to which they are cut. De facto lines of Natural Earth, within about 8 km;
    sea is what no country covers. Too coarse to lie under anything else: it meets neither ``border`` nor ``regions``.
    """

    frame: tuple[float, float, float, float]
    countries: tuple[Country, ...]
    attribution: tuple[str, ...]


@dataclass(frozen=True)
class Basemap:
    """The base map of one folder."""

    folder: Path

    @cached_property
    def border(self) -> shapely.LineString:
        """The Tajik-Afghan border in full detail, from the Uzbek to the Chinese tripoint, 1,344 km."""
        content = self._read("border.json")
        return shapely.LineString(_degrees(content["line"], content["scale"]))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions of Tajikistan, the Afghan provinces that face it, and the rest of Afghanistan."""
        content = self._read("regions.json")
        scale = content["scale"]
        return tuple(
            Region(row["iso"], row["name"], row["country"], _polygons(row["polygons"], scale))
            for row in content["regions"]
        )

    @cached_property
    def outlines(self) -> dict[str, BaseGeometry]:
        """The land of ``TJ`` and of ``AF`` (the latter cut at 64 E, 34.6 N), each the union of its regions."""
        countries = ("TJ", "AF")
        return {c: shapely.coverage_union_all([r.geometry for r in self.regions if r.country == c]) for c in countries}

    @cached_property
    def web(self) -> dict[str, Any]:
        """What the page draws, as it is written into the page: lines and rings delta-coded in 1e-4 degree.

        ``attribution`` lists the credits that a map made with this base map has to show. Each of the ``labels`` says
        what ``names.csv`` knows of its name in other scripts.
        """
        land, water, relief = (self._read(name) for name in ("web.json", "water.json", "relief.json"))
        credits_ = [*land["attribution"], *water["attribution"], *relief["attribution"]]
        web: dict[str, Any] = {"attribution": credits_} | land["data"] | water["data"]
        return web | {"labels": [label | self._names.get(label["text"], {}) for label in web["labels"]]}

    @cached_property
    def relief(self) -> Relief:
        """The hillshade."""
        about = self._read("relief.json")
        west, south, east, north = about["bounds"]
        return Relief((self.folder / about["file"]).read_bytes(), about["media_type"], (west, south, east, north))

    @cached_property
    def locator(self) -> Locator:
        """Central Asia and its neighbours, coarse, degrees (EPSG:4326)."""
        content = self._read("locator.json")
        west, south, east, north = content["frame"]
        countries = tuple(
            Country(
                row["iso"],
                row["name"],
                _polygons(row["polygons"], content["scale"]),
                (row["label"][0], row["label"][1]),
            )
            for row in content["countries"]
        )
        return Locator((west, south, east, north), countries, tuple(content["attribution"]))

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """Names in other scripts by label, only what is given: see SOURCES.md."""
        with (self.folder / "names.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return {row["label"]: {k: v for k, v in row.items() if v and k not in ("label", "source")} for row in rows}

    def _read(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / name).read_bytes())
        return content


def load_basemap(folder: Path = PACKAGED) -> Basemap:
    """Open a base map; nothing is read until it is asked for."""
    return Basemap(folder)


def _degrees(deltas: list[int], scale: float) -> NDArray[np.float64]:
    """Coordinates of a delta-coded line, shape (n, 2)."""
    return np.cumsum(np.array(deltas, dtype=np.int64).reshape(-1, 2), axis=0) / scale


def _polygons(rows: list[list[list[int]]], scale: float) -> shapely.Polygon | shapely.MultiPolygon:
    polygons = [
        shapely.Polygon(_degrees(shell, scale), [_degrees(hole, scale) for hole in holes]) for shell, *holes in rows
    ]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
