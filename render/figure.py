"""A figure for a report: the map or the river strip as PNG, SVG and PDF, with its description in the file.

In: the tables and the options. Out: bytes, the same for the same input; nothing is written before all of it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Unpack

from ..data.errors import OptionError
from ..data.files import replace_files
from ..data.internal import marked, named
from .descriptions import Descriptions, describe
from .figures.layout import asked_text
from .figures.map import map_canvas
from .figures.options import SIZES, FigureOptions
from .figures.save import FORMATS, saved
from .prepare import SceneInputs, read_scene
from .scene import Scene
from .selection import selected

__all__ = ["FigureWritten", "figure_bytes", "write_figure"]

#: What stands beside a figure, for those who place it: alt text, long description, caption.
TEXTS: Final = ("alt", "long", "caption")


@dataclass(frozen=True, slots=True)
class FigureWritten:
    """What was written: paths and sizes in bytes, and what the picture shows."""

    sizes: dict[Path, int]
    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        """Name the files, and the size on paper."""
        files = "\n".join(f"{path} ({size / 1000:.0f} kB)" for path, size in self.sizes.items())
        return f"{files}\n{self.width_mm:.0f} × {self.height_mm:.0f} mm"


def figure_bytes(made: Scene, options: FigureOptions, formats: Sequence[str]) -> dict[str, bytes]:
    """Draw a figure once and write it in several formats.

    Parameters
    ----------
    made
        The whole scene; the options choose what of it is shown.
    options
        Size, selection, words, fonts.
    formats
        Of ``png``, ``svg``, ``pdf``.

    Returns
    -------
    dict
        The bytes by format, and ``alt``, ``long`` and ``caption`` as UTF-8 texts.

    Raises
    ------
    OptionError
        A format is not known, or no record is known to lie in the selection.
    FontError
        A font is not installed or lacks letters.
    """
    return _drawn(made, options, formats)[0]


def _drawn(made: Scene, options: FigureOptions, formats: Sequence[str]) -> tuple[dict[str, bytes], float]:
    """Draw, save, describe; the bytes and the height in mm."""
    for one in formats:
        if one not in FORMATS:
            raise OptionError("format", one, "not known", f"choose {', '.join(FORMATS)}")
    shown = selected(made, options.window, options.types, options.bbox)
    title, dpi = options.title or made.options.title, SIZES[options.size].dpi
    title = marked(title) if made.internal else title
    shown = replace(shown, options=replace(shown.options, title=title))  # what is described has the figure's title
    words = describe(shown, "strip" if options.strip else "map", selected=asked_text(shown, options))
    if options.strip:
        from .figures.strip import strip_canvas

        canvas = strip_canvas(shown, options)
    else:
        canvas = map_canvas(shown, options)
    files = {one: saved(canvas, one, dpi=dpi, title=title, alt=words.alt, long=words.long) for one in formats}
    return files | _texts(words), canvas.height * canvas.unit_mm


def _texts(words: Descriptions) -> dict[str, bytes]:
    return {name: f"{getattr(words, name)}\n".encode() for name in TEXTS}


def write_figure(
    out: Path,
    options: FigureOptions,
    *,
    folder: Path | None = None,
    **given: Unpack[SceneInputs],
) -> FigureWritten:
    """Write a figure, and beside it its alt text, long description and caption.

    Parameters
    ----------
    out
        A file whose ending tells the format: ``.png``, ``.svg`` or ``.pdf``.
    options
        Size, selection, words, fonts.
    folder, given
        As in :func:`panjmap.render.write.write_map`; an internal figure is called ``figure.internal.png``.

    Raises
    ------
    PanjmapError
        The ending, an option, the tables or the folder are at fault; the old files are as they were.
    """
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise OptionError("--out", out.name, "its ending tells no format", f"let it end in .{', .'.join(FORMATS)}")
    out = named(out, internal=given.get("internal", False))
    made = read_scene(folder, **given)
    found, height = _drawn(made, options, [form])
    files = {out: found[form]} | {out.with_name(f"{out.stem}.{name}.txt"): found[name] for name in TEXTS}
    replace_files(files)
    return FigureWritten({path: len(data) for path, data in files.items()}, SIZES[options.size].width_mm, height)
