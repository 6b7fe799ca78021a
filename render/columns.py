"""The one columnar data block of the page: the same layout for no row, eighteen rows or a million.

In: arrays, one value a row, and an iterable of texts. Out: plain objects for one JSON block; the byte strings in it are
deflated (raw) and base64-coded, so that a browser inflates them with ``DecompressionStream("deflate-raw")``. A string
that begins with ``=`` is base64 alone: it is short, and a stream of its own would cost more than it saves.

Layout of a column, by ``kind``:

- ``delta32``: int32 values, each as the difference from the one before (the first from 0, modulo 2**32), little-endian,
  split into four byte planes (all lowest bytes first). ``nulls``, if there, holds one bit a row, lowest bit first, 1 =
  no value; the number stored there repeats the last value before it.
- ``u8``: one byte a row.
- ``code``: one byte a row (two byte planes if there are more than 256 values), an index into ``values``.
- ``set``: several indices into ``values`` a row: first how many (two byte planes), then all indices, row after row (two
  byte planes).
- ``text``: a JSON list of strings.

Texts come in blocks of ``texts.block`` rows; each block is a JSON list of rows, each row a list in the order of
``texts.fields``. A reader inflates the one block it needs.

The codec is ISA-L (``isal``), level 2: at a million rows it costs a tenth of zlib's time, and the locked wheel carries
its own copy, while the bytes of Python's ``zlib`` depend on the library a distribution links. Its output is the same on
all x86-64 processors with SSE 4.2; another processor family may give other bytes that inflate to the same data.
"""

from __future__ import annotations

import base64
import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from isal import isal_zlib

__all__ = [
    "FORMAT",
    "TEXT_BLOCK",
    "code_column",
    "column_block",
    "days",
    "degrees",
    "delta_column",
    "pack",
    "set_column",
    "text_blocks",
    "text_column",
    "u8_column",
    "unpack",
]

#: Number of the layout of all blocks of a page; another one is not read back.
FORMAT: Final = 1
#: Rows in one block of texts: small enough to inflate on a click, large enough to compress well.
TEXT_BLOCK: Final = 4000
_LEVEL: Final = 2
#: Up to this many bytes deflating gains little.
_SHORT: Final = 512

#: One column or block as it goes into JSON.
Packed = dict[str, Any]


def pack(data: bytes) -> str:
    """Deflate (raw) and base64-code; what is short is base64 alone, after a ``=``."""
    if len(data) <= _SHORT:
        return "=" + base64.b64encode(data).decode("ascii")
    codec = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
    return base64.b64encode(codec.compress(data) + codec.flush()).decode("ascii")


def unpack(text: str) -> bytes:
    """Invert :func:`pack`; what a reader of the block does first."""
    if text.startswith("="):
        return base64.b64decode(text[1:])
    return bytes(isal_zlib.decompress(base64.b64decode(text), -15))


def _dumps(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def degrees(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Degrees to units of 1e-5 degree (about 1 m), rounded; a missing value stays NaN."""
    return np.rint(np.asarray(values, dtype=np.float64) * 1e5)


def days(values: Sequence[dt.date | None] | npt.NDArray[np.datetime64]) -> npt.NDArray[np.float64]:
    """Dates to days since 1970-01-01; a missing date becomes NaN."""
    stamps = np.array(values, dtype="datetime64[D]")
    return np.where(np.isnat(stamps), np.nan, stamps.astype(np.int64))


def delta_column(name: str, values: npt.ArrayLike) -> Packed:
    """Whole numbers in the range of int32; NaN is "no value".

    Raises
    ------
    ValueError
        If a value is infinite or beyond int32.
    """
    numbers = np.asarray(values, dtype=np.float64)
    empty = np.isnan(numbers)
    whole = np.where(empty, 0, numbers)
    if whole.size and not np.abs(whole).max() < 2**31:
        raise ValueError(f"column {name}: a value does not fit into 32 bits")
    stored = _carried_forward(whole.astype(np.int64), empty).astype(np.int32)
    delta = np.diff(stored.astype(np.int64), prepend=0).astype(np.int32)  # modulo 2**32, as the reader adds
    column: Packed = {"name": name, "kind": "delta32", "bytes": pack(_planes(delta.astype("<i4"), 4))}
    if empty.any():
        column["nulls"] = pack(np.packbits(empty, bitorder="little").tobytes())
    return column


def _carried_forward(values: npt.NDArray[np.int64], empty: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Repeat the last value where there is none: its difference is 0, which costs next to nothing."""
    if not empty.any():
        return values
    last = np.maximum.accumulate(np.where(empty, -1, np.arange(len(values))))
    return np.where(last < 0, 0, values[np.maximum(last, 0)])


def _planes(values: npt.NDArray[Any], width: int) -> bytes:
    """All lowest bytes, then all next ones: equal bytes stand together and deflate well."""
    return values.view(np.uint8).reshape(-1, width).T.tobytes()


def u8_column(name: str, values: npt.ArrayLike) -> Packed:
    """Small numbers or flags, one byte each."""
    return {"name": name, "kind": "u8", "bytes": pack(np.asarray(values, dtype=np.uint8).tobytes())}


def code_column(name: str, codes: npt.ArrayLike, values: Sequence[str | None]) -> Packed:
    """Pack indices into a fixed list of values."""
    kind = "<u2" if len(values) > 256 else "u1"
    numbers = np.asarray(codes, dtype=kind)
    if numbers.size and int(numbers.max()) >= len(values):
        raise ValueError(f"column {name}: a code has no value")
    body = pack(_planes(numbers, numbers.dtype.itemsize))
    return {"name": name, "kind": "code", "values": list(values), "width": numbers.dtype.itemsize, "bytes": body}


def set_column(name: str, sets: Sequence[Sequence[int]], values: Sequence[str]) -> Packed:
    """Pack several indices into a fixed list of values a row.

    Raises
    ------
    ValueError
        If an index has no value, or there are more than 65,535 values or indices in a row.
    """
    counts = np.array([len(one) for one in sets], dtype=np.int64)
    items = np.fromiter(itertools.chain.from_iterable(sets), dtype=np.int64, count=int(counts.sum()))
    if items.size and not 0 <= int(items.min()) <= int(items.max()) < len(values):
        raise ValueError(f"column {name}: an index has no value")
    if max(len(values), int(counts.max(initial=0))) > 0xFFFF:
        raise ValueError(f"column {name}: more values than two bytes can hold")
    body = _planes(counts.astype("<u2"), 2) + _planes(items.astype("<u2"), 2)
    return {"name": name, "kind": "set", "values": list(values), "bytes": pack(body)}


def text_column(name: str, values: Sequence[str]) -> Packed:
    """Strings, such as ids."""
    return {"name": name, "kind": "text", "bytes": pack(_dumps(list(values)))}


def text_blocks(fields: Sequence[str], rows: Iterable[Mapping[str, object]], block: int = TEXT_BLOCK) -> Packed:
    """Texts in blocks of ``block`` rows; ``rows`` is read once, one block in memory at a time."""
    return {"block": block, "fields": list(fields), "blocks": list(_blocks(fields, iter(rows), block))}


def _blocks(fields: Sequence[str], rows: Iterator[Mapping[str, object]], block: int) -> Iterator[str]:
    while part := list(itertools.islice(rows, block)):
        yield pack(_dumps([[row[field] for field in fields] for row in part]))


def column_block(rows: int, columns: Sequence[Packed], texts: Packed) -> Packed:
    """Put the block together: number of rows, columns, texts."""
    return {"rows": rows, "columns": list(columns), "texts": texts}
