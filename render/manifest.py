"""``manifest.json``: what an output was made of, so that anyone can make it again and compare.

In: a scene and the bytes that are written. Out: bytes of JSON, the same for the same input: no clock, no folder, no
user, no version of Python (which changes no byte of the map).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from .. import __version__
from ..data.provenance import InputFile, sum_of
from ..data.text import clean
from ..geo.basemap import PACKAGED as BASEMAP
from .assets import LIBRARIES
from .scene import Scene

__all__ = ["FORMAT", "manifest", "versions"]

#: Grows when a manifest can no longer be read as before.
FORMAT: Final = 1
#: Packages on which the bytes of the page may depend.
PACKAGES: Final = (
    *("branca", "django-js-lib-leaflet", "folium", "geopandas", "isal", "jinja2", "markupsafe", "numpy", "pandas"),
    *("pydantic", "pyproj", "rjsmin", "shapely"),
)
_ROOT: Final = Path(__file__).resolve().parents[1]


def manifest(made: Scene, outputs: Mapping[str, bytes]) -> bytes:
    """Say what an output was made of.

    Parameters
    ----------
    made
        The scene that the outputs show.
    outputs
        Bytes by file name; the first is the map.
    """
    published = made.published
    sums = {clean(name): {"sha256": sum_of(data), "bytes": len(data)} for name, data in outputs.items()}
    first = next(iter(sums))
    content = {
        "format": FORMAT,
        "map": {"file": first, **sums[first]},
        "outputs": sums,
        "inputs": _inputs(made.inputs) | {"basemap": _basemap(), "assets": _assets()},
        "versions": versions(one.role for one in made.inputs),
        "options": _options(made),
        "data_version": made.version,
        "rows": {name: len(rows) for name, rows in published.tables._asdict().items()},
        "records": {
            record_id: {"precision": row.precision, "how": row.how} for record_id, row in made.located.iterrows()
        },
        "generalised": list(published.generalised),
        "withheld": published.withheld,
        "districts": made.areas.set_name,
    } | ({"internal": True} if made.internal else {})
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _options(made: Scene) -> dict[str, Any]:
    """List what was chosen: what a rebuild has to choose as well."""
    options = made.options
    return {
        "title": options.title,
        "lang": options.lang,
        "embed": options.embed,
        "tiles": [tile.url for tile in options.tiles],
        "name_field": made.name_field,
    }


def _inputs(files: tuple[InputFile, ...]) -> dict[str, dict[str, Any]]:
    """Sort inputs by role and name."""
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        found.setdefault(file.role, {})[file.name] = file.as_dict()
    return found


@cache
def _basemap() -> dict[str, Any]:
    return _folder(BASEMAP, ".json", ".csv", ".webp")


@cache
def _assets() -> dict[str, Any]:
    """Our own files of the page, and those of Leaflet, whose sums are pinned."""
    folder = Path(__file__).parent
    own = _folder(folder / "assets") | _folder(folder / "languages")
    pinned = {f"{lib.name}/{name}": {"sha256": sha} for lib in LIBRARIES.values() for name, sha in lib.sha256.items()}
    return own | pinned


def _folder(folder: Path, *suffixes: str) -> dict[str, Any]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {
        path.name: {"sha256": sum_of(data := path.read_bytes()), "bytes": len(data)}
        for path in files
        if not suffixes or path.suffix in suffixes
    }


def versions(roles: Iterable[str] = ()) -> dict[str, str]:
    """Versions of panjmap and of what the bytes of a page depend on; of GDAL and Arrow only where they read an input.

    ``roles`` are those of the inputs: a boundary file (districts) is read by GDAL, imported rows by Arrow.
    ``code`` is a sum over the Python files that make a page: two builds of one version may be of different code.
    """
    import pyproj
    import shapely

    found = {name: metadata.version(name) for name in PACKAGES}
    found |= {"GEOS": shapely.geos_version_string, "PROJ": pyproj.proj_version_str}
    roles = set(roles)
    found |= {"pyarrow": metadata.version("pyarrow")} if "rows" in roles else {}
    if "districts" in roles:
        import pyogrio

        found |= {"pyogrio": metadata.version("pyogrio"), "GDAL": pyogrio.__gdal_version_string__}
    return found | {"panjmap": __version__, "code": _code()}


@cache
def _code() -> str:
    """Take one sum over all Python files of the floors that make a page, whatever their line ends are."""
    files = sorted(path for floor in ("data", "geo", "render") for path in (_ROOT / floor).rglob("*.py"))
    sums = (f"{sum_of(_lf(path.read_bytes()))} {path.relative_to(_ROOT).as_posix()}" for path in files)
    return sum_of("\n".join(sums).encode())


def _lf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
