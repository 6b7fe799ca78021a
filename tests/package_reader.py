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
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
from page_reader import everything
from pypdf import PdfReader

__all__ = ["RUN", "runs", "texts_in"]

#: So many characters in a row of a report are its own words, not ours.
RUN = 30


def texts_in(data: bytes) -> Iterator[str]:
    """Yield everything that a file holds, unpacked, as text; a kind that is not known is read as text."""
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
        yield from texts_in(zlib.decompress(data, 31))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield f"{member.filename} {member.comment.decode('utf-8', 'replace')}"
                yield from texts_in(archive.read(member))
    elif data.lstrip().startswith(b"<"):
        yield everything(data.decode("utf-8", "replace"))
    if b"\x00" in data:
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
    sources, seen = list(reports), list(texts)
    for fold in (folded, bare):
        parts = {one[i : i + RUN] for one in map(fold, sources) for i in range(len(one) - RUN + 1)}
        for text in map(fold, seen):
            at = 0
            while at <= len(text) - RUN:
                end = at
                while text[end : end + RUN] in parts:
                    end += 1
                if end > at:
                    found.add(text[at : end + RUN - 1])
                at = end + 1
    return found
