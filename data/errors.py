"""Everything that can go wrong for a reason outside the code: one class a reason, each builds its own message.

The command line prints ``str(error)`` and ends with exit code 1; no other exception is meant for a user's eyes.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .text import clean, printed

#: Longest stretch of a value that an error message repeats, in characters.
SHOWN = 60


def shorten(value: str) -> str:
    """Return a value as it can stand in one line of a message: cleaned, without line breaks, cut at :data:`SHOWN`."""
    shown = " ".join(clean(value).split())
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"


class PanjmapError(Exception):
    """Base of all errors that a user can act on."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a table: where, what stands there, what was expected, and how to fix it.

    ``row`` counts as a spreadsheet does: 1 is the header; where ``unit`` is not "row" (a feature of GeoJSON, a
    placemark of KML, an item of JSON) it counts from 0. ``row`` and ``column`` are ``None`` for a whole file,
    ``value`` is ``None`` where nothing stands there. A ``level`` of "warning" is told and stops nothing.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    fix: str
    level: str = "error"
    unit: str = "row"

    def __str__(self) -> str:
        """Return the problem as one line."""
        where = printed([clean(self.file)])
        if self.row is not None:
            where += f", {self.unit} {self.row}"
        if self.column is not None:
            where += f", column {shorten(self.column)}"
        found = "" if self.value is None else f' found "{shorten(self.value)}";'
        return f"{where}:{found} expected {self.expected}. Fix: {self.fix}."


class TableErrors(PanjmapError):
    """Tables that cannot be read: every problem found, one line each, in file and row order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputChanged(PanjmapError):
    """A file that is read was changed meanwhile: what was read is of no one moment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path}: changed while it was read; nothing was written. Fix: run again.")


class FolderNotEmpty(PanjmapError):
    """New tables are written into a new or empty folder only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder}: not an empty folder, nothing was written. Fix: name a new or empty folder.")


class KitFolderError(PanjmapError):
    """A kit is written into a new or empty folder, or over a kit that nobody has changed."""

    def __init__(self, folder: Path, reason: str, fix: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {reason}; nothing was written. Fix: {fix}.")


class ReadOnlyTables(PanjmapError):
    """The packaged tables are never written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"{folder}: the packaged tables are read-only, nothing was written. "
            "Fix: copy them with `panjmap init DIR` and name DIR with --data."
        )


#: What helps where the disk or a limit is at fault, by what the system says.
_DISK_FIXES = {
    errno.ENAMETOOLONG: "shorten the name",
    errno.ENOSPC: "make room on that disk, or name a folder on another one",
    getattr(errno, "EDQUOT", errno.ENOSPC): "make room within your quota, or name a folder on another disk",
    errno.EFBIG: "allow larger files (ulimit -f), or name a folder on another disk",
    errno.EMFILE: "allow more open files (ulimit -n)",
}


class OutputError(PanjmapError):
    """An output cannot be written; the files that stood there before are as they were."""

    def __init__(self, path: Path, error: OSError, *, fix: str = "") -> None:
        self.path = path
        reason = error.strerror or str(error)
        fix = fix or _DISK_FIXES.get(error.errno or 0, "name a file in a folder that can be written to")
        super().__init__(f"{path}: cannot be written ({reason}). Fix: {fix}.")


class OptionError(PanjmapError):
    """A choice that cannot be met: an unknown value, or one that leaves nothing to show."""

    def __init__(self, option: str, value: str, reason: str, fix: str) -> None:
        self.option = option
        super().__init__(f'{option} "{shorten(value)}": {reason}. Fix: {fix}.')


class FontError(PanjmapError):
    """A font that is not there, or that lacks letters which are to be drawn."""

    @classmethod
    def unknown(cls, family: str, known: Iterable[str]) -> FontError:
        """Name a family that is not installed, and those that are called much the same."""
        near = difflib.get_close_matches(family, sorted(known), n=3, cutoff=0.5)
        instead = f"; installed and called much the same: {', '.join(near)}" if near else ""
        return cls(f'font "{shorten(family)}": not installed{instead}. Fix: name an installed font, or leave it out.')

    @classmethod
    def missing(cls, families: Iterable[str], letters: Sequence[str], own: str) -> FontError:
        """Name the letters that a font lacks, and what to do."""
        names, shown = ", ".join(families), " ".join(letters[:12])
        more = f" and {len(letters) - 12} more" if len(letters) > 12 else ""
        fix = "name an installed font that has them after it, with a comma"
        if own not in names.split(", "):
            fix += f', as in "{shorten(names)}, {own}" ({own} has Latin, Cyrillic and Persian letters)'
        return cls(f'font "{shorten(names)}": has no letters for {shown}{more}. Fix: {fix}.')


class AssetError(PanjmapError):
    """A file that the page embeds is missing or is not the one that was pinned."""

    def __init__(self, name: str, reason: str, fix: str) -> None:
        self.name = name
        super().__init__(f"{name}: {reason}. Fix: {fix}.")


class BoundaryError(PanjmapError):
    """A boundary file that cannot be used."""

    def __init__(self, file: Path, reason: str, fix: str) -> None:
        self.file = file
        super().__init__(f"{file}: {reason}. Fix: {fix}.")


class PlaceError(PanjmapError):
    """A place that a record, a decision or a user names cannot be used as asked."""

    def __init__(self, place: str, reason: str, fix: str) -> None:
        self.place = place
        super().__init__(f"{' '.join(clean(place).split())}: {reason}. Fix: {fix}.")


class TextsError(PanjmapError):
    """A folder of texts that cannot be used."""

    def __init__(self, folder: Path, reason: str, fix: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {reason}. Fix: {fix}.")


class ManifestError(PanjmapError):
    """A manifest that cannot be believed."""

    def __init__(self, path: Path, reason: str, fix: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}. Fix: {fix}.")


class MapError(PanjmapError):
    """A built map that cannot be read back: no map, not whole, damaged, or beyond a limit."""

    def __init__(self, file: Path, reason: str, fix: str) -> None:
        self.file = file
        super().__init__(f"{file}: {reason}. Fix: {fix}.")
