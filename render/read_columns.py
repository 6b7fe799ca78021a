"""Read the packed columns and texts of a page's data block, as a reader who trusts nobody: all bounded, all checked.

The layout is that of ``columns.py``. In: plain objects as JSON gives them. Out: lists, or a fault that says in words
what is wrong. Nothing inflates beyond what :class:`Inflater` has left.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..data.errors import MapError
from ..data.limits import limits, raising

__all__ = ["BlockFault", "Inflater", "column", "strict_json", "texts"]

# A text that is never closed is taken to the end at once: trying again at each of its quotes would take for ever.
_TOKENS: Final = re.compile(r'"(?:[^"\\]++|\\.?)*+(?:"|$)|[\[\]{},]', re.DOTALL)
#: A value of JSON takes many times the memory of an XML element: so many fewer are read in one block.
_ELEMENTS_A_VALUE: Final = 20


class BlockFault(Exception):
    """What is wrong with a map, in words; whoever knows the file's name makes a message of it."""

    def __init__(self, reason: str, fix: str = "") -> None:
        self.reason, self.fix = reason, fix
        super().__init__(reason)

    def of(self, name: Path) -> MapError:
        """Make the message."""
        if self.fix:
            return MapError(name, self.reason, self.fix)
        reason = f"is damaged, or was changed after it was built: {self.reason}"
        return MapError(name, reason, "get the file again, or compare the tables that it was made from")


class Inflater:
    """Inflates packed values until they are ``allowed`` bytes together, and no further."""

    def __init__(self, allowed: int) -> None:
        self._allowed = self._left = allowed

    def unpack(self, value: object) -> bytes:
        """Invert :func:`panjmap.render.columns.pack`.

        Raises
        ------
        BlockFault
            It is no base64, cut short, followed by something else, or larger than what is left.
        """
        if not isinstance(value, str):
            raise BlockFault("a packed value is no text")
        short = value.startswith("=")
        try:
            raw = base64.b64decode(value[1:] if short else value, validate=True)
            data = raw if short else self._inflated(raw)
        except (binascii.Error, ValueError, zlib.error) as error:
            raise BlockFault("a packed value is damaged") from error
        if len(data) > self._left:
            reason = f"its blocks are larger than {self._allowed:,} bytes when inflated"
            raise BlockFault(reason, f"get the file again, {raising('inflated_bytes')}")
        self._left -= len(data)
        return data

    def _inflated(self, raw: bytes) -> bytes:
        codec = zlib.decompressobj(-15)
        data = codec.decompress(raw, self._left + 1)
        if len(data) <= self._left and (not codec.eof or codec.unused_data):
            raise BlockFault("a packed value is damaged")
        return data


def strict_json(data: bytes | str) -> Any:  # noqa: ANN401 - any JSON value
    """Read JSON that one reader cannot take for something else than another: no key twice, no NaN, not nested deep.

    Raises
    ------
    BlockFault
        It is no such JSON.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise BlockFault("a block is not UTF-8") from error
    _check_shape(text)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BlockFault("a block is no JSON") from error


def _check_shape(text: str) -> None:
    """Count values and levels before anything is made of them."""
    depth, values, deepest = 0, 0, limits().nesting
    most = limits().elements // _ELEMENTS_A_VALUE
    for token in _TOKENS.finditer(text):
        mark = text[token.start()]
        if mark == '"':
            continue
        values += mark not in "]}"
        depth += (mark in "[{") - (mark in "]}")
        if depth > deepest:
            raise BlockFault(f"a block is nested deeper than {deepest} levels")
        if values > most:
            fix = f"get the file again, {raising('elements')}"
            raise BlockFault(f"a block holds more than {most:,} values", fix)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BlockFault("a block has a key twice")
    return found


def _no_number(text: str) -> float:
    raise BlockFault(f"a block holds {text}, which is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BlockFault("a block holds a number that is too large")
    return number


# ---------------------------------------------------------------- columns


def column(packed: Mapping[str, Any], rows: int, inflater: Inflater) -> list[Any]:
    """Read one column: a value a row; for ``set`` a tuple of values, for ``delta32`` a number or ``None``.

    Raises
    ------
    BlockFault
        The column is not as ``columns.py`` writes it, or does not have ``rows`` values.
    """
    kind = packed.get("kind")
    if not isinstance(kind, str) or kind not in _READERS:
        raise BlockFault(f"column {packed.get('name')} is of no known kind")
    try:
        found = _READERS[kind](packed, rows, inflater.unpack(packed.get("bytes")), inflater)
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise BlockFault(f"column {packed.get('name')} is damaged") from error
    if len(found) != rows:
        raise BlockFault(f"column {packed.get('name')} has {len(found)} values for {rows} rows")
    return found


def _planes(data: bytes, width: int) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(np.frombuffer(data, np.uint8).reshape(width, -1).T)


def _delta32(packed: Mapping[str, Any], rows: int, data: bytes, inflater: Inflater) -> list[Any]:
    steps = _planes(data, 4).view("<i4").ravel()
    values = np.cumsum(steps, dtype=np.int32).tolist()
    if "nulls" not in packed:
        return list(values)
    bits = np.frombuffer(inflater.unpack(packed["nulls"]), np.uint8)
    empty = np.unpackbits(bits, bitorder="little")[:rows].tolist()
    return [None if none else value for none, value in zip(empty, values, strict=True)]


def _u8(_packed: Mapping[str, Any], _rows: int, data: bytes, _inflater: Inflater) -> list[Any]:
    return list(data)


def _code(packed: Mapping[str, Any], _rows: int, data: bytes, _inflater: Inflater) -> list[Any]:
    values, wide = _values(packed), packed.get("width") == 2
    codes = _planes(data, 2).view("<u2").ravel().tolist() if wide else list(data)
    return [values[code] for code in codes]


def _set(packed: Mapping[str, Any], rows: int, data: bytes, _inflater: Inflater) -> list[Any]:
    values = _values(packed)
    counts = _planes(data[: 2 * rows], 2).view("<u2").ravel().tolist()
    items = _planes(data[2 * rows :], 2).view("<u2").ravel().tolist()
    if sum(counts) != len(items):
        raise ValueError("counts do not add up to the items")
    ends = np.cumsum(counts, dtype=np.int64).tolist()
    return [tuple(values[i] for i in items[end - count : end]) for count, end in zip(counts, ends, strict=True)]


def _text(_packed: Mapping[str, Any], _rows: int, data: bytes, _inflater: Inflater) -> list[Any]:
    found = strict_json(data)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of texts")
    return found


def _values(packed: Mapping[str, Any]) -> Sequence[Any]:
    values = packed["values"]
    if not isinstance(values, list) or not all(value is None or isinstance(value, str) for value in values):
        raise ValueError("no list of values")
    return values


_READERS: Final = {"delta32": _delta32, "u8": _u8, "code": _code, "set": _set, "text": _text}


def texts(packed: Mapping[str, Any], rows: int, inflater: Inflater) -> Iterator[dict[str, Any]]:
    """Read the texts of all rows: one object a row, one block of them in memory at a time.

    Raises
    ------
    BlockFault
        They are not as ``columns.py`` writes them, or not of ``rows`` rows.
    """
    fields, blocks = packed.get("fields"), packed.get("blocks")
    if not isinstance(fields, list) or not isinstance(blocks, list) or not all(isinstance(f, str) for f in fields):
        raise BlockFault("the texts of its records are damaged")
    found = 0
    for block in blocks:
        part = strict_json(inflater.unpack(block))
        if not isinstance(part, list) or not all(isinstance(row, list) and len(row) == len(fields) for row in part):
            raise BlockFault("the texts of its records are damaged")
        found += len(part)
        if found > rows:
            break
        yield from (dict(zip(fields, row, strict=True)) for row in part)
    if found != rows:
        raise BlockFault(f"there are texts of {found} records for {rows} rows")
