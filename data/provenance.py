"""What a build was made from: sums of the files that were read, and of what of the tables may be published.

The sum of a file that holds more than may be published is left out: where a withheld place is one of a few hundred,
each could be tried until the sum fits. Rows that every copy of panjmap carries hide nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import BoundaryError, InputChanged
from .inputs import Inputs
from .model import ROW_CLASSES, Tables
from .tables import table_text
from .text import clean

__all__ = ["InputFile", "file_sums", "read_sums", "rows_file", "sum_of", "table_files"]

#: Files that stand beside a shapefile and belong to it.
_BESIDE = {".shp": (".shp", ".shx", ".dbf", ".prj", ".cpg")}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, by its role (tables, districts, rows) and its name without a folder.

    ``sha256`` and ``size`` are of its bytes, or None where they would tell more than may be published; ``published`` is
    the SHA-256 of what of a table may be published, written as panjmap writes tables.
    """

    role: str
    name: str
    sha256: str | None
    size: int | None
    published: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Write it as a manifest does."""
        found = {"sha256": self.sha256, "bytes": self.size, "published_sha256": self.published}
        return {key: value for key, value in found.items() if value is not None}


def sum_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def table_files(
    inputs: Inputs, tables: Tables, published: Tables, common: Tables, *, internal: bool = False
) -> tuple[InputFile, ...]:
    """Describe the files of the tables.

    Parameters
    ----------
    inputs
        Their bytes, as they were read.
    tables, published
        All rows, and what of them may be published.
    common
        The packaged tables, whose rows are known to everyone.
    internal
        Whether the build may hold everything.
    """
    found = []
    sums = inputs.sums()
    for name in ROW_CLASSES:
        hidden = set(getattr(tables, name)) - set(getattr(published, name)) - set(getattr(common, name))
        sha256, size = sums[f"{name}.csv"] if internal or not hidden else (None, None)
        text = table_text(name, published)
        found.append(InputFile("tables", f"{name}.csv", sha256, size, sum_of(text.encode("utf-8"))))
    return tuple(found)


def rows_file(file: InputFile, tables: Tables, shown: Tables, published: Tables) -> InputFile:
    """Describe a file of imported rows: without its sum where a row holds more than may be published.

    Parameters
    ----------
    file
        Its name and sum.
    tables, shown
        The tables without and with the rows.
    published
        What of them may be published; its sum stands in for that of the file. All of ``shown`` in an internal build.
    """
    text = "".join(table_text(name, published) for name in ROW_CLASSES)
    told = replace(file, published=sum_of(text.encode("utf-8")))
    hidden = any(set(getattr(shown, n)) - set(getattr(tables, n)) - set(getattr(published, n)) for n in ROW_CLASSES)
    return replace(told, sha256=None, size=None) if hidden else told


def read_sums(role: str, path: Path) -> tuple[InputFile, ...]:
    """Read the sums of a file, and of those that belong to it if it is a shapefile.

    Raises
    ------
    BoundaryError
        It cannot be read.
    """
    suffixes = _BESIDE.get(path.suffix.lower(), (path.suffix,))
    paths = [path, *(p for s in suffixes if (p := path.with_suffix(s)) != path and p.is_file())]
    try:
        return tuple(InputFile(role, clean(one.name), *_sum_and_size(one)) for one in paths)
    except OSError as error:
        raise BoundaryError(path, f"it cannot be read ({error.strerror})", "allow reading it") from error


def file_sums(role: str, path: Path, before: Iterable[InputFile]) -> tuple[InputFile, ...]:
    """Read the sums again after the file was used, and see that they are what they were ``before``.

    Raises
    ------
    InputChanged
        They are not: the file changed while it was read.
    """
    found = read_sums(role, path)
    if found != tuple(before):
        raise InputChanged(path)
    return found


def _sum_and_size(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return sha256, stream.tell()
