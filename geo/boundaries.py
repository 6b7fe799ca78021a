"""District boundaries from a user's file: geoBoundaries, OCHA COD-AB, or anything with polygons and names.

The only module that reads geodata of unknown origin, so that it checks what readers let through: metres taken for
degrees, swapped axes, coordinates that are no numbers, layers without polygons.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import shapely
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from ..data.errors import BoundaryError
from ..data.model import NameKind, Place, PlaceLevel, PlaceName
from ..data.text import clean
from .names import sound, words
from .plane import to_plane

__all__ = ["NAME_FIELDS", "Boundaries", "match_districts", "read_boundaries"]

#: Columns that hold the names of districts, the most specific first: geoBoundaries, COD-AB, GADM, Overture, any.
NAME_FIELDS = (
    *("shapeName", "ADM2_EN", "adm2_en", "adm2_name", "ADM2_NAME", "ADM2_TG", "ADM2_RU", "ADM2_DA", "NAME_2"),
    *("name:en", "name_en", "NAME_EN", "name", "Name", "NAME", "district", "District", "DISTRICT"),
)
#: Where districts along the Panj can lie, degrees: west, south, east, north.
AROUND = (59.0, 28.0, 76.5, 42.5)
#: A district is not looked for further than this from its gazetteer point, km.
FAR_KM = 60.0
#: Unpacked archives larger than this are refused, bytes.
LARGEST_UNPACKED = 1_000_000_000
#: Words that tell what kind of unit it is, not which (folded).
_KIND_WORDS = frozenset(
    {"district", "districts", "nohiya", "nohiyai", "nakhiya", "nakhiyai", "rayon", "raion", "raiona", "city", "of"}
    | {"wuleswali", "woluswali", "wolaswali", "shahr", "shahri", "gorod", "the", "ولسوالی", "ناحیه", "شهر"}
)


_UNREADABLE = (
    *(pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.GeometryError),
    *(pyogrio.errors.FeatureError, shapely.errors.ShapelyError, zipfile.BadZipFile, ValueError, OSError),
)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The polygons of a boundary file, degrees (EPSG:4326), with the name that each carries.

    ``set_name`` and ``licence`` are for credits; ``licence`` is ``None`` where the file gives none.
    """

    file: Path
    names: tuple[str, ...]
    geometries: tuple[BaseGeometry, ...]
    set_name: str
    licence: str | None


def read_boundaries(file: Path, name_field: str | None = None) -> Boundaries:
    """Read a boundary file.

    Parameters
    ----------
    file
        GeoJSON, GPKG, shapefile, or a zip archive that holds one of them.
    name_field
        Column with the names; by default the first of :data:`NAME_FIELDS` that is there.

    Raises
    ------
    BoundaryError
        If the file is missing or unreadable, holds no polygons, has no such column, is not in degrees and does not say
        what it is in, has its axes swapped, or lies elsewhere.
    """
    if not file.is_file():
        raise BoundaryError(
            file,
            "it is a folder" if file.is_dir() else "there is no such file",
            "give the path of a GeoJSON, GPKG, shapefile or zip file",
        )
    frame = _in_degrees(file, _polygons(file, _read(file)))
    column = _name_column(file, frame, name_field)
    written = frame[column].astype(object).where(frame[column].notna(), "")
    names = tuple(clean(str(name)) for name in written)
    set_name, licence = _credits(file, frame)
    return Boundaries(file, names, tuple(frame.geometry), clean(set_name), clean(licence) if licence else None)


def match_districts(
    boundaries: Boundaries, places: Sequence[Place], names: Iterable[PlaceName] = ()
) -> dict[str, BaseGeometry]:
    """Find which polygons are which districts of the gazetteer.

    By name first (official names, then variants, then former ones; words such as "district" do not count), if the
    polygon lies within 60 km of the district's point; then by place, where a polygon that carries no known name holds
    the point of exactly one district. Polygons of one name are joined.

    Raises
    ------
    BoundaryError
        If no district is found.
    """
    districts = [place for place in places if place.level is PlaceLevel.DISTRICT]
    keys = _keys(districts, names)
    polygons = _by_key(boundaries)
    found: dict[str, BaseGeometry] = {}
    for rank in range(3):
        for district in districts:
            near = [
                key
                for key in keys[rank].get(district.place_id, ())
                if key in polygons and _is_near(district, polygons[key])
            ]
            if district.place_id not in found and near:
                found[district.place_id] = polygons.pop(near[0])
    left = [district for district in districts if district.place_id not in found]
    known = {key for of_rank in keys for own in of_rank.values() for key in own}
    for polygon in [polygon for key, polygon in polygons.items() if key not in known]:
        held = [district for district in left if (point := _point(district)) and polygon.intersects(point)]
        if len(held) == 1:
            found.setdefault(held[0].place_id, polygon)
    if not found:
        some = ", ".join(sorted(filter(None, boundaries.names))[:5])
        reason = f"none of its {len(boundaries.names)} polygons is a district of the gazetteer (names: {some})"
        raise BoundaryError(boundaries.file, reason, "check --name-field, or add the spelling to place_names.csv")
    return found


def _read(file: Path) -> GeoDataFrame:
    """All features of the first layer that has polygons."""
    source = f"/vsizip/{file.resolve()}/{_zip_member(file)}" if zipfile.is_zipfile(file) else str(file.resolve())
    try:
        layers = pyogrio.list_layers(source)
        spatial = [name for name, kind in layers if kind is not None]
        with_area = [name for name, kind in layers if kind is not None and ("Polygon" in kind or kind == "Unknown")]
        if not spatial:
            raise BoundaryError(file, "it holds no geometry", "give a file with the polygons of districts")
        with warnings.catch_warnings():
            # What a reader mends and only warns of is checked below, or shows in the outlines.
            warnings.simplefilter("ignore", RuntimeWarning)
            return geopandas.read_file(source, layer=(with_area or spatial)[0], engine="pyogrio")
    except _UNREADABLE as error:
        reason = f"it cannot be read ({str(error).splitlines()[0][:120]})"
        raise BoundaryError(
            file, reason, "give a GeoJSON, GPKG, shapefile (.shp with .shx, .dbf, .prj) or zip file"
        ) from error


def _zip_member(file: Path) -> str:
    """Choose the file to read in an archive: full rather than simplified, GeoJSON before GPKG before shapefile."""
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.filename.startswith("__MACOSX")]
    if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise BoundaryError(file, "it unpacks to more than a gigabyte", "unpack it and give the file itself")
    for suffix in (".geojson", ".gpkg", ".shp"):
        members = [info.filename for info in infos if info.filename.lower().endswith(suffix)]
        if members:
            return min(members, key=lambda name: ("simplified" in name.lower(), name))
    raise BoundaryError(file, "no GeoJSON, GPKG or shapefile is in it", "give an archive that holds one of them")


def _polygons(file: Path, frame: GeoDataFrame) -> GeoDataFrame:
    """Only features with polygons, made valid."""
    kept = frame[frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~frame.geometry.is_empty]
    if kept.empty:
        kinds = sorted({str(kind) for kind in frame.geometry[~frame.geometry.is_empty].geom_type.dropna()})
        but = f" but {', '.join(kinds)}" if kinds else ", or empty ones"
        raise BoundaryError(file, f"it holds no polygons{but}", "give the areas of districts")
    if not np.isfinite(shapely.get_coordinates(kept.geometry.array)).all():
        raise BoundaryError(file, "some coordinates are no numbers", "repair the file or export it again")
    whole = kept.set_geometry([_surface(geometry) for geometry in kept.geometry.make_valid()], crs=frame.crs)
    if whole.geometry.is_empty.all():
        raise BoundaryError(file, "its polygons have no area", "repair the file or export it again")
    return whole[~whole.geometry.is_empty]


def _surface(geometry: BaseGeometry) -> BaseGeometry:
    """Only what has an area: a polygon that crosses itself may be repaired into polygons and lines."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _in_degrees(file: Path, frame: GeoDataFrame) -> GeoDataFrame:
    """In EPSG:4326, and where it should be."""
    west, south, east, north = frame.total_bounds
    in_range = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    declared = "it declares no CRS" if frame.crs is None else f"it declares {frame.crs.name}"
    if not in_range and (frame.crs is None or frame.crs.is_geographic):
        reason = (
            f"{declared}, but its coordinates ({west:.0f} to {east:.0f}, {south:.0f} to {north:.0f}) look like metres"
        )
        raise BoundaryError(file, reason, "say which CRS it is in (a .prj file, or export it again in EPSG:4326)")
    degrees = frame.set_crs("EPSG:4326") if frame.crs is None else frame.to_crs("EPSG:4326")
    west, south, east, north = degrees.total_bounds
    if _overlaps((west, south, east, north)):
        return degrees
    if _overlaps((south, west, north, east)):
        raise BoundaryError(file, "its latitudes and longitudes are swapped", "export it with longitude first")
    reason = f"it lies elsewhere (longitude {west:.1f} to {east:.1f}, latitude {south:.1f} to {north:.1f})"
    raise BoundaryError(file, reason, "give districts of Tajikistan or Afghanistan")


def _overlaps(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return west < AROUND[2] and east > AROUND[0] and south < AROUND[3] and north > AROUND[1]


def _name_column(file: Path, frame: GeoDataFrame, name_field: str | None) -> str:
    columns = [str(column) for column in frame.columns if column != frame.geometry.name]
    if name_field is not None and name_field not in columns:
        raise BoundaryError(file, f'it has no column "{name_field}"', f"use one of: {', '.join(columns) or 'none'}")
    column = name_field or next((name for name in NAME_FIELDS if name in columns), None)
    if column is None:
        reason = "none of its columns is a usual one for names"
        raise BoundaryError(file, reason, f"say which with --name-field, one of: {', '.join(columns) or 'none'}")
    return column


def _credits(file: Path, frame: GeoDataFrame) -> tuple[str, str | None]:
    """Name of the set and its licence, as far as the file tells."""
    columns = set(frame.columns)
    if {"shapeName", "shapeGroup", "shapeType"} <= columns:
        parts = {str(value) for column in ("shapeGroup", "shapeType") for value in frame[column].dropna().unique()}
        return " ".join(["geoBoundaries", *sorted(parts, reverse=True)]), _licence_beside(file)
    if {"ADM2_PCODE", "adm2_pcode"} & columns:
        return f"OCHA COD-AB ({file.name})", _licence_beside(file)
    return file.name, _licence_beside(file)


def _licence_beside(file: Path) -> str | None:
    """Find the line ``License: ...`` of a metadata text in the archive or in the folder, as geoBoundaries has it."""
    texts: list[str] = []
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith("metadata.txt")]
            texts = [archive.read(name).decode("utf-8", "replace") for name in sorted(names)]
    else:
        texts = [path.read_text("utf-8", "replace") for path in sorted(file.parent.glob("*metaData.txt"))]
    lines = [match for text in texts for match in re.findall(r"^License: *(\S.*?) *$", text, re.MULTILINE)]
    return lines[0] if lines else None


def _key(name: str) -> str:
    """Reduce a name to what it sounds like, without the words that tell the kind of unit."""
    own = [word for word in words(name) if word not in _KIND_WORDS]
    return sound("".join(own))


def _keys(districts: Sequence[Place], names: Iterable[PlaceName]) -> list[Mapping[str, list[str]]]:
    """Keys of each district, by rank: official names, variants, former names."""
    ranks: list[dict[str, list[str]]] = [{d.place_id: [_key(d.name)] for d in districts}, {}, {}]
    rank_of = {NameKind.OFFICIAL: 0, NameKind.FORMER: 2}
    for name in names:
        ranks[rank_of.get(name.kind, 1)].setdefault(name.place_id, []).append(_key(name.name))
    return list(ranks)


def _by_key(boundaries: Boundaries) -> dict[str, BaseGeometry]:
    """Polygons by the key of their name, joined where several have the same."""
    parts: dict[str, list[BaseGeometry]] = {}
    for number, (name, geometry) in enumerate(zip(boundaries.names, boundaries.geometries, strict=True)):
        parts.setdefault(_key(name) or f"#{number}", []).append(geometry)
    return {key: shapely.union_all(same) for key, same in parts.items()}


def _is_near(district: Place, polygon: BaseGeometry) -> bool:
    point = _point(district)
    return point is None or bool(shapely.distance(to_plane(polygon), to_plane(point)) < FAR_KM)


def _point(district: Place) -> shapely.Point | None:
    return None if district.lon is None or district.lat is None else shapely.Point(district.lon, district.lat)
