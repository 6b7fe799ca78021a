"""One cell of a workbook as it stands in the file -> text, number, truth value, day, or ``None``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from .notes import Refused
from .xlsx_parts import Workbook, unescaped

__all__ = ["LAST_COLUMN", "LAST_ROW", "Cell", "column_of", "letters_of", "value_of"]

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_TRUTH: Mapping[str, bool] = {"1": True, "0": False, "true": True, "false": False}


class Cell(NamedTuple):
    """A cell as it stands in the file.

    Attributes
    ----------
    column
        Its index from 0.
    kind
        As the file says: n (number), s (shared text), str, inlineStr, b (truth value), e (error), d (day).
    style
        Number of its style, as text.
    text
        What it holds; ``None`` where it holds nothing.
    formula
        Whether it is computed; the text is then what came out when the file was saved.
    """

    column: int
    kind: str
    style: str
    text: str | None
    formula: bool


def column_of(reference: str) -> int:
    """Return the index, from 0, of the column of a cell such as ``B7``; -1 where it is no such name."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            return -1
        number = number * 26 + ord(letter) - 64
    return number - 1 if 0 < number <= LAST_COLUMN else -1


def letters_of(column: int) -> str:
    """Return the letters of a column by its index from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def value_of(cell: Cell, book: Workbook) -> object:
    """Return what a cell holds; days and times in ISO form.

    Raises
    ------
    Refused
        It is no value of its kind.
    """
    text = cell.text
    if text is None or (text == "" and cell.kind != "inlineStr"):
        return None
    if cell.kind == "n":
        return _number(text, cell, book)
    if cell.kind == "s":
        index = int(text) if text.isdecimal() and len(text) < 10 else -1
        if not 0 <= index < len(book.texts):
            raise Refused("a text that the workbook holds", "save it again in the program that made it", value=text)
        return book.texts[index]
    if cell.kind in {"str", "inlineStr", "d", "e"}:
        return unescaped(text)
    if cell.kind == "b":
        return _TRUTH.get(text.strip().lower(), text)
    return _number(text, cell, book)


def _number(text: str, cell: Cell, book: Workbook) -> object:
    if not cell.style and _WHOLE.fullmatch(text):
        return int(text)
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(text) > 60:
        raise Refused("a number", "type it again", value=text)
    number = float(text)
    if number - number != 0:
        raise Refused("a number of a size that can be held", "write a smaller one", value=text)
    if cell.style and book.days and cell.style.isascii() and cell.style.isdigit() and len(cell.style) < 9:
        day = _day(number, book) if int(cell.style) in book.days else None
        if day is not None:
            return day
    return int(text) if _WHOLE.fullmatch(text) else number


def _day(number: float, book: Workbook) -> str | None:
    """Return a day, or a time of a day, in ISO form; ``None`` outside what Excel can show."""
    if not 1 <= number < 2_958_466:
        return None
    # Excel counts a 29 February 1900 that never was.
    first = dt.datetime(1904, 1, 1) if book.from_1904 else dt.datetime(1899, 12, 30 if number >= 60 else 31)
    when = first + dt.timedelta(seconds=round(number * 86_400))
    return when.date().isoformat() if not (when.hour or when.minute or when.second) else when.isoformat()
