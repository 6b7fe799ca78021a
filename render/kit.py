"""One folder for an author: figures, texts, tables, documents, pages, citation, and a note on what is what.

In: a scene. Out: files as bytes, by name; all are made before the first is written. A kit may be made again in its own
folder; what a user has changed or added there is never touched.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from typing import Final, Unpack

from ..data.errors import KitFolderError, OutputError
from ..data.files import replace_files, settle
from ..data.internal import internal_name, named
from ..data.wording import plural
from .alt_text import counted, not_complete
from .citation import bibtex, cff
from .credits import base_map_credit, boundary_note
from .descriptions import describe
from .document import as_docx, table_docx
from .embed import embed_page, snippet
from .escaping import markdown
from .figures.options import FigureOptions
from .incident_map import IncidentMap
from .incident_table import as_csv, as_latex, as_markdown
from .prepare import SceneInputs, read_scene
from .scene import Scene

__all__ = ["CONTENTS", "KitWritten", "kit_files", "write_kit"]

#: Every file of a kit and what it is, in the order of the README.
CONTENTS: Final[Mapping[str, str]] = {
    "README.md": "what is what, and how to use it",
    "report.docx": "A4 page for Word: figure with alt text, caption, incident table, sources, citation",
    "figure.png": "the map, 183 mm wide (two columns), 300 dpi",
    "figure.svg": "the same as vectors with live text and named groups",
    "figure.pdf": "the same as vectors with fonts embedded, for print and LaTeX",
    "figure-grey.png": "the same in grey, for print without colour",
    "figure-grey.pdf": "the grey one as vectors",
    "figure-column.png": "the map, 89 mm wide (one column), 300 dpi",
    "figure-column.svg": "the same as vectors with live text and named groups",
    "figure-column.pdf": "the same as vectors with fonts embedded",
    "figure-social.png": "card for social media, 1200 × 630 pixels",
    "strip.png": "the river strip: records by river km and date, 183 mm wide, 300 dpi",
    "strip.svg": "the same as vectors with live text and named groups",
    "strip.pdf": "the same as vectors with fonts embedded",
    "alt-text.txt": "alt text of the map, at most 250 characters",
    "alt-text-strip.txt": "alt text of the river strip",
    "description.txt": "long description of the map: every record, what is uncertain, what is not drawn",
    "description-strip.txt": "long description of the river strip",
    "caption.txt": "caption of the map, with sources and credits",
    "caption-strip.txt": "caption of the river strip",
    "incidents.csv": "incident table for spreadsheets",
    "incidents.md": "incident table for Markdown: GitHub, Pandoc, Quarto, MyST",
    "incidents.tex": "incident table for LaTeX: array, booktabs, longtable",
    "incidents.docx": "incident table for Word",
    "map.html": "the whole map, one file that opens without a network",
    "embed.html": "the compact map for a frame",
    "snippet.html": "markup to paste into a web page: the map in a frame",
    "CITATION.cff": "how to cite the map, for GitHub, Zenodo, Zotero",
    "citation.bib": "the same for BibTeX and biber",
    "SHA256SUMS": "checksums of all other files",
}

#: Figures that are drawn, each once: stem of the file, options, formats.
FIGURES: Final[tuple[tuple[str, str, FigureOptions, tuple[str, ...]], ...]] = (
    ("figure", "figure, 183 mm", FigureOptions(), ("png", "svg", "pdf")),
    ("figure-grey", "figure in grey", FigureOptions(grey=True), ("png", "pdf")),
    ("figure-column", "figure, 89 mm", FigureOptions(size="column"), ("png", "svg", "pdf")),
    ("figure-social", "card for social media", FigureOptions(size="social"), ("png",)),
    ("strip", "river strip", FigureOptions(strip=True), ("png", "svg", "pdf")),
)

Draw = Callable[[Scene, FigureOptions, Sequence[str]], Mapping[str, bytes]]
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class KitWritten:
    """What was written: the folder, how many files, their size in bytes."""

    folder: Path
    files: int
    size: int
    readme: str = "README.md"

    def __str__(self) -> str:
        """Say it in two lines, as the command prints it."""
        size = f"{self.files} {plural(self.files, 'file')}, {self.size / 1e6:.1f} MB"
        return f"{self.folder}: {size}\nStart with {self.readme}"


def write_kit(
    folder: Path,
    *,
    data: Path | None = None,
    font: tuple[str, ...] = (),
    tell: Tell = lambda _at, _of, _what: None,
    **given: Unpack[SceneInputs],
) -> KitWritten:
    """Make a kit and write it into ``folder``, all files at once.

    Parameters
    ----------
    folder
        A new or empty folder, or one that holds a kit. That of an internal kit is called ``DIR.internal``, and every
        file in it is marked in its name as well: ``map.internal.html``.
    data
        Folder with the tables; the packaged ones by default.
    font
        Installed fonts for the figures, in the order in which they are asked for a letter.
    tell
        Is told before each step: its number, how many there are, what is made.
    given
        What is shown besides, as in :func:`panjmap.render.prepare.read_scene`.

    Raises
    ------
    KitFolderError
        The folder holds other things, or a file of its kit was changed; nothing was written.
    PanjmapError
        The tables, the boundary file, a font or the folder are at fault; nothing was written.
    """
    internal = given.get("internal", False)
    folder = named(folder, internal=internal, option="DIR")
    names = _names(internal=internal)
    _check_folder(folder, names)
    made = read_scene(data, **given)
    files = kit_files(made, font=font, tell=tell)
    replace_files({folder / name: content for name, content in files.items()})
    return KitWritten(folder, len(files), sum(map(len, files.values())), names["README.md"])


def kit_files(
    made: Scene,
    *,
    font: tuple[str, ...] = (),
    tell: Tell = lambda _at, _of, _what: None,
    draw: Draw | None = None,
) -> dict[str, bytes]:
    """Make all files of a kit, in the order of :data:`CONTENTS`; those of an internal one have marked names.

    ``draw`` makes a figure in several formats; by default :func:`panjmap.render.figure.figure_bytes`.
    """
    drawn, files = draw or _drawer(), dict[str, bytes]()
    steps = len(FIGURES) + 3
    for number, (stem, what, options, formats) in enumerate(FIGURES, 1):
        tell(number, steps, what)
        found = drawn(made, replace(options, font=font), formats)
        files |= {f"{stem}.{form}": found[form] for form in formats}
    tell(steps - 2, steps, "texts and tables")
    files |= _encoded(_texts(made)) | {"incidents.docx": table_docx(made)}
    tell(steps - 1, steps, "page for Word")
    files["report.docx"] = as_docx(made, files["figure.png"], describe(made))
    tell(steps, steps, "map")
    files["map.html"] = IncidentMap(made).get_root().render().encode("utf-8")
    files["embed.html"] = embed_page(made)
    files |= _encoded({"README.md": _readme(made)})
    files = {_name(name, made): files[name] for name in CONTENTS if name in files}
    return files | {_name("SHA256SUMS", made): _sums(files)}


def _name(name: str, made: Scene) -> str:
    """Name a file of the kit of a scene."""
    return _names(internal=made.internal)[name]


def _drawer() -> Draw:
    """Import what draws only when something is drawn."""
    from .figure import figure_bytes

    return figure_bytes


def _texts(made: Scene) -> dict[str, str]:
    """Texts and tables by name."""
    said = {"map": describe(made), "strip": describe(made, "strip")}
    return {
        "alt-text.txt": f"{said['map'].alt}\n",
        "alt-text-strip.txt": f"{said['strip'].alt}\n",
        "description.txt": said["map"].long,
        "description-strip.txt": said["strip"].long,
        "caption.txt": f"{said['map'].caption}\n",
        "caption-strip.txt": f"{said['strip'].caption}\n",
        "incidents.csv": as_csv(made),
        "incidents.md": as_markdown(made),
        "incidents.tex": as_latex(made),
        "snippet.html": snippet(made),
        "CITATION.cff": cff(made),
        "citation.bib": bibtex(made),
    }


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _readme(made: Scene) -> str:
    """Fill in the README: what is what, how to use it, what must stay with it."""
    template = Template((Path(__file__).parent / "assets" / "kit_readme.md").read_text("utf-8"))
    table = ["| File | What it is |", "| --- | --- |", *(f"| `{name}` | {what} |" for name, what in CONTENTS.items())]
    filled = template.substitute(
        title=markdown(made.options.title),
        not_complete=markdown(not_complete(made)),
        counted=markdown(" ".join(counted(made))),
        version=made.version,
        files="\n".join(table),
        credits=markdown(base_map_credit(made)),
        boundary=markdown(boundary_note(made)),
    )
    names = "|".join(map(re.escape, CONTENTS))
    told = re.sub(rf"(?<![\w.-])(?:{names})(?![\w-])", lambda found: _name(found[0], made), filled)
    return re.sub(r"\n{3,}", "\n\n", told)  # where nobody is counted


def _sums(files: Mapping[str, bytes]) -> bytes:
    """Write checksums as ``sha256sum`` reads them."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def _names(*, internal: bool) -> dict[str, str]:
    """Name the files of a kit; those of an internal one are marked."""
    return {name: internal_name(Path(name)).name if internal else name for name in CONTENTS}


#: Files by which a folder is known to hold a kit.
_OF_A_KIT: Final = frozenset({"README.md", "map.html", "report.docx"})
_SUM: Final = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")


def _check_folder(folder: Path, names: Mapping[str, str]) -> None:
    """Refuse a folder in which a kit would mix with other things, or replace what its user has changed.

    Raises
    ------
    KitFolderError, OutputError
        The folder is not new, not empty and no kit; a file of the kit was changed; or it is no folder.
    """
    try:
        if not folder.is_dir():
            _check_new(folder)
            return
        settle(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if all(path.name.startswith(".") for path in folder.iterdir()):  # a kit has no hidden files
            return
        sums = folder / names["SHA256SUMS"]
        lines = sums.read_text("utf-8", errors="replace").splitlines() if sums.is_file() else []
        listed = {found[2]: found[1] for line in lines if (found := _SUM.fullmatch(line))}
        if not listed.keys() >= {names[name] for name in _OF_A_KIT}:
            raise KitFolderError(folder, "it is not empty and holds no kit", "name a new or an empty folder")
        there = [name for name in names.values() if name != sums.name and (folder / name).exists()]
        changed = [name for name in there if _sum_of(folder / name) != listed.get(name)]
    except OSError as error:
        raise OutputError(folder, error, fix="name a folder that can be written to") from error
    if changed:
        reason = f"not as the kit was made: {', '.join(changed)}"
        raise KitFolderError(folder, reason, "keep a copy under another name and remove these, or name a new folder")


def _check_new(folder: Path) -> None:
    """Refuse what is no folder, and a new one where none can be made."""
    if folder.exists() or folder.is_symlink():
        raise KitFolderError(folder, "it is no folder", "name a new or an empty folder")
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        code = errno.EACCES if above.is_dir() else errno.ENOTDIR
        raise OSError(code, os.strerror(code))


def _sum_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
