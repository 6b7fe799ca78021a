r"""Tables as CSV text: RFC 4180, and safe in a spreadsheet. The same rules as on the page (``assets/rows.js``).

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, also after blanks
and quotes, and as a full-width sign. Such a text gets an apostrophe in front, and so does one after a semicolon, tab or
line break inside a text, since some programs part cells there. :func:`unguarded` takes them off again, exactly.
Numbers are written as numbers: a negative one is no formula.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["BOM", "LONGEST_CELL", "csv_line", "csv_text", "guarded", "plain_cell", "unguarded"]

#: Tells a spreadsheet that the file is UTF-8.
BOM = "\ufeff"
#: Longest text in a cell of a spreadsheet, in UTF-16 units.
LONGEST_CELL = 32_767
_BLANK = r"\s\x00-\x20\u200b-\u200f\ufeff"
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"[{_BLANK}'\"]*{_SIGN}|'*[\t\r]")
_INNER = re.compile(rf"([;\t\r\n])(?=[{_BLANK}'\"]*{_SIGN})")
_INNER_GUARD = re.compile(rf"([;\t\r\n])'(?=[{_BLANK}'\"]*{_SIGN})")
_QUOTED = re.compile(r'[",\r\n;\t]|^\s|\s$')


def guarded(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would run.

    Examples
    --------
    >>> guarded("=1+1"), guarded("26 Nov; -1"), guarded("Kavo")
    ("'=1+1", "26 Nov;' -1", 'Kavo')
    """
    parted = ";" in text or "\t" in text or "\n" in text or "\r" in text  # four looks are quicker than the pattern
    inner = _INNER.sub(r"\1'", text) if parted else text
    return f"'{inner}" if _FORMULA.match(inner) else inner


def unguarded(text: str) -> str:
    """Take off what :func:`guarded` put on; a text that was not guarded stays as it is."""
    inner = text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
    return _INNER_GUARD.sub(r"\1", inner)


def plain_cell(value: Any) -> str | int | float | bool | None:  # noqa: ANN401 - a cell of any type
    """Turn a cell into what a flat table can hold: several texts into one, days into ISO 8601, NaN into nothing."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return "; ".join(str(part) for part in value)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]], *, bom: bool = True) -> str:
    """Write a table: commas, CRLF, quotes where needed, nothing for ``None``.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        Cells in the order of the header: text, numbers, days, lists of texts, or ``None``.
    bom
        Whether a byte order mark stands first, by which a spreadsheet sees UTF-8.
    """
    return (BOM if bom else "") + csv_line(header) + "".join(map(csv_line, rows))


def csv_line(row: Iterable[Any]) -> str:
    """Write one row of such a table, with its end."""
    return ",".join(map(_cell, row)) + "\r\n"


def _cell(value: Any) -> str:  # noqa: ANN401 - a cell of any type
    """Write one cell."""
    plain = plain_cell(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if not isinstance(plain, str):
        return str(plain)
    safe = guarded(plain)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe
