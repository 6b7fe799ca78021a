"""The files of a data folder as bytes, all of one moment: what is parsed is what is hashed.

Tables are read one after the other. A folder that is saved, unpacked or checked out meanwhile would give some tables of
before and some of after; so all are read twice, and a difference is an error.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import InputChanged, Problem, TableErrors
from .limits import limits, raising

__all__ = ["Inputs", "read_bounded", "read_inputs", "unchanged"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files of one folder, as they were read.

    Attributes
    ----------
    folder
        Where they stand.
    contents
        The bytes of each file by its name, in the order asked for.
    problems
        By name, why a file could not be read; no name is in both.
    """

    folder: Path
    contents: Mapping[str, bytes]
    problems: Mapping[str, Problem]

    def sums(self) -> dict[str, tuple[str, int]]:
        """Return the SHA-256 (hexadecimal) and the size in bytes of each file by its name."""
        return {name: (hashlib.sha256(raw).hexdigest(), len(raw)) for name, raw in self.contents.items()}


def read_bounded(path: Path, most: int) -> bytes | None:
    """Read a plain file whole, unless it has more than ``most`` bytes: then nothing.

    A pipe would be waited for, and a device never ends: neither is opened.

    Raises
    ------
    OSError
        It is missing, no plain file, or cannot be read.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        what = "it is a folder" if stat.S_ISDIR(mode) else "it is no plain file"
        raise OSError(errno.EINVAL, what)
    with path.open("rb") as stream:
        raw = stream.read(most + 1)
    return None if len(raw) > most else raw


def read_inputs(folder: Path, names: Iterable[str]) -> Inputs:
    """Read files of a folder as they stand at one moment.

    Parameters
    ----------
    folder
        The data folder.
    names
        Names of the files in it, as ``claims.csv``.

    Raises
    ------
    TableErrors
        There is no such folder. A file that is missing or unreadable is a problem of the result, so that it can be
        told together with those of the others.
    InputChanged
        A file changed, came or went while they were read.
    """
    if not os.path.isdir(folder):
        fix = "`panjmap init DIR` writes one to start from"
        raise TableErrors([Problem(str(folder), None, None, None, "a folder with the tables", fix)])
    contents: dict[str, bytes] = {}
    problems: dict[str, Problem] = {}
    for name in names:
        found = _read(folder / name)
        if isinstance(found, bytes):
            contents[name] = found
        else:
            problems[name] = found
    for name in (*contents, *problems):
        if _read(folder / name) != contents.get(name, problems.get(name)):
            raise InputChanged(folder / name)
    return Inputs(folder, contents, problems)


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """See that a file that is read bit by bit stays what it was when reading began: too large to be read twice.

    Raises
    ------
    InputChanged
        It was written to or replaced meanwhile, as its size, times and number on the disk tell.
    """
    before = _state(path)
    yield
    if _state(path) != before:
        raise InputChanged(path)


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _read(path: Path) -> bytes | Problem:
    """Return the bytes of a file, or why there are none."""
    most = limits().table_bytes

    def problem(expected: str, fix: str) -> Problem:
        return Problem(str(path), None, None, None, expected, fix)

    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return problem("a file", "there is a folder of this name: rename it and put the table in its place")
        if not stat.S_ISREG(mode):
            return problem("a plain file, no device or pipe", "put the table in its place")
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return problem("this table", "add the file; `panjmap init DIR` writes a complete set to start from")
    except OSError as error:
        return problem(f"a file that can be read ({error.strerror})", "allow reading it")
    if len(raw) > most:
        return problem(f"a table of at most {most:,} bytes", f"take out what is no table, {raising('table_bytes')}")
    return raw
