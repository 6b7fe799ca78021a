"""What one column of a table may hold, read from the row classes of ``model.py``, and how a cell becomes a value.

The cell parser is stricter than pydantic's: dates are ``YYYY-MM-DD``, numbers have no exponent and no spaces, and
every refusal says what was expected and how to write it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from .model import Row

__all__ = ["SEPARATOR", "Cell", "CellError", "Column", "columns_of", "format_cell", "nearest", "parse_cell"]

#: Between the values of a cell that holds a list.
SEPARATOR = ";"

#: A value of one cell, as the row classes take it.
Cell = str | int | float | dt.date | None | tuple[str, ...]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SLASHED_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")


class CellError(Exception):
    """A cell that does not hold what its column takes."""

    def __init__(self, expected: str, fix: str) -> None:
        self.expected = expected
        self.fix = fix
        super().__init__(f"expected {expected}; {fix}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, value type, and limits (``values`` is the vocabulary of an enumerated column)."""

    name: str
    type: type
    many: bool
    required: bool
    values: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None

    def expected(self) -> str:
        """Return in words what a cell of this column holds."""
        text = f"one of {', '.join(self.values)}" if self.values else self._type_words()
        if self.many:
            text += f" (several: separated by {SEPARATOR!r})"
        return text if self.required else text + ", or an empty cell"

    def _type_words(self) -> str:
        if self.type is dt.date:
            return "a date as YYYY-MM-DD"
        if self.type in (int, float):
            word = "a whole number" if self.type is int else "a number with a decimal point"
            if self.minimum is not None and self.maximum is not None:
                return f"{word} from {self.minimum:g} to {self.maximum:g}"
            if self.minimum is not None:
                return f"{word}, {self.minimum:g} or more"
            return word if self.exclusive_minimum is None else f"{word} above {self.exclusive_minimum:g}"
        return _PATTERN_WORDS.get(self.pattern or "", "a text")


#: What the patterns of ``model.py`` mean to a reader.
_PATTERN_WORDS = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$": "an id of letters, digits, dot, underscore and hyphen",
    r"^[0-9a-f]{64}$": "a SHA-256 sum of 64 lower-case hexadecimal digits",
    r"^[A-Z]{2}$": "a country code of two capital letters (ISO 3166-1)",
}


@cache
def columns_of(row_class: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a table in order, from the fields of its row class."""
    return tuple(_column(name, field.annotation, field.metadata) for name, field in row_class.model_fields.items())


def _column(name: str, kind: object, metadata: list[Any]) -> Column:
    annotation: Any = kind
    optional = many = False
    limits = list(metadata)
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation = arguments[0]
            limits += [limit for extra in arguments[1:] for limit in getattr(extra, "metadata", ())]
        elif origin in (Union, UnionType):
            optional = True
            annotation = next(argument for argument in arguments if argument is not NoneType)
        elif origin is tuple:
            many = True
            annotation = arguments[0]
        else:
            break
    found = {
        key: getattr(limit, key) for limit in limits for key in ("pattern", "ge", "gt", "le") if hasattr(limit, key)
    }
    enumerated = issubclass(annotation, StrEnum)
    return Column(
        name=name,
        type=annotation,
        many=many,
        required=not optional and not many,
        values=tuple(annotation) if enumerated else (),
        pattern=found.get("pattern"),
        minimum=found.get("ge"),
        exclusive_minimum=found.get("gt"),
        maximum=found.get("le"),
    )


def parse_cell(column: Column, text: str) -> Cell:
    """Return the value of a cell (already cleaned and stripped).

    Raises
    ------
    CellError
        If the text is not what the column takes.
    """
    if not text:
        if column.required:
            raise CellError(column.expected(), "fill in the cell")
        return () if column.many else None
    if not column.many:
        return _parse_value(column, text)
    items = [item.strip() for item in text.split(SEPARATOR)]
    if "" in items:
        raise CellError(f"values separated by {SEPARATOR!r}", "take out the empty value")
    return tuple(str(_parse_value(column, item)) for item in items)


def _parse_value(column: Column, text: str) -> Cell:
    if column.values:
        if text not in column.values:
            raise CellError(column.expected(), nearest(text, column.values) or "use one of the expected words")
        return column.type(text)  # type: ignore[no-any-return]
    if column.type is dt.date:
        return _parse_date(column, text)
    if column.type is int:
        if not _INTEGER.fullmatch(text):
            raise CellError(column.expected(), "write digits only, without words, spaces or decimals")
        return int(text)
    if column.type is float:
        if not _NUMBER.fullmatch(text):
            hint = "write a decimal point, not a comma" if "," in text else "write digits and a decimal point"
            raise CellError(column.expected(), hint)
        return float(text)
    return text


def _parse_date(column: Column, text: str) -> dt.date:
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise CellError(column.expected(), f"there is no such day ({error})") from error
    slashed = _SLASHED_DATE.fullmatch(text)
    if slashed:
        first, second, year = (int(part) for part in slashed.groups())
        readings = {day for pair in ((second, first), (first, second)) if (day := _day(year, *pair))}
        unsure = "day and month cannot be told apart: " if len(readings) > 1 else ""
        known = " or ".join(sorted(readings, reverse=True)) or "year, month and day with hyphens; there is no such day"
        raise CellError(column.expected(), f"{unsure}write {known}")
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        raise CellError(column.expected(), "give whole days: the first day in date_start, the last one in date_end")
    raise CellError(column.expected(), "write year, month and day with hyphens, as in 2025-11-26")


def _day(year: int, month: int, day: int) -> str | None:
    """Write a day as the tables do; nothing for one that does not exist."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def nearest(text: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return advice that names the known word nearest to a mistyped one; ``None`` if none is near.

    ``cutoff`` is the least likeness that counts, as the ratio of :class:`difflib.SequenceMatcher`.
    """
    from difflib import get_close_matches  # costs 5 ms, needed for errors only

    folded = {word.casefold(): word for word in known}
    near = get_close_matches(text.casefold(), folded, n=1, cutoff=cutoff)
    return f'did you mean "{folded[near[0]]}"' if near else None


def format_cell(value: Cell) -> str:
    """Return a value as the text of its cell; the inverse of :func:`parse_cell`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, float):
        return _format_number(value)
    return str(value)


def _format_number(value: float) -> str:
    text = repr(value)
    if "e" in text:
        from decimal import Decimal  # rare, and slow to import

        text = format(Decimal(text), "f")
    return text.removesuffix(".0")
