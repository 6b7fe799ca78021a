"""Bytes -> lines of text, with the lines that cannot be read named: marks, UTF-8, zero bytes, lines without an end.

Both the tables and the files that are imported are decoded here. A line that cannot be decoded does not stop the
others; nothing is ever decoded by a guess.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from .limits import limits

__all__ = ["ENCODINGS", "MARKS", "SAVE_AS", "Lines", "Readable", "guess", "mark_of", "recoded"]

SAVE_AS = "save the file again as CSV, UTF-8, with commas"
#: The byte order marks, the longer first, with the codec that takes them away.
MARKS = {
    b"\xff\xfe\x00\x00": ("UTF-32", "utf-32"),
    b"\x00\x00\xfe\xff": ("UTF-32", "utf-32"),
    b"\xff\xfe": ("UTF-16", "utf-16"),
    b"\xfe\xff": ("UTF-16", "utf-16"),
}
#: Older encodings that a user may say a file is in; none is ever guessed.
ENCODINGS = ("cp1251", "koi8-r", "cp1252", "cp1256", "cp866", "latin-1")
_UTF8_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 20


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


def mark_of(head: bytes) -> tuple[str, str] | None:
    """Return the encoding that the first bytes name, as (what people call it, codec); ``None`` for UTF-8 and none."""
    return next((found for mark, found in MARKS.items() if head.startswith(mark)), None)


def guess(raw: bytes) -> str:
    """Say which older encoding the bytes look like: in Cyrillic text most letters are small."""
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError:
        return "the file looks like Windows-1252 or another one-byte encoding"
    letters = [character for character in text if "\u0400" <= character <= "\u04ff"]
    small = sum(character.islower() for character in letters)
    if len(letters) > 2 and small * 2 > len(letters):
        return "the file looks like Windows-1251 (cp1251)"
    if len(letters) > 2:
        return "the file looks like KOI8-R"
    return "the file looks like Windows-1252 (cp1252)"


class Lines:
    """The lines of a stream of UTF-8, each with its end (LF, CR or CRLF), and what is wrong with some of them.

    Attributes
    ----------
    number
        Lines given so far.
    faults
        What is wrong, by line from 1, as the end of "expected ...". What such a line holds is not to be used; a line of
        more than ``record_chars`` bytes is given without its text.
    mixed
        Whether some lines hold letters that are UTF-8: if none do, a line at fault tells the encoding of all.
    """

    def __init__(self, stream: Readable | BinaryIO) -> None:
        self.number = 0
        self.faults: dict[int, str] = {}
        self.mixed = False
        self._stream = stream
        self._lines = self._texts()

    def __iter__(self) -> Iterator[str]:
        """Return the lines themselves."""
        return self

    def __next__(self) -> str:
        """Return the next line."""
        line = next(self._lines)
        self.number += 1
        return line

    def _texts(self) -> Iterator[str]:
        for first, at, block in self._blocks():
            try:
                # Surrogates that some programs write as if they were characters are let in and made visible by clean().
                text = block.decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                text = ""
            if text and "\0" not in text:
                self.mixed |= not text.isascii()
                yield from io.StringIO(text, newline="")
            else:
                yield from self._one_by_one(first, at, block)

    def _one_by_one(self, first: int, at: int, block: bytes) -> Iterator[str]:
        """Decode a block in which some line is at fault; ``first`` is its first line, ``at`` its place in the file."""
        lines = block.splitlines(keepends=True)
        foreign = [line for line in lines if _is_foreign(line)]
        looks = guess(b"".join(foreign))
        self.mixed |= len(foreign) < sum(not line.isascii() for line in lines)
        for number, line in enumerate(lines, first):
            try:
                text = line.decode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                where, byte = at + error.start, line[error.start]
                self.faults[number] = f"text in UTF-8 (byte {where}, 0x{byte:02x}, is none; {looks})"
                text = line.decode("utf-8", "replace")
            else:
                if "\0" in text:
                    self.faults[number] = f"CSV text in UTF-8, no zero bytes (first one at byte {at + line.index(0)})"
            at += len(line)
            yield text

    def _blocks(self) -> Iterator[tuple[int, int, bytes]]:
        """Give whole lines, many at a time: (number of the first, its place in bytes, bytes)."""
        most = limits().record_chars
        number, at, rest = 1, 0, self._stream.read(3)
        if rest == _UTF8_MARK:
            at, rest = 3, b""
        while chunk := self._stream.read(_BLOCK):
            data = rest + chunk
            # A CR at the very end may be one half of a CRLF.
            cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
            if cut:
                yield number, at, data[:cut]
                number, at = self.number + 1, at + cut
            elif len(data) > most:
                self.faults[number] = f"a row of at most {most} characters"
                at, data = at + self._skip(data), b"\n"
                yield number, at, data
                number, cut = number + 1, 1
            rest = data[cut:]
        if rest:
            yield number, at, rest

    def _skip(self, data: bytes) -> int:
        """Read on to the end of a line that is too long; return how many bytes were passed over."""
        passed = len(data)
        while chunk := self._stream.read(_BLOCK):
            end = min((found for found in (chunk.find(b"\n"), chunk.find(b"\r")) if found >= 0), default=-1)
            if end >= 0:
                self._stream = _Ahead(chunk[end + 1 :].removeprefix(b"\n"), self._stream)
                return passed + end + 1
            passed += len(chunk)
        return passed


def _is_foreign(line: bytes) -> bool:
    try:
        line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return True
    return False


class _Ahead:
    """A stream with some bytes put back before it."""

    def __init__(self, ahead: bytes, stream: Readable | BinaryIO) -> None:
        self._ahead, self._stream = ahead, stream

    def read(self, size: int = -1, /) -> bytes:
        """Return what was read ahead first, then at most so many bytes."""
        ahead, self._ahead = self._ahead, b""
        return ahead or self._stream.read(size)


class _Recoded:
    """A stream in another encoding, as UTF-8; what is no character in it becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, codec: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(codec)("replace")

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes as UTF-8, none at the end."""
        while data := self._stream.read(max(size, 4) if size >= 0 else -1):
            if text := self._decoder.decode(data):
                return text.encode("utf-8", "surrogatepass")
        return self._decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def recoded(stream: BinaryIO, codec: str) -> Readable:
    """Read a stream that is in ``codec`` (a codec of :data:`MARKS` or :data:`ENCODINGS`) as UTF-8."""
    return _Recoded(stream, codec)
