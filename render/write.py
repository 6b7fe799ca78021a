"""Build the map and replace the output: the whole flow in one call, and the only writer of the page."""

from __future__ import annotations

import errno
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ..data.errors import OutputError
from ..data.files import replace_files, replaceable
from ..data.text import clean
from ..data.wording import plural
from .incident_map import IncidentMap
from .prepare import read_scene, spare_inputs
from .scene import Scene

__all__ = ["MapWritten", "read_map", "write_map"]


@dataclass(frozen=True, slots=True)
class MapWritten:
    """What a build wrote: paths, sizes and how many records are where."""

    path: Path
    size: int
    located: int
    listed: int
    generalised: int
    withheld: int

    def __str__(self) -> str:
        """Say it in two lines, as the command prints it."""
        hidden = (
            f"; {self.generalised} generalised, {self.withheld} withheld" if self.generalised or self.withheld else ""
        )
        count = self.located + self.listed
        return (
            f"{self.path} ({self.size / 1000:.0f} kB)\n"
            f"{count} {plural(count, 'record')}: {self.located} on the map, {self.listed} in the list only{hidden}"
        )


def write_map(
    out: Path, *, folder: Path | None = None, districts: Path | None = None, name_field: str | None = None
) -> MapWritten:
    """Build the map from the tables in ``folder`` and write it to ``out``, with ``manifest.json`` beside it.

    Parameters
    ----------
    out
        The HTML file. It is replaced only after everything has succeeded.
    folder
        Folder with the tables; the packaged ones by default.
    districts
        A boundary file of districts; by default districts are approximate areas.
    name_field
        Column of ``districts`` with the names.

    Raises
    ------
    PanjmapError
        The tables, the boundary file or the output folder are at fault; the old file is as it was.
    """
    beside = _manifest_path(out)
    for path in (out, beside):
        replaceable(path)
    spare_inputs((out, beside), folder, districts)
    scene = read_scene(folder, districts=districts, name_field=name_field)
    html = IncidentMap(scene).get_root().render().encode("utf-8")
    replace_files({out: html, beside: _manifest(out, html, scene)})
    shown = sum(row.drawn and row.geometry is not None for row in scene.rows)
    published = scene.published
    return MapWritten(out, len(html), shown, len(scene.rows) - shown, len(published.generalised), published.withheld)


def _manifest_path(out: Path) -> Path:
    """Where the manifest goes: beside the map, whose name it cannot share."""
    if not out.name:
        raise OutputError(out, OSError(errno.EINVAL, "it is no name of a file"))
    beside = out.with_name("manifest.json")
    if beside == out:
        raise OutputError(out, OSError(errno.EINVAL, "the manifest is written there, beside the map"))
    return beside


def read_map(
    folder: Path | None = None, *, districts: Path | None = None, name_field: str | None = None
) -> IncidentMap:
    """Make the map of the tables in ``folder`` as a folium map, for a notebook or to add one's own layers.

    Parameters and errors are those of :func:`write_map`; nothing is written.
    """
    return IncidentMap(read_scene(folder, districts=districts, name_field=name_field))


def _manifest(out: Path, html: bytes, scene: Scene) -> bytes:
    """Say what the map was made of, so that anyone can check it; the same bytes for the same input."""
    published = scene.published
    content = {
        "map": {"file": clean(out.name), "sha256": hashlib.sha256(html).hexdigest(), "bytes": len(html)},
        "data_version": scene.version,
        "rows": {name: len(rows) for name, rows in published.tables._asdict().items()},
        "records": {
            record_id: {"precision": row.precision, "how": row.how} for record_id, row in scene.located.iterrows()
        },
        "generalised": list(published.generalised),
        "withheld": published.withheld,
        "districts": scene.areas.set_name,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
