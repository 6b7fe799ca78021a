"""Where along the Panj, how far from the border, and on which bank.

Two scales run along the same line, the Tajik-Afghan border in full detail (simplifying would shorten it by 9 to 45 km):

``border_km``
    0 at the Uzbek tripoint, growing eastwards to 1,344 at the Chinese one.
``river_km``
    the hydrologists' convention: 0 at the mouth of the Panj (its confluence with the Vakhsh), growing upstream to 914
    at the confluence of Pamir and Wakhan. ``river_km = border_km - 82.4``.

Lengths are geodesic (WGS84). Nearest points are sought in the plane of ``plane.py``. Arguments of functions are on the
``border_km`` scale wherever not said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .basemap import Basemap, load_basemap
from .plane import GEOD, from_plane, to_plane

__all__ = ["BAND_KM", "BANKS", "PANJ_KM", "RIVER_KM_OFFSET", "River", "chainage", "load_river"]

#: ``border_km`` of the mouth of the Panj (37d06m39s N, 68d18m53s E), measured on the line.
RIVER_KM_OFFSET = 82.4
#: Length of the Panj along the line, from its mouth to the confluence of Pamir and Wakhan (37.018 N, 72.651 E).
PANJ_KM = 914.0
#: The banks, and the country on each.
BANKS = {"Tajik": "TJ", "Afghan": "AF"}
#: Depth of the band that stands for a reach where none is asked for, in km: wide enough to see on a phone.
BAND_KM = 6.0

#: A point this near to the line, in km, is on it and on neither bank.
ON_THE_LINE_KM = 0.001
#: Crevices narrower than twice this are closed where a band follows the line, and corners rounded, in km.
SMOOTH_KM = 1.5


@dataclass(frozen=True)
class River:
    """The border line with its two scales.

    Attributes
    ----------
    line
        The line in full detail, degrees (EPSG:4326), from the Uzbek to the Chinese tripoint.
    outlines
        The land of each country by ISO 3166-1 code, degrees.
    """

    line: shapely.LineString
    outlines: dict[str, BaseGeometry]

    @cached_property
    def border_km(self) -> NDArray[np.float64]:
        """Geodesic distance of each vertex from the Uzbek tripoint, in km."""
        lon, lat = shapely.get_coordinates(self.line).T
        return np.concatenate([[0.0], np.cumsum(GEOD.line_lengths(lon, lat))]) / 1000

    @cached_property
    def _xy(self) -> NDArray[np.float64]:
        """Vertices in the plane, km."""
        return shapely.get_coordinates(to_plane(self.line))

    @cached_property
    def vertices(self) -> NDArray[Any]:
        """Vertices as points in the plane."""
        return np.asarray(shapely.points(self._xy), dtype=object)

    @cached_property
    def _segments(self) -> shapely.STRtree:
        ends = np.stack([self._xy[:-1], self._xy[1:]], axis=1)
        return shapely.STRtree(np.asarray(shapely.linestrings(ends), dtype=object))

    @cached_property
    def land(self) -> dict[str, BaseGeometry]:
        """Outlines in the plane, km."""
        return {country: to_plane(outline) for country, outline in self.outlines.items()}

    @cached_property
    def south(self) -> shapely.Polygon:
        """All that lies south of the full-detail line and of the parallels of its ends, degrees; prepared."""
        south = shapely.Polygon([*self.line.coords, (90.0, self.line.coords[-1][1]), (90, 0), (40, 0), (40.0, 37.1816)])
        shapely.prepare(south)
        return south

    def point(self, border_km: float) -> shapely.Point:
        """Point of the line, degrees."""
        lon, lat = (np.interp(border_km, self.border_km, c) for c in shapely.get_coordinates(self.line).T)
        return shapely.Point(lon, lat)

    def section(self, from_km: float, to_km: float) -> shapely.LineString:
        """Stretch of the line between two ``border_km``, degrees, from the smaller to the larger.

        Raises
        ------
        ValueError
            If the two are the same or both lie beyond an end of the line.
        """
        low, high = np.clip(sorted((from_km, to_km)), 0.0, self.border_km[-1])
        if not low < high:
            raise ValueError(f"no stretch of the border between km {from_km} and km {to_km}")
        within = (self.border_km > low) & (self.border_km < high)
        inner = shapely.get_coordinates(self.line)[within]
        return shapely.LineString([self.point(low), *map(shapely.Point, inner), self.point(high)])

    def reach(self, from_km: float, to_km: float, bank: str, depth_km: float = BAND_KM) -> shapely.Polygon:
        """Band along a stretch of the border, on one bank, cut off at the (simplified) border itself.

        Parameters
        ----------
        from_km, to_km
            Ends of the stretch, ``border_km``.
        bank
            ``"Tajik"`` or ``"Afghan"``.
        depth_km
            How far the band reaches inland.

        Returns
        -------
        band
            One valid polygon, degrees, that lies on the stated bank and does not cross the river.
        """
        along = shapely.simplify(to_plane(self.section(from_km, to_km)), 0.3)
        band = shapely.buffer(along, depth_km, cap_style="flat", quad_segs=6)
        smooth = min(SMOOTH_KM, depth_km / 3)
        whole = shapely.buffer(shapely.buffer(band, -smooth), smooth, quad_segs=6)
        land = shapely.clip_by_rect(self.land[BANKS[bank]], *shapely.buffer(whole, 5.0).bounds)
        ashore = shapely.get_parts(shapely.intersection(whole, land))
        largest = max(ashore, key=lambda part: float(part.area))
        return shapely.Polygon(from_plane(largest.exterior))

    def nearest(self, points: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``border_km`` of the places of the line nearest to points (degrees), and the distances to them in km.

        Missing and empty points give NaN, and so do points of the other side of the earth, which no plane holds.
        """
        border_km, distance_km = (np.full(len(points), np.nan) for _ in range(2))
        good = np.flatnonzero(~(shapely.is_missing(points) | shapely.is_empty(points)))
        xy = shapely.get_coordinates(to_plane(points[good]))
        asked, segment = self._segments.query_nearest(shapely.points(xy), all_matches=False)
        good, xy = good[asked], xy[asked]
        start, along = self._xy[segment], np.diff(self._xy, axis=0)[segment]
        share = np.clip(((xy - start) * along).sum(axis=1) / (along**2).sum(axis=1), 0.0, 1.0)
        border_km[good] = self.border_km[segment] + share * np.diff(self.border_km)[segment]
        lonlat = shapely.get_coordinates(self.line)
        foot = lonlat[segment] + share[:, None] * np.diff(lonlat, axis=0)[segment]
        own = shapely.get_coordinates(points[good])
        distance_km[good] = np.asarray(GEOD.inv(own[:, 0], own[:, 1], foot[:, 0], foot[:, 1])[2]) / 1000
        return border_km, distance_km

    def bank(self, points: NDArray[Any]) -> NDArray[np.object_]:
        """``"Tajik"`` or ``"Afghan"`` for points (degrees) by the full-detail line; ``None`` in neither country."""
        south = shapely.intersects(self.south, points)
        bank = np.full(len(points), None, dtype=object)
        for name, country in BANKS.items():
            outline = self.outlines[country]
            shapely.prepare(outline)
            bank[(south == (country == "AF")) & shapely.dwithin(outline, points, 0.002)] = name
        return bank


def load_river(basemap: Basemap | None = None) -> River:
    """Take the river from the base map, by default the packaged one."""
    basemap = basemap or load_basemap()
    return River(basemap.border, basemap.outlines)


def chainage(geometry: GeoSeries, river: River) -> pd.DataFrame:
    """Where along the border each geometry lies.

    Parameters
    ----------
    geometry
        Points, lines or polygons in EPSG:4326 (or in a CRS that is reprojected); ``None`` and empty ones give NaN.
        What is not a point is measured where it comes nearest to the border, and where it crosses or touches the
        border, in the middle of what it has in common with it.
    river
        The line to measure on.

    Returns
    -------
    chainage
        Index of ``geometry``; ``river_km`` (NaN off the Panj: below the Vakhsh mouth, and above the confluence of
        Pamir and Wakhan), ``border_km``, ``distance_km`` (geodesic, to the border), ``bank`` (``"Tajik"``,
        ``"Afghan"``, or ``None`` within 1 m of the line, on both banks, or in a third country).
    """
    degrees = geometry if geometry.crs is None or geometry.crs.equals("EPSG:4326") else geometry.to_crs("EPSG:4326")
    shapes = shapely.force_2d(np.asarray(degrees.array, dtype=object))
    feet, inner, both = shapes.copy(), shapes.copy(), np.zeros(len(shapes), dtype=bool)
    for i in np.flatnonzero(shapely.get_type_id(shapes) > 0):  # all but points and missing ones
        feet[i], inner[i], both[i] = (
            _foot(shapes[i], river),
            shapely.point_on_surface(shapes[i]),
            _on_both(shapes[i], river),
        )
    border_km, distance_km = river.nearest(feet)
    bank = river.bank(inner)
    bank[both | ((distance_km <= ON_THE_LINE_KM) & (shapely.get_dimensions(shapes) <= 0))] = None
    river_km = border_km - RIVER_KM_OFFSET
    river_km[(river_km < 0) | (river_km > PANJ_KM)] = np.nan
    columns = {"river_km": river_km, "border_km": border_km, "distance_km": distance_km}
    return pd.DataFrame(columns | {"bank": pd.Series(bank, dtype=object)}).set_index(geometry.index)


def _foot(shape: BaseGeometry, river: River) -> BaseGeometry:
    """Find the point of a shape that is nearest to the border; the middle one where they meet."""
    if shape.is_empty:
        return shape
    common = shapely.intersection(shape, river.line)
    if common.is_empty:
        line, own = to_plane(river.line), to_plane(shape)
        return from_plane(shapely.Point(shapely.shortest_line(own, line).coords[0]))
    km, _ = river.nearest(np.asarray(shapely.points(shapely.get_coordinates(common)), dtype=object))
    return river.point(float((km.min() + km.max()) / 2))


def _on_both(shape: BaseGeometry, river: River) -> bool:
    """Whether a line or polygon reaches across the border by more than a sliver."""
    size = {1: shapely.length, 2: shapely.area}.get(int(shapely.get_dimensions(shape)))
    if size is None or shape.is_empty:
        return False
    return bool(0.02 < size(shapely.intersection(shape, river.south)) / size(shape) < 0.98)
