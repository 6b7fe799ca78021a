"""Counts, ids and links of imported rows: one cell -> a value, a warning, or why not. Pure; no file is known.

Positions are in ``positions.py``, days in ``days.py``. A parser returns ``(value, said)``; ``said`` is a warning or
nothing. What cannot be read raises :class:`panjmap.data.columns.CellError`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar, cast

from ..columns import CellError

__all__ = [
    "Noted",
    "Said",
    "as_text",
    "count",
    "fold_id",
    "kilometres",
    "plain_digits",
    "remembered",
    "row_id",
    "url_warning",
]

Value = TypeVar("Value")


class Said(NamedTuple):
    """A warning: what was expected, and what to do, or what was done."""

    expected: str
    fix: str


#: A value (nothing for an empty cell) and a warning, if there is one.
Noted = tuple[Value | None, Said | None]

Read = TypeVar("Read")


def remembered(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """Keep what the last few thousand texts were read as, refusals as well: columns repeat themselves."""

    @lru_cache(maxsize=8192)
    def tried(text: str) -> tuple[Read | None, CellError | None]:
        try:
            return read(text), None
        except CellError as error:
            return None, error

    @wraps(read)
    def again(text: str) -> Read:
        found, error = tried(text)
        if error is not None:
            raise CellError(error.expected, error.fix)
        return cast("Read", found)

    return again


#: Longest id of a row, characters.
LONGEST_ID = 200
#: Largest number of people that is believed.
MOST_PEOPLE = 1_000_000
_MINUS = str.maketrans(
    {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"}
)
_COUNT = re.compile(r"\+?(\d{1,9})(?:\.0*)?")
_RANGE = re.compile(r"(\d{1,9})\s*(?:-|to|or|до)\s*(\d{1,9})")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f ']\d{3})+")
_AT_LEAST = re.compile(r"(?:at least|over|more than|>=?|≥)\s*(\d{1,9})|(\d{1,9})\s*(?:\+|or more)")
_LINK = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
EXPECTED_COUNT = "a whole number of people, 0 or more"


def plain_digits(text: str) -> str:
    """Write digits of any script as 0 to 9, and any minus sign or short dash as a hyphen."""
    if text.isascii():
        return text
    digits = (str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    return "".join(digits).translate(_MINUS)


def as_text(value: object) -> str | None:
    """Take a cell of any type as text: whole floats without ``.0``, truth values as JSON has them; nothing if empty."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def count(value: object) -> int | None:
    """Read a number of people; an empty cell is nothing.

    Raises
    ------
    CellError
        It is no whole number from 0 on; the fix says where ranges and "or more" go.
    """
    if value is None or value == "":
        return None
    if type(value) is int or type(value) is float:
        if 0 <= value <= MOST_PEOPLE and value == int(value):  # NaN is in no range
            return int(value)
        raise CellError(EXPECTED_COUNT, "correct the number, or leave the cell empty where it is not known")
    if not isinstance(value, str):
        raise CellError(EXPECTED_COUNT, "write the number, or leave the cell empty where it is not known")
    return _text_count(value)


@remembered
def _text_count(text: str) -> int | None:
    """Read a number of people that is written as text."""
    text = plain_digits(text.strip())
    if not text:
        return None
    if (found := _COUNT.fullmatch(text)) and int(found[1]) <= MOST_PEOPLE:
        return int(found[1])
    raise CellError(EXPECTED_COUNT, _count_advice(text))


def _count_advice(text: str) -> str:
    """Say what to write instead."""
    lower = text.casefold()
    advice = "write digits, or leave the cell empty and say it in the text where no number is given"
    if span := _RANGE.fullmatch(lower):
        advice = f"write the ends in two columns: killed_low {span[1]}, killed_high {span[2]}"
    elif least := _AT_LEAST.fullmatch(lower):
        advice = f"write {least[1] or least[2]} in killed_low and leave killed_high empty"
    elif _THOUSANDS.fullmatch(text):
        advice = f"write it without separators: {re.sub('[^0-9]', '', text)}"
    elif re.fullmatch(r"\d(\.\d+)?e\+?\d", lower) and float(lower).is_integer():
        advice = f"write it without an exponent: {float(lower):.0f}"
    elif re.fullmatch(r"-\d+(\.\d+)?", lower):
        advice = "a number of people is not negative: correct it, or leave the cell empty where it is not known"
    elif re.fullmatch(r"\+?\d+([.,]\d+)?", lower):
        advice = f"write a whole number up to {MOST_PEOPLE}"
    return advice


def row_id(value: object) -> str | None:
    """Read the id of a row, as written; nothing for an empty cell.

    Raises
    ------
    CellError
        It is longer than :data:`LONGEST_ID` characters, or has a line break.
    """
    text = value if isinstance(value, str) and value.strip() else as_text(value)
    if text is not None and (len(text) > LONGEST_ID or "\n" in text or "\t" in text):
        raise CellError(f"an id in one line of up to {LONGEST_ID} characters", "shorten the id")
    return text


def fold_id(text: str) -> str:
    """Make ids equal that differ in case, width, blanks or what cannot be seen only.

    Examples
    --------
    >>> fold_id("Ａ 1") == fold_id("a1")
    True
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(text.split()).casefold()


def url_warning(text: str) -> Said | None:
    """Warn of what is no http or https address: it is kept as text and never becomes a link."""
    if _LINK.fullmatch(text):
        return None
    return Said("an address that begins with http:// or https://", "it is kept as text and becomes no link")


def kilometres(value: object) -> float | None:
    """Read a distance in km; an empty cell is nothing.

    Raises
    ------
    CellError
        It is no number from 0 on.
    """
    text = as_text(value)
    try:
        km = float(text) if text else None
    except ValueError:
        km = math.nan
    if km is not None and not 0 <= km <= 20_000:
        raise CellError("a distance in km, 0 or more", "correct it, or leave the cell empty where it is not known")
    return km
