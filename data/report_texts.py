"""The texts of reports in a user's folder, told apart by SHA-256; they are read to be checked against, never kept.

A file whose sum is no report's may still be one of them, saved otherwise: with another encoding, other line ends, a
byte order mark, a line break more or less. That is found out by undoing it and taking the sum again.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import TextsError
from .inputs import read_bounded
from .limits import limits, raising

__all__ = ["TextFile", "read_texts"]

#: Encodings in which texts in English, Russian, Tajik or Persian are met, the strict ones first.
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1251", "koi8-r", "cp1256", "cp1252")
#: Up to this size it is tried whether a file is a report that was saved otherwise, bytes: that takes many sums.
TRIED: Final = 2_000_000
#: More files than this are no folder of reports.
MOST_FILES: Final = 10_000


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of the folder: its name below it, the SHA-256 of its bytes, its text if it is that of a report and UTF-8.

    ``chars`` is the length of any text in UTF-8, code points.
    ``near`` is the sum of the report that it is but for ``differs``: how it was saved. ``unread`` says why it was not
    read.
    """

    file: str
    sha256: str = ""
    text: str | None = None
    chars: int | None = None
    near: str | None = None
    differs: str = ""
    unread: str = ""


def read_texts(folder: Path, wanted: Collection[str]) -> tuple[TextFile, ...]:
    """Read every file of a folder and of the folders in it, in the order of their names.

    Parameters
    ----------
    folder
        Any files; links to folders are not followed.
    wanted
        SHA-256 of the reports' texts, as 64 hexadecimal digits.

    Raises
    ------
    TextsError
        It is no folder, cannot be read, or holds too many files.
    """
    if not folder.is_dir():
        raise TextsError(folder, "no folder", "name the folder that holds the texts of the reports")
    paths: list[Path] = []
    try:
        for path in _files(folder):
            paths.append(path)
            if len(paths) > MOST_FILES:
                raise TextsError(folder, f"more than {MOST_FILES:,} files", "name a folder that holds the reports only")
    except OSError as error:
        raise TextsError(folder, f"cannot be read ({error.strerror})", "allow reading it") from error
    return tuple(_read(path, path.relative_to(folder).as_posix(), wanted) for path in sorted(paths))


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error

    for at, _, names in os.walk(folder, onerror=refuse):
        yield from (Path(at) / name for name in names)


def _read(path: Path, name: str, wanted: Collection[str]) -> TextFile:
    try:
        data = read_bounded(path, limits().text_bytes)
    except OSError as error:
        return TextFile(name, unread=f"it cannot be read ({error.strerror})")
    if data is None:
        return TextFile(name, unread=f"it has more than {limits().text_bytes:,} bytes ({raising('text_bytes')})")
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        text: str | None = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    chars = None if text is None else len(text)
    if sha256 in wanted:
        return TextFile(name, sha256, text, chars)
    near, differs = (_nearly(data, wanted) if len(data) <= TRIED else None) or (None, "")
    return TextFile(name, sha256, None, chars, near, differs)


def _nearly(data: bytes, wanted: Collection[str]) -> tuple[str, str] | None:
    """Undo how a file may have been saved, until its sum is that of a report; also say what was undone."""
    for form, told in _undone(data):
        found = hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()
        if found in wanted:
            return found, ", ".join(filter(None, told))
    return None


def _undone(data: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        for lines, told_lines in _line_ends(text):
            for ends, told_end in _last_lines(lines):
                for form, told_form in _forms(ends):
                    yield form, (_encoded(encoding), told_lines, told_end, told_form)


def _encoded(encoding: str) -> str:
    names = {"utf-8": "", "utf-8-sig": "a byte order mark"}
    return names.get(encoding, f"the encoding {encoding}")


def _line_ends(text: str) -> Iterator[tuple[str, str]]:
    yield text, ""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    if unix != text:
        yield unix, "other line ends"
    yield unix.replace("\n", "\r\n"), "other line ends"


def _last_lines(text: str) -> Iterator[tuple[str, str]]:
    yield text, ""
    bare = text.rstrip("\r\n")
    for end in ("", "\n", "\r\n", "\n\n"):
        if bare + end != text:
            yield bare + end, "line breaks at its end"
    if text.strip() != bare:
        yield text.strip(), "spaces or line breaks around it"


def _forms(text: str) -> Iterator[tuple[str, str]]:
    yield text, ""
    if not text.isascii():
        for form in ("NFC", "NFD"):
            if (other := unicodedata.normalize(form, text)) != text:
                yield other, "the way accents are written (Unicode normalisation)"
        yield from ((other, "kinds of spaces") for other in [text.replace("\u00a0", " ")] if other != text)
