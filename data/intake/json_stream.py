"""A stream of JSON -> its values, one at a time, so that a collection of a million features is never held.

Strict where ``json`` is not: NaN and Infinity are no numbers, a key that is there twice is told, and so is the place of
a fault.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from ..decoding import Readable, guess
from ..limits import limits, raising
from .notes import Refused

__all__ = ["FEATURES", "Member", "Values", "depth"]

#: The key of GeoJSON whose list holds the records, whatever stands in it.
FEATURES = "features"
_BLOCK = 1 << 18
_BLANK = re.compile(r"[ \t\n\r]*")
_REPAIR = "repair the file, or export it again"

#: (key, index, value) of what lies on the first two levels: see :meth:`Values.members`.
Member = tuple[str | None, int | None, Any]


class Values:
    """The values of a JSON text.

    Attributes
    ----------
    twice
        Keys that an object of the last value holds twice.
    no_numbers
        NaN and infinities in the last value.
    size
        Length of the last value, characters.
    """

    def __init__(self, stream: Readable | BinaryIO) -> None:
        self.twice: list[str] = []
        self.no_numbers: list[str] = []
        self.size = 0
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
        self._text, self._at = "", 0
        self._ended: bool | Refused | None = None
        self._lines = 0
        self._bytes = 0
        bounds = limits()
        self._most, self._longest, self._keys = bounds.record_chars, bounds.field_chars, bounds.columns
        self._fill(_BLOCK)
        self._text = self._text.removeprefix("\ufeff")
        scanner = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)
        self._scan: Callable[[str, int], tuple[Any, int]] = scanner.scan_once  # type: ignore[attr-defined]

    def is_list(self) -> bool:
        """Whether the whole text is a list."""
        return self._next() == "["

    def members(self) -> Iterator[Member]:
        """Walk through the text.

        Yields
        ------
        key, index, value
            Of a list: ``None``, 0 ..., each item. Of an object: each key with ``None`` and its value; where the value
            is a list of objects, or any list of features, the key with 0 ... and each of them. Of several values one
            after the other: ``None``, 1 ... and each value after the first.

        Raises
        ------
        Refused
            The text is no JSON, or one value of it is too long or too deep.
        """
        self._skip_marks()
        if self.is_list():
            for index, value in enumerate(self._items()):
                yield None, index, value
        elif self._next() == "{":
            yield from self._of_object()
        else:
            yield None, 0, self._value()
        index = 1
        while self._skip_marks():
            yield None, index, self._value()
            index += 1

    def _skip_marks(self) -> str:
        """Pass over what some programs put before each record; return the next character, "" at the end."""
        while self._next() == "\x1e":
            self._at += 1
        return self._next()

    def _of_object(self) -> Iterator[Member]:
        self._take("{")
        seen: set[str] = set()
        while self._next() != "}":
            if seen:
                self._take(",")
            if self._next() != '"':
                raise self._fault("a key in double quotes")
            key = cast(str, self._value())
            repeated = [key] if key in seen else []
            seen.add(key)
            if len(key) > self._longest or len(seen) > self._keys:
                raise self._fault(f"at most {self._keys:,} keys of at most {self._longest:,} characters", _REPAIR)
            self._take(":")
            if self._next() == "[" and (key == FEATURES or self._opens_objects()):
                for index, value in enumerate(self._items()):
                    self.twice += repeated
                    yield key, index, value
            else:
                value = self._value()
                self.twice += repeated
                yield key, None, value
        self._take("}")

    def _items(self) -> Iterator[Any]:
        self._take("[")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._text.startswith(",", self._at):  # nearly always
                self._at += 1
                continue
            if self._next() == "]":
                self._at += 1
                return
            self._take(",")

    def _opens_objects(self) -> bool:
        """Whether the list at this place begins with an object; looks ahead and takes nothing."""
        ahead = 1
        while True:
            found = _BLANK.match(self._text, self._at + ahead)
            ahead = (found.end() if found else len(self._text)) - self._at
            if self._at + ahead < len(self._text) or ahead > self._most or not self._fill(_BLOCK):
                return self._text[self._at + ahead : self._at + ahead + 1] == "{"

    def _next(self) -> str:
        """Return the next character that is no blank without taking it, "" at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill(_BLOCK):
                return ""

    def _take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise self._fault(f'"{wanted}"')
        self._at += 1

    def _value(self) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Take the value at this place, however much has to be read for it."""
        if not self._next():
            raise self._fault("a value")
        while True:
            self.twice, self.no_numbers = [], []
            ended: int | None = None
            fault: Exception | None = None
            try:
                value, end = self._scan(self._text, self._at)
            except (StopIteration, json.JSONDecodeError) as error:
                fault = error
            except RecursionError as error:
                fix = f"flatten it, {raising('nesting')}"
                raise Refused(f"values nested at most {limits().nesting} deep", fix) from error
            except ValueError as error:  # more digits than Python reads
                raise self._fault(f"numbers of a length that can be read ({str(error).split(';')[0]})") from error
            else:
                ended = end - self._at
            size = len(self._text) - self._at if ended is None else ended
            if size > self._most:
                fix = f"split it, {raising('record_chars')}"
                raise self._fault(f"one feature or item of at most {self._most:,} characters", fix)
            # A number may go on behind what has been read: 1 may become 1.5 or 1e-5.
            if (ended is None or self._at + ended + 2 >= len(self._text)) and self._fill(max(size, _BLOCK)):
                continue
            if ended is None:
                raise self._syntax(fault)
            self._at += ended
            self.size = ended
            return value

    def _fill(self, size: int) -> bool:
        """Read on and forget what has been taken; return whether there was more."""
        if self._ended is not None:
            if isinstance(self._ended, Refused):
                raise self._ended
            return False
        raw = self._stream.read(size)
        try:
            more = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            where = self._bytes + len(raw) - len(error.object) + error.start
            around = bytes(error.object[max(error.start - 200, 0) : error.start + 2000])
            expected = f"text in UTF-8 (byte {where}, 0x{error.object[error.start]:02x}, is none; {guess(around)})"
            self._ended = Refused(expected, "save the file again in UTF-8")
            more = error.object[: error.start].decode("utf-8", "surrogatepass")
        if not raw:
            self._ended = self._ended or True
        self._bytes += len(raw)
        self._lines += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(raw)

    def _fault(self, expected: str, fix: str = _REPAIR) -> Refused:
        """Say what should stand at this place."""
        line = self._lines + self._text.count("\n", 0, self._at) + 1
        found = self._text[self._at : self._at + 40] or None
        return Refused(f"{expected} in line {line}; nothing behind it was read", fix, value=found)

    def _syntax(self, error: Exception | None) -> Refused:
        """Say where a value is broken."""
        at, what = len(self._text), "the file ends within a value"
        if isinstance(error, json.JSONDecodeError):
            at, what = error.pos, error.msg
        elif isinstance(error, StopIteration):
            at, what = int(error.value), "no value"
        self._at = min(at, len(self._text))
        return self._fault(f"JSON ({what})")

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            self.twice += [key for key, count in counts.items() if count > 1]
        return made

    def _constant(self, name: str) -> float:
        self.no_numbers.append(name)
        return float(name)


def depth(value: object) -> int:
    """Return how many lists and objects lie in one another, at most one more than the limit ``nesting``."""
    most, level, layer = limits().nesting, 0, [value]
    while layer and level <= most:
        layer = [
            inner
            for outer in layer
            if isinstance(outer, list | dict)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, list | dict)
        ]
        level += 1
    return level
