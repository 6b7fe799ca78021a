"""How much of a file is read: one set of bounds for everything that somebody hands in, and how they are raised.

With the defaults no file of any kind takes more than 1 GiB of memory or 30 seconds on one core (measured by
``benchmarks/readers.py``). Whoever raises one answers for memory and time.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

from .errors import OptionError

__all__ = ["Limits", "in_force", "limits", "raising"]

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest that is read, by what is counted.

    Attributes
    ----------
    file_bytes
        Size of one file, bytes, as it lies on the disk. A million rows with texts are about 300 MB.
    table_bytes
        Size of one table of the data folder, bytes: tables are held in memory whole. Ten thousand records with their
        claims are about 10 MB.
    inflated_bytes
        Size of what is packed in it (gzip, or all members of a zip that are read), bytes, counted while it is unpacked;
        what the archive says about itself is not believed.
    inflated_ratio
        How many times larger than the packed file what is packed may be. Tables shrink to a tenth, rarely to a
        fiftieth. Holds from 16 MiB unpacked on.
    rows
        Data rows, features, placemarks or items of one file, the header not counted.
    columns
        Columns of one table, or different property names of one collection.
    cells
        Rows times columns of a table of text, or properties of all features and items together. A million rows of the
        widest known data set (49 columns) stay below.
    field_chars
        Length of one cell, characters.
    record_chars
        Length of one row, feature, placemark or item as it stands in the file, characters.
    elements
        XML elements of one file (a cell of a workbook takes two or three), or lines of one table of text.
    members
        Files in one archive.
    nesting
        How deep lists and objects, or elements, may lie in one another.
    problems
        Problems that are told one by one; further ones are counted.
    text_bytes
        Size of one text that is read whole: of a report, or a manifest; bytes. Lists in one another still fit into a
        gigabyte of memory.
    page_rows
        Imported rows that become records of a page, figure or export. Each costs about a kilobyte of the page.
    """

    file_bytes: int = 512 * _MIB
    table_bytes: int = 32 * _MIB
    inflated_bytes: int = 512 * _MIB
    inflated_ratio: int = 100
    rows: int = 1_000_000
    columns: int = 2_000
    cells: int = 60_000_000
    field_chars: int = 131_072
    record_chars: int = 8 * _MIB
    elements: int = 8_000_000
    members: int = 2_000
    nesting: int = 64
    problems: int = 10_000
    text_bytes: int = 32 * _MIB
    page_rows: int = 2_000

    def raised(self, settings: Iterable[str]) -> Limits:
        """Return the limits with some of them set anew.

        Parameters
        ----------
        settings
            Each as ``rows=5000000``; underscores and commas may group the digits.

        Raises
        ------
        OptionError
            For a name that is none of the limits, or a value that is no whole number above zero.
        """
        names = [field.name for field in fields(self)]
        values: dict[str, int] = {}
        for setting in settings:
            name, _, written = setting.partition("=")
            name, digits = name.strip().replace("-", "_"), written.strip().replace("_", "").replace(",", "")
            if name not in names:
                near = difflib.get_close_matches(name, names, n=1)
                fix = f"write {near[0]}=N" if near else f"write NAME=N; the names are {', '.join(names)}"
                raise OptionError("--limit", setting, "no limit is called so", fix)
            if not (digits.isascii() and digits.isdigit() and len(digits) <= 18 and int(digits)):
                fix = f"write {name}=N; the default is {getattr(_DEFAULT, name)}"
                raise OptionError("--limit", setting, "no whole number from 1 to 18 digits", fix)
            values[name] = int(digits)
        return replace(self, **values)


_DEFAULT = Limits()
_IN_FORCE: ContextVar[Limits] = ContextVar("limits", default=_DEFAULT)


def limits() -> Limits:
    """Return the limits in force."""
    return _IN_FORCE.get()


@contextmanager
def in_force(chosen: Limits) -> Iterator[None]:
    """Read with other limits inside a ``with`` block."""
    token = _IN_FORCE.set(chosen)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def raising(name: str, needed: int | None = None) -> str:
    """Say how a limit is raised, as the end of a fix: ``raise it with panjmap --limit rows=N``.

    Parameters
    ----------
    name
        A field of :class:`Limits`.
    needed
        What this file would need, where that is known.
    """
    return f"or raise the limit with panjmap --limit {name}={needed or 'N'} before the command"
