"""A manifest of unknown origin -> what it says, or one clear reason why it cannot be believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..data.errors import ManifestError, shorten
from ..data.strict_json import JsonRefused, read_json
from .manifest import FORMAT

__all__ = ["Manifest", "Sum", "read_manifest"]

_SHA: Final = re.compile(r"[0-9a-f]{64}")
#: A file name that stays in the folder of the manifest, on any system.
_NAME: Final = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,255}")
_AGAIN: Final = "build the map again, with its manifest"


@dataclass(frozen=True, slots=True)
class Sum:
    """What a manifest says of one file; a sum is missing where it would tell more than may be published."""

    sha256: str | None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says. ``inputs`` are by role and name; ``content`` is all of it."""

    path: Path
    file: str
    format: int
    outputs: Mapping[str, Sum]
    inputs: Mapping[str, Mapping[str, Sum]]
    versions: Mapping[str, str]
    options: Mapping[str, Any]
    content: Mapping[str, Any]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    ManifestError
        It is no manifest, or says what none can say: a path instead of a name, a sum that is none.
    """
    try:
        content = read_json(path)
    except JsonRefused as error:
        raise ManifestError(path, str(error), "name the manifest.json that was written beside a map") from error
    found = _Checked(path)
    top = found.mapping(content, "the whole file")
    format_ = top.get("format", 0)
    if not isinstance(format_, int) or isinstance(format_, bool) or not 0 <= format_ <= FORMAT:
        raise ManifestError(
            path, f"its format is not one of 0 to {FORMAT}", "use the panjmap that wrote it, or a newer"
        )
    map_ = found.mapping(top.get("map"), "map")
    file = found.name(map_.get("file"), "map.file")
    outputs = found.sums(top.get("outputs", {file: map_}), "outputs", needed=True)
    if outputs.get(file) != Sum(found.sha(map_.get("sha256"), "map.sha256")):
        raise ManifestError(path, "map and outputs say different things of the map", _AGAIN)
    inputs = {
        role: found.sums(files, f"inputs.{shorten(role)}")
        for role, files in found.mapping(top.get("inputs", {}), "inputs").items()
    }
    versions = found.mapping(top.get("versions", {}), "versions")
    if not all(isinstance(version, str) for version in versions.values()):
        raise ManifestError(path, "a version is no text", _AGAIN)
    options = found.mapping(top.get("options", {}), "options")
    return Manifest(path, file, format_, outputs, inputs, versions, options, top)


class _Checked:
    """Takes values of a manifest apart, or says which one is wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mapping(self, value: object, where: str) -> dict[str, Any]:
        """Take an object."""
        if not isinstance(value, dict):
            raise ManifestError(self._path, f"{where} is no object", _AGAIN)
        return value

    def name(self, value: object, where: str) -> str:
        """Take a file name, which no folder stands before."""
        if not isinstance(value, str) or not _NAME.fullmatch(value) or value in (".", ".."):
            raise ManifestError(self._path, f"{where} is no plain name of a file", _AGAIN)
        return value

    def sha(self, value: object, where: str) -> str:
        """Take a SHA-256."""
        if not isinstance(value, str) or not _SHA.fullmatch(value):
            raise ManifestError(self._path, f"{where} is no SHA-256", _AGAIN)
        return value

    def sums(self, value: object, where: str, *, needed: bool = False) -> dict[str, Sum]:
        """Take sums by file name; those of inputs may be missing, and assets have a folder before their name."""
        found = {}
        for name, said in self.mapping(value, where).items():
            if needed:
                self.name(name, f"a name in {where}")
            one = self.mapping(said, f"a file in {where}")
            given = {key: one.get(key) for key in ("sha256", "published_sha256")}
            sums = [None if said is None else self.sha(said, f"a sum in {where}") for said in given.values()]
            if needed and sums[0] is None:
                raise ManifestError(self._path, f"a file in {where} has no SHA-256", _AGAIN)
            found[name] = Sum(*sums) if not needed else Sum(sums[0])
        return found
