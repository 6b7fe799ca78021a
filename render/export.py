"""Exports: one entry for every format, and the only writer of them.

In: a scene, which holds only what may be published. Out: files as bytes, and notes on what the format cannot hold. A
format is one line in ``exports/formats.py`` and one module with a function ``export(scene) -> Exported``, which is
imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Unpack

from ..data.errors import OptionError
from ..data.files import replace_files, replaceable
from ..data.internal import named
from ..data.wording import listing, plural
from .exports.formats import FORMATS, Format
from .prepare import SceneInputs, read_scene, spare_inputs
from .scene import Scene

__all__ = ["FORMATS", "Exported", "Format", "Written", "export_bytes", "format_of", "write_export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export is made of.

    Attributes
    ----------
    files
        Bytes by what comes after the stem of the file's name: ``.csv``, ``-claims.csv``. The first one is the file that
        was asked for, whatever its own suffix; the others are written beside it.
    notes
        What the format cannot hold, and what else a user should know; plain text, one sentence or line each.
    """

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: paths, sizes, how many records, and the notes."""

    files: Mapping[Path, int]
    records: int
    on_the_map: int
    hidden: str
    notes: tuple[str, ...]

    def __str__(self) -> str:
        """Say it as the command prints it: one line a file, then the count."""
        lines = [f"{path} ({-(-size // 1000)} kB)" for path, size in self.files.items()]
        listed = self.records - self.on_the_map
        count = (
            f"{self.records} {plural(self.records, 'record')}: {self.on_the_map} on the map, {listed} in the list only."
        )
        return "\n".join([*lines, f"{count} {self.hidden}".strip()])


def export_bytes(scene: Scene, format: str) -> Exported:
    """Export a scene in one format, in memory.

    Raises
    ------
    OptionError
        There is no such format.
    """
    if format not in FORMATS:
        raise OptionError("--format", format, "there is no such format", f"use {listing(FORMATS, 'or')}")
    exported = import_module(f".exports.{FORMATS[format].module}", __package__).export(scene)
    assert isinstance(exported, Exported)  # noqa: S101 - what every module promises
    return exported


def format_of(out: Path, format: str | None = None) -> str:
    """Tell in which format a file is to be written: as asked, or by its suffix.

    Raises
    ------
    OptionError
        The suffix says something else than the format, or says nothing and no format was named.
    """
    suffix = out.suffix.lower()
    named = [one for one, known in FORMATS.items() if suffix in known.suffixes]
    if format is None:
        if not named:
            reason = f"its ending {suffix} is that of no format" if suffix else "it has no ending that names a format"
            endings = listing(dict.fromkeys(known.suffixes[0] for known in FORMATS.values()), "or")
            raise OptionError("--out", out.name, reason, f"let it end in {endings}")
        return named[0]
    if format in FORMATS and suffix not in FORMATS[format].suffixes:
        wanted = FORMATS[format].suffixes[0]
        ending = f"ends in {suffix}" if suffix else "has no ending"
        other = f"the name {ending}, and {FORMATS[format].title} is written to a file that ends in {wanted}"
        choice = f", or ask for --format {named[0]}" if named else ""
        raise OptionError("--out", out.name, other, f"name it {out.stem}{wanted}{choice}")
    return format


def write_export(
    out: Path,
    format: str | None = None,
    *,
    folder: Path | None = None,
    **given: Unpack[SceneInputs],
) -> Written:
    """Export the tables in ``folder`` to ``out``; all files are replaced at once, after everything has succeeded.

    Parameters
    ----------
    out
        The file; what a format writes besides goes beside it.
    format
        One of :data:`FORMATS`; by default as the suffix of ``out`` says.
    folder
        Folder with the tables; the packaged ones by default.
    given
        What is exported besides, as in :func:`panjmap.render.prepare.read_scene`; an internal file is called
        ``records.internal.csv``.

    Raises
    ------
    PanjmapError
        A choice cannot be met, the tables or the boundary file are at fault, or the file cannot be written; what stood
        there before is as it was.
    """
    chosen = format_of(out, format)
    out = named(out, internal=given.get("internal", False))
    replaceable(out)
    scene = read_scene(folder, **given)
    exported = export_bytes(scene, chosen)
    first = next(iter(exported.files))
    contents = {out if end == first else out.with_name(out.stem + end): data for end, data in exported.files.items()}
    spare_inputs(contents, folder, **given)
    replace_files(contents)
    sizes = {path: len(data) for path, data in contents.items()}
    notes = (*((f"{scene.imported}.",) if scene.imported else ()), *exported.notes)
    return Written(sizes, len(scene.rows), len(scene.drawn), scene.published.note, notes)
