"""Read every output as a suspicious reader would: all texts of a file, with everything packed inside it unpacked.

Pages with their blocks, archives (XLSX, DOCX, KMZ), GeoPackage, GeoParquet, PNG text, PDF streams and strings, SVG; and
how to look in texts for what somebody may have hidden there or copied.
"""

from __future__ import annotations

import io
import re
import sqlite3
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
from page_reader import everything
from pypdf import PdfReader

__all__ = ["RUN", "runs", "texts_in"]

#: So many characters in a row of a report are its own words, not ours.
RUN = 30
#: Most bytes of what is unpacked, in bytes: no output comes near it, and among the tests are bombs.
MOST = 4_000_000


#: How files begin that are wholly packed: PNG, ZIP, gzip. Read as text, their bytes say nothing.
_PACKED = (b"\x89PNG", b"PK\x03\x04", b"\x1f\x8b")


#: What a broken file may raise; there are some among the tests.
_BROKEN = (zipfile.BadZipFile, zlib.error, sqlite3.Error, struct.error, ValueError, RuntimeError, EOFError, OSError)


def texts_in(data: bytes) -> Iterator[str]:
    """Yield everything that a file holds, unpacked, as text; a kind that is not known, or broken, is read as text."""
    try:
        yield from _unpacked(data)
    except _BROKEN:
        yield data.decode("latin-1")


def _unpacked(data: bytes) -> Iterator[str]:
    if not data.startswith(_PACKED):
        yield data.decode("utf-8", "replace")
    if data.startswith(b"SQLite format 3"):
        yield _dumped(data)
    elif data.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(data))
        yield repr(table.to_pylist())
        yield repr(table.schema.metadata)
    elif data.startswith(b"\x89PNG"):
        yield from _png_texts(data)
    elif data.startswith(b"%PDF"):
        yield from _pdf_texts(data)
    elif data.startswith(b"\x1f\x8b"):
        yield from texts_in(zlib.decompressobj(31).decompress(data, MOST))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield f"{member.filename} {member.comment.decode('utf-8', 'replace')}"
                with archive.open(member) as stream:
                    yield from texts_in(stream.read(MOST))
    elif data.lstrip().startswith(b"<"):
        yield everything(data.decode("utf-8", "replace"))
    if b"\x00" in data and not data.startswith(_PACKED):
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")


def _dumped(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as database:
            return "\n".join(database.iterdump())


def _png_texts(data: bytes) -> Iterator[str]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"tEXt":
            yield body.decode("latin-1")
        elif kind == b"zTXt":
            yield zlib.decompress(body.partition(b"\0")[2][1:]).decode("latin-1")
        elif kind == b"iTXt":
            keyword, _, rest = body.partition(b"\0")
            _, _, text = rest[2:].split(b"\0", 2)
            yield f"{keyword!r} {(zlib.decompress(text) if rest[0] else text).decode('utf-8')}"
        elif kind == b"eXIf":
            yield body.decode("utf-8", "replace")


def _pdf_texts(data: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(data))
    yield repr(reader.metadata)
    yield from (page.extract_text() for page in reader.pages)
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            yield zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            yield stream.decode("latin-1")


_ALIKE = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’ʼ`", "'") | dict.fromkeys("–—‑−", "-"))


def folded(text: str) -> str:
    """Fold case, white space, quotes and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE).split())


def bare(text: str) -> str:
    """Leave out markup and the punctuation beside words as well; what stands between two cells of a table stays."""
    words = re.sub(r"</?[a-z][^<>]*>", " ", folded(text))
    return " ".join(re.sub(r"[^\w\s]+(?=\s|$)|(?<=\s)[^\w\s]+|(?<=\w)['-](?=\w)", " ", words).split())


def runs(texts: Iterable[str], reports: Iterable[str]) -> set[str]:
    """Find runs of :data:`RUN` and more characters that a text shares with a report, however they are written."""
    found: set[str] = set()
    sources, seen = tuple(reports), set(texts)
    for fold in (folded, bare):
        parts, pieces = (_parts(sources, fold, length) for length in (RUN, RUN // 2))
        for text in map(fold, seen):
            # Every run holds a piece of half its length that begins at a multiple of that length: few places to try.
            for at in range(0, len(text) - RUN // 2 + 1, RUN // 2):
                if text[at : at + RUN // 2] in pieces:
                    found |= _runs_around(text, at, parts)
    return found


@cache
def _parts(reports: tuple[str, ...], fold: Callable[[str], str], length: int) -> frozenset[str]:
    """All parts of one length of the reports."""
    return frozenset(one[i : i + length] for one in map(fold, reports) for i in range(len(one) - length + 1))


def _runs_around(text: str, at: int, parts: frozenset[str]) -> set[str]:
    """Take the whole run that holds a piece, if it is long enough."""
    starts = [i for i in range(max(0, at - RUN // 2), at + 1) if text[i : i + RUN] in parts]
    if not starts:
        return set()
    first = last = starts[0]
    while first > 0 and text[first - 1 : first - 1 + RUN] in parts:
        first -= 1
    while text[last + 1 : last + 1 + RUN] in parts:
        last += 1
    return {text[first : last + RUN]}
