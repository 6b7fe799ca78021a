"""The licences of everything that the lock files pin, and of the libraries inside its wheels: ``make licences``.

Reads what the installed distributions say of themselves (``License-Expression``, classifiers, ``License``, at last the
text of their licence) and writes two tables into ``docs/dependencies.md``. A row of a package that is not installed
here (one for another system) stays as it was written where it is. Ends with 1 if a licence is unknown, or not among
those that this project may be distributed with.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
#: Lock files, and what the packages that are only in them are for.
LOCKS: Final = {
    **{"requirements.txt": "maps", "requirements-dev.txt": "tests", "requirements-geodata.txt": "base map"},
    "requirements-fuzz.txt": "fuzzing",
}
#: What a package may be under (SPDX): free, and bound to no condition that a map or a report would have to meet.
ALLOWED: Final = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0", "MIT-CMU"}
    | {"MPL-2.0", "ODbL-1.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "matplotlib"}
)
#: What older metadata says, in SPDX.
SPDX: Final = {
    "MIT License": "MIT",
    "BSD 3-Clause License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "",  # says not which
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
#: Of these the metadata says less than their licence files.
CORRECTED: Final = {"atheris": "Apache-2.0", "matplotlib": "matplotlib", "timezonefinder-data": "MIT AND ODbL-1.0"}
#: Libraries inside wheels by the start of their file's name, or by package where they are linked into its modules.
BUNDLED: Final[Mapping[str, tuple[str, str]]] = {
    "numpy: libscipy_openblas": ("OpenBLAS, LAPACK", "BSD-3-Clause, BSD-3-Clause-Open-MPI"),
    "numpy: libgfortran": ("GCC runtime", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "numpy: libquadmath": ("libquadmath", "LGPL-2.1-or-later"),
    "shapely: libgeos": ("GEOS", "LGPL-2.1"),
    "pyproj: libproj": ("PROJ", "MIT"),
    "pyproj: libcurl": ("curl", "curl"),
    "pyproj: libnghttp2": ("nghttp2", "MIT"),
    "pyproj: libsqlite3": ("SQLite", "public domain"),
    "pyproj: libtiff": ("libtiff", "libtiff"),
    "pyogrio: libgdal": ("GDAL; linked into it GEOS, PROJ, curl, expat, SQLite", "MIT; GEOS: LGPL-2.1"),
    "pyarrow": ("Arrow C++ and what its NOTICE names (Parquet, Snappy, Thrift, zstd, ...)", "Apache-2.0, BSD, MIT"),
    "lxml": ("libxml2, libxslt, zlib; iconv", "MIT, Zlib; iconv: LGPL-2.1"),
    "matplotlib": ("FreeType, HarfBuzz, Qhull, Agg; the fonts DejaVu", "FTL, MIT, Qhull, BSD-3-Clause; Bitstream-Vera"),
    "isal": ("ISA-L", "BSD-3-Clause"),
    "django-js-lib-leaflet": ("Leaflet", "BSD-2-Clause"),
    "axe-playwright-python": ("axe-core", "MPL-2.0"),
    "playwright": ("Node.js, its driver", "MIT, Apache-2.0"),
    "pillow: lib": ("codecs and fonts (libjpeg-turbo, libwebp, FreeType, ...)", "as its licence file lists"),
}
_TABLE: Final = re.compile(r"(<!-- licences -->\n).*?(<!-- end -->)", re.DOTALL)
_ROW: Final = re.compile(r"^\| ([\w.-]+) \| ([\w., -]+) \| ([^|]+) \| ([\w ]+) \|$", re.MULTILINE)


def locked() -> dict[str, tuple[str, str]]:
    """Return version and purpose of every pinned package by name; versions that differ by system are joined."""
    found: dict[str, tuple[str, str]] = {}
    for lock, purpose in LOCKS.items():
        own: dict[str, list[str]] = {}
        for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
            own.setdefault(name, []).append(version)
        found = {name: (", ".join(sorted(set(versions))), purpose) for name, versions in own.items()} | found
    return dict(sorted(found.items()))


def stated(name: str) -> str | None:
    """Return the licence that an installed package states, in SPDX where it is known; None if it is not installed."""
    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    said = package.metadata
    classes = [text.split(" :: ")[-1] for text in said.get_all("Classifier") or [] if text.startswith("License ::")]
    lines = [(said.get_all("License") or [""])[0].strip().partition("\n")[0]]
    given = [*(said.get_all("License-Expression") or []), *(SPDX.get(text, text) for text in (*lines, *classes))]
    known = [text for text in given if text and allowed(text)]
    return CORRECTED.get(name) or next(iter(known), None) or _by_text(package) or "unknown"


def allowed(expression: str) -> bool:
    """Whether all parts of an SPDX expression are among those that are allowed; of alternatives one is enough."""
    return any(all(part.strip("() ") in ALLOWED for part in way.split(" AND ")) for way in expression.split(" OR "))


def _by_text(package: metadata.Distribution) -> str | None:
    """Recognise a licence by its text."""
    files = [file for file in package.files or [] if re.search("licen[cs]e|copying", file.name, re.IGNORECASE)]
    text = " ".join(" ".join(Path(str(file.locate())).read_text("utf-8", "replace").split()) for file in files)
    if "Redistribution and use in source and binary forms" in text:
        return "BSD-3-Clause" if re.search("Neither the names? ", text) else "BSD-2-Clause"
    return "MIT" if "Permission is hereby granted, free of charge, to any person obtaining a copy" in text else None


def libraries(name: str) -> list[str]:
    """List the shared libraries that a wheel brings beside its modules."""
    files = metadata.distribution(name).files or []
    return sorted(file.name for file in files if re.search(r"\.(?:libs|dylibs)/", str(file)))


def rows(page: str) -> dict[str, tuple[str, str, str]]:
    """Return what the page says: version, licence and purpose by package."""
    part = _TABLE.search(page)
    found = {row[1]: (row[2], row[3], row[4]) for row in _ROW.finditer(part[0] if part else "")}
    found.pop("package", None)  # the header
    return found


def renewed(page: str) -> str:
    """Return the page with both tables as the lock files and the installed packages are now."""
    before = rows(page)
    lines = ["| package | version | licence | for |", "| --- | --- | --- | --- |"]
    for name, (version, purpose) in locked().items():
        licence = stated(name) or before.get(name, ("", "unknown", ""))[1]
        lines.append(f"| {name} | {version} | {licence} | {purpose} |")
    lines += ["", "Inside wheels:", "", "| wheel | what | licence |", "| --- | --- | --- |"]
    lines += [f"| {key.partition(':')[0]} | {what} | {licence} |" for key, (what, licence) in BUNDLED.items()]
    text = "\n".join(lines) + "\n"
    return _TABLE.sub(lambda part: f"{part[1]}{text}{part[2]}", page)


def faults(page: str) -> list[str]:
    """Say what is missing, outdated, unknown or not allowed in the tables of a page."""
    there, pinned = rows(page), locked()
    found = [f"{name}: is no longer pinned" for name in there if name not in pinned]
    for name, (version, purpose) in pinned.items():
        row = there.get(name)
        if row is None or (row[0], row[2]) != (version, purpose):
            found.append(f"{name} {version}: has no such row")
        elif not allowed(row[1]):
            found.append(f"{name} {version}: {row[1]} is not among the allowed licences")
        elif (said := stated(name)) not in (None, row[1]):
            found.append(f"{name} {version}: the package says {said}, the table {row[1]}")
        if stated(name):
            keys = [key.partition(": ")[2] for key in BUNDLED if key.startswith(f"{name}: ")]
            found += [f"{name}: {file} is not listed" for file in libraries(name) if not file.startswith(tuple(keys))]
    return found


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")
    sys.exit("\n".join(faults(PAGE.read_text("utf-8"))) or 0)
