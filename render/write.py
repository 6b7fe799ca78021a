"""Build the map and replace the output: the whole flow in one call, and the only writer of the page."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from ..data.errors import OutputError
from ..data.files import replace_files, replaceable
from ..data.internal import named
from ..data.wording import plural
from .incident_map import IncidentMap
from .manifest import manifest
from .prepare import SceneInputs, read_scene, spare_inputs
from .scene import Scene

__all__ = ["MapWritten", "map_bytes", "read_map", "write_map"]


@dataclass(frozen=True, slots=True)
class MapWritten:
    """What a build wrote: paths, sizes and how many records are where."""

    path: Path
    size: int
    located: int
    listed: int
    generalised: int
    withheld: int
    imported: str = ""

    def __str__(self) -> str:
        """Say it in two lines, as the command prints it."""
        hidden = (
            f"; {self.generalised} generalised, {self.withheld} withheld" if self.generalised or self.withheld else ""
        )
        count = self.located + self.listed
        return (
            f"{self.path} ({self.size / 1000:.0f} kB)\n"
            f"{count} {plural(count, 'record')}: {self.located} on the map, {self.listed} in the list only{hidden}"
            + (f"\n{self.imported}" if self.imported else "")
        )


def write_map(
    out: Path,
    *,
    folder: Path | None = None,
    **given: Unpack[SceneInputs],
) -> MapWritten:
    """Build the map from the tables in ``folder`` and write it to ``out``, with ``manifest.json`` beside it.

    Parameters
    ----------
    out
        The HTML file. It is replaced only after everything has succeeded. An internal one is called
        ``map.internal.html``, and its manifest ``manifest.internal.json``.
    folder
        Folder with the tables; the packaged ones by default.
    given
        What is shown besides, as in :func:`panjmap.render.prepare.read_scene`.

    Raises
    ------
    PanjmapError
        The tables, the boundary file or the output folder are at fault; the old file is as it was.
    """
    internal = given.get("internal", False)
    out = named(out, internal=internal)
    beside = _manifest_path(out, internal=internal)
    for path in (out, beside):
        replaceable(path)
    spare_inputs((out, beside), folder, **given)
    scene = read_scene(folder, **given)
    html = map_bytes(scene)
    replace_files({out: html, beside: manifest(scene, {out.name: html})})
    shown = sum(row.drawn and row.geometry is not None for row in scene.rows)
    published = scene.published
    hidden = (len(published.generalised), published.withheld)
    return MapWritten(out, len(html), shown, len(scene.rows) - shown, *hidden, scene.imported)


def map_bytes(scene: Scene) -> bytes:
    """Make the file of the map."""
    return IncidentMap(scene).get_root().render().encode("utf-8")


def _manifest_path(out: Path, *, internal: bool) -> Path:
    """Where the manifest goes: beside the map, whose name it cannot share."""
    if not out.name:
        raise OutputError(out, OSError(errno.EINVAL, "it is no name of a file"))
    beside = named(out.with_name("manifest.json"), internal=internal)
    if beside == out:
        raise OutputError(out, OSError(errno.EINVAL, "the manifest is written there, beside the map"))
    return beside


def read_map(
    folder: Path | None = None,
    **given: Unpack[SceneInputs],
) -> IncidentMap:
    """Make the map of the tables in ``folder`` as a folium map, for a notebook or to add one's own layers.

    Parameters and errors are those of :func:`write_map`; nothing is written.
    """
    return IncidentMap(read_scene(folder, **given))
